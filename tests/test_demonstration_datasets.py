"""The related datasets of the demonstration: written by the generator, about entities it has."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook

import loaders
from loaders import Options
from ontologies.alignment import IcdRelation, Relation
from ontologies.dataset import Dataset
from tests.packs.demonstration import (
    DEMONSTRATION_2023,
    FOLDER,
    demonstration_files,
    demonstration_tables,
)
from tests.packs.demonstration.related import RELATED
from tests.packs.demonstration.related_genes import GENES, LINKS, SOURCES
from tests.packs.demonstration.related_icd10 import GIVEN, IN_PARTS, TITLED, WIDER
from tests.packs.demonstration.related_mondo import NAMES, SYNONYMS

CODES = {entity.code for entity in DEMONSTRATION_2023.entities}
ACTIVE = {entity.code for entity in DEMONSTRATION_2023.entities if entity.active}


@cache
def dataset(key: str) -> Dataset:
    found = {
        each.content.key: each.content
        for each in loaders.load_all([FOLDER / RELATED], Options())
        if isinstance(each.content, Dataset)
    }
    return found[key]


def test_the_files_on_disk_are_what_the_tables_give() -> None:
    wanted = {name: content for name, content in demonstration_files() if name.parent == RELATED}
    wanted |= dict(demonstration_tables())
    found = {path.relative_to(FOLDER) for path in (FOLDER / RELATED).iterdir()}
    assert found == set(wanted)
    for name, content in wanted.items():
        assert (FOLDER / name).read_bytes() == content, name
    assert sum(map(len, wanted.values())) < 120_000


def test_every_entity_is_an_active_one_of_the_pack() -> None:
    assert {*TITLED, *IN_PARTS, *WIDER, *GIVEN} <= ACTIVE
    assert set(NAMES) <= ACTIVE
    assert set(LINKS) <= ACTIVE
    assert {number for number, _ in NAMES.values()} >= set(SYNONYMS)
    assert not {*TITLED} & {*WIDER, *GIVEN}


def test_every_gene_is_linked_and_every_link_has_a_gene() -> None:
    linked = {symbol for links in LINKS.values() for symbol, _ in links}
    assert linked == {gene.symbol for gene in GENES}
    assert set(SOURCES) <= {(code, symbol) for code, links in LINKS.items() for symbol, _ in links}
    assert len({gene.id for gene in GENES}) == len(GENES)


@pytest.mark.parametrize(
    ("key", "release", "count"),
    [
        ("mondo-rare", "2023-08-07", 27),
        ("mondo-exactmatch-orphanet", "2026-08-04", 60),
        ("orphanet-icd10", "2023-06-22", 57),
        ("orphanet-genes", "2023-06-22", 30),
    ],
)
def test_the_readers_know_what_the_files_are(key: str, release: str, count: int) -> None:
    read = dataset(key)
    assert read.release.id == release
    held = {len(read.terms), len(read.signs), len(read.alignments), len(read.gene_links)}
    assert max(held) == count


def test_an_exact_icd10_code_is_the_specific_one_and_validated() -> None:
    for each in dataset("orphanet-icd10").alignments:
        exact = each.relation is Relation.EXACT
        assert exact == (each.icd_relation is IcdRelation.SPECIFIC) == (each.validated is True)


def test_many_entities_share_a_code() -> None:
    codes = [each.object.code for each in dataset("orphanet-icd10").alignments]
    assert codes.count("E75.2") == 4
    assert codes.count("G60.0") == 4


def test_mondo_has_names_that_orphanet_lacks() -> None:
    own = {
        name.casefold()
        for entity in DEMONSTRATION_2023.entities
        for name in (entity.names["en"], *entity.synonyms.get("en", ()))
    }
    assert all(
        each.casefold() not in own for _, texts in SYNONYMS.values() for each in texts.split("|")
    )


def _cells(line: str) -> list[str]:
    return line.rstrip("\n").split("\t")


@pytest.mark.real
def test_the_names_are_those_of_mondo(real_data: Path) -> None:
    folder = real_data.parent / "mondo"
    text = (folder / "mondo_exactmatch_orphanet.sssom.tsv").read_text("utf-8")
    rows = {(cells[3], *cells[:2]) for cells in map(_cells, text.splitlines()) if len(cells) > 4}
    assert {(f"Orphanet:{code}", f"MONDO:{n}", name) for code, (n, name) in NAMES.items()} <= rows
    report = (folder / "new-rare-diseases.tsv").read_text("utf-8").splitlines()
    known = {cells[0]: cells[1:] for cells in map(_cells, report)}
    for number, (name, texts) in SYNONYMS.items():
        assert known[f"MONDO:{number}"][0] == name
        assert set(texts.split("|")) <= set(known[f"MONDO:{number}"][1].split("|"))


@pytest.mark.real
def test_the_icd10_codes_are_those_of_orphanet(real_data: Path) -> None:
    old = (real_data / "mappings" / "ordo_2.6_2018-07-12_xrefs.tsv").read_text("utf-8")
    known = {(cells[0], cells[2]) for cells in map(_cells, old.splitlines()) if cells[1] == "ICD10"}
    book = load_workbook(
        real_data / "en_2025" / "ORPHAnomenclature_MasterFile_en_2025.xlsx", read_only=True
    )
    known |= {(str(row[0]), str(row[3])) for row in book["ICD10"].iter_rows(values_only=True)}
    book.close()
    for table in (TITLED, IN_PARTS, WIDER, GIVEN):
        for orpha, codes in table.items():
            for code in codes.split():
                # Of E84, whose title is the disease, Orphanet gives the parts.
                parts = {each for owner, each in known if owner == orpha and f"{code}." in each}
                assert (orpha, code) in known or len(parts) > 2, (orpha, code)


@pytest.mark.real
def test_the_genes_are_those_of_orphanet(real_data: Path) -> None:
    def table(name: str) -> list[list[str]]:
        path = real_data / "genes" / f"{name}_2023-12-04_en.tsv.gz"
        return [_cells(line) for line in gzip.open(path, "rt", encoding="utf-8")]

    rows = table("associated_genes")
    for gene in GENES:
        codes = {each.source: each.code for each in gene.references}
        assert any(
            row[1] == gene.id
            and row[4:6] == [gene.symbol, gene.name]
            and row[6] == codes["Ensembl"]
            and row[8:10] == [codes["HGNC"], codes["OMIM"]]
            and row[13] in gene.loci
            for row in rows
        ), gene.symbol
    links = {(row[0], row[4], row[2], row[3]) for row in rows}
    for code, found in LINKS.items():
        for symbol, kind in found:
            assert (code, symbol, kind[1], "Assessed") in links
    synonyms = {(row[0], row[3]) for row in table("genes_synonyms")}
    assert {(gene.id, each) for gene in GENES for each in gene.synonyms} <= synonyms
