"""``GET /search``: the coders' search as a page, with facets that narrow it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from ontologies.errors import InvalidCode, InvalidRequest, UnknownCode
from search import Filters
from search.fulltext import InvalidQuery, Sort
from thesaurus import lookup
from thesaurus.answers import HitItem, RedirectionItem
from thesaurus.api.search import Narrowing, searched
from thesaurus.lookup.finding import redirection_item
from thesaurus.lookup.life import LifeAnswer, life
from thesaurus.lookup.traces import Remembered
from thesaurus.related_answers import CodingItem
from thesaurus.runtime import Open, Runtime
from thesaurus.search_answers import FoundItem, HighlightItem, SearchAnswer
from thesaurus.searchable import IndexNotReady
from thesaurus.web.concept.shown import title_of
from thesaurus.web.page import ReleasePageQuery, open_page, page
from thesaurus.web.tables import csv_file
from thesaurus.web.texts import say
from thesaurus.web.wording import Words

router = APIRouter(include_in_schema=False)

FACETS = ("level", "type", "status", "classification")
MOST_ROWS = 5_000
"""Of a CSV file."""
_SUGGESTED = 8
_LONGEST_QUERY = 10_000  # the language says itself, in a page, that it takes less
_AROUND = 90
_MOST_REASONS = 3
_OMIM = re.compile(r"\s*[#*+%^]?\s?([1-6][0-9]{5})\s*")
"""A number of OMIM without its name; other numbers of six digits are ORPHAcodes, too."""


class SearchPageQuery(ReleasePageQuery, Narrowing):
    q: str = Field(default="", max_length=_LONGEST_QUERY)
    page: int = Field(default=1, ge=1, le=10_000)
    sort: Sort = Sort.RELEVANCE
    format: Literal["html", "csv"] = "html"


@router.get("/search")
async def get_results(
    request: Request, response: Response, query: Annotated[SearchPageQuery, Query()]
) -> Response:
    """Results of the query language; near names where it finds nothing or cannot look yet; what is
    wrong in the query.
    """
    runtime: Runtime = request.app.state.runtime
    release = await open_page(request, response, query, runtime.local_version)
    found, error = None, None
    try:
        if query.q.strip():
            found = await _found(request, release, query)
    except InvalidQuery as wrong:
        response.status_code, error = 400, wrong
    except IndexNotReady as early:
        if query.format == "csv":
            raise
        response.status_code = 503
        response.headers["Retry-After"] = str(early.retry_after)
    return await run_in_threadpool(_answer, request, response, query, release, found, error)


async def _found(request: Request, release: Open, query: SearchPageQuery) -> SearchAnswer:
    whole = query.format == "csv"
    return await searched(
        request,
        release,
        query.q,
        query,
        page=1 if whole else query.page,
        page_size=MOST_ROWS if whole else 20,
        sort=query.sort,
        lang=query.lang,
        highlighted=not whole,
    )


def _answer(
    request: Request,
    response: Response,
    query: SearchPageQuery,
    release: Open,
    found: SearchAnswer | None,
    error: InvalidQuery | None,
) -> Response:
    if found and query.format == "csv":
        return csv_file(f"recherche-{release.id}", *_table(found, query.lang), response)
    runtime: Runtime = request.app.state.runtime
    nothing = bool(query.q.strip()) and not (found and found.total)
    meant = _meant(release, query.q, query.lang) if query.q else None
    return page(
        request,
        response,
        "results.html",
        query,
        release=release,
        asked=query,
        found=found,
        shown=[_reasoned(release, each, query.lang) for each in found.items] if found else [],
        error=error,
        meant=meant,
        gone=_gone(request, release, query) if nothing and not meant else None,
        system_title=partial(title_of, release, lang=query.lang),
        suggested=_suggested(runtime, release, query) if nothing else [],
        chosen=list(_chosen(release, query)),
        perimeters=list(runtime.perimeters.values()),
        most_rows=MOST_ROWS,
    )


def _meant(release: Open, text: str, lang: str) -> CodingItem | None:
    """The code that a text is; six digits that are no ORPHAcode of the release are one of OMIM."""
    found = lookup.meant(release, text, lang)
    if found is None and (number := _OMIM.fullmatch(text)):
        return lookup.meant(release, f"OMIM:{number[1]}", lang)
    return found


def _gone(request: Request, release: Open, query: SearchPageQuery) -> LifeAnswer | None:
    """The life of a code that only other releases have; None of what is no such code."""
    remembered: Remembered = request.app.state.remembered
    try:
        return life(remembered, release, query.q, query.lang)
    except (InvalidCode, InvalidRequest, UnknownCode):
        return None


def _suggested(runtime: Runtime, release: Open, query: SearchPageQuery) -> Sequence[HitItem]:
    """What autocomplete finds, which forgives typos; a facet is not kept there."""
    perimeter = runtime.perimeter(query.perimeter) if query.perimeter else None
    filters = Filters(perimeter=perimeter)
    return lookup.suggestions(
        release, query.q, lang=query.lang, limit=_SUGGESTED, filters=filters
    ).hits


class Chosen(NamedTuple):
    """A value of a facet that narrows the search, and those of the field that stay without it."""

    field: str
    label: str
    others: list[str]


def _chosen(release: Open, query: SearchPageQuery) -> Iterator[Chosen]:
    words = Words(query.lang)
    labels: Mapping[str, Callable[[str], str]] = {
        "level": words.level,
        "type": words.type,
        "status": words.status,
        "classification": partial(_classification, release, query.lang),
    }
    for field in FACETS:
        values = list(dict.fromkeys(map(str, query.only[field])))
        for value in values:
            yield Chosen(field, labels[field](value), [each for each in values if each != value])


def _classification(release: Open, lang: str, key: str) -> str:
    """Return the name of a classification. Raises UnknownClassification."""
    release.snapshot.hierarchy(key)
    return release.snapshot.classifications[key].name(lang)[1]


class Reasoned(NamedTuple):
    """A result with why it is one.

    Attributes:
        spans: what to mark in its label.
        reasons: other texts in which words stand, each short; none where the label has some.
        redirection: of an inactive entity, what replaces it.
    """

    item: FoundItem
    spans: Sequence[tuple[int, int]]
    reasons: Sequence[HighlightItem]
    redirection: RedirectionItem | None


def _reasoned(release: Open, item: FoundItem, lang: str) -> Reasoned:
    concept = release.snapshot.concepts[item.code]
    own = next((each for each in item.highlights if each.text == item.label), None)
    others = [each for each in item.highlights if each.text != item.label]
    return Reasoned(
        item,
        own.spans if own else (),
        [] if own else [_short(each) for each in others[:_MOST_REASONS]],
        redirection_item(release, concept, lang),
    )


def _short(each: HighlightItem) -> HighlightItem:
    """A definition is cut around the first word that matches."""
    start, end = max(0, each.spans[0][0] - _AROUND), each.spans[0][1] + _AROUND
    if start == 0 and end >= len(each.text):
        return each
    head, tail = "… " * (start > 0), " …" * (end < len(each.text))
    moved = len(head) - start
    spans = [(a + moved, b + moved) for a, b in each.spans if b <= end]
    text = f"{head}{each.text[start:end]}{tail}"
    return each.model_copy(update={"text": text, "spans": spans})


def _table(found: SearchAnswer, lang: str) -> tuple[list[str], list[list[str | None]]]:
    words = Words(lang)
    columns = ("code", "label", "lang", "level", "type", "status", "replaced_by")
    rows = [
        [
            each.curie,
            each.label,
            each.lang,
            words.level(each.level),
            words.type(each.type),
            words.status(each.status),
            each.replaced_by,
        ]
        for each in found.items
    ]
    return [say(f"search.column_{name}", lang) for name in columns], rows
