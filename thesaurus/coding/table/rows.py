"""Records as diagnoses: each cell in the field that its column holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from ontologies.errors import Message
from ontologies.standard import HPO, ICD10, ORPHA
from thesaurus.coding.submission import LONGEST_TEXT, CodedItem, Diagnosis
from thesaurus.coding.table.columns import Columns, letter
from thesaurus.coding.table.headings import ID
from thesaurus.coding.table.records import Record, Splitter
from thesaurus.coding.table.trouble import Problem, too_many_cells, unfit_cell, without_value

NO_VALUE = "\x1a"
"""What stands in the place of a formula without a value: no character of any workbook."""

LONGEST_ID = 200
_LISTED = frozenset(
    name
    for name, field in Diagnosis.model_fields.items()
    if field.annotation == tuple[CodedItem, ...]
)
_SEPARATORS = re.compile(r"[|,;]")
_IN_SYSTEM = re.compile(r"(?P<icd>(?:CIM|ICD)[\s-]?10)\s*:\s*(?P<code>.+)", re.IGNORECASE)
_PREFIXED = re.compile(r"(?P<system>ORPHA|HP)\s*:\s*\S", re.IGNORECASE)
_PREFIXES = {"ORPHA": ORPHA.name, "HP": HPO.name}


class Row(NamedTuple):
    """One row as it is checked.

    Attributes:
        line: of the file, from 1.
        id: the patient, where the row says.
        diagnosis: None for a blank row and for one with a problem.
        problem: why the row cannot be checked.
    """

    line: int
    id: str | None
    diagnosis: Diagnosis | None
    problem: Problem | None = None

    @property
    def is_blank(self) -> bool:
        return self.diagnosis is None and self.problem is None


class RowReader:
    """Makes rows of records.

    Args:
        splitter: of the file.
        columns: of the file.
        sheet: whether it is the sheet of a workbook, whose formulas may have no value.
    """

    def __init__(self, splitter: Splitter, columns: Columns, *, sheet: bool) -> None:
        self._splitter = splitter
        self._cells = splitter.cells
        self._columns = columns
        self._sheet = sheet
        self._width = columns.width if columns.headings else None
        self._id = columns.places.get(ID)
        self._fields = [
            (field, place, _READERS.get(field))
            for field, place in columns.places.items()
            if field != ID
        ]

    def id_of(self, record: Record) -> str | None:
        """Return the patient of a record, as far as it can be read."""
        cell = None if self._id is None else self._splitter.cell(record, self._id)
        return cell.strip() or None if cell else None

    def row(self, record: Record) -> Row:
        cells = self._cells(record)
        if not isinstance(cells, list):
            return _faulty(record, cells)
        values = self._values(cells)
        if not values and not any(map(str.strip, cells)):
            return Row(record.line, None, None)
        patient = None if self._id is None else _id(cells, self._id)
        if problem := self._problem(record, cells, patient):
            return _faulty(record, problem, patient)
        try:
            return Row(record.line, patient, Diagnosis(**values))
        except ValidationError as error:
            return _faulty(record, self._unfit(error), patient)

    def _problem(self, record: Record, cells: Sequence[str], patient: str | None) -> Message | None:
        width = self._width
        if width and len(cells) > width and any(map(str.strip, cells[width:])):
            return too_many_cells(len(cells), width)
        if patient is not None and len(patient) > LONGEST_ID:
            return unfit_cell(self._columns.named()[ID], LONGEST_ID)
        if self._sheet and (empty := self._formula_without_value(cells)) is not None:
            return without_value(f"{letter(empty)}{record.line}")
        return None

    def _values(self, cells: Sequence[str]) -> dict[str, Any]:
        width = len(cells)
        values: dict[str, Any] = {}
        for field, place, read in self._fields:
            if place < width and (cell := cells[place].strip()):
                values[field] = read(cell) if read else cell
        return values

    def _formula_without_value(self, cells: Sequence[str]) -> int | None:
        places = self._columns.places.values()
        return next((at for at in places if at < len(cells) and cells[at] == NO_VALUE), None)

    def _unfit(self, error: ValidationError) -> Message:
        field = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        return unfit_cell(self._columns.named().get(field, field), LONGEST_TEXT)


def _id(cells: Sequence[str], place: int) -> str | None:
    return cells[place].strip() or None if place < len(cells) else None


def _faulty(record: Record, why: Message, patient: str | None = None) -> Row:
    return Row(record.line, patient, None, Problem(record.line, why))


def _items(cell: str) -> list[str]:
    """Read several values of one cell.

    >>> _items("FBN1 | TGFBR2; ")
    ['FBN1', 'TGFBR2']
    """
    return [value for each in _SEPARATORS.split(cell) if (value := each.strip())]


def _described(cell: str) -> list[str | Mapping[str, str]]:
    """Read items of the clinical description, each in the system that it names."""
    return [_in_its_system(value) for value in _items(cell)]


def _in_its_system(value: str) -> str | Mapping[str, str]:
    """Read ``CIM-10:Q87.4``, ``ORPHA:558`` or ``HP:0001166``; other words stay as they are."""
    if icd := _IN_SYSTEM.fullmatch(value):
        return {"system": ICD10.name, "code": icd["code"]}
    if prefixed := _PREFIXED.match(value):
        return {"system": _PREFIXES[prefixed["system"].upper()], "code": value}
    return value


_READERS: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(_LISTED, _items),
    "description": _described,
}
"""How cells are read that are not one text."""
