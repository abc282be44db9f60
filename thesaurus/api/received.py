"""Files that are sent as the body itself: put aside as they come, and never kept."""

from __future__ import annotations

from typing import Any, BinaryIO

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from thesaurus.api.problems import UnsupportedForm
from thesaurus.tables import scratch_file

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
