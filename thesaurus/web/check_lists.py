"""What somebody pasted: a plain list of codes or of names, or a table copied from a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from contextlib import ExitStack

from thesaurus.coding.table.headings import DIAGNOSES
from thesaurus.tables.cells import is_code
from thesaurus.tables.sniffing import read_text
from thesaurus.tables.trouble import UnreadableTable

# Possessive: a run of blanks is gone over once, however long it is.
_APART = re.compile(r"(?<=\borpha)(?:\s++|\s*+:\s++)(?=\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|]+")
_CODE = re.compile(r"(?:orpha(?:net|code)?[:_]?)?\d{1,12}", re.IGNORECASE)
_CELLS = re.compile(r"[,;|](?=\S)")
_TAB = "\t"
_WORD = re.compile(r"[^\W\d_]{2}")
_DOCUMENT = ("{", "[", "<")
"""So JSON and XML begin, which are told from tables elsewhere."""
_SEMICOLON = ";"


def as_list(text: str) -> list[str] | None:
    r"""Return the codes of a plain list, one for each line of a column; None for anything else.

    Codes that stand on one line are taken apart where blanks, or signs before a blank, stand
    between them, and on a single line whatever stands between them::

        >>> as_list("558, 166068; ORPHA:79318"), as_list("558;166068")
        (['558', '166068', 'ORPHA:79318'], ['558', '166068'])

    Lines alike whose cells touch their separators are rows of a table, say of patients and codes;
    so is whatever has tabs, which spreadsheets put between cells::

        >>> as_list("1;558\n2;166068"), as_list("1\t558")
        (None, None)

    A text with any other word is none: a column of codes may have a heading.
    """
    if _TAB in text:
        return None
    lines = [_APART.sub(":", line.strip()) for line in text.strip().splitlines()]
    written = [[each for each in _BETWEEN.split(line) if each] for line in lines]
    if not all(_CODE.fullmatch(each) for codes in written for each in codes):
        return None
    if max(map(len, written), default=0) < 2:
        return [codes[0] if codes else "" for codes in written] if any(written) else None
    if _are_rows([line for line in lines if line]):
        return None
    return [code for codes in written for code in codes]


def _are_rows(lines: Sequence[str]) -> bool:
    widths = {len(_CELLS.split(line)) for line in lines}
    return len(lines) > 1 and len(widths) == 1 and widths != {1}


def as_names(text: str) -> list[str] | None:
    r"""Return the names of diseases of a list without any code, one for each line.

    None for anything else: several columns, a heading that is known, a line that is a code or has
    no word::

        >>> as_names("Syndrome de Marfan\nGlycogénose, type 2"), as_names("Libellé\nMarfan")
        (['Syndrome de Marfan', 'Glycogénose, type 2'], None)
    """
    lines = text.strip().splitlines()
    if _TAB in text or text.lstrip().startswith(_DOCUMENT):
        return None
    if _are_rows([each for each in lines if each]):
        return None
    rows = _rows(lines, _SEMICOLON)
    if not rows or any(len(row) > 1 for row in rows):
        return None
    names = [row[0].strip() if row else "" for row in rows]
    named = all(_WORD.search(each) and not is_code(each, lambda _: True) for each in names if each)
    return names if named and not DIAGNOSES.heading_of(names[0]) else None


def as_file(text: str, column: Sequence[str] | None) -> bytes:
    """Return what was pasted as the bytes of a file: the list that it is, else the text itself.

    A table of a spreadsheet, which has tabs, gets the semicolons that a French Excel expects of a
    file; one whose quotes do not pair stays as it is. A mark says that it is text, however it
    begins.
    """
    if column is not None:
        return _with_semicolons([each] for each in column) or _marked("\n".join(column))
    data = _marked("\n".join(text.splitlines()))
    if _TAB not in text or _delimiter(data) != _TAB:
        return data
    return _with_semicolons(_rows(text.splitlines(), _TAB)) or data


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the cells of each record; nothing where quotes do not pair."""
    try:
        return list(csv.reader((f"{each}\n" for each in lines), delimiter=delimiter, strict=True))
    except csv.Error:
        return []


def _with_semicolons(rows: Iterable[Sequence[str]]) -> bytes | None:
    """Write a table so that it is read as it was; None where there is none to write.

    Commas in every name look like columns, unless the cells are quoted.
    """
    rows = [[] if row == [""] else row for row in rows]
    if not rows:
        return None
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL):
        out = io.StringIO()
        write = csv.writer(out, delimiter=_SEMICOLON, quoting=quoting, lineterminator="\n")
        write.writerows(rows)
        data = _marked(out.getvalue().removesuffix("\n"))
        if _delimiter(data) == _SEMICOLON:
            return data
    return None


def _delimiter(data: bytes) -> str | None:
    with ExitStack() as copies:
        try:
            return read_text(io.BytesIO(data), copies).delimiter
        except UnreadableTable:
            return None


def _marked(text: str) -> bytes:
    return BOM_UTF8 + text.encode("utf-8", "replace")
