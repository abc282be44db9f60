"""Legacy tables over HTTP: who may load them, and how they become transcoding tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.api.asking import ask, get
from tests.api.conftest import Start
from thesaurus.accounts import Role
from thesaurus.store import Accounts, Register

TABLE = b"code local;libelle;CIM-10\n001;Mucoviscidose;E84.9\nA/4;zzzz;\n"
WAY = "/v1/releases/cemara/transcoding/demo-2023"


@pytest.fixture
def own_home(loaded_demonstration: Path, tmp_path: Path) -> Path:
    """A copy of what no service runs on: one that starts still writes its index."""
    return shutil.copytree(loaded_demonstration, tmp_path / "demonstration")


@pytest.fixture
def running(start: Start, own_home: Path) -> TestClient:
    return start(own_home)


@pytest.fixture
def key(running: TestClient, register: Register) -> dict[str, str]:
    accounts = Accounts(register.database)
    accounts.create("marie", frozenset({Role.EDITOR}), actor="test")
    return {"authorization": f"Bearer {accounts.add_key('marie', actor='test').text}"}


def load(running: TestClient, status: int, **sent: object) -> dict[str, object]:
    return ask(running, "POST", "/v1/legacy/cemara", status, content=TABLE, **sent).json()


def test_loading_needs_a_key(running: TestClient) -> None:
    assert load(running, 401)["code"] == "unauthorized"
    assert get(running, "/v1/legacy", 200)["items"] == []


def test_a_table_is_loaded_proposed_and_decided(running: TestClient, key: dict[str, str]) -> None:
    answer = load(running, 200, headers=key)
    assert answer["table"]["entries"] == 2
    assert answer["problem_count"] == 0
    assert [each["name"] for each in get(running, "/v1/legacy", 200)["items"]] == ["cemara"]
    first, second = get(running, f"{WAY}?proposals=true", 200)["items"]
    assert first["source"] == {
        "code": "001",
        "curie": "001",
        "label": "Mucoviscidose",
        "lang": "",
        "level": None,
        "status": "legacy",
    }
    assert first["given"] == {"orpha": None, "icd10": "E84.9"}
    assert first["proposals"][0]["code"] == "586"
    assert second["proposals"] == []
    assert second["why"] == "le libellé ne nomme rien"
    body = {"decisions": [{"code": "001", "decision": "accepted", "targets": ["586"]}]}
    ask(running, "POST", f"{WAY}/decisions", 200, json=body, headers=key)
    assert get(running, WAY, 200)["open"] == 1
    assert load(running, 200, headers=key)["taken_back"] == 0
    assert get(running, WAY, 200)["open"] == 1
    other = TABLE.replace(b"Mucoviscidose", b"Marfan")
    reloaded = ask(running, "POST", "/v1/legacy/cemara", 200, content=other, headers=key).json()
    assert reloaded["taken_back"] == 1
    assert get(running, WAY, 200)["open"] == 2


def test_the_tag_changes_with_the_table(running: TestClient, key: dict[str, str]) -> None:
    load(running, 200, headers=key)
    before = running.get(WAY).headers["etag"]
    assert running.get(WAY, headers={"if-none-match": before}).status_code == 304
    ask(
        *(running, "POST", "/v1/legacy/cemara", 200),
        content=b"code local;libelle\n7;Marfan\n",
        headers=key,
    )
    assert running.get(WAY, headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/v1/legacy/Cemara", TABLE, "invalid_parameter"),
        ("/v1/legacy/demo-2023", TABLE, "conflict"),
        ("/v1/legacy/x", b"", "invalid_file"),
        ("/v1/legacy/x", b"a;b\n1;2\n", "invalid_file"),
        ("/v1/legacy/x?columns=zz", TABLE, "invalid_parameter"),
        ("/v1/legacy/x?foo=1", TABLE, "unknown_parameter"),
    ],
)
def test_what_is_wrong_is_a_problem(
    running: TestClient, key: dict[str, str], path: str, body: bytes, code: str
) -> None:
    answer = running.post(path, content=body, headers=key)
    assert answer.json()["code"] == code
