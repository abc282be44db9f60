"""Where entities stand in the classifications of two releases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain

from ontologies.concept import Concept
from ontologies.differences import reasons
from ontologies.differences.scope import Scope
from ontologies.differences.values import (
    Change,
    ClassificationChanges,
    Edge,
    NotCompared,
    Place,
    TextChange,
    changed,
)
from ontologies.release import Classification, Snapshot

_Parents = Mapping[str, Set[str]]


@dataclass(slots=True)
class Places:
    """The hierarchies of two releases, worked out once.

    Attributes:
        edges_added, edges_removed: of the merged hierarchy.
        only_in_a, only_in_b: the classifications that one release has and the other one has not,
            where that is a fact.
    """

    a: Snapshot
    b: Snapshot
    scope_a: Scope
    scope_b: Scope
    edges_added: tuple[Edge, ...] = ()
    edges_removed: tuple[Edge, ...] = ()
    only_in_a: tuple[Classification, ...] = ()
    only_in_b: tuple[Classification, ...] = ()
    _both: tuple[tuple[Classification, Classification], ...] = ()
    _merged: tuple[_Parents, _Parents] = ({}, {})
    _places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        old, new = self.a.classifications, self.b.classifications
        self._both = tuple((old[each], new[each]) for each in old if each in new)
        if not (old and new):
            return
        if self.scope_b.whole:
            self.only_in_a = tuple(each for key, each in old.items() if key not in new)
        if self.scope_a.whole:
            self.only_in_b = tuple(each for key, each in new.items() if key not in old)
        whole = self.scope_a.whole and self.scope_b.whole
        compared_a = (*(each for each, _ in self._both), *(self.only_in_a if whole else ()))
        compared_b = (*(each for _, each in self._both), *(self.only_in_b if whole else ()))
        edges_a, edges_b = _edges(compared_a), _edges(compared_b)
        self.edges_added = _by_number(edges_b - edges_a)
        self.edges_removed = _by_number(edges_a - edges_b)
        moved = {child for _, child in (*self.edges_added, *self.edges_removed)}
        self._merged = _parents(edges_a, moved), _parents(edges_b, moved)
        self._places = _places(compared_a, compared_b)

    def of(
        self, old: Concept, new: Concept
    ) -> tuple[Change[tuple[str, ...]] | None, tuple[Place, ...]]:
        """Return the change of merged parents, and the changed places in the classifications.

        Of an entity that is not active in both releases: neither, as it stands in one at most.
        """
        places = self._places.get(old.code)
        if not places or not (old.status.is_active and new.status.is_active):
            return None, ()
        before, after = (_sorted(each.get(old.code, ())) for each in self._merged)
        return changed(before, after), places

    def classifications(self) -> Iterator[ClassificationChanges]:
        """Yield what changed of each classification of both releases."""
        for old, new in self._both:
            before, after = set(old.edges), set(new.edges)
            found = ClassificationChanges(
                old.id,
                names=_names(old, new),
                number=changed(old.number, new.number),
                roots=changed(_sorted(old.roots), _sorted(new.roots)),
                edges_added=_by_number(after - before),
                edges_removed=_by_number(before - after),
            )
            if found != ClassificationChanges(old.id):
                yield found

    def not_compared(self) -> Iterator[NotCompared]:
        for scope in (self.scope_a, self.scope_b):
            if not scope.classifications:
                yield from reasons.no_hierarchy(scope)
        for scope, other in ((self.scope_a, self.scope_b), (self.scope_b, self.scope_a)):
            missing = other.classifications - scope.classifications
            if scope.classifications and missing and not scope.whole:
                yield reasons.missing_classifications(scope, missing)


def _edges(classifications: Iterable[Classification]) -> set[Edge]:
    return set[Edge]().union(*(each.edges for each in classifications))


def _by_number(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    return tuple(sorted(edges, key=lambda edge: (int(edge[1]), int(edge[0]))))


def _sorted(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=int))


def _parents(edges: Iterable[Edge], wanted: Set[str]) -> _Parents:
    """The parents of some children."""
    found: dict[str, set[str]] = {}
    for parent, child in edges:
        if child in wanted:
            found.setdefault(child, set()).add(parent)
    return found


def _places(
    before: Iterable[Classification], after: Iterable[Classification]
) -> Mapping[str, tuple[Place, ...]]:
    """The classifications in which each code has other parents, stands no more or stands now."""
    old, new = ({each.id: each for each in some} for some in (before, after))
    found: dict[str, list[Place]] = {}
    for key in sorted(old.keys() | new.keys(), key=int):
        for code, was, now in _moves(old.get(key), new.get(key)):
            found.setdefault(code, []).append(Place(key, was, now))
    return {code: tuple(each) for code, each in found.items()}


def _moves(
    old: Classification | None, new: Classification | None
) -> Iterator[tuple[str, tuple[str, ...] | None, tuple[str, ...] | None]]:
    edges = tuple(set(each.edges) if each else set() for each in (old, new))
    codes = tuple(_codes(each) for each in (old, new))
    moved = {child for _, child in edges[0] ^ edges[1]} | (codes[0] ^ codes[1])
    parents = tuple(_parents(each, moved) for each in edges)
    for code in moved:
        was, now = (
            _sorted(above.get(code, ())) if code in there else None
            for above, there in zip(parents, codes, strict=True)
        )
        yield code, was, now


def _codes(classification: Classification | None) -> set[str]:
    if classification is None:
        return set()
    return set(chain(classification.roots, *classification.edges))


def _names(old: Classification, new: Classification) -> tuple[TextChange, ...]:
    before, after = dict(old.names), dict(new.names)
    return tuple(
        TextChange(lang, before[lang], after[lang])
        for lang in before
        if lang in after and before[lang] != after[lang]
    )
