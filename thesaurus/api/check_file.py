"""``POST /v1/check/file``: are the codes of this file fit to be sent?"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import chain
from typing import Annotated, Any, BinaryIO, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from thesaurus.api.checking import CheckQuery, checker_for
from thesaurus.api.problems import SENDING
from thesaurus.api.received import BINARY, CSV, TABLE_BODY, XLSX, TableQuery, received
from thesaurus.coding import Checker
from thesaurus.coding.suggestions import MAX_SEARCHES_OF_A_FILE
from thesaurus.coding.table import (
    HEADINGS,
    FileAnswer,
    Options,
    Table,
    additions,
    check_table,
    json_pieces,
    open_table,
    write_report,
)
from thesaurus.runtime import Open, Runtime
from thesaurus.tables.annotated import Annotated as AnnotatedTable
from thesaurus.tables.scratch import scratch_file

_PIECE = 1 << 20
_JSON = "application/json"
_DOCUMENTED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": FileAnswer,
        "description": "The findings; or the file with columns added; or a report to work through.",
        "content": {CSV: BINARY, XLSX: BINARY},
    }
}
router = APIRouter(prefix="/v1", tags=["check"], responses=SENDING)


class FileQuery(CheckQuery, TableQuery):
    """What may be asked of the check of a file."""

    format: Literal["json", "csv", "xlsx"] = "json"


@router.post(
    "/check/file", responses=_DOCUMENTED, response_class=StreamingResponse, openapi_extra=TABLE_BODY
)
async def check_file(request: Request, query: Annotated[FileQuery, Query()]) -> StreamingResponse:
    """Check a file of diagnoses, CSV or XLSX, one diagnosis a row.

    The body is the file itself (``curl --data-binary @file``), at most
    THESAURUS_MAX_CHECK_FILE_SIZE bytes. Rows of one patient are checked together, wherever they
    stand. A row that cannot be read is a problem with its line, and the others are checked. Nothing
    of what is sent is stored or logged.
    """
    runtime: Runtime = request.app.state.runtime
    release = await run_in_threadpool(runtime.at, query.release, query.as_of)
    file = await received(request)
    return await run_in_threadpool(answer_of_file, request, file, query, release)


def answer_of_file(
    request: Request,
    file: BinaryIO,
    query: FileQuery,
    release: Open,
    reading: Options | None = None,
) -> StreamingResponse:
    """Open the table, so that its errors come as problems, and answer as it is checked.

    Args:
        file: closed once the answer is given.
        reading: what is known of the table; by default what the query says.
    """
    options = reading or query.reading
    with ExitStack() as opened:
        opened.enter_context(closing(file))
        checker = checker_for(request, release, query.profile, searches=MAX_SEARCHES_OF_A_FILE)
        table = opened.enter_context(open_table(file, release.snapshot.__contains__, options))
        media, name, pieces = _in_form(query.format, table, checker)
        first = next(pieces, b"")  # what can fail fails now
        if query.format == "csv":
            media = f"{CSV}; charset={_charset(table, first)}"
        answer = StreamingResponse(
            _to_the_end(chain([first], pieces), opened.pop_all()), media_type=media
        )
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _in_form(form: str, table: Table, checker: Checker) -> tuple[str, str, Iterator[bytes]]:
    """Return the media type, a name for the download, and the answer as it is made."""
    if form == "csv":
        steps = check_table(table, checker.session())
        return CSV, "controle.csv", AnnotatedTable(table, HEADINGS).pieces(additions(steps))
    if form == "xlsx":
        return XLSX, "controle.xlsx", _report(table, checker)
    return _JSON, "controle.json", _json(table, checker)


def _charset(table: Table, first: bytes) -> str:
    """Name the encoding that was written, which may be another than that of the file."""
    written = "utf-8" if first.startswith(BOM_UTF8) else table.text.written
    return {"cp1252": "windows-1252"}.get(written, written.removesuffix("-sig"))


def _json(table: Table, checker: Checker) -> Iterator[bytes]:
    session = checker.session()
    steps = check_table(table, session)
    release, profile = checker.release.id, checker.profile.name
    return json_pieces(table, steps, session, release=release, profile=profile)


def _report(table: Table, checker: Checker) -> Iterator[bytes]:
    session = checker.session()
    with scratch_file() as out:
        write_report(
            out,
            table,
            check_table(table, session),
            session,
            release=checker.release.id,
            profile=checker.profile.name,
        )
        out.seek(0)
        while piece := out.read(_PIECE):
            yield piece


def _to_the_end(pieces: Iterator[bytes], opened: ExitStack) -> Iterator[bytes]:
    with opened:
        yield from pieces
