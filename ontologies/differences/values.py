"""The values that a comparison of two releases is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

from ontologies.concept import Aggregation, Concept, EntityType, Label, Level, Redirection, Status
from ontologies.differences.alignments import WHAT, AlignmentChange
from ontologies.errors import Message
from ontologies.release import Classification, Release

Value = TypeVar("Value")
Edge = tuple[str, str]
"""A parent and a child."""


class Kind(StrEnum):
    """The kinds of change of one code, in the order in which people read them."""

    ADDED = "added"
    REMOVED = "removed"
    STATUS = "status"
    LEVEL = "level"
    TYPE = "type"
    RENAMED = "renamed"
    SYNONYMS = "synonyms"
    DEFINITION = "definition"
    REDIRECTION = "redirection"
    AGGREGATION = "aggregation"
    PARENTS = "parents"
    CLASSIFICATIONS = "classifications"
    ALIGNMENTS = "alignments"


_CONTRACT: Mapping[Kind, str] = {
    kind: kind.value
    for kind in (
        *(Kind.ADDED, Kind.REMOVED, Kind.RENAMED, Kind.STATUS, Kind.LEVEL, Kind.TYPE),
        *(Kind.PARENTS, Kind.SYNONYMS),
    )
}
_FURTHER: Mapping[Kind, str] = {
    Kind.DEFINITION: "definitions",
    Kind.REDIRECTION: "redirections",
    Kind.AGGREGATION: "aggregations",
    Kind.CLASSIFICATIONS: "classifications",
    Kind.ALIGNMENTS: "alignments",
}


class Facet(StrEnum):
    """What a release may not say, so that it cannot be compared."""

    CODES = "codes"
    STATUS = "status"
    LEVEL = "level"
    TYPE = "type"
    LABELS = "labels"
    SYNONYMS = "synonyms"
    DEFINITION = "definition"
    AGGREGATION = "aggregation"
    PARENTS = "parents"
    CLASSIFICATIONS = "classifications"
    ALIGNMENTS = "alignments"


@dataclass(frozen=True, slots=True)
class Change(Generic[Value]):
    before: Value
    after: Value


def changed(before: Value, after: Value) -> Change[Value] | None:
    """Return the change from one value to another; None where they are equal."""
    return None if before == after else Change(before, after)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text of one language; None where there is none."""

    lang: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PreferredChange:
    """The preferred term in one language; None where there is none."""

    lang: str
    before: Label | None
    after: Label | None

    @property
    def respelled(self) -> bool:
        """Whether the clean texts are equal: the file of one release has a stray character there,
        which loading repairs (that of 2022 in Menière, ORPHA:45360).
        """
        return bool(self.before and self.after and self.before.text == self.after.text)


@dataclass(frozen=True, slots=True)
class SynonymsChange:
    """The synonyms of one language that came and went, as clean texts in alphabetical order."""

    lang: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """The parents of a code in one classification; None where it does not stand in it."""

    classification: str
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class ConceptChanges:
    """What changed of a code that both releases have. What did not change is None or empty.

    Attributes:
        preferred: the preferred terms, in the languages of both releases.
        parents: all classifications merged, of codes that are active in both releases only: others
            join or leave the hierarchy, which their change of status says.
        places: the parents in each classification, of the same codes.
    """

    code: str
    status: Change[Status] | None = None
    level: Change[Level | None] | None = None
    type: Change[EntityType | None] | None = None
    preferred: tuple[PreferredChange, ...] = ()
    synonyms: tuple[SynonymsChange, ...] = ()
    definitions: tuple[TextChange, ...] = ()
    redirection: Change[Redirection | None] | None = None
    aggregation: Change[Aggregation] | None = None
    parents: Change[tuple[str, ...]] | None = None
    places: tuple[Place, ...] = ()

    @property
    def kinds(self) -> Iterator[Kind]:
        """The kinds of change that there are, in their order."""
        found = (
            (Kind.STATUS, self.status),
            (Kind.LEVEL, self.level),
            (Kind.TYPE, self.type),
            (Kind.RENAMED, self.preferred),
            (Kind.SYNONYMS, self.synonyms),
            (Kind.DEFINITION, self.definitions),
            (Kind.REDIRECTION, self.redirection),
            (Kind.AGGREGATION, self.aggregation),
            (Kind.PARENTS, self.parents),
            (Kind.CLASSIFICATIONS, self.places),
        )
        return (kind for kind, value in found if value)


@dataclass(frozen=True, slots=True)
class ClassificationChanges:
    """What changed of a classification that both releases have."""

    id: str
    names: tuple[TextChange, ...] = ()
    number: Change[str | None] | None = None
    roots: Change[tuple[str, ...]] | None = None
    edges_added: tuple[Edge, ...] = ()
    edges_removed: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class NotCompared:
    """Something that one of the releases does not say.

    Attributes:
        entities: how many entities of both releases it leaves out; None where it is not about
            single entities.
    """

    facet: Facet
    reason: Message
    entities: int | None = None


@dataclass(frozen=True)
class Differences:
    """Everything that changed from one release to another, by code.

    Attributes:
        before, after: the releases; ``before`` need not be the older one.
        languages: those in which names were compared.
        definition_languages: those in which definitions were compared.
        added, removed: the entities that only one release has, as it has them.
        changes: what changed of codes of both releases; unchanged ones are absent.
        edges_added, edges_removed: distinct (parent, child) pairs of the merged hierarchy.
        classifications: what changed of the classifications of both releases.
        alignments: what changed of the alignments that were given.
    """

    before: Release
    after: Release
    languages: tuple[str, ...]
    definition_languages: tuple[str, ...] = ()
    added: Mapping[str, Concept] = field(default_factory=dict)
    removed: Mapping[str, Concept] = field(default_factory=dict)
    changes: Mapping[str, ConceptChanges] = field(default_factory=dict)
    edges_added: tuple[Edge, ...] = ()
    edges_removed: tuple[Edge, ...] = ()
    classifications: tuple[ClassificationChanges, ...] = ()
    classifications_added: tuple[Classification, ...] = ()
    classifications_removed: tuple[Classification, ...] = ()
    alignments: tuple[AlignmentChange, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()

    @cached_property
    def alignments_of(self) -> Mapping[str, tuple[AlignmentChange, ...]]:
        """The changes of alignments by ORPHAcode."""
        found: dict[str, list[AlignmentChange]] = {}
        for each in self.alignments:
            found.setdefault(each.code, []).append(each)
        return {code: tuple(each) for code, each in found.items()}

    @cached_property
    def kinds(self) -> Mapping[str, tuple[Kind, ...]]:
        """The kinds of change of each code that has any, the smallest code first."""
        codes = {*self.added, *self.removed, *self.changes, *self.alignments_of}
        return {code: tuple(self._kinds_of(code)) for code in sorted(codes, key=int)}

    def _kinds_of(self, code: str) -> Iterator[Kind]:
        if code in self.added:
            yield Kind.ADDED
        if code in self.removed:
            yield Kind.REMOVED
        if code in self.changes:
            yield from self.changes[code].kinds
        if code in self.alignments_of:
            yield Kind.ALIGNMENTS

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How much changed: codes, unless the name says edges, alignments_ or classifications_."""
        return self.count(self.kinds, self.edges_added, self.edges_removed) | {
            "classifications_added": len(self.classifications_added),
            "classifications_removed": len(self.classifications_removed),
            "classifications_renamed": sum(bool(each.names) for each in self.classifications),
        }

    def count(
        self,
        kinds: Mapping[str, Collection[Kind]],
        edges_added: Collection[Edge],
        edges_removed: Collection[Edge],
    ) -> dict[str, int]:
        """Count a part of the changes: some kinds of some codes, and some edges."""
        found = Counter(kind for each in kinds.values() for kind in each)
        moves = Counter(self._move(code) for code, each in kinds.items() if Kind.STATUS in each)
        aligned = Counter(
            change.what
            for code, each in kinds.items()
            if Kind.ALIGNMENTS in each
            for change in self.alignments_of[code]
        )
        return {
            **{name: found[kind] for kind, name in _CONTRACT.items()},
            "edges_added": len(edges_added),
            "edges_removed": len(edges_removed),
            "newly_inactive": moves["newly_inactive"],
            "reactivated": moves["reactivated"],
            **{name: found[kind] for kind, name in _FURTHER.items()},
            **{f"alignments_{what}": aligned[what] for what in WHAT},
        }

    def _move(self, code: str) -> str:
        """Say whether a code of another status joined or left those that may be coded."""
        change = self.changes[code].status
        assert change  # noqa: S101  (asked of such codes only)
        if change.before.is_active == change.after.is_active:
            return ""
        return "reactivated" if change.after.is_active else "newly_inactive"

    @property
    def empty(self) -> bool:
        """Whether nothing at all changed of what was compared."""
        return not (self.kinds or any(self.counts.values()) or self.classifications)
