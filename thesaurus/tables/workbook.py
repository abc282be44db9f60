"""The sheets of a workbook as text that is read like any other, written into a nameless file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from itertools import repeat
from typing import Any, BinaryIO, NamedTuple
from xml.parsers import expat

from loaders.archive import ZIP_ERRORS, Limits, inspect_zip
from ontologies.errors import Refused
from thesaurus.tables.columns import Columns
from thesaurus.tables.lines import NO_VALUE
from thesaurus.tables.scratch import scratch_file
from thesaurus.tables.sniffing import Text
from thesaurus.tables.trouble import (
    DAMAGED,
    DOCTYPE,
    LARGE_SHEET,
    NOT_A_WORKBOOK,
    OVERSIZED,
    NoSuchColumn,
    UnknownColumns,
    UnreadableTable,
    no_such_sheet,
    of_file,
    of_refusal,
)

_MOST_ROWS = 1_048_576
MOST_COLUMNS = 500
_LONGEST_CELL = 32_767
_LARGEST_COPY = 1_000_000_000
_MOST_SHEETS = 50
# Sheets are read as a stream; everything else, such as the shared texts, is held in memory.
_LARGEST_PART = 60_000_000
_LIMITS = Limits(file=1_000_000_000, total=2_000_000_000)
_SHEETS = "xl/worksheets/"
_CHUNK = 1 << 16

Fits = Callable[[Text], Columns]


class Sheet(NamedTuple):
    """A sheet as text.

    Attributes:
        others: names of the sheets that are not read.
        is_cut: whether cells beyond the last column that is read hold something.
    """

    text: Text
    columns: Columns
    name: str
    others: tuple[str, ...]
    is_cut: bool


def read_workbook(file: BinaryIO, fits: Fits, sheet: str | None, copies: ExitStack) -> Sheet:
    """Return a sheet as text, with its columns.

    Args:
        file: a zip archive.
        fits: tells what the columns of a sheet hold, or raises UnreadableTable.
        sheet: its name; else the first one that fits.
        copies: closes the copies of sheets that are made.

    Raises:
        UnreadableTable: not a workbook, a damaged or abnormal one, no sheet that fits.
    """
    formulas = _inspect(file)
    with _opened(file, data_only=True) as values:
        sheets = [each for each in values.worksheets[:_MOST_SHEETS] if hasattr(each, "iter_rows")]
        if sheet is not None:
            sheets = [each for each in sheets if each.title == sheet]
            if not sheets:
                raise no_such_sheet(sheet, values.sheetnames)
        copy = _Copy(file, formulas=formulas)
        text, columns, name = _first_fitting(copy, sheets, fits, copies)
        others = tuple(each for each in values.sheetnames if each != name)
        return Sheet(text, columns, name, others, copy.is_cut)


def _first_fitting(
    copy: _Copy, sheets: Sequence[Any], fits: Fits, copies: ExitStack
) -> tuple[Text, Columns, str]:
    refused: list[UnreadableTable] = []
    for each in sheets:
        text = copy.text_of(each, copies.enter_context(scratch_file()))
        try:
            return text, fits(text), str(each.title)
        except UnreadableTable as error:
            text.file.close()
            refused.append(error)
    # That of a sheet with headings says more than that of an empty one.
    unknown = [each for each in refused if isinstance(each, UnknownColumns | NoSuchColumn)]
    raise next(iter(unknown or refused), of_file(DAMAGED))


class _opened:  # noqa: N801  (a context manager)
    """openpyxl on a file; whatever it stumbles upon in damaged parts is one error of ours."""

    def __init__(self, file: BinaryIO, *, data_only: bool) -> None:
        self._file, self._data_only = file, data_only

    def __enter__(self) -> Any:
        from openpyxl import load_workbook  # 60 ms to import, which every start would pay

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # styles that it does not know
                self._book = load_workbook(self._file, read_only=True, data_only=self._data_only)
        except Exception:
            raise of_file(DAMAGED) from None
        return self._book

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):
            self._book.close()


class _Copy:
    """Writes sheets of one workbook as records, each on the line of its number.

    Attributes:
        is_cut: whether the last sheet has cells beyond the last column that is read.
    """

    def __init__(self, file: BinaryIO, *, formulas: bool) -> None:
        self._file, self._formulas = file, formulas
        self.is_cut = False

    def text_of(self, sheet: Any, copy: BinaryIO) -> Text:
        self.is_cut = False
        out = io.TextIOWrapper(copy, "utf-8", errors="replace", newline="")
        write = csv.writer(out, delimiter=";", lineterminator="\n").writerow
        blank = 0
        try:
            for cells in self._rows(sheet):
                if not cells:
                    blank += 1
                    continue
                out.write("\n" * blank)
                blank = 0
                write(cells)
                if copy.tell() > _LARGEST_COPY:
                    raise of_file(LARGE_SHEET)
        finally:
            out.detach()
        return Text(copy, "utf-8", ";", 0, 1, "utf-8-sig", "\n")

    def _rows(self, sheet: Any) -> Iterator[list[str]]:
        """Yield the cells of each row as text, without the empty ones at its end."""
        try:
            sheet.reset_dimensions()  # what the file says of its width is not to be believed
            values = sheet.iter_rows(values_only=True)
            if not self._formulas:
                yield from _bounded(self._texts(row, ()) for row in values)
                return
            with _opened(self._file, data_only=False) as written:
                other = written[sheet.title]
                other.reset_dimensions()
                pairs = zip(values, other.iter_rows(values_only=True), strict=True)
                yield from _bounded(self._texts(row, formula) for row, formula in pairs)
        except UnreadableTable:
            raise
        except Exception:  # of damaged parts openpyxl raises anything
            raise of_file(DAMAGED) from None

    def _texts(self, row: Sequence[Any], formulas: Sequence[Any]) -> list[str]:
        if len(row) > MOST_COLUMNS:
            beyond = row[MOST_COLUMNS:]
            self.is_cut = self.is_cut or beyond.count(None) < len(beyond)
            row = row[:MOST_COLUMNS]
        found = [
            "" if value is None and formula is None else _text(value)
            for value, formula in zip(row, formulas or repeat(None), strict=False)
        ]
        while found and not found[-1].strip():
            found.pop()
        return found


def _bounded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows):
        if number >= _MOST_ROWS:
            raise of_file(DAMAGED)
        yield row


def _text(value: Any) -> str:
    """Write a value as people see it: 558.0 is 558. A formula without value is marked.

    >>> _text(558.0), _text(True)
    ('558', 'VRAI')
    """
    if value is None:
        return NO_VALUE
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    # Spreadsheet programs write no longer cells, and we no line ends but one.
    text = str(value)[:_LONGEST_CELL]
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(NO_VALUE, "")


def _inspect(file: BinaryIO) -> bool:
    """Refuse what is no workbook or an abnormal one; tell whether a sheet has formulas."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise of_file(NOT_A_WORKBOOK)
            inspect_zip(archive, "", _LIMITS)
            _inspect_parts(archive)
            return any(_has_formula(archive, name) for name in names if name.startswith(_SHEETS))
    except Refused as error:
        raise of_refusal(error) from None
    except ZIP_ERRORS:
        raise of_file(DAMAGED) from None


def _inspect_parts(archive: zipfile.ZipFile) -> None:
    for info in archive.infolist():
        if info.file_size > _LARGEST_PART and not info.filename.startswith(_SHEETS):
            raise of_file(OVERSIZED)
        with archive.open(info) as part:
            if _has_doctype(part):
                raise of_file(DOCTYPE)


class _Seen(Exception):
    pass


def _has_doctype(part: Any) -> bool:
    """Read a part up to its root element; what is not XML has no DOCTYPE."""
    found = False

    def doctype(*_: object) -> None:
        nonlocal found
        found = True
        raise _Seen

    def root(*_: object) -> None:
        raise _Seen

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = root
    with suppress(_Seen, expat.ExpatError):
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
    return found


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        before = b""
        while chunk := part.read(1 << 20):
            if b"<f>" in (joined := before + chunk) or b"<f " in joined or b":f" in joined:
                return True
            before = chunk[-4:]
    return False
