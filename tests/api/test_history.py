"""The history of the register as JSON and as a page; releases that are to come, by their id."""

import datetime as dt
import re
from html.parser import HTMLParser

import pytest

from tests.api.asking import ask, get, post
from tests.builders import load_pack, small_pack
from thesaurus import releases
from thesaurus.store import State

HOSTILE = "<script>alert(1)</script> & \"'<img src=x onerror=alert(1)> {{ 7*7 }}"
UNTIL = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)


@pytest.fixture
def lived(own_home, register, start):
    """A service whose register has seen something."""
    releases.roll_back(register, actor="eve <b>", reason=HOSTILE)
    releases.activate(register, "demo-2023", actor="ana", reason="bascule", accepted_until=UNTIL)
    releases.accept_until(register, "demo-2022", UNTIL, actor="bob")
    return start(own_home)


# -- JSON ----------------------------------------------------------------------------------------


def test_the_latest_step_comes_first(lived):
    answer = get(lived, "/v1/releases/history", 200)
    assert answer["release"] == "demo-2023"
    assert answer["total"] == len(answer["items"])
    moments = [each["at"] for each in answer["items"]]
    assert moments == sorted(moments, reverse=True)
    assert [
        (each["release"], each["actor"], each["from_state"], each["to_state"], each["reason"])
        for each in answer["items"][:3]
    ] == [
        ("demo-2022", "bob", "superseded", "superseded", f"admise jusqu'au {UNTIL}"),
        ("demo-2023", "ana", "superseded", "active", "bascule"),
        (
            *("demo-2022", "ana", "active", "superseded"),
            f"→ demo-2023 (admise jusqu'au {UNTIL})",
        ),
    ]
    assert {each["system"] for each in answer["items"]} == {"orphanet"}


def test_filters(lived):
    url = "/v1/releases/history"
    whole = get(lived, url, 200)
    few = get(lived, url, 200, limit=2)
    assert (few["items"], few["total"]) == (whole["items"][:2], whole["total"])
    of_one = get(lived, url, 200, release="demo-2022")
    assert {each["release"] for each in of_one["items"]} == {"demo-2022"}
    assert get(lived, url, 200, since=str(UNTIL))["items"] == []
    others = get(lived, url, 200, system="mondo-rare")
    assert {each["system"] for each in others["items"]} == {"mondo-rare"}
    assert others["release"] == "demo-2023"
    every = get(lived, url, 200, system="all", limit=1000)
    assert every["total"] > whole["total"] + others["total"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"limit": 0}, 400, "invalid_parameter"),
        ({"limit": 1001}, 400, "invalid_parameter"),
        ({"since": "yesterday"}, 400, "invalid_parameter"),
        ({"since": "1700000000"}, 400, "invalid_parameter"),
        ({"page": 1}, 400, "unknown_parameter"),
        ({"system": "nothing"}, 400, "unknown_system"),
        ({"release": "1999"}, 404, "unknown_release"),
    ],
)
def test_questions_that_are_refused(client, query, status, code):
    get(client, "/v1/releases/history", status, code=code, **query)


@pytest.mark.parametrize("url", ["/v1/releases/history", "/history"])
def test_a_new_step_is_news(own_home, register, start, url):
    running = start(own_home)
    etag = running.get(url).headers["etag"]
    assert running.get(url, headers={"If-None-Match": etag}).status_code == 304
    releases.roll_back(register, actor="ana")
    releases.accept_until(register, "demo-2023", UNTIL, actor="bob")
    running.app.state.runtime.refresh()
    assert running.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_the_window_and_the_patch_stand_in_the_register(own_home, register, start, tmp_path):
    for number, day in enumerate(("2024-06-21", "2024-09-01")):
        load_pack(register, tmp_path / day, small_pack(day, label=f"L{number}"))
    releases.roll_back(register, actor="ana", accepted_until=UNTIL)
    running = start(own_home)
    items = {each["id"]: each for each in get(running, "/v1/releases", 200)["items"]}
    assert items["demo-2023"]["accepted_until"] == str(UNTIL)
    assert items["demo-2022"]["accepted_until"] is None
    assert {name: each["patch_of"] for name, each in items.items()} == {
        **dict.fromkeys(items),
        "2024.1": "2024",
    }
    assert get(running, "/v1/releases/2024.1", 200)["patch_of"] == "2024"
    assert get(running, "/v1/releases/2024", 200)["patch_of"] is None


# -- the page ------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, and the text of its cells."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.cells, self._in_cell = [], [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self._in_cell = True
            self.cells.append("")

    def handle_endtag(self, tag):
        self._in_cell = self._in_cell and tag not in ("td", "th")

    def handle_data(self, data):
        if self._in_cell:
            self.cells[-1] += data

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def see(client, url):
    response = ask(client, "GET", url, 200)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Seen(response.text), response


def test_the_page_says_who_did_what_when_and_why(lived):
    seen, response = see(lived, "/history")
    assert response.headers["content-language"] == "fr"
    assert seen.all("html")[0]["lang"] == "fr"
    cells = [" ".join(each.split()) for each in seen.cells]
    for words in ("remplacée → active", "fenêtre changée", "ana", "bob", "bascule"):
        assert words in cells
    assert f"{UNTIL:%d/%m/%Y}" in cells
    english, response = see(lived, "/history?lang=en")
    assert response.headers["content-language"] == "en"
    assert {"superseded → active", "window changed"} <= {" ".join(e.split()) for e in english.cells}


def test_what_people_wrote_never_becomes_markup(lived):
    seen, response = see(lived, "/history")
    assert HOSTILE in seen.cells
    assert "eve <b>" in seen.cells
    tags = {tag for tag, _ in seen.elements}
    assert tags.isdisjoint({"script", "img", "b", "style", "iframe"})
    assert not any(name.startswith("on") for _, attrs in seen.elements for name in attrs)
    assert "<script" not in response.text


def test_no_script_no_style_of_its_own_and_no_other_host(lived):
    seen, response = see(lived, "/history?system=all")
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert not any("style" in attrs for _, attrs in seen.elements)
    addresses = [
        attrs[name] for _, attrs in seen.elements for name in ("href", "src") if name in attrs
    ]
    assert addresses
    assert all(re.match(r"[#?]|/static/", each) for each in addresses)


def test_tables_are_named_and_their_headings_have_a_scope(lived):
    seen, _ = see(lived, "/history")
    assert len(seen.all("caption")) == len(seen.all("table")) == 2
    assert all(attrs["scope"] in ("col", "row") for attrs in seen.all("th"))
    assert all(attrs["data-name"] for attrs in seen.all("td"))
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in seen.all(
        "meta"
    )


def test_what_the_page_links_is_there(lived):
    seen, _ = see(lived, "/history?system=all")
    for attrs in (*seen.all("a"), *seen.all("link")):
        if not attrs["href"].startswith("#"):
            url = attrs["href"] if attrs["href"][0] == "/" else f"/history{attrs['href']}"
            assert ask(lived, "GET", url, 200).headers["etag"]


def test_the_style_sheet(client):
    response = ask(client, "GET", "/static/thesaurus.css", 200)
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "http" not in response.text
    assert "@media print" in response.text
    etag = response.headers["etag"]
    assert client.get("/static/thesaurus.css", headers={"If-None-Match": etag}).status_code == 304


def contrast(first, second):
    """WCAG 2.2: the contrast of two colours as #rrggbb."""

    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    one, other = sorted((light(first), light(second)), reverse=True)
    return one / other


def test_every_text_can_be_told_from_what_is_behind_it(client):
    sheet = ask(client, "GET", "/static/thesaurus.css", 200).text
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", sheet))
    for text in ("ink", "quiet", "link", "active"):
        for behind in ("paper", "band"):
            assert contrast(colours[text], colours[behind]) >= 7, (text, behind)


@pytest.mark.parametrize("name", ["..%2fwording.py", "base.html", "x", ".."])
def test_nothing_else_is_given(client, name):
    get(client, f"/static/{name}", 404, code="not_found")


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
    seen, _ = see(lived, "/history")
    assert seen.all("link")[0]["href"] == "/thesaurus/static/thesaurus.css"


# -- a release that is to come -------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.CHECKED, State.TEST, State.DRAFT])
def test_vendors_ask_a_coming_release_by_its_id(own_home, register, start, tmp_path, state):
    pack = small_pack("2025-06-21", codes=("58", "999999"), label="Nouvelle")
    if state is State.DRAFT:
        pack = type(pack)(pack.date, pack.entities, ())
    load_pack(register, tmp_path, pack)
    if state is State.TEST:
        register.move("2025", State.TEST, actor="ana", reason="recette éditeurs")
    assert register.record("2025").state is state
    running = start(own_home)

    hits = get(running, "/v1/suggest", 200, q="nouvelle 999999", release="2025")
    assert (hits["release"], hits["hits"][0]["code"]) == ("2025", "999999")
    page = get(running, "/v1/concepts/999999", 200, release="2025")
    assert (page["release"], page["label"]) == ("2025", "Nouvelle 999999")
    body = {"profile": "bamara", "submissions": [{"id": "1", "diagnoses": [{"code": "999999"}]}]}
    checked = post(running, "/v1/check", {**body, "release": "2025"}, 200)
    assert (checked["release"], checked["results"][0]["valid"]) == ("2025", True)

    get(running, "/v1/concepts/999999", 404, code="unknown_code")
    assert get(running, "/v1/concepts/558", 200)["release"] == "demo-2023"
    assert get(running, "/v1/concepts/558", 200, as_of="2031-01-01")["release"] == "demo-2023"
    assert not post(running, "/v1/check", body, 200)["results"][0]["valid"]


def test_the_check_takes_last_years_release_until_its_day(own_home, register, start):
    body = {
        "profile": "bamara",
        "release": "demo-2022",
        "submissions": [{"id": "1", "diagnoses": [{"code": "558"}]}],
    }
    running = start(own_home)
    for until, severity in ((UNTIL, "warning"), (dt.date(2020, 1, 1), "error")):
        releases.accept_until(register, "demo-2022", until, actor="ana")
        running.app.state.runtime.refresh()
        (result,) = post(running, "/v1/check", body, 200)["results"]
        found = {each["rule"]: each for each in result["findings"]}
        assert found["DX-062"]["severity"] == severity
        assert str(until) in found["DX-062"]["message"]
