"""The rows of a file, counted line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pydantic import Field

from ontologies.counting import Row
from ontologies.errors import Message
from ontologies.recipe import Reason
from thesaurus.coding.table.answer import FileFacts, Note, RowProblem, Unread, facts, unread
from thesaurus.counting.answer import CountAnswer
from thesaurus.counting.choice import CodeCount
from thesaurus.counting.headings import GENES, MOST_ROWS
from thesaurus.tables import CODE, ID, Problem, Table, UnreadableTable

_SEPARATORS = re.compile(r"[|,;]")
_REPORTED = 5000
_MOST_PROBLEMS = 1000

Progress = Callable[[float], None]
"""Is told from time to time how much is done, between 0 and 1."""


class FileNotes(FileFacts):
    """How the file was read."""

    columns: dict[str, str] = Field(description="The column of each field.")
    unread: Unread
    notes: list[Note]
    blank: int = Field(description="Lines without any text, which are no rows.")
    problems: int = Field(description="Rows that could not be read: unreadable_row.")
    first_problems: list[RowProblem] = Field(description=f"At most {_MOST_PROBLEMS}.")


class FileCountAnswer(CountAnswer):
    """The count of a file."""

    file: FileNotes


def add_table(count: CodeCount, table: Table, progress: Progress | None = None) -> FileNotes:
    """Count every row of a table.

    Raises:
        UnreadableTable: it has more than ``MOST_ROWS`` rows.
    """
    reading = _Reading(count, table, progress)
    count.add(reading.rows())
    problems = [
        RowProblem(line=line, message=message.fr, message_en=message.en)
        for line, message in ((each.line, each.message) for each in reading.problems)
    ]
    return FileNotes(
        **facts(table).model_dump(),
        columns=table.columns.named(),
        unread=unread(table),
        notes=[Note(message=fr, message_en=en) for fr, en in table.notes],
        blank=reading.blank,
        problems=reading.faulty,
        first_problems=problems,
    )


class _Reading:
    def __init__(self, count: CodeCount, table: Table, progress: Progress | None) -> None:
        self._count, self._table, self._progress = count, table, progress
        self.problems: list[Problem] = []
        self.blank = self.faulty = 0

    def rows(self) -> Iterator[Row]:
        """Yield the rows that can be read; the others are noted with the count."""
        by_genes, size = self._count.by_genes, self._table.size
        for number, line in enumerate(self._table.lines()):
            if number % _REPORTED == 0:
                self._report(number, line.record.offset / size)
            values = line.values
            if line.problem:
                self._note(line.problem, values.get(ID))
            elif line.blank:
                self.blank += 1
            else:
                genes = _genes(values.get(GENES, "")) if by_genes else ()
                yield values.get(CODE, ""), values.get(ID), genes

    def _note(self, problem: Problem, patient: str | None) -> None:
        self.faulty += 1
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)
        self._count.drop(Reason.UNREADABLE_ROW, patient)

    def _report(self, number: int, share: float) -> None:
        if number > MOST_ROWS:
            raise UnreadableTable(*_TOO_MANY)
        if self._progress:
            self._progress(share)


def _genes(cell: str) -> tuple[str, ...]:
    """Read the genes of one cell.

    >>> _genes("FBN1 | TGFBR2; ")
    ('FBN1', 'TGFBR2')
    """
    return tuple(gene for each in _SEPARATORS.split(cell) if (gene := each.strip()))


_TOO_MANY = Message(
    f"Plus de {MOST_ROWS} lignes ; compter en plusieurs fichiers, aucun patient ne devant être "
    "dans deux d'entre eux.",
    f"More than {MOST_ROWS} rows; count several files, no patient standing in two of them.",
)
