"""``GET /v1/concepts/{code}``, the five relations, the paths and the history."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.convertors import Convertor, register_url_convertor

from thesaurus import lookup
from thesaurus.answers import PathsAnswer, RelationAnswer
from thesaurus.api.context import NOT_MODIFIED, CodeText, HierarchyQuery, LabelQuery, open_for
from thesaurus.api.problems import READING
from thesaurus.api.releases import state_of
from thesaurus.lookup import Relation
from thesaurus.lookup.life import LifeAnswer, life
from thesaurus.lookup.traces import Remembered
from thesaurus.related_answers import ConceptAnswer, TermAnswer


class _RelationName(Convertor[str]):
    regex = "|".join(Relation)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


# A code may be an address, with slashes in it, so that a path of any other ending is a code.
register_url_convertor("relation", _RelationName())

router = APIRouter(prefix="/v1", tags=["concepts"], responses=READING | NOT_MODIFIED)

Code = Annotated[
    CodeText,
    Path(
        description="An ORPHAcode in any written form: 558, ORPHA:558, Orphanet_558, or an address "
        "of Orphanet's, URL-encoded. Also a code of another system: HP:0001166, MONDO:0007947, "
        "Q87.4, OMIM:154700, HGNC:3603, or the symbol of a gene, FBN1."
    ),
]


class SystemQuery(BaseModel):
    """The system of the code, where the code does not tell."""

    system: str | None = Field(
        default=None,
        max_length=200,
        description="Name, URI or OID of the code's system, see /v1/systems; by default what the "
        "code looks like, ORPHA before all others.",
    )


class ConceptQuery(LabelQuery, SystemQuery):
    pass


class PathsQuery(HierarchyQuery, SystemQuery):
    pass


class RelationQuery(HierarchyQuery, SystemQuery):
    max_depth: int | None = Field(
        default=None, ge=1, le=100, description="For ancestors and descendants: at most so far."
    )


@router.get("/concepts/{code:path}/paths", tags=["hierarchy"])
async def get_paths(
    request: Request, response: Response, code: Code, query: Annotated[PathsQuery, Query()]
) -> PathsAnswer:
    """Every way from a root down to the concept, at most 1,000."""
    release = await open_for(request, response, query)
    return lookup.paths(
        release, code, lang=query.lang, classification=query.classification, system=query.system
    )


@router.get("/concepts/{code:path}/history")
async def get_life(
    request: Request, response: Response, code: Code, query: Annotated[ConceptQuery, Query()]
) -> LifeAnswer:
    """What each release says of an ORPHAcode, the latest first, and what changed from one to the
    next; also of a code that the release which is asked does not have any more, or not yet.
    """
    remembered: Remembered = request.app.state.remembered
    release = await open_for(request, response, query, *map(state_of, remembered.records))
    # The first request after a start reads every release.
    return await run_in_threadpool(life, remembered, release, code, query.lang, system=query.system)


@router.get("/concepts/{code:path}/{relation:relation}", tags=["hierarchy"])
async def get_related(
    request: Request,
    response: Response,
    code: Code,
    relation: Relation,
    query: Annotated[RelationQuery, Query()],
) -> RelationAnswer:
    """Parents, children, siblings, ancestors or descendants, nearest first."""
    release = await open_for(request, response, query)
    answer = partial(
        lookup.related,
        release,
        code,
        relation,
        lang=query.lang,
        classification=query.classification,
        max_depth=query.max_depth,
        system=query.system,
    )
    if relation == "descendants":  # maybe thousands: other requests are answered meanwhile
        return await run_in_threadpool(answer)
    return answer()


@router.get("/concepts/{code:path}")
async def get_concept(
    request: Request, response: Response, code: Code, query: Annotated[ConceptQuery, Query()]
) -> ConceptAnswer | TermAnswer:
    """Everything known of a concept: names, status, what replaces it, where it stands, its codes in
    other systems; of an ORPHAcode also level, genes and signs, of a gene its diseases.
    """
    release = await open_for(request, response, query)
    return lookup.concept_page(release, code, query.lang, system=query.system)
