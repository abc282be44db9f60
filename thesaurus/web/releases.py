"""``GET /releases``: the releases of the nomenclature, what stands beside, and a choice of two.

``/releases/differences?a=&b=`` is where the form of the choice leads; it sends on to the address
that the differences of these two have for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field

from ontologies.release import ORPHANET
from thesaurus import registry
from thesaurus.answers import ReleaseItem
from thesaurus.api.releases import state_of
from thesaurus.comparison import Comparisons
from thesaurus.runtime import Runtime
from thesaurus.store import State
from thesaurus.web.links import Links
from thesaurus.web.page import HEADERS, ReleasePageQuery, open_if_asked, page
from thesaurus.web.tables import Cell, csv_file
from thesaurus.web.texts import say
from thesaurus.web.wording import Words

router = APIRouter(include_in_schema=False)

_COLUMNS = (
    *("system", "release", "state", "data_of", "languages", "entities", "corrects"),
    *("accepted_until", "licence"),
)


class ReleasesPageQuery(ReleasePageQuery):
    format: Literal["html", "csv"] = "html"


class TwoReleases(ReleasePageQuery):
    a: str = Field(max_length=40)
    b: str = Field(max_length=40)


@router.get("/releases")
async def get_releases_page(
    request: Request, response: Response, query: Annotated[ReleasesPageQuery, Query()]
) -> Response:
    """Every release with its state, its data and its window; two of them to compare."""
    runtime: Runtime = request.app.state.runtime
    known = (*runtime.records, *runtime.datasets)
    release = await open_if_asked(request, response, query, *map(state_of, known))
    nomenclature = registry.releases(runtime.records).items
    datasets = registry.releases(runtime.datasets, runtime.records).items
    if query.format == "csv":
        headings = [say(f"releases.{name}", query.lang) for name in _COLUMNS]
        rows = _rows([*nomenclature, *_in_order(datasets)], query.lang)
        return csv_file(say("releases.file", query.lang), headings, rows, response)
    compared = [each for each in nomenclature if each.state != State.ARCHIVED]
    return page(
        request,
        response,
        "releases.html",
        query,
        release=release,
        nomenclature=nomenclature,
        datasets=_in_order(datasets),
        before_of=_before_of(compared),
        compared=compared,
        entities=entities,
        undated=undated,
    )


@router.get("/releases/differences")
async def choose_two(request: Request, query: Annotated[TwoReleases, Query()]) -> RedirectResponse:
    """Send on to the differences of two releases. Raises UnknownRelease."""
    links = Links(request, query.lang, query.release)
    comparisons: Comparisons = request.app.state.comparisons
    comparisons.pairing(query.a, query.b)  # only releases that exist become an address
    return RedirectResponse(links.to(f"/releases/{query.a}/differences/{query.b}"), 303, HEADERS)


def _in_order(items: Iterable[ReleaseItem]) -> list[ReleaseItem]:
    return sorted(items, key=lambda each: each.system)


def _before_of(items: Sequence[ReleaseItem]) -> Mapping[str, str]:
    """The release before each, whose differences a reader wants first."""
    ids = [each.id for each in items]
    return dict(pairwise(ids))


def _rows(items: Iterable[ReleaseItem], lang: str) -> Iterator[Sequence[Cell]]:
    words = Words(lang)
    for each in items:
        yield (
            *(each.system, each.id, words.state(each.state)),
            say("status.undated", lang) if undated(each) else each.date.isoformat(),
            *(" ".join(each.languages), entities(each), each.patch_of),
            *(each.accepted_until.isoformat() if each.accepted_until else None, each.licence),
        )


def entities(item: ReleaseItem) -> int | None:
    """Return how many entities a release has: of the nomenclature its codes, else its terms."""
    return item.counts.get("entities" if item.system == ORPHANET else "terms")


def undated(item: ReleaseItem) -> bool:
    """Tell whether the files of a dataset say no date; its date is then the day of loading."""
    return item.id.startswith("undated-")
