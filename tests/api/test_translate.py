"""``/v1/translate``, ``/v1/systems`` and ``/v1/codes/specify`` on the demonstration."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.api.asking import codes, get, post
from thesaurus import releases
from thesaurus.store import Register


def test_the_candidates_of_a_code_of_icd10(client: TestClient) -> None:
    answer = get(client, "/v1/translate?code=E75.2", 200)
    assert answer["release"] == "demo-2023"
    assert answer["source"] == {
        "system": "icd-10",
        "code": "E75.2",
        "curie": "ICD-10:E75.2",
        "label": None,
        "lang": None,
    }
    assert (answer["target"], answer["total"], answer["offset"]) == ("orpha", 4, 0)
    assert codes(answer) == ["324", "355", "646", "77259"]
    fabry = answer["items"][0]
    assert (fabry["label"], fabry["lang"], fabry["status"]) == ("Maladie de Fabry", "fr", "active")
    # E75.2 is broader than Fabry disease: the relation is that of the code that was asked.
    assert (fabry["relation"], fabry["way"], fabry["approximate"]) == ("BTNT", "direct", False)
    assert [each["curie"] for each in fabry["path"]] == ["ICD-10:E75.2", "ORPHA:324"]
    assert fabry["provenance"] == [
        {
            "dataset": "orphanet-icd10",
            "version": "demo-2023",
            "ends": {"orpha": "2023"},
            "justification": None,
            "confidence": None,
        }
    ]


def test_the_other_direction_turns_the_relation(client: TestClient) -> None:
    answer = get(client, "/v1/translate?code=ORPHA:324&target=icd-10", 200)
    assert [(each["code"], each["relation"]) for each in answer["items"]] == [("E75.2", "NTBT")]


def test_an_exact_code_says_so(client: TestClient) -> None:
    (marfan, *_) = get(client, "/v1/translate?code=Q87.4", 200)["items"]
    assert (marfan["code"], marfan["relation"], marfan["icd_relation"]) == ("558", "E", "specific")
    assert marfan["validated"] is True


def test_pages(client: TestClient) -> None:
    first = get(client, "/v1/translate?code=E75.2&limit=3", 200)
    second = get(client, "/v1/translate?code=E75.2&limit=3&offset=3", 200)
    assert (len(first["items"]), len(second["items"])) == (3, 1)
    assert first["total"] == second["total"] == 4
    assert get(client, "/v1/translate?code=E75.2&offset=99", 200)["items"] == []


@pytest.mark.parametrize(
    ("code", "ways"),
    [("Q8740", ["truncated"]), ("Q87.40", ["truncated"]), ("q87.4+", ["direct"]), ("Q87", [])],
)
def test_written_forms_and_extensions_of_icd10(
    client: TestClient, code: str, ways: list[str]
) -> None:
    answer = get(client, f"/v1/translate?code={quote(code)}", 200)
    marfan = [each["way"] for each in answer["items"] if each["code"] == "558"]
    assert marfan == (ways or ["category"])


def test_composed_through_a_third_system(client: TestClient) -> None:
    answer = get(client, "/v1/translate?code=MONDO:0010526&target=icd-10", 200)
    (only,) = answer["items"]
    assert (only["code"], only["way"], only["relation"]) == ("E75.2", "composed", "NTBT")
    assert [each["system"] for each in only["path"]] == ["mondo", "orpha", "icd-10"]
    assert [each["dataset"] for each in only["provenance"]] == [
        "mondo-exactmatch-orphanet",
        "orphanet-icd10",
    ]


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("/v1/translate?code=558&target=nowhere", 400, "unknown_system"),
        ("/v1/translate?code=558&target=orpha", 400, "invalid_parameter"),
        ("/v1/translate?code=558&target=snomed-ct", 404, "no_dataset"),
        ("/v1/translate?code=Q65-Q79&system=icd-10", 400, "invalid_parameter"),
        ("/v1/translate?code=FBN1", 400, "invalid_parameter"),
        ("/v1/translate?code=558&target=hgnc", 400, "invalid_parameter"),
        ("/v1/translate?code=99999&target=mondo", 404, "unknown_code"),
        ("/v1/translate?code=MONDO:0000000", 404, "unknown_code"),
        ("/v1/translate?code=???&target=mondo", 400, "invalid_code"),
        ("/v1/translate?target=mondo", 400, "invalid_parameter"),
        ("/v1/translate?code=558&target=mondo&limit=0", 400, "invalid_parameter"),
        ("/v1/translate?code=558&target=mondo&to=x", 400, "unknown_parameter"),
        ("/v1/concepts/HP:0001166", 404, "unknown_code"),
        ("/v1/concepts/558?system=urn:oid:1.2.3", 400, "unknown_system"),
        ("/v1/concepts/Z99.9", 404, "unknown_code"),
        ("/v1/concepts/MONDO:0010526/children?classification=146", 400, "invalid_parameter"),
    ],
)
def test_what_cannot_be_answered(client: TestClient, url: str, status: int, code: str) -> None:
    get(client, url, status, code=code)


def test_an_identifier_names_the_system(client: TestClient) -> None:
    by_oid = get(client, "/v1/translate?code=324&target=urn:oid:2.16.840.1.113883.6.3", 200)
    assert codes(by_oid) == ["E75.2"]
    page = get(client, "/v1/concepts/0010526?system=mondo", 200)
    assert page["code"] == "MONDO:0010526"


def test_the_page_of_a_mondo_concept(client: TestClient) -> None:
    page = get(client, "/v1/concepts/MONDO:0010526", 200)
    assert (page["system"], page["label"], page["status"]) == ("mondo", "Fabry disease", "active")
    assert page["system_uri"] == "http://purl.obolibrary.org/obo/mondo.owl"
    (alignment,) = page["alignments"]
    assert (alignment["curie"], alignment["relation"]) == ("ORPHA:324", "E")
    assert alignment["label"] == "Maladie de Fabry"
    assert page["gene"] is page["diseases"] is None


def test_the_page_of_a_gene(client: TestClient) -> None:
    by_symbol = get(client, "/v1/concepts/FBN1", 200)
    assert by_symbol == get(client, "/v1/concepts/HGNC:3603", 200)
    assert (by_symbol["code"], by_symbol["label"]) == ("HGNC:3603", "FBN1")
    assert by_symbol["gene"]["loci"] == ["15q21.1"]
    assert {each["entity"]["code"] for each in by_symbol["diseases"]} == {"284963"}


def test_a_gene_is_not_taken_for_a_code_that_nobody_knows(client: TestClient) -> None:
    """TP53 has the form of an ICD-11 code, F11 of one of ICD-10."""
    for symbol in ("TP53", "F11", "XYLT1"):
        answer = get(client, f"/v1/concepts/{symbol}", 404, code="unknown_code")
        assert symbol in answer["detail"]
    get(client, "/v1/concepts/GARD:3603", 404, code="unknown_code")


def test_the_genes_of_a_disorder_and_of_what_stands_below(client: TestClient) -> None:
    page = get(client, "/v1/concepts/558", 200)
    assert {(each["symbol"], each["entity"]["code"]) for each in page["genes"]} == {
        ("FBN1", "284963"),
        ("TGFBR1", "284973"),
        ("TGFBR2", "284973"),
    }
    assert page["signs"] is None  # no annotations in the demonstration
    assert page["datasets"]["orphanet-genes"] == "demo-2023"


def test_a_linked_name_is_found_and_says_where_it_comes_from(client: TestClient) -> None:
    (hit, *_) = get(client, "/v1/suggest", 200, q="fragilitas ossium")["hits"]
    assert hit["code"] == "666"
    assert (hit["match"]["kind"], hit["match"]["source"]) == ("linked", "mondo")


@pytest.mark.parametrize(
    ("code", "genes", "result", "candidates"),
    [
        ("65753", ["MPZ"], "101082", ["101082"]),
        ("65753", ["PMP22"], "65753", ["101081", "90658"]),
        ("ORPHA:558", ["hgnc:3603"], "284963", ["284963"]),
        ("65753", ["HTT"], "65753", []),
        ("65753", [], "65753", []),
    ],
)
def test_specify(
    client: TestClient, code: str, genes: list[str], result: str, candidates: list[str]
) -> None:
    answer = post(client, "/v1/codes/specify", {"code": code, "genes": genes}, 200)
    assert answer["result"]["code"] == result
    assert answer["changed"] == (result not in code)
    assert answer["consistent"] == bool(candidates)
    assert [each["code"] for each in answer["candidates"]] == candidates


def test_specify_says_what_each_gene_means(client: TestClient) -> None:
    body = {"code": "65753", "genes": ["MPZ", "HTT", "XYZ"]}
    answer = post(client, "/v1/codes/specify", body, 200)
    assert answer["genes"] == [
        {"given": "MPZ", "symbols": ["MPZ"], "linked": True},
        {"given": "HTT", "symbols": ["HTT"], "linked": False},
        {"given": "XYZ", "symbols": [], "linked": False},
    ]


def test_specify_wants_a_known_code_and_a_right_body(client: TestClient) -> None:
    post(client, "/v1/codes/specify", {"code": "99999", "genes": []}, 404, code="unknown_code")
    post(client, "/v1/codes/specify", {"code": "558"}, 422, code="invalid_body")
    too_many = {"code": "558", "genes": ["X"] * 101}
    post(client, "/v1/codes/specify", too_many, 422, code="invalid_body")


def test_levels_are_not_listed_without_end(client: TestClient) -> None:
    whole = get(client, "/v1/translate?code=Q87.4&level=subtype", 200)
    again = get(client, "/v1/translate?code=Q87.4&level=subtype&level=subtype", 200)
    assert codes(again) == codes(whole)
    url = f"/v1/translate?code=Q87.4{'&level=subtype' * 2000}"
    get(client, url, 400, code="invalid_parameter")


def test_the_code_systems(client: TestClient) -> None:
    items = {each["name"]: each for each in get(client, "/v1/systems", 200)["items"]}
    assert "urn:oid:1.2.250.1.213.2.49.1" in items["orpha"]["aliases"]
    assert items["orpha"]["concepts"] == 167
    assert items["mondo"]["concepts"] == 59
    assert items["icd-10"]["aligned"] > 30
    assert items["hpo"]["concepts"] == items["hpo"]["aligned"] == 0


def test_the_register_of_datasets(client: TestClient) -> None:
    own = get(client, "/v1/releases", 200)
    assert {each["system"] for each in own["items"]} == {"orphanet"}
    everything = get(client, "/v1/releases?system=all", 200)
    assert everything["release"] == "demo-2023"
    assert {each["system"] for each in everything["items"]} >= {"orphanet", "mondo-rare"}
    one = get(client, "/v1/releases/demo-2023?system=mondo-rare", 200)
    assert (one["system"], one["counts"]["terms"]) == ("mondo-rare", 27)
    report = get(client, "/v1/releases/demo-2023/report?system=mondo-rare", 200)
    assert report["system"] == "mondo-rare"
    get(client, "/v1/releases/demo-2022?system=mondo-rare", 404, code="unknown_release")
    get(client, "/v1/releases?system=nothing", 400, code="unknown_system")


def test_an_answer_is_news_when_a_dataset_went(own_home, register: Register, start) -> None:  # type: ignore[no-untyped-def]
    running = start(own_home)
    before = running.get("/v1/concepts/558")
    tag = {"If-None-Match": before.headers["etag"]}
    assert running.get("/v1/concepts/558", headers=tag).status_code == 304
    releases.remove(register.of("orphanet-genes"), actor="test")
    running.app.state.runtime.refresh()
    after = running.get("/v1/concepts/558", headers=tag)
    assert after.status_code == 200
    assert after.json()["genes"] is None
    post(running, "/v1/codes/specify", {"code": "558", "genes": []}, 404, code="no_dataset")
