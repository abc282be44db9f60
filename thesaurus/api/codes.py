"""``POST /v1/codes/redirect``, ``aggregate`` and ``specify``: from codes to codes that count."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from thesaurus import lookup
from thesaurus.answers import AggregateAnswer, RedirectAnswer
from thesaurus.api.body import StrictRoute
from thesaurus.api.context import CodeText, LabelQuery, ReleaseQuery, open_for
from thesaurus.api.problems import SENDING
from thesaurus.related_answers import SpecifyAnswer

router = APIRouter(prefix="/v1/codes", tags=["codes"], responses=SENDING, route_class=StrictRoute)


class AggregateRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    codes: list[CodeText] = Field(max_length=10_000)


class RedirectRequest(AggregateRequest):
    referred: bool = Field(default=False, description='Follow "referred to" as well.')


class SpecifyRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: CodeText
    genes: list[CodeText] = Field(
        max_length=100, description="Symbols, former symbols or HGNC codes of the patient's genes."
    )


@router.post("/redirect")
async def redirect_codes(
    request: Request,
    response: Response,
    body: RedirectRequest,
    query: Annotated[ReleaseQuery, Query()],
) -> RedirectAnswer:
    """What replaces each code; where nothing does, the target is the code itself."""
    release = await open_for(request, response, query)
    return lookup.redirections(release, body.codes, referred=body.referred)


@router.post("/aggregate")
async def aggregate_codes(
    request: Request,
    response: Response,
    body: AggregateRequest,
    query: Annotated[ReleaseQuery, Query()],
) -> AggregateAnswer:
    """The disorder under which each code is counted, null where none applies."""
    release = await open_for(request, response, query)
    return lookup.aggregations(release, body.codes)


@router.post("/specify")
async def specify_code(
    request: Request,
    response: Response,
    body: SpecifyRequest,
    query: Annotated[LabelQuery, Query()],
) -> SpecifyAnswer:
    """A more precise code by genes: among the code and what stands below it, the only entity with
    an assessed, disease-causing link to one of the genes. Several, or none, leave the code.
    """
    release = await open_for(request, response, query)
    return lookup.specification(release, body.code, body.genes, query.lang)
