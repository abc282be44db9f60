"""Old codes recoded from 2022 to 2023, compared with what the files of both years say."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.real.files import LEVEL, STATUS, Entity, Pack

pytestmark = pytest.mark.real

YEARS = {"from": "2022", "to": "2023"}
Packs = dict[str, Pack]


def recode(client: TestClient, codes: list[str]) -> Any:
    answer = client.post("/v1/recode", json=YEARS | {"items": [{"code": each} for each in codes]})
    assert answer.status_code == 200, answer.text
    return answer.json()


def expected(code: str, before: dict[str, Entity], after: dict[str, Entity]) -> tuple[str, Any]:
    """What the rules say of a code that is in one of the two files."""
    now = after.get(code)
    if now is None:
        return "to_decide", None
    status = STATUS[now.flag]
    if status == "deprecated":
        assert now.redirection
        return "recoded", now.redirection[1]
    if status == "non_rare":
        return "no_code", None
    if status == "obsolete":
        return "to_decide", None
    old = before.get(code)
    was_active = old is not None and STATUS[old.flag].startswith("active")
    if old and was_active and old.level != now.level:
        return "to_decide", None
    return "unchanged", code


def test_every_code_of_both_years(complete: TestClient, packs: Packs) -> None:
    before, after = packs["fr_2022"].entities, packs["fr_2023"].entities
    codes = sorted({*before, *after}, key=int)
    answer = recode(complete, codes)
    for code, item in zip(codes, answer["items"], strict=True):
        target = item["target"]["code"] if item["target"] else None
        assert (item["outcome"], target) == expected(code, before, after), code
        if target:
            assert STATUS[after[target].flag].startswith("active")
            assert item["target"]["level"] in LEVEL.values()
    counted = Counter(each["outcome"] for each in answer["items"])
    assert {name: answer["totals"][name] for name in counted} == counted
    assert answer["totals"]["rows"] == len(codes)


def test_what_was_recoded_is_not_recoded_again(complete: TestClient, packs: Packs) -> None:
    codes = list(packs["fr_2022"].entities)
    first = [each["target"]["code"] for each in recode(complete, codes)["items"] if each["target"]]
    again = recode(complete, first)["items"]
    moved = [each for each in again if each["target"] and each["target"]["code"] != each["source"]]
    assert moved == []


def test_proposals_for_the_code_that_is_gone(complete: TestClient) -> None:
    answer = recode(complete, ["398980", "ORPHA:398980"])
    assert [each["kind"] for each in answer["items"]] == ["removed", "removed"]
    assert list(answer["proposals"]) == ["398980"]
    assert answer["proposals"]["398980"][0]["code"] == "168829"
