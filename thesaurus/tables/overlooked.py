"""Columns that hold codes and are not read as such."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from ontologies.errors import Message
from thesaurus.tables.cells import Known, are_ages_or_years, are_codes
from thesaurus.tables.columns import letter
from thesaurus.tables.lines import NO_VALUE
from thesaurus.tables.opening import Table
from thesaurus.tables.trouble import overlooked
from thesaurus.tables.vocabulary import CODE

_SAMPLE = 200
_MOST_COLUMNS = 2000
_MOST_TOLD = 20


def unread_codes(table: Table, known: Known, also: Collection[int] = ()) -> Iterator[Message]:
    """Name the columns of codes that hold no field; those of ``table.notes`` are named there.

    Args:
        also: columns that are read too.
    """
    columns = table.columns
    taken = {*columns.places.values(), *also, *(each.place for each in columns.doubles)}
    found = (place for place in columns_of_codes(table, known) if place not in taken)
    for place in islice(found, _MOST_TOLD):
        yield overlooked(shown(table, place), place + 1)


def columns_of_codes(table: Table, known: Known) -> Iterator[int]:
    """Yield the columns most of whose first cells are codes, save that which is read as such."""
    width = min(table.columns.width, _MOST_COLUMNS)
    held: list[list[str]] = [[] for _ in range(width)]
    for record in islice(table.records(), _SAMPLE):
        cells = table.splitter.cells(record)
        if isinstance(cells, list):
            for place, cell in enumerate(cells[:width]):
                if (text := cell.strip()) and cell != NO_VALUE:
                    held[place].append(text)
    for place, cells in enumerate(held):
        told = are_codes(cells, known) and not are_ages_or_years(cells)
        if told and place != table.columns.places.get(CODE):
            yield place


def shown(table: Table, place: int) -> str:
    """A column as people find it: by its heading, and its letter."""
    return f"« {table.columns.heading(place)} » ({letter(place)})"
