"""Orphanet's other products as they are: the counts of their README, and what is odd in them."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from loaders.orphanet.genetables import FORMATS as GENE_TABLES
from loaders.orphanet.reading import ParsedFile
from loaders.orphanet.sniffing import read_file
from loaders.orphanet.xrefs import FORMATS as XREFS
from loaders.related import Reading, RelatedFile, Sample
from loaders.report import tally
from ontologies.alignment import Relation
from ontologies.errors import Refused
from ontologies.genes import joined
from ontologies.systems import Coding

pytestmark = pytest.mark.real


def read_table(path: Path) -> RelatedFile:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    sample = Sample.of("unnamed", data)
    (known,) = (each for each in (*GENE_TABLES, *XREFS) if each.recognises(sample))
    return known.read(path.name, data, Reading())


def test_the_alignments_of_the_master_file_of_2025(real_data: Path) -> None:
    path = real_data / "en_2025" / "ORPHAnomenclature_MasterFile_en_2025.xlsx"
    parsed = read_file(path.name, path.read_bytes())
    assert isinstance(parsed, ParsedFile)
    related = parsed.related
    assert related
    assert related.counts == {
        "disorders": 6527,
        "disorders_icd-10": 6355,
        "codes_icd-10": 2103,
        "references_icd-10": 7076,
        "disorders_icd-11": 4683,
        "codes_icd-11": 2222,
        "references_icd-11": 4928,
    }
    assert len(parsed.entities) == 6527
    assert len(related.alignments) == 7076 + 4928
    # Dagger and asterisk, at the end of 28 and 30 codes.
    marks = Counter(each.written[-1] for each in related.alignments if each.written)
    assert marks == {"+": 28, "*": 30}
    # 799 rows have "N/A" for the address.
    assert sum(each.uri is not None for each in related.alignments) == 4928 - 799
    odd = [each.values["value"] for each in related.findings if each.key == "unfit-code"]
    assert [value for value in odd if not str(value).startswith("XH")] == ["A18.0,"]
    # Extension codes of ICD-11: histopathology.
    extensions = [each for each in related.alignments if each.object.code.startswith("XH")]
    assert len(extensions) == 73
    assert {each.relation for each in related.alignments} == {Relation.UNSPECIFIED}
    assert (related.source.date, related.ends) == ("2025-06-25", {"orpha": "2025"})


def test_product6_is_shortened_and_needs_force(real_data: Path) -> None:
    path = real_data / "genes" / "en_product6.xml"
    with pytest.raises(Refused) as caught:
        read_file(path.name, path.read_bytes())
    assert (caught.value.reason, caught.value.line) == ("count-mismatch", 10)
    parsed = read_file(path.name, path.read_bytes(), force=True)
    assert isinstance(parsed, RelatedFile)
    assert parsed.counts == {
        "disorders": 64,
        "associations": 143,
        "associations_assessed": 128,
        "genes": 121,
        "references_ensembl": 143,
        "references_hgnc": 143,
        "references_omim": 142,
        "references_genatlas": 136,
        "references_uniprot": 126,
        "references_reactome": 111,
        "references_iuphar": 36,
    }
    assert tally(parsed.findings) == {"count-accepted": 1}
    assert len(parsed.gene_links) == 143
    assert sum(bool(link.sources) for link in parsed.gene_links) == 143 - 25
    assert {source.partition(":")[0] for link in parsed.gene_links for source in link.sources} == {
        "PMID"
    }


def test_the_gene_tables_of_2023(real_data: Path) -> None:
    associations = read_table(real_data / "genes" / "associated_genes_2023-12-04_en.tsv.gz")
    assert associations.counts == {
        "rows": 8351,
        "associations": 8351,  # no association is repeated for a second locus
        "disorders": 3948,
        "genes": 4494,
        "references_ensembl": 8302,
        "references_genatlas": 7822,
        "references_hgnc": 8347,
        "references_omim": 8306,
        "references_reactome": 6765,
        "references_uniprot": 8234,
        "references_iuphar": 2155,
    }
    assert len(associations.gene_links) == 8351
    assert associations.findings == ()
    synonyms = read_table(real_data / "genes" / "genes_synonyms_2023-12-04_en.tsv.gz")
    assert synonyms.counts == {
        "gene_synonym_rows": 12924,
        "gene_synonyms": 12924 - 715,
        "genes_with_synonyms": 4494 - 715,
    }
    assert synonyms.findings == ()
    assert {gene.id for gene in synonyms.genes} == {gene.id for gene in associations.genes}


def test_a_gene_of_both_tables(real_data: Path) -> None:
    files = [
        read_table(real_data / "genes" / f"{name}_2023-12-04_en.tsv.gz")
        for name in ("associated_genes", "genes_synonyms")
    ]
    found = [gene for file in files for gene in file.genes if gene.symbol == "FBN1"]
    gene = joined(found)
    assert gene.coding == Coding("hgnc", "HGNC:3603")
    assert gene.loci == ("15q21.1",)
    assert "MASS" in gene.synonyms


def test_the_references_of_ordo_2018(real_data: Path) -> None:
    parsed = read_table(real_data / "mappings" / "ordo_2.6_2018-07-12_xrefs.tsv")
    assert parsed.counts == {
        "rows": 23623,
        "disorders": 7704,
        "references_icd-10": 8044,
        "references_omim": 7194,
        "references_umls": 5399,
        "references_mesh": 1780,
        "references_meddra": 1206,
    }
    assert len(parsed.alignments) == 23623
    assert parsed.ends == {"orpha": "2018"}
    marks = Counter(each.written[-1] for each in parsed.alignments if each.written)
    assert marks == {"+": 43, "*": 43}
    # A comma for a dot, and OMIM numbers of five digits.
    assert sorted(str(each.values["value"]) for each in parsed.findings) == [
        "11603",
        "12427",
        "C85,7",
        "C85,7",
    ]
