"""What a row of patients' codes counts as, before anything is counted.

The steps are those of RDaggregator 1.0.3 (BNDMR), in this order: redirect, specify by genes, leave
out what is not to be counted, aggregate to the disorder (domain rules, sections 3 and 5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from ontologies.aggregation import aggregate, redirect
from ontologies.codes import parse_code
from ontologies.concept import Concept, Level, Status
from ontologies.distinct import Above
from ontologies.errors import InvalidCode
from ontologies.genes import GeneTable
from ontologies.release import Snapshot


class Redirect(StrEnum):
    """Which redirections of inactive entities are followed: none, those that bind, all."""

    NONE = "none"
    MOVED = "moved"
    REFERRED = "referred"


class Reason(StrEnum):
    """Why a row is not counted; of several rows of one patient the first reason here is told."""

    GROUP = "group"
    NON_RARE = "non_rare"
    DEPRECATED = "deprecated"
    OBSOLETE = "obsolete"
    NO_DISORDER = "no_disorder"
    OUTSIDE = "outside"
    UNKNOWN_CODE = "unknown_code"
    UNREADABLE_CODE = "unreadable_code"
    NO_CODE = "no_code"
    UNREADABLE_ROW = "unreadable_row"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is done with codes before they are counted.

    Attributes:
        redirect: which redirections are followed; an entity that stays inactive is not counted.
        specify: whether the genes of a row make its code more precise.
        groups: whether rows coded with a group are counted.
        aggregate: whether subtypes count as their disorder, by the file's aggregation level.
        by_specialty: count along the preferential parents, one specialty for each entity, instead
            of a classification.
    """

    redirect: Redirect = Redirect.MOVED
    specify: bool = False
    groups: bool = True
    aggregate: bool = False
    by_specialty: bool = False


PLAIN = Recipe()
"""Each row counts for its code and all above, as RDaggregator groups rows."""

NATIONAL = Recipe(groups=False, aggregate=True, by_specialty=True)
"""The national counts (domain rules, section 3): without non-rare entities and groups, subtypes as
their disorder, broken down by preferential parent."""

RECIPES: Mapping[str, Recipe] = MappingProxyType({"plain": PLAIN, "national": NATIONAL})


class Outcome(NamedTuple):
    """What a row counts as: a code; or why it does not, with the code where there is one."""

    code: str | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A recipe applied to one release.

    Attributes:
        above: what a code counts for beside itself, see ``along`` and ``along_specialties``.
        genes: needed where the recipe specifies.
    """

    snapshot: Snapshot
    recipe: Recipe
    above: Above
    genes: GeneTable = field(default_factory=lambda: GeneTable((), ()))

    def outcome(self, written: str, genes: Sequence[str] = ()) -> Outcome:
        """Tell what a code counts as, in any written form."""
        if not written.strip():
            return Outcome(None, Reason.NO_CODE)
        try:
            code = parse_code(written)
        except InvalidCode:
            return Outcome(None, Reason.UNREADABLE_CODE)
        if code not in self.snapshot:
            return Outcome(None, Reason.UNKNOWN_CODE)
        concept = self._more_precise(self._redirected(code), genes)
        return self._counted(concept)

    def _redirected(self, code: str) -> Concept:
        if self.recipe.redirect is not Redirect.NONE:
            referred = self.recipe.redirect is Redirect.REFERRED
            code = redirect(self.snapshot, code, referred=referred)
        return self.snapshot.concept(code)

    def _more_precise(self, concept: Concept, genes: Sequence[str]) -> Concept:
        if not (self.recipe.specify and genes and concept.status.is_active):
            return concept
        found = more_precise(self.snapshot, self.genes, concept.code, genes)
        return self.snapshot.concept(found)

    def _counted(self, concept: Concept) -> Outcome:
        """What does not count is told with its own code, and not with that of its disorder."""
        code = concept.code
        if reason := self._left_out(concept):
            return Outcome(code, reason)
        if self.recipe.aggregate and concept.level is not Level.GROUP:
            disorder = aggregate(self.snapshot, code)
            if disorder is None:
                return Outcome(code, Reason.NO_DISORDER)
            code = disorder
        return Outcome(concept.code, Reason.OUTSIDE) if self.above(code) is None else Outcome(code)

    def _left_out(self, concept: Concept) -> Reason | None:
        if concept.level is Level.GROUP and concept.status.is_active and not self.recipe.groups:
            return Reason.GROUP
        return _REASONS.get(concept.status)


def more_precise(snapshot: Snapshot, table: GeneTable, code: str, genes: Sequence[str]) -> str:
    """Return the code of ``specify``, without its candidates.

    It goes from the genes up and not from the code down: a gene has some links, a group has
    thousands of entities below it.
    """
    meant = {gene.id: gene for each in genes for gene in table.named(each)}
    caused = {
        link.orpha for gene in meant.values() for link in table.links_with(gene) if link.is_causal
    }
    below = [each for each in caused if each == code or snapshot.merged.subsumes(code, each)]
    return below[0] if len(below) == 1 else code


_REASONS: Mapping[Status, Reason] = {
    Status.DEPRECATED: Reason.DEPRECATED,
    Status.OBSOLETE: Reason.OBSOLETE,
    Status.NON_RARE: Reason.NON_RARE,
}


def along(snapshot: Snapshot, classification: str | None = None) -> Above:
    """Count along one classification, or all of them merged.

    Entities that one classification does not have are outside. Merged, an active entity that stands
    in none of them (releases made of few files) counts for itself.

    Raises:
        UnknownClassification
    """
    hierarchy = snapshot.hierarchy(classification)
    if classification is None:
        return hierarchy.ancestors
    return lambda code: hierarchy.ancestors(code) if code in hierarchy else None


def along_specialties(snapshot: Snapshot, parent: Callable[[str], str | None]) -> Above:
    """Count each entity for itself and for its preferential parent.

    Args:
        parent: the preferential parent of a code (``Related.preferential_parent``); one that the
            release does not have is none.
    """

    def above(code: str) -> Sequence[str]:
        found = parent(code)
        return (found,) if found is not None and found != code and found in snapshot else ()

    return above
