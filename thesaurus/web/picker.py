"""``GET /picker``: the form field ``<orpha-picker>`` in five situations, each with its source."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from thesaurus.runtime import Runtime
from thesaurus.web.page import HEADERS, ReleasePageQuery, open_if_asked, page

router = APIRouter(include_in_schema=False)

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Of a page that allows no style at all, not even its own."""


class PickerPageQuery(ReleasePageQuery):
    """What the example forms send to this very page."""

    code: str | None = Field(default=None, max_length=400)
    label: str | None = Field(default=None, max_length=400)
    edition: str | None = Field(default=None, max_length=40)


@router.get("/picker")
async def get_picker_page(
    request: Request, response: Response, query: Annotated[PickerPageQuery, Query()]
) -> HTMLResponse:
    """The picker in a form, filtered, themed, and made by a script; what the form sent is shown."""
    return await _page(request, response, "picker.html", query)


@router.get("/picker/strict")
async def get_strict_picker_page(
    request: Request, response: Response, query: Annotated[PickerPageQuery, Query()]
) -> HTMLResponse:
    """The picker in a page with a strict content security policy of its own."""
    shown = await _page(request, response, "picker-strict.html", query)
    shown.headers.update({**HEADERS, "Content-Security-Policy": STRICT_POLICY})
    return shown


async def _page(
    request: Request, response: Response, template: str, query: PickerPageQuery
) -> HTMLResponse:
    runtime: Runtime = request.app.state.runtime
    release = await open_if_asked(request, response, query, runtime.local_version)
    sent = {name: getattr(query, name) for name in ("code", "label", "edition")}
    return page(
        request,
        response,
        template,
        query,
        release=release,
        sent={name: value for name, value in sent.items() if value},
        perimeters=sorted(runtime.perimeters.values(), key=lambda each: each.name),
        address=str(request.base_url).rstrip("/"),
    )
