"""What every answer to a browser says of itself: nothing foreign in, nothing kept of the reader."""

import re

import pytest

from tests.api.asking import ask
from tests.web.pages import BARE, ERRORS, PAGES
from tests.web.seeing import READER, see

NEVER_KEPT = "/status"  # of this very moment
ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest.mark.parametrize(
    ("url", "status"), [*((each, 200) for each in PAGES if each != BARE), *ERRORS]
)
def test_every_page_lets_nothing_foreign_in(client, url, status):
    headers = see(client, url, status).response.headers
    policy = dict(each.split(" ", 1) for each in headers["content-security-policy"].split("; "))
    assert policy == ALLOWED
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "set-cookie" not in headers


def test_nothing_sets_a_cookie(client):
    for url in ("/static/page.js", "/v1/releases", "/docs", "/health/live"):
        assert "set-cookie" not in ask(client, "GET", url, 200).headers
    assert not client.cookies


@pytest.mark.parametrize("url", [each for each in PAGES if each != NEVER_KEPT])
def test_a_page_that_did_not_change_is_not_sent_again(client, url):
    first = ask(client, "GET", url, 200)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (
        client.get(f"{url}{'&' if '?' in url else '?'}lang=en", headers=READER).headers["etag"]
        != first.headers["etag"]
    )


def test_errors_are_kept_by_nobody(client):
    for url, status in ERRORS:
        headers = see(client, url, status).response.headers
        assert headers["cache-control"] == "no-store"
        assert "etag" not in headers


def test_files_are_kept_for_ever_under_an_address_that_changes_with_them(client):
    addresses = set(see(client, "/history").all("//link/@href | //script/@src"))
    named = {each for each in addresses if re.search(r"\?v=[0-9a-f]{16}$", each)}
    assert addresses - named == {"/static/orpha-picker.js"}  # other hosts' forms know its address
    for address in named:
        headers = ask(client, "GET", address, 200).headers
        assert headers["cache-control"] == "public, max-age=31536000, immutable"
        assert headers["x-content-type-options"] == "nosniff"
    old = ask(client, "GET", "/static/thesaurus.css?v=0123456789abcdef", 200)
    assert old.headers["cache-control"] == "no-cache"


def test_pages_are_packed_and_what_programs_ask_is_not(client):
    packed = {"Accept-Encoding": "gzip"}
    for url in ("/history", "/static/thesaurus.css"):
        headers = ask(client, "GET", url, 200, headers=packed).headers
        assert headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in headers["vary"]
    answer = ask(client, "GET", "/v1/releases?system=all", 200, headers=packed)
    assert "content-encoding" not in answer.headers
    assert len(answer.content) > 1000
    plain = ask(client, "GET", "/history", 200, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
