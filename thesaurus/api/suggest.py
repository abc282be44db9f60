"""``GET /v1/suggest``: autocomplete."""

from fastapi import APIRouter, Request, Response
from pydantic import Field

from search import Filters
from thesaurus import lookup
from thesaurus.answers import SuggestAnswer
from thesaurus.api.context import NOT_MODIFIED, HierarchyQuery, NotModified, mark_empty, open_for
from thesaurus.api.problems import READING
from thesaurus.api.query import parameters, read_query
from thesaurus.lookup import LevelKey, TypeKey
from thesaurus.runtime import Open, Runtime
from thesaurus.usage import SearchLog

router = APIRouter(prefix="/v1", tags=["search"], responses=READING | NOT_MODIFIED)


class SuggestQuery(HierarchyQuery):
    q: str = Field(max_length=2000, description="What was typed.")
    limit: int = Field(default=10, ge=1, le=100)
    level: list[LevelKey] = Field(default=[], description="Only these levels; may be repeated.")
    type: list[TypeKey] = Field(default=[], description="Only these types; may be repeated.")
    within: str | None = Field(
        default=None, max_length=200, description="Only concepts below this code."
    )
    perimeter: str | None = Field(
        default=None, max_length=40, description="Only the codes of this perimeter (a filière)."
    )
    system: list[str] = Field(
        default=[],
        max_length=20,
        description="Only what codes and names of these code systems find; orpha for Orphanet's "
        "own names; may be repeated.",
    )
    include_inactive: bool = Field(
        default=False,
        description="Inactive entities are found themselves, not what replaces them.",
    )
    explain: bool = Field(default=False, description="Show what each score is made of.")


@router.get("/suggest", openapi_extra=parameters(SuggestQuery))
async def get_suggestions(request: Request, response: Response) -> SuggestAnswer:
    """Find concepts from a few letters: words in any order, each a beginning, accents left out,
    one or two typos forgiven; also codes of any system and symbols of genes. One hit per concept,
    best first, each with why it is there.
    """
    query = read_query(SuggestQuery, request)
    runtime: Runtime = request.app.state.runtime
    log: SearchLog = request.app.state.search_log
    try:
        release = await open_for(request, response, query, runtime.local_version)
    except NotModified as known:  # somebody searched all the same
        log.note_again(query.q, empty=known.empty)
        raise
    answer = lookup.suggestions(
        release,
        query.q,
        lang=query.lang,
        limit=query.limit,
        filters=_filters(release, runtime, query),
        explain=query.explain,
    )
    if not answer.hits:
        mark_empty(response)
    log.note(query.q, len(answer.hits))
    return answer


def _filters(release: Open, runtime: Runtime, query: SuggestQuery) -> Filters:
    return Filters(
        levels=frozenset(query.level),
        types=frozenset(query.type),
        within=lookup.find(release, query.within).code if query.within else None,
        classification=query.classification,
        perimeter=runtime.perimeter(query.perimeter) if query.perimeter else None,
        systems=frozenset(release.related.systems.named(each).name for each in query.system),
        include_inactive=query.include_inactive,
    )
