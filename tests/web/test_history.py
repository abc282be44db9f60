"""The history of the releases as a page: what people wrote stays text, every link leads on."""

import datetime as dt
import re

import pytest

from tests.api.asking import ask, get
from tests.api.lived import HOSTILE, UNTIL, lived
from tests.web.seeing import see
from thesaurus import releases

__all__ = ["lived"]


def test_the_page_says_who_did_what_when_and_why(lived):
    seen = see(lived, "/history")
    assert seen.response.headers["content-language"] == "fr"
    assert seen.all("//html/@lang") == ["fr"]
    cells = seen.texts("//td")
    for said in ("remplacée → active", "fenêtre changée", "ana", "bob", "bascule"):
        assert said in cells
    assert f"{UNTIL:%d/%m/%Y}" in cells
    english = see(lived, "/history?lang=en")
    assert english.response.headers["content-language"] == "en"
    assert {"superseded → active", "window changed"} <= set(english.texts("//td"))


def test_the_page_says_what_the_api_says(lived):
    steps = get(lived, "/v1/releases/history", 200)["items"]
    shown = see(lived, "/history").rows("Étapes")
    moments = [f"{dt.datetime.fromisoformat(each['at']):%d/%m/%Y %H:%M} UTC" for each in steps]
    assert [row[1] for row in shown] == moments
    assert [(row[0], row[3]) for row in shown] == [(e["release"], e["actor"]) for e in steps]


def test_what_people_wrote_never_becomes_markup(lived):
    seen = see(lived, "/history")
    assert HOSTILE in seen.texts("//td")
    assert "eve <b>" in seen.texts("//td")
    assert not seen.all("//main//script | //img | //b | //style | //iframe | //object")
    assert not [each for each in seen.all("//@*") if each.attrname.startswith("on")]
    assert "alert" not in "".join(seen.all("//@*"))
    assert "<script>" not in seen.response.text


def test_no_style_of_its_own_and_no_other_host(lived):
    seen = see(lived, "/history?system=all")
    assert not seen.all("//@style")
    assert not seen.all("//script[not(@src)]")
    addresses = seen.all("//@href | //@src | //@action")
    assert addresses
    assert all(re.match(r"#|/(?!/)", each) for each in addresses)


def test_tables_are_named_and_their_headings_have_a_scope(lived):
    seen = see(lived, "/history")
    assert len(seen.all("//table/caption")) == len(seen.all("//table")) == 2
    assert set(seen.all("//th/@scope")) == {"col", "row"}
    assert len(seen.all("//th/@scope")) == len(seen.all("//th"))
    assert all(seen.all("//tbody//td/@data-name"))
    assert len(seen.all("//tbody//td/@data-name")) == len(seen.all("//tbody//td"))
    assert seen.all("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]


def test_what_the_page_links_is_there(lived):
    for url in ("/history?system=all", "/history?lang=en&release=demo-2022"):
        for address in set(see(lived, url).all("//@href | //@src | //@action")):
            if not address.startswith("#"):
                ask(lived, "GET", address, 200)


def test_a_reader_of_another_release_stays_there(lived):
    seen = see(lived, "/history?release=demo-2022")
    assert "release=demo-2022" in seen.all("//nav//a/@href")[0]
    assert "demo-2022" in seen.text("//*[contains(@class, 'notice')]")


def test_a_new_step_is_news(own_home, register, start):
    running = start(own_home)
    etag = running.get("/history").headers["etag"]
    assert running.get("/history", headers={"If-None-Match": etag}).status_code == 304
    releases.roll_back(register, actor="ana")
    running.app.state.runtime.refresh()
    assert running.get("/history", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"lang": "de"}, "invalid_parameter"),
        ({"system": "nothing"}, "unknown_system"),
        ({"q": "x"}, "unknown_parameter"),
    ],
)
def test_questions_that_the_page_does_not_know(client, query, code):
    get(client, "/history", 400, code=code, **query)


def test_behind_a_proxy_that_shows_it_below_a_path(lived):
    lived.app.root_path = "/thesaurus"
    for address in see(lived, "/history").all("//@href | //@src | //@action"):
        assert address.startswith(("#", "/thesaurus/"))
