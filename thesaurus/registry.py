"""The register in words: releases with their state and history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ontologies.release import ORPHANET
from thesaurus import answers
from thesaurus.dating import active_of
from thesaurus.patches import patch_of
from thesaurus.store import Record


def release_item(record: Record, known: Iterable[Record]) -> answers.ReleaseItem:
    """Word a release; ``known`` are those among which the one that it corrects is looked for."""
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
        history=[answers.EventItem(**asdict(event)) for event in record.history],
        accepted_until=record.accepted_until,
        patch_of=patch_of(record, known),
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
    active = active_of(each for each in own if each.release.system == ORPHANET)
    return answers.ReleasesAnswer(
        release=active.id if active else None,
        items=[release_item(each, known) for each in reversed(known)],
    )
