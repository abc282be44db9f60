"""Whatever is sent, the answer is a problem of the closed set, and names nobody."""

import gzip
import json
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from ontologies.errors import ThesaurusError
from tests.api.asking import ask, get, post
from thesaurus import lookup
from thesaurus.api.problems import CODES

MARKER = "Dupont-Durand-1961"
CHECK = "/v1/check"
JSON = {"content-type": "application/json"}


def send(client: TestClient, body: bytes, status: int, **headers):
    return ask(client, "POST", CHECK, status, content=body, headers=JSON | headers).json()


def every(error: type[ThesaurusError]):
    yield error
    for each in error.__subclasses__():
        yield from every(each)


def test_every_error_that_routes_can_raise_has_its_code():
    of_files = {"error", "refused", "download_failed", "invalid_setting"}
    assert {error.slug for error in every(ThesaurusError)} - of_files <= CODES


@pytest.mark.parametrize(
    "url",
    [
        "/v1/suggest?q=a",
        "/v1/concepts/558?",
        "/v1/concepts/558/parents?",
        "/v1/concepts/558/paths?",
        "/v1/lca?code=558",
        "/v1/subsumes?a=558&b=558",
        "/v1/classifications?",
        "/v1/translate?code=Q87.4",
        "/v1/systems?",
        "/v1/perimeters?",
        "/v1/metrics/searches?",
        "/v1/releases?",
    ],
)
def test_unknown_parameters_are_refused_and_named(client, url):
    problem = get(client, f"{url}&langue=fr", 400, code="unknown_parameter")
    assert [fault["path"] for fault in problem["faults"]] == ["langue"]
    assert "langue" in problem["detail"]


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1", 404),
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/suggest/", 404),
        ("GET", "//v1/suggest", 404),
        ("GET", "/%ff%00", 404),
        ("POST", "/v1/nothing", 404),
        ("HEAD", "/v1/nothing", 404),
        ("POST", "/v1/suggest", 405),
        ("DELETE", "/v1/concepts/558", 405),
        ("OPTIONS", "/v1/suggest", 405),
        ("TRACE", "/v1/suggest", 405),
        ("ODD", "/v1/suggest", 405),
        ("GET", "/v1/check", 405),
        ("GET", "/v1/codes/redirect", 405),
    ],
)
def test_addresses_and_methods_that_are_not_there(client, method, url, status):
    response = client.request(method, url)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert ("allow" in response.headers) == (status == 405)


def test_head_is_get_without_the_body(client):
    asked, answered = client.head("/v1/concepts/558"), client.get("/v1/concepts/558")
    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["etag"] == answered.headers["etag"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"\xff\xfe",
        b"\x00",
        b'{"submissions": "\xe9"}',
        b'{"submissions": []} {}',
        b'{"submissions": [], "submissions": []}',
        b'{"submissions": [{"id": "1", "diagnoses": [{"code": "558", "code": "559"}]}]}',
        b'{"submissions": [{"id": NaN, "diagnoses": []}]}',
        b'{"submissions": [{"id": -Infinity, "diagnoses": []}]}',
        b'{"submissions": [{"id": "\\ud800", "diagnoses": []}]}',
        b'{"submissions": [], "\\ud800": 1}',
        b'{"submissions": [], "profile": "\\ud800"}',
        b'{"submissions": [], "release": "\\ud800"}',
        b'{"submissions": ' + b"9" * 10_000 + b"}",
        b'{"submissions": [{"id": ' + b"9" * 10_000 + b', "diagnoses": []}]}',
        b"[" * 100_000,
        b'{"submissions": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
def test_bodies_that_are_no_json_or_not_ours(client, body):
    problem = send(client, body, 422)
    assert problem["code"] == "invalid_body"


@pytest.mark.parametrize("number", ["1e400", "9" * 4000, "-1", "1.5"])
def test_numbers_of_any_size_are_only_wrong_codes(client, number):
    body = f'{{"submissions": [{{"id": 1, "diagnoses": [{{"code": {number}}}]}}]}}'
    response = client.post(CHECK, content=body, headers=JSON)
    assert response.status_code in (200, 422)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "", "json", "a/b; \xff"]
)
def test_a_body_that_is_not_said_to_be_json(client, content_type):
    body = b'{"submissions": []}'
    headers = {"content-type": content_type.encode("latin-1")}
    problem = ask(client, "POST", CHECK, 415, content=body, headers=headers).json()
    assert problem["code"] == "unsupported_media_type"


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "application/fhir+json"]
)
def test_other_ways_to_say_json(client, content_type):
    send(client, b'{"submissions": []}', 200, **{"content-type": content_type})


def test_bodies_over_the_limit(start, demonstration_home):
    client = start(demonstration_home, max_body_size=100)
    fits = b'{"submissions": []}'.ljust(100)
    send(client, fits, 200)
    too_large = fits + b" "
    assert send(client, too_large, 413)["code"] == "payload_too_large"
    assert send(client, iter([fits, b" "]), 413)["code"] == "payload_too_large"
    for length in ("101", "9" * 5000):
        assert send(client, b"{}", 413, **{"content-length": length})


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (CHECK, {"submissions": []}),
        ("/v1/codes/redirect", {"codes": ["558"]}),
        ("/v1/codes/aggregate", {"codes": ["558"]}),
        ("/v1/codes/specify", {"code": "558", "genes": []}),
        ("/v1/suggest/chosen", {"code": "558"}),
    ],
)
def test_unknown_fields_of_a_body_are_named(client, url, body):
    for name in ("q", "patientId", "icd10_code", "x" * 40):
        problem = post(client, url, body | {name: MARKER}, 422, code="invalid_body")
        assert [fault["path"] for fault in problem["faults"]] == [name]
        assert MARKER not in json.dumps(problem)
    for name in (MARKER, "Dupont", "dupont durand", "dupont@chu", "é", "", "1961", "x" * 41, "q\n"):
        problem = post(client, url, body | {name: 1}, 422, code="invalid_body")
        assert [fault["path"] for fault in problem["faults"]] == ["body"], "it may be a value"


DETAILS = {
    b"": "il est vide.",
    b"{": "ce n'est pas du JSON.",
    b"\xff": "ce n'est pas du JSON.",
    b"[" * 100_000: "ce n'est pas du JSON.",
    b"3": "mauvais type (objet attendu).",
    b"{}": "submissions : champ manquant.",
    b'{"submissions": {}}': "submissions : mauvais type (liste attendue).",
    b'{"submissions": [], "lang": "fr"}': "lang : champ inconnu.",
    b'{"submissions": [], "Dupont Jeanne": 1}': "champ inconnu.",
    b'{"submissions": [], "profile": "' + b"x" * 41 + b'"}': "profile : trop long.",
    b'{"submissions": [], "profile": 1}': "profile : mauvais type (texte attendu).",
    b'{"submissions": [], "autocorrect": "x"}': "autocorrect : valeur qui n'est pas admise.",
}


@pytest.mark.parametrize("body", DETAILS)
def test_the_first_fault_of_a_body_is_told_in_french(client, body):
    problem = send(client, body, 422)
    assert problem["detail"] == f"Le corps de la requête n'est pas valide : {DETAILS[body]}"
    assert problem["detail_en"].startswith("The body is not valid: ")
    assert problem["faults"]
    assert "Dupont" not in json.dumps(problem)


@pytest.mark.parametrize(
    ("url", "body", "detail"),
    [
        ("/v1/suggest/chosen", {"code": "558", "rank": 0}, "rank : nombre hors des bornes."),
        ("/v1/suggest/chosen", {"code": "558", "rank": "x"}, "rank : "),
        ("/v1/codes/specify", {"code": "558"}, "genes : champ manquant."),
        ("/v1/codes/specify", [], "mauvais type (objet attendu)."),
    ],
)
def test_the_first_fault_of_other_bodies(client, url, body, detail):
    assert f"n'est pas valide : {detail}" in post(client, url, body, 422)["detail"]


@pytest.mark.parametrize(
    "body",
    [
        [],
        [{"id": MARKER, "diagnoses": []}],
        {"id": MARKER, "diagnoses": [{"code": MARKER}]},
        {"code": MARKER},
    ],
)
def test_a_submission_by_itself_is_told_where_it_belongs(client, body):
    problem = post(client, CHECK, body, 422, code="invalid_body")
    assert '"submissions"' in problem["detail"]
    assert 'put the submission into "submissions"' in problem["detail_en"]
    assert MARKER not in json.dumps(problem)
    elsewhere = post(client, "/v1/codes/redirect", body, 422)
    assert "submissions" not in elsewhere["detail"]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "GZip", "identity, gzip"])
@pytest.mark.parametrize(
    ("url", "media_type"),
    [
        (CHECK, "application/json"),
        ("/v1/check/stream", "application/x-ndjson"),
        ("/v1/check/cda", "application/xml"),
        ("/v1/check/file", "text/csv"),
    ],
)
def test_compressed_bodies_are_not_taken(client, url, media_type, encoding):
    headers = {"content-type": media_type, "content-encoding": encoding}
    answer = ask(client, "POST", url, 415, content=gzip.compress(b"{}"), headers=headers)
    assert answer.json()["code"] == "unsupported_media_type"
    assert "compressés" in answer.json()["detail"]
    assert answer.headers["accept-encoding"] == "identity"


def test_a_compressed_body_that_is_not_said_to_be(client):
    problem = send(client, gzip.compress(b'{"submissions": []}'), 415)
    assert "compressés" in problem["detail"]
    send(client, b'{"submissions": []}', 200, **{"content-encoding": "identity"})


def test_faults_never_repeat_what_was_sent(client):
    bodies = (
        {MARKER: MARKER},
        {"submissions": MARKER},
        {"submissions": [{"id": "1", "diagnoses": [{"code": {"x": MARKER}, "label": [MARKER]}]}]},
        {"submissions": [MARKER], MARKER: 1},
    )
    for body in bodies:
        answer = client.post(CHECK, json=body)
        assert answer.status_code in (200, 422)
        assert MARKER not in answer.text
    assert MARKER not in json.dumps(send(client, MARKER.encode(), 422))
    for name in ("lang", "as_of", "limit", "level", "include_inactive"):
        problem = get(client, f"/v1/suggest?q=a&{name}={MARKER}", 400, code="invalid_parameter")
        assert MARKER not in json.dumps(problem)


def test_the_log_names_nobody(client, capfd):
    submission = {"id": MARKER, "diagnoses": [{"code": MARKER, "label": MARKER}]}
    requests = (
        ("GET", f"/v1/suggest?q={MARKER}", {}),
        ("GET", f"/v1/suggest?q=a&{MARKER}={MARKER}", {}),
        ("GET", f"/v1/suggest?q=a&lang={MARKER}", {}),
        ("GET", f"/v1/concepts/{MARKER}", {}),
        ("GET", f"/{MARKER}", {}),
        (MARKER.upper(), "/v1/suggest", {}),
        ("POST", CHECK, {"json": {"submissions": [submission]}}),
        ("POST", CHECK, {"json": {"submissions": MARKER, "profile": MARKER}}),
        ("POST", CHECK, {"json": {"submissions": [submission], "profile": MARKER}}),
        ("POST", CHECK, {"content": MARKER, "headers": JSON}),
        ("POST", "/v1/codes/redirect", {"json": {"codes": [MARKER]}}),
    )
    for method, url, sent in requests:
        client.request(
            method, url, headers={"user-agent": MARKER} | sent.pop("headers", {}), **sent
        )
    written = capfd.readouterr()
    assert written.err.count('"event": "request"') == len(requests)
    assert MARKER.lower() not in (written.err + written.out).lower()


def test_an_error_that_nobody_foresaw(client, capfd, monkeypatch):
    def fails(*_args, **_options):
        raise ValueError(MARKER)

    monkeypatch.setattr(lookup, "concept_page", fails)
    problem = get(client, "/v1/concepts/558", 500, code="internal_error")
    assert MARKER not in json.dumps(problem)
    log = capfd.readouterr().err
    assert MARKER not in log
    assert "ValueError" in log
    assert "concepts.py" in log


def test_a_data_base_that_is_away_is_not_named(client, capfd, monkeypatch):
    from ontologies.errors import DatabaseUnavailable

    def away(*_args):
        raise DatabaseUnavailable("postgresql://host/thesaurus", "connection refused")

    runtime = client.app.state.runtime
    monkeypatch.setattr(runtime, "report", away)
    problem = get(client, "/v1/releases/demo-2023/report", 503, code="database_unavailable")
    assert "host" not in json.dumps(problem)
    assert "connection refused" in capfd.readouterr().err


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "é", "\ufffd", "../../etc/passwd", "%"])
def test_odd_texts_in_paths_and_queries(client, text):
    for url in (f"/v1/concepts/{quote(text, safe='')}", f"/v1/suggest?q=a&within={quote(text)}"):
        get(client, url, 400, code="invalid_code")
    get(client, "/v1/suggest", 404, code="unknown_release", q="a", release=text)
    get(client, "/v1/suggest", 404, code="unknown_classification", q="a", classification=text)
