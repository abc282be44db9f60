"""A file opened as a table: how it is written, and what its columns hold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from thesaurus.coding.table.columns import Columns, Known, recognise
from thesaurus.coding.table.headings import ID, folded, known_headings
from thesaurus.coding.table.records import Record, Records, Splitter
from thesaurus.coding.table.rows import Row, RowReader
from thesaurus.coding.table.sniffing import ZIP, Text, read_text
from thesaurus.coding.table.trouble import EMPTY, of_file
from thesaurus.coding.table.workbook import read_workbook

_SAMPLE = 200


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
        size: in bytes, of the text that is read.
        reader: makes rows of records.
    """

    def __init__(
        self, text: Text, columns: Columns, copies: ExitStack, sheet: str | None = None
    ) -> None:
        self._copies = copies
        self.text = text
        self.columns = columns
        self.sheet = sheet
        self.size = max(text.file.seek(0, os.SEEK_END), 1)
        self.splitter = Splitter(text.delimiter, text.encoding)
        self.reader = RowReader(self.splitter, columns, sheet=sheet is not None)
        self._records = Records(text.file, text.delimiter, by_record=sheet is not None)
        self.heading = self._heading() if columns.headings else None
        self._start = text.start, text.line
        if self.heading:
            lines = 1 if sheet is not None else max(self.heading.raw.count(b"\n"), 1)
            end = self.heading.offset + self.heading.size
            self._start = end, self.heading.line + lines

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

    def row_at(self, offset: int, line: int) -> Row:
        return self.reader.row(self._records.at(offset, line))

    def bytes_of(self, offset: int, size: int) -> Iterator[bytes]:
        """Yield a part of the text as it stands."""
        return self._records.chunks(offset, size)

    def _heading(self) -> Record:
        """The first record that is not blank."""
        coming = self._records.read(self.text.start, self.text.line)
        return next(record for record in coming if _cells(self.splitter, record))


def open_table(file: BinaryIO, known: Known, options: Options = Options()) -> Table:
    """Tell by its content how a file is written and what its columns hold.

    Args:
        file: binary and seekable; it must stay open while the table is used.
        known: tells whether a code exists, to recognise a column of codes without heading.
        options: what somebody said about the file.

    Raises:
        UnreadableTable: not a table of codes or labels; the message says why.
        InvalidRequest: ``options.columns`` is not of its form.
    """

    def fits(text: Text) -> Columns:
        return _columns(text, known, options, sheet=True)

    with ExitStack() as copies:
        file.seek(0)
        if file.read(4).startswith(ZIP):
            text, columns, sheet = read_workbook(file, fits, options.sheet, copies)
            return Table(text, columns, copies.pop_all(), sheet)
        text = read_text(file, copies)
        columns = _columns(text, known, options)
        return Table(text, columns, copies.pop_all())


def is_tabular(file: BinaryIO) -> bool:
    """Tell a table of text from a plain list: its first row has several cells, or a known heading.

    Raises:
        UnreadableTable: the file is empty or no text.
    """
    with ExitStack() as copies:
        first = next(_filled(read_text(file, copies), sheet=False), [])
    return len(first) > 1 or folded("".join(first)) in known_headings()


def _columns(text: Text, known: Known, options: Options, *, sheet: bool = False) -> Columns:
    sample = list(islice(_filled(text, sheet=sheet), _SAMPLE))
    if not sample:
        raise of_file(EMPTY)
    return recognise(sample, given=options.columns, header=options.header, known=known)


def _filled(text: Text, *, sheet: bool) -> Iterator[Sequence[str]]:
    """Yield the cells of the records that are neither blank nor at fault."""
    records = Records(text.file, text.delimiter, by_record=sheet).read(text.start, text.line)
    splitter = Splitter(text.delimiter, text.encoding)
    return (cells for record in records if (cells := _cells(splitter, record)))


def _cells(splitter: Splitter, record: Record) -> Sequence[str]:
    """Return the cells of a record; none where it is blank or at fault."""
    cells = splitter.cells(record)
    return cells if isinstance(cells, list) and any(map(str.strip, cells)) else ()
