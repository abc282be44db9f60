"""Transcoding tables: what was decided of each code, by whom, and what was signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, defer

from ontologies.errors import Conflict
from ontologies.transcoding import Decision, Verdict
from thesaurus.store.content import Part, make_part, read_part
from thesaurus.store.counting import changed, revision
from thesaurus.store.engine import Database
from thesaurus.store.models import (
    LegacyTableRow,
    TranscodingDecisionRow,
    TranscodingSignatureRow,
    TranscodingTableRow,
)
from thesaurus.store.records import utc

_TABLE = "transcoding"
_MOST_NAMED = 20
# Some megabytes for each edition.
_WITHOUT_CONTENT = defer(TranscodingSignatureRow.payload, raiseload=True)


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided of a code; the highest version of a code stands.

    Attributes:
        decision: accepted, rejected, or proposed where a decision was taken back.
        targets: codes of the younger release.
    """

    code: str
    version: int
    decision: Decision
    targets: tuple[str, ...]
    actor: str
    at: dt.datetime
    comment: str | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What it says to who follows the table; None where it was taken back."""
        if self.decision is Decision.PROPOSED:
            return None
        return Verdict(self.decision is Decision.ACCEPTED, self.targets)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision to be written.

    Attributes:
        targets: None for those that the table proposes.
        seen_version: the version that the author saw, 0 where none; None: whatever stands.
    """

    code: str
    decision: Decision
    targets: tuple[str, ...] | None = None
    comment: str | None = None
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A table as it was signed.

    Attributes:
        edition: from 1; a table that was reopened may be signed again.
        reopened: when, by whom and why it was opened again; None while it stands.
    """

    edition: int
    actor: str
    at: dt.datetime
    comment: str | None
    sha256: str
    reopened: tuple[dt.datetime, str, str] | None = None


class Transcodings:
    """Reads and writes decisions and signatures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        """A number that changes with every decision and signature."""
        with self._database.reading() as session:
            return revision(session, _TABLE)

    def tables(self, *, legacy: bool = True) -> Mapping[tuple[str, str], Mapping[str, Decided]]:
        """Return what stands: (source, target) -> code -> decision.

        Args:
            legacy: whether those of legacy tables are wanted too, which may be many.
        """
        newest = select(
            TranscodingDecisionRow.table_id,
            TranscodingDecisionRow.code,
            func.max(TranscodingDecisionRow.version).label("version"),
        ).group_by(TranscodingDecisionRow.table_id, TranscodingDecisionRow.code)
        last = newest.subquery()
        query = (
            select(TranscodingTableRow.source, TranscodingTableRow.target, TranscodingDecisionRow)
            .join(TranscodingDecisionRow)
            .join(
                last,
                (last.c.table_id == TranscodingDecisionRow.table_id)
                & (last.c.code == TranscodingDecisionRow.code)
                & (last.c.version == TranscodingDecisionRow.version),
            )
        )
        if not legacy:
            query = query.where(TranscodingTableRow.source.not_in(select(LegacyTableRow.name)))
        found: dict[tuple[str, str], dict[str, Decided]] = {}
        with self._database.reading() as session:
            for source, target, row in session.execute(query):
                found.setdefault((source, target), {})[row.code] = _decided(row)
        return found

    def history(
        self,
        source: str,
        target: str,
        code: str | None = None,
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> Sequence[Decided]:
        """Return the decisions of a table, the latest first; of one code if it is given."""
        row = TranscodingDecisionRow
        query = (
            select(TranscodingDecisionRow)
            .join(TranscodingTableRow)
            .where(*_is(source, target))
            .order_by(row.at.desc(), row.version.desc(), row.code)
            .offset(offset)
            .limit(limit)
        )
        if code is not None:
            query = query.where(TranscodingDecisionRow.code == code)
        with self._database.reading() as session:
            return [_decided(row) for row in session.scalars(query)]

    def decide(
        self, source: str, target: str, wanted: Iterable[Wanted], *, actor: str
    ) -> Sequence[Decided]:
        """Write decisions in one transaction: all of them, or none. What stood stays readable.

        Raises:
            Conflict: the table is signed, or somebody decided since the author looked.
        """
        ready = tuple(wanted)
        try:
            with self._database.writing() as session:
                changed(session, _TABLE)  # first: whoever comes second waits here, and then sees
                table = _table(session, source, target)
                _refuse_signed(session, table)
                last = _versions(session, table)
                if stale := [each.code for each in ready if _is_stale(each, last)]:
                    raise _overtaken(stale)
                rows = [_new_row(table, each, last.get(each.code, 0) + 1, actor) for each in ready]
                session.add_all(rows)
                session.flush()
                return [_decided(row) for row in rows]
        except IntegrityError:
            raise _overtaken() from None

    # -- signatures ----------------------------------------------------------------------

    def signatures(self, source: str, target: str) -> Sequence[Signature]:
        """Return the signatures of a table, the latest first."""
        query = (
            select(TranscodingSignatureRow)
            .join(TranscodingTableRow)
            .where(*_is(source, target))
            .order_by(TranscodingSignatureRow.edition.desc())
            .options(_WITHOUT_CONTENT)
        )
        with self._database.reading() as session:
            return [_signature(row) for row in session.scalars(query)]

    def signed(self, source: str, target: str) -> Signature | None:
        """Return the signature that stands."""
        last = next(iter(self.signatures(source, target)), None)
        return last if last and last.reopened is None else None

    def signed_content(self, source: str, target: str, edition: int) -> Any:
        """Return what was signed, a JSON value. Raises Conflict, DamagedRelease."""
        query = (
            select(TranscodingSignatureRow)
            .join(TranscodingTableRow)
            .where(*_is(source, target), TranscodingSignatureRow.edition == edition)
        )
        with self._database.reading() as session:
            row = session.scalars(query).first()
            if row is None:
                raise Conflict(
                    f"La table {source} → {target} n'a pas d'édition {edition} signée.",
                    f"The table {source} → {target} has no signed edition {edition}.",
                )
            return read_part(Part(_TABLE, row.sha256, row.payload), f"{source} → {target}")

    def sign(
        self, source: str, target: str, content: Any, *, actor: str, seen: int, comment: str | None
    ) -> Signature:
        """Freeze a table.

        Args:
            content: the whole table, a JSON value.
            seen: the ``version`` of the decisions that the content was made of.

        Raises:
            Conflict: it is signed already, or somebody decided meanwhile.
        """
        part = make_part(_TABLE, content)
        try:
            with self._database.writing() as session:
                changed(session, _TABLE)
                if revision(session, _TABLE) != seen + 1:
                    raise _overtaken()
                table = _table(session, source, target)
                _refuse_signed(session, table)
                row = TranscodingSignatureRow(
                    table_id=table.id,
                    edition=_editions(session, table) + 1,
                    actor=actor,
                    at=dt.datetime.now(dt.UTC),
                    comment=comment,
                    sha256=part.sha256,
                    payload=part.payload,
                )
                session.add(row)
                session.flush()
                return _signature(row)
        except IntegrityError:
            raise _overtaken() from None

    def reopen(self, source: str, target: str, *, actor: str, why: str) -> Signature:
        """Open a signed table again; the signed edition stays readable.

        Raises:
            Conflict: it is not signed.
        """
        with self._database.writing() as session:
            changed(session, _TABLE)
            table = _table(session, source, target)
            row = _standing(session, table)
            if row is None:
                raise Conflict(
                    f"La table {source} → {target} n'est pas signée ; il n'y a rien à rouvrir.",
                    f"The table {source} → {target} is not signed; there is nothing to reopen.",
                )
            row.reopened_by, row.reopened_at, row.reopened_why = actor, dt.datetime.now(dt.UTC), why
            session.flush()
            return _signature(row)


def _is(source: str, target: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return TranscodingTableRow.source == source, TranscodingTableRow.target == target


def _table(session: Session, source: str, target: str) -> TranscodingTableRow:
    row = session.scalars(select(TranscodingTableRow).where(*_is(source, target))).first()
    if row is None:
        row = TranscodingTableRow(source=source, target=target)
        session.add(row)
        session.flush()
    return row


def unsigned(session: Session, source: str, target: str) -> Conflict | None:
    """Return what is wrong where no signature of a table stands, in this transaction."""
    table = session.scalars(select(TranscodingTableRow).where(*_is(source, target))).first()
    if table and _standing(session, table):
        return None
    return Conflict(
        f"La table de transcodage {source} → {target} n'est pas signée : thesaurus "
        f"transcoding show {source} {target} --open, puis transcoding sign {source} {target} "
        "(THESAURUS_SIGNED_TRANSCODING l'exige ; --force passe outre).",
        f"The transcoding table {source} → {target} is not signed: thesaurus "
        f"transcoding show {source} {target} --open, then transcoding sign {source} {target} "
        "(THESAURUS_SIGNED_TRANSCODING demands it; --force goes against it).",
    )


def _standing(session: Session, table: TranscodingTableRow) -> TranscodingSignatureRow | None:
    query = select(TranscodingSignatureRow).where(
        TranscodingSignatureRow.table_id == table.id, TranscodingSignatureRow.reopened_at.is_(None)
    )
    return session.scalars(query.options(_WITHOUT_CONTENT)).first()


def _editions(session: Session, table: TranscodingTableRow) -> int:
    query = select(func.max(TranscodingSignatureRow.edition)).where(
        TranscodingSignatureRow.table_id == table.id
    )
    return session.scalar(query) or 0


def _refuse_signed(session: Session, table: TranscodingTableRow) -> None:
    if row := _standing(session, table):
        day = f"{utc(row.at):%Y-%m-%d}"
        raise Conflict(
            f"La table {table.source} → {table.target} est signée (édition {row.edition}, "
            f"{row.actor}, {day}) ; la rouvrir d'abord, avec un motif.",
            f"The table {table.source} → {table.target} is signed (edition {row.edition}, "
            f"{row.actor}, {day}); reopen it first, with a reason.",
        )


def _overtaken(codes: Sequence[str] = ()) -> Conflict:
    """Somebody decided of these codes since the author looked."""
    more = f", … ({len(codes)})" if len(codes) > _MOST_NAMED else ""
    named = f" ({', '.join(codes[:_MOST_NAMED])}{more})" if codes else ""
    return Conflict(
        f"Quelqu'un a décidé entre-temps dans cette table{named} ; la relire d'abord.",
        f"Somebody has decided in this table meanwhile{named}; read it again first.",
    )


def _versions(session: Session, table: TranscodingTableRow) -> Mapping[str, int]:
    """The last version of each code that was ever decided in a table."""
    row = TranscodingDecisionRow
    query = select(row.code, func.max(row.version)).where(row.table_id == table.id)
    return {code: last for code, last in session.execute(query.group_by(row.code))}  # noqa: C416


def _is_stale(wanted: Wanted, last: Mapping[str, int]) -> bool:
    return wanted.seen_version not in (None, last.get(wanted.code, 0))


def _new_row(
    table: TranscodingTableRow, wanted: Wanted, version: int, actor: str
) -> TranscodingDecisionRow:
    return TranscodingDecisionRow(
        table_id=table.id,
        code=wanted.code,
        version=version,
        decision=wanted.decision,
        targets=list(wanted.targets or ()),
        actor=actor,
        at=dt.datetime.now(dt.UTC),
        comment=wanted.comment,
    )


def _decided(row: TranscodingDecisionRow) -> Decided:
    return Decided(
        row.code,
        row.version,
        Decision(row.decision),
        tuple(row.targets),
        row.actor,
        utc(row.at),
        row.comment,
    )


def _signature(row: TranscodingSignatureRow) -> Signature:
    reopened = None
    if row.reopened_at is not None:
        reopened = (utc(row.reopened_at), row.reopened_by or "", row.reopened_why or "")
    return Signature(row.edition, row.actor, utc(row.at), row.comment, row.sha256, reopened)
