"""``GET /v1/releases``: the register."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from ontologies.errors import UnknownRelease
from thesaurus import registry
from thesaurus.answers import ReleaseAnswer, ReleasesAnswer, ReportAnswer
from thesaurus.api.context import NOT_MODIFIED, mark
from thesaurus.api.problems import READING
from thesaurus.runtime import Runtime
from thesaurus.store import Record

router = APIRouter(prefix="/v1/releases", tags=["releases"], responses=READING | NOT_MODIFIED)

ReleaseId = Annotated[str, Path(max_length=40, description="Id of a release, such as 2023.")]


class NoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")


@router.get("")
async def get_releases(
    request: Request, response: Response, _query: Annotated[NoQuery, Query()]
) -> ReleasesAnswer:
    """Every release with its state, date, licence, counts and history; the latest data first."""
    runtime: Runtime = request.app.state.runtime
    mark(request, response, *map(_state, runtime.records))
    return registry.releases(runtime.records)


@router.get("/{release_id}")
async def get_release(
    request: Request,
    response: Response,
    release_id: ReleaseId,
    _query: Annotated[NoQuery, Query()],
) -> ReleaseAnswer:
    """One release."""
    record = _record(request, release_id)
    mark(request, response, _state(record))
    item = registry.release_item(record)
    return ReleaseAnswer(release=item.id, **dict(item))


@router.get("/{release_id}/report")
def get_report(
    request: Request,
    response: Response,
    release_id: ReleaseId,
    _query: Annotated[NoQuery, Query()],
) -> ReportAnswer:
    """The load report: files, counts, checks, repairs and oddities."""
    record = _record(request, release_id)
    mark(request, response, record.id, record.release.digest)
    runtime: Runtime = request.app.state.runtime
    return ReportAnswer(release=record.id, **runtime.report(record.id))


def _state(record: Record) -> str:
    """A release never changes, but its history grows."""
    return f"{record.id} {record.release.digest} {len(record.history)}"


def _record(request: Request, version: str) -> Record:
    """Return a release as last seen; only ids that exist ever reach the data base."""
    runtime: Runtime = request.app.state.runtime
    records = runtime.records
    for record in records:
        if record.id == version:
            return record
    raise UnknownRelease(version, [record.id for record in records])
