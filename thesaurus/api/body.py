"""Bodies are JSON in the strict sense, said to be JSON, and not compressed."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.routing import APIRoute

from thesaurus.api.problems import compressed
from thesaurus.strict_json import strict_json

_GZIP = b"\x1f\x8b"


class StrictRequest(Request):
    async def json(self) -> Any:
        data = await self.body()
        try:
            return strict_json(data)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError) as error:  # of which FastAPI would not say anything
            reason = "Not Unicode" if isinstance(error, UnicodeError) else "Beyond measure"
            raise json.JSONDecodeError(reason, "", 0) from None


class StrictRoute(APIRoute):
    """A route that takes nothing but strict JSON where it takes a body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def strict(request: Request) -> Response:
            if not _is_json(request.headers.get("content-type", "")):
                raise HTTPException(415)
            request = StrictRequest(request.scope, request.receive)
            if (await request.body()).startswith(_GZIP):
                return compressed()
            return await handle(request)

        return strict


def _is_json(content_type: str) -> bool:
    media = content_type.partition(";")[0].strip().lower()
    return media == "application/json" or (
        media.startswith("application/") and media.endswith("+json")
    )
