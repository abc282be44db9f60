"""A comparison as a workbook: the sheets of Orphanet's own difference file, then our own.

Sheet names and the columns ORPHAcode, Name (Preferred_Term) and ClassificationLevel are those of
``ORPHAnomenclature_diff_en_2025.xlsx``, as public programs read it; it has a title in the first row
and headings in the second one. Its other columns are not known to us: they bear the names of
Orphanet's XML elements.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, BinaryIO

import xlsxwriter

from ontologies.differences import Facet, Kind
from thesaurus.comparison import orphanet_sheets
from thesaurus.comparison.answering import classification_differences
from thesaurus.comparison.filters import Kept
from thesaurus.comparison.items import Wording
from thesaurus.comparison.rows import HEADINGS, rows_of
from thesaurus.comparison.wording import COUNTS, FACETS, KINDS, WHAT

Cell = str | int
Sheet = tuple[str, str, Sequence[str], Iterable[Sequence[Cell]]]
"""Name, title, headings and rows."""

_LONGEST_CELL = 32_000
_WIDE = 60
_OWN = {
    Kind.REMOVED: "Codes sortants",
    Kind.STATUS: "Statuts",
    Kind.TYPE: "Types",
    Kind.RENAMED: "Libellés préférés",
    Kind.SYNONYMS: "Synonymes",
    Kind.DEFINITION: "Définitions",
    Kind.REDIRECTION: "Redirections",
    Kind.AGGREGATION: "Agrégations",
    Kind.PARENTS: "Parents",
    Kind.CLASSIFICATIONS: "Places",
    Kind.ALIGNMENTS: "Alignements",
}
_COMPARED = {
    "Codes sortants": {Facet.CODES},
    "Statuts": {Facet.STATUS},
    "Types": {Facet.TYPE},
    "Libellés préférés": {Facet.LABELS},
    "Synonymes": {Facet.LABELS, Facet.SYNONYMS},
    "Définitions": {Facet.LABELS, Facet.DEFINITION},
    "Agrégations": {Facet.AGGREGATION},
    "Parents": {Facet.PARENTS},
    "Places": {Facet.CLASSIFICATIONS},
    "Alignements": {Facet.ALIGNMENTS},
    "Liens": {Facet.PARENTS},
    "Classifications": {Facet.CLASSIFICATIONS},
}
"""What a sheet of our own tells of."""


def write_xlsx(out: BinaryIO, kept: Kept, *, lang: str = "fr") -> None:
    """Write the workbook; no cell of it is a formula or a link.

    Args:
        out: binary and seekable.
        lang: of the names; the sheets that are Orphanet's have English headings and values.
    """
    wording = Wording(kept.comparison, lang)
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(out, options) as book:
            bold = book.add_format({"bold": True})
            for sheet in orphanet_sheets.sheets(kept, wording):
                _fill(book, bold, sheet, _untold(kept, sheet[0], "en"))
            for own in _own_sheets(kept, wording):
                _fill(book, bold, own, _untold(kept, own[0], "fr"))


def _untold(kept: Kept, sheet: str, lang: str) -> str:
    """What a sheet says in its title if it is empty because something was not compared."""
    facets = _COMPARED.get(sheet) or orphanet_sheets.compared(sheet)
    found = [each for each in kept.comparison.differences.not_compared if each.facet in facets]
    reasons = dict.fromkeys(each.reason.fr if lang == "fr" else each.reason.en for each in found)
    said = "non comparé : " if lang == "fr" else "not compared: "
    return f" ({said}{' ; '.join(reasons)})" if reasons else ""


def _fill(book: Any, bold: Any, sheet: Sheet, untold: str) -> None:
    name, title, headings, given = sheet
    remaining = iter(given)
    start = list(islice(remaining, 1))
    title = title if start else f"{title}{untold}"
    page = book.add_worksheet(name)
    page.freeze_panes(2, 0)
    for place, heading in enumerate(headings):
        page.set_column(place, place, _WIDE if place == 1 else max(14, len(heading) + 2))
    page.write_string(0, 0, title, bold)
    for place, heading in enumerate(headings):
        page.write_string(1, place, heading, bold)
    last = 1
    for last, row in enumerate(chain(start, remaining), 2):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(last, place, cell)
            elif cell:
                page.write_string(last, place, cell[:_LONGEST_CELL])
    page.autofilter(1, 0, last, len(headings) - 1)


def _own_sheets(kept: Kept, wording: Wording) -> Iterator[Sheet]:
    found = kept.comparison.differences
    between = f"de la version {found.before.id} à la version {found.after.id}"
    yield "Résumé", f"Différences {between}", ("compte", "nature", "filtré"), _counts(kept)
    title = f"Ce qui n'a pas été comparé {between}"
    yield "Non comparé", title, ("aspect", "raison", "entités"), _not_compared(kept)
    headings = tuple(each for each in HEADINGS if each != "nature")
    for kind, name in _OWN.items():
        yield name, f"{KINDS[kind].fr.capitalize()} {between}", headings, _rows(kept, wording, kind)
    edges = ("nature", "parent", "code du parent", "enfant", "code de l'enfant")
    yield "Liens", f"Liens parent-enfant {between}", edges, _edges(kept, wording)
    columns = ("classification", "nom", "nature", "liens entrants", "liens sortants", "ancien nom")
    yield "Classifications", f"Classifications {between}", columns, _classifications(wording)


def _counts(kept: Kept) -> Iterator[Sequence[Cell]]:
    counts, filtered = kept.comparison.differences.counts, kept.counts
    return ((counts[name], said.strip(), filtered.get(name, "")) for name, said in COUNTS.items())


def _not_compared(kept: Kept) -> Iterator[Sequence[Cell]]:
    for each in kept.comparison.differences.not_compared:
        entities = "" if each.entities is None else each.entities
        yield FACETS[each.facet], each.reason.fr, entities


def _rows(kept: Kept, wording: Wording, kind: Kind) -> Iterator[Sequence[Cell]]:
    for code in kept.of_kind(kind):
        for row in rows_of(wording, code, kind):
            yield (
                *(int(row.code), row.label, row.level, row.status, row.lang),
                *(row.before, row.after, row.note),
            )


def _edges(kept: Kept, wording: Wording) -> Iterator[Sequence[Cell]]:
    for what, edges in (("added", kept.edges_added), ("removed", kept.edges_removed)):
        for parent, child in edges:
            names = (wording.label(each) or "" for each in (parent, child))
            above, below = names
            yield WHAT[what], above, int(parent), below, int(child)


def _classifications(wording: Wording) -> Iterator[Sequence[Cell]]:
    for each in classification_differences(wording):
        yield (
            *(int(each.id), each.name, WHAT[each.what], each.edges_added, each.edges_removed),
            each.former_name or "",
        )
