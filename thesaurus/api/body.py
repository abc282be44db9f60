"""Bodies are JSON in the strict sense: said to be JSON, UTF-8, each key once, no NaN.

Python's reader keeps the last of two equal keys; of two codes of one diagnosis, nobody knows which
one was meant.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute


class StrictRequest(Request):
    async def json(self) -> Any:
        text = (await self.body()).decode("utf-8-sig")
        read = json.loads(text, object_pairs_hook=_each_once, parse_constant=_not_json)
        if "\\u" in text:  # may be half a surrogate pair, which no answer could repeat
            json.dumps(read, ensure_ascii=False).encode()
        return read


class StrictRoute(APIRoute):
    """A route that takes nothing but strict JSON where it takes a body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def strict(request: Request) -> Response:
            if not _is_json(request.headers.get("content-type", "")):
                raise HTTPException(415)
            return await handle(StrictRequest(request.scope, request.receive))

        return strict


def _is_json(content_type: str) -> bool:
    media = content_type.partition(";")[0].strip().lower()
    return media == "application/json" or (
        media.startswith("application/") and media.endswith("+json")
    )


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise json.JSONDecodeError("Duplicate key", "", 0)
    return found


def _not_json(name: str) -> Any:
    raise json.JSONDecodeError(f"{name} is not JSON", "", 0)
