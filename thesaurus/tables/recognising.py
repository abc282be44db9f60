"""Which column of a table holds what: by its heading, by its cells, or as somebody said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from thesaurus.tables.cells import (
    Known,
    are_ages_or_years,
    are_codes,
    are_icd10,
    are_names,
    are_prefixed,
    is_code,
)
from thesaurus.tables.columns import Columns, Double, letter
from thesaurus.tables.given import is_heading, parse_given, place_of
from thesaurus.tables.sniffing import MOST_ABOVE
from thesaurus.tables.trouble import no_columns, which_codes
from thesaurus.tables.vocabulary import CODE, ICD10, LABEL, Vocabulary, folded

_ENOUGH = 0.5
# Columns beyond are read only where somebody says so, by number or letter.
_MOST_JUDGED = 2000
# "ORPHA 1" and "Code ORPHA (2023)" may be headings; "ORPHA:558" never is.
_NUMBERED = re.compile(r"\D*[^\W\d_]\s?\d{1,2}|\D*[^\W\d_].*[(\[]\d{4}[)\]]")
_JUDGED = frozenset({CODE, LABEL})

_Rows = Sequence[Sequence[str]]


def recognise(
    sample: _Rows,
    vocabulary: Vocabulary,
    *,
    given: str | None,
    header: bool | None,
    known: Known,
) -> Columns:
    """Tell what the columns of a table hold.

    Args:
        sample: the cells of the first records that are not blank, at least one.
        vocabulary: what the columns of such a table are called.
        given: columns that somebody named: ``code=3,label=B,status="Mon statut"``.
        header: whether a record names the columns; told by its cells where None.
        known: tells whether a code exists.

    Raises:
        InvalidRequest: ``given`` is not of its form or names an unknown field.
        UnreadableTable: a column is not there.
        UnknownColumns: none of the fields that are needed is recognised.
    """
    rows = [[cell.strip() for cell in cells[:_MOST_JUDGED]] for cells in sample]
    wanted = parse_given(given, vocabulary) if given else {}
    sight = _Sight(vocabulary, known)
    above, header = sight.top(rows, wanted, header)
    rows = rows[above:]
    width = max(map(len, sample[above:]))
    first = rows[0]
    # Unless one of them is known, cells of the first row may be those of a patient.
    headings = first if header is not False and any(map(vocabulary.heading_of, first)) else ()
    places = {
        field: place_of(at, first, width, header=header, headings=headings)
        for field, at in wanted.items()
    }
    doubles: list[Double] = []
    if header is not False:
        found = sight.by_heading(rows, set(places.values()))
        doubles = [Double(each, at) for each in found.keys() - wanted for at in found[each][1:]]
        places = {field: at[0] for field, at in found.items()} | places
    if CODE in vocabulary.headings and CODE not in places:
        alike = sight.by_cells(rows, width, places)
        if len(alike) > 1 and vocabulary.surely:
            raise which_codes([(letter(at), at + 1) for at in alike])
        if alike:
            places[CODE] = alike[0]
        doubles += [Double(CODE, at) for at in alike[1:]]
    if not vocabulary.needed & places.keys():
        last = letter(width - 1)
        raise no_columns(headings, vocabulary.missing, vocabulary.example, last=last)
    if header is None:
        header = _stands_above(rows, places)
    in_order = {field: places[field] for field in vocabulary.headings if field in places}
    open_doubles = tuple(sorted(each for each in doubles if each.place not in places.values()))
    if header:
        named = tuple(sample[above])
        return Columns(in_order, named, len(named), above, open_doubles)
    return Columns(in_order, None, width, above, open_doubles)


def names_columns(cells: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Tell a row of headings by its names: several cells, one of them known."""
    return sum(map(bool, map(str.strip, cells))) > 1 and any(map(vocabulary.heading_of, cells))


class _Sight:
    """Looks at rows, their cells without outer blanks, with what is known of such tables."""

    def __init__(self, vocabulary: Vocabulary, known: Known) -> None:
        self._heading_of = vocabulary.heading_of
        self._known = known

    def top(
        self, rows: _Rows, wanted: Mapping[str, str], header: bool | None
    ) -> tuple[int, bool | None]:
        """Tell how many records stand above the headings or the first row, and whether there are
        headings.
        """
        if header is False:
            return 0, False
        at = self._heading_row(rows, wanted)
        if at is not None:
            return at, True
        if header:
            return 0, True
        above = self._above_rows(rows)
        # Other cells of a row with a code may well read like headings: "familial".
        return above, False if self._has_code(rows, above) else None

    def by_heading(self, rows: _Rows, taken: set[int]) -> dict[str, list[int]]:
        """Find the columns of each field that headings name, the most telling name first."""
        found: dict[str, list[tuple[bool, int, int]]] = {}
        for place, heading in enumerate(rows[0]):
            if place not in taken and heading and (named := self._heading_of(heading)):
                field = self._judged(named.field, heading, _column(rows[1:], place))
                found.setdefault(field, []).append((field != named.field, named.rank, place))
        return {field: [place for *_, place in sorted(each)] for field, each in found.items()}

    def by_cells(self, rows: _Rows, width: int, places: Mapping[str, int]) -> list[int]:
        """Find the columns most of whose cells are codes of the release, the fullest first.

        Numbers of patients are read as codes too, and where these are small many of them exist: so
        codes that say ``ORPHA`` go before bare numbers, and ages and years behind. Where there are
        labels, only codes that say ``ORPHA`` are taken.
        """
        free = [place for place in range(min(width, _MOST_JUDGED)) if place not in places.values()]
        if LABEL in places:
            return [at for at in free if are_prefixed(_column(rows[1:], at), self._known)]
        shares = {at: self._share(_column(rows, at)) for at in free}
        full = [at for at in free if shares[at] >= _ENOUGH]
        cells = {at: _column(rows, at) for at in full}
        full = [at for at in full if not are_ages_or_years(cells[at])] or full[:1]
        full = [at for at in full if are_prefixed(cells[at], self._known)] or full
        return sorted(full, key=lambda at: -shares[at])

    def _heading_row(self, rows: _Rows, wanted: Mapping[str, str]) -> int | None:
        """Return the first record that names columns, above the first one with codes.

        A fuller one below it wins if it names more: the first one names groups of columns.
        """
        one_column = max(map(len, rows)) == 1
        best, most, fullest = None, 0, 0
        for at, row in enumerate(rows[:MOST_ABOVE]):
            filled = sum(map(bool, row))
            several = filled > 1
            if (several or one_column) and self._has_code(rows, at):
                break
            asked = sum(is_heading(each, row) for each in wanted.values())
            score = asked + sum(1 for cell in row if cell and self._heading_of(cell))
            if score > most and filled > fullest and (several or one_column or asked):
                best, most, fullest = at, score, filled
        if best is None and any(map(self._heading_of, rows[0])) and not self._has_code(rows, 0):
            return 0
        return best

    def _above_rows(self, rows: _Rows) -> int:
        """Count the records of one cell above a table of several columns."""
        several = [sum(map(bool, row)) > 1 for row in rows]
        if 2 * sum(several) <= len(several):
            return 0
        first = several.index(True)
        titles = first < MOST_ABOVE and not any(self._has_code(rows, at) for at in range(first))
        return first if titles else 0

    def _has_code(self, rows: _Rows, at: int) -> bool:
        return any(
            is_code(cell, self._known)
            and not self._is_numbered_heading(cell, rows[at + 1 :], place)
            for place, cell in enumerate(rows[at])
            if cell
        )

    def _is_numbered_heading(self, cell: str, below: _Rows, place: int) -> bool:
        """Tell ``ORPHA 1`` above numbers from ``ORPHA 58`` above codes written alike."""
        if self._heading_of(cell) is None or not _NUMBERED.fullmatch(cell):
            return False
        cells = _column(below, place)
        return bool(below) and not any(_letters(each) == _letters(cell) for each in cells)

    def _judged(self, field: str, heading: str, cells: Sequence[str]) -> str:
        """Return the field of a column whose heading may say one thing and its cells another.

        Under « Code ORPHA » whatever stands there is meant as a code, and found wrong by the rules;
        so are codes of ICD-10 under « Code ».
        """
        name = folded(heading)
        if field not in _JUDGED or ("orpha" in name and "code" in name) or not cells:
            return field
        if are_codes(cells, self._known):
            return CODE
        if are_icd10(cells):
            return ICD10 if field == LABEL else field
        return LABEL if are_names(cells) else field

    def _share(self, cells: Sequence[str]) -> float:
        """The share of codes in a column; the first cell may be a heading, so it is not asked."""
        asked = cells[1:] if len(cells) > 1 else cells
        return sum(1 for cell in asked if is_code(cell, self._known)) / len(asked) if asked else 0.0


def _letters(cell: str) -> str:
    return "".join(sign for sign in folded(cell) if not sign.isdigit())


def _column(rows: _Rows, place: int) -> list[str]:
    return [row[place] for row in rows if place < len(row) and row[place]]


def _stands_above(rows: _Rows, places: Mapping[str, int]) -> bool:
    """Tell whether the first record names columns although we know none of its names."""
    first = rows[0]
    at = places.get(CODE, len(first))
    if at >= len(first) or not first[at] or len(rows) < 2:
        return False
    return not any(sign.isdigit() for sign in first[at])
