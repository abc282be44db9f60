"""``/status``: whether the service works, and what is loaded. It answers whatever is away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated

from anyio import CapacityLimiter, fail_after
from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from ontologies.concept import Level
from ontologies.errors import DatabaseUnavailable, NoActiveRelease
from thesaurus import __version__, answers, lookup, registry, related_answers
from thesaurus.runtime import Open, Runtime
from thesaurus.searchable import IndexNotReady, IndexUnavailable
from thesaurus.store import State
from thesaurus.web.page import ReleasePageQuery, page
from thesaurus.web.texts import CATALOGUE, say

router = APIRouter(include_in_schema=False)

_PATIENCE_SECONDS = 3.0
_ASKING = CapacityLimiter(2)
"""Who waits for the data base at once: one that hangs takes no more threads than these."""

SIZES = (
    *("entities", "terms", "concepts_translated", "associations", "gene_synonyms", "signs"),
    *("disorders", "rows", "equivalent_to", "preferential_parents"),
)
"""What a dataset is measured by: the first of these counts that it has."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: ``good``, ``warning`` or ``bad``, and the text that says so."""

    state: str
    text: str


@dataclass(frozen=True, slots=True)
class DatasetShown:
    """A dataset that is active; ``read`` is false where it could not be and is left out."""

    of: answers.ReleaseItem
    name: str | None
    unit: str | None
    amount: int
    read: bool


@router.get("/status")
async def get_status(
    request: Request, response: Response, query: Annotated[ReleasePageQuery, Query()]
) -> HTMLResponse:
    """What works, the active release, the datasets and code systems beside it.

    503 where no release answers; warnings where something else is away.
    """
    runtime: Runtime = request.app.state.runtime
    current: Open | None = None
    with suppress(NoActiveRelease):
        current = runtime.current()
    found = [_serving(current), await _database(runtime), *_search(request, current)]
    datasets = list(_datasets(runtime, query.lang))
    response.status_code = 200 if current else 503
    response.headers["Cache-Control"] = "no-store"  # what works changes without any release
    return page(
        request,
        response,
        "status.html",
        query,
        release=_asked(runtime, query),
        current=current,
        found=found,
        worst=_worst(found, datasets),
        item=registry.release_item(current.record, runtime.records) if current else None,
        to_code=_to_code(current) if current else {},
        datasets=datasets,
        systems=_systems(current),
        sandbox=runtime.sandbox,
        open_releases=runtime.open_releases,
        version=__version__,
    )


def _asked(runtime: Runtime, query: ReleasePageQuery) -> Open | None:
    """Return the release that the reader comes from, if it is open. Raises UnknownRelease."""
    if query.release is None and query.as_of is None:
        return None
    return runtime.opened(query.release, query.as_of)


def _serving(current: Open | None) -> Found:
    return Found("good", "serving") if current else Found("bad", "no_release")


async def _database(runtime: Runtime) -> Found:
    try:
        with fail_after(_PATIENCE_SECONDS):
            await run_sync(runtime.ask_register, abandon_on_cancel=True, limiter=_ASKING)
    except (DatabaseUnavailable, TimeoutError):
        return Found("warning", "database_away")
    return Found("good", "database")


def _search(request: Request, current: Open | None) -> Iterator[Found]:
    """Tell whether the full-text index answers; without a release there is none to have."""
    if current is None:
        return
    try:
        request.app.state.searchable.of(current)
    except IndexNotReady:
        yield Found("warning", "index_not_ready")
    except IndexUnavailable:
        yield Found("warning", "index_unavailable")
    else:
        yield Found("good", "index")


def _worst(found: list[Found], datasets: list[DatasetShown]) -> str:
    states = {each.state for each in found} | {"warning" for each in datasets if not each.read}
    return next(state for state in ("bad", "warning", "good") if state in states)


def _to_code(current: Open) -> dict[str, int]:
    """Count the active entities by level; those of no level go under ``none``."""
    counts = dict.fromkeys((Level.DISORDER.key, Level.SUBTYPE.key, Level.GROUP.key), 0)
    for concept in current.snapshot:
        if concept.status.is_active:
            level = concept.level.key if concept.level else "none"
            counts[level] = counts.get(level, 0) + 1
    return counts


def _datasets(runtime: Runtime, lang: str) -> Iterator[DatasetShown]:
    read = {(each.key, each.release.id) for each in runtime.related.datasets}
    for each in registry.releases(runtime.datasets).items:
        if each.state == State.ACTIVE:
            unit = next((key for key in SIZES if key in each.counts), None)
            amount = each.counts[unit] if unit else 0
            key = f"status.data_{each.system}"
            name = say(key, lang) if key in CATALOGUE else None
            yield DatasetShown(each, name, unit, amount, (each.system, each.id) in read)


def _systems(current: Open | None) -> list[related_answers.SystemItem]:
    """Return the code systems of which something is loaded."""
    items = lookup.systems(current).items if current else []
    return [each for each in items if each.concepts or each.aligned]
