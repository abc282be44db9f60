"""The related datasets that are in force together: concepts, alignments, genes and signs.

Each dataset has its own releases; what they say together depends on which of them are active and
on nothing else, so the order in which they were loaded does not matter, and one that is taken
away leaves the others as they were.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ontologies.alignment import Alignment, Relation
from ontologies.concept import Label, LabelKind
from ontologies.dataset import Dataset, Sign
from ontologies.genes import GeneTable
from ontologies.hierarchy import Hierarchy
from ontologies.systems import CodeSystems, Coding
from ontologies.terminology import Term, joined


class Related:
    """Read-only view on some datasets.

    Args:
        datasets: one release of each.
        systems: the code systems.

    Attributes:
        long_translations: what ``translation.translate`` keeps, by (source, target).
    """

    def __init__(
        self, datasets: Iterable[Dataset] = (), systems: CodeSystems | None = None
    ) -> None:
        # Terminologies before lists of names, and these before the labels of mapping files.
        self.datasets = tuple(sorted(datasets, key=_trust))
        self.systems = systems or CodeSystems()
        self.digest = hashlib.sha256(
            "".join(f"{each.key} {each.release.digest}\n" for each in self.datasets).encode()
        ).hexdigest()
        self._terms = _terms(self.datasets)
        self._alignments = _adjacent(self.datasets)
        self.genes = GeneTable(
            (gene for each in self.datasets for gene in each.genes),
            (link for each in self.datasets for link in each.gene_links),
        )
        self._hierarchies: dict[str, Hierarchy] = {}
        self.long_translations: dict[tuple[Coding, str], list[Any]] = {}

    # -- concepts ------------------------------------------------------------------------

    def term(self, coding: Coding) -> Term | None:
        """Return a concept by its code, or by one that was merged into it."""
        of_system = self._terms.get(coding.system, {})
        found = of_system.get(coding.code)
        return found or of_system.get(self._alternates(coding.system).get(coding.code, ""))

    def terms(self, system: str) -> Mapping[str, Term]:
        """The concepts of a code system, by code."""
        return self._terms.get(system, {})

    def __contains__(self, coding: Coding) -> bool:
        """Tell whether any dataset knows the code, be it only as an end of an alignment."""
        return self.term(coding) is not None or coding in self._alignments

    def _alternates(self, system: str) -> Mapping[str, str]:
        if system not in self._merged_codes:
            self._merged_codes[system] = {
                code: term.code for term in self.terms(system).values() for code in term.alternates
            }
        return self._merged_codes[system]

    @cached_property
    def _merged_codes(self) -> dict[str, dict[str, str]]:
        return {}

    def hierarchy(self, system: str) -> Hierarchy:
        """Return the hierarchy of a code system; built when first asked for."""
        if system not in self._hierarchies:
            terms = self.terms(system)
            self._hierarchies[system] = Hierarchy(
                (
                    (parent, term.code)
                    for term in terms.values()
                    for parent in term.parents
                    if parent in terms
                ),
                (term.code for term in terms.values() if not term.parents and not term.obsolete),
            )
        return self._hierarchies[system]

    # -- alignments ----------------------------------------------------------------------

    def alignments(self, coding: Coding) -> Sequence[Alignment]:
        """The alignments that have a code at one end, in the order of the datasets."""
        return self._alignments.get(coding, ())

    def codes_aligned(self, system: str) -> Mapping[str, None]:
        """The codes of a system that stand in alignments."""
        if system not in self._aligned:
            found = (coding.code for coding in self._alignments if coding.system == system)
            self._aligned[system] = dict.fromkeys(sorted(found))
        return self._aligned[system]

    @cached_property
    def _aligned(self) -> dict[str, Mapping[str, None]]:
        return {}

    # -- what is known of an ORPHAcode -----------------------------------------------------

    @cached_property
    def _signs(self) -> Mapping[str, Sequence[Sign]]:
        found: defaultdict[str, list[Sign]] = defaultdict(list)
        for each in self.datasets:
            for sign in each.signs:
                found[sign.orpha].append(sign)
        return found

    @property
    def has_signs(self) -> bool:
        return any(each.signs for each in self.datasets)

    def signs(self, orpha: str) -> Sequence[Sign]:
        """The phenotype annotations of an entity."""
        return self._signs.get(orpha, ())

    def preferential_parent(self, orpha: str) -> str | None:
        """The one specialty under which an entity is counted once (linearisation)."""
        parents = (each.preferential_parents.get(orpha) for each in self.datasets)
        return next((parent for parent in parents if parent), None)

    def linked_labels(self, orpha: str) -> tuple[Label, ...]:
        """The names that exactly aligned concepts have, marked with their system.

        Synonyms that an ontology calls broad, narrow or related are left out, and so are concepts
        that are obsolete, or that stand for many diseases, as those of ICD-10 do.
        """
        end = Coding("orpha", orpha)
        found: dict[tuple[str, str], Label] = {}
        for each in self.alignments(end):
            other = each.other(end)
            exact = each.relation is Relation.EXACT
            if not exact or other.system == "orpha" or self.systems.get(other.system).statistical:
                continue
            term = self.term(other)
            if term is None or term.obsolete:
                continue
            for label in term.labels:
                if label.scope in (None, "exact"):
                    linked = Label(label.text, label.lang, LabelKind.LINKED, source=other.system)
                    found.setdefault((label.lang, label.text), linked)
        return tuple(found.values())


def _trust(dataset: Dataset) -> tuple[int, str]:
    """Order datasets: those with a hierarchy, those with names, the others; then by key."""
    if any(term.parents for term in dataset.terms):
        rank = 0
    elif dataset.terms and not dataset.alignments:
        rank = 1
    else:
        rank = 2
    return rank, dataset.key


def _terms(datasets: Iterable[Dataset]) -> Mapping[str, Mapping[str, Term]]:
    found: defaultdict[str, dict[str, Term]] = defaultdict(dict)
    for dataset in datasets:
        for term in dataset.terms:
            of_system = found[term.coding.system]
            known = of_system.get(term.code)
            of_system[term.code] = joined((known, term)) if known else term
    return found


def _adjacent(datasets: Iterable[Dataset]) -> Mapping[Coding, tuple[Alignment, ...]]:
    found: defaultdict[Coding, list[Alignment]] = defaultdict(list)
    for dataset in datasets:
        for each in dataset.alignments:
            found[each.subject].append(each)
            if each.object != each.subject:
                found[each.object].append(each)
    return {coding: tuple(each) for coding, each in found.items()}
