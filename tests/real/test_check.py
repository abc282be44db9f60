"""The check on the real nomenclature of 2023, with 2022 before it and the datasets beside it.

What is expected is what a person finds who looks the codes up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from thesaurus.coding.rules import RULES
from thesaurus.coding.testkit import SAMPLES, Sample

pytestmark = pytest.mark.real

Item = dict[str, Any]
# No file of product 9 is at hand.
WITHOUT_DATA = {"DX-103", "DX-104"}


def check(client: TestClient, *diagnoses: Item, **body: Any) -> list[Item]:
    sent = {"submissions": [{"id": "1", "diagnoses": list(diagnoses)}], **body}
    answer = client.post("/v1/check", json=sent)
    assert answer.status_code == 200, answer.text
    found: list[Item] = answer.json()["results"][0]["findings"]
    return found


def rules(findings: list[Item]) -> list[str]:
    return [each["rule"] for each in findings]


def codes(finding: Item) -> list[str]:
    return [each["code"] for each in finding["suggestions"]]


@pytest.mark.parametrize("kind", ["faulty", "sound"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.rule)
def test_the_samples_hold_on_the_real_data(complete: TestClient, sample: Sample, kind: str) -> None:
    if sample.rule in WITHOUT_DATA:
        pytest.skip(f"no dataset {RULES[sample.rule].needs} at hand")
    fields = sample.submissions()[kind]
    body: Item = {"profile": sample.profile, "submissions": [fields]}
    if sample.before and kind == "faulty":
        body["release"] = "2022"
    found = complete.post("/v1/check", json=body).json()["results"][0]["findings"]
    assert (sample.rule in rules(found)) is (kind == "faulty")


CASES: list[tuple[str, Item, list[str], str | None]] = [
    ("deprecated", {"code": "166068"}, ["DX-010"], "166063"),
    ("obsolete with a target", {"code": "255199"}, ["DX-011"], "255210"),
    ("obsolete without", {"code": "217601"}, ["DX-012"], "217595"),
    ("non rare", {"code": "802"}, ["DX-013"], None),
    ("historic", {"code": "529"}, ["DX-014"], None),
    ("head of a classification", {"code": "98006"}, ["DX-021"], None),
    ("category", {"code": "68366"}, ["DX-021"], None),
    ("clinical group", {"code": "513"}, ["DX-020"], None),
    ("subtype", {"code": "284963"}, [], None),
    ("subtype with its gene", {"code": "284963", "genes": ["FBN1"]}, [], None),
    ("disorder with a gene", {"code": "558", "genes": ["FBN1"]}, ["DX-072"], "284963"),
    ("CMT1 with MPZ", {"code": "65753", "genes": ["MPZ"]}, ["DX-020", "DX-072"], "101082"),
    ("CMT1 with PMP22", {"code": "65753", "genes": ["PMP22"]}, ["DX-020"], None),
    ("gone in 2023", {"code": "398980"}, ["DX-006"], "168829"),
    ("number of OMIM", {"code": "154700"}, ["DX-004"], "558"),
    ("CIM-10 in the field", {"code": "Q87.4", "system": "cim-10"}, ["DX-060"], "558"),
    ("label of 2022", {"code": "637", "label": "Neurofibromatose type 2"}, ["DX-051"], "637"),
    ("label with another accent", {"code": "513", "label": "Leucémie lymphoblastique aigüe"},
     ["DX-020"], None),
    ("label in English", {"code": "558", "label": "Marfan syndrome"}, [], None),
    ("label of another", {"code": "558", "label": "Mucoviscidose"}, ["DX-050"], "586"),
    ("sign of HPO", {"code": "HP:0001250"}, ["DX-081"], None),
    ("sign that was merged", {"code": "558", "phenotypes": ["HP:0001505"]}, ["DX-080"], None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("diagnosis", "expected", "first"),
    [each[1:] for each in CASES],
    ids=[each[0] for each in CASES],
)
def test_a_case(
    complete: TestClient, diagnosis: Item, expected: list[str], first: str | None
) -> None:
    findings = check(complete, diagnosis)
    assert rules(findings) == expected
    if first:
        assert codes(findings[-1])[0] == first


def test_an_acronym_of_several_diseases_names_them_all(complete: TestClient) -> None:
    """« SMD » is a name of several entities; a code that bears it is not at fault."""
    (missing,) = check(complete, {"status": "confirmé", "label": "ALL"})
    assert "513" in codes(missing)
    assert rules(check(complete, {"code": "513", "label": "ALL"})) == ["DX-020"]


def test_undiagnosed(complete: TestClient) -> None:
    alone = check(complete, {"code": "616874", "status": "confirmé"})
    assert rules(alone) == ["DX-030", "DX-032"]
    described = {
        "code": "616874",
        "status": "indéterminé",
        "techniques": ["MED-084"],
        "phenotypes": ["HP:0001250"],
    }
    assert check(complete, described) == []


def test_both_languages_and_both_years(complete: TestClient) -> None:
    new, old = {"code": "634461"}, {"code": "398980"}
    assert rules(check(complete, new)) == []
    assert rules(check(complete, new, release="2022")) == ["DX-005", "DX-062"]
    assert rules(check(complete, old, release="2022")) == ["DX-062"]


def test_every_active_entity_by_its_own_names_is_fine(complete: TestClient) -> None:
    """No entity of the nomenclature is found fault with for its own labels."""
    below = complete.get("/v1/concepts/98053/descendants").json()["items"]
    submissions = [
        {"id": each["code"], "diagnoses": [{"code": each["curie"], "label": each["label"]}]}
        for each in below
    ]
    answer = complete.post("/v1/check", json={"submissions": submissions}).json()
    assert "DX-050" not in answer["summary"]["rules"]
    assert answer["summary"]["submissions"] > 3000


# -- the documents of the ANS --------------------------------------------------------------


def _document(complete: TestClient, real_data: Path, version: str) -> Item:
    folder = real_data.parent / "cda"
    if not folder.is_dir():
        pytest.skip(f"no documents in {folder}")
    (path,) = folder.glob(f"SDM-MR_{version}*.xml")
    answer = complete.post(
        "/v1/check/cda", content=path.read_bytes(), headers={"content-type": "application/xml"}
    )
    assert answer.status_code == 200, answer.text
    found: Item = answer.json()["documents"][0]
    return found


def _said(document: Item) -> list[tuple[str, str, str, int]]:
    return [
        (each["rule"], each["severity"][0].upper(), each["path"], each["line"])
        for each in document["result"]["findings"]
    ]


def test_the_document_of_2022(complete: TestClient, real_data: Path) -> None:
    document = _document(complete, real_data, "2022.01")
    assert (document["version"], document["profile"], document["notes"]) == (
        *("2022.01", "cda-2022", []),
    )
    assert _said(document) == [
        # 513 is a clinical group: the leukaemia is known better than that, and groups have an OID
        # of their own. « aigüe » is « aiguë »: its label needs no word.
        ("DX-020", "W", "/diagnoses/0/code", 1082),
        ("DX-061", "W", "/diagnoses/0/system", 1082),
        # ABCA9-AS1 is a gene of HGNC, and none that Orphanet links with a rare disease.
        ("DX-070", "W", "/diagnoses/0/genes/0", 1282),
        # The same group in the list of problems.
        ("DX-061", "W", "/problems/0/system", 399),
    ]
    # The group 98006 and R26.0 stand in the clinical description, where they belong; every
    # mandatory item of 2022 is there.
    assert document["result"]["valid"]
    assert document["result"]["normalized"] == [
        {"code": "513", "label": "Leucémie lymphoblastique aiguë"}
    ]


def test_the_document_of_2024(complete: TestClient, real_data: Path) -> None:
    document = _document(complete, real_data, "2024.01")
    assert (document["version"], document["profile"]) == ("2024.01", "cda-2024")
    assert _said(document) == [
        # In 2024 a group is no diagnosis at all.
        ("DX-020", "E", "/diagnoses/0/code", 1222),
        ("DX-061", "W", "/diagnoses/0/system", 1222),
        ("DX-070", "W", "/diagnoses/0/genes/0", 1464),
        # The first case of the family has the same group.
        ("DX-061", "W", "/family_history/0/system", 484),
    ]
    assert not document["result"]["valid"]
    first = document["result"]["findings"][0]
    assert first["xpath"].endswith("/cda:observation/cda:value")
    below = [each["label"] for each in first["suggestions"]]
    assert below
    assert all("eucémie" in each or "lymph" in each.lower() for each in below)


def test_a_document_that_lacks_an_item(complete: TestClient, real_data: Path) -> None:
    (path,) = (real_data.parent / "cda").glob("SDM-MR_2024.01*.xml")
    data = path.read_text(encoding="utf-8")
    for code in ("PAT-064", "PAT-065"):
        data = data.replace(f'code="{code}"', 'code="PAT-999"')
    answer = complete.post(
        "/v1/check/cda", content=data.encode(), headers={"content-type": "application/xml"}
    ).json()
    missing = [each for each in answer["results"][0]["findings"] if each["rule"] == "DX-102"]
    assert [(each["severity"], each["path"]) for each in missing] == [
        ("error", "/diagnoses/0/age_at_genetic_diagnosis")
    ]
