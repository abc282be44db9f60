"""``POST /v1/recode`` and ``/file`` on the demonstration: 2022 to 2023."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from starlette.testclient import TestClient

from ontologies.transcoding import Decision
from tests.api.asking import ask, post
from tests.api.conftest import Start
from thesaurus.store.legacy import LegacyEntry
from thesaurus.store.transcoding import Wanted
from thesaurus.transcoding.deciding import decide
from thesaurus.transcoding.recoding.answer import MOST_IN_A_CALL
from thesaurus.transcoding.recoding.headings import HEADINGS

YEARS = {"from": "demo-2022", "to": "demo-2023"}
TABLE = "IPP;Centre;Code ORPHA\nP1;Lyon;558\nP2;Lyon;ORPHA:255241\nP3;Paris;139491\nP4;;x\n"


def recode(client: TestClient, *items: Any, status: int = 200, **body: Any) -> Any:
    return post(client, "/v1/recode", YEARS | {"items": list(items)} | body, status)


def send(client: TestClient, content: str | bytes, status: int = 200, **query: str) -> Any:
    return ask(client, "POST", "/v1/recode/file", status, content=content, params=YEARS | query)


def test_codes_are_recoded_or_explained(client: TestClient) -> None:
    answer = recode(
        client,
        {"id": "a", "code": "Orpha-255241", "site": "Lyon"},
        {"id": "b", "code": 139491},
        {"code": "1306"},
        {"code": "398980"},
        {"code": None},
    )
    assert list(answer)[:4] == ["release", "from", "to", "releases"]
    assert (answer["release"], answer["from"], answer["signed"]) == (
        *("demo-2023", "demo-2022", False),
    )
    first, second, third, fourth, fifth = answer["items"]
    assert (first["id"], first["outcome"], first["source"], first["kind"], first["decision"]) == (
        *("a", "recoded", "255241", "deprecated-automatic", "automatic"),
    )
    assert first["target"] | {"label": ""} == {
        "code": "506",
        "curie": "ORPHA:506",
        "label": "",
        "lang": "fr",
        "level": "disorder",
        "status": "active",
    }
    assert (second["outcome"], second["target"]) == ("to_decide", None)
    assert [each["outcome"] for each in (third, fourth, fifth)] == [
        *("no_code", "to_decide", "blank")
    ]
    assert answer["proposals"]["139491"][0]["code"] == "647834"
    assert answer["totals"] == {
        "rows": 5,
        "unchanged": 0,
        "recoded": 1,
        "to_decide": 2,
        "no_code": 1,
        "unknown": 0,
        "unreadable": 0,
        "blank": 1,
        "waiting": 3,
    }


def test_what_was_recoded_stays(client: TestClient) -> None:
    first = recode(client, {"code": "255241"}, {"code": "137911"})
    targets = [{"code": each["target"]["code"]} for each in first["items"]]
    again = recode(client, *targets)
    assert [each["outcome"] for each in again["items"]] == ["to_decide", "unchanged"]
    assert [each["source"] for each in again["items"]] == ["506", "3205"]


def test_labels_in_another_language(client: TestClient) -> None:
    body = YEARS | {"items": [{"code": "137911"}]}
    french = post(client, "/v1/recode", body, 200)
    english = post(client, "/v1/recode", body, 200, lang="en")
    ends = [answer["items"][0]["target"] for answer in (french, english)]
    assert [end["lang"] for end in ends] == ["fr", "en"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"from": "demo-2023", "to": "demo-2022", "items": []}, 400),
        ({"from": "1999", "to": "demo-2023", "items": []}, 404),
        ({"from": "demo-2022", "items": []}, 422),
        ({"from": "demo-2022", "to": "demo-2023", "items": [{}]}, 422),
        ({"from": "demo-2022", "to": "demo-2023", "items": [{"code": "1", "x": 1}]}, 422),
        (YEARS | {"items": [{"code": "558"}] * (MOST_IN_A_CALL + 1)}, 422),
    ],
)
def test_refused(client: TestClient, body: Any, status: int) -> None:
    post(client, "/v1/recode", body, status)


def test_unknown_parameters_are_refused(client: TestClient) -> None:
    post(client, "/v1/recode", YEARS | {"items": []}, 400, code="unknown_parameter", release="x")


class TestFile:
    def test_as_json(self, client: TestClient) -> None:
        response = send(client, TABLE)
        assert response.headers["cache-control"] == "no-store"
        answer = response.json()
        assert [(each["line"], each["outcome"], each["site"]) for each in answer["items"]] == [
            *((3, "recoded", "Lyon"), (4, "to_decide", "Paris"), (5, "unreadable", None))
        ]
        assert "P3" not in response.text
        assert answer["totals"]["rows"] == 4

    def test_as_csv(self, client: TestClient) -> None:
        response = send(client, TABLE.encode("cp1252"), format="csv")
        assert response.headers["content-type"] == "text/csv; charset=utf-8"
        lines = response.text.split("\n")
        assert lines[0] == "IPP;Centre;Code ORPHA;" + ";".join(HEADINGS)
        assert lines[2].startswith("P2;Lyon;ORPHA:255241;506;")
        again = send(client, response.content, format="csv")
        assert again.content == response.content

    def test_windows_1252(self, client: TestClient) -> None:
        response = send(client, "Hôpital;code\nÉ;137911\n".encode("cp1252"), format="csv")
        assert response.headers["content-type"] == "text/csv; charset=windows-1252"

    def test_as_a_workbook(self, client: TestClient) -> None:
        book = load_workbook(io.BytesIO(send(client, TABLE, format="xlsx").content))
        assert book.sheetnames == ["Lignes", "Résumé"]
        assert book["Lignes"]["D3"].value == 506

    def test_as_a_work_list(self, client: TestClient) -> None:
        response = send(client, TABLE, format="worklist")
        assert response.headers["content-disposition"].endswith('"liste-de-travail.xlsx"')
        book = load_workbook(io.BytesIO(response.content))
        assert book.sheetnames == ["Résumé", "Paris", "(sans site)"]
        rows = [row[:3] for row in book["Paris"].iter_rows(min_row=2, values_only=True)]
        assert rows == [(4, "Paris", 139491)]
        cells = [cell for sheet in book for row in sheet.values for cell in row]
        assert not {"P1", "P2", "P3", "P4"} & set(cells)

    def test_columns_that_somebody_names(self, client: TestClient) -> None:
        answer = send(client, "a;b\nx;137911\n", columns="code=2,site=A").json()
        assert answer["sites"][0]["site"] == "x"

    def test_refused(self, client: TestClient) -> None:
        send(client, "a;b\nx;y\n", 422)
        send(client, "802;558\n558;506\n", 422)
        send(client, TABLE, 404, to="2050")
        send(client, TABLE, 400, format="pdf")
        ask(client, "POST", "/v1/recode/file", 400, content=TABLE)
        form = {"files": {"file": ("a.csv", TABLE)}, "params": YEARS}
        ask(client, "POST", "/v1/recode/file", 415, **form)

    def test_files_have_their_own_bound(self, start: Start, own_home: Any) -> None:
        small = start(own_home, max_body_size=10, max_check_file_size=60)
        send(small, "code;x\n558;1\n")
        send(small, TABLE, 413)
        post(small, "/v1/recode", YEARS | {"items": []}, 413)


def test_nothing_that_was_sent_is_logged(
    start: Start, own_home: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    running = start(own_home, log_level="debug")
    recode(running, {"id": "TRÈS-SECRET", "code": "Marfan-SECRET", "site": "SECRET"})
    send(running, TABLE.replace("P1", "SECRET"))
    assert "SECRET" not in "".join(capfd.readouterr())


def test_a_decision_is_followed_at_once(start: Start, own_home: Any) -> None:
    running = start(own_home)
    code = {"code": "139491"}
    assert recode(running, code)["items"][0]["outcome"] == "to_decide"
    ways = running.app.state.ways  # type: ignore[attr-defined]
    way = ways.between("demo-2022", "demo-2023")
    wanted = [Wanted("139491", Decision.ACCEPTED, ("647834",))]
    decide(ways, way, wanted, actor="test")
    item = recode(running, code)["items"][0]
    assert (item["outcome"], item["decision"], item["target"]["code"]) == (
        *("recoded", "accepted", "647834"),
    )


def test_a_legacy_table_is_a_source_like_a_release(start: Start, own_home: Any) -> None:
    running = start(own_home)
    legacy = running.app.state.ways.legacy  # type: ignore[attr-defined]
    entries = [LegacyEntry("M12", "Syndrome de Marfan"), LegacyEntry("M13", "inconnu")]
    legacy.replace("cemara", entries, actor="test")
    body = {"from": "cemara", "to": "demo-2023", "items": [{"code": "m12"}, {"code": "X"}]}
    first = post(running, "/v1/recode", body, 200)
    assert [each["outcome"] for each in first["items"]] == ["to_decide", "unknown"]
    assert first["proposals"]["M12"][0]["code"] == "558"
    wanted = [Wanted("M12", Decision.ACCEPTED, ("558",))]
    legacy.ways.store.decide("cemara", "demo-2023", wanted, actor="test")
    item = post(running, "/v1/recode", body, 200)["items"][0]
    assert (item["outcome"], item["source"], item["kind"]) == ("recoded", "M12", "legacy-CEMARA")
    assert item["target"]["code"] == "558"
    table = "Code CEMARA;Code ORPHA\nM12;58\nM13;\n"
    response = send(running, table, format="csv", **{"from": "cemara"})
    assert response.text.split("\n")[1].startswith("M12;58;558;Syndrome de Marfan;recodé;accepté;")
