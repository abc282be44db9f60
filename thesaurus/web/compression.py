"""Pages, style sheets and modules go packed over slow lines; what programs ask goes as it is."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from thesaurus.api.paths import is_for_programs

_SMALLEST = 1000


class PackPages:
    """Packs the answers of all addresses but those of the API, which must cost nothing more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._packed = GZipMiddleware(app, minimum_size=_SMALLEST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_for_programs(scope):
            await self._app(scope, receive, send)
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start":
                _weaken(MutableHeaders(scope=message))
            await send(message)

        await self._packed(scope, receive, tagged)


def _weaken(headers: MutableHeaders) -> None:
    """The same tag stands for a page packed and unpacked, which are not the same bytes
    (RFC 9110, 8.8.3).
    """
    etag = headers.get("etag", "W/")
    if not etag.startswith("W/") and "content-encoding" in headers:
        headers["etag"] = f"W/{etag}"
