"""From the codes of one release to those of a later one, over any number of releases between.

Kinds and decisions are those of the domain rules, section 6. A code is looked at in the last
release that knows it: what Orphanet says there of it goes before what it said earlier, unless a
person decided otherwise on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ontologies.concept import Concept, Label, LabelKind, RedirectionKind, Status
from ontologies.release import Snapshot


class Kind(StrEnum):
    """Why a code stands in a transcoding table."""

    DEPRECATED = "deprecated-automatic"
    OBSOLETE = "obsolete-manual"
    NON_RARE = "non-rare-none"
    LEVEL_CHANGE = "level-change"
    REACTIVATED = "reactivated"
    NEW = "new"
    LABEL_ONLY = "label-only"
    REMOVED = "removed"
    LEGACY = "legacy-CEMARA"


class Decision(StrEnum):
    """Who says so: nobody need, nobody has yet, or a person for or against."""

    AUTOMATIC = "automatic"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


_PROPOSED = frozenset({Kind.OBSOLETE, Kind.NON_RARE, Kind.LEVEL_CHANGE, Kind.REMOVED, Kind.LEGACY})


@dataclass(frozen=True, slots=True)
class Transcoding:
    """One row: a code of the older release and what stands for it in the younger one.

    Attributes:
        source: a code of the older release; of kind ``new`` one of the younger release alone.
        targets: active codes of the younger release. Empty where nothing stands for the source;
            the code itself where it stays. Binding where the decision is automatic or accepted.
        changed: whether the older release said something else of the code. What does not hold is in
            the table because old records have such codes, and asks for no new decision.
        via: the release whose word counts, where the younger one no longer has the code.
        decided: the release in whose table a person decided, where that stands on the way.
    """

    source: str
    targets: tuple[str, ...]
    kind: Kind
    decision: Decision
    changed: bool = True
    via: str | None = None
    decided: str | None = None

    @property
    def applies(self) -> bool:
        """Whether records may be recoded by it without anybody looking."""
        return self.decision in (Decision.AUTOMATIC, Decision.ACCEPTED)

    @property
    def open(self) -> bool:
        """Whether it waits for a person."""
        return self.decision is Decision.PROPOSED
