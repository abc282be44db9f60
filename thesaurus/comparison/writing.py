"""A comparison as text to read and as CSV."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

from ontologies.differences import Kind
from ontologies.release import Release
from thesaurus.comparison.filters import Kept
from thesaurus.comparison.items import Wording
from thesaurus.comparison.rows import HEADINGS, Row, rows_of
from thesaurus.comparison.wording import COUNTS, FACETS, KINDS
from thesaurus.tables.annotated import harmless

_SETS = frozenset({Kind.SYNONYMS, Kind.PARENTS, Kind.CLASSIFICATIONS})
_LONGEST = 160


def text_lines(kept: Kept, *, lang: str = "fr", limit: int | None = None) -> Iterator[str]:
    """Yield the lines of a text: counts, then the changes by kind, then what was not compared.

    Args:
        limit: the most codes shown of each kind; None for all.
    """
    found, wording = kept.comparison.differences, Wording(kept.comparison, lang)
    yield f"{_named(found.before)} → {_named(found.after)}"
    yield ""
    yield from _counts(kept)
    for kind in Kind:
        codes = tuple(kept.of_kind(kind))
        if codes:
            yield ""
            yield f"{KINDS[kind].fr.capitalize()} : {len(codes)}"
        for code in codes[:limit]:
            yield from (f"  {_line(row)}" for row in rows_of(wording, code, kind))
        left = 0 if limit is None else max(0, len(codes) - limit)
        if left:
            yield f"  ... et {left} autre{'s' if left > 1 else ''} (--limit)"
    if found.not_compared:
        yield ""
        yield "Ce qui n'a pas été comparé"
    for each in found.not_compared:
        yield f"  {FACETS[each.facet]} : {each.reason.fr}"


def _named(release: Release) -> str:
    return f"{release.id} ({release.date:%d/%m/%Y}, {' '.join(release.languages)})"


def _counts(kept: Kept) -> Iterator[str]:
    """The counts that are not 0; beside what the filters leave, the whole."""
    counts, filtered = kept.comparison.differences.counts, kept.counts
    shown = {name: count for name, count in counts.items() if count}
    if not shown:
        yield "Aucune différence / no difference"
    for name in (name for name in COUNTS if name in shown):
        left = filtered.get(name, counts[name])
        of = f" sur {counts[name]}" if left != counts[name] else ""
        if not left:
            continue  # all of these were filtered out
        yield f"{left:>7}{of}  {COUNTS[name]}"


def _line(row: Row) -> str:
    named = f"ORPHA:{row.code}  {row.label}"
    lang = f" [{row.lang}]" if row.lang else ""
    note = f" ({row.note})" if row.note else ""
    if row.kind in (Kind.ADDED, Kind.REMOVED):
        return f"{named}  [{row.level or 'niveau inconnu'}, {row.status}]{_short(note)}"
    if row.kind in _SETS:
        went, came, moved = _short(row.before), _short(row.after), _short(row.note)
        said = "  ".join(filter(None, (went and f"− {went}", came and f"+ {came}", moved)))
        return f"{named}{lang}  {said}"
    return f"{named}{lang}  {_short(row.before)} → {_short(row.after)}{_short(note)}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def write_csv(out: BinaryIO, kept: Kept, *, lang: str = "fr") -> None:
    """Write one change a line: UTF-8 with its mark, semicolons, no formula."""
    out.write(BOM_UTF8)
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    write = csv.writer(text, delimiter=";", lineterminator="\r\n").writerow
    write(HEADINGS)
    wording = Wording(kept.comparison, lang)
    for kind in Kind:
        for code in kept.of_kind(kind):
            for row in rows_of(wording, code, kind):
                cells = (KINDS[kind].fr if cell is row.kind else cell for cell in row)
                write([harmless(cell) for cell in cells])
    text.detach()
