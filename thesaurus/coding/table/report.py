"""A workbook that a coder works through: what was found, what is to be done, all the rows."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter

from thesaurus.coding.answer import Finding, Suggestion, Summary
from thesaurus.coding.check import Session
from thesaurus.coding.rules import RULES
from thesaurus.coding.table.added import (
    HEADINGS,
    NOT_CHECKED,
    SEVERITIES,
    Added,
    with_added,
)
from thesaurus.coding.table.answer import facts, unread
from thesaurus.coding.table.checking import Step
from thesaurus.coding.table.headings import FRENCH
from thesaurus.coding.table.rows import Row
from thesaurus.tables.annotated import new_headings
from thesaurus.tables.lines import NO_VALUE
from thesaurus.tables.opening import Table
from thesaurus.tables.trouble import listing

_MOST_ROWS = 1_048_000
_LONGEST_CELL = 32_000
_PROPOSALS = 5
_TO_DO = (
    *("ligne", "patient", "code", "libellé", "gravité", "règle", "message"),
    *(f"proposition {number}" for number in range(1, _PROPOSALS + 1)),
    *("décision", "commentaire"),
)
_WIDTHS = (8, 16, 14, 40, 15, 10, 60, *[34] * _PROPOSALS, 16, 40)
_CODE, _MESSAGE, _DECISION = 2, 6, len(_TO_DO) - 2
_DECISIONS = ["accepté", "refusé", "à revoir"]
_CODE_ADDED, _MESSAGE_ADDED = 3, 2
_LONGEST_NUMBER = 9
_COLOURS = {
    "erreur": {"bg_color": "#F8CBAD", "bold": True},
    "avertissement": {"bg_color": "#FFE699"},
    "information": {"bg_color": "#DDEBF7"},
    NOT_CHECKED: {"bg_color": "#D9D9D9", "bold": True},
}


def write_report(
    out: BinaryIO,
    table: Table,
    steps: Iterable[Step],
    session: Session,
    *,
    release: str,
    profile: str,
    name: str | None = None,
) -> None:
    """Write the workbook; no cell of it is a formula or a link.

    Args:
        out: binary and seekable.
        name: of the file that was checked, as people know it.
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
            report = _Report(book, table)
            report.fill(steps)
            now = dt.datetime.now().astimezone()
            about = {
                "fichier": name or "",
                "date du contrôle": f"{now:%d/%m/%Y %H:%M}",
                "version": release,
                "profil": profile,
            }
            report.summarise(about, session.summary())


class _Report:
    def __init__(self, book: Any, table: Table) -> None:
        self._table, self._book = table, book
        self._summary = book.add_worksheet("Résumé")
        self._bold = book.add_format({"bold": True})
        colours = {word: book.add_format(form) for word, form in _COLOURS.items()}
        self._to_do = _Sheet(
            *(book, "À traiter", _TO_DO, _WIDTHS, colours),
            _Kinds(coloured=4, numbers=frozenset({0, _CODE}), wrapped=_MESSAGE, decided=_DECISION),
        )
        self._names = _names(table)
        added = new_headings(HEADINGS, self._names)
        widths = (*[18] * len(self._names), 15, 14, 60, 14, 40, 12, 60)
        own = len(self._names)
        numbers = {own + _CODE_ADDED, table.columns.places.get("code", own + _CODE_ADDED)}
        self._lines = _Sheet(
            *(book, "Lignes", (*self._names, *added), widths, colours),
            _Kinds(coloured=own, numbers=frozenset(numbers), wrapped=own + _MESSAGE_ADDED),
        )
        self._rows = self._problems = 0

    def fill(self, steps: Iterable[Step]) -> None:
        for step, added in with_added(steps):
            self._rows += not step.row.is_blank
            self._lines.append((*self._cells(step), *added))
            if step.row.problem:
                self._problems += 1
                self._to_do.append(_problem(step.row, added))
            if step.checked:
                for place, finding in step.checked.findings():
                    self._to_do.append(_to_do(step.checked.rows[place], finding))
        self._to_do.finish()
        self._lines.finish()

    def _cells(self, step: Step) -> Sequence[str]:
        """The cells of a record, as many as there are columns."""
        width = len(self._names)
        cells = self._table.splitter.cells(step.record)
        if not isinstance(cells, list):
            cells = [step.record.raw.decode(self._table.text.encoding, "replace").strip()]
        if len(cells) > width:
            cells = [*cells[: width - 1], self._table.text.delimiter.join(cells[width - 1 :])]
        return ["" if cell == NO_VALUE else cell for cell in cells] + [""] * (width - len(cells))

    def summarise(self, about: Mapping[str, str], summary: Summary) -> None:
        file = facts(self._table)
        named = self._table.columns.named().items()
        columns = ", ".join(f"{FRENCH[field]} : {name}" for field, name in named)
        left = unread(self._table)
        written = {
            **about,
            "feuille": file.sheet or "",
            "encodage": "" if file.sheet else file.encoding,
            "ligne des en-têtes": file.headings_line or "",
            "colonnes lues": columns,
            "colonnes non lues": listing(left.columns),
            "feuilles non lues": listing(left.sheets),
            "à savoir": " ".join(each.fr for each in self._table.notes),
            "lignes": self._rows,
            "lignes non contrôlées": self._problems,
            "patients ou lignes isolées": summary.submissions,
            "diagnostics": summary.diagnoses,
            "sans erreur": summary.valid,
            "erreurs": summary.errors,
            "avertissements": summary.warnings,
            "informations": summary.informations,
            "sans proposition, faute de place": summary.suggestions_left_out or "",
            **{f"règle {rule} non appliquée": why for rule, why in summary.not_applied.items()},
        }
        lines = [(key, value) for key, value in written.items() if value != ""]
        rules = sorted(summary.rules.items(), key=lambda each: -each[1])
        lines += [("", ""), ("règles", "nombre")]
        lines += [(f"{rule} {RULES[rule].title.fr}", count) for rule, count in rules]
        self._summary.set_column(0, 0, 60)
        self._summary.set_column(1, 1, 60)
        wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        for number, (key, value) in enumerate(lines):
            self._summary.write_string(number, 0, key, self._bold)
            if isinstance(value, int):
                self._summary.write_number(number, 1, value)
            else:
                self._summary.write_string(number, 1, _fit(value), wrapped)


def _names(table: Table) -> list[str]:
    columns = table.columns
    return [columns.heading(place) for place in range(columns.width)]


def _to_do(row: Row, finding: Finding) -> tuple[str, ...]:
    proposals = [_proposal(each) for each in finding.suggestions[:_PROPOSALS]]
    return (
        *_who(row),
        *(SEVERITIES[finding.severity], finding.rule, finding.message),
        *proposals,
        *[""] * (_PROPOSALS - len(proposals)),
        *("", ""),
    )


def _problem(row: Row, added: Added) -> tuple[str, ...]:
    return (*_who(row), added.check, "", added.messages, *[""] * (_PROPOSALS + 2))


def _who(row: Row) -> tuple[str, str, str, str]:
    code = row.diagnosis.code if row.diagnosis else None
    label = row.diagnosis.label if row.diagnosis else None
    return str(row.line), row.id or "", code or "", label or ""


def _proposal(suggestion: Suggestion) -> str:
    mark = " (automatique)" if suggestion.automatic else ""
    return f"{suggestion.shown} {suggestion.label}{mark}"


def _fit(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else f"{text[:_LONGEST_CELL]}…"


def _is_number(text: str) -> bool:
    """Tell a code that is a number; one with leading zeros would lose them."""
    plain = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return plain and (text[0] != "0" or text == "0")


class _Kinds(NamedTuple):
    """Which columns of a sheet are coloured by their word, numbers, wrapped, to be decided."""

    coloured: int
    numbers: frozenset[int]
    wrapped: int
    decided: int | None = None


class _Sheet:
    """A list of any length: headings that stay in sight, filters, and a further sheet when full."""

    def __init__(
        self,
        book: Any,
        name: str,
        headings: Sequence[str],
        widths: Sequence[int],
        colours: Mapping[str, Any],
        kinds: _Kinds,
    ) -> None:
        self._book, self._name, self._headings, self._widths = book, name, headings, widths
        self._colours, self._kinds = colours, kinds
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        name = self._name if self._number == 1 else f"{self._name} {self._number}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        for place, heading in enumerate(self._headings):
            self._sheet.write_string(0, place, _fit(heading), self._heading)
        self._next = 1

    def append(self, cells: Sequence[str]) -> None:
        if self._next > _MOST_ROWS:
            self.finish()
            self._begin()
        kinds, row = self._kinds, self._next
        for place, cell in enumerate(cells):
            if not cell:
                continue
            if place in kinds.numbers and _is_number(cell):
                self._sheet.write_number(row, place, int(cell))
            elif place == kinds.wrapped:
                self._sheet.write_string(row, place, _fit(cell), self._wrapped)
            else:
                form = self._colours.get(cell) if place == kinds.coloured else None
                self._sheet.write_string(row, place, _fit(cell), form)
        self._next += 1

    def finish(self) -> None:
        """Add what depends on how many rows there are."""
        last = self._next - 1
        self._sheet.autofilter(0, 0, last, len(self._headings) - 1)
        if self._kinds.decided is not None and last:
            listed = {"validate": "list", "source": _DECISIONS}
            self._sheet.data_validation(1, self._kinds.decided, last, self._kinds.decided, listed)
