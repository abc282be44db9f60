"""``GET /v1/translate`` and ``/v1/systems``: from one code system to another."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from thesaurus import lookup
from thesaurus.api.context import NOT_MODIFIED, CodeText, LabelQuery, open_for
from thesaurus.api.problems import READING
from thesaurus.lookup import LevelKey
from thesaurus.related_answers import SystemsAnswer, TranslateAnswer

router = APIRouter(prefix="/v1", tags=["translate"], responses=READING | NOT_MODIFIED)

SystemText = Annotated[str, Field(min_length=1, max_length=200)]


class TranslateQuery(LabelQuery):
    code: CodeText = Field(description="A code in any written form, or the symbol of a gene.")
    system: SystemText | None = Field(
        default=None, description="Its system; by default what the code looks like, ORPHA first."
    )
    target: SystemText = Field(
        default="orpha", description="Name, URI or OID of the system to translate to."
    )
    offset: int = Field(default=0, ge=0, le=100_000, description="Items to pass over.")
    limit: int = Field(default=50, ge=1, le=500)
    level: list[LevelKey] = Field(
        default=[],
        max_length=10,
        description="Of ORPHAcodes only these levels; may be repeated.",
    )


@router.get("/translate")
async def get_translation(
    request: Request, response: Response, query: Annotated[TranslateQuery, Query()]
) -> TranslateAnswer:
    """What a code is in another system, the surest first: direct alignments, then those composed
    through a third system, then, for ICD-10, what the WHO code or the category gives (approximate).
    """
    release = await open_for(request, response, query)
    return lookup.translation(
        release,
        query.code,
        query.target,
        system=query.system,
        lang=query.lang,
        offset=query.offset,
        limit=query.limit,
        levels=query.level,
    )


@router.get("/systems")
async def get_systems(
    request: Request, response: Response, query: Annotated[LabelQuery, Query()]
) -> SystemsAnswer:
    """The code systems with the identifiers that are accepted, and how much of each is loaded."""
    release = await open_for(request, response, query)
    return lookup.systems(release)
