"""Keys of accounts over HTTP: who is let in, and what of it is told and logged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from ontologies.errors import DatabaseUnavailable
from tests.api.asking import ask
from tests.api.conftest import Start
from thesaurus.accounts import Key, Role, new_key
from thesaurus.api.access import need_role
from thesaurus.api.failed_tries import MOST_TRIES, SECONDS, FailedTries
from thesaurus.api.problems import Forbidden
from thesaurus.store import Accounts, Register

URL = "/v1/account"


@pytest.fixture
def accounts(register: Register) -> Accounts:
    found = Accounts(register.database)
    found.create("marie", frozenset({Role.EDITOR}), actor="test")
    return found


@pytest.fixture
def running(start: Start, own_home: Path) -> TestClient:
    return start(own_home)


def bearer(text: str) -> dict[str, Any]:
    return {"Authorization": f"Bearer {text}".encode()}


def test_a_client_can_try_its_key(running: TestClient, accounts: Accounts) -> None:
    end = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(days=1)
    for key in (
        accounts.add_key("marie", actor="test"),
        accounts.add_key("marie", actor="test", expires_at=end),
    ):
        response = ask(running, "GET", URL, 200, headers=bearer(key.text))
        answer = response.json()
        assert (answer["name"], answer["roles"], answer["key"]["id"]) == (
            "marie",
            ["editor"],
            key.id,
        )
        assert response.headers["cache-control"] == "no-store"
        assert key.secret not in response.text
    assert dt.datetime.fromisoformat(answer["key"]["expires_at"]) == end


def test_changes_act_at_once(running: TestClient, accounts: Accounts) -> None:
    key, other = (accounts.add_key("marie", actor="test") for _ in range(2))
    accounts.set_roles("marie", frozenset({Role.SIGNER}), actor="test")
    assert ask(running, "GET", URL, 200, headers=bearer(key.text)).json()["roles"] == ["signer"]
    accounts.revoke(key.id, actor="test")
    refused(running, key.text, "revoked")
    ask(running, "GET", URL, 200, headers=bearer(other.text))
    accounts.disable("marie", actor="test")
    refused(running, other.text, "disabled")
    accounts.enable("marie", actor="test")
    ask(running, "GET", URL, 200, headers=bearer(other.text))
    refused(running, key.text, "revoked")


def refused(client: TestClient, text: str, why: str) -> None:
    response = ask(client, "GET", URL, 401, headers=bearer(text))
    assert response.json()["code"] == "unauthorized"
    assert response.headers["www-authenticate"] == "Bearer"
    assert why in response.json()["detail_en"]
    assert response.json()["detail"] != response.json()["detail_en"]


def test_a_key_that_expired_is_refused(running: TestClient, accounts: Accounts) -> None:
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    refused(running, accounts.add_key("marie", actor="test", expires_at=past).text, "expired")


def test_what_is_no_key_is_refused(running: TestClient, accounts: Accounts) -> None:
    key, other = accounts.add_key("marie", actor="test"), new_key()
    for text in (
        other.text,
        Key(key.id, other.secret).text,
        Key(other.id, key.secret).text,
        key.text[:-1],
        key.text.upper(),
        key.secret,
        key.id,
        key.sha256,
        f"thes_{key.id}_{key.sha256}",
        "é",
    ):
        refused(running, text, "not known")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic bWFyaWU6eA=="])
def test_without_a_key_nobody_is_let_in(client: TestClient, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for _ in range(MOST_TRIES + 5):  # nothing was tried: never too often
        answer = ask(client, "GET", URL, 401, headers=headers)
    assert "Authorization" in answer.json()["detail"]


def test_after_many_keys_in_vain_an_address_waits(
    running: TestClient, accounts: Accounts, capfd: pytest.CaptureFixture[str]
) -> None:
    right, wrong = accounts.add_key("marie", actor="test"), new_key()
    for _ in range(MOST_TRIES):
        ask(running, "GET", URL, 401, headers=bearer(wrong.text))
    response = ask(running, "GET", URL, 429, headers=bearer(wrong.text))
    assert response.json()["code"] == "too_many_requests"
    assert 0 < int(response.headers["retry-after"]) <= SECONDS
    assert capfd.readouterr().err.count("key refused") == MOST_TRIES
    # Others behind the same proxy work on.
    ask(running, "GET", URL, 200, headers=bearer(right.text))
    later = FailedTries(lambda: SECONDS * 10**6)
    running.app.state.failed_tries = later  # type: ignore[attr-defined]
    ask(running, "GET", URL, 401, headers=bearer(wrong.text))


def test_of_a_key_only_its_id_is_logged(
    running: TestClient, accounts: Accounts, capfd: pytest.CaptureFixture[str]
) -> None:
    key, other = accounts.add_key("marie", actor="test"), new_key()
    ask(running, "GET", URL, 200, headers=bearer(key.text))
    for text in (Key(key.id, other.secret).text, "Jeanne Martin", f"thes_{other.secret}"):
        ask(running, "GET", URL, 401, headers=bearer(text))
    written = "".join(capfd.readouterr())
    assert written.count("key refused") == 3
    assert key.id in written
    for hidden in (key.secret, other.secret, "Jeanne", "thes_"):
        assert hidden not in written


def test_the_role_is_asked_of_the_account(
    running: TestClient, accounts: Accounts, capfd: pytest.CaptureFixture[str]
) -> None:
    key = accounts.add_key("marie", actor="test")
    request = asked(running, key)
    assert need_role(request, Role.EDITOR).name == "marie"
    with pytest.raises(Forbidden, match="signer") as caught:
        need_role(request, Role.SIGNER)
    assert "Il faut le rôle" in caught.value.message.fr
    assert "This takes the role" in caught.value.message.en
    assert key.id in capfd.readouterr().err


def asked(client: TestClient, key: Key) -> Request:
    """A request as a route gets it."""
    headers = [(b"authorization", f"Bearer {key.text}".encode())]
    scope = {"type": "http", "headers": headers, "app": client.app, "client": ("10.0.0.1", 4)}
    return Request(scope)


def test_without_a_data_base_nobody_is_let_in(running: TestClient) -> None:
    def away(_key: Key) -> None:
        raise DatabaseUnavailable("x", "away")

    running.app.state.accounts = SimpleNamespace(holder=away)  # type: ignore[attr-defined]
    ask(running, "GET", URL, 503, headers=bearer(new_key().text))


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_tries_are_counted_by_address_and_forgotten_after_a_minute() -> None:
    clock = Clock()
    tries = FailedTries(clock)
    for number in range(MOST_TRIES):
        assert tries.seconds_to_wait("a") == 0
        tries.note("a")
        clock.now += 1 if number else 0
    assert tries.seconds_to_wait("a") == SECONDS - (MOST_TRIES - 1)
    assert tries.seconds_to_wait("b") == 0
    clock.now += SECONDS - (MOST_TRIES - 1)
    assert tries.seconds_to_wait("a") == 0
    tries.note("a")
    assert tries.seconds_to_wait("a") == 0


def test_the_memory_of_tries_is_bounded() -> None:
    tries = FailedTries(Clock())
    for _ in range(MOST_TRIES):
        tries.note("first")
    for number in range(10_000):
        tries.note(str(number))
    assert tries.seconds_to_wait("first") == 0
    for _ in range(MOST_TRIES):
        tries.note("9999")
    assert tries.seconds_to_wait("9999") > 0
