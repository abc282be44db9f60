"""Where the fields of a table stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Double(NamedTuple):
    """A column that could hold a field as well, and is not read."""

    field: str
    place: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields of a table stand.

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
