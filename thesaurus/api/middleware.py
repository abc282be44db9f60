"""Around every request: a bound on its body, a measure of its time, a line in the log.

Written against ASGI itself: it costs a few microseconds where a middleware class of Starlette
costs a hundred. The log knows routes and codes of status, never queries or bodies, which may name
a patient.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import structlog
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ontologies.errors import Message as Text
from thesaurus.api.problems import problem

log = structlog.get_logger()

REQUESTS = Counter("thesaurus_requests", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram(
    "thesaurus_request_seconds",
    "Time to answer.",
    ("route",),
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class TooLarge(Exception):
    """The body passed the bound while it was being read."""


class Observe:
    """Measures and logs each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 500

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            seconds = time.perf_counter() - start
            # The template, not the path: a path holds what the user typed.
            route = getattr(scope.get("route"), "path", "other")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            REQUESTS.labels(method, route, str(status)).inc()
            SECONDS.labels(route).observe(seconds)
            log.info(
                "request", method=method, route=route, status=status, ms=round(seconds * 1000, 2)
            )


class BoundBody:
    """Refuses bodies over a size, by the announced length and again while they come in."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self._limit:
            await self._refuse(scope, receive, send)
            return
        started = False

        async def note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, self._counting(receive), note)
        except TooLarge:
            if started:
                raise
            await self._refuse(scope, receive, send)

    def _counting(self, receive: Receive) -> Callable[[], Awaitable[Message]]:
        total = 0

        async def count() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self._limit:
                raise TooLarge
            return message

        return count

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        message = Text(
            f"Le corps de la requête dépasse {self._limit} octets.",
            f"The body exceeds {self._limit} bytes.",
        )
        await problem("payload_too_large", message)(scope, receive, send)
