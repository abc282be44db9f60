"""What a French ear does to a name that was heard and not read."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from search.laboratory.keyboard import SHORTEST

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        ("y", "i"),
        ("(?<=.)i", "y"),
        ("ph", "f"),
        ("f", "ph"),
        ("th", "t"),
        ("t(?=[aeiouyr])", "th"),
        ("c(?=[aourl])", "k"),
        ("k", "c"),
        ("qu", "k"),
        ("k(?=[eiy])", "qu"),
        ("ch(?=[rlnt])", "k"),
        ("ch(?=[oy])", "k"),
        ("c(?=[eiy])", "s"),
        ("s(?=[eiy])", "c"),
        ("sc(?=[eiy])", "s"),
        ("ae", "e"),
        ("oe", "e"),
        ("(?<=[aeiouy])s(?=[aeiouy])", "z"),
        ("z", "s"),
        ("x", "ks"),
        ("eu", "oe"),
        ("au", "o"),
        ("ei", "ai"),
        ("ai", "ei"),
        ("en(?=[ctd])", "an"),
        ("an(?=[ctd])", "en"),
        ("h", ""),
        ("h", ""),
        # Doubled letters count twice: they are the commonest doubt in writing French.
        (r"([bcdfglmnprst])\1", r"\1"),
        (r"([bcdfglmnprst])\1", r"\1"),
        (r"(?<=[aeiouy])([cflmnprst])(?=[aeiouy])", r"\1\1"),
    )
)


def misheard(word: str) -> list[str]:
    """Return the ways in which a word may be written that sound the same, or nearly so.

    >>> sorted(set(misheard("ichtyose")))[:3]
    ['ichthyose', 'ichtiose', 'ichtyoce']
    """
    return [found for found in _written(word) if found != word]


def _written(word: str) -> Iterator[str]:
    for pattern, written in _RULES:
        for found in pattern.finditer(word):
            yield word[: found.start()] + found.expand(written) + word[found.end() :]


def by_sound(rnd: random.Random, words: list[str]) -> list[str] | None:
    """Return the words with one of them misheard; in a third of the names, a second one too."""
    places = [n for n, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    choices = {n: found for n in places if (found := misheard(words[n]))}
    if not choices:
        return None
    several = 2 if len(choices) > 1 and rnd.random() < 1 / 3 else 1
    hit = rnd.sample(sorted(choices), several)
    return [rnd.choice(choices[n]) if n in hit else word for n, word in enumerate(words)]
