"""What the entries of a legacy table may mean, and those that are sure enough to be taken."""

from __future__ import annotations

from collections.abc import Iterator

from ontologies.transcoding import Decision, Transcoding
from thesaurus.opening import Open
from thesaurus.store.transcoding import Wanted
from thesaurus.transcoding.legacy.matching import Entry, Matcher, Matching
from thesaurus.transcoding.legacy.ways import LegacyWay

_AHEAD = 0.1
"""How far the first proposal must be before the second one to be taken without a look."""


def matched(way: LegacyWay, row: Transcoding, matcher: Matcher) -> Matching | None:
    """Return what an entry that waits may mean; None for one that somebody decided upon."""
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
