"""Sheets of any length in a workbook without formulas, the same bytes for the same cells."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO

import xlsxwriter

MOST_ROWS = 1_048_000
"""Rows of a sheet; Excel takes some hundreds more."""

Cell = str | int
_LONGEST_CELL = 32_000
_LONGEST_NAME = 31
_LONGEST_NUMBER = 9
_REFUSED = re.compile(r"[\[\]:*?/\\]")


@contextmanager
def workbook(out: BinaryIO, day: dt.date) -> Iterator[Any]:
    """A workbook to be written row by row, in a memory that does not grow.

    Args:
        out: binary and seekable.
        day: stands in it as that of its making, so that the same cells give the same bytes.
    """
    # What the writer puts aside holds rows of the file: in a folder that goes with this call.
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(out, options) as book:
            book.set_properties({"created": dt.datetime.combine(day, dt.time(), dt.UTC)})
            yield book


class Sheet:
    """A list: headings that stay in sight, filters, a further sheet when it is full.

    Args:
        numbers: columns whose canonical digits are written as numbers.
    """

    def __init__(
        self,
        book: Any,
        name: str,
        headings: Sequence[Cell],
        widths: Sequence[int],
        *,
        numbers: frozenset[int] = frozenset(),
    ) -> None:
        self._book, self._name = book, name
        self._headings, self._widths, self._numbers = headings, widths, numbers
        self._bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._part = 0
        self._begin()

    def append(self, cells: Sequence[Cell]) -> None:
        if self._next > MOST_ROWS:
            self.finish()
            self._begin()
        for place, cell in enumerate(cells):
            if cell != "":
                self._write(place, cell)
        self._next += 1

    def finish(self, asked: tuple[int, str, str] | None = None) -> None:
        """Add what depends on how many rows there are.

        Args:
            asked: a column that people fill, with a title and a text that say how.
        """
        last = self._next - 1
        self._sheet.autofilter(0, 0, last, len(self._headings) - 1)
        if asked and last:
            place, title, text = asked
            shown = {"validate": "any", "input_title": title, "input_message": text}
            self._sheet.data_validation(1, place, last, place, shown)

    def _begin(self) -> None:
        self._part += 1
        name = self._name if self._part == 1 else _cut(self._name, f" {self._part}")
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        for place, heading in enumerate(self._headings):
            self._sheet.write_string(0, place, _fit(str(heading)), self._bold)
        self._next = 1

    def _write(self, place: int, cell: Cell) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(self._next, place, cell)
        elif place in self._numbers and _is_number(cell):
            self._sheet.write_number(self._next, place, int(cell))
        else:
            self._sheet.write_string(self._next, place, _fit(cell))


def sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """Return a name that Excel takes and that no other sheet has.

    >>> sheet_name("CHU: Lyon/Est", ["chu- lyon-est"])
    'CHU- Lyon-Est (2)'
    """
    printable = "".join(sign for sign in wanted if sign.isprintable())
    name = _REFUSED.sub("-", printable).strip().strip("'")[:_LONGEST_NAME].strip("' ") or "Site"
    if name.casefold() in {"history", "historique"}:  # Excel keeps them to itself
        name += "_"
    known = {each.casefold() for each in taken}
    number, free = 2, name
    while free.casefold() in known:
        free, number = _cut(name, f" ({number})"), number + 1
    return free


def _cut(name: str, end: str) -> str:
    return name[: _LONGEST_NAME - len(end)] + end


def _fit(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _is_number(text: str) -> bool:
    """Tell a code that is a number; one with leading zeros would lose them."""
    plain = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return plain and (text[0] != "0" or text == "0")
