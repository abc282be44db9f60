"""Perimeters: named lists of codes, such as those of a filière."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from ontologies.errors import UnknownPerimeter
from thesaurus.store.counting import changed, revision
from thesaurus.store.engine import Database
from thesaurus.store.models import PerimeterCodeRow, PerimeterRow
from thesaurus.store.records import utc

_TABLE = "perimeter"


@dataclass(frozen=True, slots=True)
class Perimeter:
    """A named list of codes, who loaded it and when."""

    name: str
    title: str | None
    codes: frozenset[str]
    actor: str
    at: dt.datetime


class Perimeters:
    """Reads and writes the perimeters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        with self._database.reading() as session:
            return revision(session, _TABLE)

    def everything(self) -> tuple[int, Mapping[str, Perimeter]]:
        """Return the perimeters by name, in the order of names, with the version of the table."""
        with self._database.reading() as session:
            codes: dict[str, set[str]] = defaultdict(set)
            for name, code in session.execute(
                select(PerimeterCodeRow.perimeter, PerimeterCodeRow.code)
            ):
                codes[name].add(code)
            rows = session.scalars(select(PerimeterRow))
            found = {row.name: _perimeter(row, codes[row.name]) for row in rows}
            return revision(session, _TABLE), dict(sorted(found.items()))

    def replace(
        self, name: str, codes: Iterable[str], *, actor: str, title: str | None = None
    ) -> Perimeter:
        """Put a list in the place of the former one of that name, in one transaction.

        Without a title the former one stays.
        """
        with self._database.writing() as session:
            row = session.get(PerimeterRow, name) or PerimeterRow(name=name, title=None)
            row.title = title or row.title
            row.actor, row.at = actor, dt.datetime.now(dt.UTC)
            session.add(row)
            session.flush()
            session.execute(delete(PerimeterCodeRow).where(PerimeterCodeRow.perimeter == name))
            rows = [{"perimeter": name, "code": code} for code in sorted(set(codes))]
            if rows:
                session.execute(insert(PerimeterCodeRow), rows)
            changed(session, _TABLE)
            return _perimeter(row, (each["code"] for each in rows))

    def remove(self, name: str) -> None:
        """Forget a perimeter. Raises UnknownPerimeter."""
        with self._database.writing() as session:
            row = session.get(PerimeterRow, name)
            if row is None:
                raise UnknownPerimeter(name, sorted(session.scalars(select(PerimeterRow.name))))
            session.delete(row)
            changed(session, _TABLE)


def _perimeter(row: PerimeterRow, codes: Iterable[str]) -> Perimeter:
    return Perimeter(row.name, row.title, frozenset(codes), row.actor, utc(row.at))
