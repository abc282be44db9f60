"""Records as diagnoses: each cell in the field that its column holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from ontologies.errors import Message
from ontologies.standard import HPO, ICD10, ORPHA
from thesaurus.coding.submission import LONGEST_TEXT, CodedItem, Diagnosis
from thesaurus.tables.opening import Table
from thesaurus.tables.records import Record
from thesaurus.tables.trouble import Problem, unfit_cell
from thesaurus.tables.vocabulary import ID

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
    """Makes rows of the records of a table."""

    def __init__(self, table: Table) -> None:
        self._line = table.reader.line
        self._named = table.columns.named()

    def row(self, record: Record) -> Row:
        line = self._line(record)
        if line.blank:
            return Row(record.line, None, None)
        values: dict[str, Any] = dict(line.values)
        patient = values.pop(ID, None)
        if line.problem:
            return Row(record.line, patient, None, line.problem)
        for field in _READERS.keys() & values.keys():
            values[field] = _READERS[field](values[field])
        try:
            return Row(record.line, patient, Diagnosis(**values))
        except ValidationError as error:
            return Row(record.line, patient, None, Problem(record.line, self._unfit(error)))

    def _unfit(self, error: ValidationError) -> Message:
        field = str(error.errors(include_input=False, include_url=False)[0]["loc"][0])
        return unfit_cell(self._named.get(field, field), LONGEST_TEXT)


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
