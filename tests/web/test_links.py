"""Addresses of pages repeat what was asked, and no more than once."""

import pytest
from starlette.requests import Request

from tests.web.seeing import see
from thesaurus.web.links import Links


def links(path, query, lang="fr", release=None):
    scope = {"type": "http", "path": path, "query_string": query.encode(), "root_path": ""}
    return Links(Request({**scope, "headers": []}), lang, release)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/search"),
        ("q=a&page=2", "/search?q=a&page=3"),
        (
            "q=a&q=a&level=group&level=disorder&level=group",
            "/search?q=a&level=group&level=disorder",
        ),
        ("q=&page=", "/search"),
    ],
)
def test_this_page_with_another_parameter(query, address):
    changed = {"page": 3} if "page=2" in query else {}
    assert links("/search", query).here(**changed) == address


def test_a_parameter_is_taken_away():
    assert links("/search", "q=a&page=2").here(page=None) == "/search?q=a"


def test_language_and_release_are_kept_unless_said():
    kept = links("/search", "q=a", lang="en", release="2022")
    assert kept.to("/concepts/558") == "/concepts/558?release=2022&lang=en"
    assert kept.to("/check", release="2023") == "/check?release=2023&lang=en"


def test_no_address_grows_with_what_was_asked(client):
    for repeated in ("&lang=fr", "&page=1"):
        page = see(client, f"/search?q=syndrome{repeated * 5000}")
        assert len(page.response.content) < 60_000
    made_up = "".join(f"&x{number}=1" for number in range(5000))
    assert len(links("/search", made_up).here()) < 1000
    assert max(map(len, see(client, f"/search?q=a{made_up}", 400).all("//a/@href"))) < 1000


def test_every_value_of_a_full_question_stays():
    values = [("q", "a"), *(("classification", str(number)) for number in range(40))]
    query = "&".join(f"{name}={value}" for name, value in values)
    assert links("/search", query).here() == f"/search?{query}"
