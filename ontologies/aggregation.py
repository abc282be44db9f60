"""From a code to the code that counts: redirection, aggregation level, lowest groups.

Semantics of RDaggregator 1.0.3 (BNDMR), see the domain rules, sections 2.2 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable

from ontologies.concept import Concept, Level, RedirectionKind
from ontologies.release import Snapshot


def redirect(snapshot: Snapshot, code: str, *, referred: bool = False) -> str:
    """Return the code that replaces ``code``, or ``code`` itself where nothing does.

    Only "moved to" is followed; with ``referred`` also "referred to", which is a suggestion and
    never binding. Non-rare entities have no redirection at all.

    Raises:
        UnknownCode: the release does not have the code.
    """
    redirection = snapshot.concept(code).redirection
    if redirection and (referred or redirection.kind is RedirectionKind.MOVED_TO):
        return redirection.target
    return code


def aggregate(snapshot: Snapshot, code: str) -> str | None:
    """Return the disorder under which ``code`` is counted, or None where that does not apply.

    The answer is the file's AggregationLevelSection, not the graph: five active subtypes of 2023
    stand below several disorders. Where the file has no such section (81 entities of the French
    pack of 2022, releases made of classification files) it is derived, and only where the
    derivation is certain.

    Raises:
        UnknownCode: the release does not have the code.
    """
    concept = snapshot.concept(code)
    if concept.aggregation.known:
        return concept.aggregation.code
    return _derived(snapshot, concept)


def _derived(snapshot: Snapshot, concept: Concept) -> str | None:
    if not concept.status.is_active:
        return _of_target(snapshot, concept)
    if concept.level is Level.DISORDER:
        return concept.code
    if concept.level is Level.SUBTYPE:
        above = snapshot.merged.ancestors(concept.code)
        disorders = [each for each in above if snapshot.concepts[each].level is Level.DISORDER]
        return disorders[0] if len(disorders) == 1 else None
    return None


def _of_target(snapshot: Snapshot, concept: Concept) -> str | None:
    """The targets of a sound release are active; the check on loading says where one is not."""
    if concept.redirection is None:
        return None
    target = snapshot.concept(concept.redirection.target)
    return aggregate(snapshot, target.code) if target.status.is_active else None


def lowest_groups(snapshot: Snapshot, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the closest groups of some codes: a group itself, else the lowest groups above.

    Raises:
        UnknownCode: the release does not have one of the codes.
    """
    found: dict[str, None] = {}
    for code in codes:
        if snapshot.concept(code).level is Level.GROUP:
            found[code] = None
            continue
        above = snapshot.merged.ancestors(code)
        groups = [each for each in above if snapshot.concepts[each].level is Level.GROUP]
        found.update(dict.fromkeys(snapshot.merged.lowest(groups)))
    return tuple(found)
