"""Routes that look at the key of an account before they read anything of the body."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from thesaurus.accounts import Actor, Role
from thesaurus.api.access import need_role
from thesaurus.api.body import StrictRoute

_Handler = TypeVar("_Handler", bound=Callable[..., Any])


def needs(role: Role) -> Callable[[_Handler], _Handler]:
    """Say which role a handler of a ``KeyedRoute`` takes."""

    def named(handler: _Handler) -> _Handler:
        handler.__dict__["role"] = role
        return handler

    return named


class KeyedRoute(StrictRoute):
    """A route for accounts with the role that its handler ``needs``.

    FastAPI reads a body before it asks anything of a handler or a dependency; here who may not send
    one is told so before.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle, role = super().get_route_handler(), self.endpoint.__dict__["role"]

        async def keyed(request: Request) -> Response:
            request.state.actor = await run_in_threadpool(need_role, request, role)
            return await handle(request)

        return keyed


def actor_of(request: Request) -> Actor:
    """Say who asks on such a route."""
    actor: Actor = request.state.actor
    return actor
