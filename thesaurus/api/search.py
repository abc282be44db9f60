"""``GET /v1/search``: the coders' search."""

import asyncio
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from ontologies.concept import Status
from search.fulltext import Only, Sort
from thesaurus import lookup
from thesaurus.api.context import NOT_MODIFIED, LabelQuery, open_for
from thesaurus.api.problems import READING
from thesaurus.lookup import LevelKey, TypeKey
from thesaurus.runtime import Open, Runtime
from thesaurus.search_answers import SearchAnswer
from thesaurus.searchable import IndexNotReady, Searchable

router = APIRouter(prefix="/v1", tags=["search"], responses=READING | NOT_MODIFIED)

ClassificationId = Annotated[str, Field(max_length=20)]

_MOST_VALUES = 20
"""Of one facet; there are eleven types."""
_LOOKS = 20
_LOOK_AGAIN_SECONDS = 0.1


class Narrowing(BaseModel):
    """What a search is bounded to beside its query: values of facets, and a perimeter."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: list[LevelKey] = Field(
        default=[], max_length=_MOST_VALUES, description="Only these levels; may be repeated."
    )
    type: list[TypeKey] = Field(
        default=[], max_length=_MOST_VALUES, description="Only these types; may be repeated."
    )
    status: list[Status] = Field(
        default=[], max_length=_MOST_VALUES, description="Only these statuses; may be repeated."
    )
    classification: list[ClassificationId] = Field(
        default=[],
        max_length=40,
        description="Only what stands in one of these classifications, by id; may be repeated.",
    )
    perimeter: str | None = Field(
        default=None, max_length=40, description="Only the codes of this perimeter (a filière)."
    )

    @property
    def only(self) -> Only:
        return {
            "level": self.level,
            "type": self.type,
            "status": self.status,
            "classification": self.classification,
        }


class SearchQuery(LabelQuery, Narrowing):
    q: str = Field(
        min_length=1,
        max_length=2000,
        description="Words (all must stand in the names, small ones such as de and of excepted), "
        "phrases in quotation marks, * and ?, AND OR NOT (ET OU SAUF), brackets, and fields: "
        "label, synonym, linked, definition, text, code, gene, type, level, status, "
        "classification, within, parent, icd10, omim and other systems. See docs/search.md.",
    )
    page: int = Field(default=1, ge=1, le=10_000)
    page_size: int = Field(default=20, ge=1, le=100)
    sort: Sort = Field(
        default=Sort.RELEVANCE, description="Of equals the smaller code comes first."
    )


@router.get("/search")
async def search(
    request: Request, response: Response, query: Annotated[SearchQuery, Query()]
) -> SearchAnswer:
    """Search names, definitions and codes with the coders' query language; with counts by level,
    type, status and classification, and another spelling where almost nothing is found.
    """
    runtime: Runtime = request.app.state.runtime
    # Most answers do not change with the perimeters, and are not sent again because of one.
    state = [runtime.local_version] if query.perimeter else []
    release = await open_for(request, response, query, *state)
    return await searched(
        request,
        release,
        query.q,
        query,
        page=query.page,
        page_size=query.page_size,
        sort=query.sort,
        lang=query.lang,
    )


async def searched(  # noqa: PLR0913  (how to answer)
    request: Request,
    release: Open,
    text: str,
    narrowing: Narrowing,
    *,
    page: int = 1,
    page_size: int = 20,
    sort: Sort = Sort.RELEVANCE,
    lang: str = "fr",
    highlighted: bool = True,
) -> SearchAnswer:
    """Answer a query of the coders' language in a thread; wait a little for an index.

    Raises:
        InvalidQuery, UnknownPerimeter, UnknownClassification
        IndexNotReady, IndexUnavailable
    """
    runtime: Runtime = request.app.state.runtime
    perimeter = runtime.perimeter(narrowing.perimeter) if narrowing.perimeter else None
    asked = partial(
        _search,
        request.app.state.searchable,
        release,
        text,
        page=page,
        page_size=page_size,
        sort=sort,
        lang=lang,
        perimeter=perimeter,
        only=narrowing.only,
        highlighted=highlighted,
    )
    for _ in range(_LOOKS):  # the index of a small release is built while the client waits
        try:
            return await run_in_threadpool(asked)
        except IndexNotReady:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
    return await run_in_threadpool(asked)


def _search(searchable: Searchable, release: Open, text: str, **how: Any) -> SearchAnswer:
    return lookup.search(release, searchable.of(release), text, **how)
