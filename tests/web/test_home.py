"""The first page: where to type, the ways in, and how little it weighs."""

import re

import pytest

from tests.api.asking import get
from tests.web.seeing import READER, see

MOST_BYTES = 60_000


def test_it_says_what_answers_and_how_much_there_is_to_code(client):
    active = get(client, "/v1/search", 200, q="statut:actif OU statut:historique")
    coded = sum(
        each["count"]
        for each in active["facets"]["level"]
        if each["value"] in ("disorder", "subtype")
    )
    text = see(client, "/").text()
    assert "Version demo-2023 de la nomenclature, données du 21/06/2023" in text
    assert f"{coded} entités à coder" in text


def test_the_field_searches_without_a_script(client):
    page = see(client, "/?lang=en&release=demo-2022")
    (form,) = page.all("//form[@role='search']")
    assert form.get("action") == "/search"
    fields = {each.get("name"): each.get("value") for each in form.xpath(".//input")}
    assert fields == {"q": None, "lang": "en", "release": "demo-2022"}
    (picker,) = form.xpath(".//orpha-picker")
    assert picker.get("release") == "demo-2022"
    assert picker.get("data-open") == "/concepts/?release=demo-2022&lang=en"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_example_finds_something(client, lang):
    links = see(client, f"/?lang={lang}").all("//ul[@class='examples']//a/@href")
    assert len(links) == 5
    for link in links:
        found = see(client, link)
        assert found.all("//*[@class='results']/li"), link


def test_the_ways_in_exist(client):
    links = see(client, "/").all("//ul[@class='entries']//a/@href")
    assert links == ["/classifications", "/translate", "/check", "/releases", "/guide"]
    for link in links:
        see(client, link)


def test_it_is_light_with_everything_that_it_names(client):
    page = see(client, "/")
    named = page.all("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")
    assert len(named) >= 5
    weights = {"/": len(page.response.content)}
    for address in named:
        file = client.get(address)
        assert file.status_code == 200
        assert not re.search(rb"@import|import .* from", file.content), (
            "names more than this counts"
        )
        weights[address] = len(file.content)
    assert sum(weights.values()) < MOST_BYTES, weights


@pytest.mark.parametrize(
    ("lang", "command"),
    [("fr", "thesaurus load CHEMIN --activate"), ("en", "thesaurus load PATH --activate")],
)
def test_without_a_release_it_says_what_to_run(start, tmp_path, lang, command):
    client = start(tmp_path)
    page = see(client, f"/?lang={lang}", 503)
    assert page.texts("//main//code") == [command, "thesaurus demo"]
    assert page.response.headers["cache-control"] == "no-store"
    assert "etag" not in page.response.headers


def test_a_release_that_is_not_known_is_no_empty_service(client):
    assert "1999" in see(client, "/?release=1999", 404).text()


def test_it_is_not_sent_twice(client):
    tag = see(client, "/").response.headers["etag"]
    assert client.get("/", headers=READER | {"If-None-Match": tag}).status_code == 304
