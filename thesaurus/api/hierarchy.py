"""``GET /v1/lca``, ``/v1/subsumes`` and ``/v1/classifications``."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from thesaurus import lookup
from thesaurus.answers import ClassificationsAnswer, CommonAncestorsAnswer, SubsumesAnswer
from thesaurus.api.context import (
    NOT_MODIFIED,
    CodeText,
    HierarchyQuery,
    LabelQuery,
    open_for,
)
from thesaurus.api.problems import READING

router = APIRouter(prefix="/v1", tags=["hierarchy"], responses=READING | NOT_MODIFIED)


class CommonAncestorsQuery(HierarchyQuery):
    code: list[CodeText] = Field(
        min_length=1, max_length=100, description="Two codes or more, the parameter repeated."
    )


class SubsumesQuery(HierarchyQuery):
    a: CodeText = Field(description="The code that may stand above.")
    b: CodeText = Field(description="The code that may stand below.")


@router.get("/lca")
async def get_common_ancestors(
    request: Request, response: Response, query: Annotated[CommonAncestorsQuery, Query()]
) -> CommonAncestorsAnswer:
    """The lowest common ancestors of some codes: a set, since an entity may have many parents."""
    release = await open_for(request, response, query)
    return lookup.common_ancestors(
        release, query.code, lang=query.lang, classification=query.classification
    )


@router.get("/subsumes")
async def get_subsumes(
    request: Request, response: Response, query: Annotated[SubsumesQuery, Query()]
) -> SubsumesAnswer:
    """Whether b is a or stands below it."""
    release = await open_for(request, response, query)
    return lookup.subsumes(release, query.a, query.b, classification=query.classification)


@router.get("/classifications")
async def get_classifications(
    request: Request, response: Response, query: Annotated[LabelQuery, Query()]
) -> ClassificationsAnswer:
    """The classifications with their heads and sizes."""
    release = await open_for(request, response, query)
    return lookup.classifications(release, query.lang)
