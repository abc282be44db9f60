"""Legacy tables: the codes of other thesauri (CEMARA, external data bases) with their labels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from ontologies.errors import Conflict, UnknownLegacyTable
from ontologies.transcoding import Decision
from thesaurus.store.counting import changed, revision
from thesaurus.store.engine import Database
from thesaurus.store.models import (
    LegacyEntryRow,
    LegacyTableRow,
    TranscodingDecisionRow,
    TranscodingSignatureRow,
    TranscodingTableRow,
)
from thesaurus.store.records import utc

_TABLE, _DECISIONS = "legacy", "transcoding"


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


class Replaced(NamedTuple):
    """A table that was put in the place of another one.

    Attributes:
        taken_back: decisions that stood upon entries which say something else now, or are gone.
    """

    table: LegacyTable
    taken_back: int


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

    def names(self) -> Sequence[str]:
        """Return the names of the tables, sorted."""
        with self._database.reading() as session:
            return session.scalars(select(LegacyTableRow.name).order_by(LegacyTableRow.name)).all()

    def entries(self, name: str) -> Mapping[str, LegacyEntry]:
        """Return the entries of a table by code, in the order of its file.

        Raises:
            UnknownLegacyTable
        """
        with self._database.reading() as session:
            if session.get(LegacyTableRow, name) is None:
                raise UnknownLegacyTable(name, sorted(session.scalars(select(LegacyTableRow.name))))
            return _entries(session, name)

    def replace(
        self, name: str, entries: Iterable[LegacyEntry], *, actor: str, title: str | None = None
    ) -> Replaced:
        """Put a table in the place of the former one of that name, in one transaction.

        What was decided of an entry stays where the entry says what it said; else it is taken back,
        and the entry waits again. Without a title the former one stays.

        Raises:
            Conflict: a transcoding of the table is signed.
        """
        given = {each.code: each for each in entries}
        with self._database.writing() as session:
            changed(session, _TABLE)
            changed(session, _DECISIONS)  # who signs what this table said before comes too late
            _refuse_signed(session, name)
            taken_back = list(_taken_back(session, name, given, actor))
            row = session.get(LegacyTableRow, name) or LegacyTableRow(name=name, title=None)
            row.title, row.actor, row.at = title or row.title, actor, dt.datetime.now(dt.UTC)
            session.add(row)
            session.flush()
            session.execute(delete(LegacyEntryRow).where(LegacyEntryRow.legacy_table == name))
            if given:
                session.execute(insert(LegacyEntryRow), list(_rows(name, given.values())))
            if taken_back:
                session.execute(insert(TranscodingDecisionRow), taken_back)
            return Replaced(_table(row, len(given)), len(taken_back))


def _refuse_signed(session: Session, name: str) -> None:
    signed = session.scalars(
        select(TranscodingTableRow.target)
        .join(TranscodingSignatureRow)
        .where(TranscodingTableRow.source == name, TranscodingSignatureRow.reopened_at.is_(None))
    ).first()
    if signed is not None:
        raise Conflict(
            f"Le transcodage {name} → {signed} est signé ; le rouvrir avant de recharger la table.",
            f"The transcoding {name} → {signed} is signed; reopen it before the table is loaded "
            "again.",
        )


def _taken_back(
    session: Session, name: str, given: Mapping[str, LegacyEntry], actor: str
) -> Iterator[Mapping[str, object]]:
    """Yield the rows that take back what was decided of entries which are no longer the same."""
    before = _entries(session, name)
    now = dt.datetime.now(dt.UTC)
    for (table, code), (version, decision) in _last_decisions(session, name).items():
        entry = given.get(code)
        if decision == Decision.PROPOSED or entry == before.get(code):
            continue
        why = "a changé au" if entry else "n'est plus dans le"
        yield {
            "table_id": table,
            "code": code,
            "version": version + 1,
            "decision": Decision.PROPOSED,
            "targets": [],
            "actor": actor,
            "at": now,
            "comment": f"l'entrée {why} rechargement du {now:%Y-%m-%d}",
        }


def _last_decisions(session: Session, name: str) -> Mapping[tuple[int, str], tuple[int, str]]:
    """(table, code) -> version and decision, of what was last decided of each code."""
    row = TranscodingDecisionRow
    query = (
        select(row.table_id, row.code, row.version, row.decision)
        .join(TranscodingTableRow)
        .where(TranscodingTableRow.source == name)
        .order_by(row.version)
    )
    return {(table, code): (version, said) for table, code, version, said in session.execute(query)}


def _entries(session: Session, name: str) -> Mapping[str, LegacyEntry]:
    row = LegacyEntryRow
    query = (
        select(row.code, row.label, row.orpha, row.icd10)
        .where(row.legacy_table == name)
        .order_by(row.position)
    )
    return {each.code: LegacyEntry(*each) for each in session.execute(query)}


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
