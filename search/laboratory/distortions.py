"""How a name is typed: whole, cut, in another order, without a word, with faults.

Each distortion is a pure function of the random numbers, the material and the name. It returns
None where the name does not lend itself to it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import pairwise

from search.laboratory import keyboard, sound
from search.laboratory.material import Distortion, Material
from search.laboratory.plain import plain_words, unaccented

_CUT = 0.6
_SHORTEST_CUT = 3
_SHORTEST_HALF = 4


def whole(_rnd: random.Random, _material: Material, text: str) -> str | None:
    return unaccented(text)


def one_typo(rnd: random.Random, _material: Material, text: str) -> str | None:
    return _joined(keyboard.with_typo(rnd, plain_words(text)))


def two_typos(rnd: random.Random, _material: Material, text: str) -> str | None:
    return _joined(keyboard.with_two_typos(rnd, plain_words(text)))


def by_sound(rnd: random.Random, _material: Material, text: str) -> str | None:
    return _joined(sound.by_sound(rnd, plain_words(text)))


def three_words(rnd: random.Random, material: Material, text: str) -> str | None:
    """Type the three rarest words in any order, the last one cut to 60 %, at least 3 letters."""
    return _joined(_three(rnd, material, text))


def three_words_typo(rnd: random.Random, material: Material, text: str) -> str | None:
    """Do the same with a typo in one of the two words that are not cut."""
    words = _three(rnd, material, text)
    wrong = keyboard.with_typo(rnd, words[:2]) if words else None
    return _joined([*wrong, words[2]]) if words and wrong else None


def beginning(_rnd: random.Random, _material: Material, text: str) -> str | None:
    """Type the first 60 % of the characters."""
    cut = unaccented(text)[: round(len(text) * _CUT)].rstrip()
    return cut if len(cut) >= _SHORTEST_CUT else None


def word_order(rnd: random.Random, _material: Material, text: str) -> str | None:
    words = plain_words(text)
    shuffled = rnd.sample(words, len(words))
    return None if shuffled == words else _joined(shuffled)


def missing_word(rnd: random.Random, material: Material, text: str) -> str | None:
    """Leave out one word, not the rarest one, of a name of three words or more."""
    words = plain_words(text)
    if len(set(words)) < 3:
        return None
    rarest = material.rarest(words)[0]
    place = rnd.choice([n for n, word in enumerate(words) if word != rarest])
    return _joined([*words[:place], *words[place + 1 :]])


def split_joined(rnd: random.Random, _material: Material, text: str) -> str | None:
    """Split a word of eight letters or more, or join two words that stand side by side."""
    words = plain_words(text)
    ways = [way for way in (_split(rnd, words), _glued(rnd, words)) if way]
    return _joined(rnd.choice(ways)) if ways else None


def _joined(words: list[str] | None) -> str | None:
    return " ".join(words) if words else None


def _three(rnd: random.Random, material: Material, text: str) -> list[str] | None:
    """The three rarest words shuffled, numbers among them; one that is long enough is cut."""
    rarest = material.rarest(plain_words(text))[:3]
    long = [word for word in rarest if len(word) > _SHORTEST_CUT]
    if len(rarest) < 3 or not long:
        return None
    last = rnd.choice(long)
    first = rnd.sample([word for word in rarest if word != last], 2)
    return [*first, last[: max(_SHORTEST_CUT, round(len(last) * _CUT))]]


def _split(rnd: random.Random, words: list[str]) -> list[str] | None:
    long = [n for n, word in enumerate(words) if len(word) >= 2 * _SHORTEST_HALF]
    if not long:
        return None
    place = rnd.choice(long)
    word = words[place]
    at = rnd.randint(_SHORTEST_HALF, len(word) - _SHORTEST_HALF)
    return [*words[:place], word[:at], word[at:], *words[place + 1 :]]


def _glued(rnd: random.Random, words: list[str]) -> list[str] | None:
    pairs = [n for n, (one, _) in enumerate(pairwise(words)) if one.isalnum() and len(one) > 1]
    if not pairs:
        return None
    place = rnd.choice(pairs)
    return [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]


DISTORTIONS: Mapping[str, Distortion] = {
    "whole": whole,
    "one-typo": one_typo,
    "two-typos": two_typos,
    "sound": by_sound,
    "three-words": three_words,
    "three-words-typo": three_words_typo,
    "beginning": beginning,
    "word-order": word_order,
    "missing-word": missing_word,
    "split-joined": split_joined,
}
"""Every kind of query that is made from the names of the release itself."""
