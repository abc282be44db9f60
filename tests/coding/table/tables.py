"""Open and check tables that stand in a test.

::

    found = answer(demonstration, "id;code\\n1;558\\n")
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from tests.coding.asking import Demonstration
from thesaurus.coding.table import (
    HEADINGS,
    Annotated,
    FileAnswer,
    Options,
    Table,
    additions,
    check_table,
    json_pieces,
    open_table,
)

KNOWN = frozenset({"558", "255241", "255199", "217601", "802", "98053", "65753", "506", "58"})


def table(content: str | bytes, **options: Any) -> Table:
    data = content.encode() if isinstance(content, str) else content
    return open_table(io.BytesIO(data), KNOWN.__contains__, Options(**options))


def answer(demonstration: Demonstration, content: str | bytes, **options: Any) -> FileAnswer:
    """The JSON answer, read as the model that the documentation promises."""
    session = demonstration.checker().session()
    with table(content, **options) as opened:
        steps = check_table(opened, session)
        pieces = json_pieces(opened, steps, session, release="demo-2023", profile="bamara")
        return FileAnswer.model_validate(json.loads(b"".join(pieces)))


def annotated(demonstration: Demonstration, content: str | bytes, **options: Any) -> bytes:
    with table(content, **options) as opened:
        steps = check_table(opened, demonstration.checker().session())
        return b"".join(Annotated(opened, HEADINGS).pieces(additions(steps)))


def workbook(sheets: dict[str, Iterable[Sequence[Any]]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
