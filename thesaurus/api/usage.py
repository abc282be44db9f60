"""``POST /v1/suggest/chosen`` and ``GET /v1/metrics/searches``: which hits were the right ones."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from ontologies.codes import curie
from ontologies.errors import InvalidRequest
from thesaurus import lookup, search_report
from thesaurus.api.access import need_token
from thesaurus.api.body import StrictRoute
from thesaurus.api.context import CodeText, ReleaseQuery, open_for
from thesaurus.api.problems import READING, SENDING, documented
from thesaurus.store.searches import KEPT_DAYS
from thesaurus.usage import MOST_RANK, SearchLog
from thesaurus.usage_answers import ChosenAnswer, SearchesAnswer

router = APIRouter(prefix="/v1", tags=["search"], route_class=StrictRoute)


class ChosenRequest(BaseModel):
    """A hit that was taken. Nothing else is accepted: no text, nothing about a patient."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: CodeText = Field(description="The chosen ORPHAcode in any written form.")
    rank: int | None = Field(
        default=None,
        ge=1,
        le=MOST_RANK,
        strict=True,
        description="Its place among the hits, from 1.",
    )
    release: str | None = Field(default=None, max_length=40, description="The release asked.")


class DaysQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    days: int = Field(default=30, ge=1, le=KEPT_DAYS, description="Today and the days before it.")


@router.post("/suggest/chosen", status_code=202, responses=SENDING)
async def note_choice(
    request: Request,
    response: Response,
    body: ChosenRequest,
    query: Annotated[ReleaseQuery, Query()],
) -> ChosenAnswer:
    """Say which hit was taken, so that codes that are chosen often come first among equal hits.

    Only the code and the rank are counted. A process counts at most 600 choices a minute, 60 of
    one code; what is beyond is answered and not counted.
    """
    if body.release and (query.release or query.as_of):
        raise InvalidRequest(
            "Donner « release » dans le corps ou dans l'adresse, pas les deux.",
            "Give 'release' in the body or in the query, not both.",
        )
    asked = ReleaseQuery(release=body.release) if body.release else query
    release = await open_for(request, response, asked)
    code = lookup.find(release, body.code).code
    log: SearchLog = request.app.state.search_log
    log.chosen(code, body.rank)
    return ChosenAnswer(release=release.id, code=code, curie=curie(code))


@router.get("/metrics/searches", responses=READING | documented(401, 403), tags=["operations"])
def get_searches(
    request: Request, response: Response, query: Annotated[DaysQuery, Query()]
) -> SearchesAnswer:
    """How many searches there were, how many found nothing, at which rank the chosen hits stood,
    and texts that found nothing again and again. Needs the token of the deployment.
    """
    need_token(request)
    response.headers["Cache-Control"] = "no-store"
    log: SearchLog = request.app.state.search_log
    since = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=query.days - 1)
    return search_report.searches(log.since(since), since)
