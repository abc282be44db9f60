"""What ``recode`` shows: sums in all, by kind, by site, and what to know of the file."""

from __future__ import annotations

from collections.abc import Iterator

from thesaurus.cli.table_files import with_option
from thesaurus.tables.trouble import listing
from thesaurus.transcoding.recoding import words
from thesaurus.transcoding.recoding.answer import RecodeFileSummary
from thesaurus.transcoding.recoding.codes import Outcome
from thesaurus.transcoding.words import KINDS

_MOST_SITES = 30


def lines(summary: RecodeFileSummary, name: str) -> Iterator[str]:
    """Say in some lines what became of a file."""
    file, totals = summary.file, summary.totals
    sheet = f", feuille {file.sheet}" if file.sheet is not None else ""
    columns = ", ".join(f"{field} = {heading}" for field, heading in file.columns.items())
    yield f"{name}{sheet} ; colonnes : {columns}"
    for note in file.notes:
        yield f"attention : {with_option(note.message)}"
    if file.unread.columns:
        yield f"colonnes non lues : {listing(file.unread.columns)}"
    if file.unread.sheets:
        yield f"feuilles non lues : {listing(file.unread.sheets)}"
    signed = (
        "signée" if summary.signed else f"non signée (en attente d'une décision : {summary.open})"
    )
    yield f"table {' → '.join(summary.releases)} : {signed}"
    yield f"{totals.rows:>9}  lignes"
    for outcome in Outcome:
        if count := getattr(totals, outcome.value):
            yield f"{count:>9}  {words.OUTCOMES[outcome].fr}"
    if summary.kinds:
        kinds = (f"{KINDS[kind]} {count}" for kind, count in summary.kinds.items())
        yield f"par nature : {', '.join(kinds)}"
    yield from _sites(summary)
    if summary.proposals_left_out:
        yield f"codes laissés sans propositions, trop nombreux : {summary.proposals_left_out}"
    yield f"à traiter par une personne : {totals.waiting}"


def _sites(summary: RecodeFileSummary) -> Iterator[str]:
    """The sites with records that wait, those with most of them first."""
    if "site" not in summary.file.columns:
        return
    waiting = [each for each in summary.sites if each.waiting]
    for each in waiting[:_MOST_SITES]:
        yield f"{each.waiting:>9}  à traiter sur {each.rows}  {each.site or '(sans site)'}"
    if len(waiting) > _MOST_SITES:
        yield f"          ... {len(waiting)} sites en tout (--worklist)"
