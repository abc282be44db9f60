"""Two releases compared, entity by entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ontologies.alignment import Alignment
from ontologies.concept import Aggregation, Concept, Status
from ontologies.differences import reasons
from ontologies.differences.alignments import AlignmentChange, alignment_changes
from ontologies.differences.names import Names
from ontologies.differences.places import Places
from ontologies.differences.scope import Scope
from ontologies.differences.values import (
    Change,
    ConceptChanges,
    Differences,
    Facet,
    NotCompared,
    Value,
    changed,
)
from ontologies.release import Snapshot

AlignmentPairs = Mapping[str, tuple[Iterable[Alignment] | None, Iterable[Alignment] | None]]
"""By dataset, its alignments of both years; None where a year has no such dataset."""


def differences(a: Snapshot, b: Snapshot, alignments: AlignmentPairs | None = None) -> Differences:
    """Tell what changed from one release to another; ``b`` may also be the older one.

    Codes, names and edges are compared as sets; the order in which files list them, their raw texts
    and different FlagValues of one status are no changes. Of classifications that only one release
    has, nothing is compared unless both releases have all that there are.

    Args:
        alignments: those beside each release, which are not part of it.
    """
    scope_a, scope_b = Scope.of(a), Scope.of(b)
    places = Places(a, b, scope_a, scope_b)
    comparing = _Comparing(scope_a, scope_b, Names.of(scope_a, scope_b, b.release), places)
    changes = dict(comparing.changes(a, b))
    added, unnamed_a = _only_in(b, a, scope_a)
    removed, unnamed_b = _only_in(a, b, scope_b)
    moved, unmatched = _alignments(a, b, alignments or {})
    return Differences(
        before=a.release,
        after=b.release,
        languages=comparing.names.languages,
        definition_languages=comparing.names.definitions,
        added=added,
        removed=removed,
        changes=changes,
        edges_added=places.edges_added,
        edges_removed=places.edges_removed,
        classifications=tuple(places.classifications()),
        classifications_added=places.only_in_b,
        classifications_removed=places.only_in_a,
        alignments=moved,
        not_compared=(
            *_codes_not_compared(scope_a, unnamed_a),
            *_codes_not_compared(scope_b, unnamed_b),
            *comparing.not_compared(),
            *places.not_compared(),
            *unmatched,
        ),
    )


def _only_in(one: Snapshot, other: Snapshot, scope: Scope) -> tuple[Mapping[str, Concept], int]:
    """Return the entities of one release that the other one would name if it had them, and how
    many others only the first one has.
    """
    alone = [concept for concept in one if concept.code not in other]
    found = {
        concept.code: concept
        for concept in alone
        if scope.would_name(concept, one.classifications_of(concept.code))
    }
    return found, len(alone) - len(found)


def _codes_not_compared(scope: Scope, unnamed: int) -> Iterator[NotCompared]:
    if scope.kind != "nomenclature":
        yield reasons.codes(scope, unnamed)
        yield (reasons.historic if scope.kind == "list" else reasons.inferred_status)(scope)


@dataclass(slots=True)
class _Comparing:
    """Compares the entities of both releases, and counts what one of them does not say."""

    before: Scope
    after: Scope
    names: Names
    places: Places
    untold: Counter[tuple[Facet, str]] = field(default_factory=Counter)

    def changes(self, a: Snapshot, b: Snapshot) -> Iterator[tuple[str, ConceptChanges]]:
        for code, old in a.concepts.items():
            if (new := b.concepts.get(code)) and (found := self._of(old, new)):
                yield code, found

    def _of(self, old: Concept, new: Concept) -> ConceptChanges | None:
        preferred, synonyms = self.names.compare(old, new)
        definitions = self.names.compare_definitions(old, new)
        parents, places = self.places.of(old, new)
        status = self._status(old, new)
        level = self._if_told(Facet.LEVEL, old.level, new.level)
        kind = self._if_told(Facet.TYPE, old.type, new.type)
        redirection = changed(old.redirection, new.redirection)
        aggregation = self._aggregation(old, new)
        if not any((preferred, synonyms, definitions, parents, places, status, level, kind,
                    redirection, aggregation)):  # fmt: skip
            return None
        return ConceptChanges(
            code=old.code,
            status=status,
            level=level,
            type=kind,
            preferred=preferred,
            synonyms=synonyms,
            definitions=definitions,
            redirection=redirection,
            aggregation=aggregation,
            parents=parents,
            places=places,
        )

    def _status(self, old: Concept, new: Concept) -> Change[Status] | None:
        if old.flag == new.flag:
            return None
        before, after = old.status, new.status
        if not (self.before.tells_historic and self.after.tells_historic):
            before, after = _without_historic(before), _without_historic(after)
        return changed(before, after)

    def _if_told(
        self, facet: Facet, old: Value | None, new: Value | None
    ) -> Change[Value | None] | None:
        if old is not None and new is not None:
            return changed(old, new)
        if old is not new:
            self.untold[facet, (self.before if old is None else self.after).id] += 1
        return None

    def _aggregation(self, old: Concept, new: Concept) -> Change[Aggregation] | None:
        if old.aggregation.known and new.aggregation.known:
            return changed(old.aggregation, new.aggregation)
        if old.aggregation.known != new.aggregation.known:
            silent = self.after if old.aggregation.known else self.before
            self.untold[Facet.AGGREGATION, silent.id] += 1
        return None

    def not_compared(self) -> Iterator[NotCompared]:
        yield from (reasons.untold(*each, count) for each, count in self.untold.items())
        names = self.names
        for one, other in ((self.before, self.after), (self.after, self.before)):
            for lang in sorted(one.names.keys() - other.names.keys()):
                yield reasons.language(lang, one)
            for lang in names.languages:
                if lang in one.definitions - other.definitions:
                    yield reasons.definitions(lang, one)
        if not names.languages:
            yield reasons.no_language()
        if names.without_synonyms:
            yield reasons.synonyms(names.without_synonyms)


def _without_historic(status: Status) -> Status:
    return Status.ACTIVE if status is Status.HISTORIC else status


def _alignments(
    a: Snapshot, b: Snapshot, pairs: AlignmentPairs
) -> tuple[tuple[AlignmentChange, ...], tuple[NotCompared, ...]]:
    """Compare what was given; alignments of codes that neither release has are left out."""
    found: list[AlignmentChange] = []
    unmatched: list[NotCompared] = []
    for dataset, (old, new) in pairs.items():
        if old is None or new is None:
            missing = a.release.id if old is None else b.release.id
            unmatched.append(reasons.no_dataset(dataset, missing))
            continue
        changes, silent = alignment_changes(dataset, old, new)
        known = [each for each in changes if each.code in a or each.code in b]
        found += known
        unmatched += (reasons.unstated(dataset, what) for what in silent)
        if foreign := len(changes) - len(known):
            unmatched.append(reasons.foreign(dataset, foreign))
    if not pairs:
        unmatched.append(reasons.no_alignments())
    return tuple(found), tuple(unmatched)
