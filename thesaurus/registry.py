"""The register in words: releases with their state and history."""

from __future__ import annotations

from collections.abc import Iterable

from ontologies.release import ORPHANET
from thesaurus import answers
from thesaurus.store import Record, State


def release_item(record: Record) -> answers.ReleaseItem:
    release = record.release
    return answers.ReleaseItem(
        id=release.id,
        system=release.system,
        state=record.state,
        date=release.date,
        languages=list(release.languages),
        licence=release.licence,
        digest=release.digest,
        counts=dict(release.counts),
        files=len(release.sources),
        history=[
            answers.EventItem(
                at=event.at,
                actor=event.actor,
                from_state=event.from_state,
                to_state=event.to_state,
                reason=event.reason,
            )
            for event in record.history
        ],
    )


def releases(
    records: Iterable[Record], nomenclature: Iterable[Record] | None = None
) -> answers.ReleasesAnswer:
    """The register, the latest data first.

    Args:
        records: the releases to word.
        nomenclature: those among which the active release is looked for; by default the same.
    """
    known = tuple(records)
    own = known if nomenclature is None else nomenclature
    active = (e.id for e in own if e.state is State.ACTIVE and e.release.system == ORPHANET)
    return answers.ReleasesAnswer(
        release=next(active, None), items=[release_item(each) for each in reversed(known)]
    )
