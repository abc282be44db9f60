"""Which column of a table holds what: by its heading, by its cells, or as somebody said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from thesaurus.coding.table.cells import (
    Known,
    are_codes,
    are_icd10,
    are_names,
    are_prefixed,
    is_code,
)
from thesaurus.coding.table.given import is_heading, parse_given, place_of
from thesaurus.coding.table.headings import HEADINGS, folded, heading_of
from thesaurus.coding.table.sniffing import MOST_ABOVE
from thesaurus.coding.table.trouble import no_columns

_ENOUGH = 0.5
# Columns beyond are read only where somebody says so, by number or letter.
_MOST_JUDGED = 2000
# "ORPHA 1" and "Code ORPHA (2023)" may be headings; "ORPHA:558" never is.
_NUMBERED = re.compile(r"\D*[^\W\d_]\s?\d{1,2}|\D*[^\W\d_].*[(\[]\d{4}[)\]]")
_JUDGED = frozenset({"code", "label"})

_Rows = Sequence[Sequence[str]]


class Double(NamedTuple):
    """A column that could hold a field as well, and is not read."""

    field: str
    place: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a diagnosis stand.

    Attributes:
        places: column of each field, counted from 0; ``id`` is that of the patient.
        headings: the record that names the columns, if there is one.
        width: how many columns there are; without headings, as far as the first records tell.
        above: how many records that are not blank stand above: a title.
        doubles: what could have been taken too.
    """

    places: Mapping[str, int]
    headings: tuple[str, ...] | None
    width: int
    above: int = 0
    doubles: tuple[Double, ...] = ()

    def named(self) -> dict[str, str]:
        """Return the name of each field's column, as people would call it."""
        return {field: self.heading(place) for field, place in self.places.items()}

    def heading(self, place: int) -> str:
        """Return the name of a column, its letter where it has none."""
        return self._own_name(place) or letter(place)

    def unread(self) -> list[str]:
        """Return the names of the columns that hold no field; without headings their letters."""
        taken = set(self.places.values())
        places = [place for place in range(self.width) if place not in taken]
        if self.headings is None:
            return [letter(place) for place in places]
        return [name for place in places if (name := self._own_name(place))]

    def _own_name(self, place: int) -> str:
        named = self.headings is not None and place < len(self.headings)
        return self.headings[place].strip() if self.headings and named else ""


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


def recognise(sample: _Rows, *, given: str | None, header: bool | None, known: Known) -> Columns:
    """Tell what the columns of a table hold.

    Args:
        sample: the cells of the first records that are not blank, at least one.
        given: columns that somebody named: ``code=3,label=B,status="Mon statut"``.
        header: whether a record names the columns; told by its cells where None.

    Raises:
        InvalidRequest: ``given`` is not of its form or names an unknown field.
        UnreadableTable: a column is not there.
        UnknownColumns: neither codes nor labels are recognised.
    """
    rows = [[cell.strip() for cell in cells[:_MOST_JUDGED]] for cells in sample]
    wanted = parse_given(given) if given else {}
    above, header = _top(rows, wanted, header, known)
    rows = rows[above:]
    width = max(map(len, sample[above:]))
    first = rows[0]
    places = {field: place_of(at, first, width, header=header) for field, at in wanted.items()}
    doubles: list[Double] = []
    if header is not False:
        found = _by_heading(rows, set(places.values()), known)
        doubles = [Double(each, at) for each in found.keys() - wanted for at in found[each][1:]]
        places = {field: at[0] for field, at in found.items()} | places
    if "code" not in places:
        places |= _by_cells(rows, width, places, known)
    if not {"code", "label"} & places.keys():
        raise no_columns(first if header is not False else ())
    if header is None:
        header = _stands_above(rows, places)
    in_order = {field: places[field] for field in HEADINGS if field in places}
    open_doubles = tuple(sorted(each for each in doubles if each.place not in places.values()))
    if header:
        headings = tuple(sample[above])
        return Columns(in_order, headings, len(headings), above, open_doubles)
    return Columns(in_order, None, width, above)


def names_columns(cells: Sequence[str]) -> bool:
    """Tell a row of headings by its names: several cells, one of them known."""
    return sum(map(bool, map(str.strip, cells))) > 1 and any(map(heading_of, cells))


def _top(
    rows: _Rows, wanted: Mapping[str, str], header: bool | None, known: Known
) -> tuple[int, bool | None]:
    """Tell how many records stand above the headings or the first row, and whether it has any."""
    if header is False:
        return 0, False
    at = _heading_row(rows, wanted, known)
    if at is not None:
        return at, True
    if header:
        return 0, True
    above = _above_rows(rows, known)
    # Other cells of a row with a code may well read like headings: "familial".
    return above, False if _has_code(rows, above, known) else None


def _heading_row(rows: _Rows, wanted: Mapping[str, str], known: Known) -> int | None:
    """Return the first record that names columns, above the first one with codes.

    A fuller one below it wins if it names more: the first one names groups of columns.
    """
    one_column = max(map(len, rows)) == 1
    best, most, fullest = None, 0, 0
    for at, row in enumerate(rows[:MOST_ABOVE]):
        filled = sum(map(bool, row))
        several = filled > 1
        if (several or one_column) and _has_code(rows, at, known):
            break
        asked = sum(is_heading(each, row) for each in wanted.values())
        score = asked + sum(1 for cell in row if cell and heading_of(cell))
        if score > most and filled > fullest and (several or one_column or asked):
            best, most, fullest = at, score, filled
    if best is None and any(map(heading_of, rows[0])) and not _has_code(rows, 0, known):
        return 0
    return best


def _above_rows(rows: _Rows, known: Known) -> int:
    """Count the records of one cell above a table of several columns."""
    several = [sum(map(bool, row)) > 1 for row in rows]
    if 2 * sum(several) <= len(several):
        return 0
    first = several.index(True)
    titles = first < MOST_ABOVE and not any(_has_code(rows, at, known) for at in range(first))
    return first if titles else 0


def _has_code(rows: _Rows, at: int, known: Known) -> bool:
    return any(
        is_code(cell, known) and not _is_numbered_heading(cell, rows[at + 1 :], place)
        for place, cell in enumerate(rows[at])
        if cell
    )


def _is_numbered_heading(cell: str, below: _Rows, place: int) -> bool:
    """Tell ``ORPHA 1`` above numbers from ``ORPHA 58`` above codes written alike."""
    if heading_of(cell) is None or not _NUMBERED.fullmatch(cell):
        return False
    cells = _column(below, place)
    return bool(below) and not any(_letters(each) == _letters(cell) for each in cells)


def _letters(cell: str) -> str:
    return "".join(sign for sign in folded(cell) if not sign.isdigit())


def _column(rows: _Rows, place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place]]


def _by_heading(rows: _Rows, taken: set[int], known: Known) -> dict[str, list[int]]:
    """Find the columns of each field that headings name, the most telling name first."""
    found: dict[str, list[tuple[bool, int, int]]] = {}
    for place, heading in enumerate(rows[0]):
        if place not in taken and heading and (named := heading_of(heading)):
            cells = _column(rows[1:], place)
            field = _judged(named.field, heading, cells, known)
            found.setdefault(field, []).append((field != named.field, named.rank, place))
    return {field: [place for *_, place in sorted(each)] for field, each in found.items()}


def _judged(field: str, heading: str, cells: Sequence[str], known: Known) -> str:
    """Return the field of a column whose heading may say one thing and its cells another.

    Under « Code ORPHA » whatever stands there is meant as a code, and found wrong by the rules; so
    are codes of ICD-10 under « Code ».
    """
    name = folded(heading)
    if field not in _JUDGED or ("orpha" in name and "code" in name) or not cells:
        return field
    if are_codes(cells, known):
        return "code"
    if are_icd10(cells):
        return "icd10" if field == "label" else field
    return "label" if are_names(cells) else field


def _by_cells(rows: _Rows, width: int, places: Mapping[str, int], known: Known) -> dict[str, int]:
    """Find the column most of whose cells are codes of the release.

    Numbers of patients are read as codes too, but few of them are codes that exist. Where there
    are labels, only codes that say ``ORPHA`` are taken.
    """
    free = [place for place in range(min(width, _MOST_JUDGED)) if place not in places.values()]
    if "label" in places:
        prefixed = [at for at in free if are_prefixed(_column(rows[1:], at), known)]
        return {"code": prefixed[0]} if prefixed else {}
    shares = {at: _share(_column(rows, at), known) for at in free}
    best = max(shares, key=lambda at: shares[at], default=None)
    return {"code": best} if best is not None and shares[best] >= _ENOUGH else {}


def _share(cells: Sequence[str], known: Known) -> float:
    """The share of codes in a column; the first cell may be a heading, so it is not asked."""
    asked = cells[1:] if len(cells) > 1 else cells
    return sum(1 for cell in asked if is_code(cell, known)) / len(asked) if asked else 0.0


def _stands_above(rows: _Rows, places: Mapping[str, int]) -> bool:
    """Tell whether the first record names columns although we know none of its names."""
    first = rows[0]
    at = places.get("code", len(first))
    if at >= len(first) or not first[at] or len(rows) < 2:
        return False
    return not any(sign.isdigit() for sign in first[at])
