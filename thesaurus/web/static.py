"""``/static``: the style sheet of the pages. Only files that the package has are ever given."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException

from thesaurus.api.context import mark

router = APIRouter(include_in_schema=False)

_TYPES = {".css": "text/css; charset=utf-8"}
_FILES = {
    each.name: (each.read_bytes(), media)
    for each in files("thesaurus.web").joinpath("static").iterdir()
    for suffix, media in _TYPES.items()
    if each.name.endswith(suffix)
}


@router.get("/static/{name}")
async def get_static(
    request: Request, response: Response, name: Annotated[str, Path(max_length=60)]
) -> Response:
    """A file of the pages."""
    if name not in _FILES:
        raise HTTPException(404)
    content, media = _FILES[name]
    mark(request, response, sha256(content).hexdigest())
    headers = {**response.headers, "X-Content-Type-Options": "nosniff"}
    return Response(content, response.status_code or 200, headers, media)
