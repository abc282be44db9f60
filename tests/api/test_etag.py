import pytest

from tests.api.asking import get
from thesaurus import releases

ROUTES = [
    "/v1/suggest?q=marf",
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
