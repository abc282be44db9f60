"""``GET /translate``: from a code of one system to codes of another, ICD-10 and ORPHA above all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from ontologies.errors import (
    InvalidCode,
    InvalidRequest,
    NoDataset,
    ThesaurusError,
    UnknownCode,
    UnknownSystem,
)
from thesaurus import lookup
from thesaurus.answers import ConceptItem
from thesaurus.api.problems import status_of
from thesaurus.lookup import LevelKey, Relation
from thesaurus.lookup.finding import coding_of
from thesaurus.related_answers import SystemItem, TranslateAnswer, TranslationItem
from thesaurus.runtime import Open
from thesaurus.web.page import ReleasePageQuery, open_page, page
from thesaurus.web.tables import Cell, csv_file
from thesaurus.web.texts import say
from thesaurus.web.wording import Words

router = APIRouter(include_in_schema=False)

LIMIT = 50
_ALL = 100_000
_WRONGLY_ASKED = (InvalidCode, UnknownCode, UnknownSystem, InvalidRequest, NoDataset)
_GENES = "hgnc"  # tied to diseases by associations, which are no translations


class TranslationPageQuery(ReleasePageQuery):
    code: str = Field(default="", max_length=200)
    target: str | None = Field(default=None, max_length=200)
    level: LevelKey | None = None
    offset: int = Field(default=0, ge=0, le=_ALL)
    format: Literal["html", "csv"] = "html"


@router.get("/translate")
async def get_translation_page(
    request: Request, response: Response, query: Annotated[TranslationPageQuery, Query()]
) -> Response:
    """One field for a code of any system; what it is in the other, with the relation in words."""
    release = await open_page(request, response, query)
    return await run_in_threadpool(_answer, request, response, query, release)


def _answer(
    request: Request, response: Response, query: TranslationPageQuery, release: Open
) -> Response:
    if not query.code.strip():
        return _shown(request, response, query, release)
    try:
        found = _found(release, query)
    except _WRONGLY_ASKED as error:
        response.status_code = status_of(error)
        return _shown(request, response, query, release, error=error)
    if query.format == "csv":
        name = f"{found.source.code}-{found.target}-{release.id}"
        return csv_file(name, *_table(found, query.lang), response)
    return _shown(request, response, query, release, found=found)


def _found(release: Open, query: TranslationPageQuery) -> TranslateAnswer:
    whole = query.format == "csv"
    return lookup.translation(
        release,
        query.code,
        query.target or _other(release, query.code),
        lang=query.lang,
        offset=0 if whole else query.offset,
        limit=_ALL if whole else LIMIT,
        levels=[query.level] if query.level else [],
    )


def _other(release: Open, code: str) -> str:
    """The system that a coder means who names none. Raises InvalidCode, UnknownCode."""
    return "icd-10" if coding_of(release, code).system == "orpha" else "orpha"


def _shown(
    request: Request,
    response: Response,
    query: TranslationPageQuery,
    release: Open,
    *,
    found: TranslateAnswer | None = None,
    error: ThesaurusError | None = None,
) -> HTMLResponse:
    targets = [
        each
        for each in lookup.systems(release).items
        if each.name != _GENES and (each.aligned or each.name == "orpha")
    ]
    return page(
        request,
        response,
        "translate.html",
        query,
        release=release,
        asked=query,
        found=found,
        error=error,
        nearest=error.nearest if isinstance(error, UnknownCode) else (),
        targets=targets,
        title_of={each.name: each.title for each in targets},
        asked_target=_named(targets, query.target),
        near=dict(_near(release, found, query.lang)) if found else {},
        limit=LIMIT,
    )


def _named(targets: Sequence[SystemItem], written: str | None) -> str | None:
    """The system that a target names, be it by an address or an OID."""
    known = (
        each.name
        for each in targets
        if written in (each.name, each.uri, each.prefix, *each.aliases)
    )
    return next(known, None) if written else None


def _near(
    release: Open, found: TranslateAnswer, lang: str
) -> Iterator[tuple[str, Sequence[ConceptItem]]]:
    """Parents, children and siblings of an ICD-10 code, blocks and chapters left out."""
    if found.source.system != "icd-10":
        return
    for relation in (Relation.PARENTS, Relation.CHILDREN, Relation.SIBLINGS):
        try:
            near = lookup.related(
                release, found.source.code, relation, lang=lang, system="icd-10"
            ).items
        except (InvalidCode, UnknownCode):  # a French extension that no terminology has
            return
        if codes := [each for each in near if "-" not in each.code and not each.code.isalpha()]:
            yield relation.value, codes


def way_in_words(item: TranslationItem, lang: str) -> str:
    """Name the codes between both ends."""
    between = [each.curie for each in item.path[1:-1]]
    return say("translate.by", lang, codes=", ".join(between)) if between else ""


def _table(found: TranslateAnswer, lang: str) -> tuple[list[str], list[list[Cell]]]:
    columns = (
        *("asked", "relation", "code", "label", "level", "status"),
        *("icd", "validated", "approximate", "way", "source"),
    )
    headings = [say(f"translate.file_{each}", lang) for each in columns]
    return headings, [_row(found.source.curie, each, lang) for each in found.items]


def _row(asked: str, each: TranslationItem, lang: str) -> list[Cell]:
    words = Words(lang)
    sources = dict.fromkeys(f"{one.dataset} {one.version}" for one in each.provenance)
    return [
        asked,
        say(f"translate.{each.relation}", lang),
        each.curie,
        each.label,
        words.level(each.level) if each.level else None,
        words.status(each.status) if each.status else None,
        words.icd_relation(each.icd_relation) if each.icd_relation else None,
        _yes(each.validated, lang),
        _yes(each.approximate, lang),
        way_in_words(each, lang) or say("translate.direct", lang),
        ", ".join(sources),
    ]


def _yes(value: bool | None, lang: str) -> str | None:
    return None if value is None else say("translate.yes" if value else "translate.no", lang)
