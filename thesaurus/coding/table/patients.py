"""Which rows belong to one patient, wherever they stand: about 25 bytes of memory a row."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from thesaurus.coding.submission import MOST_OF_A_PATIENT
from thesaurus.tables.records import Record

MOST_ROWS = MOST_OF_A_PATIENT
_NONE = -1


class Patients:
    """The rows of each patient, linked in the order of the file.

    Rows are numbered from 0 as their records are read. Ids are compared by a hash of 64 bits that
    nobody outside knows (Python draws it for each process): that two of a million meet happens once
    in 37 million files.

    Args:
        rows: the records with the ids of their patients, None for those without.
    """

    def __init__(self, rows: Iterable[tuple[Record, str | None]]) -> None:
        offsets, lines, ids = array("q"), array("q"), array("q")
        for record, patient in rows:
            offsets.append(record.offset)
            lines.append(record.line)
            # Rows without an id stand alone: no id hashes to their own numbers but by chance.
            ids.append(hash(patient) if patient is not None else _NONE)
        self._offsets = np.frombuffer(offsets, np.int64) if offsets else np.zeros(0, np.int64)
        self._lines = np.frombuffer(lines, np.int64) if lines else np.zeros(0, np.int64)
        hashed = np.frombuffer(ids, np.int64) if ids else np.zeros(0, np.int64)
        self._next, self._leads, self._beyond = _linked(hashed)

    def leads(self, number: int) -> bool:
        """Tell whether a row is the first of its patient, or has no patient."""
        return bool(self._leads[number])

    def is_beyond(self, number: int) -> bool:
        """Tell whether a patient has ``MOST_ROWS`` rows before this one."""
        return bool(self._beyond[number])

    def inherit(self, number: int) -> None:
        """Let the next row of the patient be the first, as this one cannot be checked."""
        following = self._next[number]
        if following != _NONE:
            self._leads[following] = True

    def following(self, number: int) -> Iterator[int]:
        """Yield the later rows of the same patient, up to ``MOST_ROWS`` in all."""
        number = int(self._next[number])
        while number != _NONE and not self._beyond[number]:
            yield number
            number = int(self._next[number])

    def place(self, number: int) -> tuple[int, int]:
        """Return the offset and the line of a row."""
        return int(self._offsets[number]), int(self._lines[number])


_Flags = npt.NDArray[np.bool_]


def _linked(ids: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int32], _Flags, _Flags]:
    """Return of each row the next one of its patient, whether it leads, whether it is too many."""
    count = len(ids)
    following = np.full(count, _NONE, np.int32)
    leads, beyond = np.ones(count, bool), np.zeros(count, bool)
    if not count:
        return following, leads, beyond
    order = np.argsort(ids, kind="stable").astype(np.int32)
    ordered = ids[order]
    same = (ordered[1:] == ordered[:-1]) & (ordered[1:] != _NONE)
    following[order[:-1][same]] = order[1:][same]
    leads[order[1:][same]] = False
    starts = np.flatnonzero(np.concatenate(([True], ~same))).astype(np.int32)
    sizes = np.diff(np.append(starts, count))
    if sizes.max() > MOST_ROWS:
        ranks = np.arange(count, dtype=np.int32) - np.repeat(starts, sizes)
        beyond[order[ranks >= MOST_ROWS]] = True
    return following, leads, beyond
