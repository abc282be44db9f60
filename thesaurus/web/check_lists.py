"""Codes that somebody pasted: a plain list, or a table copied from a spreadsheet."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Sequence

_APART = re.compile(r"(?<=\borpha)\s*:?\s+(?=\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;|]+")
_CODE = re.compile(r"(?:orpha(?:net|code)?[:_]?)?\d{1,12}", re.IGNORECASE)
_CELLS = re.compile(r"[,;|](?=\S)")
_TAB = "\t"


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


def as_file(text: str, codes: Sequence[str] | None) -> bytes:
    """Return what was pasted as the bytes of a file: the list of its codes, else the text itself.

    Its mark says that it is text, however it begins.
    """
    lines = text.splitlines() if codes is None else codes
    return BOM_UTF8 + "\n".join(lines).encode("utf-8", "replace")
