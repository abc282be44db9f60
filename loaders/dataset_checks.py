"""The checks that any related dataset can stand. A failed one leaves the release a draft."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from loaders.report import Check
from ontologies.dataset import Dataset
from ontologies.errors import Cycle
from ontologies.hierarchy import refuse_cycle
from ontologies.systems import Coding
from ontologies.terminology import Term


def check_dataset(dataset: Dataset) -> tuple[Check, ...]:
    """Run every check; those that have no object here are marked so."""
    codes = {term.coding for term in dataset.terms}
    linked = [term for term in dataset.terms if term.parents]
    replaced = [term for term in dataset.terms if term.replaced_by]
    return (
        Check.of(
            "parents-known",
            "chaque parent est un concept de la même version",
            "each parent is a concept of the same release",
            _unknown(linked, lambda term: term.parents, codes),
            applies=bool(linked),
        ),
        _no_cycle(linked),
        Check.of(
            "replacements-known",
            "chaque remplaçant est un concept de la même version",
            "each replacement is a concept of the same release",
            _unknown(replaced, lambda term: term.replaced_by, codes),
            applies=bool(replaced),
        ),
        _genes_known(dataset),
    )


def _unknown(
    terms: Sequence[Term],
    relation: Callable[[Term], Sequence[str]],
    codes: Collection[Coding],
) -> Iterator[str]:
    """Yield what terms name that the dataset does not have."""
    for term in terms:
        for code in relation(term):
            if Coding(term.coding.system, code) not in codes:
                yield f"{term.code} > {code}"


def _no_cycle(terms: Sequence[Term]) -> Check:
    circles: list[str] = []
    try:
        refuse_cycle((parent, term.code) for term in terms for parent in term.parents)
    except Cycle as cycle:
        circles.append(" > ".join(cycle.codes[:12]))
    return Check.of(
        "no-cycle",
        "la hiérarchie est sans cycle",
        "the hierarchy has no cycle",
        circles,
        applies=bool(terms),
    )


def _genes_known(dataset: Dataset) -> Check:
    genes = {gene.id for gene in dataset.genes}
    return Check.of(
        "genes-known",
        "chaque association nomme un gène de la table",
        "each association names a gene of the table",
        (f"ORPHA:{link.orpha}" for link in dataset.gene_links if link.gene not in genes),
        applies=bool(dataset.gene_links),
    )
