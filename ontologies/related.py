"""The related datasets that are in force together: concepts, alignments, genes and signs.

Each dataset has its own releases; what they say together depends on which of them are active and
on nothing else, so the order in which they were loaded does not matter, and one that is taken
away leaves the others as they were.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from ontologies.alignment import Alignment, Relation
from ontologies.concept import Label, LabelKind
from ontologies.dataset import Dataset, Sign
from ontologies.errors import Cycle
from ontologies.genes import GeneTable
from ontologies.hierarchy import Hierarchy
from ontologies.standard import CodeSystem
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
        self._terms = _terms(self.datasets)
        self._current = _merged_codes(self._terms)
        self._alignments = _adjacent(self.datasets, self._current)
        self.systems = (systems or CodeSystems()).extended(self._systems_of_their_own())
        said = "".join(f"{each.key} {each.release.digest}\n" for each in self.datasets)
        self.digest = hashlib.sha256(f"{self.systems.digest}\n{said}".encode()).hexdigest()
        self.genes = GeneTable(
            (gene for each in self.datasets for gene in each.genes),
            (link for each in self.datasets for link in each.gene_links),
        )
        self._hierarchies: dict[str, Hierarchy] = {}
        self.long_translations: dict[tuple[Coding, str], list[Any]] = {}

    # -- concepts ------------------------------------------------------------------------

    def _systems_of_their_own(self) -> Iterator[CodeSystem]:
        """The systems that only the datasets know: any ontology that a user loads."""
        first: dict[str, str] = {coding.system: "" for coding in self._alignments}
        first |= {system: next(iter(terms)) for system, terms in self._terms.items()}
        for system, code in first.items():
            prefix, whole, _ = code.partition(":")
            known = prefix if whole else system.upper()
            yield CodeSystem(system, title=system, prefix=known, whole=bool(whole))

    def term(self, coding: Coding) -> Term | None:
        """Return a concept by its code, or by one that was merged into it."""
        coding = self._current.get(coding, coding)
        return self._terms.get(coding.system, {}).get(coding.code)

    def terms(self, system: str) -> Mapping[str, Term]:
        """The concepts of a code system, by code."""
        return self._terms.get(system, {})

    def __contains__(self, coding: Coding) -> bool:
        """Tell whether any dataset knows the code, be it only as an end of an alignment."""
        return self.term(coding) is not None or coding in self._alignments

    def hierarchy(self, system: str) -> Hierarchy:
        """Return the hierarchy of a code system; built when first asked for.

        Without any edge where two datasets contradict each other so that it would be circular.
        """
        if system not in self._hierarchies:
            terms = self.terms(system)
            roots = [code for code, term in terms.items() if not (term.parents or term.obsolete)]
            edges = [
                (parent, code)
                for code, term in terms.items()
                for parent in term.parents
                if parent in terms
            ]
            try:
                self._hierarchies[system] = Hierarchy(edges, roots)
            except Cycle:
                self._hierarchies[system] = Hierarchy((), terms)
        return self._hierarchies[system]

    # -- alignments ----------------------------------------------------------------------

    def alignments(self, coding: Coding) -> Sequence[Alignment]:
        """The alignments that have a code at one end, in the order of the datasets.

        Those of a code that was merged into another one are that one's.
        """
        return self._alignments.get(coding, ())

    def codes_aligned(self, system: str) -> Collection[str]:
        """The codes of a system that stand in alignments."""
        return self._aligned.get(system, frozenset())

    @cached_property
    def _aligned(self) -> Mapping[str, Collection[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for coding in self._alignments:
            found[coding.system].add(coding.code)
        return found

    # -- what is known of an ORPHAcode -----------------------------------------------------

    @cached_property
    def _signs(self) -> Mapping[str, Sequence[Sign]]:
        found: defaultdict[str, list[Sign]] = defaultdict(list)
        for each in self.datasets:
            for sign in each.signs:
                found[sign.orpha].append(sign)
        return found

    @cached_property
    def _with_sign(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for sign in (sign for each in self.datasets for sign in each.signs):
            if not sign.excluded and sign.aspect == "P":
                found[sign.code].append((sign.rarity, int(sign.orpha)))
        return {
            code: tuple(dict.fromkeys(str(orpha) for _, orpha in sorted(each)))
            for code, each in found.items()
        }

    def with_sign(self, hpo: str) -> Sequence[str]:
        """The entities that have a sign, those that always have it first."""
        return self._with_sign.get(hpo, ())

    @cached_property
    def aspects(self) -> frozenset[str]:
        """The aspects under which entities are annotated: P signs, I inheritance, C course ..."""
        return frozenset(sign.aspect for each in self.datasets for sign in each.signs)

    @property
    def has_signs(self) -> bool:
        return "P" in self.aspects

    def signs(self, orpha: str) -> Sequence[Sign]:
        """The phenotype annotations of an entity, of every aspect."""
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
    """Order datasets: those with a hierarchy or with links of genes, those with names, the others;
    then by key.
    """
    if dataset.gene_links or any(term.parents for term in dataset.terms):
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


def _merged_codes(terms: Mapping[str, Mapping[str, Term]]) -> Mapping[Coding, Coding]:
    """From codes that were merged into another one to that one."""
    return {
        Coding(system, code): term.coding
        for system, of_system in terms.items()
        for term in of_system.values()
        for code in term.alternates
        if code not in of_system
    }


def _adjacent(
    datasets: Iterable[Dataset], current: Mapping[Coding, Coding]
) -> Mapping[Coding, tuple[Alignment, ...]]:
    found: defaultdict[Coding, list[Alignment]] = defaultdict(list)
    for dataset in datasets:
        for each in dataset.alignments:
            if each.subject in current or each.object in current:
                each = replace(  # noqa: PLW2901
                    each,
                    subject=current.get(each.subject, each.subject),
                    object=current.get(each.object, each.object),
                    written=each.written or (each.object.code if each.object in current else None),
                )
            found[each.subject].append(each)
            if each.object != each.subject:
                found[each.object].append(each)
    return {coding: tuple(each) for coding, each in found.items()}
