"""Files that are sent as the body itself: put aside as they come, and never kept."""

from __future__ import annotations

from typing import Any, BinaryIO

from fastapi import Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from thesaurus.api.problems import UnsupportedForm
from thesaurus.tables import Options, scratch_file

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BINARY = {"schema": {"type": "string", "format": "binary"}}
TABLE_BODY: dict[str, Any] = {
    "requestBody": {
        "description": "The file itself: CSV or XLSX, told by its content.",
        "required": True,
        "content": {"application/octet-stream": BINARY, CSV: BINARY, XLSX: BINARY},
    }
}
_PIECE = 1 << 20


class TableQuery(BaseModel):
    """How a table that is sent is read, where its content does not say."""

    columns: str | None = Field(
        default=None,
        max_length=2000,
        description='Columns that are not recognised: code=3,label=B,status="Mon statut" (number '
        "from 1, letter, heading).",
    )
    header: bool | None = Field(
        default=None, description="Whether the first row names the columns; told without."
    )
    sheet: str | None = Field(
        default=None, max_length=200, description="Of a workbook; else the first that fits."
    )

    @property
    def reading(self) -> Options:
        return Options(columns=self.columns, header=self.header, sheet=self.sheet)


async def received(request: Request) -> BinaryIO:
    """Return the body as a nameless file, which the caller closes.

    Raises:
        UnsupportedForm: the file is sent in a form.
    """
    if request.headers.get("content-type", "").lower().startswith("multipart/"):
        raise UnsupportedForm(
            "Envoyer le fichier lui-même, sans formulaire : curl --data-binary @fichier",
            "Send the file itself, without a form: curl --data-binary @file",
        )
    file = scratch_file()
    try:
        await _receive(request, file)
    except BaseException:  # the client went away, or sends too much
        file.close()
        raise
    return file


async def _receive(request: Request, file: BinaryIO) -> None:
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) >= _PIECE:
            await run_in_threadpool(file.write, bytes(held))
            held.clear()
    await run_in_threadpool(file.write, bytes(held))
