"""A file opened as a table: how it is written, and what its columns hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import BinaryIO

from ontologies.errors import Message
from thesaurus.tables.cells import Known, is_code
from thesaurus.tables.columns import Columns, letter
from thesaurus.tables.lines import NO_VALUE, Line, LineReader
from thesaurus.tables.recognising import names_columns, recognise
from thesaurus.tables.records import Record, Records, Splitter
from thesaurus.tables.sniffing import MOST_ABOVE, ZIP, Text, read_text
from thesaurus.tables.trouble import EMPTY, of_file, titles, too_wide, twice
from thesaurus.tables.vocabulary import ID, Vocabulary
from thesaurus.tables.workbook import MOST_COLUMNS, Sheet, read_workbook

_SAMPLE = 200
_MOST_DOUBLES = 20


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a table, where its content does not say.

    Attributes:
        columns: ``code=3,label=B,status="Mon statut"``: numbers from 1, letters or headings.
        header: whether the first row names the columns.
        sheet: name of the sheet of a workbook.
    """

    columns: str | None = None
    header: bool | None = None
    sheet: str | None = None


class Table:
    """Rows of a file, which stays open as long as they are read. Use it in a ``with``.

    Attributes:
        text: how the file is written.
        columns: what they hold.
        sheet: of the workbook that the table comes from.
        unread_sheets: the other ones.
        notes: what somebody should know of how the columns were read.
        size: in bytes, of the text that is read.
        reader: makes lines of records.
    """

    def __init__(
        self,
        text: Text,
        columns: Columns,
        vocabulary: Vocabulary,
        copies: ExitStack,
        sheet: Sheet | None = None,
    ) -> None:
        self._copies = copies
        self.text = text
        self.columns = columns
        self.sheet = sheet.name if sheet else None
        self.unread_sheets = sheet.others if sheet else ()
        self.size = max(text.file.seek(0, os.SEEK_END), 1)
        self.splitter = Splitter(text.delimiter, text.encoding)
        self.reader = LineReader(self.splitter, columns, sheet=sheet is not None)
        self._records = Records(text.file, text.delimiter, by_record=sheet is not None)
        self.heading = None
        self._start = text.start, text.line
        notes = list(_notes(columns, vocabulary, sheet))
        if columns.headings or columns.above:
            top = self._top()
            if columns.above:
                notes.append(titles(top.line))
            self._start = top.offset, top.line
            if columns.headings:
                self.heading = top
                lines = 1 if sheet is not None else max(top.raw.count(b"\n"), 1)
                self._start = top.offset + top.size, top.line + lines

        self.notes = tuple(notes)

    def __enter__(self) -> Table:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what was copied of the file; the file itself stays open."""
        self._copies.close()

    @property
    def has_patients(self) -> bool:
        return ID in self.columns.places

    @property
    def start(self) -> int:
        """Where the first row below the headings begins, in bytes."""
        return self._start[0]

    def records(self) -> Iterator[Record]:
        """Yield the records below the headings."""
        return self._records.read(*self._start)

    def record_at(self, offset: int, line: int) -> Record:
        return self._records.at(offset, line)

    def lines(self) -> Iterator[Line]:
        """Yield the records below the headings with their fields."""
        return map(self.reader.line, self.records())

    def bytes_of(self, offset: int, size: int) -> Iterator[bytes]:
        """Yield a part of the text as it stands."""
        return self._records.chunks(offset, size)

    def _top(self) -> Record:
        """The record of headings, or the first one below a title."""
        coming = self._records.read(self.text.start, self.text.line)
        filled = (record for record in coming if _cells(self.splitter, record))
        return next(islice(filled, self.columns.above, None))


def _notes(columns: Columns, vocabulary: Vocabulary, sheet: Sheet | None) -> Iterator[Message]:
    for field, note in vocabulary.notes.items():
        if field not in columns.places:
            yield note
    for field, place in columns.doubles[:_MOST_DOUBLES]:
        taken = columns.places[field]
        names = [f"« {columns.heading(at)} » ({letter(at)})" for at in (taken, place)]
        yield twice(vocabulary.french[field], *names)
    if sheet and sheet.is_cut:
        yield too_wide(MOST_COLUMNS)


def open_table(
    file: BinaryIO, vocabulary: Vocabulary, known: Known, options: Options = Options()
) -> Table:
    """Tell by its content how a file is written and what its columns hold.

    Args:
        file: binary and seekable; it must stay open while the table is used.
        vocabulary: what the columns of such a table are called.
        known: tells whether a code exists, to recognise a column of codes without heading.
        options: what somebody said about the file.

    Raises:
        UnreadableTable: not such a table; the message says why.
        InvalidRequest: ``options.columns`` is not of its form.
    """

    def fits(text: Text) -> Columns:
        return _columns(text, vocabulary, known, options, sheet=True)

    with ExitStack() as copies:
        file.seek(0)
        if file.read(4).startswith(ZIP):
            sheet = read_workbook(file, fits, options.sheet, copies)
            return Table(sheet.text, sheet.columns, vocabulary, copies.pop_all(), sheet)
        text = read_text(file, copies)
        columns = _columns(text, vocabulary, known, options)
        return Table(text, columns, vocabulary, copies.pop_all())


def is_tabular(file: BinaryIO, vocabulary: Vocabulary) -> bool:
    """Tell a table of text from a plain list.

    Its first row has several cells; or a heading stands in one of the first rows; or a title, which
    is no code, stands above rows of several cells.

    Raises:
        UnreadableTable: the file is empty or no text.
    """
    with ExitStack() as copies:
        rows = list(islice(_filled(read_text(file, copies), sheet=False), MOST_ABOVE))
    if not rows:
        return False
    if len(rows[0]) > 1:
        return True
    if any(_is_heading(row, vocabulary) for row in takewhile(_is_no_code, rows)):
        return True
    several = sum(len(row) > 1 for row in rows[1:])
    return 2 * several > len(rows) - 1 and _is_no_code(rows[0])


def _is_heading(row: Sequence[str], vocabulary: Vocabulary) -> bool:
    if len(row) > 1:
        return names_columns(row, vocabulary)
    return vocabulary.heading_of(row[0]) is not None


def _is_no_code(row: Sequence[str]) -> bool:
    return not any(is_code(cell.strip(), lambda _: True) for cell in row)


def _columns(
    text: Text, vocabulary: Vocabulary, known: Known, options: Options, *, sheet: bool = False
) -> Columns:
    sample = list(islice(_filled(text, sheet=sheet), _SAMPLE))
    if not sample:
        raise of_file(EMPTY)
    return recognise(sample, vocabulary, given=options.columns, header=options.header, known=known)


def _filled(text: Text, *, sheet: bool) -> Iterator[Sequence[str]]:
    """Yield the cells of the records that are neither blank nor at fault."""
    records = Records(text.file, text.delimiter, by_record=sheet).read(text.start, text.line)
    splitter = Splitter(text.delimiter, text.encoding)
    return (cells for record in records if (cells := _cells(splitter, record)))


def _cells(splitter: Splitter, record: Record) -> Sequence[str]:
    """Return the cells of a record; none where it is blank or at fault."""
    cells = splitter.cells(record)
    if not isinstance(cells, list) or not any(map(str.strip, cells)):
        return ()
    return ["" if cell == NO_VALUE else cell for cell in cells]
