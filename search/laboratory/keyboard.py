"""What fingers do to a word on a French keyboard."""

from __future__ import annotations

import random
from collections.abc import Callable
from math import dist

# Each row of AZERTY with the place of its first key, in widths of a key.
_ROWS = (("azertyuiop", 0.0), ("qsdfghjklm", 0.25), ("wxcvbn", 0.75))
_PLACES = {
    key: (start + column, float(row))
    for row, (keys, start) in enumerate(_ROWS)
    for column, key in enumerate(keys)
}
NEIGHBOURS = {
    key: "".join(other for other, at in _PLACES.items() if other != key and dist(at, place) < 1.3)
    for key, place in _PLACES.items()
}

# Letters that are taken for one another when a name was heard, not read.
ALIKE = {
    "a": "e", "b": "p", "c": "ks", "d": "t", "e": "ai", "f": "v", "g": "j", "i": "ye", "j": "g",
    "k": "cq", "m": "n", "n": "m", "o": "au", "p": "b", "q": "k", "s": "cz", "t": "d", "u": "o",
    "v": "fw", "w": "v", "x": "s", "y": "i", "z": "s",
}  # fmt: skip

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 5
SHORTEST_FOR_TWO = 8


def _other_letter(rnd: random.Random, letter: str) -> str:
    """Return a wrong letter: the next key for one half, one that sounds alike for a third."""
    chance = rnd.random()
    if chance < 0.5 and letter in NEIGHBOURS:
        return rnd.choice(NEIGHBOURS[letter])
    if chance < 0.83 and letter in ALIKE:
        return rnd.choice(ALIKE[letter])
    return rnd.choice(LETTERS.replace(letter, ""))


def _substituted(rnd: random.Random, word: str, place: int) -> str:
    return word[:place] + _other_letter(rnd, word[place]) + word[place + 1 :]


def _omitted(_rnd: random.Random, word: str, place: int) -> str:
    return word[:place] + word[place + 1 :]


def _doubled(_rnd: random.Random, word: str, place: int) -> str:
    return word[:place] + word[place] + word[place:]


def _added(rnd: random.Random, word: str, place: int) -> str:
    """Add the key next to the one that was meant."""
    added = rnd.choice(NEIGHBOURS.get(word[place], LETTERS))
    return word[: place + 1] + added + word[place + 1 :]


def _swapped(_rnd: random.Random, word: str, place: int) -> str:
    place = min(place, len(word) - 2)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


_FAULTS: tuple[Callable[[random.Random, str, int], str], ...] = (
    _substituted, _omitted, _doubled, _added, _swapped,
)  # fmt: skip
# Three quarters of real misspellings are substitutions and omissions.
_WEIGHTS = (45, 30, 8, 5, 12)


def typo(rnd: random.Random, word: str) -> str:
    """Return the word with one fault: always at distance 1 (optimal string alignment).

    Any letter may be hit, the first one a third as often as the others. The word has at least two
    different letters.
    """
    while True:
        place = rnd.choices(range(len(word)), [1, *[3] * (len(word) - 1)])[0]
        fault = rnd.choices(_FAULTS, _WEIGHTS)[0]
        wrong = fault(rnd, word, place)
        if wrong != word:
            return wrong


def _can_be_hit(word: str) -> bool:
    """Tell whether a word with a fault can be recognised; in numbers and signs nothing can."""
    return len(word) >= SHORTEST and word.isalpha() and len(set(word)) > 1


def with_typo(rnd: random.Random, words: list[str]) -> list[str] | None:
    """Return the words with one typo in one of those of five letters and more."""
    places = [n for n, word in enumerate(words) if _can_be_hit(word)]
    if not places:
        return None
    place = rnd.choice(places)
    return [typo(rnd, word) if n == place else word for n, word in enumerate(words)]


def with_two_typos(rnd: random.Random, words: list[str]) -> list[str] | None:
    """Return the words with two typos: in two words, else one in each half of a long word."""
    places = [n for n, word in enumerate(words) if _can_be_hit(word)]
    if len(places) >= 2:
        hit = rnd.sample(places, 2)
        return [typo(rnd, word) if n in hit else word for n, word in enumerate(words)]
    for place in places:
        word = words[place]
        half = len(word) // 2
        if len(word) >= SHORTEST_FOR_TWO and all(
            len(set(part)) > 1 for part in (word[:half], word[half:])
        ):
            return [*words[:place], typo(rnd, word[:half]) + typo(rnd, word[half:]),
                    *words[place + 1 :]]  # fmt: skip
    return None
