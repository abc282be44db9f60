"""Choices are counted, searches are measured, and nothing says who searched and for whom."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api.asking import ask, get, post
from tests.api.conftest import Start
from tests.api.serving import until
from thesaurus.store import Perimeters, Register, Usage
from thesaurus.usage import SearchLog

CHOSEN = "/v1/suggest/chosen"
SEARCHES = "/v1/metrics/searches"
TOKEN = "a token of some length"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PATIENT = "Dupontel"


def log_of(client: TestClient) -> SearchLog:
    found: SearchLog = client.app.state.search_log  # type: ignore[attr-defined]
    return found


@pytest.fixture
def guarded(start: Start, own_home: Path) -> TestClient:
    return start(own_home, metrics_token=TOKEN)


@pytest.mark.parametrize("written", ["558", "ORPHA:558", "http://www.orpha.net/ORDO/Orphanet_558"])
def test_a_choice_is_taken_in_every_written_form(client: TestClient, written: str) -> None:
    answer = post(client, CHOSEN, {"code": written, "rank": 3}, 202)
    assert answer == {"release": "demo-2023", "code": "558", "curie": "ORPHA:558"}


def test_a_choice_may_name_its_release_once(client: TestClient) -> None:
    body = {"code": "558", "rank": None, "release": "demo-2022"}
    assert post(client, CHOSEN, body, 202)["release"] == "demo-2022"
    assert post(client, CHOSEN, {"code": "558"}, 202, release="demo-2022")["release"] == "demo-2022"
    post(client, CHOSEN, body, 400, code="invalid_parameter", release="demo-2022")
    post(client, CHOSEN, {"code": "558", "release": "1999"}, 404, code="unknown_release")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"code": "999999"}, 404, "unknown_code"),
        ({"code": "Marfan"}, 400, "invalid_code"),
        ({}, 422, "invalid_body"),
        ({"code": "558", "rank": 0}, 422, "invalid_body"),
        ({"code": "558", "rank": 101}, 422, "invalid_body"),
        ({"code": "558", "rank": "1"}, 422, "invalid_body"),
        ({"code": "558", "rank": True}, 422, "invalid_body"),
        ({"code": "558", "q": PATIENT}, 422, "invalid_body"),
        ({"code": "558", "patient": {"id": PATIENT}}, 422, "invalid_body"),
    ],
)
def test_what_is_no_choice_is_refused(
    client: TestClient, body: dict[str, object], status: int, code: str
) -> None:
    problem = post(client, CHOSEN, body, status, code=code)
    assert PATIENT not in json.dumps(problem)


def test_a_field_that_no_choice_has_is_named(client: TestClient) -> None:
    body = {"code": "558", "rank": 1, "q": PATIENT, "patient": {"id": PATIENT}}
    problem = post(client, CHOSEN, body, 422, code="invalid_body")
    assert [fault["path"] for fault in problem["faults"]] == ["q", "patient"]


def test_choices_reach_every_process(start: Start, own_home: Path, register: Register) -> None:
    first = start(own_home, search_log_seconds=0.05)
    second = start(own_home)
    before = get(second, "/v1/perimeters", 200)
    etag = second.get("/v1/perimeters").headers["etag"]
    for _ in range(3):
        post(first, CHOSEN, {"code": "558", "rank": 1}, 202)
    runtime = second.app.state.runtime  # type: ignore[attr-defined]
    until(lambda: runtime.usage.of("558") == 3, 10)
    assert Usage(register.database).counts().counts == {"558": 3}
    assert get(second, "/v1/perimeters", 200) == before
    # Last of all, when the order of hits has changed as well.
    until(lambda: second.get("/v1/perimeters").headers["etag"] != etag, 10)


def test_what_was_counted_is_written_at_the_end(
    own_home: Path, start: Start, register: Register
) -> None:
    from tests.api.asking import service

    with service(own_home, search_log_seconds=3600) as running:
        post(running, CHOSEN, {"code": "558"}, 202)
    assert Usage(register.database).counts().counts == {"558": 1}


def test_searches_are_summed_up(guarded: TestClient) -> None:
    log = log_of(guarded)
    for _ in range(5):
        log.note("Marfann", 0)
    for found in (3, 1, 10):
        log.note("marfan", found)
    log.note("  ", 0)
    for rank in (1, 1, 2, 4, 10, 50, None):
        body = {"code": "558"} if rank is None else {"code": "558", "rank": rank}
        post(guarded, CHOSEN, body, 202)
    assert log.flush()
    answer = ask(guarded, "GET", SEARCHES, 200, headers=BEARER)
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    found = answer.json()
    today = dt.datetime.now(dt.UTC).date()
    assert found.pop("since") == (today - dt.timedelta(days=29)).isoformat()
    assert found["chosen"].pop("mean_reciprocal_rank") == pytest.approx(0.4783, abs=0.0001)
    assert found["per_day"][0].pop("mean_reciprocal_rank") == pytest.approx(0.4783, abs=0.0001)
    assert found == {
        "searches": 8,
        "empty": 5,
        "empty_share": 0.625,
        "chosen": {
            "count": 7,
            "ranks": [
                {"rank": "1", "count": 2},
                {"rank": "2", "count": 1},
                {"rank": "3", "count": 0},
                {"rank": "4-5", "count": 1},
                {"rank": "6-10", "count": 1},
                {"rank": "11-100", "count": 1},
            ],
        },
        "empty_texts": [{"text": "marfann", "count": 5, "last": today.isoformat()}],
        "per_day": [{"day": today.isoformat(), "searches": 8, "empty": 5, "chosen": 7}],
    }


def test_a_search_that_is_answered_304_is_counted(guarded: TestClient) -> None:
    for q in ("marfan", "qqqqxx", " "):
        etag = ask(guarded, "GET", "/v1/suggest", 200, params={"q": q}).headers["etag"]
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            headers = {"if-none-match": known}
            again = ask(guarded, "GET", "/v1/suggest", 304, params={"q": q}, headers=headers)
            assert again.headers["etag"] == etag
    assert log_of(guarded).flush()
    found = ask(guarded, "GET", SEARCHES, 200, headers=BEARER).json()
    assert (found["searches"], found["empty"]) == (10, 5), "an empty box is no search"
    assert found["empty_texts"] == [], "a text counts where its answer was worked out"


def test_a_client_cannot_have_the_text_of_a_search_that_finds_something_kept(
    guarded: TestClient,
) -> None:
    etag = ask(guarded, "GET", "/v1/suggest?q=marfan", 200).headers["etag"]
    forged = {"if-none-match": etag.removesuffix('"') + '-0"'}
    for _ in range(20):
        ask(guarded, "GET", "/v1/suggest?q=marfan", 304, headers=forged)
    assert log_of(guarded).flush()
    assert ask(guarded, "GET", SEARCHES, 200, headers=BEARER).json()["empty_texts"] == []


def test_a_304_is_given_before_the_answer_is_worked_out(
    guarded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = ask(guarded, "GET", "/v1/suggest?q=marfan", 200).headers["etag"]
    monkeypatch.delattr("thesaurus.lookup.suggestions")
    ask(guarded, "GET", "/v1/suggest?q=marfan", 304, headers={"if-none-match": etag})


def test_the_coders_search_is_not_in_the_search_log(guarded: TestClient) -> None:
    get(guarded, "/v1/search", 200, q="marfan")
    get(guarded, "/v1/search", 200, q="qqqqxx")
    assert log_of(guarded).flush()
    assert ask(guarded, "GET", SEARCHES, 200, headers=BEARER).json()["searches"] == 0


def test_nothing_counted_is_no_fault(guarded: TestClient) -> None:
    found = ask(guarded, "GET", f"{SEARCHES}?days=1", 200, headers=BEARER).json()
    assert (found["searches"], found["empty_share"], found["empty_texts"]) == (0, None, [])
    assert found["chosen"]["mean_reciprocal_rank"] is None


@pytest.mark.parametrize("days", ["0", "401", "x"])
def test_days_have_bounds(guarded: TestClient, days: str) -> None:
    ask(guarded, "GET", f"{SEARCHES}?days={days}", 400, headers=BEARER)


def test_without_a_token_of_the_deployment_the_route_is_closed(client: TestClient) -> None:
    for headers in ({}, BEARER, {"Authorization": "Bearer "}):
        problem = ask(client, "GET", SEARCHES, 403, headers=headers).json()
        assert problem["code"] == "forbidden"
        assert "THESAURUS_METRICS_TOKEN" in problem["detail"]


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer é",
     f"Bearer {TOKEN[:-1]}"],
)  # fmt: skip
def test_another_token_is_refused(guarded: TestClient, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    refused = ask(guarded, "GET", SEARCHES, 401, headers=headers)
    assert refused.json()["code"] == "unauthorized"
    assert refused.headers["www-authenticate"] == "Bearer"
    assert TOKEN not in refused.text


def test_the_scheme_may_be_written_in_any_case(guarded: TestClient) -> None:
    ask(guarded, "GET", SEARCHES, 200, headers={"Authorization": f"bearer  {TOKEN}"})


def test_a_token_may_hold_any_letter(start: Start, own_home: Path) -> None:
    token = "jeton évidemment secret"
    running = start(own_home, metrics_token=token)
    sent = f"Bearer {token}"
    ask(running, "GET", SEARCHES, 200, headers={"Authorization": sent.encode("latin-1")})
    ask(running, "GET", SEARCHES, 200, headers={"Authorization": sent.encode()})


def test_neither_texts_nor_the_token_are_logged(
    guarded: TestClient, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(guarded)
    for _ in range(9):
        guarded.get("/v1/suggest", params={"q": PATIENT})
        log.note(PATIENT, 0)
    guarded.post(CHOSEN, json={"code": "558", PATIENT: PATIENT})
    ask(guarded, "GET", SEARCHES, 200, headers=BEARER)

    def fails(*_: object) -> None:
        raise ValueError(PATIENT)

    with monkeypatch.context() as patch:
        patch.setattr("thesaurus.store.Searches.write", fails)
        assert not log.flush()
    assert log.flush()
    written = capfd.readouterr()
    shown = (written.out + written.err).lower()
    assert "search log not written" in shown
    assert PATIENT.lower() not in shown
    assert TOKEN not in shown


def test_a_data_base_that_is_away_stops_no_choice(
    guarded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ontologies.errors import DatabaseUnavailable

    def away(*_: object) -> None:
        raise DatabaseUnavailable("postgresql://host/x", "connection refused")

    with monkeypatch.context() as patch:
        patch.setattr("thesaurus.store.Searches.write", away)
        patch.setattr("thesaurus.store.Searches.since", away)
        post(guarded, CHOSEN, {"code": "558", "rank": 1}, 202)
        assert not log_of(guarded).flush()
        ask(guarded, "GET", SEARCHES, 503, headers=BEARER)
    assert log_of(guarded).flush()
    found = ask(guarded, "GET", SEARCHES, 200, headers=BEARER).json()
    assert found["chosen"]["count"] == 1


def test_prometheus_counts_searches_and_ranks(guarded: TestClient) -> None:
    def sample(name: str) -> float:
        lines = guarded.get("/metrics").text.splitlines()
        return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])

    names = ("thesaurus_searches_total", "thesaurus_searches_empty_total",
             "thesaurus_chosen_rank_count")  # fmt: skip
    before = [sample(name) for name in names]
    log = log_of(guarded)
    log.note("a", 1)
    log.note("b", 0)
    log.chosen("558", 2)
    log.chosen("558")
    log.flush()
    after = [sample(name) for name in names]
    # The thread of another service of this session may count at the same time.
    assert all(new - old >= least for old, new, least in zip(before, after, (2, 1, 1), strict=True))


def test_perimeters_are_listed_and_followed(
    start: Start, own_home: Path, register: Register
) -> None:
    running = start(own_home)
    assert get(running, "/v1/perimeters", 200)["items"] == []
    perimeters = Perimeters(register.database)
    perimeters.replace("oscar", ["558", "999999"], actor="ana", title="OSCAR")
    runtime = running.app.state.runtime  # type: ignore[attr-defined]
    until(lambda: "oscar" in runtime.perimeters, 10)
    assert get(running, "/v1/perimeters", 200) == {
        "release": "demo-2023",
        "items": [{"name": "oscar", "title": "OSCAR", "count": 2, "unknown": 1}],
    }
    assert runtime.perimeter("oscar") == {"558", "999999"}
    perimeters.remove("oscar")
    until(lambda: not runtime.perimeters, 10)
