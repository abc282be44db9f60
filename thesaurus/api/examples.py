"""Examples for the OpenAPI document: real answers about the demonstration release.

``examples.json`` is written by ``python -m tests.api.examples``; a test asks each question again
and compares, so that an example is true or CI fails.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def with_examples(schema: dict[str, Any]) -> dict[str, Any]:
    """Add to each operation the question and the answer of its example."""
    text = files("thesaurus.api").joinpath("examples.json").read_text(encoding="utf-8")
    for each in json.loads(text):
        operation = schema["paths"][each["route"]][each["method"]]
        media = operation["responses"]["200"]["content"]["application/json"]
        media["example"] = each["answer"]
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in each["parameters"]:
                parameter["example"] = each["parameters"][parameter["name"]]
        if "body" in each:
            operation["requestBody"]["content"]["application/json"]["example"] = each["body"]
    return schema
