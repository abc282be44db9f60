"""The order of the rows of a transcoding table, and the first of each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ontologies.transcoding import Kind, Transcoding
from thesaurus.transcoding.words import KINDS

_PLACES = {kind: place for place, kind in enumerate(KINDS)}


def ordered(rows: Iterable[Transcoding]) -> list[Transcoding]:
    """Return rows by kind, then by the number of their code.

    Local codes are no numbers: the rows of a legacy table keep the order of the table.
    """
    return sorted(rows, key=_place)


def _place(row: Transcoding) -> tuple[int, int]:
    return _PLACES[row.kind], 0 if row.kind is Kind.LEGACY else int(row.source)


def first_of_each_kind(rows: Iterable[Transcoding], most: int) -> Sequence[Transcoding]:
    """Return at most so many rows of each kind, those that wait for a person first."""
    by_kind: dict[str, list[Transcoding]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: not row.open):
        by_kind[row.kind].append(row)
    return [row for kind in KINDS for row in by_kind[kind][:most]]
