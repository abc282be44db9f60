from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api.asking import get
from tests.api.serving import until
from thesaurus import releases
from thesaurus.store import Usage

ROUTES = [
    "/v1/suggest?q=marf",
    "/v1/suggest?q=qqqqxx",
    "/v1/concepts/558",
    "/v1/concepts/558/ancestors?lang=en",
    "/v1/concepts/558/paths",
    "/v1/lca?code=558&code=579",
    "/v1/subsumes?a=98053&b=558",
    "/v1/classifications",
    "/v1/perimeters",
    "/v1/releases",
    "/v1/releases/demo-2023",
    "/v1/releases/demo-2023/report",
]


def asked(client, url, known):
    return client.get(url, headers={"if-none-match": known})


@pytest.mark.parametrize("url", ROUTES)
def test_the_same_question_twice(client, url):
    etag = client.get(url).headers["etag"]
    assert client.get(url).headers["etag"] == etag
    for known in (etag, f"W/{etag}", f'"other", {etag}', f'"other",W/{etag} ', "*"):
        again = asked(client, url, known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == "no-cache"
    assert asked(client, url, '"other"').status_code == 200


def test_another_question_has_another_tag(client):
    urls = [*ROUTES, "/v1/suggest?q=marfa", "/v1/concepts/558?lang=en", "/v1/concepts/ORPHA:558"]
    urls += [f"/v1/concepts/558?release={each}" for each in ("demo-2022", "demo-2023")]
    tags = [client.get(url).headers["etag"] for url in urls]
    assert len(set(tags)) == len(tags)


def test_head_has_the_tag_of_get(client):
    etag = client.get("/v1/concepts/558").headers["etag"]
    assert client.head("/v1/concepts/558", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("url", ["/v1/concepts/5588", "/v1/concepts/abc", "/v1/suggest"])
def test_errors_have_none_and_are_never_left_out(client, url):
    response = asked(client, url, "*")
    assert response.status_code in (400, 404)
    assert "etag" not in response.headers


def test_posts_have_none(client):
    for url, body in (
        ("/v1/codes/redirect", {"codes": ["558"]}),
        ("/v1/check", {"submissions": []}),
    ):
        response = client.post(url, json=body, headers={"if-none-match": "*"})
        assert response.status_code == 200
        assert "etag" not in response.headers


def test_another_release_is_news(start, own_home, register):
    client = start(own_home)
    first, listed = client.get("/v1/concepts/558"), client.get("/v1/releases")
    releases.activate(register, "demo-2022", actor="test")
    client.app.state.runtime.refresh()
    second = asked(client, "/v1/concepts/558", first.headers["etag"])
    assert second.status_code == 200
    assert asked(client, "/v1/releases", listed.headers["etag"]).status_code == 200
    assert second.json()["release"] == "demo-2022"
    assert second.headers["etag"] != first.headers["etag"]
    releases.activate(register, "demo-2023", actor="test")
    client.app.state.runtime.refresh()
    assert asked(client, "/v1/concepts/558", first.headers["etag"]).status_code == 304
    assert get(client, "/v1/concepts/558", 200) == first.json()


ALIKE = ("284963", "284973")
"""Two subtypes of Marfan syndrome whose names match "marf" equally well."""


class Cache:
    """A client that keeps the last answer and its tag, as a browser does."""

    def __init__(self, client):
        self._client = client
        self._etag = '"none"'
        self.order = []

    def ask(self):
        """Ask again; return the status. ``order`` is what the user sees then."""
        response = asked(self._client, "/v1/suggest?q=marf&limit=3", self._etag)
        if response.status_code == 200:
            self.order = [hit["code"] for hit in response.json()["hits"]]
            self._etag = response.headers["etag"]
        return response.status_code


def count(client, register, first):
    """Choose one of the two more often than the other, and wait until this is served."""
    runtime = client.app.state.runtime
    before = runtime.local_version
    Usage(register.database).replace({each: 40 if each == first else 1 for each in ALIKE})
    until(lambda: runtime.local_version != before, 10)


def test_new_counts_of_use_are_news(start, own_home, register):
    client = start(own_home)
    cache = Cache(client)
    assert [cache.ask(), cache.ask()] == [200, 304]
    assert cache.order == ["558", *ALIKE]
    count(client, register, ALIKE[1])
    assert [cache.ask(), cache.ask()] == [200, 304]
    assert cache.order == ["558", *reversed(ALIKE)]
    client.app.state.runtime.refresh()
    assert cache.ask() == 304, "nothing was chosen since"
    count(client, register, ALIKE[0])
    assert [cache.ask(), cache.ask()] == [200, 304]
    assert cache.order == ["558", *ALIKE]


def test_no_client_keeps_an_old_order_whenever_it_asked(start, own_home, register):
    """A tag of new counts must never come with the order of old ones, which would stay for ever."""
    client = start(own_home)
    caches = [Cache(client) for _ in range(2)]

    def ask_until(counted, cache):
        while not counted.done():
            cache.ask()
        cache.ask()
        return cache.order

    with ThreadPoolExecutor(3) as threads:
        for turn in range(6):
            first = ALIKE[turn % 2]
            counted = threads.submit(count, client, register, first)
            seen = [threads.submit(ask_until, counted, cache) for cache in caches]
            counted.result()
            assert [each.result()[1] for each in seen] == [first, first]
