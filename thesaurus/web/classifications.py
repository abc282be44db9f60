"""``/classifications`` and, below it, one classification as a tree.

``open`` names what stands open: a code in any written form, which opens every place of it and marks
it, or one place, the codes from the head down with dots (``98053.364526.558``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ontologies.codes import curie
from ontologies.errors import InvalidCode, InvalidRequest
from ontologies.hierarchy import Hierarchy
from ontologies.release import Classification
from search import Filters
from thesaurus import answers, lookup
from thesaurus.api.context import CodeText
from thesaurus.lookup.finding import find, items, redirection_item
from thesaurus.runtime import Open
from thesaurus.web.page import ReleasePageQuery, open_page, page
from thesaurus.web.tables import Cell, csv_file
from thesaurus.web.texts import say
from thesaurus.web.tree import Place, branch, grown, places, read_place, rows, stands
from thesaurus.web.wording import Words

router = APIRouter(include_in_schema=False)

MOST_ROWS = 50_000
"""Rows of an export; 18,562 at most in 2023."""
_HINTS = 8

ClassificationId = Annotated[str, Path(max_length=20)]


class TreeQuery(ReleasePageQuery):
    open: list[CodeText | Annotated[str, Field(max_length=0)]] = Field(default=[], max_length=40)
    format: Literal["html", "csv"] = "html"


class BranchQuery(ReleasePageQuery):
    place: str = Field(max_length=840)


@dataclass(frozen=True, slots=True)
class Shown:
    """A classification of a release, in one language."""

    release: Open
    of: Classification
    hierarchy: Hierarchy
    lang: str

    @property
    def name(self) -> answers.ClassificationItem:
        return _named(self.of, self.lang)

    def items(self, codes: Iterable[str]) -> dict[str, answers.ConceptItem]:
        found = items(self.release, codes, self.lang, self.hierarchy)
        return {each.code: each for each in found}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked to open.

    Attributes:
        codes: codes that stand in this classification, each with its places.
        elsewhere: codes that do not.
        places: single places.
        names: what is no code, each with the entities that it may mean.
    """

    codes: dict[str, tuple[Place, ...]]
    elsewhere: dict[str, None]
    places: list[Place]
    names: dict[str, list[answers.HitItem]]


@router.get("/classifications")
async def get_classifications(
    request: Request, response: Response, query: Annotated[ReleasePageQuery, Query()]
) -> HTMLResponse:
    """The classifications by name, with head and size."""
    release = await open_page(request, response, query)
    listed = sorted(lookup.classifications(release, query.lang).items, key=lambda each: each.name)
    return page(request, response, "classifications.html", query, release=release, listed=listed)


@router.get("/classifications/{classification}")
async def get_classification(
    request: Request,
    response: Response,
    classification: ClassificationId,
    query: Annotated[TreeQuery, Query()],
) -> Response:
    """A classification as a tree, open where it is asked; or its rows."""
    release = await open_page(request, response, query)
    # A tree of 2,423 nodes takes a quarter of a second, an export more: others go on meanwhile.
    return await run_in_threadpool(_answer, request, response, classification, query, release)


def _answer(
    request: Request, response: Response, classification: str, query: TreeQuery, release: Open
) -> Response:
    shown = _shown(release, classification, query.lang)
    asked = _asked(shown, query.open)
    if query.format == "csv":
        return _export(shown, asked, response)
    ways = (*asked.places, *(place for found in asked.codes.values() for place in found))
    tree = grown(shown.hierarchy, shown.of.roots, ways)
    return page(
        request,
        response,
        "classification.html",
        query,
        release=release,
        shown=shown,
        classification=shown.name,
        tree=tree,
        items=shown.items(tree.codes),
        asked=asked,
        marked=_marked(asked),
        standing={code: _standing(shown, code) for code in (*asked.codes, *asked.elsewhere)},
        named=shown.items((*asked.codes, *asked.elsewhere)),
        replaced={code: _replacement(shown, code) for code in asked.elsewhere},
    )


@router.get("/classifications/{classification}/children")
async def get_children(
    request: Request,
    response: Response,
    classification: ClassificationId,
    query: Annotated[BranchQuery, Query()],
) -> HTMLResponse:
    """The children of a node as a piece of the page, for ``tree.js``."""
    release = await open_page(request, response, query)
    return await run_in_threadpool(_branch, request, response, classification, query, release)


def _branch(
    request: Request, response: Response, classification: str, query: BranchQuery, release: Open
) -> HTMLResponse:
    shown = _shown(release, classification, query.lang)
    place = read_place(query.place) or (query.place,)
    if not stands(shown.hierarchy, shown.of.roots, place):
        raise HTTPException(404)
    node = branch(shown.hierarchy, place)
    return page(
        request,
        response,
        "tree.html",
        query,
        release=release,
        classification=shown.name,
        node=node,
        items=shown.items((node.code, *(each.code for each in node.children))),
    )


def _shown(release: Open, classification: str, lang: str) -> Shown:
    """Raises UnknownClassification."""
    hierarchy = release.snapshot.hierarchy(classification)
    return Shown(release, release.snapshot.classifications[classification], hierarchy, lang)


def _named(classification: Classification, lang: str) -> answers.ClassificationItem:
    language, name = classification.name(lang)
    return answers.ClassificationItem(id=classification.id, name=name, lang=language)


def _asked(shown: Shown, texts: Iterable[str]) -> Asked:
    """Read what is to be open. A place that another release had stands for its code.

    Raises:
        UnknownCode
    """
    asked = Asked({}, {}, [], {})
    for text in filter(None, map(str.strip, texts)):
        place = read_place(text)
        if place and stands(shown.hierarchy, shown.of.roots, place):
            asked.places.append(place)
            continue
        try:
            code = find(shown.release, place[-1] if place else text).code
        except InvalidCode:
            asked.names[text] = _hits(shown, text)
            continue
        if code in shown.hierarchy:
            asked.codes[code] = places(shown.hierarchy, code)
        else:
            asked.elsewhere[code] = None
    return asked


def _hits(shown: Shown, text: str) -> list[answers.HitItem]:
    filters = Filters(classification=shown.of.id)
    found = lookup.suggestions(shown.release, text, lang=shown.lang, limit=_HINTS, filters=filters)
    return [each for each in found.hits if each.code in shown.hierarchy]


def _marked(asked: Asked) -> dict[str, str]:
    """From the ids of marked nodes to their codes at the first place of each, else nothing."""
    return {
        ".".join(place): "" if number else code
        for code, found in asked.codes.items()
        for number, place in enumerate(found)
    }


def _standing(shown: Shown, code: str) -> list[answers.ClassificationItem]:
    """Return the other classifications in which a code stands, by name."""
    snapshot = shown.release.snapshot
    others = (each for each in snapshot.classifications_of(code) if each != shown.of.id)
    named = (_named(snapshot.classifications[each], shown.lang) for each in others)
    return sorted(named, key=lambda each: each.name)


def _replacement(shown: Shown, code: str) -> answers.RedirectionItem | None:
    concept = shown.release.snapshot.concept(code)
    return redirection_item(shown.release, concept, shown.lang)


def _export(shown: Shown, asked: Asked, response: Response) -> Response:
    """Return the rows below the head, or below what is asked for.

    Raises:
        InvalidRequest: there are more than a file may hold.
    """
    asked_for = dict.fromkeys((*asked.codes, *(place[-1] for place in asked.places)))
    found = list(islice(rows(shown.hierarchy, asked_for or shown.of.roots), MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        texts = (say("classifications.too_many", lang, count=MOST_ROWS) for lang in ("fr", "en"))
        raise InvalidRequest(*texts)
    columns = ("depth", "code", "label", "level", "type", "status", "parent", "classification")
    headings = [say(f"classifications.csv_{each}", shown.lang) for each in columns]
    named = "-".join(["classification", shown.of.id, *list(asked_for)[:1], shown.release.id])
    return csv_file(named, headings, _cells(shown, found), response)


def _cells(shown: Shown, found: list[Place]) -> Iterator[list[Cell]]:
    words, name = Words(shown.lang), shown.name.name
    known = {
        each.code: (
            each.curie,
            each.label,
            words.level(each.level),
            words.type(each.type),
            words.status(each.status),
        )
        for each in shown.items(dict.fromkeys(place[-1] for place in found)).values()
    }
    for place in found:
        parent = curie(place[-2]) if len(place) > 1 else None
        yield [len(place) - 1, *known[place[-1]], parent, name]
