"""Recoded rows as a workbook: the rows with columns added, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from thesaurus.tables import CODE, Table
from thesaurus.tables.annotated import new_headings
from thesaurus.tables.lines import NO_VALUE
from thesaurus.transcoding.recoding import words
from thesaurus.transcoding.recoding.answer import RecodeSummary, Totals
from thesaurus.transcoding.recoding.codes import Outcome
from thesaurus.transcoding.recoding.headings import HEADINGS
from thesaurus.transcoding.recoding.sheet import Cell, Sheet, workbook
from thesaurus.transcoding.recoding.table import FileRun, Step

_ROWS, _SUMS = "Lignes", "Résumé"
_ADDED_WIDTHS = (14, 40, 16, 14, 60, 44)
SUM_HEADINGS = (
    *("site", "lignes"),
    *(words.OUTCOMES[outcome].fr for outcome in Outcome),
    "à traiter",
)
SUM_WIDTHS = (44, *[14] * (len(SUM_HEADINGS) - 1))


def write_workbook(out: BinaryIO, run: FileRun) -> None:
    """Write the rows, then the sums. No cell is a formula; the same file gives the same bytes.

    Args:
        out: binary and seekable.
    """
    with workbook(out, run.recoder.rows.last.release.date) as book:
        rows = _Rows(run)
        sheet = Sheet(book, _ROWS, rows.headings, rows.widths, numbers=rows.numbers)
        for step in run.steps():
            sheet.append(rows.cells(step))
        sheet.finish()
        sums = Sheet(book, _SUMS, SUM_HEADINGS, SUM_WIDTHS)
        for line in sum_lines(run.summary):
            sums.append(line)


class _Rows:
    """The cells of rows: as many as there are columns, then those that are added."""

    def __init__(self, run: FileRun) -> None:
        self._table: Table = run.table
        columns = run.table.columns
        self._width = run.width
        names = [columns.heading(place) for place in range(self._width)]
        self.headings = (*names, *new_headings(HEADINGS, names))
        self.widths = (*[18] * self._width, *_ADDED_WIDTHS)
        self.numbers = frozenset({columns.places[CODE], self._width})

    def cells(self, step: Step) -> Sequence[Cell]:
        if step.line.blank:
            return ()
        width, record = self._width, step.line.record
        found = self._table.splitter.cells(record)
        if not isinstance(found, list):
            found = [record.raw.decode(self._table.text.encoding, "replace").strip()]
        elif len(found) > self._table.columns.width:
            found = [*found[: width - 1], self._table.text.delimiter.join(found[width - 1 :])]
        own = ["" if cell == NO_VALUE else cell for cell in found[:width]]
        return (*own, *[""] * (width - len(own)), *step.done.cells)


def sum_lines(summary: RecodeSummary) -> Iterator[Sequence[Cell]]:
    """The sums under ``SUM_HEADINGS``: in all, by site; then where they come from."""
    yield "total", *_numbers(summary.totals)
    for site in summary.sites:
        yield site.site or "(sans site)", *_numbers(site)
    yield ()
    yield "transcodage", f"{summary.from_} → {summary.to}"
    yield "versions traversées", " → ".join(summary.releases)
    yield (
        "table",
        "signée" if summary.signed else f"non signée (en attente d'une décision : {summary.open})",
    )


def _numbers(totals: Totals) -> tuple[int, ...]:
    outcomes = [getattr(totals, outcome.value) for outcome in Outcome]
    return (totals.rows, *outcomes, totals.waiting)
