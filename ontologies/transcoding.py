"""Rows of transcoding tables: what becomes of a code, why, and who says so.

Kinds and decisions are those of the domain rules, section 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True)
class Transcoding:
    """One row: a code of the older release and what stands for it in the younger one.

    Attributes:
        source: a code of the older release; of kind ``new`` one of a younger release alone.
        targets: active codes of the younger release. Binding where the decision is automatic or
            accepted; proposals where it is proposed. The code itself where it stays; none where
            nothing stands for it.
        changed: whether the older release said something else of the code. Old records have codes
            that were inactive already: they are in the table and ask for no new decision.
        via: the release whose word counts, where the younger one no longer has the code.
        decided: the two releases in whose table a person decided, where that stands.
    """

    source: str
    targets: tuple[str, ...]
    kind: Kind
    decision: Decision
    changed: bool = True
    via: str | None = None
    decided: tuple[str, str] | None = None

    @property
    def applies(self) -> bool:
        """Whether records may be recoded by it without anybody looking."""
        return self.decision in (Decision.AUTOMATIC, Decision.ACCEPTED)

    @property
    def open(self) -> bool:
        """Whether it waits for a person before the table can be signed."""
        return self.changed and self.decision is Decision.PROPOSED


class Verdict(NamedTuple):
    """What a person decided of a code: for some targets, or against what was proposed.

    ``accepted`` without a target says that nothing stands for the code.
    """

    accepted: bool
    targets: tuple[str, ...] = ()


Verdicts = Mapping[tuple[str, str], Mapping[str, Verdict]]
"""Ids of two releases -> code -> what was decided in the table between them."""
