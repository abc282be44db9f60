"""Specification by genes: replaced only where exactly one possibility is left.

A small table drawn by hand: group 1 above disorder 10 (subtypes 11 to 13, no gene of its own),
disorder 20 with a gene of its own and a subtype 21 without, disorder 30.
"""

import pytest

from ontologies.concept import Level
from ontologies.errors import UnknownCode
from ontologies.genes import Association, Gene, GeneLink, GeneTable, joined, specify
from ontologies.related import Related
from ontologies.systems import Coding
from tests.ontologies.datasets import dataset
from tests.ontologies.drawings import concept, snapshot

GENES = (
    Gene("g1", Coding("hgnc", "HGNC:1"), "MPZ", synonyms=("P0", "CMT1B")),
    Gene("g2", Coding("hgnc", "HGNC:2"), "PMP22", synonyms=("GAS3",)),
    Gene("g3", Coding("hgnc", "HGNC:3"), "LITAF", synonyms=("SHARED",)),
    Gene("g4", Coding("hgnc", "HGNC:4"), "VWF", synonyms=("SHARED", "MPZ")),
    Gene("g5", None, "NEFL"),
)


def link(
    orpha: str, gene: str, kind: Association = Association.GERMLINE, assessed: bool = True
) -> GeneLink:
    return GeneLink(orpha, gene, kind, assessed)


LINKS = (
    link("11", "g1", Association.LOSS_OF_FUNCTION),
    link("12", "g2"),
    link("13", "g2", Association.GAIN_OF_FUNCTION),
    link("20", "g3"),
    link("30", "g4", Association.SOMATIC),
    link("30", "g1", Association.CANDIDATE),
    link("21", "g4", assessed=False),
    link("13", "g5", Association.SUSCEPTIBILITY),
)
TABLE = GeneTable(GENES, LINKS)
SMALL = snapshot(
    (
        concept("1", Level.GROUP),
        concept("10"),
        *(concept(code, Level.SUBTYPE) for code in ("11", "12", "13", "21")),
        concept("20"),
        concept("30"),
    ),
    "1 > 10 20 30\n 10 > 11 12 13\n 20 > 21",
)


@pytest.mark.parametrize(
    ("code", "genes", "result", "why"),
    [
        ("10", ["MPZ"], "11", "one subtype has the gene"),
        ("10", ["mpz"], "11", "case does not matter"),
        ("10", ["P0"], "11", "a synonym is resolved"),
        ("10", ["HGNC:1"], "11", "an HGNC code is resolved"),
        ("10", ["1"], "11", "its number alone as well"),
        ("10", ["PMP22"], "10", "two subtypes have the gene"),
        ("10", ["MPZ", "PMP22"], "10", "three subtypes have one of the genes"),
        ("10", ["MPZ", "VWF"], "11", "a gene that fits nothing below takes nothing away"),
        ("10", ["LITAF"], "10", "the gene is one of another disorder"),
        ("10", ["NEFL"], "10", "susceptibility is not causal"),
        ("10", ["XYZ"], "10", "the gene is unknown"),
        ("10", [], "10", "no gene"),
        ("20", ["LITAF"], "20", "the code itself is the only candidate"),
        ("20", ["VWF"], "20", "the link below is not assessed"),
        ("30", ["MPZ"], "30", "a candidate gene is not causal"),
        ("1", ["LITAF"], "20", "a group is made more precise"),
        ("1", ["SHARED"], "1", "a shared synonym means both genes, and two entities fit"),
        ("11", ["PMP22"], "11", "what stands beside is not below"),
    ],
)
def test_specify(code: str, genes: list[str], result: str, why: str) -> None:
    assert specify(SMALL, TABLE, code, genes).code == result, why


def test_candidates_and_consistency() -> None:
    several = specify(SMALL, TABLE, "10", ["PMP22"])
    assert several.candidates == ("12", "13")
    assert several.is_consistent
    nothing = specify(SMALL, TABLE, "10", ["LITAF", "XYZ"])
    assert nothing.candidates == ()
    assert not nothing.is_consistent
    assert [(given, [gene.symbol for gene in meant]) for given, meant in nothing.genes] == [
        ("LITAF", ["LITAF"]),
        ("XYZ", []),
    ]


def test_an_unknown_code_is_said() -> None:
    with pytest.raises(UnknownCode):
        specify(SMALL, TABLE, "999", ["MPZ"])


def test_the_preferred_symbol_of_a_gene_is_not_a_synonym_of_another() -> None:
    assert [gene.id for gene in TABLE.named("MPZ")] == ["g1"]
    assert [gene.id for gene in TABLE.named("shared")] == ["g3", "g4"]


def test_a_link_to_a_gene_that_is_not_there_is_left_out() -> None:
    assert GeneTable(GENES, [link("10", "nowhere")]).links_of("10") == ()


def test_two_tables_of_one_gene_add_up() -> None:
    names = Gene("g1", None, "MPZ", "myelin protein zero", synonyms=("P0",))
    facts = Gene("g1", Coding("hgnc", "HGNC:7225"), "MPZ", loci=("1q23.3",))
    both = joined([facts, names])
    assert (both.coding, both.synonyms, both.loci) == (facts.coding, ("P0",), ("1q23.3",))
    assert both.name == "myelin protein zero"


def test_the_symbol_of_the_table_with_links_counts_and_the_other_stays_findable() -> None:
    newer, older = Gene("g1", None, "NEWSYM"), Gene("g1", None, "OLDSYM")
    links = dataset("orphanet-genes", genes=(newer,), gene_links=(link("11", "g1"),))
    names = dataset("orphanet-gene-synonyms", genes=(older,))
    for order in ((links, names), (names, links)):
        table = Related(order).genes
        assert [gene.symbol for gene in table.named("oldsym")] == ["NEWSYM"]
        assert [gene.symbol for gene in table.named("NEWSYM")] == ["NEWSYM"]
