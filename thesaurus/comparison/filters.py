"""Which changes are wanted: kinds, levels, a classification, the perimeter of a filière."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ontologies.concept import Level
from ontologies.differences import Kind
from ontologies.errors import UnknownClassification
from thesaurus.comparison.comparing import Comparison

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; empty means everything.

    Attributes:
        kinds: of these changes, others of the same code are left out.
        levels: of codes that have one of these levels in either release.
        classification: of codes that stand in it in either release.
        perimeter: of these codes, and of new codes below them.
    """

    kinds: frozenset[Kind] = frozenset()
    levels: frozenset[Level] = frozenset()
    classification: str | None = None
    perimeter: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The changes that filters leave.

    Attributes:
        kinds: code -> kinds of change, the smallest code first.
        edges_added, edges_removed: the edges whose child the filters leave; none where kinds are
            chosen and parents are not among them.
    """

    comparison: Comparison
    kinds: Mapping[str, tuple[Kind, ...]]
    edges_added: tuple[Edge, ...]
    edges_removed: tuple[Edge, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """The counts of what is left, by the names of those of everything."""
        found = self.comparison.differences
        return found.count(self.kinds, self.edges_added, self.edges_removed)

    def of_kind(self, kind: Kind) -> Iterator[str]:
        """Yield the codes that have such a change."""
        return (code for code, kinds in self.kinds.items() if kind in kinds)


def keep(comparison: Comparison, filters: Filters = Filters()) -> Kept:
    """Return the wanted changes. Raises UnknownClassification where neither release has it."""
    _refuse_unknown(comparison, filters.classification)
    found, sieve = comparison.differences, _Sieve(comparison, filters)
    wanted = filters.kinds or frozenset(Kind)
    kinds = {
        code: kept
        for code, each in found.kinds.items()
        if (kept := tuple(kind for kind in each if kind in wanted)) and sieve.keeps(code)
    }
    added, removed = (
        tuple(edge for edge in edges if Kind.PARENTS in wanted and sieve.keeps(edge[1]))
        for edges in (found.edges_added, found.edges_removed)
    )
    return Kept(comparison, kinds, added, removed)


@dataclass(frozen=True)
class _Sieve:
    """Tells which codes are wanted, whatever changed of them."""

    comparison: Comparison
    filters: Filters

    def keeps(self, code: str) -> bool:
        return (
            self._of_level(code)
            and self._in_classification(code)
            and (self._perimeter is None or code in self._perimeter)
        )

    def _of_level(self, code: str) -> bool:
        wanted, sides = self.filters.levels, (self.comparison.a, self.comparison.b)
        return not wanted or any(
            each.concepts[code].level in wanted for each in sides if code in each
        )

    def _in_classification(self, code: str) -> bool:
        wanted, sides = self.filters.classification, (self.comparison.a, self.comparison.b)
        return wanted is None or any(wanted in each.classifications_of(code) for each in sides)

    @cached_property
    def _perimeter(self) -> frozenset[str] | None:
        """The codes of the perimeter, with the new ones below them.

        A list that was written before a release cannot name its new codes. One belongs to the
        perimeter where one of its nearest ancestors that are not new does.
        """
        given, added = self.filters.perimeter, self.comparison.differences.added
        if given is None:
            return None
        return given | {code for code in added if not given.isdisjoint(self._old_above(code))}

    def _old_above(self, code: str) -> Iterator[str]:
        added, parents_of = self.comparison.differences.added, self.comparison.parents
        waiting, seen = [code], {code}
        while waiting:
            for parent in parents_of.get(waiting.pop(), ()):
                if parent not in added:
                    yield parent
                elif parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)


def _refuse_unknown(comparison: Comparison, classification: str | None) -> None:
    known = {**comparison.a.classifications, **comparison.b.classifications}
    if classification is not None and classification not in known:
        raise UnknownClassification(classification, sorted(known, key=int))
