"""Counts as tables that people open: CSV for a program or a sheet, XLSX with the sums beside."""

from __future__ import annotations

import csv
import io
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from thesaurus.counting import words
from thesaurus.counting.answer import CountAnswer, CountItem, DroppedItem, Numbers
from thesaurus.tables.annotated import harmless

Cell = str | int

_COUNTED = ("code", "libellé", "niveau", "patients", "lignes", "patients codés ainsi")
_SPECIALTY = "parent préférentiel"
_DROPPED = ("code", "libellé", "niveau", "motif", "patients", "lignes")
_WIDE = 60


def write_csv(out: BinaryIO, answer: CountAnswer) -> None:
    """Write the counts, one code a line: UTF-8 with its mark, semicolons, no formula."""
    text = io.TextIOWrapper(out, "utf-8", newline="")
    out.write(BOM_UTF8)
    write = csv.writer(text, delimiter=";", lineterminator="\r\n").writerow
    write(_headings(answer))
    for row in _counted(answer):
        write([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    text.flush()
    text.detach()


def write_xlsx(out: BinaryIO, answer: CountAnswer, name: str | None = None) -> None:
    """Write a workbook: the counts, what was not counted, the sums. No cell is a formula.

    Args:
        out: binary and seekable.
        name: of the file that was counted, as people know it.
    """
    with tempfile.TemporaryDirectory() as folder:
        options = {"tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            _fill(book, "Comptage", [_headings(answer), *_counted(answer)], listed=True)
            _fill(book, "Non comptés", [_DROPPED, *map(_of_dropped, answer.dropped_codes)])
            _fill(book, "Résumé", list(_summary(answer, name)), listed=False)


def _headings(answer: CountAnswer) -> Sequence[str]:
    return (*_COUNTED, _SPECIALTY) if answer.recipe.by_specialty else _COUNTED


def _counted(answer: CountAnswer) -> Iterator[Sequence[Cell]]:
    for each in answer.items:
        row = _of_item(each)
        yield (*row, each.preferential_parent or "") if answer.recipe.by_specialty else row


def _of_item(item: CountItem) -> Sequence[Cell]:
    level = _level(item.level)
    return int(item.code), item.label, level, item.patients, item.rows, item.direct


def _of_dropped(item: DroppedItem) -> Sequence[Cell]:
    reason = words.REASONS[item.reason].fr
    return int(item.code), item.label, _level(item.level), reason, item.patients, item.rows


def _level(key: str | None) -> str:
    return words.level(key) if key else ""


def _summary(answer: CountAnswer, name: str | None) -> Iterator[Sequence[Cell]]:
    yield "fichier", name or ""
    yield "version", answer.release
    yield "recette", words.recipe(answer.recipe)
    yield "comptage", words.hierarchy(answer)
    if scope := words.scope(answer):
        yield "codes listés", scope
    yield from answer.datasets.items()
    total = answer.total
    yield from (("", "", ""), ("", "patients", "lignes"))
    yield "lus", *_pair(total.read)
    yield "comptés", *_pair(total.counted)
    yield "dans les codes listés", *_pair(total.selected)
    if total.unassigned:
        yield "sans parent préférentiel", *_pair(total.unassigned)
    for reason, numbers in answer.dropped.items():
        yield f"non comptés : {words.REASONS[reason].fr}", *_pair(numbers)


def _pair(numbers: Numbers) -> tuple[int, int]:
    return numbers.patients, numbers.rows


def _fill(book: Any, name: str, rows: Iterable[Sequence[Cell]], *, listed: bool = True) -> None:
    """Write a sheet; one that is a list has headings that stay in sight, and filters."""
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    sheet.set_column(1, 1, _WIDE)
    sheet.set_column(0, 0, 12 if listed else _WIDE)
    sheet.set_column(2, 6, 16)
    last = width = 0
    for last, row in enumerate(rows):
        width = max(width, len(row))
        for place, cell in enumerate(row):
            form = bold if (last == 0 if listed else place == 0) else None
            if isinstance(cell, int):
                sheet.write_number(last, place, cell, form)
            else:
                sheet.write_string(last, place, cell, form)
    if listed:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, width - 1)
