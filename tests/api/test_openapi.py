import json
import re

import pytest
import schemathesis

from tests.api.asking import get
from tests.api.examples import FILE, QUESTIONS, examples, text_of
from thesaurus.api.problems import CODES

WITHOUT_EXAMPLE = {
    *("/health/live", "/health/ready", "/metrics", "/v1/metrics/searches", "/v1/account"),
    *("/v1/rules", "/v1/profiles"),  # long, and the same everywhere
    *("/v1/check/stream", "/v1/check/file", "/v1/check/cda"),  # whose bodies are no JSON
    *("/v1/codes/count/file", "/v1/recode/file"),
}
_TABLE = "/v1/releases/{a}/transcoding/{b}"
DECIDING = {
    (f"{_TABLE}/decisions", "post"),
    (f"{_TABLE}/decisions/file", "post"),
    (f"{_TABLE}/signature", "post"),
    (f"{_TABLE}/reopening", "post"),
    ("/v1/legacy/{name}", "post"),
}
"""They change something, so that no answer of theirs stays true."""
BY_KEY = DECIDING | {("/v1/account", "get")}
BY_TOKEN = {("/v1/metrics/searches", "get")}


@pytest.fixture(scope="module")
def document(client):
    return get(client, "/openapi.json", 200)


def operations(document):
    for route, path in document["paths"].items():
        for method, operation in path.items():
            yield route, method, operation


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def test_the_document_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(document).validate()


def test_every_schema_is_there_and_used(document):
    named = {each.removeprefix("#/components/schemas/") for each in references(document)}
    assert named == set(document["components"]["schemas"])
    assert not any("ValidationError" in each for each in named)


def test_errors_are_problems_of_the_closed_set(document):
    problem = document["components"]["schemas"]["Problem"]
    assert set(problem["properties"]["code"]["enum"]) == CODES
    assert problem["properties"]["faults"]["items"] == {"$ref": "#/components/schemas/Fault"}
    for route, method, operation in operations(document):
        errors = {int(status) for status in operation["responses"]} - {200, 202, 304}
        if route.startswith("/v1/"):
            sent = {413, 415, 422} if method == "post" else set()
            kept = {401, 403} if (route, method) in BY_KEY | BY_TOKEN else set()
            kept |= {429} if (route, method) in BY_KEY else set()
            decided = {409} if (route, method) in DECIDING else set()
            assert errors == {400, 404, 500, 503} | sent | kept | decided, route
        for status in errors:
            (media,) = operation["responses"][str(status)]["content"].items()
            assert media == (
                "application/problem+json",
                {"schema": {"$ref": "#/components/schemas/Problem"}},
            )


def test_operations_that_take_a_key_or_the_token_say_so(document):
    schemes = document["components"]["securitySchemes"]
    assert {name: each["scheme"] for name, each in schemes.items()} == {
        "key": "bearer",
        "token": "bearer",
    }
    named = {"key": BY_KEY, "token": BY_TOKEN}
    for route, method, operation in operations(document):
        wanted = [{name: []} for name, guarded in named.items() if (route, method) in guarded]
        assert operation.get("security", []) == wanted, route


def test_operations_have_readable_and_distinct_names(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z_]+", name) for name in names)
    assert "get_suggestions" in names
    for route, _, operation in operations(document):
        assert operation["description"], route
        assert operation["tags"], route


def test_the_examples_are_true(client):
    """Where this fails after a change that was meant: ``python -m tests.api.examples``."""
    assert FILE.read_text(encoding="utf-8") == text_of(examples(client))


def test_every_operation_has_an_example(document):
    asked = {(question.route, question.method) for question in QUESTIONS}
    assert asked == {
        (route, method)
        for route, method, _ in operations(document)
        if route not in WITHOUT_EXAMPLE and (route, method) not in DECIDING
    }
    for written in json.loads(FILE.read_text(encoding="utf-8")):
        operation = document["paths"][written["route"]][written["method"]]
        responses = operation["responses"]
        answer = (responses.get("200") or responses["202"])["content"]["application/json"]
        assert answer["example"] == written["answer"]
        shown = {
            each["name"]: each["example"]
            for each in operation.get("parameters", ())
            if "example" in each
        }
        assert shown == written["parameters"]


def test_the_readable_page(client):
    page = client.get("/docs")
    assert page.status_code == 200
    assert "/openapi.json" in page.text
    assert client.get("/redoc").status_code == 404


def test_the_page_of_the_document_needs_no_other_host(client):
    page = client.get("/docs").text
    assert "swagger-ui-bundle.js" in page
    assert not re.findall(r"(?:src|href)=[\"'](?:https?:)?//", page)
    for address in re.findall(r"(?:src|href)=[\"']([^\"']+)", page):
        assert client.get(address).status_code == 200, address
