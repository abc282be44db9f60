"""``/v1/legacy``: the tables of other thesauri; their transcoding is at ``/v1/releases``."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from thesaurus.accounts import Role
from thesaurus.api.access import need_role
from thesaurus.api.context import NOT_MODIFIED, mark
from thesaurus.api.problems import READING, SENDING, WITH_KEY, documented
from thesaurus.api.received import TABLE_BODY, received
from thesaurus.code_lists import readable_title
from thesaurus.runtime import Runtime
from thesaurus.store import State
from thesaurus.tables import Options
from thesaurus.transcoding.legacy.answer import (
    LegacyLoadedAnswer,
    LegacyTablesAnswer,
    loaded,
    table_item,
)
from thesaurus.transcoding.legacy.file import read_legacy
from thesaurus.transcoding.legacy.ways import AllWays

router = APIRouter(prefix="/v1/legacy", tags=["transcoding"])

TableName = Annotated[
    str, Path(max_length=40, description="Small letters, digits, hyphens: cemara.")
]


class NoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LoadQuery(NoQuery):
    """How the file is read."""

    title: str | None = Field(default=None, max_length=200, description="Of the table.")
    columns: str | None = Field(
        default=None,
        max_length=2000,
        description="Columns that are not recognised: local_code=A,label=B,code=C,icd10=D (number "
        "from 1, letter, heading).",
    )
    sheet: str | None = Field(
        default=None, max_length=200, description="Of a workbook; else the first that fits."
    )


@router.get("", responses=READING | NOT_MODIFIED)
def get_legacy(
    request: Request, response: Response, _query: Annotated[NoQuery, Query()]
) -> LegacyTablesAnswer:
    """The legacy tables with their size, who loaded them and when."""
    tables = _ways(request).legacy.store
    active = _active(request)
    mark(request, response, str(tables.version()), str(active))
    return LegacyTablesAnswer(release=active, items=[table_item(each) for each in tables.tables()])


@router.post(
    "/{name}",
    responses=SENDING | WITH_KEY | documented(409),
    openapi_extra=TABLE_BODY,
)
async def post_legacy(
    request: Request, name: TableName, query: Annotated[LoadQuery, Query()]
) -> LegacyLoadedAnswer:
    """Load a legacy table in the place of the former one of that name; needs the role editor.

    The body is the file itself (``curl --data-binary @file``), CSV or XLSX: local codes, labels,
    and ORPHA and CIM-10 codes where there are any. Rows that cannot be read are told with their
    line, the others are loaded. What was decided of a code stays where its entry says what it said;
    else it is taken back, and the entry waits again.
    """
    actor = await run_in_threadpool(need_role, request, Role.EDITOR)
    file = await received(request)
    return await run_in_threadpool(_load, request, file, name, query, actor.name)


def _load(
    request: Request, file: BinaryIO, name: str, query: LoadQuery, actor: str
) -> LegacyLoadedAnswer:
    runtime: Runtime = request.app.state.runtime
    ways = _ways(request)
    options = Options(columns=query.columns, sheet=query.sheet)
    with closing(file):
        codes = runtime.current().snapshot
        read = read_legacy(file, codes.__contains__, options)
    title = readable_title(query.title)
    replaced = ways.legacy.replace(name, read.entries.values(), actor=actor, title=title)
    return loaded(replaced, read, _active(request))


def _ways(request: Request) -> AllWays:
    ways: AllWays = request.app.state.ways
    return ways


def _active(request: Request) -> str | None:
    runtime: Runtime = request.app.state.runtime
    active = (each.id for each in runtime.records if each.state is State.ACTIVE)
    return next(active, None)
