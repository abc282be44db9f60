"""The real datasets beside the real nomenclature, through the routes."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

pytestmark = pytest.mark.real


@pytest.fixture
def client(complete: TestClient) -> TestClient:
    return complete


def ask(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_marfan_shows_everything(client: TestClient) -> None:
    page = ask(client, "/v1/concepts/558")
    codes = {(each["system"], each["code"], each["relation"]) for each in page["alignments"]}
    assert codes >= {
        ("mondo", "MONDO:0007947", "E"),
        ("omim", "154700", "unspecified"),
        ("icd-10", "Q87.4", "unspecified"),
        ("icd-11", "LD28.01", "unspecified"),
        ("umls", "C0024796", "unspecified"),
        ("mesh", "D008382", "unspecified"),
    }
    (mondo,) = (
        each
        for each in page["alignments"]
        if each["provenance"]["dataset"] == "mondo-exactmatch-orphanet"
    )
    assert mondo["label"] == "Marfan syndrome"
    assert mondo["provenance"]["version"] == "2026-08-04"
    assert mondo["provenance"]["ends"] == {"mondo": "2026-08-04"}
    assert mondo["provenance"]["justification"] == "semapv:ManualMappingCuration"
    genes = {each["symbol"]: each["entity"]["code"] for each in page["genes"]}
    assert genes["FBN1"] == "284963"
    assert genes["TGFBR2"] == "284973"
    signs = {each["code"]: each for each in page["signs"]}
    assert len(signs) == 68
    assert signs["HP:0001166"]["label"] == "Arachnodactylie"
    assert signs["HP:0001166"]["frequency_label"] == "Très fréquent"
    assert page["signs"][0]["frequency"] == "HP:0040281"


def test_every_sign_of_a_disease_has_a_french_or_english_name(client: TestClient) -> None:
    for code in ("558", "586", "399", "15"):
        page = ask(client, f"/v1/concepts/{code}")
        assert page["signs"]
        assert all(each["label"] for each in page["signs"])


def test_the_candidates_of_a_code_of_icd10(client: TestClient) -> None:
    answer = ask(client, "/v1/translate", code="Q77.3", target="orpha")
    assert answer["source"]["label"] == "Chondrodysplasia punctata"
    found = {each["code"]: each for each in answer["items"]}
    assert answer["total"] == len(found)
    assert {"177", "35173", "79345", "79347", "93442"} & set(found)
    assert all(each["relation"] == "unspecified" for each in found.values())
    assert not any(each["approximate"] for each in found.values() if each["way"] == "direct")
    for each in found.values():
        assert each["label"]
        assert each["provenance"]


def test_a_code_with_hundreds_of_candidates_comes_in_pages(client: TestClient) -> None:
    first = ask(client, "/v1/translate", code="Q87.8", limit=100)
    second = ask(client, "/v1/translate", code="Q87.8", limit=100, offset=100)
    assert first["total"] > 500
    assert len(first["items"]) == len(second["items"]) == 100
    assert not {each["code"] for each in first["items"]} & {
        each["code"] for each in second["items"]
    }
    statuses = [each["status"] for each in first["items"]]
    assert set(statuses) <= {"active", "active_historic"}


@pytest.mark.parametrize(
    ("code", "approximate", "way"),
    [("Q87.4", False, "direct"), ("Q8740", True, "truncated"), ("Q874", False, "direct")],
)
def test_french_extensions_are_cut(
    client: TestClient, code: str, approximate: bool, way: str
) -> None:
    answer = ask(client, "/v1/translate", code=code)
    (marfan,) = (each for each in answer["items"] if each["code"] == "558")
    assert (marfan["approximate"], marfan["way"]) == (approximate, way)


def test_composed_translations_tell_their_path(client: TestClient) -> None:
    answer = ask(client, "/v1/translate", code="558", target="ncit")
    (only,) = answer["items"]
    assert (only["code"], only["way"], only["relation"]) == ("C34807", "composed", "E")
    assert [each["curie"] for each in only["path"]] == ["ORPHA:558", "MONDO:0007947", "NCIT:C34807"]
    assert {each["dataset"] for each in only["provenance"]} >= {"mondo-equivalencies"}


@pytest.mark.parametrize(
    ("code", "system", "name"),
    [
        ("HP:0001166", "hpo", "Arachnodactylie"),
        ("HP:0001505", "hpo", "Arachnodactylie"),  # merged into HP:0001166
        ("MONDO:0007947", "mondo", "Marfan syndrome"),
        ("Q87.4", "icd-10", "Marfan syndrome"),
        ("FBN1", "hgnc", "FBN1"),
        ("HGNC:3603", "hgnc", "FBN1"),
        ("OMIM:154700", "omim", None),
        ("Q65-Q79", "icd-10", None),
    ],
)
def test_a_page_for_every_system(
    client: TestClient, code: str, system: str, name: str | None
) -> None:
    query = {"system": "icd-10"} if "-" in code else {}
    page = ask(client, f"/v1/concepts/{code}", **query)
    assert page["system"] == system
    if name:
        assert page["label"] == name


def test_a_gene_shows_its_diseases(client: TestClient) -> None:
    page = ask(client, "/v1/concepts/FBN1")
    assert page["gene"]["loci"] == ["15q21.1"]
    assert {each["entity"]["code"] for each in page["diseases"]} >= {"284963", "1885", "2833"}
    assert [each["assessed"] for each in page["diseases"]].index(False) > 5


def test_an_obsolete_sign_leads_to_what_replaces_it(client: TestClient) -> None:
    page = ask(client, "/v1/concepts/HP:0000057")
    assert page["status"] == "obsolete"
    assert [each["code"] for each in page["replaced_by"]] == ["HP:0008665"]


def test_linked_names_are_found_and_marked(client: TestClient) -> None:
    hits = ask(client, "/v1/suggest", q="fragilitas ossium")["hits"]
    assert (hits[0]["code"], hits[0]["match"]["kind"], hits[0]["match"]["source"]) == (
        "666",
        "linked",
        "mondo",
    )


# Each with its reason, out of the tables of 2023-12-04 and the classifications of 2023.
SPECIFIED = [
    ("65753", ["MPZ"], "101082", "CMT1B is the only subtype of CMT1 with MPZ"),
    ("65753", ["PMP22"], "65753", "CMT1A and CMT1E have PMP22"),
    ("65753", ["HGNC:7225"], "101082", "HGNC:7225 is MPZ"),
    ("65753", ["MPZ", "POMT1"], "101082", "nothing below CMT1 has POMT1"),
    ("65753", ["MPZ", "PMP22"], "65753", "three subtypes have one of the two"),
    ("64747", ["MPZ"], "64747", "no X-linked CMT has MPZ"),
    ("558", ["FBN1"], "284963", "FBN1 is tied to Marfan type 1 alone"),
    ("558", ["FBN1", "TGFBR1"], "558", "type 1 has one, type 2 the other"),
    ("903", ["VWF"], "903", "every type of von Willebrand disease has VWF"),
    ("98249", ["COL5A1"], "287", "classical Ehlers-Danlos is the only one with COL5A1"),
    ("98249", ["COL3A1"], "98249", "two vascular forms have COL3A1"),
    ("216", ["CLN3"], "79264", "juvenile neuronal ceroid lipofuscinosis is CLN3's"),
    ("183660", ["IL2RG"], "276", "a group above several levels is made precise as well"),
    ("137", ["PMM2"], "79318", "PMM2-CDG is the only entity of the group with PMM2"),
    ("586", ["CFTR"], "586", "the code itself is the only candidate"),
    ("217569", ["MYBPC3"], "217569", "no entity below it has an assessed causal link"),
    ("558", ["MFS1"], "558", "MFS1 is a name that the gene table does not have"),
]


@pytest.mark.parametrize(("code", "genes", "result", "why"), SPECIFIED)
def test_specification(
    client: TestClient, code: str, genes: list[str], result: str, why: str
) -> None:
    answer = client.post("/v1/codes/specify", json={"code": code, "genes": genes}).json()
    assert answer["result"]["code"] == result, why
    assert answer["changed"] == (result != code)


def test_the_register_has_them_all(client: TestClient) -> None:
    items = ask(client, "/v1/releases", system="all")["items"]
    served = [each for each in items if each["state"] != "superseded"]  # 2022 came before
    assert {each["system"]: each["state"] for each in served} == dict.fromkeys(
        [
            "hpo",
            "hpo-annotations",
            "hpo-fr",
            "hpo-fr-changed",
            "hpo-fr-synonyms",
            "icd-10",
            "mondo-equivalencies",
            "mondo-exactmatch-orphanet",
            "mondo-hasdbxref-orphanet",
            "mondo-rare",
            "ordo-import",
            "ordo-xrefs",
            "orphanet",
            "orphanet-gene-synonyms",
            "orphanet-genes",
            "orphanet-masterfile",
        ],
        "active",
    )
    counts = {each["system"]: each["counts"] for each in items}
    assert counts["hpo"]["terms"] == 19_484
    assert counts["orphanet-genes"]["rows"] == 8_351
    assert counts["ordo-xrefs"]["rows"] == 23_623
    assert counts["mondo-exactmatch-orphanet"]["rows"] == 9_785
    assert counts["orphanet-masterfile"]["disorders"] == 6_527
