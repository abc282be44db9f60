"""``GET /``: the search field, and the ways in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from ontologies.concept import Level
from ontologies.errors import NoActiveRelease
from thesaurus.runtime import Open
from thesaurus.web.page import ReleasePageQuery, open_page, page

router = APIRouter(include_in_schema=False)

_CODED = (Level.DISORDER, Level.SUBTYPE)


@router.get("/")
async def get_home(
    request: Request, response: Response, query: Annotated[ReleasePageQuery, Query()]
) -> HTMLResponse:
    """What the service is, and where to type. Without an active release, what to run."""
    try:
        release = await open_page(request, response, query)
    except NoActiveRelease:
        response.status_code = 503
        response.headers["Cache-Control"] = "no-store"
        return page(request, response, "home_empty.html", query)
    return page(request, response, "home.html", query, release=release, coded=_coded(release))


def _coded(release: Open) -> int:
    """How many entities are for coding: active disorders and subtypes."""
    concepts = release.snapshot.concepts.values()
    return sum(each.level in _CODED and each.status.is_active for each in concepts)
