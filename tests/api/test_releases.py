import pytest

from tests.api.asking import get
from thesaurus import releases


def test_the_register(client):
    answer = get(client, "/v1/releases", 200)
    assert answer["release"] == "demo-2023"
    assert [(each["id"], each["state"]) for each in answer["items"]] == [
        ("demo-2023", "active"),
        ("demo-2022", "superseded"),
    ]


def test_one_release(client):
    item = get(client, "/v1/releases/demo-2022", 200)
    assert (item["release"], item["id"], item["date"]) == ("demo-2022", "demo-2022", "2022-06-14")
    assert item["languages"] == ["fr", "en"]
    assert item["counts"]["entities"] == 162
    assert [event["to_state"] for event in item["history"]] == [
        *("draft", "checked", "active", "superseded")
    ]


def test_the_load_report(client):
    report = get(client, "/v1/releases/demo-2023/report", 200)
    assert (report["release"], report["date"]) == ("demo-2023", "2023-06-21")
    assert report["counts"] == get(client, "/v1/releases/demo-2023", 200)["counts"]
    assert {check["result"] for check in report["checks"]} <= {"pass", "not_applicable"}
    assert report["repairs"]


@pytest.mark.parametrize("name", ["2023", "demo-2023%00", "%ff", "..", "demo-2023%0a"])
@pytest.mark.parametrize("end", ["", "/report"])
def test_releases_that_are_not_there(client, name, end):
    expected = "not_found" if name == ".." else "unknown_release"
    get(client, f"/v1/releases/{name}{end}", 404, code=expected)


def test_a_name_too_long_for_a_release(client):
    get(client, f"/v1/releases/{'2' * 41}", 400, code="invalid_parameter")


@pytest.mark.parametrize(
    "url", ["/v1/releases", "/v1/releases/demo-2023", "/v1/releases/demo-2023/report"]
)
def test_they_have_no_parameters(client, url):
    get(client, url, 400, code="unknown_parameter", release="demo-2022")


def test_the_list_of_a_dataset_is_news_when_the_nomenclature_moves(own_home, register, start):  # type: ignore[no-untyped-def]
    running = start(own_home)
    url = "/v1/releases?system=mondo-rare"
    before = running.get(url)
    releases.activate(register, "demo-2022", actor="test")
    running.app.state.runtime.refresh()
    after = running.get(url, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["release"] == "demo-2022"
