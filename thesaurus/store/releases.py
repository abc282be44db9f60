"""The register: which releases there are, in which state, and what they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ontologies.dataset import Dataset
from ontologies.errors import Conflict, DamagedRelease, UnknownRelease
from ontologies.release import ORPHANET, Release, Snapshot, SourceFile
from ontologies.systems import Coding
from thesaurus.store import content, related
from thesaurus.store.engine import Database
from thesaurus.store.models import EventRow, PartRow, ReleaseRow

_REPORT = "report"


class State(StrEnum):
    """Where a release stands in its life (domain rules, section 6)."""

    DRAFT = "draft"
    CHECKED = "checked"
    TEST = "test"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    ARCHIVED = "archived"


# Superseded is what activation does to the release before; archived goes back to where it was.
_STEPS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.ARCHIVED}),
    State.CHECKED: frozenset({State.TEST, State.ACTIVE, State.ARCHIVED}),
    State.TEST: frozenset({State.CHECKED, State.ACTIVE, State.ARCHIVED}),
    State.ACTIVE: frozenset(),
    State.SUPERSEDED: frozenset({State.ACTIVE, State.ARCHIVED}),
}
# The service cannot do without a nomenclature, but it can without any related dataset.
_STEPS_OF_RELATED = {**_STEPS, State.ACTIVE: frozenset({State.ARCHIVED})}


@dataclass(frozen=True, slots=True)
class Event:
    """A step in the life of a release: when, who, from where to where, why."""

    at: dt.datetime
    actor: str
    from_state: State | None
    to_state: State
    reason: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """What the register knows of a release."""

    release: Release
    state: State
    history: tuple[Event, ...]

    @property
    def id(self) -> str:
        return self.release.id


@dataclass(frozen=True, slots=True)
class Sealed:
    """A release that is ready to be written: what it is, its parts, its report, its first state."""

    release: Release
    parts: tuple[content.Part, ...]
    report: Mapping[str, Any]
    state: State


class Register:
    """Reads and writes the register of one terminology or related dataset."""

    def __init__(self, database: Database, system: str = ORPHANET) -> None:
        self._database = database
        self._system = system

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
            return tuple(_record(row) for row in rows)

    def record(self, version: str) -> Record:
        """Return one release. Raises UnknownRelease."""
        with self._database.reading() as session:
            return _record(self._row(session, version))

    def active(self) -> Record | None:
        with self._database.reading() as session:
            row = self._active_row(session)
            return _record(row) if row else None

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
        pairs = [(sealed, _row_of(sealed)) for sealed in releases]
        try:
            with self._database.writing() as session:
                for sealed, row in pairs:
                    session.add(row)
                    _step(row, State.DRAFT, actor, reason)
                    if sealed.state is not State.DRAFT:
                        _step(row, sealed.state, actor, None)
                session.flush()
                return tuple(_record(row) for _, row in pairs)
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

    def report(self, version: str) -> Any:
        """Return the load report of a release as JSON."""
        _, parts = self._parts(version)
        return content.read_part(parts[_REPORT], version)

    def move(
        self,
        version: str,
        to: State,
        *,
        actor: str,
        reason: str | None = None,
        force: bool = False,
        instead_of: str | None = None,
    ) -> Record:
        """Take a release to another state; the release that was active is superseded.

        Args:
            force: allow the step from draft to active, against failed checks; the history says so.
            instead_of: the release that the caller believes to be active; refused if it is not.

        Raises:
            UnknownRelease: there is none of this id.
            Conflict: the life of a release has no such step.
        """
        with self._database.writing() as session:
            row = self._row(session, version)
            if force and row.state == State.DRAFT and to is State.ACTIVE:
                reason = f"{reason or ''} (--force)".strip()
            elif to not in _steps(row):
                raise _no_such_step(row, to)
            active = self._active_row(session)
            if instead_of is not None and (active is None or active.version != instead_of):
                raise Conflict(
                    "Une autre version vient d'être activée ; regarder le registre d'abord.",
                    "Another release was activated just now; look at the register first.",
                )
            if to is State.ACTIVE and active:
                _step(active, State.SUPERSEDED, actor, f"→ {version}")
                session.flush()
            _step(row, to, actor, reason)
            session.flush()
            return _record(row)

    def archive_all(self, *, actor: str, reason: str | None = None) -> tuple[Record, ...]:
        """Archive every release of this dataset in one transaction; return those that were not."""
        with self._database.writing() as session:
            rows = session.scalars(
                select(ReleaseRow)
                .where(ReleaseRow.system == self._system, ReleaseRow.state != State.ARCHIVED)
                .order_by(ReleaseRow.date, ReleaseRow.id)
            ).all()
            for row in rows:
                _step(row, State.ARCHIVED, actor, reason)
            session.flush()
            return tuple(_record(row) for row in rows)

    def _parts(self, version: str) -> tuple[Record, dict[str, content.Part]]:
        with self._database.reading() as session:
            row = self._row(session, version)
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
            return _record(row), {name: content.Part(name, sha, data) for name, sha, data in found}

    def _row(self, session: Session, version: str) -> ReleaseRow:
        query = select(ReleaseRow).where(
            ReleaseRow.system == self._system, ReleaseRow.version == version
        )
        row = session.scalars(query).first()
        if row is None:
            known = session.scalars(
                select(ReleaseRow.version).where(ReleaseRow.system == self._system)
            )
            raise UnknownRelease(version, sorted(known))
        return row

    def _active_row(self, session: Session) -> ReleaseRow | None:
        return session.scalars(
            select(ReleaseRow).where(
                ReleaseRow.system == self._system, ReleaseRow.state == State.ACTIVE
            )
        ).first()


def _row_of(sealed: Sealed) -> ReleaseRow:
    release = sealed.release
    return ReleaseRow(
        system=release.system,
        version=release.id,
        state=State.DRAFT,
        date=release.date,
        digest=release.digest,
        format=content.FORMAT,
        languages=list(release.languages),
        licence=release.licence,
        counts=dict(release.counts),
        sources=[asdict(source) for source in release.sources],
        parts=[
            PartRow(name=part.name, sha256=part.sha256, payload=part.payload)
            for part in (*sealed.parts, content.make_part(_REPORT, sealed.report))
        ],
        events=[],
    )


def _named(release: Release) -> str:
    """Name a release to people: those of the nomenclature by their id alone."""
    return release.id if release.system == ORPHANET else f"{release.system} {release.id}"


def _step(row: ReleaseRow, to: State, actor: str, reason: str | None) -> None:
    before = None if not row.events else row.state
    row.state = to
    row.events.append(
        EventRow(
            at=dt.datetime.now(dt.UTC), actor=actor, from_state=before, to_state=to, reason=reason
        )
    )


def _steps(row: ReleaseRow) -> frozenset[State]:
    if row.state == State.ARCHIVED:
        return frozenset({State(row.events[-1].from_state or State.DRAFT)})
    steps = _STEPS if row.system == ORPHANET else _STEPS_OF_RELATED
    return steps[State(row.state)]


def _no_such_step(row: ReleaseRow, to: State) -> Conflict:
    if row.state == to:
        return Conflict(
            f"La version {row.version} est déjà à l'état « {to} ».",
            f"Release {row.version} is already in state '{to}'.",
        )
    steps = ", ".join(sorted(_steps(row))) or "-"
    hint_fr, hint_en = f" États possibles : {steps}.", f" Possible states: {steps}."
    if row.state == State.DRAFT:
        hint_fr = " Des contrôles d'intégrité ont échoué ; --force l'active malgré tout."
        hint_en = " Integrity checks failed; --force activates it all the same."
    return Conflict(
        f"La version {row.version} ne passe pas de « {row.state} » à « {to} ».{hint_fr}",
        f"Release {row.version} does not go from '{row.state}' to '{to}'.{hint_en}",
    )


def _record(row: ReleaseRow) -> Record:
    release = Release(
        id=row.version,
        date=row.date,
        languages=tuple(row.languages),
        licence=row.licence,
        digest=row.digest,
        counts=row.counts,
        sources=tuple(SourceFile(**source) for source in row.sources),
        system=row.system,
    )
    history = tuple(
        Event(
            _utc(event.at),
            event.actor,
            State(event.from_state) if event.from_state else None,
            State(event.to_state),
            event.reason,
        )
        for event in row.events
    )
    return Record(release, State(row.state), history)


def _utc(moment: dt.datetime) -> dt.datetime:
    """SQLite forgets the time zone; what we write is always UTC."""
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
