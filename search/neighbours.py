"""Texts at one or two typos, found without comparing a word with all the others.

Two texts are at most n typos apart only if some letters, at most n of each, can be struck out of
both so that the same is left (symmetric deletion, W. Garbe 2012). What is left of every known text
is kept as a sorted array of hashes, so a question is a few dozen binary searches, whatever the
number of texts; the few that share a hash are then compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]
MAX_TYPOS = 2
_AT_ONCE = 4096  # texts, while all are laid down

# Two odd numbers of 64 bits without a pattern: sqrt(2) and sqrt(3) behind the point.
_BASE, _SPREAD = np.uint64(0x6A09E667F3BCC909), np.uint64(0xBB67AE8584CAA73B)


class Neighbours:
    """Short texts that can be asked for those which resemble a text.

    Args:
        texts: distinct, of at most ``longest`` letters.
    """

    def __init__(self, texts: Sequence[str], longest: int) -> None:
        self.texts = texts
        self._longest = longest
        self._powers = _BASE ** np.arange(longest, dtype=np.uint64)
        # The number of the text stands in the last bits of each hash: one array to sort.
        self._number = np.uint64((1 << len(texts).bit_length()) - 1)
        self._factors: dict[tuple[int, int], Hashes] = {}
        # For 0 or 1 letter struck out, and for 2: a question with one typo needs the former only.
        self._left = self._all_left()

    def near(self, text: str, typos: int) -> dict[int, int]:
        """Return the numbers of the texts within some typos (2 at most), each with how many.

        A typo is a letter too many, missing, wrong, or swapped with the next (OSA distance).
        """
        found: set[int] = set()
        asked = self._left_of(text, typos) & ~self._number
        for left in self._left[: max(typos, 1)]:
            first = left.searchsorted(asked).tolist()
            last = left.searchsorted(asked | self._number, side="right").tolist()
            for start, end in zip(first, last, strict=True):
                if start < end:
                    found.update(left[start:end].tolist())
        in_last_bits = int(self._number)
        near: dict[int, int] = {}
        for number in sorted({each & in_last_bits for each in found}):
            distance = OSA.distance(text, self.texts[number], score_cutoff=typos)
            if distance <= typos:
                near[number] = distance
        return near

    def _left_of(self, text: str, typos: int) -> Hashes:
        """The hashes of what is left of one text with 0 to ``typos`` letters struck out.

        As ``_struck``, which is for many texts, but with one table for each length.
        """
        key = len(text), typos
        if key not in self._factors:
            self._factors[key] = self._factors_of(*key)
        if text.isascii():
            letters = _ASCII.take(np.frombuffer(text.encode("ascii"), np.uint8))
        else:
            points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
            letters = _spread(points.astype(np.uint64))
        hashes: Hashes = self._factors[key] @ letters
        return hashes

    def _factors_of(self, length: int, typos: int) -> Hashes:
        """For each way to strike letters out what each letter counts: the power of the place that
        it moves to, 0 where it goes.
        """
        ways = [
            way for n in range(min(typos, length) + 1) for way in combinations(range(length), n)
        ]
        factors = np.zeros((len(ways), length), dtype=np.uint64)
        for row, way in zip(factors, ways, strict=True):
            kept = [place for place in range(length) if place not in way]
            row[kept] = self._powers[: len(kept)]
        return factors

    def _all_left(self) -> tuple[Hashes, Hashes]:
        """The hashes of what is left of all texts, with their numbers, sorted: laid down in place,
        some texts at a time, so that building needs little more memory than what is kept.
        """
        lengths = np.array([len(text) for text in self.texts], dtype=np.int64)
        few = np.empty(int((1 + lengths).sum()), dtype=np.uint64)
        two = np.empty(int((lengths * (lengths - 1) // 2).sum()), dtype=np.uint64)
        filled = [0, 0]
        for start in range(0, len(lengths), _AT_ONCE):
            for struck, hashes in self._left_of_some(start, lengths[start : start + _AT_ONCE]):
                kind = int(struck == MAX_TYPOS)
                first, filled[kind] = filled[kind], filled[kind] + len(hashes)
                (few, two)[kind][first : filled[kind]] = hashes
        few.sort()
        two.sort()
        return few, two

    def _left_of_some(self, start: int, lengths: NDArray[np.int64]) -> Iterator[tuple[int, Hashes]]:
        """How many letters were struck out of some texts, and the hashes with their numbers."""
        texts = self.texts[start : start + len(lengths)]
        letters = np.array(texts, dtype=f"<U{self._longest}").view(np.uint32)
        table = letters.reshape(len(texts), self._longest).astype(np.uint64)
        for length in np.unique(lengths).tolist():
            places = np.flatnonzero(lengths == length)
            numbers = (start + places).astype(np.uint64)[:, None]
            for struck, hashes in enumerate(self._struck(table[places, :length], MAX_TYPOS)):
                yield struck, (hashes & ~self._number | numbers).ravel()

    def _struck(self, letters: Hashes, typos: int) -> Iterator[Hashes]:
        """Hash texts of one length, given as rows of letters, without 0, 1 ... letters.

        A hash is a sum over the letters, each times the power of its place; what stands behind a
        letter that goes moves down by one place. The columns of what is given back are the ways to
        strike letters out.
        """
        length = letters.shape[1]
        spread = _spread(letters)
        sums = [self._running(spread, moved) for moved in range(min(typos, length) + 1)]
        for struck in range(min(typos, length) + 1):
            bounds = _bounds(length, struck)
            total = sums[0][:, bounds[0][1]] - sums[0][:, bounds[0][0]]
            for running, (starts, ends) in zip(sums[1:], bounds[1:], strict=False):
                total += running[:, ends]
                total -= running[:, starts]
            yield total

    def _running(self, spread: Hashes, moved: int) -> Hashes:
        """Sums over the letters before each place, with each letter ``moved`` places down."""
        length = spread.shape[1]
        sums = np.zeros((len(spread), length + 1), dtype=np.uint64)
        np.cumsum(
            spread[:, moved:] * self._powers[: length - moved], axis=1, out=sums[:, moved + 1 :]
        )
        return sums


def _spread(letters: Hashes) -> Hashes:
    """Codepoints stand close together: spread them before they are added up."""
    return (letters * _SPREAD) ^ (letters << np.uint64(17))


_ASCII = _spread(np.arange(128, dtype=np.uint64))


@cache
def _bounds(length: int, struck: int) -> list[tuple[Places, Places]]:
    """The pieces that stay when letters of a text go: where each starts and ends, by way to strike
    them out.
    """
    found = list(combinations(range(length), struck))
    ways = np.array(found, dtype=np.int64).reshape(len(found), struck)
    none, end = np.zeros(len(ways), dtype=np.int64), np.full(len(ways), length, dtype=np.int64)
    starts = [none, *(ways[:, n] + 1 for n in range(struck))]
    ends = [*(ways[:, n] for n in range(struck)), end]
    return list(zip(starts, ends, strict=True))
