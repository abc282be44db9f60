"""The rows of a file, counted line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from pydantic import Field

from ontologies.counting import Row
from ontologies.errors import Message
from ontologies.recipe import Reason
from thesaurus.coding.table.answer import FileFacts, Note, RowProblem, Unread, facts, unread
from thesaurus.counting import words
from thesaurus.counting.answer import CountAnswer, Numbers
from thesaurus.counting.choice import CodeCount
from thesaurus.counting.headings import GENES, MOST_ROWS, NEW_CODE, new_codes
from thesaurus.tables import CODE, ID, Line, Problem, Table, UnreadableTable
from thesaurus.tables.lines import NO_VALUE
from thesaurus.tables.overlooked import columns_of_codes, shown, unread_codes

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


def count_table(
    count: CodeCount, table: Table, lang: str = "fr", progress: Progress | None = None
) -> FileCountAnswer:
    """Count every row of a table and answer, with a note where most of its codes are none.

    Raises:
        UnreadableTable: it has more than ``MOST_ROWS`` rows.
    """
    notes, counted = add_table(count, table, progress), count.answer(lang)
    if mostly_unread(counted):
        notes = notes.model_copy(update={"notes": [_misread(count, table), *notes.notes]})
    return FileCountAnswer(file=notes, **dict(counted))


def mostly_unread(answer: CountAnswer) -> bool:
    """Tell whether most of the codes that rows have are none of the release."""

    def rows(*reasons: Reason) -> int:
        none = Numbers(rows=0, patients=0)
        return sum(answer.dropped.get(reason, none).rows for reason in reasons)

    coded = answer.total.read.rows - rows(Reason.NO_CODE, Reason.UNREADABLE_ROW)
    return 2 * rows(Reason.UNREADABLE_CODE, Reason.UNKNOWN_CODE) > coded


def _misread(count: CodeCount, table: Table) -> Note:
    known = count.release.snapshot.__contains__
    other = next(columns_of_codes(table, known), None)
    read = shown(table, table.columns.places[CODE])
    return _note(words.misread(read, None if other is None else (shown(table, other), other + 1)))


def _note(message: Message) -> Note:
    return Note(message=message.fr, message_en=message.en)


def add_table(count: CodeCount, table: Table, progress: Progress | None = None) -> FileNotes:
    """Count every row of a table.

    Raises:
        UnreadableTable: it has more than ``MOST_ROWS`` rows.
    """
    reading = _Reading(count, table, progress)
    overlooked = list(unread_codes(table, count.release.snapshot.__contains__, reading.new_codes))
    count.add(reading.rows())
    problems = [
        RowProblem(line=line, message=message.fr, message_en=message.en)
        for line, message in ((each.line, each.message) for each in reading.problems)
    ]
    columns, left, notes = table.columns.named(), unread(table), list(table.notes)
    if reading.new_codes:
        named = [table.columns.heading(place) for place in reading.new_codes]
        columns[NEW_CODE] = named[0]
        read = [each for each in left.columns if each not in named]
        left = left.model_copy(update={"columns": read})
        notes.append(words.recoded(shown(table, reading.new_codes[0])))
    return FileNotes(
        **facts(table).model_dump(),
        columns=columns,
        unread=left,
        notes=list(map(_note, (*notes, *overlooked))),
        blank=reading.blank,
        problems=reading.faulty,
        first_problems=problems,
    )


class _Reading:
    def __init__(self, count: CodeCount, table: Table, progress: Progress | None) -> None:
        self._count, self._table, self._progress = count, table, progress
        self.new_codes: Sequence[int] = new_codes(table.columns)
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
                code = self._new_code(line) or values.get(CODE, "")
                yield code, values.get(ID), genes

    def _new_code(self, line: Line) -> str:
        """The code that a recoding gave a row, the last one; empty where none did."""
        cell = self._table.splitter.cell
        found = ((cell(line.record, place) or "").strip() for place in self.new_codes)
        return next((code for code in found if code and code != NO_VALUE), "")

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
