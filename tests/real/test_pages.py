"""The pages of the real releases: 200 entities, each with the facts that the API has."""

from __future__ import annotations

import random
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.facts import of_api, of_page

pytestmark = pytest.mark.real

# Most parents, most places, most children, a head, every way of being inactive.
_NOTABLE = ("805", "228329", "588", "98249", "68329", "166068", "138221", "166457", "206", "558")
_WALKED = 200


def test_200_pages_say_what_the_api_says(complete: TestClient) -> None:
    def ask(path: str) -> Any:
        answer = complete.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    codes = sorted(complete.app.state.runtime.current().snapshot.concepts)  # type: ignore[attr-defined]
    chosen = dict.fromkeys((*_NOTABLE, *random.Random(7).sample(codes, _WALKED)))
    for code in list(chosen)[:_WALKED]:
        answer = complete.get(f"/concepts/{code}", headers={"Accept": "text/html"})
        assert answer.status_code == 200, code
        assert of_page(answer.text) == of_api(ask, code), code
        assert len(answer.content) < 400_000, code
