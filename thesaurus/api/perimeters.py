"""``GET /v1/perimeters``: the lists of codes that a search may be bounded to."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from thesaurus import search_report
from thesaurus.api.context import NOT_MODIFIED, ReleaseQuery, open_for
from thesaurus.api.problems import READING
from thesaurus.runtime import Runtime
from thesaurus.usage_answers import PerimetersAnswer

router = APIRouter(prefix="/v1", tags=["search"], responses=READING | NOT_MODIFIED)


@router.get("/perimeters")
async def get_perimeters(
    request: Request, response: Response, query: Annotated[ReleaseQuery, Query()]
) -> PerimetersAnswer:
    """The perimeters of this deployment, such as those of the filières, by name."""
    runtime: Runtime = request.app.state.runtime
    release = await open_for(request, response, query, runtime.local_version)
    return search_report.perimeters(release, runtime.perimeters.values())
