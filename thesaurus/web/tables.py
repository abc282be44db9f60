"""Tables of pages as files: what a page shows, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence

from fastapi import Response

from thesaurus.tables.annotated import harmless

Cell = str | int | None

_NOT_MODIFIED = 304


def csv_file(
    name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], response: Response
) -> Response:
    """Return a CSV file (UTF-8 with its mark, semicolons) to save as ``name``.

    No cell starts a formula.

    Args:
        response: its headers, such as the ETag, and its status are taken over.
    """
    text = io.StringIO()
    write = csv.writer(text, delimiter=";", lineterminator="\r\n").writerow
    write(headings)
    for row in rows:
        write([_cell(each) for each in row])
    saved = re.sub(r"[^A-Za-z0-9._-]+", "_", name)
    headers = {
        **response.headers,
        "Content-Disposition": f'attachment; filename="{saved}.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    content = BOM_UTF8 + text.getvalue().encode()
    status = response.status_code or 200
    sent = b"" if status == _NOT_MODIFIED else content
    return Response(sent, status, headers, "text/csv; charset=utf-8")


def _cell(value: Cell) -> str | int:
    if value is None:
        return ""
    return value if isinstance(value, int) else harmless(value)
