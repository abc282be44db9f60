"""Pages, style sheets and modules go packed over slow lines; what programs ask goes as it is."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

_SMALLEST = 1000


class PackPages:
    """Packs the answers of all addresses but those of the API, which must cost nothing more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._packed = GZipMiddleware(app, minimum_size=_SMALLEST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        of_api = scope["type"] != "http" or scope["path"].startswith(("/v1/", "/health/"))
        await (self._app if of_api else self._packed)(scope, receive, send)
