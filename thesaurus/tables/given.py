"""Columns as somebody named them: ``code=3,label=B,status="Mon statut"``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thesaurus.tables.columns import letter
from thesaurus.tables.trouble import bad_columns, no_field, no_such_column
from thesaurus.tables.vocabulary import Vocabulary, folded

# Nothing is read twice: every part takes all it can and gives nothing back.
_PART = re.compile(r'([^=,"]++)=\s*+(?:"((?:[^"]++|"")*+)"\s*+|([^,"]*+))(?:,|$)')
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_MOST_GIVEN = 100


def parse_given(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the place of each field; fields go by their own or a French name.

    Raises:
        InvalidRequest
    """
    found: dict[str, str] = {}
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None or len(found) >= _MOST_GIVEN or not (name := part[1].strip()):
            raise bad_columns(text[position:], vocabulary.example)
        known = vocabulary.heading_of(name)
        if known is None:
            raise no_field(name, vocabulary.headings)
        # The quotes stay: what is quoted is a heading and never a letter.
        found[known.field] = part[3].strip() if part[2] is None else f'"{part[2]}"'
        position = part.end()
    return found


def place_of(
    where: str,
    first: Sequence[str],
    width: int,
    *,
    header: bool | None,
    headings: Sequence[str] = (),
) -> int:
    """Return the column that a number from 1, a heading or a letter means.

    Args:
        headings: the first row where it is known to be one of headings, for the error.

    Raises:
        NoSuchColumn
    """
    if where.isascii() and where.isdigit():
        place = int(where[:9]) - 1
    elif header is not False and (at := _heading_at(where, first)) is not None:
        place = at
    elif _LETTERS.fullmatch(where):
        place = _number(where)
    else:
        place = -1
    if 0 <= place < width:
        return place
    raise no_such_column(where, headings, last=letter(width - 1))


def is_heading(where: str, first: Sequence[str]) -> bool:
    """Tell whether a record has the heading that is meant, if one is."""
    plain_place = where.isdigit() or _LETTERS.fullmatch(where)
    return not plain_place and _heading_at(where, first) is not None


def _heading_at(where: str, first: Sequence[str]) -> int | None:
    name = where[1:-1].replace('""', '"') if where.startswith('"') else where
    if name.strip() in first:
        return first.index(name.strip())
    alike = [at for at, heading in enumerate(first) if heading and folded(heading) == folded(name)]
    return alike[0] if alike and folded(name) else None


def _number(letters: str) -> int:
    number = 0
    for each in letters.upper():
        number = number * 26 + ord(each) - ord("A") + 1
    return number - 1
