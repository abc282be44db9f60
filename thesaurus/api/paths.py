"""The path of a request below the path under which a reverse proxy shows the service."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

_FOR_PROGRAMS = ("/v1/", "/health/", "/metrics")


def path_of(scope: Scope) -> str:
    """Return the path as routes know it: some proxies take their own part away, others leave it.

    >>> path_of({"path": "/thesaurus/v1/rules", "root_path": "/thesaurus"})
    '/v1/rules'
    >>> path_of({"path": "/v1/rules", "root_path": "/thesaurus"})
    '/v1/rules'
    """
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path


def is_for_programs(scope: Scope) -> bool:
    """Tell the API from pages, whose readers get errors as pages and everything packed."""
    return path_of(scope).startswith(_FOR_PROGRAMS)


class BelowPath:
    """Says under which path a reverse proxy shows the service, for the links of pages."""

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "root_path": self._root}, receive, send)
