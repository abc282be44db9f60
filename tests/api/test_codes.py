import pytest

from tests.api.asking import post

REDIRECT, AGGREGATE = "/v1/codes/redirect", "/v1/codes/aggregate"


def test_moved_to_is_followed_referred_to_only_on_demand(client):
    body = {"codes": ["ORPHA:255241", "255199", "558"]}
    answer = post(client, REDIRECT, body, 200)
    assert answer == {
        "release": "demo-2023",
        "items": [
            {"code": "255241", "target": "506", "kind": "moved_to", "known": True},
            {"code": "255199", "target": "255199", "kind": None, "known": True},
            {"code": "558", "target": "558", "kind": None, "known": True},
        ],
    }
    referred = post(client, REDIRECT, body | {"referred": True}, 200)
    assert referred["items"][1]["target"] == "255210"
    assert referred["items"][1]["kind"] == "referred_to"


def test_unknown_codes_are_marked_and_fail_no_batch(client):
    body = {"codes": ["398980", "abc", "558"]}
    items = post(client, REDIRECT, body, 200)["items"]
    assert items[0] == {"code": "398980", "target": None, "kind": None, "known": False}
    assert [each["known"] for each in items] == [False, False, True]
    items = post(client, AGGREGATE, body, 200)["items"]
    assert [(each["aggregation"], each["known"]) for each in items] == [
        (None, False),
        (None, False),
        ("558", True),
    ]


def test_the_disorder_that_counts(client):
    answer = post(client, AGGREGATE, {"codes": ["284963", "255199", "98053", "558", "802"]}, 200)
    assert [each["aggregation"] for each in answer["items"]] == [
        *("558", "255210", None, "558", None)
    ]


@pytest.mark.parametrize("url", [REDIRECT, AGGREGATE])
def test_of_another_release(client, url):
    for chosen in ({"release": "demo-2022"}, {"as_of": "2022-12-01"}):
        assert post(client, url, {"codes": ["398980"]}, 200, **chosen)["release"] == "demo-2022"
    assert post(client, url, {"codes": ["398980"]}, 200)["items"][0]["known"] is False
    post(client, url, {"codes": ["558"]}, 404, code="unknown_release", release="1999")
    post(client, url, {"codes": ["558"]}, 400, code="unknown_parameter", lang="fr")


@pytest.mark.parametrize("url", [REDIRECT, AGGREGATE])
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"codes": "558"},
        {"codes": [558]},
        {"codes": [""]},
        {"codes": ["5" * 201]},
        {"codes": ["558"] * 10_001},
        {"codes": ["558"], "other": 1},
        [],
        "558",
    ],
)
def test_bodies_that_are_not_of_their_form(client, url, body):
    problem = post(client, url, body, 422, code="invalid_body")
    assert 1 <= len(problem["faults"]) <= 20


def test_no_codes_no_items(client):
    assert post(client, REDIRECT, {"codes": []}, 200)["items"] == []
