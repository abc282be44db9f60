"""Ask the service; the status that is expected stands in the call.

::

    answer = get(client, "/v1/concepts/558", 200)
    problem = get(client, "/v1/concepts/abc", 400, code="invalid_code")
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from thesaurus.app import create_app
from thesaurus.settings import Settings

PROBLEM = "application/problem+json"


def service(home: Path, **settings: Any) -> TestClient:
    """The service on a data folder; enter it to start it."""
    return TestClient(create_app(Settings(home=home, follow_seconds=0.05, **settings)))


def ask(client: TestClient, method: str, url: str, status: int, **request: Any) -> Response:
    """Ask and check the status, the media type and, of a problem, its form."""
    response = client.request(method, url, **request)
    assert response.status_code == status, f"{response.status_code}: {response.text[:500]}"
    if status >= 400:
        check_problem(response)
    return response


def check_problem(response: Response) -> None:
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == response.status_code
    assert list(problem) == [
        *("type", "title", "status", "code", "detail", "detail_en", "faults", "nearest")
    ]


def get(
    client: TestClient, url: str, status: int, *, code: str | None = None, **parameters: Any
) -> Any:
    """GET; parameters go into the query, and ``code`` is the code of the expected problem."""
    answer = ask(client, "GET", url, status, params=parameters or None).json()
    assert code is None or answer["code"] == code, answer
    return answer


def post(
    client: TestClient, url: str, body: Any, status: int, *, code: str | None = None, **query: Any
) -> Any:
    answer = ask(client, "POST", url, status, json=body, params=query or None).json()
    assert code is None or answer["code"] == code, answer
    return answer


def codes(answer: dict[str, Any]) -> list[str]:
    """The codes of a list of concepts."""
    return [item["code"] for item in answer["items"]]
