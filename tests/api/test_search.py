"""``GET /v1/search`` on the demonstration."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.asking import ask, codes, get
from tests.api.conftest import Start
from tests.api.serving import serving, until
from thesaurus import releases
from thesaurus.store import Perimeters, Register

URL = "/v1/search"


def found(client: TestClient, q: str, **parameters: Any) -> list[str]:
    return codes(get(client, URL, 200, q=q, **parameters))


def test_an_answer_says_what_was_found_and_why(client: TestClient) -> None:
    answer = get(client, URL, 200, q="marfan level:disorder")
    score = answer["items"][0].pop("score")
    assert 0 < score <= 1
    highlight = answer["items"][0].pop("highlights")[0]
    assert highlight == {
        "field": "label",
        "lang": "fr",
        "text": "Syndrome de Marfan",
        "source": None,
        "spans": [[12, 18]],
    }
    facets = answer.pop("facets")
    assert facets["level"] == [{"value": "disorder", "label": "Pathologie", "count": 1}]
    assert facets["status"] == [{"value": "active", "label": "actif", "count": 1}]
    assert {key: each for key, each in facets["classification"][1].items() if key != "label"} == {
        "value": "199",
        "count": 1,
    }
    assert answer == {
        "release": "demo-2023",
        "query": "marfan level:disorder",
        "total": 1,
        "page": 1,
        "pages": 1,
        "page_size": 20,
        "items": [
            {
                "code": "558",
                "curie": "ORPHA:558",
                "label": "Syndrome de Marfan",
                "lang": "fr",
                "level": "disorder",
                "type": "disease",
                "status": "active",
                "replaced_by": None,
            }
        ],
        "did_you_mean": None,
    }


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("marfan type:sous-type", ["284963", "284973"]),
        ("gene:FBN1", ["558", "284963"]),
        ("within:558", ["284963", "284973"]),
        ("code:Orphanet_558", ["558"]),
        ('"syndrome de marfan" SAUF type', ["558"]),
    ],
)
def test_queries(client: TestClient, q: str, expected: list[str]) -> None:
    assert found(client, q) == expected


def test_labels_and_counts_in_the_language_asked_for(client: TestClient) -> None:
    answer = get(client, URL, 200, q="marfan", lang="en")
    assert answer["items"][0]["label"] == "Marfan syndrome"
    assert answer["facets"]["level"][0]["label"] == "Subtype of disorder"


def test_inactive_concepts_are_found_below_active_ones_with_their_target(
    client: TestClient,
) -> None:
    (item,) = get(client, URL, 200, q="code:255241")["items"]
    assert (item["status"], item["replaced_by"]) == ("deprecated", "506")


def test_pages_and_orders(client: TestClient) -> None:
    whole = get(client, URL, 200, q="status:active", page_size=100, sort="code")
    assert whole["total"] > 50
    pages = [found(client, "status:active", page=page, page_size=30, sort="code")
             for page in range(1, whole["total"] // 30 + 2)]  # fmt: skip
    assert [code for page in pages for code in page][:100] == codes(whole)
    assert codes(whole) == sorted(codes(whole), key=int)
    labels = [
        each["label"]
        for each in get(client, URL, 200, q="type:maladie", sort="label", page_size=5)["items"]
    ]
    assert labels == sorted(labels, key=str.casefold)
    levels = [
        each["level"]
        for each in get(client, URL, 200, q="NOT x", sort="level", page_size=100)["items"]
    ]
    assert levels == sorted(levels, key=["group", "disorder", "subtype"].index)
    beyond = get(client, URL, 200, q="marfan", page=10_000)
    assert (beyond["items"], beyond["total"]) == ([], 3)


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("marfna type:maladie", "marfan type:maladie"),
        ("FBN1", "gene:FBN1"),
        ("définition:xyz", None),
    ],
)
def test_did_you_mean(client: TestClient, q: str, meant: str | None) -> None:
    answer = get(client, URL, 200, q=q)
    assert (answer["total"], answer["did_you_mean"]) == (0, meant)
    if meant:
        assert get(client, URL, 200, q=meant)["total"] > 0


@pytest.mark.parametrize(
    ("q", "place"),
    [
        ("(marfan", "q/0-1"),
        ("marfan AND", "q/7-10"),
        ('say "x', "q/4-6"),
        ("foo:bar", "q/0-3"),
        ("type:truc", "q/5-9"),
        ("marfan *", "q/7-8"),
        ("marfan -type", "q/7-12"),
    ],
)
def test_an_error_says_where_in_both_languages(client: TestClient, q: str, place: str) -> None:
    problem = get(client, URL, 400, code="invalid_query", q=q)
    (fault,) = problem["faults"]
    assert fault["path"] == place
    start = int(re.findall(r"\d+", place)[0])
    assert f"caractère {start + 1}," in problem["detail"]
    assert f"character {start + 1}," in problem["detail_en"]


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"q": ""},
        {"q": "x" * 2001},
        {"q": "a", "page": 0},
        {"q": "a", "page": 10_001},
        {"q": "a", "page_size": 101},
        {"q": "a", "sort": "best"},
        {"q": "a", "lang": "FR"},
    ],
)
def test_values_that_are_not_of_their_form(client: TestClient, parameters: Any) -> None:
    get(client, URL, 400, code="invalid_parameter", **parameters)


@pytest.mark.parametrize(
    "q", ["'; DROP TABLE x", "%", "a\x00b", "\u202emarfan", "<b>marfan</b>", "a~2 b^3", "x" * 2000]
)
def test_any_text_is_answered_or_refused(client: TestClient, q: str) -> None:
    assert client.get(URL, params={"q": q}).status_code in (200, 400)


def test_unknown_parameters_are_refused(client: TestClient) -> None:
    get(client, URL, 400, code="unknown_parameter", q="a", limit=3)


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = ask(client, "GET", f"{URL}?q=marfan", 200)
    tag = first.headers["etag"]
    assert ask(client, "GET", f"{URL}?q=marfan", 304, headers={"If-None-Match": tag}).text == ""
    assert ask(client, "GET", f"{URL}?q=marfan&page=2", 200).headers["etag"] != tag


def test_a_perimeter_bounds_the_search(own_home: Path, register: Register, start: Start) -> None:
    client = start(own_home)
    runtime = client.app.state.runtime  # type: ignore[attr-defined]

    def replaced(*listed: str) -> None:
        """Replace the perimeter and wait until it is served."""
        before = runtime.local_version
        Perimeters(register.database).replace("oscar", listed, actor="ana")
        until(lambda: runtime.local_version != before, 10)

    get(client, URL, 404, code="unknown_perimeter", q="marfan", perimeter="oscar")
    replaced("558", "999999")
    answer = get(client, URL, 200, q="marfan", perimeter="oscar")
    assert (codes(answer), answer["total"]) == (["558"], 1)
    assert [each["count"] for each in answer["facets"]["level"]] == [1]
    # Asked for anew when the perimeter changed; what is not bounded by it stays known.
    whole = ask(client, "GET", f"{URL}?q=marfan", 200).headers["etag"]
    bounded = ask(client, "GET", f"{URL}?q=marfan&perimeter=oscar", 200).headers["etag"]
    replaced("284963")
    again = ask(client, "GET", f"{URL}?q=marfan&perimeter=oscar", 200,
                headers={"If-None-Match": bounded})  # fmt: skip
    assert codes(again.json()) == ["284963"]
    assert ask(client, "GET", f"{URL}?q=marfan", 200).headers["etag"] == whole


def test_a_day_before_all_data_names_the_oldest_release(client: TestClient) -> None:
    problem = get(client, URL, 404, code="unknown_release", q="a", as_of="2001-01-01")
    assert "demo-2022, est du 2022-06-14" in problem["detail"]
    assert "demo-2022, is of 2022-06-14" in problem["detail_en"]
    assert "archiv" not in problem["detail"] + problem["detail_en"]


def test_another_release_is_answered_from_its_own_index(client: TestClient) -> None:
    for release, expected in (("demo-2022", 1), ("demo-2023", 0)):
        answer = get(client, URL, 200, q="code:398980", release=release)
        assert (answer["release"], answer["total"]) == (release, expected)
    get(client, URL, 404, code="unknown_release", q="a", release="1999")


def test_without_a_folder_to_write_into_the_rest_answers(own_home: Path, start: Any) -> None:
    shutil.rmtree(own_home / "search", ignore_errors=True)
    (own_home / "search").write_text("a file where the folder should be")
    client = start(own_home)
    response = ask(client, "GET", f"{URL}?q=marfan", 503)
    assert response.json()["code"] == "index_unavailable"
    assert int(response.headers["retry-after"]) > 0
    get(client, "/v1/suggest", 200, q="marfan")
    get(client, "/health/ready", 200)


def test_not_ready_is_said_with_when_to_come_back(
    own_home: Path, start: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thesaurus.api.search._LOOKS", 1)
    monkeypatch.setattr("thesaurus.searchable.Searchable._make_wanted", lambda self: None)
    response = ask(start(own_home), "GET", f"{URL}?q=marfan", 503)
    assert response.json()["code"] == "index_not_ready"
    assert int(response.headers["retry-after"]) > 0


def test_the_index_is_swapped_with_its_release(own_home: Path, register: Register) -> None:
    """Two workers; whatever release answers, its code 398980 is there or not as it should."""
    shutil.rmtree(own_home / "search", ignore_errors=True)
    expected = {"demo-2022": 1, "demo-2023": 0}
    with serving(own_home, workers=2, follow_seconds=0.1) as served:

        def asked() -> str | None:
            response = served.get(URL, q="code:398980")
            assert response.status_code in (200, 503), response.text
            if response.status_code == 503:
                return None
            answer = response.json()
            assert answer["total"] == expected[answer["release"]]
            return str(answer["release"])

        for release in ("demo-2022", "demo-2023", "demo-2022"):
            releases.activate(register, release, actor="test")
            until(lambda r=release: {asked() for _ in range(6)} == {r}, 20)  # type: ignore[misc]
        time.sleep(0.1)
        assert "Traceback" not in served.log.read_text()
    assert not list((own_home / "search").glob(".building-*"))


GUIDE = Path(__file__).parents[2] / "docs" / "search.md"
EXAMPLES = re.findall(r"^\| `([^`]+)` \|.*\| (\d+) \|$", GUIDE.read_text("utf-8"), re.MULTILINE)
REFUSED = re.findall(r"^\| `([^`]+)` \| q/(\d+-\d+) \|", GUIDE.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("q", "total"), EXAMPLES)
def test_the_examples_of_the_guide(client: TestClient, q: str, total: str) -> None:
    assert get(client, URL, 200, q=q.replace("\\|", "|"))["total"] == int(total)


@pytest.mark.parametrize(("q", "place"), REFUSED)
def test_the_refusals_of_the_guide(client: TestClient, q: str, place: str) -> None:
    problem = get(client, URL, 400, code="invalid_query", q=q)
    assert problem["faults"][0]["path"] == f"q/{place}"


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) > 30
    assert len(REFUSED) > 5
