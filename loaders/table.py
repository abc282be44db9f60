"""Delimited text as rows, read without trust: every fault has its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from loaders.messages import refuse

Row = tuple[int, tuple[str, ...]]
"""The number of a line, from 1, and the cells asked for, trimmed."""


def decoded(name: str, data: bytes, encoding: str = "utf-8-sig") -> str:
    """Return the text of a file.

    Raises:
        Refused: it is not text in that encoding; the line of the first wrong byte is named. A zero
            byte is none of any text.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = f"0x{error.object[error.start]:02X}"
        raise refuse("not-text", file=name, line=line, byte=byte) from None
    if (zero := text.find("\0")) >= 0:
        line = text.count("\n", 0, zero) + 1
        raise refuse("not-text", file=name, line=line, byte="0x00")
    return text


def rows(
    name: str, text: str, columns: Sequence[str], *, delimiter: str = "\t", comment: str = "#"
) -> Iterator[Row]:
    """Yield the cells of the wanted columns of each line below the line of column names.

    Columns may stand in any order among others. Blank lines are passed over, and so are those that
    start with ``comment`` before the column names. A cell that is quoted as a whole loses its
    quotes, and doubled ones in it become single, as spreadsheets write them; others keep theirs.

    Raises:
        Refused: a column is missing, or a line has another number of cells than the names have.
    """
    places: list[int] | None = None
    width = 0
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip() or (places is None and written.startswith(comment)):
            continue
        cells = _cells(written, delimiter)
        if places is None:
            places, width = _places(name, line, cells, columns), len(cells)
            continue
        if len(cells) != width:
            raise refuse("bad-row", file=name, line=line, found=len(cells), expected=width)
        yield line, tuple(cells[place].strip() for place in places)
    if places is None:
        raise refuse("missing-column", file=name, line=1, columns=", ".join(columns))


def _cells(written: str, delimiter: str) -> list[str]:
    if '"' not in written:
        return written.split(delimiter)
    return [_unquoted(cell) for cell in _quoting(delimiter).findall(written.rstrip("\r"))]


@cache
def _quoting(delimiter: str) -> re.Pattern[str]:
    """One cell: quoted as a whole, else everything up to the next delimiter."""
    sign = re.escape(delimiter)
    return re.compile(rf'(?:^|(?<={sign}))(?:"(?:[^"]|"")*"(?={sign}|$)|[^{sign}]*)')


def _unquoted(cell: str) -> str:
    whole = len(cell) > 1 and cell.startswith('"') and cell.endswith('"')
    return cell[1:-1].replace('""', '"') if whole else cell


def _places(name: str, line: int, header: Sequence[str], columns: Sequence[str]) -> list[int]:
    names = [cell.strip() for cell in header]
    if missing := [column for column in columns if column not in names]:
        raise refuse("missing-column", file=name, line=line, columns=", ".join(missing))
    return [names.index(column) for column in columns]
