"""The register: which releases there are, in which state, and what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ontologies.dataset import Dataset
from ontologies.errors import Conflict, DamagedRelease, UnknownRelease
from ontologies.release import ORPHANET, Release, Snapshot
from ontologies.systems import Coding
from thesaurus.store import content, related
from thesaurus.store.engine import Database
from thesaurus.store.models import PartRow, ReleaseRow
from thesaurus.store.records import (
    REPORT,
    Record,
    Sealed,
    State,
    give_window,
    no_such_step,
    record_of,
    row_of,
    steps_of,
    supersede,
    take_step,
)
from thesaurus.store.transcoding import unsigned


class Register:
    """Reads and writes the register of one terminology or related dataset."""

    def __init__(self, database: Database, system: str = ORPHANET) -> None:
        self._database = database
        self._system = system

    @property
    def database(self) -> Database:
        return self._database

    @property
    def system(self) -> str:
        return self._system

    def of(self, system: str) -> Register:
        """Return the register of another terminology or dataset in the same data base."""
        return Register(self._database, system)

    def records(self) -> tuple[Record, ...]:
        """Every release, the oldest data first, then in the order of loading."""
        return tuple(each for each in self.everything() if each.release.system == self._system)

    def everything(self) -> tuple[Record, ...]:
        """Every release of every terminology and dataset, in the same order."""
        with self._database.reading() as session:
            rows = session.scalars(select(ReleaseRow).order_by(ReleaseRow.date, ReleaseRow.id))
            return tuple(record_of(row) for row in rows)

    def record(self, version: str) -> Record:
        """Return one release. Raises UnknownRelease."""
        with self._database.reading() as session:
            return record_of(_row(session, self._system, version))

    def active(self) -> Record | None:
        with self._database.reading() as session:
            row = self._active_row(session)
            return record_of(row) if row else None

    def write(
        self,
        release: Release,
        parts: Iterable[content.Part],
        report: Mapping[str, Any],
        *,
        state: State,
        actor: str,
        reason: str | None = None,
    ) -> Record:
        """Seal one release. Raises Conflict, see ``write_all``."""
        sealed = Sealed(release, tuple(parts), report, state)
        return self.write_all([sealed], actor=actor, reason=reason)[0]

    def write_all(
        self, releases: Iterable[Sealed], *, actor: str, reason: str | None = None
    ) -> tuple[Record, ...]:
        """Seal releases of any systems in one transaction: all of them, or none.

        Raises:
            Conflict: the register has a release of one of these ids already.
        """
        pairs = [(sealed, row_of(sealed)) for sealed in releases]
        try:
            with self._database.writing() as session:
                for sealed, row in pairs:
                    session.add(row)
                    take_step(row, State.DRAFT, actor, reason)
                    if sealed.state is not State.DRAFT:
                        take_step(row, sealed.state, actor, None)
                session.flush()
                return tuple(record_of(row) for _, row in pairs)
        except IntegrityError:
            named = ", ".join(_named(sealed.release) for sealed, _ in pairs)
            raise Conflict(
                f"La version {named} existe déjà ; rien n'a été changé.",
                f"Release {named} already exists; nothing was changed.",
            ) from None

    def snapshot(self, version: str) -> Snapshot:
        """Read a sealed release back.

        Raises:
            UnknownRelease: there is none of this id.
            DamagedRelease: the content is not what was sealed.
        """
        record, parts = self._parts(version)
        return content.decode(record.release, parts)

    def dataset(self, version: str, known: dict[Coding, Coding] | None = None) -> Dataset:
        """Read a sealed related dataset back; ``known`` are codes to share. Raises as
        ``snapshot``.
        """
        record, parts = self._parts(version)
        return related.decode(record.release, parts, known)

    def flags(self, version: str) -> dict[str, int]:
        """Return code -> FlagValue of a release, much faster than its snapshot."""
        record, parts = self._parts(version)
        return content.flags(record.release, parts)

    def names(self, version: str) -> dict[str, list[tuple[str, str]]]:
        """Return code -> (text, language) of every name of a release. Raises as ``snapshot``."""
        record, parts = self._parts(version)
        return content.names(record.release, parts)

    def report(self, version: str) -> Any:
        """Return the load report of a release as JSON."""
        _, parts = self._parts(version)
        return content.read_part(parts[REPORT], version)

    def move(  # noqa: PLR0913  (all that must hold in one transaction)
        self,
        version: str,
        to: State,
        *,
        actor: str,
        reason: str | None = None,
        force: bool = False,
        instead_of: str | None = None,
        accepted_until: dt.date | None = None,
        put_away: Iterable[Record] = (),
        signed_from: Callable[[Record], bool] | None = None,
    ) -> Record:
        """Take a release to another state; the release that was active is superseded.

        Args:
            force: allow the step from draft to active, against failed checks, and to one whose
                table is not signed; the history says so.
            instead_of: the release that the caller believes to be active; refused if it is not.
            accepted_until: the last day on which the release that is superseded is still taken.
            put_away: releases of any system that are archived with it.
            signed_from: tells of the release that is active whether the transcoding table from it
                to one that comes after it must be signed. It is asked here, where nobody can open
                the table again or activate another release meanwhile.

        Raises:
            UnknownRelease: there is none of this id.
            Conflict: the life of a release has no such step, or its table is not signed.
        """
        with self._database.writing() as session:
            row = _row(session, self._system, version)
            active = self._active_row(session)
            if signed_from and (wrong := _unsigned(session, active, row, signed_from)):
                if not force:
                    raise wrong
                reason = f"{reason or ''} (--force : transcodage non signé)".strip()
            if force and row.state == State.DRAFT and to is State.ACTIVE:
                reason = f"{reason or ''} (--force)".strip()
            elif to not in steps_of(row):
                raise no_such_step(row, to)
            if instead_of is not None and (active is None or active.version != instead_of):
                raise Conflict(
                    "Une autre version vient d'être activée ; regarder le registre d'abord.",
                    "Another release was activated just now; look at the register first.",
                )
            if to is State.ACTIVE:
                row.accepted_until = None
                if active:
                    supersede(active, version, actor, accepted_until)
                    session.flush()
            take_step(row, to, actor, reason)
            for record in put_away:
                other = _row(session, record.release.system, record.id)
                if other.state != State.ARCHIVED:
                    take_step(other, State.ARCHIVED, actor, f"→ {version}")
            session.flush()
            return record_of(row)

    def accept_until(
        self, version: str, day: dt.date | None, *, actor: str, reason: str | None = None
    ) -> Record:
        """Set the last day on which a superseded release is still taken; None takes it back.

        Raises:
            UnknownRelease: there is none of this id.
            Conflict: it is not superseded.
        """
        with self._database.writing() as session:
            row = _row(session, self._system, version)
            give_window(row, day, actor, reason)
            session.flush()
            return record_of(row)

    def archive_all(self, *, actor: str, reason: str | None = None) -> tuple[Record, ...]:
        """Archive every release of this dataset in one transaction; return those that were not."""
        with self._database.writing() as session:
            rows = session.scalars(
                select(ReleaseRow)
                .where(ReleaseRow.system == self._system, ReleaseRow.state != State.ARCHIVED)
                .order_by(ReleaseRow.date, ReleaseRow.id)
            ).all()
            for row in rows:
                take_step(row, State.ARCHIVED, actor, reason)
            session.flush()
            return tuple(record_of(row) for row in rows)

    def _parts(self, version: str) -> tuple[Record, dict[str, content.Part]]:
        with self._database.reading() as session:
            row = _row(session, self._system, version)
            if row.format != content.FORMAT:
                raise DamagedRelease(
                    f"La version {version} est au format {row.format}, ce programme lit le "
                    f"format {content.FORMAT} : la charger de nouveau.",
                    f"Release {version} has format {row.format}, this program reads format "
                    f"{content.FORMAT}: load it again.",
                )
            found = session.execute(
                select(PartRow.name, PartRow.sha256, PartRow.payload).where(
                    PartRow.release_id == row.id
                )
            )
            return record_of(row), {
                name: content.Part(name, sha, data) for name, sha, data in found
            }

    def _active_row(self, session: Session) -> ReleaseRow | None:
        return session.scalars(
            select(ReleaseRow).where(
                ReleaseRow.system == self._system, ReleaseRow.state == State.ACTIVE
            )
        ).first()


def _row(session: Session, system: str, version: str) -> ReleaseRow:
    of_system = ReleaseRow.system == system
    row = session.scalars(
        select(ReleaseRow).where(of_system, ReleaseRow.version == version)
    ).first()
    if row is None:
        known = session.scalars(select(ReleaseRow.version).where(of_system))
        raise UnknownRelease(version, sorted(known))
    return row


def _unsigned(
    session: Session, active: ReleaseRow | None, row: ReleaseRow, asked: Callable[[Record], bool]
) -> Conflict | None:
    """Return what is wrong where nobody signed what becomes of the active release's codes.

    Codes go on to what comes later in the register, a patch with the same date too, and one that
    was gone back from; an older release has no table.
    """
    if active is None or (row.date, row.id) <= (active.date, active.id):
        return None
    return unsigned(session, active.version, row.version) if asked(record_of(active)) else None


def _named(release: Release) -> str:
    """Name a release to people: those of the nomenclature by their id alone."""
    return release.id if release.system == ORPHANET else f"{release.system} {release.id}"
