"""The same file with columns added: what was there stays as it was, byte for byte."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from thesaurus.tables.lines import NO_VALUE
from thesaurus.tables.opening import Table
from thesaurus.tables.records import Record, first_cells, split
from thesaurus.tables.scratch import scratch_file
from thesaurus.tables.trouble import LONG_LINE, OPEN_QUOTE

_CHUNK = 1 << 16
_NO_VALUE = NO_VALUE.encode()
_ANY = "surrogatepass"
_MARKS = {
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cells = tuple[str, ...]
Addition = tuple[Record, Cells | None]
"""A record and the cells that are added to it; None for one that stays as it is."""

_Line = tuple[bytes, str]
"""Bytes of the file, then text that is added to them, its line end with it."""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def new_headings(wanted: Iterable[str], present: Iterable[str]) -> list[str]:
    """Return the headings of added columns, told from those that a file has already."""
    taken = {each.strip() for each in present}
    found = []
    for heading in wanted:
        number, name = 2, heading
        while name in taken:
            name, number = f"{heading} ({number})", number + 1
        found.append(name)
    return found


def earlier(headings: Sequence[str], present: Sequence[str]) -> int | None:
    """Return how many columns stood before an earlier call added these; None where none did."""
    names = [each.strip() for each in present]
    kept = len(names) - len(headings)
    return kept if kept > 0 and names[kept:] == new_headings(headings, names[:kept]) else None


class Annotated:
    """A table with cells added to its rows, in pieces of some kilobytes.

    Args:
        table: open, and not read by anybody else meanwhile.
        headings: of the columns that are added.
        again: whether columns at the end of the table that an earlier call added (``earlier``) are
            written anew instead of a second time.

    Attributes:
        encoding: of what was written: that of the file, or UTF-8 where Windows-1252 lacks a letter
            of what is added. It is known with the first piece.
    """

    def __init__(self, table: Table, headings: Sequence[str], *, again: bool = False) -> None:
        self._table = table
        self._headings = tuple(headings)
        self._kept = earlier(self._headings, table.columns.headings or ()) if again else None
        self.encoding = table.text.written

    def pieces(self, additions: Iterable[Addition]) -> Iterator[bytes]:
        """Write the records of the table as they come; of Windows-1252, once all are there.

        Args:
            additions: each record of the table, in its order, with the cells to add.
        """
        text = self._table.text
        lines = self._lines(additions)
        if self._table.sheet is not None:
            lines = ((raw.replace(_NO_VALUE, b""), added) for raw, added in lines)
        if text.encoding == "cp1252":
            yield from map(text.given, self._in_windows_1252_or_not(lines))
            return
        parts = _joined(raw + added.encode() for raw, added in lines)
        mark = _MARKS.get(text.written, b"")
        for number, part in enumerate(parts):
            given = text.given(part)
            yield given if number or given.startswith(mark) else mark + given

    def _in_windows_1252_or_not(self, lines: Iterable[_Line]) -> Iterator[bytes]:
        """Keep the encoding if all that is added can be written in it.

        Bytes that are no letters in it come out as they went in.
        """
        fits = True
        with io.TextIOWrapper(scratch_file(), "utf-8", errors=_ANY, newline="") as whole:
            for raw, added in lines:
                whole.write(raw.decode("cp1252", "surrogateescape") + added)
                fits = fits and _fits(added)
            whole.seek(0)
            if fits:
                while part := whole.read(_CHUNK):
                    yield part.encode("cp1252", "surrogateescape")
                return
            self.encoding = "utf-8-sig"
            yield codecs.BOM_UTF8
            while part := whole.read(_CHUNK):
                yield part.encode("utf-8", "replace")

    def _lines(self, additions: Iterable[Addition]) -> Iterator[_Line]:
        table = self._table
        yield from self._before()
        append = self._appender()
        for record, cells in additions:
            if record.fault in {LONG_LINE, OPEN_QUOTE}:
                # Nothing can be added to what has no end.
                for chunk in table.bytes_of(record.offset, record.size):
                    yield chunk, ""
            elif cells is None and not record.raw.strip():
                yield record.raw, ""
            else:
                yield append(record, cells or ("",) * len(self._headings))

    def _before(self) -> Iterator[_Line]:
        """What stands above the rows, the headings with those that are added."""
        table, heading = self._table, self._table.heading
        end = heading.offset if heading else table.start
        for chunk in table.bytes_of(0, end):
            yield chunk, ""
        if heading:
            present = (table.columns.headings or ())[: self._kept]
            yield self._appender()(heading, tuple(new_headings(self._headings, present)))

    def _appender(self) -> Callable[[Record, Cells], _Line]:
        delimiter, kept = self._table.text.delimiter, self._kept
        width = self._table.columns.width if kept is None else kept
        sign = delimiter.encode()

        @lru_cache(maxsize=1000)
        def text_of(added: Cells, missing: int, end: str) -> str:
            cells = (_quoted(harmless(each), delimiter) for each in added)
            return delimiter * missing + delimiter + delimiter.join(cells) + end

        def append(record: Record, added: Cells) -> _Line:
            body = record.raw.rstrip(b"\r\n")
            end = record.raw[len(body) :].decode("ascii")
            if kept is not None:
                body = first_cells(body, delimiter, kept)
            missing = width - _width(body, sign)
            if missing < 0 and body.endswith(sign * -missing):
                body, missing = body[:missing], 0  # empty cells beyond the last column
            return body, text_of(added, max(missing, 0), end)

        return append


def _width(body: bytes, sign: bytes) -> int:
    if b'"' not in body:
        return body.count(sign) + 1
    # Of a row that cannot be split every delimiter counts.
    return len(split(body.decode("latin-1"), sign.decode())) or body.count(sign) + 1


def _quoted(cell: str, delimiter: str) -> str:
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


@lru_cache(maxsize=1000)
def _fits(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _joined(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Join lines into pieces that are worth sending."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
