"""Which pages of other hosts may ask: the routes that a form with the picker needs, and no others.

The data are public, so that any host may by default. What knows who did what (the history,
accounts, decisions) says nothing of origins, and a browser lets only our own pages read it.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from thesaurus.api.paths import path_of

_PATHS = ("/v1/suggest", "/v1/concepts/")
_DAY = 86_400


class AllowOrigins:
    """Lets pages of other hosts ask what the picker asks, without cookies and without a key.

    A request without ``Origin`` costs nothing more.

    Args:
        origins: ``https://dpi.chu.example``, or ``*`` for all; empty for none.
    """

    def __init__(self, app: ASGIApp, origins: frozenset[str]) -> None:
        self._app = app
        self._open = CORSMiddleware(
            app,
            allow_origins=sorted(origins),
            allow_methods=("GET", "POST"),
            allow_headers=(),
            allow_credentials=False,
            expose_headers=("Retry-After",),
            max_age=_DAY,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = (
            scope["type"] == "http"
            and path_of(scope).startswith(_PATHS)
            and "origin" in Headers(scope=scope)
        )
        await (self._open if asks else self._app)(scope, receive, send)
