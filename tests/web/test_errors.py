"""Errors of pages are pages for those who read, problems for programs; never a trace."""

import pytest

from tests.api.asking import check_problem

READER = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


def read(client, url, status, **headers):
    response = client.get(url, headers=READER | headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in response.headers["content-security-policy"] or status == 500
    return response


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/nowhere", 404, "Introuvable"),
        ("/nowhere?lang=en", 404, "Not found"),
        ("/history?system=none", 400, "none"),
        ("/history?other=1", 400, "Paramètre inconnu"),
        ("/history?lang=de", 400, "Paramètre non valide"),
        ("/static/none.css", 404, "Introuvable"),
    ],
)
def test_a_reader_gets_a_page(client, url, status, words):
    response = read(client, url, status)
    assert words in response.text
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


@pytest.mark.parametrize("url", ["/nowhere", "/history?other=1", "/static/none.css"])
def test_a_program_gets_a_problem(client, url):
    check_problem(client.get(url, headers={"Accept": "*/*"}))


def test_routes_of_the_api_answer_in_json_whoever_asks(client):
    check_problem(client.get("/v1/concepts/999999", headers=READER))


def test_what_was_asked_never_becomes_markup(client):
    response = read(client, "/history?system=%3Cscript%3Ealert(1)%3C/script%3E", 400)
    assert "<script>alert" not in response.text


def test_a_failure_shows_a_page_without_its_reason(own_home, start, monkeypatch):
    def fail(*_args, **_values):
        raise RuntimeError("secret")

    running = start(own_home)
    monkeypatch.setattr("thesaurus.web.history.history", fail)
    response = read(running, "/history", 500)
    assert "Le service a échoué" in response.text
    assert "secret" not in response.text
    check_problem(running.get("/history"))
