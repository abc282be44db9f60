"""The history of the register as JSON; releases that are to come, asked by their id."""

import datetime as dt

import pytest

from tests.api.asking import get, post
from tests.api.lived import UNTIL, lived
from tests.builders import load_pack, small_pack
from thesaurus import releases
from thesaurus.store import State

__all__ = ["lived"]


# -- JSON ----------------------------------------------------------------------------------------


def test_the_latest_step_comes_first(lived):
    answer = get(lived, "/v1/releases/history", 200)
    assert answer["release"] == "demo-2023"
    assert answer["total"] == len(answer["items"])
    moments = [each["at"] for each in answer["items"]]
    assert moments == sorted(moments, reverse=True)
    assert [
        (each["release"], each["actor"], each["from_state"], each["to_state"], each["reason"])
        for each in answer["items"][:3]
    ] == [
        ("demo-2022", "bob", "superseded", "superseded", f"admise jusqu'au {UNTIL}"),
        ("demo-2023", "ana", "superseded", "active", "bascule"),
        (
            *("demo-2022", "ana", "active", "superseded"),
            f"→ demo-2023 (admise jusqu'au {UNTIL})",
        ),
    ]
    assert {each["system"] for each in answer["items"]} == {"orphanet"}


def test_filters(lived):
    url = "/v1/releases/history"
    whole = get(lived, url, 200)
    few = get(lived, url, 200, limit=2)
    assert (few["items"], few["total"]) == (whole["items"][:2], whole["total"])
    of_one = get(lived, url, 200, release="demo-2022")
    assert {each["release"] for each in of_one["items"]} == {"demo-2022"}
    assert get(lived, url, 200, since=str(UNTIL))["items"] == []
    others = get(lived, url, 200, system="mondo-rare")
    assert {each["system"] for each in others["items"]} == {"mondo-rare"}
    assert others["release"] == "demo-2023"
    every = get(lived, url, 200, system="all", limit=1000)
    assert every["total"] > whole["total"] + others["total"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"limit": 0}, 400, "invalid_parameter"),
        ({"limit": 1001}, 400, "invalid_parameter"),
        ({"since": "yesterday"}, 400, "invalid_parameter"),
        ({"since": "1700000000"}, 400, "invalid_parameter"),
        ({"page": 1}, 400, "unknown_parameter"),
        ({"system": "nothing"}, 400, "unknown_system"),
        ({"release": "1999"}, 404, "unknown_release"),
    ],
)
def test_questions_that_are_refused(client, query, status, code):
    get(client, "/v1/releases/history", status, code=code, **query)


def test_a_new_step_is_news(own_home, register, start):
    url = "/v1/releases/history"
    running = start(own_home)
    etag = running.get(url).headers["etag"]
    assert running.get(url, headers={"If-None-Match": etag}).status_code == 304
    releases.roll_back(register, actor="ana")
    releases.accept_until(register, "demo-2023", UNTIL, actor="bob")
    running.app.state.runtime.refresh()
    assert running.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_the_window_and_the_patch_stand_in_the_register(own_home, register, start, tmp_path):
    for number, day in enumerate(("2024-06-21", "2024-09-01")):
        load_pack(register, tmp_path / day, small_pack(day, label=f"L{number}"))
    releases.roll_back(register, actor="ana", accepted_until=UNTIL)
    running = start(own_home)
    items = {each["id"]: each for each in get(running, "/v1/releases", 200)["items"]}
    assert items["demo-2023"]["accepted_until"] == str(UNTIL)
    assert items["demo-2022"]["accepted_until"] is None
    assert {name: each["patch_of"] for name, each in items.items()} == {
        **dict.fromkeys(items),
        "2024.1": "2024",
    }
    assert get(running, "/v1/releases/2024.1", 200)["patch_of"] == "2024"
    assert get(running, "/v1/releases/2024", 200)["patch_of"] is None


# -- a release that is to come -------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.CHECKED, State.TEST, State.DRAFT])
def test_vendors_ask_a_coming_release_by_its_id(own_home, register, start, tmp_path, state):
    pack = small_pack("2025-06-21", codes=("58", "999999"), label="Nouvelle")
    if state is State.DRAFT:
        pack = type(pack)(pack.date, pack.entities, ())
    load_pack(register, tmp_path, pack)
    if state is State.TEST:
        register.move("2025", State.TEST, actor="ana", reason="recette éditeurs")
    assert register.record("2025").state is state
    running = start(own_home)

    hits = get(running, "/v1/suggest", 200, q="nouvelle 999999", release="2025")
    assert (hits["release"], hits["hits"][0]["code"]) == ("2025", "999999")
    page = get(running, "/v1/concepts/999999", 200, release="2025")
    assert (page["release"], page["label"]) == ("2025", "Nouvelle 999999")
    body = {"profile": "bamara", "submissions": [{"id": "1", "diagnoses": [{"code": "999999"}]}]}
    checked = post(running, "/v1/check", {**body, "release": "2025"}, 200)
    assert (checked["release"], checked["results"][0]["valid"]) == ("2025", True)

    get(running, "/v1/concepts/999999", 404, code="unknown_code")
    assert get(running, "/v1/concepts/558", 200)["release"] == "demo-2023"
    assert get(running, "/v1/concepts/558", 200, as_of="2031-01-01")["release"] == "demo-2023"
    assert not post(running, "/v1/check", body, 200)["results"][0]["valid"]


def test_the_check_takes_last_years_release_until_its_day(own_home, register, start):
    body = {
        "profile": "bamara",
        "release": "demo-2022",
        "submissions": [{"id": "1", "diagnoses": [{"code": "558"}]}],
    }
    running = start(own_home)
    for until, severity in ((UNTIL, "warning"), (dt.date(2020, 1, 1), "error")):
        releases.accept_until(register, "demo-2022", until, actor="ana")
        running.app.state.runtime.refresh()
        (result,) = post(running, "/v1/check", body, 200)["results"]
        found = {each["rule"]: each for each in result["findings"]}
        assert found["DX-062"]["severity"] == severity
        assert str(until) in found["DX-062"]["message"]
