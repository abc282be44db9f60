"""``POST /v1/check/stream``: a submission a line, any number, in steady memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api.asking import post
from thesaurus.api.backlog import Backlog

URL = "/v1/check/stream"
NDJSON = {"content-type": "application/x-ndjson"}


def line(*diagnoses: Any, name: str = "1") -> bytes:
    return json.dumps({"id": name, "diagnoses": list(diagnoses)}).encode() + b"\n"


def stream(client: TestClient, content: bytes | Iterator[bytes], **query: str) -> list[Any]:
    answer = client.post(URL, content=content, headers=NDJSON, params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(each) for each in answer.text.splitlines()]


def test_the_results_are_those_of_one_call(client: TestClient) -> None:
    sent = [{"code": "558"}, {"code": "166068", "status": "confirmé"}, {"code": "x"}, {}]
    *results, last = stream(client, b"".join(line(each, name=str(each)) for each in sent))
    body = {"submissions": [{"id": str(each), "diagnoses": [each]} for each in sent]}
    answer = post(client, "/v1/check", body, 200)
    assert results == answer["results"]
    assert last == {
        "release": "demo-2023",
        "profile": "bamara",
        "summary": {**answer["summary"], "problems": 0},
    }


def test_profile_release_and_correction(client: TestClient) -> None:
    query = {"profile": "stat", "release": "demo-2022", "autocorrect": "deprecated"}
    result, last = stream(client, line({"code": "65753"}), **query)
    assert [each["rule"] for each in result["findings"]] == ["DX-020", "DX-062"]
    assert (last["release"], last["profile"], result["changes"]) == ("demo-2022", "stat", [])
    result, _ = stream(client, line({"code": "166068"}), autocorrect="deprecated")
    assert result["corrected"] == {"id": "1", "diagnoses": [{"code": "166063"}]}


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        (b"{", "JSON"),
        (b"\xff\n", "JSON"),
        (b'{"id": "1", "id": "2", "diagnoses": []}\n', "JSON"),
        (b"[" * 100_000 + b"\n", "JSON"),
        (b"[]\n", "envoi"),
        (b'{"id": "DUPONT Jeanne", "diagnoses": [{"code": ["12 rue"]}]}\n', "envoi"),
        (b'{"id": "1"}\n', "envoi"),
        (b'"' + b"x" * 1_000_001 + b'"\n', "octets"),
        (b'"' + b"x" * 5_000_000 + b'"\n', "octets"),
    ],
    ids=range(9),
)
def test_a_line_that_is_wrong_loses_no_other(client: TestClient, wrong: bytes, detail: str) -> None:
    good = line({"code": "558"})
    first, problem, *rest = stream(client, good + wrong.rstrip(b"\n") + b"\n" + good)
    assert (first["valid"], rest[0]["valid"]) == (True, True)
    assert problem["line"] == 2
    assert detail in problem["problem"]["detail"]
    assert "DUPONT" not in str(problem)
    assert "12 rue" not in str(problem)
    assert rest[1]["summary"]["problems"] == 1
    assert rest[1]["summary"]["submissions"] == 2


def test_blank_lines_and_a_last_line_without_end(client: TestClient) -> None:
    good = line({"code": "558"})
    *results, last = stream(client, b"\n  \n" + good + b"\r\n" + good.strip())
    assert [each["valid"] for each in results] == [True, True]
    assert last["summary"]["submissions"] == 2
    (last,) = stream(client, b"")
    assert last["summary"]["submissions"] == 0


def test_more_than_a_body_may_have(client: TestClient) -> None:
    """Neither the bound of bodies nor that of submissions holds here."""
    label = "x" * 1500
    sent = 20_000
    lines = (line({"code": "558", "label": label}, name=str(each)) for each in range(sent))
    *results, last = stream(client, lines)
    assert [each["id"] for each in results] == [str(each) for each in range(sent)]
    assert last["summary"]["submissions"] == sent


@pytest.mark.parametrize("media", ["application/json", "text/plain", ""])
def test_another_form_is_told_which_one_is_meant(client: TestClient, media: str) -> None:
    answer = client.post(URL, content=line({"code": "558"}), headers={"content-type": media})
    assert answer.status_code == 415
    assert "application/x-ndjson" in answer.json()["detail"]


def test_what_cannot_be_asked(client: TestClient) -> None:
    for query, code in (
        ({"profile": "x"}, "unknown_profile"),
        ({"release": "1999"}, "unknown_release"),
        ({"autocorrect": "all"}, "invalid_parameter"),
        ({"limit": "1"}, "unknown_parameter"),
    ):
        answer = client.post(URL, content=b"", headers=NDJSON, params=query)
        assert answer.json()["code"] == code


@settings(max_examples=100, deadline=None)
@given(
    pieces=st.lists(st.binary(max_size=50)), taken=st.lists(st.booleans()), kept=st.integers(1, 40)
)
def test_the_backlog_gives_back_what_was_put(
    pieces: list[bytes], taken: list[bool], kept: int
) -> None:
    async def run() -> bytes:
        found = b""
        with Backlog(in_memory=kept) as backlog:
            for number, piece in enumerate(pieces):
                await backlog.put(piece)
                if piece and number < len(taken) and taken[number]:
                    found += await anext(backlog)
            backlog.end()
            return found + b"".join([piece async for piece in backlog])

    assert anyio.run(run) == b"".join(pieces)


def test_the_taker_waits_for_what_comes() -> None:
    async def run() -> list[bytes]:
        found: list[bytes] = []
        with Backlog() as backlog:

            async def put() -> None:
                for piece in (b"a", b"b"):
                    await anyio.sleep(0.01)
                    await backlog.put(piece)
                backlog.end()

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(put)
                found.extend([piece async for piece in backlog])
        return found

    assert anyio.run(run) == [b"a", b"b"]
