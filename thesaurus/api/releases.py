"""``GET /v1/releases``: the register of the nomenclature and of what is loaded beside it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ontologies.errors import UnknownRelease, UnknownSystem
from ontologies.release import ORPHANET
from thesaurus import registry
from thesaurus.answers import ReleaseAnswer, ReleasesAnswer, ReportAnswer
from thesaurus.api.context import NOT_MODIFIED, mark
from thesaurus.api.problems import READING
from thesaurus.runtime import Runtime
from thesaurus.store import Record

router = APIRouter(prefix="/v1/releases", tags=["releases"], responses=READING | NOT_MODIFIED)

ReleaseId = Annotated[str, Path(max_length=40, description="Id of a release, such as 2023.")]


class RegisterQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    system: str = Field(
        default=ORPHANET,
        min_length=1,
        max_length=40,
        description="A terminology or dataset: orphanet, hpo, orphanet-genes ...; all for all.",
    )


@router.get("")
async def get_releases(
    request: Request, response: Response, query: Annotated[RegisterQuery, Query()]
) -> ReleasesAnswer:
    """Every release with its state, date, licence, counts and history; the latest data first.

    ``release`` is the active one of the nomenclature.
    """
    runtime: Runtime = request.app.state.runtime
    records = records_of(runtime, query.system)
    mark(request, response, *map(state_of, (*runtime.records, *records)))
    return registry.releases(records, runtime.records)


@router.get("/{release_id}")
async def get_release(
    request: Request,
    response: Response,
    release_id: ReleaseId,
    query: Annotated[RegisterQuery, Query()],
) -> ReleaseAnswer:
    """One release."""
    record = _record(request, release_id, query.system)
    known = records_of(request.app.state.runtime, query.system)
    mark(request, response, *map(state_of, known))
    item = registry.release_item(record, known)
    return ReleaseAnswer(release=item.id, **dict(item))


@router.get("/{release_id}/report")
def get_report(
    request: Request,
    response: Response,
    release_id: ReleaseId,
    query: Annotated[RegisterQuery, Query()],
) -> ReportAnswer:
    """The load report: files, counts, checks, repairs and oddities."""
    record = _record(request, release_id, query.system)
    mark(request, response, record.id, record.release.digest)
    runtime: Runtime = request.app.state.runtime
    return ReportAnswer(release=record.id, **runtime.report(record.id, record.release.system))


def state_of(record: Record) -> str:
    """A release never changes, but its history grows."""
    release = record.release
    return f"{release.system} {record.id} {release.digest} {len(record.history)}"


def records_of(runtime: Runtime, system: str) -> list[Record]:
    """The releases of a terminology or dataset. Raises UnknownSystem where there never was any."""
    known = (*runtime.records, *runtime.datasets)
    found = [each for each in known if system in ("all", each.release.system)]
    if not found and system not in ("all", ORPHANET):
        raise UnknownSystem(system, sorted({each.release.system for each in known}))
    return found


def _record(request: Request, version: str, system: str) -> Record:
    """Return a release as last seen; only ids that exist ever reach the data base."""
    records = records_of(request.app.state.runtime, system)
    for record in records:
        if record.id == version:
            return record
    raise UnknownRelease(version, [record.id for record in records])
