"""``GET /history``: the releases and what was done with them, as a page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from ontologies.release import ORPHANET
from thesaurus import registry
from thesaurus.api.releases import records_of, state_of
from thesaurus.history import history
from thesaurus.runtime import Runtime
from thesaurus.web.page import ReleasePageQuery, open_if_asked, page

router = APIRouter(include_in_schema=False)

_STEPS = 500
"""How many steps a page shows; GET /v1/releases/history gives all."""


class HistoryPageQuery(ReleasePageQuery):
    system: str = Field(default=ORPHANET, min_length=1, max_length=40)


@router.get("/history")
async def get_history_page(
    request: Request, response: Response, query: Annotated[HistoryPageQuery, Query()]
) -> HTMLResponse:
    """Releases with their state and window, then every step: who, when, why."""
    runtime: Runtime = request.app.state.runtime
    records = records_of(runtime, query.system)
    release = await open_if_asked(request, response, query, *map(state_of, records))
    return page(
        request,
        response,
        "history.html",
        query,
        release=release,
        system=query.system,
        releases_shown=registry.releases(records, runtime.records).items,
        history=history(records, runtime.records, limit=_STEPS),
    )
