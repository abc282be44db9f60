"""A transcoding table as a workbook for reviewers: what is to be decided, the table, a summary.

What they fill in comes back through ``decision_file``. No cell is a formula or a link.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

import xlsxwriter

from ontologies.transcoding import Decision, Kind
from thesaurus.transcoding import words
from thesaurus.transcoding.answer import ProposalItem, TranscodingAnswer, TranscodingItem
from thesaurus.transcoding.decision_cells import TABLE_SHEET
from thesaurus.transcoding.words import SEPARATOR, target_codes

Cell = str | int | float

TO_DECIDE = "À décider"
DECISIONS = (words.decision(Decision.ACCEPTED), words.decision(Decision.REJECTED), words.NO_CODE)
"""What the list of the column « décision » offers."""
_PROPOSALS = 3
_LONGEST_CELL = 32_000


class _Column(NamedTuple):
    heading: str
    width: int
    form: str = "plain"


_WHAT = (
    _Column("code ORPHA", 11),
    _Column("libellé", 42, "wrapped"),
    _Column("niveau", 22),
    _Column("nature", 24),
)
_DECIDED = (
    _Column("décision", 13, "wanted"),
    _Column("cibles", 16, "wanted"),
    _Column("commentaire", 36, "wanted"),
)
_VERSION = _Column("version", 8, "grey")
_TO_DECIDE = (
    *_WHAT,
    _Column("libellé des cibles", 36, "wrapped"),
    *_DECIDED,
    *(
        column
        for number in range(1, _PROPOSALS + 1)
        for column in (
            _Column(f"proposition {number}", 12),
            _Column(f"nom proposé {number}", 36, "wrapped"),
            _Column(f"confiance {number}", 10, "share"),
            _Column(f"raisons {number}", 44, "wrapped"),
        )
    ),
    _VERSION,
)
_TABLE = (
    *_WHAT,
    _Column("décision", 13),
    _Column("cibles", 16),
    _Column("libellé des cibles", 42),
    *(_Column("changé", 8), _Column("en attente", 10), _Column("dernière version", 10)),
    *(_Column("par", 16), _Column("date", 12), _Column("commentaire", 40)),
    _VERSION,
)
_FORMS: Mapping[str, Mapping[str, Any]] = {
    "plain": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "wanted": {"valign": "top", "text_wrap": True, "bg_color": "#FFF2CC"},
    "share": {"valign": "top", "num_format": "0%"},
    "grey": {"valign": "top", "font_color": "#A6A6A6"},
    "heading": {"bold": True, "bottom": 1, "text_wrap": True},
}
_HOW = (
    "Dans la feuille « À décider », remplir « décision » : accepté (pour les codes de « cibles », "
    "que l'on peut changer ; plusieurs codes se séparent par |), aucun code (rien ne correspond), "
    "refusé (la proposition est fausse, sans en nommer une autre). Une ligne sans décision reste "
    "ouverte. Garder la colonne « version » : elle dit si quelqu'un a décidé entre-temps. Puis : "
    "thesaurus transcoding import {source} {target} FICHIER"
)


def write_xlsx(out: BinaryIO, table: TranscodingAnswer, waiting: TranscodingAnswer) -> None:
    """Write the workbook.

    Args:
        out: binary and seekable.
        table: all the rows that are wanted.
        waiting: of these the open ones, with their proposals.
    """
    with tempfile.TemporaryDirectory() as folder:
        options = {"tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            forms = {name: book.add_format(dict(form)) for name, form in _FORMS.items()}
            sheet = book.add_worksheet(TO_DECIDE)
            last = _fill(sheet, forms, _TO_DECIDE, map(_to_decide, waiting.items))
            place = _place(_TO_DECIDE, "décision")
            listed = {"validate": "list", "source": list(DECISIONS)}
            sheet.data_validation(1, place, max(last, 1), place, listed)
            sheet.freeze_panes(1, 2)
            sheet = book.add_worksheet(TABLE_SHEET)
            _fill(sheet, forms, _TABLE, map(_row, table.items))
            _summarise(book.add_worksheet("Résumé"), forms, table)


def _fill(
    sheet: Any,
    forms: Mapping[str, Any],
    columns: Sequence[_Column],
    rows: Iterable[Sequence[Cell]],
) -> int:
    """Write a list whose headings stay in sight; return the number of its last row."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, forms["heading"])
    last = 0
    for last, row in enumerate(rows, 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if cell == "":
                sheet.write_blank(last, place, None, forms[column.form])
            elif isinstance(cell, str):
                sheet.write_string(last, place, cell[:_LONGEST_CELL], forms[column.form])
            else:
                sheet.write_number(last, place, cell, forms[column.form])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    return last


def _place(columns: Sequence[_Column], heading: str) -> int:
    return next(place for place, column in enumerate(columns) if column.heading == heading)


def _to_decide(item: TranscodingItem) -> Sequence[Cell]:
    found = (item.proposals or ())[:_PROPOSALS]
    cells = [cell for each in found for cell in _proposal(each)]
    return (
        *_what(item),
        SEPARATOR.join(each.label for each in item.targets),
        *("", _codes(item), ""),
        *cells,
        *[""] * (4 * (_PROPOSALS - len(found))),
        item.version,
    )


def _proposal(proposal: ProposalItem) -> Iterator[Cell]:
    yield _number(proposal.code)
    yield proposal.label
    yield proposal.confidence
    yield " ; ".join(reason.message for reason in proposal.reasons)


def _row(item: TranscodingItem) -> Sequence[Cell]:
    said = words.decision(item.decision, targets=bool(item.targets), open_=item.open)
    return (
        *_what(item),
        *(said, _codes(item), SEPARATOR.join(each.label for each in item.targets)),
        *(_truth(item.changed), _truth(item.open), item.via or "", item.by or ""),
        *(f"{item.date:%Y-%m-%d}" if item.date else "", item.comment or "", item.version),
    )


def _what(item: TranscodingItem) -> Sequence[Cell]:
    source = item.source
    code = source.code if item.kind == Kind.LEGACY else _number(source.code)
    return code, words.source_label(item), words.level(source.level), words.KINDS[item.kind]


def _codes(item: TranscodingItem) -> Cell:
    if len(item.targets) == 1:
        return _number(item.targets[0].code)
    return "" if not item.targets else target_codes(item)


def _number(code: str) -> Cell:
    """ORPHAcodes are numbers; as text a spreadsheet program would mark them as odd."""
    return int(code) if code.isascii() and code.isdigit() else code


def _truth(value: bool) -> str:
    return "oui" if value else "non"


def _summarise(sheet: Any, forms: Mapping[str, Any], table: TranscodingAnswer) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 70)
    for number, (name, cell) in enumerate(_summary(table)):
        sheet.write_string(number, 0, name, forms["heading"] if cell == "" else forms["plain"])
        if isinstance(cell, int):
            sheet.write_number(number, 1, cell, forms["plain"])
        else:
            sheet.write_string(number, 1, str(cell), forms["wrapped"])


def _summary(table: TranscodingAnswer) -> Iterator[tuple[str, Cell]]:
    yield "de", table.from_
    yield "vers", table.to
    yield "versions sur le chemin", ", ".join(table.releases)
    yield "signature", _signature(table)
    yield "lignes dans ce classeur", table.total
    yield "lignes de la table", sum(table.counts.values())
    yield "lignes en attente d'une décision", table.open
    yield "par nature", ""
    yield from ((words.KINDS[kind], count) for kind, count in words.counts(table))
    yield "par décision", ""
    for decision, count in table.decisions.items():
        yield words.decision(decision, open_=False), count
    if table.cautions:
        yield "à savoir", ""
    yield from (("", caution.message) for caution in table.cautions)
    yield "mode d'emploi", ""
    yield "", _HOW.format(source=table.from_, target=table.to)


def _signature(table: TranscodingAnswer) -> str:
    if table.signed is None:
        return "non signée"
    signed = table.signed
    comment = f" ; {signed.comment}" if signed.comment else ""
    return (
        f"édition {signed.edition}, par {signed.by} le {signed.date:%Y-%m-%d}, "
        f"sha256 {signed.sha256}{comment}"
    )
