"""``GET /v1/releases/history``: who did what with which release, when and why."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from ontologies.errors import UnknownRelease
from thesaurus.api.context import NOT_MODIFIED, Day, mark
from thesaurus.api.problems import READING
from thesaurus.api.releases import RegisterQuery, records_of, state_of
from thesaurus.history import HistoryAnswer, history
from thesaurus.runtime import Runtime

router = APIRouter(prefix="/v1/releases", tags=["releases"], responses=READING | NOT_MODIFIED)


class HistoryQuery(RegisterQuery):
    release: str | None = Field(default=None, max_length=40, description="Steps of this one only.")
    since: Day | None = Field(default=None, description="Steps of this day (UTC) or later.")
    limit: int = Field(default=100, ge=1, le=1000, description="How many steps, the latest first.")


@router.get("/history")
async def get_history(
    request: Request, response: Response, query: Annotated[HistoryQuery, Query()]
) -> HistoryAnswer:
    """The steps in the life of the releases: who, when, from which state to which, why.

    A step from a state to the same one changed how long a superseded release is taken.
    """
    runtime: Runtime = request.app.state.runtime
    records = records_of(runtime, query.system)
    names = [each.id for each in records]
    if query.release is not None and query.release not in names:
        raise UnknownRelease(query.release, names)
    mark(request, response, *map(state_of, (*runtime.records, *records)))
    return history(
        records,
        runtime.records,
        release=query.release,
        since=query.since,
        limit=query.limit,
    )
