"""``POST /v1/codes/count``: how many patients stand at each place of the classifications."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, Any, BinaryIO, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from thesaurus.api.body import StrictRoute
from thesaurus.api.checking import written
from thesaurus.api.context import LabelQuery
from thesaurus.api.problems import SENDING
from thesaurus.api.received import BINARY, CSV, TABLE_BODY, XLSX, TableQuery, received
from thesaurus.counting import (
    COUNTED,
    Choice,
    CodeCount,
    CountAnswer,
    CountRequest,
    FileCountAnswer,
    RecipeChoice,
    count_table,
    write_csv,
    write_xlsx,
)
from thesaurus.runtime import Runtime
from thesaurus.tables import open_table, scratch_file

_FILE_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": FileCountAnswer,
        "description": "The counts; as CSV or XLSX one code a line.",
        "content": {CSV: BINARY, XLSX: BINARY},
    }
}

router = APIRouter(prefix="/v1/codes", tags=["codes"], responses=SENDING, route_class=StrictRoute)


class CountedFileQuery(LabelQuery, RecipeChoice, TableQuery):
    """How the rows of a file are counted."""

    format: Literal["json", "csv", "xlsx"] = "json"


@router.post("/count", response_model=CountAnswer)
def count_codes(
    request: Request, body: CountRequest, query: Annotated[LabelQuery, Query()]
) -> Response:
    """Count distinct patients for each code and all codes above it, along one classification, all
    of them merged, or the preferential parents.

    Before counting, codes are redirected, made more precise by genes, left out, or aggregated to
    disorders, as the recipe says; what is left out is told by reason. Identifiers of patients are
    neither kept nor logged.
    """
    count = _opened(request, body, query)
    count.add(body.counted(by_genes=count.by_genes))
    return written(count.answer(query.lang))


@router.post(
    "/count/file", responses=_FILE_ANSWERS, response_class=Response, openapi_extra=TABLE_BODY
)
async def count_file(request: Request, query: Annotated[CountedFileQuery, Query()]) -> Response:
    """Count the patients of a file, CSV or XLSX, one code a row.

    The body is the file itself (``curl --data-binary @file``), at most
    THESAURUS_MAX_CHECK_FILE_SIZE bytes and 5,000,000 rows. A row that cannot be read is told with
    its line and counted among those that were left out. Nothing of what is sent is stored or
    logged.
    """
    file = await received(request)
    return await run_in_threadpool(_count_file, request, file, query)


def _opened(request: Request, asked: RecipeChoice, query: LabelQuery) -> CodeCount:
    runtime: Runtime = request.app.state.runtime
    release = runtime.at(query.release, query.as_of)
    return CodeCount(release, Choice.of(release, asked, runtime.perimeter))


def _count_file(request: Request, file: BinaryIO, query: CountedFileQuery) -> Response:
    options = query.reading
    with closing(file):
        count = _opened(request, query, query)
        with open_table(file, COUNTED, count.release.snapshot.__contains__, options) as table:
            answer = count_table(count, table, query.lang)
    answered = _in_form(answer, query.format)
    answered.headers["Cache-Control"] = "no-store"
    return answered


def _in_form(answer: FileCountAnswer, form: str) -> Response:
    if form == "json":
        return written(answer)
    with scratch_file() as out:
        (write_csv if form == "csv" else write_xlsx)(out, answer)
        out.seek(0)
        media = f"{CSV}; charset=utf-8" if form == "csv" else XLSX
        name = {"Content-Disposition": f'attachment; filename="comptage.{form}"'}
        return Response(out.read(), media_type=media, headers=name)
