"""The sheets of a workbook as rows of text, read without trust."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from loaders.archive import ZIP_ERRORS
from loaders.messages import refuse

# The rows that a sheet of Excel can have; the file may claim any number.
_MAX_ROWS = 1_048_576

Row = tuple[int, tuple[str, ...]]
"""The number of a row, from 1, and its trimmed cells."""


def read_tables(name: str, data: bytes) -> tuple[list[list[Row]], str | None]:
    """Return the rows of each sheet that has any, and the day when the workbook was last saved.

    Raises:
        Refused: not a workbook, a damaged one, or one with a DOCTYPE.
    """
    from openpyxl import load_workbook  # 60 ms to import, which every start would pay

    _inspect_parts(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles that it does not know
            workbook = load_workbook(BytesIO(data), read_only=True, data_only=True)
            try:
                tables = [rows for sheet in workbook.worksheets if (rows := list(_rows(sheet)))]
            finally:
                workbook.close()
    except Exception as error:
        # On damaged parts openpyxl raises whatever it stumbles upon.
        why = f"{type(error).__name__}: {error}"
        raise refuse("bad-workbook", file=name, why=why[:200]) from None
    saved = workbook.properties.modified
    return tables, saved.date().isoformat() if isinstance(saved, datetime) else None


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what the file says of its width is not to be believed
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > _MAX_ROWS:
            raise ValueError(f"more than {_MAX_ROWS} rows")
        values = tuple("" if cell is None else str(cell).strip() for cell in cells)
        if any(values):
            yield number, values


def _inspect_parts(name: str, data: bytes) -> None:
    """Refuse other documents of Office, and a DOCTYPE: Office never writes one."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise refuse("not-xml", file=name)
            for info in archive.infolist():
                with archive.open(info) as part:
                    if _has_doctype(part):
                        raise refuse("doctype", file=f"{name}!/{info.filename}", line=1)
    except ZIP_ERRORS as error:
        raise refuse("zip-damaged", file=name, why=error) from None


def _has_doctype(part: Any) -> bool:
    """Read a part up to its root element; what is not XML has no DOCTYPE."""
    try:
        for _, root in etree.iterparse(part, events=("start",), resolve_entities=False):
            return bool(root.getroottree().docinfo.doctype)
    except etree.XMLSyntaxError:
        pass
    return False
