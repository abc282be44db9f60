"""``GET /releases/{a}/differences/{b}``: what changed from one release to another, in tables.

Without a choice of one kind of change the page shows the first codes of each; of one kind it shows
all, in pages. The facts are those of ``GET /v1/releases/{a}/differences/{b}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field

from ontologies.differences import Kind
from thesaurus.api.differences import ReleaseId, WantedDifferences, kept_for
from thesaurus.api.releases import state_of
from thesaurus.comparison import Comparison, Kept, answer_of
from thesaurus.comparison.answer import DifferenceItem
from thesaurus.comparison.items import Wording
from thesaurus.runtime import Runtime
from thesaurus.web.changed_words import changed_words
from thesaurus.web.page import EDITION, ReleasePageQuery, page

router = APIRouter(include_in_schema=False)

_A_PAGE = 100
_OF_EACH = 10
"""How many codes of each kind are shown where several kinds are."""
_COUNTS: Mapping[str, Kind | None] = {
    "added": Kind.ADDED,
    "removed": Kind.REMOVED,
    "status": Kind.STATUS,
    "newly_inactive": None,
    "reactivated": None,
    "level": Kind.LEVEL,
    "type": Kind.TYPE,
    "renamed": Kind.RENAMED,
    "synonyms": Kind.SYNONYMS,
    "definitions": Kind.DEFINITION,
    "redirections": Kind.REDIRECTION,
    "aggregations": Kind.AGGREGATION,
    "parents": Kind.PARENTS,
    "edges_added": None,
    "edges_removed": None,
    "classifications": Kind.CLASSIFICATIONS,
    "alignments": Kind.ALIGNMENTS,
    "alignments_added": None,
    "alignments_updated": None,
    "alignments_removed": None,
}
"""The counts of an answer in the order of the table, those without a kind below the one that they
are part of."""


class DifferencesPageQuery(ReleasePageQuery, WantedDifferences):
    page: int = Field(default=1, ge=1, le=10_000)


@dataclass(frozen=True)
class Section:
    """The codes that have one kind of change, as far as a page shows them."""

    kind: Kind
    total: int
    items: list[DifferenceItem]


@router.get("/releases/{a}/differences/{b}")
def get_differences_page(
    request: Request,
    response: Response,
    a: ReleaseId,
    b: ReleaseId,
    query: Annotated[DifferencesPageQuery, Query()],
) -> HTMLResponse:
    """Counts that filter, then tables; what could not be compared is said with its reason."""
    runtime: Runtime = request.app.state.runtime
    asked = query.release is not None or query.as_of is not None
    release = runtime.at(query.release, query.as_of) if asked else None
    state = (EDITION, runtime.local_version, *map(state_of, runtime.records))
    every = query.model_copy(update={"kind": []})
    kept = kept_for(request, response, a, b, every, *state)
    at = _A_PAGE * (query.page - 1) if len(query.kind) == 1 else 0
    sections = list(_sections(kept, query, at))
    return page(
        request,
        response,
        "differences.html",
        query,
        release=release,
        answer=answer_of(kept, lang=query.lang, limit=0),
        a=kept.comparison.a.release,
        b=kept.comparison.b.release,
        counts=_COUNTS,
        kinds=list(Kind),
        chosen=query,
        sections=sections,
        pages=-(-sections[0].total // _A_PAGE) if len(query.kind) == 1 and sections else 1,
        classifications=_classifications(kept.comparison, query.lang),
        perimeters=sorted(runtime.perimeters),
        in_b=kept.comparison.b.concepts,
        wanted=_for_api(query),
        changed_words=changed_words,
    )


def _sections(kept: Kept, query: DifferencesPageQuery, start: int) -> Iterator[Section]:
    wording = Wording(kept.comparison, query.lang)
    most = _A_PAGE if len(query.kind) == 1 else _OF_EACH
    for kind in query.kind or Kind:
        codes = tuple(kept.of_kind(kind))
        shown = islice(codes, start, start + most)
        if codes:
            yield Section(kind, len(codes), [wording.item(code, (kind,)) for code in shown])


def _classifications(comparison: Comparison, lang: str) -> list[tuple[str, str]]:
    """The ids and names of the classifications of both releases, by name."""
    found = {**comparison.a.classifications, **comparison.b.classifications}
    named = ((key, each.name(lang)[1]) for key, each in found.items())
    return sorted(named, key=lambda each: (each[1].casefold(), each[0]))


def _for_api(query: DifferencesPageQuery) -> str:
    """Write the filters as the API reads them."""
    sent = query.model_dump(
        mode="json", include={"kind", "level", "classification", "perimeter", "lang"}
    )
    return urlencode({name: value for name, value in sent.items() if value}, doseq=True)
