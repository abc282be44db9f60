"""``GET /concepts/{code}``: the page of an entity, of a code of another system, of a code that is
gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from ontologies.errors import InvalidRequest, UnknownCode
from thesaurus import answers, lookup
from thesaurus.api.concepts import Code
from thesaurus.lookup import Relation
from thesaurus.lookup.finding import item, items
from thesaurus.lookup.life import LifeAnswer, life
from thesaurus.lookup.traces import Remembered
from thesaurus.related_answers import ConceptAnswer, TermAnswer
from thesaurus.runtime import Open
from thesaurus.web.concept.drawing import Drawing, draw
from thesaurus.web.concept.exporting import Row, entity_rows, headings, term_rows, worded
from thesaurus.web.concept.otherwise import has_translation, meant_otherwise
from thesaurus.web.concept.places import Place, ways_down
from thesaurus.web.concept.shown import (
    address_of,
    aligned,
    in_icd10,
    justified,
    language,
    names_of,
    signs_of,
    title_of,
)
from thesaurus.web.page import ReleasePageQuery, open_page, page
from thesaurus.web.tables import csv_file

router = APIRouter(include_in_schema=False)

MOST_CHILDREN = 50
"""Children on a page; the classifications and the file have all."""
_MEASURES = {
    "wide": {"across": 3, "most": 6, "box_width": 224},
    "narrow": {"across": 1, "most": 4, "box_width": 280},
}


class ConceptPageQuery(ReleasePageQuery):
    system: str | None = Field(default=None, max_length=200)
    format: Literal["html", "csv"] = "html"


@router.get("/concepts/{code:path}")
async def get_concept_page(
    request: Request, response: Response, code: Code, query: Annotated[ConceptPageQuery, Query()]
) -> Response:
    """Everything known of a code; of one that only another release has, that it has it."""
    release = await open_page(request, response, query)
    return await run_in_threadpool(_answer, request, response, release, code, query)


def _answer(
    request: Request, response: Response, release: Open, code: str, query: ConceptPageQuery
) -> Response:
    remembered: Remembered = request.app.state.remembered
    render = partial(page, request, response, query=query, release=release)
    try:
        found = lookup.concept_page(release, code, query.lang, system=query.system)
    except UnknownCode as unknown:
        response.status_code = 404
        told = _life_elsewhere(remembered, release, code, query, unknown)
        if told is None:
            return render("concept_unknown.html", **_unknown(release, code, query.lang, unknown))
        return render("concept_gone.html", life=told, nearest=unknown.nearest)
    children = _children(release, found, query.lang)
    shown = children[:MOST_CHILDREN]
    if isinstance(found, TermAnswer):
        if query.format == "csv":
            rows = term_rows(found, children, query.lang)
            return _saved(found, rows, query.lang, response)
        return render("term.html", **_term(release, found, shown, query.lang))
    told = life(remembered, release, found.code, query.lang)
    if query.format == "csv":
        rows = entity_rows(found, children, told.items, query.lang)
        return _saved(found, rows, query.lang, response)
    values = _entity(release, found, shown, query.lang)
    return render("concept.html", life=told, steps=_steps(told), **values)


def _steps(told: LifeAnswer) -> list[tuple[str, str]]:
    """From the release before to the one that is asked, and from that one to the next."""
    releases = [each.release for each in reversed(told.items)]
    return [each for each in pairwise(releases) if told.release in each]


def _life_elsewhere(
    remembered: Remembered,
    release: Open,
    code: str,
    query: ConceptPageQuery,
    unknown: UnknownCode,
) -> LifeAnswer | None:
    """What other releases say of a code; None where none has it. A file raises UnknownCode."""
    if query.format != "html":
        raise unknown
    try:
        return life(remembered, release, code, query.lang, system=query.system)
    except (UnknownCode, InvalidRequest):
        return None


def _unknown(release: Open, code: str, lang: str, unknown: UnknownCode) -> dict[str, Any]:
    return {
        "unknown": unknown,
        "others": list(meant_otherwise(release, code, lang)),
        "translated": code if has_translation(release, code) else None,
    }


def _saved(
    found: ConceptAnswer | TermAnswer, rows: Iterable[Row], lang: str, response: Response
) -> Response:
    name = f"{found.curie}_{found.release}"
    return csv_file(name, headings(lang), (worded(each, lang) for each in rows), response)


def _children(
    release: Open, found: ConceptAnswer | TermAnswer, lang: str
) -> list[answers.ConceptItem]:
    """The children; a code that only alignments know has none."""
    if not found.children_count:
        return []
    below = lookup.related(release, found.code, Relation.CHILDREN, lang=lang, system=found.system)
    return below.items


def _term(
    release: Open, found: TermAnswer, children: list[answers.ConceptItem], lang: str
) -> dict[str, Any]:
    return {
        "term": found,
        "justified": partial(justified, lang=lang),
        "children": children,
        "title": title_of(release, found.system, lang),
        "names": names_of(found.labels, lang),
        "language": partial(language, lang=lang),
        "alignments": aligned(release, found.alignments, lang),
        "system_title": partial(title_of, release, lang=lang),
        "address_of": partial(address_of, release),
    }


def _entity(
    release: Open, found: ConceptAnswer, children: list[answers.ConceptItem], lang: str
) -> dict[str, Any]:
    places = list(_places(release, found, lang))
    codes = {each.code for place in places for root in place.ways for each in root}
    named = (found.aggregation, found.preferential_parent)
    codes |= {each for each in named if each and each in release.snapshot}
    alignments = aligned(release, found.alignments, lang)
    return {
        "concept": found,
        "icd": in_icd10(alignments),
        "justified": partial(justified, lang=lang),
        "children": children,
        "names": names_of(found.labels, lang),
        "language": partial(language, lang=lang),
        "alignments": alignments,
        "system_title": partial(title_of, release, lang=lang),
        "address_of": partial(address_of, release),
        "signs": list(signs_of(found.signs or ())),
        "places": places,
        "entities": {each: item(release, each, lang) for each in codes},
        "drawings": _drawings(release, found, children, lang),
    }


def _places(release: Open, found: ConceptAnswer, lang: str) -> Iterator[Place]:
    for each in found.classifications:
        hierarchy = release.snapshot.hierarchy(each.id)
        parents = items(release, hierarchy.parents(found.code), lang)
        children = len(hierarchy.children(found.code))
        yield Place(each, ways_down(hierarchy, found.code), tuple(parents), children)


def _drawings(
    release: Open, found: ConceptAnswer, children: list[answers.ConceptItem], lang: str
) -> dict[str, Drawing]:
    """The neighbours, drawn for wide and for narrow windows; nothing where there are none."""
    if not found.parents and not children:
        return {}
    entity = item(release, found.code, lang)
    return {
        name: draw(entity, found.parents, children, children_count=found.children_count, **measures)
        for name, measures in _MEASURES.items()
    }
