"""Many short lists of numbers in one array: the labels of each word, the words of each label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

# As wide as numpy's own places: it would widen narrower ones each time it takes by them.
Numbers = NDArray[np.int64]
Places = NDArray[np.int64]
_COUNTED: Places = np.arange(1 << 14)


class Lists:
    """Lists laid end to end. Those of neighbours are one slice, those of any others one gather."""

    def __init__(self, values: Numbers, sizes: Places) -> None:
        self.values = values
        self.sizes = sizes
        self.starts: Places = np.concatenate(([0], np.cumsum(sizes)))

    @classmethod
    def of(cls, lists: Iterable[Sequence[int]]) -> Lists:
        every = list(lists)
        sizes = np.fromiter(map(len, every), dtype=np.int64, count=len(every))
        flat = np.fromiter((n for each in every for n in each), np.int64, count=int(sizes.sum()))
        return cls(flat, sizes)

    def turned(self, count: int) -> Lists:
        """Return for each of ``count`` values the numbers of the lists that hold it."""
        owners = np.repeat(np.arange(len(self.sizes), dtype=np.int64), self.sizes)
        order = np.argsort(self.values, kind="stable")
        return Lists(owners[order], np.bincount(self.values, minlength=count))

    def between(self, first: int, last: int) -> Numbers:
        """The values of the lists ``first`` to ``last - 1``, one list after the other."""
        return self.values[self.starts[first] : self.starts[last]]

    def places(self, numbers: Numbers) -> tuple[Places, Places]:
        """Where in ``values`` some lists stand, one after the other, and where each list starts
        among them.
        """
        sizes = self.sizes.take(numbers)
        ends = np.add.accumulate(sizes)
        starts = ends - sizes
        places = (self.starts.take(numbers) - starts).repeat(sizes)
        total = len(places)
        places += _COUNTED[:total] if total <= len(_COUNTED) else np.arange(total)
        return places, starts

    def gathered(self, numbers: Numbers) -> tuple[Numbers, Places]:
        """The values of some lists one after the other, and where each list starts among them."""
        places, starts = self.places(numbers)
        return self.values.take(places), starts
