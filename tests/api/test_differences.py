"""``GET /v1/releases/{a}/differences/{b}`` on the demonstration."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.api.asking import ask, codes, get
from tests.packs.demonstration.changes import NEW, VANISHED
from thesaurus.store import Perimeters, State

URL = "/v1/releases/demo-2022/differences/demo-2023"
CONTRACT = [
    *("added", "removed", "renamed", "status", "level", "type", "parents", "synonyms"),
    *("edges_added", "edges_removed"),
]


def changes(answer: Any, code: str, kind: str) -> list[Any]:
    item = next(each for each in answer["items"] if each["code"] == code)
    return [each for each in item["changes"] if each["kind"] == kind]


def test_the_contract(client: Any) -> None:
    answer = get(client, URL, 200, limit=1000)
    assert list(answer)[:5] == ["release", "from", "to", "languages", "counts"]
    assert (answer["release"], answer["from"], answer["to"]) == (
        *("demo-2023", "demo-2022", "demo-2023"),
    )
    assert list(answer["counts"])[:10] == CONTRACT
    assert answer["counts"]["added"] == len(NEW)
    assert answer["counts"]["removed"] == len(VANISHED)
    assert answer["total"] == len(answer["items"])
    for kind in CONTRACT[:8]:
        changed = [
            item
            for item in answer["items"]
            if any(change["kind"] == kind for change in item["changes"])
        ]
        assert len(changed) == answer["counts"][kind], kind


def test_items(client: Any) -> None:
    answer = get(client, URL, 200, limit=1000)
    (level,) = changes(answer, "506", "level")
    assert (level["before"], level["after"]) == ("group", "disorder")
    (status,) = changes(answer, "255241", "status")
    assert status["redirection"]["target"] == "506"
    assert status["aggregation"]["label"] == "Syndrome de Leigh"
    assert {each["lang"] for each in changes(answer, "637", "renamed")} == {"fr", "en"}
    (gone,) = changes(answer, "398980", "removed")
    assert [each["code"] for each in gone["parents"]] == ["398934"]
    (place,) = changes(answer, "284343", "classifications")[0]["places"]
    assert (place["id"], place["before"], place["after"]) == ("156", None, ["98053"])
    assert any(each["facet"] == "alignments" for each in answer["not_compared"])


def test_in_another_language_and_in_pages(client: Any) -> None:
    answer = get(client, URL, 200, lang="en", kind="level", offset=1, limit=2)
    assert codes(answer) == ["2204", "3188"]
    assert answer["items"][0]["lang"] == "en"
    assert (answer["total"], answer["filtered"]["level"], answer["counts"]["level"]) == (5, 5, 5)
    assert answer["filtered"]["added"] == 0


def test_several_kinds_and_levels(client: Any) -> None:
    url = f"{URL}?kind=added&kind=status&level=group"
    assert codes(get(client, url, 200)) == ["634518"]


@pytest.mark.parametrize(
    ("url", "status", "code", "named"),
    [
        ("/v1/releases/demo-2022/differences/2023", 404, "unknown_release", "demo-2022"),
        ("/v1/releases/1999/differences/demo-2023", 404, "unknown_release", "demo-2023"),
        (f"{URL}?classification=9", 404, "unknown_classification", "156"),
        (f"{URL}?perimeter=oscar", 404, "unknown_perimeter", "oscar"),
        (f"{URL}?kind=other", 400, "invalid_parameter", "kind"),
        (f"{URL}?release=demo-2023", 400, "unknown_parameter", "release"),
        (f"{URL}?limit=5001", 400, "invalid_parameter", "limit"),
        (f"{URL}?format=pdf", 400, "invalid_parameter", "format"),
    ],
)
def test_wrong_questions(client: Any, url: str, status: int, code: str, named: str) -> None:
    assert named in get(client, url, status, code=code)["detail"]


def test_no_differences_and_going_back(client: Any) -> None:
    same = get(client, "/v1/releases/demo-2023/differences/demo-2023", 200)
    assert (same["total"], set(same["counts"].values())) == (0, {0})
    back = get(client, "/v1/releases/demo-2023/differences/demo-2022", 200)
    assert (back["counts"]["added"], back["counts"]["removed"]) == (len(VANISHED), len(NEW))
    assert back["release"] == "demo-2022"


def test_a_workbook_and_a_table(client: Any) -> None:
    book = ask(client, "GET", f"{URL}?format=xlsx", 200)
    assert book.headers["content-disposition"].endswith('"differences_demo-2022_demo-2023.xlsx"')
    assert book.headers["etag"]
    sheets = load_workbook(io.BytesIO(book.content))
    assert sheets.sheetnames[0] == "Newly included ORPHAcodes"
    table = ask(client, "GET", f"{URL}?format=csv&kind=level", 200)
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(table.content.decode("utf-8-sig").splitlines()) == 6


def test_the_etag_holds_until_something_changes(client: Any) -> None:
    etag = ask(client, "GET", URL, 200).headers["etag"]
    again = client.get(URL, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{URL}?kind=level", headers={"If-None-Match": etag})
    assert other.status_code == 200


def test_a_perimeter(own_home, register, start) -> None:  # type: ignore[no-untyped-def]
    Perimeters(register.database).replace("filiere", ["98249", "506"], actor="test")
    running = start(own_home)
    answer = get(running, URL, 200, perimeter="filiere")
    # 636941 is new, below Ehlers-Danlos.
    assert codes(answer) == ["506", "636941"]
    etag = ask(running, "GET", f"{URL}?perimeter=filiere", 200).headers["etag"]
    Perimeters(register.database).replace("filiere", ["506"], actor="test")
    running.app.state.runtime.refresh()
    url = f"{URL}?perimeter=filiere"
    assert codes(running.get(url, headers={"If-None-Match": etag}).json()) == ["506"]


def test_archived_releases_are_refused(own_home, register, start) -> None:  # type: ignore[no-untyped-def]
    running = start(own_home)
    get(running, URL, 200)
    register.move("demo-2022", State.ARCHIVED, actor="test")
    running.app.state.runtime.refresh()
    get(running, URL, 404, code="unknown_release")
