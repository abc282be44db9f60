"""A table checked row by row, in the order of the file, each patient as one submission.

Rows of a patient that stand near each other are taken as they come; those that are far away are
fetched. No more than ``_NEAR`` bytes are held back.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ontologies.errors import Message
from thesaurus.coding.answer import Finding, Result
from thesaurus.coding.check import Session
from thesaurus.coding.submission import Submission
from thesaurus.coding.table.patients import Patients
from thesaurus.coding.table.rows import Row, RowReader
from thesaurus.tables.opening import Table
from thesaurus.tables.records import Record
from thesaurus.tables.trouble import Problem
from thesaurus.tables.vocabulary import ID

_NEAR = 1_000_000
_NEAR_ROWS = 1000
_REPORTED = 2000
_NUMBERED = re.compile(r"\bau diagnostic n°\s(\d{1,6})\b")
_NUMBERED_EN = re.compile(r"\bin diagnosis no\.\s(\d{1,6})\b")

TOO_MANY_ROWS = Message(
    "Plus de 1000 lignes pour ce patient ; celle-ci n'est pas contrôlée. La colonne de "
    "l'identifiant est-elle la bonne ?",
    "More than 1000 rows for this patient; this one is not checked. Is it the right id column?",
)

Progress = Callable[[float], None]
"""Is told from time to time how much is done, between 0 and 1."""


class Checked(NamedTuple):
    """What the check says of one patient.

    Attributes:
        rows: those of the patient that can be checked, in the order of the file.
        numbers: of these rows, counted from 0.
        result: its paths count the diagnoses as ``rows`` does.
    """

    rows: Sequence[Row]
    numbers: Sequence[int]
    result: Result

    @property
    def id(self) -> str | None:
        return self.rows[0].id

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """Yield each finding with the position of its row in ``rows``.

        Messages name lines of the file where the rules number the diagnoses of a patient.
        """
        for finding in self.result.findings:
            yield position(finding.path), self._with_lines(finding)

    def _with_lines(self, finding: Finding) -> Finding:
        if not _NUMBERED.search(finding.message):
            return finding
        fr = _NUMBERED.sub(lambda found: self._line(found, "à la ligne"), finding.message)
        en = _NUMBERED_EN.sub(lambda found: self._line(found, "on line"), finding.message_en)
        return finding.model_copy(update={"message": fr, "message_en": en})

    def _line(self, found: re.Match[str], words: str) -> str:
        number = int(found[1])
        return f"{words} {self.rows[number - 1].line}" if 0 < number <= len(self.rows) else found[0]


class Step(NamedTuple):
    """One record of the file.

    Attributes:
        number: of the record among those below the headings, counted from 0.
        checked: the patient whose first sound row this is; the patient's other rows come with it
            and again, alone, where they stand.
    """

    number: int
    record: Record
    row: Row
    checked: Checked | None = None


def position(path: str) -> int:
    """Return which diagnosis a path points into; the first one for a path to anything else.

    >>> position("/diagnoses/12/code"), position("/problems/3")
    (12, 0)
    """
    parts = path.split("/", 3)
    known = len(parts) > 2 and parts[1] == "diagnoses" and parts[2].isdigit()
    return int(parts[2]) if known else 0


def field_of(path: str) -> str | None:
    """Return the field of a diagnosis that a path points to.

    >>> field_of("/diagnoses/0/genes/1/code")
    'genes'
    """
    parts = path.split("/")
    return parts[3] if len(parts) > 3 and parts[1] == "diagnoses" else None


def check_table(table: Table, session: Session, progress: Progress | None = None) -> Iterator[Step]:
    """Yield every record below the headings, checked.

    A table can be checked several times, one after the other.
    """
    share = 0.5 if table.has_patients else 0.0
    patients = _patients(table, progress, share) if table.has_patients else None
    rows = _Rows(table, patients)
    for number, record, row in rows:
        if progress and number % _REPORTED == 0:
            progress(share + (1 - share) * record.offset / table.size)
        yield _step(number, record, row, rows, patients, session)


def _patients(table: Table, progress: Progress | None, share: float) -> Patients:
    def ids() -> Iterator[tuple[Record, str | None]]:
        for number, record in enumerate(table.records()):
            if progress and number % _REPORTED == 0:
                progress(share * record.offset / table.size)
            yield record, table.reader.value(record, ID)

    return Patients(ids())


def _step(
    number: int,
    record: Record,
    row: Row,
    rows: _Rows,
    patients: Patients | None,
    session: Session,
) -> Step:
    if patients and row.diagnosis and patients.is_beyond(number):
        row = Row(row.line, row.id, None, Problem(row.line, TOO_MANY_ROWS))
    if row.diagnosis is None:
        if patients and patients.leads(number):
            patients.inherit(number)
        return Step(number, record, row)
    if patients and not patients.leads(number):
        return Step(number, record, row)
    together = [(number, row)]
    if patients:
        others = ((other, rows.get(other)) for other in patients.following(number))
        together += [(other, found) for other, found in others if found.diagnosis]
    return Step(number, record, row, _checked(together, session))


def _checked(together: Sequence[tuple[int, Row]], session: Session) -> Checked:
    numbers, rows = zip(*together, strict=True)
    name = rows[0].id or str(rows[0].line)
    diagnoses = [row.diagnosis for row in rows if row.diagnosis]
    return Checked(rows, numbers, session.result(Submission(id=name, diagnoses=diagnoses)))


class _Rows:
    """The rows of a table one after the other, and others asked for in between."""

    def __init__(self, table: Table, patients: Patients | None) -> None:
        self._table = table
        self._reader = RowReader(table)
        self._patients = patients
        self._records = enumerate(table.records())
        self._ahead: deque[tuple[int, Record, Row]] = deque()
        self._bytes = 0
        self._last = -1

    def __iter__(self) -> Iterator[tuple[int, Record, Row]]:
        while self._ahead or self._pull():
            coming = self._ahead.popleft()
            self._bytes -= len(coming[1].raw)
            yield coming

    def get(self, number: int) -> Row:
        """Return a row that comes later."""
        while number - self._last <= _NEAR_ROWS and self._last < number and self._bytes < _NEAR:
            if not self._pull():
                break
        if self._ahead and number <= self._last:
            return self._ahead[number - self._ahead[0][0]][2]
        assert self._patients is not None  # noqa: S101  (only patients have other rows)
        return self._reader.row(self._table.record_at(*self._patients.place(number)))

    def _pull(self) -> bool:
        for number, record in self._records:
            self._ahead.append((number, record, self._reader.row(record)))
            self._bytes += len(record.raw)
            self._last = number
            return True
        return False
