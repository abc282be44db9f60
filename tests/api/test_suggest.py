import pytest
from starlette.testclient import TestClient

from tests.api.asking import get

URL = "/v1/suggest"


def found(client: TestClient, q: str, **parameters) -> list[str]:
    return [hit["code"] for hit in get(client, URL, 200, q=q, **parameters)["hits"]]


def test_a_hit_says_what_it_is_and_why(client):
    answer = get(client, URL, 200, q="marf", limit=1)
    assert answer["release"] == "demo-2023"
    assert answer["query"] == "marf"
    (hit,) = answer["hits"]
    score = hit.pop("score")
    assert 0 < score <= 1
    assert hit == {
        "code": "558",
        "curie": "ORPHA:558",
        "label": "Syndrome de Marfan",
        "lang": "fr",
        "match": {
            "text": "Syndrome de Marfan",
            "lang": "fr",
            "kind": "preferred",
            "source": None,
            "relation": None,
            "bearer": None,
            "spans": [[12, 16]],
        },
        "level": "disorder",
        "type": "disease",
        "status": "active",
        "replaced_by": None,
    }


@pytest.mark.parametrize("q", ["marfn", "MARFAN syndrome", "mar synd", "ORPHA:558", "558"])
def test_typos_any_order_and_codes(client, q):
    assert found(client, q)[0] == "558"


@pytest.mark.parametrize("q", ["", " ", "%", '"', "*:*", "a\x00b", "\ufffd", "😀", "x" * 2000])
def test_any_text_is_only_a_text(client, q):
    assert get(client, URL, 200, q=q)["query"] == q


def test_invalid_utf_8_is_read_with_replacement_characters(client):
    assert get(client, f"{URL}?q=marf%ff", 200)["query"] == "marf\ufffd"


def test_levels_may_be_repeated(client):
    assert found(client, "marfan", level=["subtype"]) == ["284963", "284973"]
    assert set(found(client, "marfan", level=["subtype", "disorder"])) == {
        *("558", "284963", "284973")
    }


def test_within_takes_every_written_form(client):
    assert found(client, "marfan", within="Orphanet_558") == ["284963", "284973"]


def test_only_one_classification(client):
    assert "558" in found(client, "marfan", classification="199")
    assert found(client, "marfan", classification="146") == []


def test_inactive_codes_on_demand_or_by_code(client):
    name = "Leigh avec leucodystrophie"
    assert "255241" not in found(client, name)
    assert "255241" in found(client, name, include_inactive=True)
    hit = get(client, URL, 200, q="ORPHA:255241")["hits"][0]
    assert (hit["status"], hit["replaced_by"]) == ("deprecated", "506")


def test_labels_in_the_language_asked_for(client):
    hit = get(client, URL, 200, q="marfan", lang="en")["hits"][0]
    assert (hit["label"], hit["lang"]) == ("Marfan syndrome", "en")


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"q": "x" * 2001},
        {"q": "a", "limit": 0},
        {"q": "a", "limit": 101},
        {"q": "a", "limit": "9" * 400},
        {"q": "a", "limit": "1e400"},
        {"q": "a", "level": "leaf"},
        {"q": "a", "lang": "FR"},
        {"q": "a", "include_inactive": "perhaps"},
    ],
)
def test_values_that_are_not_of_their_form(client, parameters):
    get(client, URL, 400, code="invalid_parameter", **parameters)


def test_filters_that_name_nothing(client):
    get(client, URL, 404, code="unknown_code", q="a", within="999999999")
    get(client, URL, 400, code="invalid_code", q="a", within="abc")
    get(client, URL, 404, code="unknown_classification", q="a", classification="9")
