"""``POST /v1/check/file``: raw files in, three forms out, nothing kept."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from openpyxl import load_workbook
from starlette.testclient import TestClient

from tests.api.asking import ask
from tests.api.conftest import Start
from tests.coding.table.tables import workbook
from thesaurus.coding.table import FileAnswer

URL = "/v1/check/file"
TABLE = "IPP;Code ORPHA;Libellé\n1;558;Syndrome de Marfan\n2;255241;x\n1;398980;y\n"


def send(
    client: TestClient, content: str | bytes, status: int = 200, media: str = "", **query: Any
) -> Response:
    data = content.encode() if isinstance(content, str) else content
    headers = {"content-type": media} if media else {}
    return ask(client, "POST", URL, status, content=data, headers=headers, params=query)


def test_a_file_is_answered_in_json(client: TestClient) -> None:
    response = send(client, TABLE)
    assert response.headers["content-type"] == "application/json"
    answer = FileAnswer.model_validate_json(response.content)
    assert (answer.release, answer.profile) == ("demo-2023", "bamara")
    assert answer.columns == {"id": "IPP", "code": "Code ORPHA", "label": "Libellé"}
    assert [(each.id, each.lines) for each in answer.results] == [("1", [2, 4]), ("2", [3])]
    assert {(f.rule, f.line, f.column) for f in answer.results[1].findings} == {
        ("DX-010", 3, "Code ORPHA")
    }


def test_the_media_type_says_nothing(client: TestClient) -> None:
    for media in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        assert send(client, TABLE, media=media).json()["summary"]["rows"] == 3


@pytest.mark.parametrize(
    ("form", "media", "name"),
    [
        ("json", "application/json", "controle.json"),
        ("csv", "text/csv; charset=utf-8", "controle.csv"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "controle.xlsx",
        ),
    ],
)
def test_three_forms(client: TestClient, form: str, media: str, name: str) -> None:
    response = send(client, TABLE, format=form)
    assert response.headers["content-type"] == media
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert response.headers["cache-control"] == "no-store"


def test_the_file_with_columns_added(client: TestClient) -> None:
    lines = send(client, TABLE, format="csv").text.splitlines()
    assert lines[2].startswith("2;255241;x;erreur;DX-010;")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_the_encoding_that_was_written_is_said(client: TestClient, encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    response = send(client, mark + "code;é\n558;à\n".encode(encoding), format="csv")
    charset = {"cp1252": "windows-1252"}.get(encoding, encoding)
    assert response.headers["content-type"] == f"text/csv; charset={charset}"


def test_a_workbook_and_a_report(client: TestClient) -> None:
    data = workbook({"A": [["code"], [558]], "B": [["code"], [255241]]})
    response = send(client, data, format="xlsx", sheet="B")
    assert "Lignes" in load_workbook(io.BytesIO(response.content)).sheetnames
    assert send(client, data).json()["file"]["sheet"] == "A"


def test_columns_header_release_and_profile(client: TestClient) -> None:
    query = {"columns": "code=2", "header": "false", "release": "demo-2022", "profile": "stat"}
    answer = send(client, "a;558\n", **query).json()
    assert (answer["release"], answer["profile"]) == ("demo-2022", "stat")
    assert answer["columns"] == {"code": "B"}


@pytest.mark.parametrize(
    ("content", "query", "status", "code"),
    [
        ("", {}, 422, "invalid_file"),
        ("Nom;Prénom\na;b\n", {}, 422, "invalid_file"),
        ("code\n558\n", {"sheet": "x", "columns": "code=7"}, 422, "invalid_file"),
        (b"PK\x03\x04\0\0", {}, 422, "invalid_file"),
        ("code\n558\n", {"columns": "code"}, 400, "invalid_parameter"),
        ("code\n558\n", {"format": "pdf"}, 400, "invalid_parameter"),
        ("code\n558\n", {"langue": "fr"}, 400, "unknown_parameter"),
        ("code\n558\n", {"profile": "none"}, 400, "unknown_profile"),
        ("code\n558\n", {"release": "1789"}, 404, "unknown_release"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    client: TestClient, content: str | bytes, query: dict[str, str], status: int, code: str
) -> None:
    assert send(client, content, status, **query).json()["code"] == code


def test_forms_are_refused_with_the_command_to_use(client: TestClient) -> None:
    problem = send(client, TABLE, 415, media="multipart/form-data; boundary=x").json()
    assert problem["code"] == "unsupported_media_type"
    assert "curl --data-binary @" in problem["detail"]


def test_the_bound_is_that_of_files(own_home: Path, start: Start) -> None:
    client = start(own_home, max_body_size=100, max_check_file_size=1000)
    fits = "code;label\n" + "558;Marfan\n" * 80
    send(client, fits, 200)
    problem = send(client, fits * 2, 413).json()
    assert "THESAURUS_MAX_CHECK_FILE_SIZE" in problem["detail"]

    def pieces() -> Any:
        for _ in range(20):
            yield fits.encode()

    ask(client, "POST", URL, 413, content=pieces())
    ask(client, "POST", "/v1/check", 413, content=b" " * 101)


def test_nothing_of_a_file_is_logged(client: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    send(client, 'IPP;code\nDupont-1961;558\n"Durand-1962;58\n', columns="label=IPP,code=2")
    send(client, "Dupont-1961;Durand-1962\n;\n", 422)
    shown = "".join(capfd.readouterr())
    assert "/v1/check/file" in shown
    assert "Dupont" not in shown
    assert "Durand" not in shown
    assert "IPP" not in shown


def test_what_is_not_read_is_said(client: TestClient) -> None:
    answer = send(client, "Suivi 2024;\nMaladie;Ville\nMarfan;Lyon\n").json()
    assert answer["unread"] == {"columns": ["Ville"], "sheets": []}
    assert answer["file"]["headings_line"] == 2
    assert "NO COLUMN OF CODES" in answer["notes"][0]["message_en"]


def test_documents_are_sent_to_their_own_address(client: TestClient) -> None:
    problem = send(client, '<?xml version="1.0"?><ClinicalDocument/>', 422).json()
    assert problem["code"] == "invalid_file"
    assert "/v1/check/cda" in problem["detail"]


def test_columns_of_blanks_cost_nothing(client: TestClient) -> None:
    start = time.perf_counter()
    send(client, TABLE, 400, columns=" " * 2000)
    assert time.perf_counter() - start < 1
