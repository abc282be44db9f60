"""``POST /v1/check/stream``: a submission a line, any number, in steady memory."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from typing import Any

import anyio
import anyio.lowlevel
import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message

from tests.api.asking import post
from thesaurus.api import check_stream
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
        (b"\xff\n", "UTF-8"),
        (b'{"id": "1", "id": "2", "diagnoses": []}\n', "JSON"),
        (b"[" * 100_000 + b"\n", "l'un dans l'autre"),
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


@settings(max_examples=100, deadline=None)
@given(
    pieces=st.lists(st.tuples(st.binary(max_size=30), st.integers(0, 3)), max_size=30),
    pauses=st.lists(st.integers(0, 3), max_size=60),
    kept=st.integers(1, 40),
    most=st.integers(1, 60),
)
def test_the_backlog_has_a_bound(
    pieces: list[tuple[bytes, int]], pauses: list[int], kept: int, most: int
) -> None:
    """In whatever order the two come, all is given, nothing waits for ever, and no more is held."""
    longest = max((len(piece) for piece, _ in pieces), default=0)

    async def run() -> bytes:
        found = b""
        with Backlog(in_memory=kept, most=most) as backlog:

            async def put() -> None:
                for piece, pause in pieces:
                    for _ in range(pause):
                        await anyio.lowlevel.checkpoint()
                    await backlog.put(piece)
                    assert backlog.size < most + longest
                backlog.end()

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(put)
                resting = iter(pauses)
                async for piece in backlog:
                    found += piece
                    for _ in range(next(resting, 0)):
                        await anyio.lowlevel.checkpoint()
        return found

    async def in_time() -> bytes:
        with anyio.fail_after(5):
            return await run()

    assert anyio.run(in_time) == b"".join(piece for piece, _ in pieces)


def test_who_puts_too_much_waits_until_all_is_taken() -> None:
    async def run() -> list[str]:
        said: list[str] = []
        with Backlog(most=4) as backlog:
            await backlog.put(b"abcd")

            async def put() -> None:
                await backlog.put(b"e")
                said.append("put")

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(put)
                await anyio.sleep(0.05)
                said.append("nothing yet")
                said.append((await anext(backlog)).decode())
                await anyio.sleep(0.05)
                said.append((await anext(backlog)).decode())
        return said

    assert anyio.run(run) == ["nothing yet", "abcd", "put", "e"]


def test_a_line_is_answered_before_the_next_one_comes(client: TestClient) -> None:
    sent = [line({"code": "558"}, name=str(number)) for number in range(3)]
    answered: list[bytes] = []

    async def run() -> None:
        news = anyio.Event()
        chunks = iter(range(len(sent) + 1))

        async def receive() -> Message:
            nonlocal news
            number = next(chunks)
            while len(b"".join(answered).splitlines()) < number:  # of each line so far
                news = anyio.Event()
                await news.wait()
            if number == len(sent):
                return {"type": "http.request", "body": b"", "more_body": False}
            return {"type": "http.request", "body": sent[number], "more_body": True}

        async def send(message: Message) -> None:
            answered.append(message.get("body", b""))
            news.set()

        scope = {
            "type": "http", "method": "POST", "path": URL, "query_string": b"", "root_path": "",
            "headers": [(b"content-type", b"application/x-ndjson")], "app": client.app,
        }  # fmt: skip
        with anyio.fail_after(10):
            await client.app(scope, receive, send)

    anyio.run(run)
    found = [json.loads(each) for each in b"".join(answered).splitlines()]
    assert [each["id"] for each in found[:-1]] == ["0", "1", "2"]


class Asked:
    """A request with these chunks."""

    def __init__(self, chunks: list[bytes]) -> None:
        self._chunks = chunks

    async def stream(self) -> AsyncIterator[bytes]:
        for each in (*self._chunks, b""):
            yield each


@settings(max_examples=200, deadline=None)
@given(
    lines=st.lists(st.sampled_from([b"", b"a", b"abcd", b"abcde", b"abcdefghij", b"a" * 30])),
    cuts=st.lists(st.integers(0, 200)),
    ended=st.booleans(),
)
def test_lines_are_the_same_however_they_are_cut(
    lines: list[bytes], cuts: list[int], ended: bool
) -> None:
    """A line that is too long is one None, or comes whole where it came in one piece."""
    body = b"\n".join(lines) + (b"\n" if ended else b"")
    places = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})
    chunks = [body[start:end] for start, end in pairwise(places)]

    async def run() -> list[bytes | None]:
        asked: Any = Asked(chunks)
        return [each async for batch in check_stream._batches(asked) for each in batch]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_stream, "LONGEST_LINE", 5)
        found = anyio.run(run)
    expected = body.split(b"\n")
    if not expected[-1]:
        expected.pop()
    assert len(found) == len(expected)
    for had, meant in zip(found, expected, strict=True):
        assert had == meant or (had is None and len(meant) > 5)


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
