"""``GET /v1/concepts/{code}`` and the five relations."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from thesaurus import lookup
from thesaurus.answers import ConceptAnswer, PathsAnswer, RelationAnswer
from thesaurus.api.context import CodeText, HierarchyQuery, LabelQuery, open_for
from thesaurus.api.problems import PROBLEM_RESPONSES
from thesaurus.lookup import Relation

router = APIRouter(tags=["concepts"], responses=PROBLEM_RESPONSES)

Code = Annotated[
    CodeText,
    Path(description="An ORPHAcode in any written form: 558, ORPHA:558, Orphanet_558 ..."),
]


class RelationQuery(HierarchyQuery):
    max_depth: int | None = Field(
        default=None, ge=1, le=100, description="For ancestors and descendants: at most so far."
    )


@router.get("/concepts/{code}")
async def get_concept(
    request: Request, response: Response, code: Code, query: Annotated[LabelQuery, Query()]
) -> ConceptAnswer:
    """Everything known of a concept: names, status, level, what replaces it, where it stands."""
    release = await open_for(request, response, query)
    return lookup.concept_page(release, code, query.lang)


@router.get("/concepts/{code}/paths", tags=["hierarchy"])
async def get_paths(
    request: Request, response: Response, code: Code, query: Annotated[HierarchyQuery, Query()]
) -> PathsAnswer:
    """Every way from a root down to the concept, at most 1,000."""
    release = await open_for(request, response, query)
    return lookup.paths(release, code, lang=query.lang, classification=query.classification)


@router.get("/concepts/{code}/{relation}", tags=["hierarchy"])
async def get_related(
    request: Request,
    response: Response,
    code: Code,
    relation: Relation,
    query: Annotated[RelationQuery, Query()],
) -> RelationAnswer:
    """Parents, children, siblings, ancestors or descendants, nearest first."""
    release = await open_for(request, response, query)
    return lookup.related(
        release,
        code,
        relation,
        lang=query.lang,
        classification=query.classification,
        max_depth=query.max_depth,
    )
