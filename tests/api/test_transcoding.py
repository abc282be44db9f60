"""Transcoding tables over HTTP: read, decide, sign, send files; who may."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from tests.api.asking import ask, get
from tests.api.conftest import Start
from thesaurus.accounts import Role
from thesaurus.store import Accounts, Perimeters, Register

A, B = "demo-2022", "demo-2023"
URL = f"/v1/releases/{A}/transcoding/{B}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EVERY = [
    *({"code": code, "decision": "accepted"} for code in ("139491", "268377", "506", "3188")),
    *({"code": code, "decision": "accepted"} for code in ("2204", "268369", "284343", "1306")),
    {"code": "398980", "decision": "accepted", "targets": []},
]


class Person:
    """Somebody with a key, who asks for what is expected to be answered."""

    def __init__(self, client: TestClient, key: str) -> None:
        self.client, self.headers = client, {"authorization": f"Bearer {key}"}

    def post(self, path: str, body: Any, status: int = 200, code: str | None = None) -> Any:
        return self.answer(path, status, code, json=body)

    def send(self, file: bytes, status: int = 200, code: str | None = None, query: str = "") -> Any:
        return self.answer(f"/decisions/file{query}", status, code, content=file)

    def answer(self, path: str, status: int, code: str | None, **sent: Any) -> Any:
        answer = ask(self.client, "POST", URL + path, status, headers=self.headers, **sent).json()
        assert code is None or answer["code"] == code, answer
        return answer


@pytest.fixture
def own_home(loaded_demonstration: Path, tmp_path: Path) -> Path:
    """A copy of what no service runs on: one that starts still writes its index."""
    return shutil.copytree(loaded_demonstration, tmp_path / "demonstration")


@pytest.fixture
def running(start: Start, own_home: Path) -> TestClient:
    return start(own_home)


@pytest.fixture
def accounts(register: Register) -> Accounts:
    return Accounts(register.database)


def person(running: TestClient, accounts: Accounts, name: str, *roles: Role) -> Person:
    accounts.create(name, frozenset(roles), actor="test")
    return Person(running, accounts.add_key(name, actor="test").text)


@pytest.fixture
def editor(running: TestClient, accounts: Accounts) -> Person:
    return person(running, accounts, "marie", Role.EDITOR)


@pytest.fixture
def signer(running: TestClient, accounts: Accounts) -> Person:
    return person(running, accounts, "anne", Role.SIGNER)


def codes(answer: Any) -> list[str]:
    return [item["source"]["code"] for item in answer["items"]]


class TestReading:
    def test_a_table(self, client: TestClient) -> None:
        answer = get(client, URL, 200)
        assert list(answer)[:4] == ["release", "from", "to", "releases"]
        assert (answer["release"], answer["from"], answer["to"]) == (B, A, B)
        assert (answer["total"], answer["open"], answer["signed"]) == (42, 9, None)
        assert sum(answer["counts"].values()) == sum(answer["decisions"].values()) == 42
        leigh = next(item for item in answer["items"] if item["source"]["code"] == "255241")
        assert leigh["source"]["curie"] == "ORPHA:255241"
        assert [each["code"] for each in leigh["targets"]] == ["506"]
        assert (leigh["kind"], leigh["decision"]) == ("deprecated-automatic", "automatic")
        assert "proposals" in leigh
        assert leigh["proposals"] is None

    def test_filters_and_pages(self, client: TestClient) -> None:
        waiting = codes(get(client, URL, 200, open=True))
        assert len(waiting) == 9
        assert codes(get(client, URL, 200, open=True, offset=2, limit=3)) == waiting[2:5]
        assert get(client, URL, 200, limit=0)["items"] == []
        assert codes(get(client, URL, 200, kind=["removed", "reactivated"])) == ["99126", "398980"]
        assert get(client, URL, 200, decision="accepted")["total"] == 0
        unchanged = get(client, URL, 200, changed=False)
        assert not any(item["changed"] for item in unchanged["items"])
        english = get(client, URL, 200, kind="removed", lang="en")["items"][0]["source"]
        assert english["lang"] == "en"

    def test_proposals(self, client: TestClient) -> None:
        items = get(client, URL, 200, open=True, proposals=True)["items"]
        found = {item["source"]["code"]: item["proposals"] for item in items}
        assert found["139491"][0]["code"] == "647834"
        assert found["139491"][0]["reasons"][0]["message"]
        get(client, URL, 400, code="invalid_parameter", proposals=True, limit=201)

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ({"kind": "other"}, "invalid_parameter"),
            ({"limit": 1001}, "invalid_parameter"),
            ({"offset": -1}, "invalid_parameter"),
            ({"format": "pdf"}, "invalid_parameter"),
            ({"codes": "1"}, "unknown_parameter"),
        ],
    )
    def test_wrong_questions(self, client: TestClient, query: dict[str, Any], code: str) -> None:
        get(client, URL, 400, code=code, **query)

    def test_what_is_not_there(self, client: TestClient) -> None:
        get(client, f"/v1/releases/{A}/transcoding/2030", 404, code="unknown_release")
        get(client, f"/v1/releases/{B}/transcoding/{A}", 400, code="invalid_parameter")
        get(client, URL, 404, code="unknown_perimeter", perimeter="nulle-part")
        for path in ("/decisions", "/signatures"):
            assert get(client, URL + path, 200)["items"] == []
            get(client, f"/v1/releases/2030/transcoding/{B}{path}", 404, code="unknown_release")
        assert client.get(URL + "/decisions?code=x").json()["code"] == "invalid_code"

    def test_a_perimeter(self, running: TestClient, register: Register) -> None:
        Perimeters(register.database).replace("filiere", ["506"], actor="test")
        running.app.state.runtime.refresh()  # type: ignore[attr-defined]
        assert set(codes(get(running, URL, 200, perimeter="filiere"))) == {"255241", "506"}

    @pytest.mark.parametrize(
        ("form", "media", "ending"),
        [
            ("csv", "text/csv; charset=utf-8", "csv"),
            ("sssom", "text/tab-separated-values; charset=utf-8", "sssom.tsv"),
            ("xlsx", XLSX, "xlsx"),
        ],
    )
    def test_as_a_file(self, client: TestClient, form: str, media: str, ending: str) -> None:
        response = client.get(URL, params={"format": form, "limit": 1})
        assert response.headers["content-type"] == media
        disposition = f'attachment; filename="transcodage_{A}_{B}.{ending}"'
        assert response.headers["content-disposition"] == disposition
        again = client.get(
            URL,
            params={"format": form, "limit": 1},
            headers={"if-none-match": response.headers["etag"]},
        )
        assert (again.status_code, again.content) == (304, b"")
        if form == "csv":
            assert len(response.text.splitlines()) == 43, "all rows, whatever the limit"

    def test_the_tag_changes_with_a_decision(self, running: TestClient, editor: Person) -> None:
        tags = [running.get(URL).headers["etag"], running.get(URL).headers["etag"]]
        assert tags[0] == tags[1]
        assert running.get(URL, headers={"if-none-match": tags[0]}).status_code == 304
        editor.post("/decisions", {"decisions": [{"code": "506", "decision": "accepted"}]})
        again = running.get(URL, headers={"if-none-match": tags[0]})
        assert again.status_code == 200
        assert again.json()["open"] == 8


class TestDeciding:
    def test_a_decision_and_its_history(self, running: TestClient, editor: Person) -> None:
        first = {"code": "ORPHA:139491", "decision": "accepted", "seen_version": 0, "comment": "vu"}
        answer = editor.post("/decisions", {"decisions": [first]})
        (item,) = answer["items"]
        assert (item["code"], item["version"], item["targets"]) == ("139491", 1, ["647834"])
        assert (item["by"], item["comment"]) == ("marie", "vu")
        back = {"code": "139491", "decision": "proposed", "seen_version": 1}
        editor.post("/decisions", {"decisions": [back]})
        history = running.get(URL + "/decisions?code=ORPHA:139491").json()
        assert [each["version"] for each in history["items"]] == [2, 1]
        row = get(running, URL, 200, kind="obsolete-manual", open=True)["items"][0]
        assert (row["version"], row["by"], row["open"]) == (2, None, True)

    def test_a_stale_version_is_a_conflict(self, running: TestClient, editor: Person) -> None:
        body = {"decisions": [{"code": "506", "decision": "accepted", "seen_version": 0}]}
        editor.post("/decisions", body)
        problem = editor.post("/decisions", body, 409, "conflict")
        assert "506" in problem["detail_en"]

    @pytest.mark.parametrize(
        ("decision", "status", "code"),
        [
            ({"code": "558", "decision": "accepted"}, 400, "invalid_parameter"),
            ({"code": "abc", "decision": "accepted"}, 400, "invalid_code"),
            ({"code": "506", "decision": "accepted", "targets": ["9"]}, 400, "invalid_parameter"),
            ({"code": "506", "decision": "accepted", "targets": ["x"]}, 400, "invalid_code"),
            ({"code": "506", "decision": "rejected", "comment": "\0"}, 400, "invalid_parameter"),
            ({"code": "506", "decision": "automatic"}, 422, "invalid_body"),
            ({"code": "506", "decision": "accepted", "targets": ["1"] * 11}, 422, "invalid_body"),
            ({"code": "506", "decision": "accepted", "comment": "x" * 2001}, 422, "invalid_body"),
            ({"code": "506", "decision": "accepted", "seen_version": -1}, 422, "invalid_body"),
            ({"code": "506", "decision": "accepted", "who": "me"}, 422, "invalid_body"),
        ],
    )
    def test_one_wrong_decision_and_none_is_written(
        self, running: TestClient, editor: Person, decision: Any, status: int, code: str
    ) -> None:
        good = {"code": "3188", "decision": "accepted"}
        editor.post("/decisions", {"decisions": [good, decision]}, status, code)
        assert get(running, URL + "/decisions", 200)["items"] == []

    def test_how_many(self, editor: Person) -> None:
        editor.post("/decisions", {"decisions": []}, 422, "invalid_body")
        editor.post("/decisions", {"decisions": EVERY[:1] * 1001}, 422, "invalid_body")
        editor.post("/decisions", {"decisions": EVERY[:1] * 2}, 400, "invalid_parameter")


class TestSigning:
    def test_from_the_first_decision_to_the_second_edition(
        self, running: TestClient, editor: Person, signer: Person
    ) -> None:
        assert "9 in all" in signer.post("/signature", {}, 409, "conflict")["detail_en"]
        editor.post("/decisions", {"decisions": EVERY})
        answer = signer.post("/signature", {"comment": "réunion du 4"})
        assert list(answer) == ["release", "from", "to", "signature"]
        assert (answer["signature"]["edition"], answer["signature"]["by"]) == (1, "anne")
        assert get(running, URL, 200)["signed"] == answer["signature"]
        editor.post("/decisions", {"decisions": EVERY[:1]}, 409, "conflict")
        signer.post("/signature", {}, 409, "conflict")
        signer.post("/reopening", {"reason": " "}, 400, "invalid_parameter")
        signer.post("/reopening", {}, 422, "invalid_body")
        elsewhere = f"/v1/releases/{A}/transcoding/2030/reopening"
        ask(running, "POST", elsewhere, 404, json={"reason": "x"}, headers=signer.headers)
        again = signer.post("/reopening", {"reason": "une faute"})["signature"]
        assert (again["reopened_by"], again["reopened_why"]) == ("anne", "une faute")
        signer.post("/reopening", {"reason": "encore"}, 409, "conflict")
        editor.post("/decisions", {"decisions": [{"code": "506", "decision": "rejected"}]})
        assert signer.post("/signature", {})["signature"]["edition"] == 2
        editions = get(running, URL + "/signatures", 200)["items"]
        assert [(each["edition"], each["reopened_why"]) for each in editions] == [
            (2, None),
            (1, "une faute"),
        ]
        assert editions[0]["sha256"] != editions[1]["sha256"]


def test_an_edition_is_read_as_it_was_signed_once_the_table_is_open_again(
    running: TestClient, editor: Person, signer: Person
) -> None:
    get(running, URL + "?edition=1", 400, code="invalid_parameter")
    editor.post("/decisions", {"decisions": EVERY})
    signer.post("/signature", {"comment": "revue"})
    signed = get(running, URL, 200)
    signer.post("/reopening", {"reason": "une faute"})
    rejected = {"decisions": [{"code": "506", "decision": "rejected"}]}
    editor.post("/decisions", rejected)
    edition = get(running, URL + "?edition=1", 200)
    assert [each | {"version": 0} for each in edition["items"]] == [
        each | {"version": 0} for each in signed["items"]
    ]
    assert (edition["open"], edition["signed"]["edition"]) == (0, 1)
    assert edition["signed"]["reopened_why"] == "une faute"
    assert get(running, URL, 200)["signed"] is None
    file = running.get(URL, params={"edition": 1, "format": "csv"}).content.decode("utf-8-sig")
    [row] = [line for line in file.splitlines() if line.startswith(f"{A};{B};506;")]
    assert ";accepted;" in row
    unknown = get(running, URL + "?edition=2", 400, code="invalid_parameter")
    assert "signed: 1" in unknown["detail"] or "signées : 1" in unknown["detail"]


def test_in_a_file_proposals_are_for_rows_that_wait(running: TestClient) -> None:
    query = {"format": "csv", "proposals": "true"}
    text = running.get(URL, params=query).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    proposed = {row["source"] for row in rows if row["proposals"]}
    waiting = {row["source"] for row in rows if row["open"] == "true"}
    assert proposed
    assert proposed <= waiting < {row["source"] for row in rows}


class TestFiles:
    def test_the_workbook_comes_back(self, running: TestClient, editor: Person) -> None:
        response = running.get(URL, params={"format": "xlsx"})
        book = load_workbook(io.BytesIO(response.content))
        sheet = book["À décider"]
        place = [cell.value for cell in sheet[1]].index("décision")
        for row in sheet.iter_rows(min_row=2, max_row=5):
            row[place].value = "refusé"
        file = io.BytesIO()
        book.save(file)
        checked = editor.send(file.getvalue(), query="?check=true")
        assert (checked["decisions"], checked["written"], checked["undecided"]) == (4, 0, 5)
        assert get(running, URL, 200)["open"] == 9
        answer = editor.send(file.getvalue())
        assert list(answer)[:3] == ["release", "from", "to"]
        assert (answer["written"], answer["file"]["sheet"]) == (4, "À décider")
        assert get(running, URL, 200)["open"] == 5
        assert editor.send(file.getvalue())["unchanged"] == 4

    def test_faults_are_told_and_nothing_is_written(
        self, running: TestClient, editor: Person
    ) -> None:
        lines = ["code;décision", "506;accepté", *["506;oui ?"] * 30]
        file = "\n".join(lines).encode()
        problem = editor.send(file, 422, "invalid_file")
        assert "30" in problem["detail"]
        assert "ligne 3" in problem["detail"]
        assert len(problem["faults"]) == 20
        assert problem["faults"][0]["path"] == "line/3"
        every = editor.send(file, query="?check=true")["faults"]
        assert [each["line"] for each in every] == list(range(3, 33))
        assert all(each["message"] and each["message_en"] for each in every)
        editor.send(b"a;b\n1;2", 422, "invalid_file")
        assert get(running, URL + "/decisions", 200)["items"] == []

    def test_somebody_decided_meanwhile(self, editor: Person) -> None:
        editor.post("/decisions", {"decisions": [{"code": "506", "decision": "rejected"}]})
        problem = editor.send(b"code;decision;version\n506;none;0", 409, "conflict")
        assert "506" in problem["detail"]

    def test_a_form_is_not_taken(self, editor: Person) -> None:
        answer = editor.client.post(
            URL + "/decisions/file", files={"file": b"x"}, headers=editor.headers
        )
        assert answer.status_code == 415


EDITING = [
    ("/decisions", {"json": {"decisions": EVERY[:1]}}),
    ("/decisions/file", {"content": b"code;decision\n506;none"}),
]
SIGNING = [("/signature", {"json": {}}), ("/reopening", {"json": {"reason": "x"}})]


class TestWhoMay:
    @pytest.mark.parametrize(("path", "sent"), [*EDITING, *SIGNING])
    def test_nobody_without_a_key(self, client: TestClient, path: str, sent: Any) -> None:
        for headers in ({}, {"authorization": "Bearer thes_wrong"}):
            response = ask(client, "POST", URL + path, 401, headers=headers, **sent)
            assert response.json()["code"] == "unauthorized"

    @pytest.mark.parametrize("path", ["/decisions", "/signature", "/reopening"])
    @pytest.mark.parametrize(
        "sent", [{"json": {"x": 1}}, {"content": b"{"}, {"content": b"x" * 99}]
    )
    def test_the_key_goes_before_the_body(self, client: TestClient, path: str, sent: Any) -> None:
        ask(client, "POST", URL + path, 401, **sent)

    @pytest.mark.parametrize(("path", "sent"), EDITING)
    def test_a_signer_does_not_edit(self, signer: Person, path: str, sent: Any) -> None:
        signer.answer(path, 403, "forbidden", **sent)

    @pytest.mark.parametrize(("path", "sent"), SIGNING)
    def test_an_editor_does_not_sign(self, editor: Person, path: str, sent: Any) -> None:
        editor.answer(path, 403, "forbidden", **sent)
