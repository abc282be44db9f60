"""The OpenAPI document, with examples that are true.

``examples.json`` holds real answers about the demonstration release. It is written by
``python -m tests.api.examples``; a test asks each question again and compares.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema

from thesaurus.api.problems import Problem

_REFERENCE = "#/components/schemas/{model}"
_UNUSED = ("HTTPValidationError", "ValidationError")
_SCHEMES = {
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "The key of an account (thesaurus account key).",
    },
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of the deployment (THESAURUS_METRICS_TOKEN).",
    },
}


def document(app: FastAPI) -> dict[str, Any]:
    """Make the document; FastAPI keeps it in ``app.openapi_schema``."""
    for route in app.routes:
        if isinstance(route, APIRoute):
            route.operation_id = route.name
    schema = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        license_info=app.license_info,
    )
    schemas = schema["components"]["schemas"]
    _, problems = models_json_schema([(Problem, "validation")], ref_template=_REFERENCE)
    schemas.update(problems["$defs"])
    for name in _UNUSED:
        schemas.pop(name, None)
    for path in schema["paths"].values():
        for operation in path.values():
            if "requestBody" not in operation:  # FastAPI's own error, which we never send
                operation["responses"].pop("422", None)
    return _with_examples(_with_security(schema))


def _with_security(schema: dict[str, Any]) -> dict[str, Any]:
    """Say which operations take a key or the token: those that answer 401; too many refused keys,
    and not tokens, are answered 429.
    """
    schema["components"]["securitySchemes"] = _SCHEMES
    for path in schema["paths"].values():
        for operation in path.values():
            if "401" in operation["responses"]:
                name = "key" if "429" in operation["responses"] else "token"
                operation["security"] = [{name: []}]
    return schema


def _with_examples(schema: dict[str, Any]) -> dict[str, Any]:
    """Add to each operation the question and the answer of its example."""
    text = files("thesaurus.api").joinpath("examples.json").read_text(encoding="utf-8")
    for each in json.loads(text):
        operation = schema["paths"][each["route"]][each["method"]]
        responses = operation["responses"]
        media = (responses.get("200") or responses["202"])["content"]["application/json"]
        media["example"] = each["answer"]
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in each["parameters"]:
                parameter["example"] = each["parameters"][parameter["name"]]
        if "body" in each:
            operation["requestBody"]["content"]["application/json"]["example"] = each["body"]
    return schema
