"""Product 6 and the gene tables, written here; what the two tables make together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loaders.orphanet.genetables import FORMATS
from loaders.orphanet.sniffing import read_file
from loaders.related import Format, Reading, RelatedFile, Sample
from ontologies.errors import Refused
from ontologies.genes import Association as Kind
from ontologies.genes import Gene, GeneLink, joined
from ontologies.systems import Coding
from tests.loaders.small import PACK, changed, line_of
from tests.packs.products import (
    NOT_ASSESSED,
    Association,
    GeneEntry,
    Reference,
    genes_xml,
    references_xml,
)

FBN1 = GeneEntry(
    "15999",
    "FBN1",
    "fibrillin 1",
    ("MASS", "SGS"),
    (
        Reference("Ensembl", "ENSG00000166147"),
        Reference("HGNC", "3603"),
        Reference("OMIM", "134797"),
        Reference("SwissProt", "P35555"),
        Reference("IUPHAR", "1"),
    ),
    ("15q21.1",),
)
GLASS = GeneEntry("5", "GLS9", "glass heart 9", loci=("1p1", "2q2"), type="Non-coding RNA")
LINKS = {
    "558": [
        Association(FBN1, sources="22587682[PMID]_28285769[PMID]"),
        Association(GLASS, (18273, "Candidate gene tested in"), NOT_ASSESSED),
    ],
    "99": [Association(FBN1, (25972, "renamed"), sources="ORPHANET_A. Doe[EXPERT]")],
    "40": [Association(GLASS, ("", "Biomarker tested in"), sources="see text")],
}


def read(data: bytes) -> RelatedFile:
    parsed = read_file("any.xml", data)
    assert isinstance(parsed, RelatedFile)
    return parsed


def refused(read_it: Callable[[], object], name: str, reason: str, line: int | None) -> Refused:
    with pytest.raises(Refused) as caught:
        read_it()
    assert (caught.value.reason, caught.value.line) == (reason, line), caught.value.message.en
    assert caught.value.file == name
    return caught.value


# --- Product 6 ----------------------------------------------------------------------------------


def test_genes_of_product6() -> None:
    parsed = read(genes_xml(PACK, LINKS))
    assert (parsed.dataset, parsed.source.kind) == ("orphanet-genes", "orphanet-genes")
    assert (parsed.source.date, parsed.source.licence) == ("2023-06-21", "CC-BY-4.0")
    assert parsed.genes == (
        Gene(
            "15999",
            Coding("hgnc", "HGNC:3603"),
            "FBN1",
            "fibrillin 1",
            ("MASS", "SGS"),
            ("15q21.1",),
            (
                Coding("ensembl", "ENSG00000166147"),
                Coding("omim", "134797"),
                Coding("uniprot", "P35555"),
                Coding("iuphar", "1"),
            ),
            "gene with protein product",
        ),
        Gene(
            "5",
            None,
            "GLS9",
            "glass heart 9",
            loci=("1p1", "2q2"),
            type="Non-coding RNA",
        ),
    )
    assert parsed.findings == ()


def test_links_of_product6() -> None:
    parsed = read(genes_xml(PACK, LINKS))
    assert parsed.gene_links == (
        GeneLink("558", "15999", Kind.GERMLINE, True, ("PMID:22587682", "PMID:28285769")),
        GeneLink("558", "5", Kind.CANDIDATE, False),
        GeneLink("99", "15999", Kind.LOSS_OF_FUNCTION, True, ("EXPERT:ORPHANET_A. Doe",)),
        GeneLink("40", "5", Kind.BIOMARKER, True, ("see text",)),
    )
    assert parsed.counts == {
        "disorders": 3,
        "genes": 2,
        "associations": 4,
        "associations_assessed": 3,
        # One for each association, as Orphanet counts them.
        "references_ensembl": 2,
        "references_hgnc": 2,
        "references_iuphar": 2,
        "references_omim": 2,
        "references_uniprot": 2,
    }


def test_a_gene_that_is_described_in_two_ways() -> None:
    data = genes_xml(PACK, LINKS)
    last = data.rindex(b"<Symbol>GLS9")
    data = data[:last] + data[last:].replace(b"GLS9", b"GLS8", 1)
    parsed = read(data)
    assert [gene.symbol for gene in parsed.genes] == ["FBN1", "GLS9"]
    (noted,) = parsed.findings
    assert (noted.key, noted.values) == ("gene-disagreement", {"symbol": "GLS8", "gene": "5"})


def test_a_link_given_twice() -> None:
    parsed = read(genes_xml(PACK, {"558": [LINKS["558"][0]] * 2}))
    assert len(parsed.gene_links) == 1
    assert [noted.key for noted in parsed.findings] == ["repeated-row"]


PRODUCT6 = genes_xml(PACK, LINKS)


@pytest.mark.parametrize(
    ("old", "new", "reason", "at"),
    [
        ('<Gene id="15999">', '<Gene id="x">', "bad-value", '<Gene id="x"'),
        ("<Symbol>FBN1</Symbol>", "", "missing-element", "<Gene id"),
        ('AssociationType id="17949"', 'AssociationType id="1"', "bad-value", 'Type id="1"'),
        ('AssociationStatus id="17991"', 'AssociationStatus id="2"', "bad-value", 'Status id="2"'),
        ('DisorderList count="3"', 'DisorderList count="3945"', "count-mismatch", "<DisorderList"),
        ('<LocusList count="1"', '<LocusList count="2"', "count-mismatch", "<LocusList"),
        ("<OrphaCode>40<", "<OrphaCode>99<", "duplicate-code", '<Disorder id="940"'),
        ("<Source>HGNC</Source>", "", "missing-element", '<ExternalReference id="7"'),
    ],
)
def test_damage_in_product6(old: str, new: str, reason: str, at: str) -> None:
    data = changed(PRODUCT6, "ISO-8859-1", (old, new))
    line = line_of(data, at)
    if "HGNC" in old:
        line += 4  # the second reference of the gene
    refused(lambda: read_file("p6.xml", data), "p6.xml", reason, line)


def test_a_shortened_product6_with_force() -> None:
    data = changed(PRODUCT6, "ISO-8859-1", ('DisorderList count="3"', 'DisorderList count="3945"'))
    parsed = read_file("p6.xml", data, reading=Reading(force=True))
    assert isinstance(parsed, RelatedFile)
    assert [noted.key for noted in parsed.findings] == ["count-accepted"]
    assert len(parsed.gene_links) == 4


def test_a_truncated_product6() -> None:
    cut = PRODUCT6[: PRODUCT6.index(b'<Disorder id="940"')]
    refused(lambda: read_file("p6.xml", cut), "p6.xml", "truncated-xml", cut.count(b"\n") + 1)


def test_genes_are_not_taken_for_references() -> None:
    assert read(PRODUCT6).dataset == "orphanet-genes"
    other = references_xml(PACK, {"558": [Reference("HGNC", "3603")]})
    assert read(other).dataset == "orphanet-references"


# --- The tables ---------------------------------------------------------------------------------

HEAD = (
    "orpha_code\tgene_id\tassociation_type\tassociation_status\tpref_symbol\tname\tEnsembl\t"
    "Genatlas\tHGNC\tOMIM\tReactome\tSwissProt\tIUPHAR\tlocus"
)
CAUSAL = "Disease-causing germline mutation(s) in"
FBN1_CODES = "ENSG00000166147\t\t3603\t134797\t\tP35555,Q1\t"
GLASS_ROW = "40\t5\tBiomarker tested in\tNot yet assessed\tGLS9\tglass, heart 9\t\t\t\t\t\t\t\t"
ROWS = (
    HEAD,
    f"558\t15999\t{CAUSAL}\tAssessed\tFBN1\tfibrillin 1\t{FBN1_CODES}\t15q21.1",
    GLASS_ROW + "1p1",
    GLASS_ROW + "2q2",
)
SYNONYMS = (
    "gene_id\tpref_symbol\tname\tsynonyms",
    "15999\tFBN1\tfibrillin 1\tMASS",
    "15999\tFBN1\tfibrillin 1\tSGS, old",
    "5\tGLS9\tglass, heart 9\t",
)


def table(lines: tuple[str, ...], *changes: tuple[str, str], end: str = "\n") -> bytes:
    return changed((end.join(lines) + end).encode(), "UTF-8", *changes)


def format_of(data: bytes) -> Format | None:
    found = [each for each in FORMATS if each.recognises(Sample.of("x.txt", data))]
    assert len(found) < 2
    return found[0] if found else None


def read_table(data: bytes) -> RelatedFile:
    known = format_of(data)
    assert known
    parsed = known.read("t.tsv", data, Reading())
    assert parsed.source.kind == known.key
    return parsed


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_table_of_associations(end: str) -> None:
    parsed = read_table(table(ROWS, end=end))
    assert (parsed.dataset, parsed.rank, parsed.source.date) == ("orphanet-genes", 0, None)
    assert parsed.genes == (
        Gene(
            "15999",
            Coding("hgnc", "HGNC:3603"),
            "FBN1",
            "fibrillin 1",
            loci=("15q21.1",),
            references=(
                Coding("ensembl", "ENSG00000166147"),
                Coding("omim", "134797"),
                Coding("uniprot", "P35555"),
                Coding("uniprot", "Q1"),
            ),
        ),
        Gene("5", None, "GLS9", "glass, heart 9", loci=("1p1", "2q2")),
    )
    assert parsed.gene_links == (
        GeneLink("558", "15999", Kind.GERMLINE, True),
        GeneLink("40", "5", Kind.BIOMARKER, False),
    )
    assert parsed.findings == ()
    counts = {key: number for key, number in parsed.counts.items() if number}
    assert counts == {
        "rows": 3,
        "associations": 2,
        "disorders": 2,
        "genes": 2,
        "references_ensembl": 1,
        "references_hgnc": 1,
        "references_omim": 1,
        "references_uniprot": 1,
    }


def test_the_table_of_synonyms() -> None:
    parsed = read_table(table(SYNONYMS))
    assert parsed.dataset == "orphanet-gene-synonyms"
    assert parsed.genes == (
        Gene("15999", None, "FBN1", "fibrillin 1", ("MASS", "SGS, old")),
        Gene("5", None, "GLS9", "glass, heart 9"),
    )
    assert parsed.counts == {
        "gene_synonym_rows": 3,
        "gene_synonyms": 2,
        "genes_with_synonyms": 1,
    }


def test_what_the_tables_say_of_a_gene_together() -> None:
    one, other = (read_table(each).genes[0] for each in (table(ROWS), table(SYNONYMS)))
    both = joined([one, other])
    assert (both.coding, both.loci, both.synonyms) == (
        Coding("hgnc", "HGNC:3603"),
        ("15q21.1",),
        ("MASS", "SGS, old"),
    )
    assert joined([other, one]) == both
    assert joined([one]) is one


def test_other_tables_are_not_claimed() -> None:
    assert format_of(b"orpha_code\tsource\treference\n1\tOMIM\t100100\n") is None
    assert format_of(b"gene_id\tsynonyms\n") is None
    assert format_of(b"\x00\x01\x02") is None


@pytest.mark.parametrize(
    ("old", "new", "reason", "line"),
    [
        ("\tSwissProt", "\tProtein", "missing-column", 1),
        ("558\t15999", "0\t15999", "bad-value", 2),
        ("558\t15999", "558\tFBN1", "bad-value", 2),
        (CAUSAL, "Cause of", "bad-value", 2),
        ("\tAssessed", "\tPerhaps", "bad-value", 2),
        ("\tFBN1", "\t", "bad-value", 2),
        ("\t15q21.1", "", "bad-row", 2),
    ],
)
def test_damage_in_the_associations(old: str, new: str, reason: str, line: int) -> None:
    data = table(ROWS, (old, new))
    refused(lambda: FORMATS[0].read("t.tsv", data, Reading()), "t.tsv", reason, line)


def test_no_association() -> None:
    data = table(ROWS[:1])
    refused(lambda: FORMATS[0].read("t.tsv", data, Reading()), "t.tsv", "nothing-inside", None)


def test_another_encoding() -> None:
    data = table(ROWS).replace(b"heart 9\t\t\t\t\t\t\t\t2q2", b"heart \xe9\t\t\t\t\t\t\t\t2q2")
    refused(lambda: read_table(data), "t.tsv", "not-text", 4)


@pytest.mark.parametrize(
    ("old", "new", "reason", "line"),
    [("5\tGLS9", "\tGLS9", "bad-value", 4), ("5\tGLS9", "5\t", "bad-value", 4),
     ("\tMASS", "", "bad-row", 2)],
)  # fmt: skip
def test_damage_in_the_synonyms(old: str, new: str, reason: str, line: int) -> None:
    data = table(SYNONYMS, (old, new))
    refused(lambda: read_table(data), "t.tsv", reason, line)


def test_rows_and_genes_that_come_again() -> None:
    parsed = read_table(table((*ROWS, ROWS[1], ROWS[2].replace("GLS9", "GLS8"))))
    assert [(each.key, each.line) for each in parsed.findings] == [
        ("repeated-row", 5),
        ("gene-disagreement", 6),
    ]
    assert (parsed.counts["rows"], parsed.counts["associations"]) == (5, 2)
    again = read_table(table((*SYNONYMS, SYNONYMS[1])))
    assert [(each.key, each.line) for each in again.findings] == [("repeated-row", 5)]
    assert again.genes[0].synonyms == ("MASS", "SGS, old")
