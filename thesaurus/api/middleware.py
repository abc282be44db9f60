"""Around every request: what of a body is refused unread, a measure of time, a line in the log.

Written against ASGI itself: it costs a few microseconds where a middleware class of Starlette
costs a hundred. The log knows routes and codes of status, never queries or bodies, which may name
a patient.
"""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Callable

import structlog
from prometheus_client import Counter, Histogram
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thesaurus.api.paths import is_for_programs, path_of
from thesaurus.api.problems import compressed, standard_problem

log = structlog.get_logger()

REQUESTS = Counter("thesaurus_requests", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram(
    "thesaurus_request_seconds",
    "Time to answer.",
    ("route",),
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BODILESS = frozenset({"GET", "OPTIONS"})
_COMPRESSIONS = frozenset(
    {b"gzip", b"x-gzip", b"deflate", b"br", b"zstd", b"compress", b"x-compress"}
)
_LONGEST_NUMBER = 18
_HUNG_UP = 499
"""Counted where the client went away before it had sent all; nginx's number, which nobody gets."""
_OTHER_BOUNDS = {
    "/check": "max_check_file_size",
    "/v1/check/file": "max_check_file_size",
    "/v1/codes/count/file": "max_check_file_size",
    "/v1/recode/file": "max_check_file_size",
    "/v1/check/stream": None,
}
"""The setting that bounds the bodies of a route, where it is not that of all; None for a route that
holds a line at a time."""


class HeadAsGet:
    """Answers HEAD as GET; the server, which keeps its own scope, leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)


class Observe:
    """Measures and logs each request, and answers where the service itself failed.

    A client that goes away in the middle of its body is no failure, and gets no answer.

    Args:
        failed: makes the answer to a request that failed.
    """

    def __init__(self, app: ASGIApp, failed: Callable[[Scope], Response]) -> None:
        self._app = app
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 0

        async def hear() -> Message:
            nonlocal status
            message = await receive()
            if message["type"] == "http.disconnect" and not status:
                status = _HUNG_UP
            return message

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start" and status != _HUNG_UP:
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, hear, note)
        except ClientDisconnect:
            pass
        except Exception as error:  # an error let through is logged by the server, text and all
            _log_failure(error)
            if status:
                raise ConnectionAbortedError from None
            await self._failed(scope)(scope, receive, note)
        finally:
            _count(scope, status, time.perf_counter() - start)


def _count(scope: Scope, status: int, seconds: float) -> None:
    # The template, not the path: a path holds what the user typed.
    route = getattr(scope.get("route"), "path_format", "other")
    method = scope["method"] if scope["method"] in _METHODS else "other"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    log.info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 2))


def _log_failure(error: Exception) -> None:
    """Say what failed and where; not the text of the error, which may hold what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "unexpected error",
        error=type(error).__name__,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    )


class BoundBody:
    """Refuses bodies over a size, by the announced length and again while they come in.

    Those that are said to be compressed too: what they hold has no bound.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _BODILESS:
            await self._app(scope, receive, send)
        # Of a page the handler refuses, so that the reader gets a page.
        elif (announced := _announced(scope)) > (limit := self._bound(scope)) and is_for_programs(
            scope
        ):
            await standard_problem("payload_too_large")(scope, receive, send)
        elif not _COMPRESSIONS.isdisjoint(_encodings(scope)):
            await compressed()(scope, receive, send)
        else:
            await self._app(scope, _counting(receive, limit, announced), send)

    def _bound(self, scope: Scope) -> float:
        path = path_of(scope)
        if path not in _OTHER_BOUNDS:
            return self._limit
        setting = _OTHER_BOUNDS[path]
        bound: float = getattr(scope["app"].state.settings, setting) if setting else math.inf
        return bound


def _counting(receive: Receive, limit: float, announced: int) -> Receive:
    total = 0

    async def count() -> Message:
        nonlocal total
        if announced > limit:
            raise HTTPException(413)
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise HTTPException(413)
        return message

    return count


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value[:_LONGEST_NUMBER])
    return 0


def _encodings(scope: Scope) -> list[bytes]:
    found = [value for name, value in scope["headers"] if name == b"content-encoding"]
    return [each.strip() for each in b",".join(found).lower().split(b",")]
