"""``/static``: style sheets and modules of the pages. Only files that the package has are given.

A page names them with the digest of their content, and a browser asks them once. The picker has an
address that never changes, for the forms of other hosts, which may read it.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException

from thesaurus.api.context import mark

router = APIRouter(include_in_schema=False)

PICKER = "orpha-picker.js"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FILES = {
    each.name: (each.read_bytes(), media)
    for each in files("thesaurus.web").joinpath("static").iterdir()
    for suffix, media in _TYPES.items()
    if each.name.endswith(suffix)
}
_DIGESTS = {name: sha256(content).hexdigest()[:16] for name, (content, _) in _FILES.items()}
_FOR_OTHER_HOSTS = {
    "Access-Control-Allow-Origin": "*",  # modules are asked with CORS
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def static_address(name: str) -> str:
    """Return the address of a file, which changes with its content. Raises KeyError."""
    return f"/static/{name}?v={_DIGESTS[name]}"


@router.get("/static/{name}")
async def get_static(
    request: Request, response: Response, name: Annotated[str, Path(max_length=60)]
) -> Response:
    """A file of the pages."""
    if name not in _FILES:
        raise HTTPException(404)
    content, media = _FILES[name]
    mark(request, response, _DIGESTS[name])
    headers = {**response.headers, "X-Content-Type-Options": "nosniff"}
    if request.query_params.get("v") == _DIGESTS[name]:
        headers["cache-control"] = "public, max-age=31536000, immutable"
    if name == PICKER:
        headers |= _FOR_OTHER_HOSTS
    return Response(content, response.status_code or 200, headers, media)
