"""Legacy tables: the codes of other thesauri (CEMARA, external data bases) with their labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from ontologies.errors import Conflict, UnknownLegacyTable
from thesaurus.store.counting import changed, revision
from thesaurus.store.engine import Database
from thesaurus.store.models import (
    LegacyEntryRow,
    LegacyTableRow,
    TranscodingSignatureRow,
    TranscodingTableRow,
)
from thesaurus.store.records import utc

_TABLE = "legacy"


@dataclass(frozen=True, slots=True)
class LegacyEntry:
    """A code of another thesaurus with what is known of it, as it was written."""

    code: str
    label: str | None = None
    orpha: str | None = None
    icd10: str | None = None


@dataclass(frozen=True, slots=True)
class LegacyTable:
    """A legacy table, who loaded it and when."""

    name: str
    title: str | None
    entries: int
    actor: str
    at: dt.datetime


class LegacyTables:
    """Reads and writes legacy tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        """A number that changes with every load."""
        with self._database.reading() as session:
            return revision(session, _TABLE)

    def tables(self) -> Sequence[LegacyTable]:
        """Return the tables in the order of their names."""
        counted = select(LegacyEntryRow.legacy_table, func.count().label("entries")).group_by(
            LegacyEntryRow.legacy_table
        )
        counts = counted.subquery()
        query = (
            select(LegacyTableRow, counts.c.entries)
            .outerjoin(counts, counts.c.legacy_table == LegacyTableRow.name)
            .order_by(LegacyTableRow.name)
        )
        with self._database.reading() as session:
            return [_table(row, entries or 0) for row, entries in session.execute(query)]

    def entries(self, name: str) -> Mapping[str, LegacyEntry]:
        """Return the entries of a table by code, in the order of its file.

        Raises:
            UnknownLegacyTable
        """
        query = (
            select(LegacyEntryRow)
            .where(LegacyEntryRow.legacy_table == name)
            .order_by(LegacyEntryRow.position)
        )
        with self._database.reading() as session:
            if session.get(LegacyTableRow, name) is None:
                raise UnknownLegacyTable(name, sorted(session.scalars(select(LegacyTableRow.name))))
            return {
                row.code: LegacyEntry(row.code, row.label, row.orpha, row.icd10)
                for row in session.scalars(query)
            }

    def replace(
        self, name: str, entries: Iterable[LegacyEntry], *, actor: str, title: str | None = None
    ) -> LegacyTable:
        """Put a table in the place of the former one of that name, in one transaction.

        What was decided of its codes stays. Without a title the former one stays.

        Raises:
            Conflict: a transcoding of the table is signed.
        """
        given = list(entries)
        with self._database.writing() as session:
            changed(session, _TABLE)
            signed = session.scalars(
                select(TranscodingTableRow.target)
                .join(TranscodingSignatureRow)
                .where(
                    TranscodingTableRow.source == name,
                    TranscodingSignatureRow.reopened_at.is_(None),
                )
            ).first()
            if signed is not None:
                raise Conflict(
                    f"Le transcodage {name} → {signed} est signé ; le rouvrir avant de recharger "
                    "la table.",
                    f"The transcoding {name} → {signed} is signed; reopen it before the table is "
                    "loaded again.",
                )
            row = session.get(LegacyTableRow, name) or LegacyTableRow(name=name, title=None)
            row.title, row.actor, row.at = title or row.title, actor, dt.datetime.now(dt.UTC)
            session.add(row)
            session.flush()
            session.execute(delete(LegacyEntryRow).where(LegacyEntryRow.legacy_table == name))
            if given:
                session.execute(insert(LegacyEntryRow), list(_rows(name, given)))
            return _table(row, len(given))


def _rows(name: str, entries: Iterable[LegacyEntry]) -> Iterable[Mapping[str, object]]:
    for position, each in enumerate(entries):
        yield {
            "legacy_table": name,
            "code": each.code,
            "position": position,
            "label": each.label,
            "orpha": each.orpha,
            "icd10": each.icd10,
        }


def _table(row: LegacyTableRow, entries: int) -> LegacyTable:
    return LegacyTable(row.name, row.title, entries, row.actor, utc(row.at))
