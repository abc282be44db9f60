"""``GET /v1/suggest``: autocomplete."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from search import Filters
from thesaurus import lookup
from thesaurus.answers import SuggestAnswer
from thesaurus.api.context import NOT_MODIFIED, HierarchyQuery, open_for
from thesaurus.api.problems import READING
from thesaurus.lookup import LevelKey

router = APIRouter(prefix="/v1", tags=["search"], responses=READING | NOT_MODIFIED)


class SuggestQuery(HierarchyQuery):
    q: str = Field(max_length=2000, description="What was typed.")
    limit: int = Field(default=10, ge=1, le=100)
    level: list[LevelKey] = Field(default=[], description="Only these levels; may be repeated.")
    within: str | None = Field(
        default=None, max_length=200, description="Only concepts below this code."
    )
    include_inactive: bool = False


@router.get("/suggest")
async def get_suggestions(
    request: Request, response: Response, query: Annotated[SuggestQuery, Query()]
) -> SuggestAnswer:
    """Find concepts from a few letters: words in any order, each a prefix, accents left out,
    one typo forgiven; also a code in any written form. One hit per concept, best first.
    """
    release = await open_for(request, response, query)
    filters = Filters(
        levels=frozenset(query.level),
        within=lookup.find(release, query.within).code if query.within else None,
        classification=query.classification,
        include_inactive=query.include_inactive,
    )
    return lookup.suggestions(release, query.q, lang=query.lang, limit=query.limit, filters=filters)
