"""``POST /v1/check/stream``: any number of submissions, a line each, in steady memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from thesaurus.api.backlog import Backlog
from thesaurus.api.checking import Autocorrect, CheckQuery, checker_for
from thesaurus.api.problems import SENDING, UnsupportedForm
from thesaurus.coding import Checker
from thesaurus.coding.ndjson import LONGEST_LINE, Lines
from thesaurus.coding.suggestions import MAX_SEARCHES_OF_A_FILE
from thesaurus.runtime import Runtime

NDJSON = "application/x-ndjson"
_MEDIA_TYPES = (NDJSON, "application/ndjson", "application/jsonl")

_STRING = {"schema": {"type": "string"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "description": "A submission (as in POST /v1/check) on each line.",
        "required": True,
        "content": {NDJSON: _STRING},
    }
}
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A result for each line, in their order, or {line, problem} for one that "
        "cannot be read; the last line is {release, profile, summary}.",
        "content": {NDJSON: _STRING},
    }
}

router = APIRouter(prefix="/v1", tags=["check"], responses=SENDING)


class StreamQuery(CheckQuery):
    autocorrect: Autocorrect | None = Field(
        default=None, description="Bring each submission with deprecated codes replaced."
    )


@router.post("/check/stream", responses=_DOCUMENTED, response_class=Response, openapi_extra=_BODY)
async def check_stream(request: Request, query: Annotated[StreamQuery, Query()]) -> Response:
    """Check any number of submissions, NDJSON in and out, in steady memory.

    Results come while lines are still being sent; a client that reads only when all is sent gets
    them too, as far as they have 1 GB. A line that is no submission gets its problem, and the
    others are checked. Nothing of what is sent is stored or logged.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES:
        raise UnsupportedForm(
            f"Le corps doit être du NDJSON, un envoi par ligne (Content-Type: {NDJSON}).",
            f"The body must be NDJSON, a submission on each line (Content-Type: {NDJSON}).",
        )
    runtime: Runtime = request.app.state.runtime
    release = await run_in_threadpool(runtime.at, query.release, query.as_of)
    checker = checker_for(
        request, release, query.profile,
        searches=MAX_SEARCHES_OF_A_FILE, autocorrect=query.autocorrect is not None,
    )  # fmt: skip
    return _Duplex(checker)


class _Duplex(Response):
    """Reads the request and answers at the same time.

    Starlette's own streaming response listens for the end of the connection meanwhile, and would
    swallow the body.
    """

    media_type = NDJSON

    def __init__(self, checker: Checker) -> None:
        super().__init__()
        del self.headers["content-length"]
        self._lines = Lines(checker)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        with Backlog() as backlog:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._check, Request(scope, receive), backlog)
                async for piece in backlog:
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _answer(self, lines: list[bytes | None]) -> bytes:
        return b"".join(self._lines.answers(lines))

    async def _check(self, request: Request, backlog: Backlog) -> None:
        try:
            async for batch in _batches(request):
                await backlog.put(await run_in_threadpool(self._answer, batch))
            await backlog.put(self._lines.last())
        except ClientDisconnect:  # nobody is left to be answered
            pass
        finally:
            backlog.end()


async def _batches(request: Request) -> AsyncIterator[list[bytes | None]]:
    """Yield the whole lines of each chunk as it comes; None for one that is too long to be held."""
    held, skipping = bytearray(), False
    async for chunk in request.stream():
        *ends, rest = chunk.split(b"\n")
        found: list[bytes | None] = []
        for end in ends:
            if not skipping:
                found.append(bytes(held) + end)
            held, skipping = bytearray(), False
        if not skipping:
            held += rest
            if len(held) > LONGEST_LINE:
                found.append(None)
                held, skipping = bytearray(), True
        if found:
            yield found
    if held:
        yield [bytes(held)]
