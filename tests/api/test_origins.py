"""Which pages of other hosts may ask what."""

import pytest
from pydantic import ValidationError

from tests.api.asking import get
from thesaurus.settings import Settings

HOST = "https://dpi.chu.example"
PREFLIGHT = {"Origin": HOST, "Access-Control-Request-Method": "POST"}


def allowed(response):
    return response.headers.get("access-control-allow-origin")


@pytest.mark.parametrize(
    "path", ["/v1/suggest?q=marfan", "/v1/concepts/558", "/v1/concepts/999999"]
)
def test_any_page_may_ask_what_the_picker_asks(client, path):
    response = client.get(path, headers={"Origin": HOST})
    assert allowed(response) == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert response.headers["access-control-expose-headers"] == "Retry-After"


def test_a_choice_may_be_sent_after_asking(client):
    before = client.options(
        "/v1/suggest/chosen",
        headers={**PREFLIGHT, "Access-Control-Request-Headers": "content-type"},
    )
    assert before.status_code == 200
    assert allowed(before) == "*"
    sent = client.post("/v1/suggest/chosen", json={"code": "558"}, headers={"Origin": HOST})
    assert sent.status_code == 202
    assert allowed(sent) == "*"


def test_no_key_may_come_along(client):
    asked = {**PREFLIGHT, "Access-Control-Request-Headers": "authorization"}
    assert client.options("/v1/suggest/chosen", headers=asked).status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/v1/releases/history", "/history", "/v1/account", "/v1/search?q=marfan", "/v1/releases"],
)
def test_nothing_else_may_be_read_by_other_hosts(client, path):
    assert allowed(client.get(path, headers={"Origin": HOST})) is None


def test_a_request_without_origin_is_answered_as_before(client):
    response = client.get("/v1/suggest?q=marfan")
    assert allowed(response) is None
    assert "vary" not in response.headers


def test_a_deployment_lists_its_hosts(start, own_home):
    client = start(own_home, origins="https://a.example, https://B.example:8443")
    for origin, answered in [
        ("https://a.example", True),
        ("https://b.example:8443", True),
        (HOST, False),
    ]:
        response = client.get("/v1/suggest?q=marfan", headers={"Origin": origin})
        assert allowed(response) == (origin if answered else None)
        assert "Origin" in response.headers["vary"]
    assert client.options("/v1/suggest/chosen", headers=PREFLIGHT).status_code == 400


def test_a_deployment_may_list_none(start, own_home):
    client = start(own_home, origins="none")
    assert allowed(client.get("/v1/suggest?q=marfan", headers={"Origin": HOST})) is None
    get(client, "/v1/suggest", 200, q="marfan")


@pytest.mark.parametrize("origins", ["dpi.chu.example", "https://a.example/form", "https://a b"])
def test_what_is_no_origin_is_refused(origins):
    with pytest.raises(ValidationError):
        Settings(origins=origins)
