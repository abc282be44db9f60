"""Decide rows of a transcoding table, one by one or as a file; sign it, open it again."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, BinaryIO, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from ontologies.transcoding import Decision
from thesaurus.accounts import Role
from thesaurus.api.context import CodeText
from thesaurus.api.keyed import KeyedRoute, actor_of, needs
from thesaurus.api.problems import SENDING, Fault, documented, problem
from thesaurus.api.received import TABLE_BODY, received
from thesaurus.api.transcoding import NoQuery, Older, Younger, ways_of
from thesaurus.store.transcoding import Wanted
from thesaurus.tables import Options
from thesaurus.transcoding import deciding, table
from thesaurus.transcoding.answer import DecisionsAnswer, SignatureAnswer
from thesaurus.transcoding.deciding import LONGEST_COMMENT, MOST_TARGETS
from thesaurus.transcoding.decision_file import (
    DecisionFileAnswer,
    FaultyFile,
    read_decisions,
    write_decisions,
)

MOST_DECISIONS = 1000

router = APIRouter(
    prefix="/v1/releases",
    tags=["transcoding"],
    responses=SENDING | documented(401, 403, 409, 429),
    route_class=KeyedRoute,
)

CommentText = Annotated[str, Field(max_length=LONGEST_COMMENT)]


class FileQuery(NoQuery):
    """How a file of decisions is read."""

    check: bool = Field(
        default=False, description="Only say what is in the file; nothing is written."
    )
    columns: str | None = Field(
        default=None,
        max_length=2000,
        description="Columns that are not recognised: source=1,decision=F (number from 1, letter, "
        "heading).",
    )
    sheet: str | None = Field(
        default=None, max_length=200, description="Of a workbook; else the first that fits."
    )


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DecisionBody(Body):
    """What is decided of one code."""

    code: CodeText
    decision: Literal["accepted", "rejected", "proposed"] = Field(
        description="proposed takes a decision back."
    )
    targets: list[CodeText] | None = Field(
        default=None,
        max_length=MOST_TARGETS,
        description="Where accepted: none for those that the row proposes, an empty list where "
        "nothing stands for the code.",
    )
    comment: CommentText | None = None
    seen_version: int | None = Field(
        default=None,
        ge=0,
        le=1_000_000_000,
        description="The version of the row that was seen; 409 where somebody decided since. "
        "Without it the decision is written whatever stands.",
    )


class DecisionsBody(Body):
    decisions: list[DecisionBody] = Field(min_length=1, max_length=MOST_DECISIONS)


class SignatureBody(Body):
    comment: CommentText | None = None


class ReopeningBody(Body):
    reason: CommentText = Field(min_length=1)


@router.post("/{a}/transcoding/{b}/decisions")
@needs(Role.EDITOR)
def post_decisions(
    request: Request,
    a: Older,
    b: Younger,
    body: DecisionsBody,
    _query: Annotated[NoQuery, Query()],
) -> DecisionsAnswer:
    """Decide rows of a table, all of them or none; needs the role editor."""
    actor = actor_of(request)
    ways = ways_of(request)
    wanted = [
        Wanted(
            each.code,
            Decision(each.decision),
            None if each.targets is None else tuple(each.targets),
            each.comment,
            each.seen_version,
        )
        for each in body.decisions
    ]
    written = deciding.decide(ways, ways.between(a, b), wanted, actor=actor.name)
    items = [table.decision_item(each) for each in written]
    return DecisionsAnswer(release=b, from_=a, to=b, items=items)


@router.post(
    "/{a}/transcoding/{b}/decisions/file",
    response_model=DecisionFileAnswer,
    openapi_extra=TABLE_BODY,
)
@needs(Role.EDITOR)
async def post_decisions_file(
    request: Request, a: Older, b: Younger, query: Annotated[FileQuery, Query()]
) -> DecisionFileAnswer | Response:
    """Take the decisions of a file, all of them or none; needs the role editor.

    The body is the file itself (``curl --data-binary @file``): the workbook or the CSV of this
    table, filled in. Rows without a decision are passed over. Where rows are wrong nothing is
    written, and the problem names the first of them; check=true tells them all.
    """
    actor = actor_of(request)
    file = await received(request)
    return await run_in_threadpool(_take, request, file, a, b, query, actor.name)


@router.post("/{a}/transcoding/{b}/signature")
@needs(Role.SIGNER)
def post_signature(
    request: Request,
    a: Older,
    b: Younger,
    body: SignatureBody,
    _query: Annotated[NoQuery, Query()],
) -> SignatureAnswer:
    """Sign a table whose rows are all decided; it is frozen as it is. Needs the role signer."""
    actor = actor_of(request)
    ways = ways_of(request)
    signature = deciding.sign(ways, ways.between(a, b), actor=actor.name, comment=body.comment)
    return table.signed(a, b, signature)


@router.post("/{a}/transcoding/{b}/reopening")
@needs(Role.SIGNER)
def post_reopening(
    request: Request,
    a: Older,
    b: Younger,
    body: ReopeningBody,
    _query: Annotated[NoQuery, Query()],
) -> SignatureAnswer:
    """Open a signed table again; what was signed stays readable. Needs the role signer."""
    actor = actor_of(request)
    ways = ways_of(request)
    ways.state(a, b)
    signature = deciding.reopen(ways, a, b, actor=actor.name, why=body.reason)
    return table.signed(a, b, signature)


def _take(
    request: Request, file: BinaryIO, a: str, b: str, query: FileQuery, actor: str
) -> DecisionFileAnswer | Response:
    ways = ways_of(request)
    options = Options(columns=query.columns, sheet=query.sheet)
    with closing(file):
        way = ways.between(a, b)
        if query.check:
            return read_decisions(way, file, options)[0]
        try:
            return write_decisions(ways, way, file, actor=actor, options=options)
        except FaultyFile as error:
            faults = [
                Fault(path=f"line/{each.line}", message=each.message_en) for each in error.faults
            ]
            return problem("invalid_file", error.message, faults=faults)
