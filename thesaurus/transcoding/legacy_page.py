"""A legacy table as people and programs read it: entries, decisions, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ontologies.transcoding import Decision, Transcoding
from thesaurus.opening import Open
from thesaurus.store.legacy import LegacyTable
from thesaurus.store.transcoding import Wanted
from thesaurus.transcoding.legacy import LegacyWay
from thesaurus.transcoding.legacy_answer import LegacyAnswer, LegacyItem, LegacyTableItem
from thesaurus.transcoding.legacy_matching import Entry, Matcher, Matching
from thesaurus.transcoding.table import counted, end_item, proposal_items, signature_item

_AHEAD = 0.1
"""How far the first proposal must be before the second one to be taken without a look."""


@dataclass(frozen=True, slots=True)
class LegacySelection:
    """Which entries of a table; none of a kind for all."""

    decisions: frozenset[Decision] = frozenset()
    open: bool | None = None

    def holds(self, row: Transcoding) -> bool:
        fits = not self.decisions or row.decision in self.decisions
        return fits and self.open in (None, row.open)


def legacy_page(
    way: LegacyWay,
    selection: LegacySelection = LegacySelection(),
    *,
    offset: int = 0,
    limit: int | None = None,
    lang: str = "fr",
    target: Open | None = None,
) -> LegacyAnswer:
    """Return a table, or some entries of it.

    Args:
        target: the release, open, where proposals are wanted for the entries that wait.
    """
    chosen = [row for row in way.rows.values() if selection.holds(row)]
    end = None if limit is None else offset + limit
    matcher = None if target is None else Matcher(target, lang=lang)
    return LegacyAnswer(
        release=way.target,
        table=way.source,
        to=way.target,
        signed=signature_item(way.signature) if way.signature else None,
        decisions=counted(row.decision for row in way.rows.values()),
        open=len(way.open),
        total=len(chosen),
        items=[_item(way, row, lang, matcher) for row in chosen[offset:end]],
    )


def _item(way: LegacyWay, row: Transcoding, lang: str, matcher: Matcher | None) -> LegacyItem:
    entry = way.entries.get(row.source)
    decision = way.decision(row)
    matching = matched(way, row, matcher) if matcher else None
    why = matching.why if matching else None
    return LegacyItem(
        code=row.source,
        label=entry.label if entry else None,
        orpha=entry.orpha if entry else None,
        icd10=entry.icd10 if entry else None,
        targets=[end_item(way.chain.last.concepts[code], lang) for code in row.targets],
        decision=row.decision,
        open=row.open,
        decided_in=list(row.decided) if row.decided else None,
        by=decision.actor if decision else None,
        date=decision.at if decision else None,
        comment=decision.comment if decision else None,
        version=way.own_version(row.source),
        proposals=proposal_items(matching.proposals) if matching else None,
        why=why.fr if why else None,
        why_en=why.en if why else None,
    )


def matched(way: LegacyWay, row: Transcoding, matcher: Matcher) -> Matching | None:
    """What an entry that waits may mean; None for one that somebody decided upon."""
    entry = way.entries.get(row.source)
    if entry is None or not row.open:
        return None
    return matcher.match(Entry(entry.code, entry.label, entry.orpha, entry.icd10))


def sure_ones(way: LegacyWay, target: Open, least: float) -> Iterator[Wanted]:
    """Yield a decision for each entry that waits and whose first proposal is sure enough.

    Args:
        least: the confidence from which on a proposal is taken, if no other one comes near it.
    """
    matcher = Matcher(target)
    for row in way.open:
        matching = matched(way, row, matcher)
        found = matching.proposals if matching else ()
        if not found or found[0].confidence < least:
            continue
        if len(found) > 1 and found[0].confidence - found[1].confidence < _AHEAD:
            continue
        yield Wanted(
            row.source,
            Decision.ACCEPTED,
            (found[0].code,),
            comment=f"première proposition, confiance {found[0].confidence:.2f}",
            seen_version=way.own_version(row.source),
        )


def table_item(table: LegacyTable) -> LegacyTableItem:
    return LegacyTableItem(
        name=table.name,
        title=table.title,
        entries=table.entries,
        by=table.actor,
        date=table.at,
    )
