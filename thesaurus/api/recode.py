"""``POST /v1/recode``: codes of a release as codes of a later one."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain
from typing import Annotated, Any, BinaryIO, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from thesaurus.api.body import StrictRoute
from thesaurus.api.checking import written
from thesaurus.api.problems import SENDING
from thesaurus.api.received import BINARY, CSV, TABLE_BODY, XLSX, TableQuery, received
from thesaurus.runtime import Runtime
from thesaurus.tables import open_table, scratch_file
from thesaurus.transcoding.legacy.ways import AllWays
from thesaurus.transcoding.recoding.answer import (
    RecodeAnswer,
    RecodeFileAnswer,
    RecodeRequest,
    ReleaseId,
    recode_items,
)
from thesaurus.transcoding.recoding.headings import vocabulary_of
from thesaurus.transcoding.recoding.pieces import json_pieces
from thesaurus.transcoding.recoding.recoder import MOST_PROPOSALS, MOST_PROPOSALS_OF_A_FILE, Recoder
from thesaurus.transcoding.recoding.sources import rows_between
from thesaurus.transcoding.recoding.table import FileRun
from thesaurus.transcoding.recoding.workbook import write_workbook
from thesaurus.transcoding.recoding.worklist import write_work_list

_PIECE = 1 << 20
_JSON = "application/json"
_FILE_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": RecodeFileAnswer,
        "description": "What became of the rows; or the file with columns added; or a workbook.",
        "content": {CSV: BINARY, XLSX: BINARY},
    }
}

router = APIRouter(
    prefix="/v1/recode", tags=["releases"], responses=SENDING, route_class=StrictRoute
)


class RecodeQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: str = Field(
        default="fr",
        pattern="^[a-z]{2,3}$",
        description="Language of the labels; another one is given where a label is missing.",
    )


class RecodeFileQuery(RecodeQuery, TableQuery):
    """How the rows of a file are recoded."""

    from_: ReleaseId = Field(
        alias="from", description="The release, or legacy table, that the codes are of."
    )
    to: ReleaseId = Field(description="A later release.")
    format: Literal["json", "csv", "xlsx", "worklist"] = Field(
        default="json",
        description="worklist: a workbook with a sheet for each site, of the rows that wait.",
    )


@router.post("", response_model=RecodeAnswer)
def recode_codes(
    request: Request, body: RecodeRequest, query: Annotated[RecodeQuery, Query()]
) -> Response:
    """Recode codes of a release to a later one, over all releases between them.

    A code is recoded where the transcoding table says so without anybody looking (Orphanet moved
    it, or a person accepted one target). All others stay, with the reason and with proposals for
    those that a person must decide upon. Nothing of what is sent is stored or logged.
    """
    recoder = _recoder(request, body.from_, body.to, query.lang, MOST_PROPOSALS)
    return written(recode_items(recoder, body))


@router.post(
    "/file", responses=_FILE_ANSWERS, response_class=StreamingResponse, openapi_extra=TABLE_BODY
)
async def recode_file(
    request: Request, query: Annotated[RecodeFileQuery, Query()]
) -> StreamingResponse:
    """Recode a file, CSV or XLSX, one code a row.

    The body is the file itself (``curl --data-binary @file``), at most
    THESAURUS_MAX_CHECK_FILE_SIZE bytes. As CSV the answer is the same file, byte for byte, with
    columns added: new code and label, what became of the row, the decision, proposals, the reason.
    A row that cannot be read stays and is told. Nothing of what is sent is stored or logged.
    """
    file = await received(request)
    return await run_in_threadpool(_answer, request, file, query)


def _recoder(request: Request, source: str, target: str, lang: str, most: int) -> Recoder:
    runtime: Runtime = request.app.state.runtime
    ways: AllWays = request.app.state.ways
    rows = rows_between(ways, source, target)
    return Recoder(rows, lambda: runtime.at(target), lang=lang, most=most)


def _answer(request: Request, file: BinaryIO, query: RecodeFileQuery) -> StreamingResponse:
    """Open the table, so that its errors come as problems, and answer as it is recoded."""
    options = query.reading
    with ExitStack() as opened:
        opened.enter_context(closing(file))
        recoder = _recoder(request, query.from_, query.to, query.lang, MOST_PROPOSALS_OF_A_FILE)
        vocabulary, known = vocabulary_of(recoder.rows), recoder.rows.__contains__
        table = opened.enter_context(open_table(file, vocabulary, known, options))
        run = FileRun(table, recoder)
        pieces = _in_form(query.format, run)
        first = next(pieces, b"")  # what can fail fails now
        media = {"json": _JSON, "xlsx": XLSX, "worklist": XLSX}.get(
            query.format, f"{CSV}; charset={_charset(run, first)}"
        )
        answer = StreamingResponse(
            _to_the_end(chain([first], pieces), opened.pop_all()), media_type=media
        )
    listed = query.format == "worklist"
    name = "liste-de-travail.xlsx" if listed else f"transcodage.{query.format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _in_form(form: str, run: FileRun) -> Iterator[bytes]:
    if form == "csv":
        return run.pieces()
    if form == "json":
        return json_pieces(run)
    return _workbook(write_workbook if form == "xlsx" else write_work_list, run)


def _charset(run: FileRun, first: bytes) -> str:
    """Name the encoding that was written, which may be another than that of the file."""
    text = "utf-8" if first.startswith(BOM_UTF8) else run.table.text.written
    return {"cp1252": "windows-1252"}.get(text, text.removesuffix("-sig"))


def _workbook(write: Callable[[BinaryIO, FileRun], None], run: FileRun) -> Iterator[bytes]:
    with scratch_file() as out:
        write(out, run)
        out.seek(0)
        while piece := out.read(_PIECE):
            yield piece


def _to_the_end(pieces: Iterator[bytes], opened: ExitStack) -> Iterator[bytes]:
    with opened:
        yield from pieces
