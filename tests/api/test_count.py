"""``POST /v1/codes/count`` and ``/count/file``: patients counted, nothing kept."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from openpyxl import load_workbook
from starlette.testclient import TestClient

from tests.api.asking import ask, post, service
from tests.api.conftest import Start
from tests.builders import small_pack
from tests.coding.table.tables import workbook
from tests.packs.products import linearisation_xml
from thesaurus import releases
from thesaurus.counting import CountAnswer, FileCountAnswer
from thesaurus.settings import Settings
from thesaurus.store import Database, Perimeters, Register

URL, FILE = "/v1/codes/count", "/v1/codes/count/file"
ROWS = [
    {"patient": "p1", "code": "284963"},  # a subtype of Marfan
    {"patient": "p1", "code": "ORPHA:558"},
    {"patient": "p2", "code": "558"},
    {"patient": "p3", "code": "255241"},  # moved to 506
    {"patient": "p4", "code": "98006"},  # a group
    {"patient": "p5", "code": "802"},  # not rare
    {"patient": "p2", "code": "999999"},
    {"patient": "p6", "code": "Q87.4"},
    {"code": "58"},
]
TABLE = "IPP;Code ORPHA\n" + "".join(f"{row.get('patient', '')};{row['code']}\n" for row in ROWS)


@pytest.fixture(scope="module")
def complete(demonstration_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The service with a linearisation and a perimeter beside the demonstration."""
    folder = tmp_path_factory.mktemp("count")
    home = shutil.copytree(demonstration_home, folder / "home")
    parents = {"558": "93419", "506": "98006", "58": "98006", "1": None}
    (folder / "linear.xml").write_bytes(linearisation_xml(small_pack(), parents))
    database = Database(Settings(home=home).database)
    register = Register(database)
    (loaded,) = releases.load_all(register, [folder / "linear.xml"], actor="test")
    own = register.of(loaded.record.release.system)
    releases.activate(own, loaded.record.id, actor="test")
    Perimeters(database).replace("oscar", ("558", "15", "98006"), actor="test")
    database.dispose()
    with service(home, search_log_seconds=3600) as running:
        yield running


def count(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = post(client, URL, {"rows": ROWS, **asked}, 200)
    CountAnswer.model_validate(answer)
    return dict(answer)


def patients(answer: dict[str, Any]) -> dict[str, int]:
    return {item["code"]: item["patients"] for item in answer["items"]}


def test_every_code_above_counts_each_patient_once(client: TestClient) -> None:
    answer = count(client)
    assert answer["release"] == "demo-2023"
    assert answer["classification"] is None
    marfan = next(item for item in answer["items"] if item["code"] == "558")
    assert marfan == {
        "code": "558",
        "curie": "ORPHA:558",
        "label": "Syndrome de Marfan",
        "lang": "fr",
        "level": "disorder",
        "rows": 3,
        "patients": 2,
        "direct": 2,
        "preferential_parent": None,
    }
    assert patients(answer)["98006"] == 3  # p3, p4 and the row without a patient
    assert patients(answer)["98053"] == 4  # above Marfan and above Leigh


def test_what_was_left_out_is_told(client: TestClient) -> None:
    answer = count(client)
    assert answer["total"] == {
        "read": {"rows": 9, "patients": 7},
        "counted": {"rows": 6, "patients": 5},
        "selected": {"rows": 6, "patients": 5},
        "unassigned": None,
    }
    assert answer["dropped"] == {
        "non_rare": {"rows": 1, "patients": 1},
        "unknown_code": {"rows": 1, "patients": 0},
        "unreadable_code": {"rows": 1, "patients": 1},
    }
    (dropped,) = answer["dropped_codes"]
    assert (dropped["code"], dropped["reason"], dropped["status"]) == ("802",) + ("non_rare",) * 2
    assert dropped["label"] == "Sclérose en plaques"


def test_the_selection_changes_no_count(client: TestClient) -> None:
    whole = patients(count(client))
    disorders = count(client, level=["disorder"])
    assert patients(disorders) == {"558": 2, "506": 1, "58": 1}
    assert disorders["total"]["selected"] == {"rows": 5, "patients": 4}
    assert disorders["scope"] == {"level": ["disorder"], "perimeter": None, "within": None}
    below = patients(count(client, within="ORPHA:98006"))
    assert below == {code: whole[code] for code in ("98006", "506", "58")}


def test_along_one_classification(client: TestClient) -> None:
    answer = count(client, classification="181")  # neurological diseases
    assert answer["classification"] == "181"
    assert "558" not in patients(answer)
    assert answer["dropped"]["outside"]["patients"] == 2


def test_options_change_the_recipe(client: TestClient) -> None:
    aggregated = count(client, aggregate=True, groups=False)
    assert patients(aggregated).get("284963") is None
    assert aggregated["dropped"]["group"] == {"rows": 1, "patients": 1}
    assert aggregated["recipe"] == {
        "name": "plain",
        "redirect": "moved",
        "specify": False,
        "groups": False,
        "aggregate": True,
        "by_specialty": False,
    }
    assert count(client, redirect="none")["dropped"]["deprecated"]["rows"] == 1


def test_genes_make_codes_more_precise(client: TestClient) -> None:
    rows = [{"patient": "a", "code": "65753", "genes": ["MPZ"]}]
    assert "101082" not in patients(post(client, URL, {"rows": rows}, 200))
    answer = post(client, URL, {"rows": rows, "specify": True}, 200)
    assert patients(answer)["101082"] == 1
    assert answer["datasets"] == {"orphanet-genes": "demo-2023"}


def test_the_national_recipe(complete: TestClient) -> None:
    answer = count(complete, recipe="national")
    assert patients(answer) == {"93419": 2, "558": 2, "98006": 2, "506": 1, "58": 1}
    parents = {item["code"]: item["preferential_parent"] for item in answer["items"]}
    assert (parents["558"], parents["93419"]) == ("93419", None)
    assert answer["total"]["counted"] == {"rows": 5, "patients": 4}
    assert answer["total"]["unassigned"] == {"rows": 0, "patients": 0}
    assert answer["dropped"]["group"] == {"rows": 1, "patients": 1}
    assert list(answer["datasets"]) == ["orphanet-linearisation"]


def test_entities_without_a_preferential_parent_are_told(complete: TestClient) -> None:
    rows = [{"patient": "a", "code": "15"}, {"patient": "a", "code": "558"}]
    answer = post(complete, URL, {"rows": rows, "recipe": "national"}, 200)
    assert answer["total"]["unassigned"] == {"rows": 1, "patients": 1}
    assert patients(answer) == {"15": 1, "558": 1, "93419": 1}


def test_a_perimeter_bounds_what_is_listed(complete: TestClient) -> None:
    answer = count(complete, perimeter="oscar")
    assert patients(answer) == {"98006": 3, "558": 2}
    assert answer["total"]["selected"] == {"rows": 6, "patients": 5}
    post(complete, URL, {"rows": [], "perimeter": "x"}, 404, code="unknown_perimeter")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"recipe": "national"}, 404, "no_dataset"),
        ({"classification": "1"}, 404, "unknown_classification"),
        ({"within": "999999"}, 404, "unknown_code"),
        ({"within": "abc"}, 400, "invalid_code"),
        ({"recipe": "other"}, 422, "invalid_body"),
        ({"level": ["head"]}, 422, "invalid_body"),
        ({"patients": 1}, 422, "invalid_body"),
        ({"rows": [{"code": "558", "name": "x"}]}, 422, "invalid_body"),
        ({"rows": [{}] * 100_001}, 422, "invalid_body"),
    ],
)
def test_what_cannot_be_asked(
    client: TestClient, asked: dict[str, Any], status: int, code: str
) -> None:
    post(client, URL, {"rows": [], **asked}, status, code=code)


def test_specialties_follow_no_classification(complete: TestClient) -> None:
    body = {"rows": [], "recipe": "national", "classification": "146"}
    post(complete, URL, body, 400, code="invalid_parameter")
    post(complete, URL, body | {"by_specialty": False}, 200)


def test_no_row_is_an_answer(client: TestClient) -> None:
    answer = post(client, URL, {"rows": []}, 200)
    assert (answer["items"], answer["dropped"]) == ([], {})
    blank = post(client, URL, {"rows": [{}, {"patient": " ", "code": " "}]}, 200)
    assert blank["dropped"] == {"no_code": {"rows": 2, "patients": 2}}


def test_numbers_are_tokens_too(client: TestClient) -> None:
    rows = [{"patient": 7, "code": 558}, {"patient": "7", "code": "558"}]
    (marfan,) = post(client, URL, {"rows": rows, "within": "558"}, 200)["items"]
    assert (marfan["rows"], marfan["patients"]) == (2, 1)


def test_of_another_release_and_language(client: TestClient) -> None:
    body = {"rows": [{"patient": "a", "code": "398980"}]}
    assert post(client, URL, body, 200)["dropped"]["unknown_code"]["rows"] == 1
    before = post(client, URL, body, 200, release="demo-2022", lang="en")
    assert before["release"] == "demo-2022"
    assert before["items"][0]["lang"] == "en"


# -- files -----------------------------------------------------------------------------------


def send(client: TestClient, content: str | bytes, status: int = 200, **query: Any) -> Response:
    data = content.encode() if isinstance(content, str) else content
    return ask(client, "POST", FILE, status, content=data, params=query)


def test_a_file_is_counted_like_rows(client: TestClient) -> None:
    answer = FileCountAnswer.model_validate_json(send(client, TABLE).content)
    assert answer.file.columns == {"id": "IPP", "code": "Code ORPHA"}
    as_rows = CountAnswer.model_validate(count(client))
    assert CountAnswer(**{name: getattr(answer, name) for name in CountAnswer.model_fields}) == (
        as_rows
    )


def test_a_workbook_is_counted(client: TestClient) -> None:
    cells = [line.split(";") for line in TABLE.splitlines()]
    answer = send(client, workbook({"Feuil1": cells})).json()
    assert answer["total"]["counted"] == {"rows": 6, "patients": 5}
    assert answer["file"]["sheet"] == "Feuil1"


def test_rows_that_cannot_be_read_are_counted_and_told(client: TestClient) -> None:
    answer = send(client, "patient;code\na;558\nb;558;x;y\n\nc;\x00\na;\n").json()
    assert answer["dropped"] == {
        "no_code": {"rows": 1, "patients": 0},
        "unreadable_row": {"rows": 2, "patients": 2},
    }
    assert answer["total"]["read"] == {"rows": 4, "patients": 3}
    assert [each["line"] for each in answer["file"]["first_problems"]] == [3, 5]
    assert (answer["file"]["problems"], answer["file"]["blank"]) == (2, 1)


def test_without_patients_rows_are_counted(client: TestClient) -> None:
    answer = send(client, "code\n558\n558\n").json()
    assert answer["total"]["counted"] == {"rows": 2, "patients": 2}
    assert "columns=patient=3" in answer["file"]["notes"][0]["message_en"]


def test_genes_of_a_file(client: TestClient) -> None:
    answer = send(client, "patient;code;gènes\na;65753;MPZ | x\nb;65753;\n", specify=True).json()
    assert patients(answer)["101082"] == 1
    assert patients(answer)["65753"] == 2


def test_a_list_as_csv(client: TestClient) -> None:
    response = send(client, TABLE, format="csv", level="disorder")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="comptage.csv"'
    assert response.headers["cache-control"] == "no-store"
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["code", "libellé", "niveau", "patients", "lignes", "patients codés ainsi"]
    assert rows[1] == ["558", "Syndrome de Marfan", "pathologie", "2", "3", "2"]
    assert len(rows) == 4


def test_a_workbook_with_the_sums(complete: TestClient) -> None:
    response = send(complete, TABLE, format="xlsx", recipe="national")
    book = load_workbook(io.BytesIO(response.content))
    assert book.sheetnames == ["Comptage", "Non comptés", "Résumé"]
    counted = list(book["Comptage"].values)
    assert counted[0][-1] == "parent préférentiel"
    assert (558, "Syndrome de Marfan", "pathologie", 2, 3, 2, "93419") in counted
    assert {row[0]: row[3] for row in book["Non comptés"].values} == {
        "code": "motif",
        802: "non rare en Europe",
        98006: "groupe de pathologies",
    }
    summary = {row[0]: row[1] for row in book["Résumé"].values}
    assert (summary["lus"], summary["comptés"]) == (7, 4)
    assert summary["version"] == "demo-2023"


@pytest.mark.parametrize(
    ("content", "query", "status", "code"),
    [
        ("", {}, 422, "invalid_file"),
        ("a;b\nx;y\n", {}, 422, "invalid_file"),
        ("label\nMarfan\n", {}, 422, "invalid_file"),
        (TABLE, {"columns": "code=9"}, 422, "invalid_file"),
        (TABLE, {"columns": "colour=1"}, 400, "invalid_parameter"),
        (TABLE, {"format": "pdf"}, 400, "invalid_parameter"),
        (TABLE, {"colour": "red"}, 400, "unknown_parameter"),
        (TABLE, {"recipe": "national"}, 404, "no_dataset"),
    ],
)
def test_files_that_cannot_be_counted(
    client: TestClient, content: str, query: dict[str, Any], status: int, code: str
) -> None:
    assert send(client, content, status, **query).json()["code"] == code


def test_forms_and_large_files_are_refused(own_home: Path, start: Start) -> None:
    client = start(own_home, max_body_size=100, max_check_file_size=1000)
    send(client, TABLE + "a;558\n" * 50, 200)
    send(client, TABLE + "a;558\n" * 500, 413)
    form = {"files": {"file": ("a.csv", TABLE)}}
    ask(client, "POST", FILE, 415, **form)


def test_nothing_of_a_patient_is_kept_or_logged_or_answered(
    client: TestClient, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "1850675123456"
    good = {"rows": [{"patient": secret, "code": "558"}, {"patient": secret, "code": secret}]}
    bad = {"rows": [{"patient": secret, "code": "558", "genes": secret}], "level": secret}
    answers = [
        ask(client, "POST", URL, 200, json=good).text,
        ask(client, "POST", URL, 422, json=bad).text,
        ask(client, "POST", URL, 422, json={"rows": [{"patient": [secret]}]}).text,
        ask(client, "POST", URL, 422, json={"rows": [{secret: "x"}]}).text,
        send(client, f"IPP;code\n{secret};558\n{secret};558;z;{secret}\n").text,
    ]
    assert not any(secret in each for each in answers)
    assert secret not in "".join(capfd.readouterr())
