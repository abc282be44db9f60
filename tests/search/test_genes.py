"""A gene typed beside other words."""

from __future__ import annotations

import pytest

from ontologies.genes import Association, Gene, GeneLink
from ontologies.related import Related
from ontologies.release import Classification
from search import Filters, Index, suggest
from tests.ontologies.datasets import dataset
from tests.search.releases import concept, release_of

CONCEPTS = (
    concept("558", "Syndrome de Marfan", "Marfan syndrome"),
    concept("2840", "Syndrome de Marfan type 1", "Marfan syndrome type 1", kind="clinical_subtype"),
    concept("969", "Dysplasie acromicrique", "Acromicric dysplasia"),
    concept("1", "Dysplasie rare", "Rare dysplasia", kind="category"),
    concept("70", "Dysplasie fibreuse", "Fibrous dysplasia"),
    concept("98", "Syndrome du cri du chat", "Cri du chat syndrome"),
    concept("99", "Myasthénie congénitale", "Congenital myasthenia"),
)
PLACES = Classification(
    "146", None, (("fr", "Tout"),), ("1",),
    (("1", "558"), ("558", "2840"), ("1", "969"), ("1", "70"), ("1", "98"), ("1", "99")),
)  # fmt: skip
GENES = (Gene("1", None, "FBN1", synonyms=("MFS1",)), Gene("2", None, "CHAT"))
LINKS = tuple(
    GeneLink(code, gene, Association.GERMLINE, assessed=True)
    for code, gene in (("2840", "1"), ("969", "1"), ("99", "2"))
)
RELATED = Related([dataset("genes", genes=GENES, gene_links=LINKS)])


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(release_of(CONCEPTS, (PLACES,)))


def asked(index: Index, text: str, filters: Filters = Filters()) -> list[str]:
    return [hit.concept.code for hit in suggest(index, text, filters=filters, related=RELATED)]


@pytest.mark.parametrize("text", ["FBN1 dysplasie", "dysplasie fbn1", "dysplasie du gène FBN1"])
def test_what_the_gene_is_tied_to_comes_before_other_names(index: Index, text: str) -> None:
    assert asked(index, text)[0] == "969"
    assert "70" in asked(index, text)[1:]


def test_the_disorder_above_a_tied_subtype_is_found(index: Index) -> None:
    assert asked(index, "FBN1 marfan")[:2] == ["558", "2840"]


@pytest.mark.parametrize("text", ["mutation FBN1", "gène FBN1", "FBN1 muté", "variants de fbn1"])
def test_words_that_are_said_of_genes_leave_the_gene(index: Index, text: str) -> None:
    assert asked(index, text) == asked(index, "FBN1") != []


def test_a_word_of_names_is_no_gene_in_small_letters(index: Index) -> None:
    assert asked(index, "syndrome chat") == ["98"]
    assert asked(index, "CHAT congénitale")[0] == "99"


def test_filters_bind_what_a_gene_finds(index: Index) -> None:
    assert asked(index, "FBN1 dysplasie", Filters(perimeter=frozenset({"70"}))) == ["70"]
