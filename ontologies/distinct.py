"""Rows of patients in arrays: who has what, and how many distinct ones stand below each code.

Patients and outcomes (what a row counts as) are numbers from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

Above = Callable[[str], Sequence[str] | None]
"""From a code to all codes that it counts for beside itself; None where it has no place."""

_EXPANDED_AT_ONCE = 2_000_000


class Number(NamedTuple):
    """Rows, and the distinct patients that they are of."""

    rows: int = 0
    patients: int = 0


class Pairs(NamedTuple):
    """Each patient with each of his outcomes once, in the order of the patients."""

    patients: Numbers
    outcomes: Numbers


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by what they count as.

    Attributes:
        patients: of each row that has one.
        outcomes: of the same rows.
        alone: of each outcome, how many rows without a patient; each is a patient of its own.
        most: how many patients there may be.
    """

    patients: Numbers
    outcomes: Numbers
    alone: Numbers
    most: int

    @property
    def number(self) -> Number:
        alone = int(self.alone.sum())
        return Number(len(self.patients) + alone, int(self.present().sum()) + alone)

    def present(self) -> npt.NDArray[np.bool_]:
        """Tell of each patient whether he has a row."""
        found = np.zeros(self.most, bool)
        found[self.patients] = True
        return found

    def of(self, outcomes: Sequence[int]) -> Rows:
        """Return the rows of some outcomes, these numbered anew in their order."""
        anew: list[int | None] = [None] * len(self.alone)
        for number, outcome in enumerate(outcomes):
            anew[outcome] = number
        return self.merged(anew)

    def merged(self, anew: Sequence[int | None]) -> Rows:
        """Return the rows with the outcomes numbered anew, several of them alike.

        Args:
            anew: of each outcome its number, from 0 without a gap; None leaves its rows out.
        """
        numbers = np.array([-1 if each is None else each for each in anew], np.int64)
        found = numbers[self.outcomes]
        kept = found >= 0
        fine = numbers >= 0
        count = int(numbers.max(initial=-1)) + 1
        alone = np.bincount(numbers[fine], self.alone[fine], minlength=count).astype(np.int64)
        return Rows(self.patients[kept], found[kept], alone, self.most)

    def without(self, present: npt.NDArray[np.bool_]) -> Rows:
        """Return the rows of the patients that are not present elsewhere."""
        kept = ~present[self.patients]
        return Rows(self.patients[kept], self.outcomes[kept], self.alone, self.most)

    def sizes(self) -> Numbers:
        """Return how many rows each outcome has."""
        return np.bincount(self.outcomes, minlength=len(self.alone)) + self.alone

    def pairs(self) -> Pairs:
        width = max(len(self.alone), 1)
        patients, outcomes = np.divmod(_distinct(self.patients * width + self.outcomes), width)
        return Pairs(patients, outcomes)

    def least(self) -> Numbers:
        """Return how many patients have each outcome as their least one."""
        least = np.full(self.most, len(self.alone), np.int64)
        np.minimum.at(least, self.patients, self.outcomes)
        return np.bincount(least, minlength=len(self.alone) + 1)[:-1] + self.alone


class Closure:
    """Some codes with all codes above them.

    Args:
        codes: the codes that rows count as; their numbers are those of the outcomes.

    Attributes:
        codes: these, and after them the others above them.
    """

    def __init__(self, codes: Sequence[str], above: Above) -> None:
        numbers = {code: number for number, code in enumerate(codes)}
        reached = [
            [number, *(numbers.setdefault(each, len(numbers)) for each in above(code) or ())]
            for number, code in enumerate(codes)
        ]
        self.codes = tuple(numbers)
        self._own = len(codes)
        self._sizes = np.array([len(each) for each in reached], np.int64)
        self._ends = np.cumsum(self._sizes)
        self._reached = np.fromiter(chain.from_iterable(reached), np.int64)

    def summed(self, of_each: Numbers) -> Numbers:
        """Return for each code the sum over the codes that reach it."""
        weights = np.repeat(of_each, self._sizes)
        found = np.bincount(self._reached, weights, minlength=len(self.codes))
        return found.astype(np.int64)

    def itself(self, of_each: Numbers) -> Numbers:
        """Return for each code what is its own; nothing for those that only stand above."""
        return np.append(of_each, np.zeros(len(self.codes) - self._own, np.int64))

    def reaching(self, wanted: Callable[[str], bool]) -> Sequence[int]:
        """Return the numbers of the codes that reach at least one that is wanted."""
        if not self._own:
            return ()
        is_wanted = np.array([wanted(code) for code in self.codes], bool)
        starts = self._ends - self._sizes
        found = np.flatnonzero(np.logical_or.reduceat(is_wanted[self._reached], starts))
        return [int(number) for number in found]

    def distinct(self, pairs: Pairs, alone: Numbers) -> Numbers:
        """Return for each code how many distinct patients reach it.

        Most patients have one code: theirs are summed. Of the others all codes above are written
        out, some patients at a time, so that the memory has a bound.
        """
        patients, outcomes = pairs
        change = np.ones(len(patients) + 1, bool)
        change[1:-1] = patients[1:] != patients[:-1]
        single = change[1:] & change[:-1]
        of_one = np.bincount(outcomes[single], minlength=self._own) + alone
        found = self.summed(of_one)
        for part in self._parts(Pairs(patients[~single], outcomes[~single])):
            found += self._written_out(part)
        return found

    def _parts(self, pairs: Pairs) -> Iterator[Pairs]:
        """Cut between patients; none reaches more codes than there are."""
        patients, outcomes = pairs
        ends = np.cumsum(self._sizes[outcomes])
        start = 0
        while start < len(patients):
            before = ends[start - 1] if start else 0
            last = np.searchsorted(ends, before + _EXPANDED_AT_ONCE)
            cut = np.searchsorted(patients, patients[min(last, len(patients) - 1)], "right")
            yield Pairs(patients[start:cut], outcomes[start:cut])
            start = int(cut)

    def _written_out(self, pairs: Pairs) -> Numbers:
        sizes = self._sizes[pairs.outcomes]
        ends = np.cumsum(sizes)
        shift = self._ends[pairs.outcomes] - ends  # from places here to places in ``_reached``
        places = np.arange(ends[-1]) + np.repeat(shift, sizes)
        width = len(self.codes)
        keys = np.repeat(pairs.patients, sizes) * width + self._reached[places]
        return np.bincount(_distinct(keys) % width, minlength=width)


def _distinct(numbers: Numbers) -> Numbers:
    """Return each number once, in order.

    ``np.unique`` of NumPy 2.4 takes ten times as long; a stable sort makes use of the order that is
    there already.
    """
    ordered = np.sort(numbers, kind="stable")
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]
