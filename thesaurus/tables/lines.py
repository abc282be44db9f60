"""Records as fields: each cell under the name of what its column holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ontologies.errors import Message
from thesaurus.tables.columns import Columns, letter
from thesaurus.tables.records import Record, Splitter
from thesaurus.tables.trouble import Problem, too_many_cells, unfit_cell, without_value
from thesaurus.tables.vocabulary import ID

NO_VALUE = "\x1a"
"""What stands in the place of a formula without a value: no character of any workbook."""

LONGEST_ID = 200


class Line(NamedTuple):
    """One record of a table.

    Attributes:
        record: as it stands in the file.
        values: the text of each field, without outer blanks; fields without a text are left out.
        problem: why the record cannot be read; then there are no values, save the patient's id.
        blank: whether every cell is empty, also of the columns that hold no field.
    """

    record: Record
    values: Mapping[str, str]
    problem: Problem | None = None
    blank: bool = False


class LineReader:
    """Makes lines of records.

    Args:
        splitter: of the file.
        columns: of the file.
        sheet: whether it is the sheet of a workbook, whose formulas may have no value.
    """

    def __init__(self, splitter: Splitter, columns: Columns, *, sheet: bool) -> None:
        self._splitter = splitter
        self._columns = columns
        self._sheet = sheet
        self._width = columns.width if columns.headings else None
        self._places = tuple(columns.places.items())

    def value(self, record: Record, field: str) -> str | None:
        """Return one field of a record as far as it can be read, for less than a line costs."""
        place = self._columns.places.get(field)
        cell = None if place is None else self._splitter.cell(record, place)
        return cell.strip() or None if cell else None

    def line(self, record: Record) -> Line:
        cells = self._splitter.cells(record)
        if not isinstance(cells, list):
            return Line(record, {}, Problem(record.line, cells))
        width = len(cells)
        values = {
            field: cell
            for field, place in self._places
            if place < width and (cell := cells[place].strip())
        }
        if not values and not any(map(str.strip, cells)):
            return Line(record, values, blank=True)
        if problem := self._problem(record, cells, values):
            patient = {ID: values[ID]} if ID in values else {}
            return Line(record, patient, Problem(record.line, problem))
        return Line(record, values)

    def _problem(
        self, record: Record, cells: Sequence[str], values: Mapping[str, str]
    ) -> Message | None:
        width = self._width
        if width and len(cells) > width and any(map(str.strip, cells[width:])):
            return too_many_cells(len(cells), width)
        if len(values.get(ID, "")) > LONGEST_ID:
            return unfit_cell(self._columns.named()[ID], LONGEST_ID)
        if self._sheet and NO_VALUE in values.values():
            return without_value(f"{letter(self._without_value(cells))}{record.line}")
        return None

    def _without_value(self, cells: Sequence[str]) -> int:
        return next(at for _, at in self._places if at < len(cells) and cells[at] == NO_VALUE)
