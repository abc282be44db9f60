"""Which column of a table holds what: by its heading, by its cells, or as somebody said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode
from thesaurus.coding.table.headings import HEADINGS, folded, known_headings
from thesaurus.coding.table.trouble import bad_columns, no_columns, no_field, no_such_column

Known = Callable[[str], bool]
"""Tells whether a release has a code, given as digits."""

_PART = re.compile(r'\s*([^=,"]+?)\s*=\s*(?:"((?:[^"]|"")*)"|([^,"]*?))\s*(?:,|$)')
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_ENOUGH = 0.5
_MOST_GIVEN = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a diagnosis stand.

    Attributes:
        places: column of each field, counted from 0; ``id`` is that of the patient.
        headings: the first record, where it names the columns.
        width: how many columns there are; without headings, as far as the first records tell.
    """

    places: Mapping[str, int]
    headings: tuple[str, ...] | None
    width: int

    def named(self) -> dict[str, str]:
        """Return the name of each field's column, as people would call it."""
        return {field: self.heading(place) for field, place in self.places.items()}

    def heading(self, place: int) -> str:
        """Return the name of a column, its letter where it has none."""
        named = self.headings is not None and place < len(self.headings)
        return (self.headings[place].strip() if self.headings and named else "") or letter(place)


def letter(place: int) -> str:
    """Return the letter of a column, as spreadsheet programs write it.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def recognise(
    sample: Sequence[Sequence[str]], *, given: str | None, header: bool | None, known: Known
) -> Columns:
    """Tell what the columns of a table hold.

    Args:
        sample: the cells of the first records that are not blank, at least one.
        given: columns that somebody named: ``code=3,label=B,status="Mon statut"``.
        header: whether the first record names the columns; told by its cells where None.

    Raises:
        InvalidRequest: ``given`` is not of its form or names an unknown field.
        UnreadableTable: a column is not there.
        UnknownColumns: neither codes nor labels are recognised.
    """
    first = [cell.strip() for cell in sample[0]]
    if header is None and any(_is_code(cell, known) for cell in first):
        header = False  # its other cells may well read like headings: "familial"
    named = {} if header is False else _by_heading(first)
    wanted = parse_given(given) if given else {}
    width = max(len(cells) for cells in sample)
    placed = {field: _place(where, first, width, header) for field, where in wanted.items()}
    taken = set(placed.values())
    places = {field: at for field, at in named.items() if at not in taken} | placed
    if not {"code", "label"} & places.keys():
        taken.update(places.values())
        places |= _by_cells(sample, width, taken, known)
    if not {"code", "label"} & places.keys():
        raise no_columns(first if header is not False else ())
    if header is None:
        header = bool(named) or _stands_above(sample, places, wanted)
    in_order = {field: places[field] for field in HEADINGS if field in places}
    if header:
        return Columns(in_order, tuple(sample[0]), len(sample[0]))
    return Columns(in_order, None, width)


def _by_heading(first: Sequence[str]) -> dict[str, int]:
    """Find the fields that a record of headings names; the most telling name of each wins."""
    found: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(first):
        if heading and (known := known_headings().get(folded(heading))):
            field, rank = known
            found[field] = min(found.get(field, (rank, place)), (rank, place))
    return {field: place for field, (_, place) in found.items()}


def _by_cells(
    sample: Sequence[Sequence[str]], width: int, taken: set[int], known: Known
) -> dict[str, int]:
    """Find the column most of whose cells are codes of the release.

    Numbers of patients are read as codes too, but few of them are codes that exist.
    """
    shares = {at: _share(sample, at, known) for at in range(width) if at not in taken}
    best = max(shares, key=lambda at: shares[at], default=None)
    return {"code": best} if best is not None and shares[best] >= _ENOUGH else {}


def _share(sample: Sequence[Sequence[str]], at: int, known: Known) -> float:
    """The share of codes in a column; the first cell may be a heading, so it is not asked."""
    cells = [row[at].strip() for row in sample if at < len(row) and row[at].strip()]
    asked = cells[1:] if len(cells) > 1 else cells
    return sum(1 for cell in asked if _is_code(cell, known)) / len(asked) if asked else 0.0


def _is_code(cell: str, known: Known) -> bool:
    try:
        code = parse_code(cell)
    except InvalidCode:
        return False
    return not cell.isdigit() or known(code)


def _stands_above(
    sample: Sequence[Sequence[str]], places: Mapping[str, int], wanted: Mapping[str, str]
) -> bool:
    """Tell whether the first record names columns although we know none of its names."""
    first = [cell.strip() for cell in sample[0]]
    if any(_is_heading(where, first) for where in wanted.values()):
        return True
    at = places.get("code", len(first))
    if at >= len(first) or not first[at] or len(sample) < 2:
        return False
    return not any(sign.isdigit() for sign in first[at])


def parse_given(text: str) -> dict[str, str]:
    """Read ``code=3,label=B,status="Mon statut"``; fields go by their own or a French name.

    Raises:
        InvalidRequest
    """
    found: dict[str, str] = {}
    position = 0
    while position < len(text):
        part = _PART.match(text, position)
        if part is None or len(found) >= _MOST_GIVEN:
            raise bad_columns(text[position:])
        name, quoted, plain = part.groups()
        known = known_headings().get(folded(name))
        if known is None:
            raise no_field(name, HEADINGS)
        # The quotes stay: what is quoted is a heading and never a letter.
        found[known[0]] = f'"{quoted}"' if quoted is not None else plain
        position = part.end()
    return found


def _place(where: str, first: Sequence[str], width: int, header: bool | None) -> int:
    """Return the column that a number from 1, a heading or a letter means."""
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
    raise no_such_column(where, first if header is not False else ())


def _is_heading(where: str, first: Sequence[str]) -> bool:
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
