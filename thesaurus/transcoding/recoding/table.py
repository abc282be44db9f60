"""The rows of a file, recoded line by line in a memory that does not grow with it.

::

    with open_table(file, RECODED, recoder.rows.__contains__, options) as table:
        run = FileRun(table, recoder)
        run.pieces()              the same file with columns added
        json_pieces(run)          a RecodeFileAnswer (recode_json)
        write_workbook(out, run)  rows and sums (recode_workbook)

A ``FileRun`` is read once; then its ``summary`` is that of the whole file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ontologies.errors import Message
from thesaurus.coding.table.answer import Note, facts, unread
from thesaurus.tables import CODE, ID, Line, Table
from thesaurus.tables.annotated import Addition, Annotated, harmless
from thesaurus.tables.lines import NO_VALUE
from thesaurus.tables.overlooked import unread_codes
from thesaurus.tables.trouble import OPEN_QUOTE
from thesaurus.transcoding.recoding import words
from thesaurus.transcoding.recoding.answer import RecodedFile, RecodeFileSummary, summary
from thesaurus.transcoding.recoding.codes import LONGEST, UNREADABLE, Recoded
from thesaurus.transcoding.recoding.headings import (
    HEADINGS,
    RENEWED,
    SITE,
    WRITTEN_UPON,
    recoded_from,
)
from thesaurus.transcoding.recoding.recoder import Recoder
from thesaurus.transcoding.recoding.sums import Sort, Sums, site_name

_FORMS = 50_000
_REPORTED = 5000

Progress = Callable[[float], None]
"""Is told from time to time how much is done, between 0 and 1."""

Cells = tuple[str, ...]


class Done(NamedTuple):
    """What becomes of a code, why, and the cells that are added under ``HEADINGS``."""

    recoded: Recoded
    sort: Sort
    why: Message
    cells: Cells


class Step(NamedTuple):
    """A row of the file and what becomes of it."""

    line: Line
    site: str
    done: Done

    @property
    def written(self) -> str:
        """The code as the row has it, as far as a code may go."""
        return self.line.values.get(CODE, "")[:LONGEST]

    @property
    def patient(self) -> str:
        return self.line.values.get(ID, "")


class FileRun:
    """One recoding of one table.

    Columns of an earlier recoding at its end are replaced where they say the same, or their rows
    waited and are decided by now; else they stay and the new ones follow: what a person wrote in
    them is not overwritten.

    Args:
        also: is shown every row, once.
    """

    def __init__(
        self,
        table: Table,
        recoder: Recoder,
        *,
        progress: Progress | None = None,
        also: Callable[[Step], None] | None = None,
    ) -> None:
        self.table, self.recoder = table, recoder
        self._progress, self._also = progress, also
        self._sums = Sums()
        self._of = lru_cache(_FORMS)(self._done)
        earlier = recoded_from(table.columns)
        news = None if earlier is None else self._news(earlier)
        self._again = earlier is not None and news is not WRITTEN_UPON
        self.notes = (*table.notes, news) if news else table.notes
        if not recoder.rows.local:
            self.notes += tuple(unread_codes(table, recoder.rows.__contains__))
        self.annotated = Annotated(table, HEADINGS, again=self._again)

    def steps(self) -> Iterator[Step]:
        """Recode every row; each is counted when it is given."""
        add, also, size = self._sums.add, self._also, self.table.size
        for number, line in enumerate(self.table.lines()):
            if self._progress and number % _REPORTED == 0:
                self._progress(line.record.offset / size)
            step = Step(line, site_name(line.values.get(SITE)), self._done_of(line))
            add(step.site, step.done.sort)
            if also:
                also(step)
            yield step

    def pieces(self) -> Iterator[bytes]:
        """Write the same file with columns added, in pieces of some kilobytes."""
        return self.annotated.pieces(map(self._addition, self.steps()))

    @property
    def width(self) -> int:
        """How many columns the table has, without those of an earlier recoding."""
        return self.table.columns.width - (len(HEADINGS) if self._again else 0)

    @property
    def summary(self) -> RecodeFileSummary:
        """What became of the rows that were given so far."""
        table = self.table
        file = RecodedFile(
            **facts(table).model_dump(),
            columns=table.columns.named(),
            unread=unread(table),
            notes=[Note(message=fr, message_en=en) for fr, en in self.notes],
        )
        return RecodeFileSummary(**summary(self.recoder, self._sums), file=file)

    def _addition(self, step: Step) -> Addition:
        record = step.line.record
        if self._again and step.line.problem:
            # Nobody knows where the cells of an earlier recoding begin in a row that is no row of
            # this table: it stays as it is, like one without an end.
            return record._replace(fault=OPEN_QUOTE), None
        return record, None if step.line.blank else step.done.cells

    def _news(self, place: int) -> Message | None:
        """Say what of the cells from this place on would not be written as it is, if anything."""
        news, width = None, len(HEADINGS)
        for line in self.table.lines():
            found = self.table.splitter.cells(line.record)
            if line.blank or line.problem or not isinstance(found, list):
                continue
            cells = ["" if each == NO_VALUE else each for each in found[place : place + width]]
            was = (*cells, *[""] * (width - len(cells)))
            now = self._done_of(line).cells
            if all(
                not old.strip() or old in {new, harmless(new)}
                for old, new in zip(was, now, strict=True)
            ):
                continue
            if was[3] == now[3] or not words.is_waiting(was, self.recoder.rows.releases):
                return WRITTEN_UPON
            news = RENEWED
        return news

    def _done_of(self, line: Line) -> Done:
        if line.problem:
            return _unread(line.problem.message)
        written = line.values.get(CODE, "")
        return self._of(written) if len(written) <= LONGEST else self._done(written)

    def _done(self, written: str) -> Done:
        recoder, recoded = self.recoder, self.recoder.of(written)
        end = recoder.end(recoded.target) if recoded.target else None
        why = words.reason(recoded, recoder.rows, written)
        cells = (
            end.code if end else "",
            end.label if end else "",
            words.OUTCOMES[recoded.outcome].fr,
            words.decision(recoded),
            words.listed(recoder.proposals(recoded)),
            why.fr,
        )
        return Done(recoded, Sort.of(recoded), why, cells)


def _unread(why: Message) -> Done:
    """What is said of a row that cannot be split into cells, or holds what no cell may."""
    cells = ("", "", words.OUTCOMES[UNREADABLE.outcome].fr, "", "", why.fr)
    return Done(UNREADABLE, Sort.of(UNREADABLE), why, cells)
