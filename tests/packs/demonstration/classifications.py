"""The classifications of the demonstration, with Orphanet's ids, numbers and names."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from tests.packs.demonstration.outlines import (
    BONE,
    CARDIAC,
    METABOLIC,
    NEOPLASTIC,
    RESPIRATORY,
    SKIN,
)
from tests.packs.demonstration.outlines_of_genetics import GENETIC, NEUROLOGICAL
from tests.packs.displays import Texts
from tests.packs.model import Classification, tree

Edge = tuple[str | None, str]
"""A parent and one of its children; the root of classification 235 is None."""


class Specialty(NamedTuple):
    """What stays of a classification from year to year."""

    id: str
    number: str
    slug: str
    names: Texts
    root: str | None


def _specialty(
    id_: str, number: str, root: str | None, slug: str, english: str, french: str = ""
) -> Specialty:
    names = {"fr": french, "en": english} if french else {"en": english}
    return Specialty(id_, number, slug, names, root)


SPECIALTIES: Final = (
    _specialty(
        "146",
        "156265",
        "97929",
        "rare_cardiac_diseases",
        "Orphanet classification of rare cardiac diseases",
        "Classification Orphanet des maladies cardiaques rares",
    ),
    _specialty(
        "150",
        "156449",
        "68367",
        "rare_inborn_errors_of_metabolism",
        "Orphanet classification of rare inborn errors of metabolism",
        "Classification Orphanet des maladies métaboliques rares",
    ),
    # No true French name of this one could be had.
    _specialty(
        "156",
        "158293",
        "98053",
        "rare_genetic_diseases",
        "Orphanet classification of rare genetic diseases",
    ),
    _specialty(
        "181",
        "162508",
        "98006",
        "rare_neurological_diseases",
        "Orphanet classification of rare neurological diseases",
        "Classification Orphanet des maladies neurologiques rares",
    ),
    _specialty(
        "184",
        "162655",
        "97955",
        "rare_respiratory_diseases",
        "Orphanet classification of rare respiratory diseases",
        "Classification Orphanet de maladies respiratoires rares",
    ),
    _specialty(
        "187",
        "162712",
        "89826",
        "rare_skin_diseases",
        "Orphanet classification of rare skin diseases",
        "Classification Orphanet des maladies dermatologiques rares",
    ),
    _specialty(
        "199",
        "162964",
        "93419",
        "rare_bone_diseases",
        "Orphanet classification of rare bone diseases",
        "Classification Orphanet des maladies osseuses rares",
    ),
    _specialty(
        "202",
        "162973",
        "250908",
        "rare_neoplastic_diseases",
        "Orphanet classification of rare neoplastic diseases",
        "Classification Orphanet des maladies néoplasiques",
    ),
    _specialty(
        "235",
        "616871",
        None,
        "rare_disorder_without_a_determined_diagnosis_after_full_investigation",
        "Orphanet classification of rare disorder without a determined diagnosis",
        "Classification Orphanet de maladie rare sans diagnostic déterminé"
        " après investigation complète",
    ),
)


def edges_of(*outlines: str) -> Iterator[Edge]:
    """The (parent, child) pairs of outlines, in reading order.

    >>> list(edges_of("1 group\\n  2 disorder\\n    3 subtype\\n  4 disorder"))
    [('1', '2'), ('2', '3'), ('1', '4')]
    """
    for outline in outlines:
        path: list[str] = []
        for line in outline.strip().splitlines():
            depth = (len(line) - len(line.lstrip())) // 2
            path[depth:] = [line.split()[0]]
            if depth:
                yield path[depth - 1], path[depth]


EDGES_OF_2022: Final[dict[str, tuple[Edge, ...]]] = {
    "146": tuple(edges_of(CARDIAC)),
    "150": tuple(edges_of(METABOLIC)),
    "156": tuple(edges_of(GENETIC, METABOLIC)),
    "181": tuple(edges_of(NEUROLOGICAL)),
    "184": tuple(edges_of(RESPIRATORY)),
    "187": tuple(edges_of(SKIN)),
    "199": tuple(edges_of(BONE)),
    "202": tuple(edges_of(NEOPLASTIC)),
    "235": ((None, "616874"),),
}


def planted(specialty: Specialty, edges: Iterable[Edge]) -> Classification:
    """A classification with the tree that the edges make."""
    roots = (tree(specialty.root, edges),)
    return Classification(specialty.id, specialty.number, specialty.names, roots, specialty.slug)
