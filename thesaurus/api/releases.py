"""``GET /v1/releases``: the register."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict

from ontologies.errors import UnknownRelease
from thesaurus import lookup
from thesaurus.answers import ReleaseItem, ReleasesAnswer
from thesaurus.api.problems import PROBLEM_RESPONSES
from thesaurus.runtime import Runtime

router = APIRouter(tags=["releases"], responses=PROBLEM_RESPONSES)

ReleaseId = Annotated[str, Path(max_length=40, description="Id of a release, such as 2023.")]


class NoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")


@router.get("/releases")
async def get_releases(request: Request, _query: Annotated[NoQuery, Query()]) -> ReleasesAnswer:
    """Every release with its state, date, licence, counts and history; the latest data first."""
    runtime: Runtime = request.app.state.runtime
    return lookup.releases(runtime.records)


@router.get("/releases/{release_id}")
async def get_release(
    request: Request,
    release_id: ReleaseId,
    _query: Annotated[NoQuery, Query()],
) -> ReleaseItem:
    """One release."""
    runtime: Runtime = request.app.state.runtime
    for record in runtime.records:
        if record.id == release_id:
            return lookup.release_item(record)
    raise UnknownRelease(release_id, [record.id for record in runtime.records])


@router.get("/releases/{release_id}/report")
def get_report(
    request: Request,
    release_id: ReleaseId,
    _query: Annotated[NoQuery, Query()],
) -> dict[str, Any]:
    """The load report: files, counts, checks, repairs and oddities."""
    runtime: Runtime = request.app.state.runtime
    return {"release": release_id, **runtime.report(release_id)}
