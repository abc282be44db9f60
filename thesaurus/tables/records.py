"""Records of delimited text in bounded memory, each with its place; a fault costs its row only.

Works on bytes: in UTF-8 and in Windows-1252 line ends, quotes and delimiters are single bytes.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import BinaryIO, NamedTuple

from ontologies.errors import Message
from thesaurus.tables.trouble import LONG_LINE, MALFORMED, OPEN_QUOTE, UNDECODABLE, ZERO_BYTE

LONGEST = 1_000_000
MOST_LINES = 50
_QUOTE = b'"'


class Record(NamedTuple):
    """One record as it stands in the file.

    Attributes:
        line: the number of its first line, from 1.
        offset: where it starts, in bytes.
        size: its bytes, line end included.
        raw: these bytes; of a line over ``LONGEST`` none.
        fault: why it cannot be split into cells, where that is known already.
    """

    line: int
    offset: int
    size: int
    raw: bytes
    fault: Message | None = None


class Records:
    """A seekable file as records.

    Args:
        file: binary; the position is moved.
        delimiter: one ASCII character.
        by_record: the copy of a sheet, written by us: its lines are counted by record, as the rows
            of the sheet, and its cells may hold any number of line ends.
    """

    def __init__(self, file: BinaryIO, delimiter: str, *, by_record: bool = False) -> None:
        self._file = file
        self._by_record = by_record
        self._whole, self._closing = _forms(delimiter)
        self._moved = False

    def read(self, offset: int = 0, line: int = 1) -> Iterator[Record]:
        """Yield the records from a place on; ``at`` may be asked in between."""
        self._file.seek(offset)
        while True:
            if self._moved:
                self._file.seek(offset)
                self._moved = False
            raw = self._file.readline(LONGEST)
            if not raw:
                return
            size = len(raw)
            if _QUOTE not in raw and size < LONGEST:
                yield Record(line, offset, size, raw)
                offset += size
                line += 1
                continue
            record = self._unusual(raw, offset, line)
            yield record
            offset += record.size
            line += 1 if self._by_record else max(record.raw.count(b"\n"), 1)

    def at(self, offset: int, line: int) -> Record:
        """Return the record that starts at a place."""
        self._moved = True
        self._file.seek(offset)
        raw = self._file.readline(LONGEST)
        if _QUOTE in raw or len(raw) == LONGEST:
            return self._unusual(raw, offset, line)
        return Record(line, offset, len(raw), raw)

    def chunks(self, offset: int, size: int) -> Iterator[bytes]:
        """Yield a part of the file as it is."""
        while size > 0:
            self._moved = True
            self._file.seek(offset)
            chunk = self._file.read(min(size, LONGEST))
            if not chunk:
                return
            yield chunk
            offset, size = offset + len(chunk), size - len(chunk)

    def _unusual(self, raw: bytes, offset: int, line: int) -> Record:
        """Read on where a record has quotes or a line has no end in sight."""
        if self._by_record:
            return self._of_sheet(raw, offset, line)
        if len(raw) == LONGEST and not raw.endswith(b"\n"):
            return Record(line, offset, len(raw) + self._skip_line(), b"", LONG_LINE)
        if self._whole.fullmatch(raw):
            return Record(line, offset, len(raw), raw)
        lines, size = [raw], len(raw)
        while len(lines) < MOST_LINES:
            more = self._file.readline(LONGEST - size)
            lines.append(more)
            size += len(more)
            if not more or size >= LONGEST:
                break
            if self._closing.fullmatch(more):
                return Record(line, offset, size, b"".join(lines))
        # What follows may be sound: go on at the next line.
        self._moved = True
        return Record(line, offset, len(raw), raw, OPEN_QUOTE)

    def _of_sheet(self, raw: bytes, offset: int, line: int) -> Record:
        """Read a record that we wrote ourselves: it ends with the line that closes its quotes."""
        parts, part, size, quotes = [raw], raw, len(raw), raw.count(_QUOTE)
        while quotes % 2 or not part.endswith(b"\n"):
            part = self._file.readline(LONGEST)
            if not part:
                break
            size += len(part)
            quotes += part.count(_QUOTE)
            if size < LONGEST:
                parts.append(part)
        if size >= LONGEST:
            return Record(line, offset, size, b"", LONG_LINE)
        return Record(line, offset, size, b"".join(parts))

    def _skip_line(self) -> int:
        skipped = 0
        while part := self._file.readline(LONGEST):
            skipped += len(part)
            if part.endswith(b"\n"):
                break
        return skipped


def _patterns(delimiter: str) -> tuple[str, str]:
    """Of one cell, and of the rest of one from inside its quotes."""
    sign = re.escape(delimiter)
    closing = rf'(?:[^"]++|"")*+"[^{sign}]*+'
    return rf'(?:"{closing}|[^"{sign}][^{sign}]*+|)', closing


@cache
def _cell(delimiter: str) -> re.Pattern[bytes]:
    return re.compile(_patterns(delimiter)[0].encode())


@cache
def _forms(delimiter: str) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Cells of which every quote is closed: from the start of a cell, and from inside quotes.

    A quote counts at the start of a cell only, as in every spreadsheet program: ``5" long`` has
    none. Nothing here is read twice.
    """
    cell, closing = _patterns(delimiter)
    more = rf"(?:{re.escape(delimiter)}{cell})*+"
    return re.compile(f"{cell}{more}".encode()), re.compile(f"{closing}{more}".encode())


def first_cells(body: bytes, delimiter: str, count: int) -> bytes:
    """Return the beginning of a record, without its line end, up to the end of a cell.

    >>> first_cells(b'a;"b;c";d;e', ";", 2)
    b'a;"b;c"'
    """
    sign = delimiter.encode()
    if _QUOTE not in body:
        return sign.join(body.split(sign, count)[:count])
    cell, end = _cell(delimiter), 0
    for number in range(count):
        found = cell.match(body, end + 1 if number else 0)
        if found is None or (number and body[end : end + 1] != sign):
            return body
        end = found.end()
    return body[:end]


class Splitter:
    """Splits records into cells of text.

    Args:
        delimiter: one ASCII character.
        encoding: ``utf-8`` or ``cp1252``.
    """

    def __init__(self, delimiter: str, encoding: str) -> None:
        self._delimiter = delimiter
        self._sign = delimiter.encode()
        self._encoding = encoding

    def cell(self, record: Record, place: int) -> str | None:
        """Return one cell, for less than all of them cost; None where it cannot be read."""
        if _QUOTE in record.raw or record.fault:
            cells = self.cells(record)
            return cells[place] if isinstance(cells, list) and place < len(cells) else None
        parts = record.raw.split(self._sign, place + 1)
        try:
            return parts[place].decode(self._encoding)
        except (IndexError, UnicodeDecodeError):
            return None

    def cells(self, record: Record) -> list[str] | Message:
        """Return the cells, or what is wrong."""
        if record.fault:
            return record.fault
        if b"\0" in record.raw:
            return ZERO_BYTE
        try:
            text = record.raw.decode(self._encoding).rstrip("\r\n")
        except UnicodeDecodeError:
            return UNDECODABLE
        return split(text, self._delimiter) or MALFORMED


def split(text: str, delimiter: str) -> list[str]:
    """Split a record without its line end into cells; none where that cannot be done."""
    if '"' not in text:
        return text.split(delimiter)
    try:
        (cells,) = csv.reader([text], delimiter=delimiter)
    except (csv.Error, ValueError):  # a cell beyond the bound of the module; a bare line end
        return []
    return cells
