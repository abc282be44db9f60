"""Write the examples of the OpenAPI document: ``python -m tests.api.examples``.

Each is a question to the demonstration release with its real answer, one for each operation.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from tests.api.asking import service
from thesaurus.cli.demo import load_demonstration
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

FILE = Path(__file__).parents[2] / "thesaurus" / "api" / "examples.json"

_SETTLED = {"at": "2026-01-01T00:00:00Z", "actor": "admin", "seconds": 0.1}
_SHORTENED = frozenset({"files", "checks", "repairs", "oddities"})

_YEAR = {"a": "demo-2022", "b": "demo-2023"}


@dataclass(frozen=True)
class Question:
    route: str
    parameters: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] | None = None

    @property
    def method(self) -> str:
        return "get" if self.body is None else "post"

    def ask(self, client: TestClient) -> Any:
        """Return the answer, with what differs from machine to machine settled."""
        places = {
            key: value for key, value in self.parameters.items() if f"{{{key}}}" in self.route
        }
        query = {key: value for key, value in self.parameters.items() if key not in places}
        url = self.route.format(**places)
        response = client.request(self.method.upper(), url, params=query, json=self.body)
        assert response.status_code in (200, 202), response.text
        return settled(response.json())


QUESTIONS = (
    Question("/v1/suggest", {"q": "marfn", "limit": 1}),
    Question("/v1/search", {"q": "neurofib* type:sous-type", "page_size": 1}),
    Question("/v1/concepts/{code}", {"code": "255241"}),
    Question("/v1/concepts/{code}/{relation}", {"code": "ORPHA:558", "relation": "parents"}),
    Question("/v1/concepts/{code}/paths", {"code": "558", "classification": "199"}),
    Question("/v1/concepts/{code}/history", {"code": "398980"}),
    Question("/v1/lca", {"code": ["636", "637"]}),
    Question("/v1/subsumes", {"a": "98053", "b": "558"}),
    Question("/v1/classifications", {"lang": "fr"}),
    Question("/v1/translate", {"code": "E75.2", "limit": 2}),
    Question("/v1/systems"),
    Question("/v1/codes/specify", body={"code": "65753", "genes": ["MPZ"]}),
    Question("/v1/codes/redirect", body={"codes": ["255241", "558"], "referred": False}),
    Question("/v1/codes/aggregate", body={"codes": ["284963", "98053"]}),
    Question(
        "/v1/codes/count",
        body={
            "rows": [
                {"patient": "1", "code": "284963"},
                {"patient": "1", "code": "ORPHA:558"},
                {"patient": "2", "code": "255241"},
                {"patient": "3", "code": "802"},
            ],
            "level": ["disorder"],
        },
    ),
    Question(
        "/v1/check",
        body={
            "profile": "bamara",
            "submissions": [
                {"id": "a1", "diagnoses": [{"code": "255241", "status": "confirmé"}]},
                {"id": "a2", "diagnoses": [{"code": "ORPHA:558", "genes": ["FBN1"]}]},
            ],
        },
    ),
    Question(
        "/v1/check/fhir",
        body={
            "resourceType": "Condition",
            "code": {"coding": [{"system": "http://www.orpha.net", "code": "255241"}]},
        },
    ),
    Question("/v1/suggest/chosen", body={"code": "ORPHA:558", "rank": 1}),
    Question("/v1/perimeters"),
    Question("/v1/releases"),
    Question("/v1/releases/history", {"limit": 2}),
    Question("/v1/releases/{release_id}", {"release_id": "demo-2022"}),
    Question("/v1/releases/{release_id}/report", {"release_id": "demo-2023"}),
    Question(
        "/v1/releases/{a}/differences/{b}",
        {**_YEAR, "kind": ["level"], "limit": 1},
    ),
    Question(
        "/v1/releases/{a}/transcoding/{b}",
        {**_YEAR, "kind": ["obsolete-manual"], "open": True, "limit": 1, "proposals": True},
    ),
    Question("/v1/releases/{a}/transcoding/{b}/decisions", {**_YEAR, "code": "139491"}),
    Question("/v1/releases/{a}/transcoding/{b}/signatures", _YEAR),
    Question("/v1/legacy"),
    Question(
        "/v1/recode",
        body={
            "from": "demo-2022",
            "to": "demo-2023",
            "items": [
                {"id": "1", "code": "ORPHA:255241", "site": "Lyon"},
                {"id": "2", "code": "139491", "site": "Lyon"},
            ],
        },
    ),
)


def settled(answer: Any) -> Any:
    """Fix times, accounts and folders, and keep one item of the lists of the load report.

    >>> settled({"at": "today", "files": [{"name": "/a/b.xml", "at": "now"}, {}]})["files"]
    [{'name': 'b.xml', 'at': '2026-01-01T00:00:00Z'}]
    """
    if isinstance(answer, list):
        return [settled(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    return {key: _settled_field(key, value) for key, value in answer.items()}


def _settled_field(key: str, value: Any) -> Any:
    if key in _SHORTENED and isinstance(value, list):
        value = value[:1]
    if key in ("name", "file") and isinstance(value, str):
        return value.rpartition("/")[2]
    return _SETTLED.get(key, settled(value))


def examples(client: TestClient) -> list[dict[str, Any]]:
    """Ask every question."""
    found = []
    for question in QUESTIONS:
        asked = {"body": question.body} if question.body is not None else {}
        found.append(
            {
                "route": question.route,
                "method": question.method,
                "parameters": question.parameters,
                **asked,
                "answer": question.ask(client),
            }
        )
    return found


def text_of(found: list[dict[str, Any]]) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Settings(home=Path(folder)).database)
        database.upgrade()
        load_demonstration(Register(database))
        database.dispose()
        with service(Path(folder), log_level="error") as client:
            FILE.write_text(text_of(examples(client)), encoding="utf-8")


if __name__ == "__main__":
    main()
