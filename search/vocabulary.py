"""The words of an index, sorted: those which start with a text are neighbours; and sorted by their
sound, so that those which resemble a text are found the same way.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from search.keyboard import is_slip
from search.lists import Numbers
from search.neighbours import MAX_TYPOS, Neighbours
from search.sound import sound

_LAST = "\U0010ffff"
_AFTER_NINE = chr(ord("9") + 1)

# Words that differ further on differ before as well, or are few: compared in full.
_BEGINNING = 12
_SHORTEST, _LONGEST = 2, _BEGINNING + MAX_TYPOS


class Near(NamedTuple):
    """Words that resemble a text: ``whole``, or because they only begin so.

    ``typos`` is 0 for words that only sound alike; ``slip`` tells of one typo that fingers make
    more often than others.
    """

    words: Numbers
    typos: int
    whole: bool
    slip: bool = False


class Vocabulary:
    """Distinct folded words by number, in alphabetical order.

    Attributes:
        words: the words, sorted.
        number_of: from a word to its number.
        numbers: of all words, to take slices of.
        lengths: how many letters they have, 60 at most.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words: Sequence[str] = sorted(words)
        self.number_of = {word: number for number, word in enumerate(self.words)}
        self.numbers: Numbers = np.arange(len(self.words), dtype=np.int64)
        self.numbers.setflags(write=False)
        self._ends = _ends(self.words)
        self.lengths: NDArray[np.int64] = np.array(
            [min(len(word), 60) for word in self.words], dtype=np.int64
        )

    @cached_property
    def sounds(self) -> Sounds:
        """The words as they sound. It takes a third of the time of an index, so a service is ready
        before it is worked out (``Index.warm``).
        """
        return Sounds(self.words)

    def __len__(self) -> int:
        return len(self.words)

    def starting(self, text: str) -> tuple[int, int]:
        """The words that start with ``text``: first number, last number + 1."""
        number = self.number_of.get(text)
        if number is not None:
            return number, self._ends[number]
        first = bisect_left(self.words, text)
        return first, bisect_right(self.words, text + _LAST, lo=first)

    def with_digits(self, text: str) -> tuple[int, int]:
        """The words that go on with a digit: first number, last number + 1."""
        return bisect_left(self.words, text + "0"), bisect_left(self.words, text + _AFTER_NINE)


def _ends(words: Sequence[str]) -> list[int]:
    """For each of some sorted words the place behind those that start with it."""
    ends = [len(words)] * len(words)
    begun: list[int] = []
    for place, word in enumerate(words):
        while begun and not word.startswith(words[begun[-1]]):
            ends[begun.pop()] = place
        begun.append(place)
    return ends


class Sounds:
    """Words sorted by how they sound, and the neighbours of their beginnings.

    Args:
        words: in the order of their numbers.
    """

    def __init__(self, words: Sequence[str]) -> None:
        heard = [sound(word) for word in words]
        order = sorted(range(len(heard)), key=heard.__getitem__)
        self._sounds = [heard[number] for number in order]
        self._numbers: Numbers = np.array(order, dtype=np.int64)
        ranges = _ranges(self._sounds)
        self._ranges: NDArray[np.int32] = np.array(list(ranges.values()), np.int32).reshape(-1, 3)
        self._beginning_of = {text: number for number, text in enumerate(ranges)}
        self._beginnings = Neighbours(list(ranges), _LONGEST)

    def same(self, heard: str) -> Numbers:
        """The words that sound exactly so, if they have 14 letters or fewer."""
        number = self._beginning_of.get(heard)
        if number is None:
            return self._numbers[:0]
        first, exact, _ = self._ranges[number]
        return self._numbers[first:exact]

    def near(self, heard: str, typos: int) -> list[Near]:
        """Find the words that sound as what was heard (``search.sound``) or begin so, but for 0, 1
        or 2 typos.
        """
        found: list[Near] = []
        for number, distance in self._beginnings.near(heard[:_BEGINNING], typos).items():
            first, exact, last = self._ranges[number].tolist()
            if len(heard) > _BEGINNING:
                found += self._compared(heard, first, last, typos)
                continue
            if exact < last:
                found.append(Near(self._numbers[exact:last], distance, whole=False))
            if first < exact:
                slip = distance == 1 and is_slip(heard, self._beginnings.texts[number])
                found.append(Near(self._numbers[first:exact], distance, whole=True, slip=slip))
        return found

    def _compared(self, heard: str, first: int, last: int, typos: int) -> Iterator[Near]:
        """Compare a long text with the words of one beginning, letter by letter."""
        for place in range(first, last):
            word = self._sounds[place]
            number = self._numbers[place : place + 1]
            whole = OSA.distance(heard, word, score_cutoff=typos)
            if whole <= typos:
                yield Near(number, whole, whole=True, slip=whole == 1 and is_slip(heard, word))
            else:
                cuts = range(len(heard) - typos, len(heard) + typos + 1)
                begun = min(OSA.distance(heard, word[:cut], score_cutoff=typos) for cut in cuts)
                if begun <= typos:
                    yield Near(number, begun, whole=False)


def _ranges(sounds: Sequence[str]) -> dict[str, list[int]]:
    """For each beginning of some sorted texts the first place that has it, the first that is more
    than it, and the first that has it no more.
    """
    found: dict[str, list[int]] = {}
    for place, text in enumerate(sounds):
        for length in range(min(_SHORTEST, len(text)), min(len(text), _LONGEST) + 1):
            known = found.setdefault(text[:length], [place, place, place])
            known[2] = place + 1
            if length == len(text):
                known[1] = place + 1
    return found
