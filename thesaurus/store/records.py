"""What the register says of a release, and the steps of its life; rows of the table and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ontologies.errors import Conflict
from ontologies.release import ORPHANET, Release, SourceFile
from thesaurus.store import content
from thesaurus.store.models import EventRow, PartRow, ReleaseRow

REPORT = "report"


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
    """What the register knows of a release.

    Attributes:
        accepted_until: the last day on which the release, superseded, is still taken; None where
            nobody set one.
    """

    release: Release
    state: State
    history: tuple[Event, ...]
    accepted_until: dt.date | None = None

    @property
    def id(self) -> str:
        return self.release.id

    @property
    def was_active(self) -> bool:
        """Tell whether it is active or ever was."""
        return self.activated_on is not None

    @property
    def activated_on(self) -> dt.date | None:
        """The day (UTC) on which it was last made the active one."""
        days = (each.at.date() for each in self.history if each.to_state is State.ACTIVE)
        return max(days, default=None)

    @property
    def superseded_on(self) -> dt.date | None:
        """The day (UTC) on which another release last took its place."""
        days = (
            each.at.date()
            for each in self.history
            if (each.from_state, each.to_state) == (State.ACTIVE, State.SUPERSEDED)
        )
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A release that is ready to be written: what it is, its parts, its report, its first state."""

    release: Release
    parts: tuple[content.Part, ...]
    report: Mapping[str, Any]
    state: State


def row_of(sealed: Sealed) -> ReleaseRow:
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
            for part in (*sealed.parts, content.make_part(REPORT, sealed.report))
        ],
        events=[],
    )


def take_step(row: ReleaseRow, to: State, actor: str, reason: str | None) -> None:
    """Move a release and note who did it and why; to the state that it has: only note."""
    before = None if not row.events else row.state
    row.state = to
    row.events.append(
        EventRow(
            at=dt.datetime.now(dt.UTC), actor=actor, from_state=before, to_state=to, reason=reason
        )
    )


def supersede(row: ReleaseRow, by: str, actor: str, accepted_until: dt.date | None) -> None:
    """Take the active release out of its place; the history says until when it is still taken."""
    row.accepted_until = accepted_until
    window = f" ({window_in_words(accepted_until)})" if accepted_until else ""
    take_step(row, State.SUPERSEDED, actor, f"→ {by}{window}")


def give_window(row: ReleaseRow, until: dt.date | None, actor: str, reason: str | None) -> None:
    """Change until when a superseded release is taken. Raises Conflict where it is none."""
    if row.state != State.SUPERSEDED:
        raise Conflict(
            f"La version {row.version} est à l'état « {row.state} » ; seule une version remplacée "
            "(superseded) est encore admise pour un temps.",
            f"Release {row.version} is in state '{row.state}'; only a superseded release is still "
            "taken for a time.",
        )
    row.accepted_until = until
    said = window_in_words(until)
    take_step(row, State.SUPERSEDED, actor, f"{said} : {reason}" if reason else said)


def window_in_words(until: dt.date | None) -> str:
    return f"admise jusqu'au {until}" if until else "sans fenêtre propre"


def steps_of(row: ReleaseRow) -> frozenset[State]:
    if row.state == State.ARCHIVED:
        return frozenset({State(row.events[-1].from_state or State.DRAFT)})
    steps = _STEPS if row.system == ORPHANET else _STEPS_OF_RELATED
    return steps[State(row.state)]


def no_such_step(row: ReleaseRow, to: State) -> Conflict:
    if row.state == to:
        return Conflict(
            f"La version {row.version} est déjà à l'état « {to} ».",
            f"Release {row.version} is already in state '{to}'.",
        )
    steps = ", ".join(sorted(steps_of(row))) or "-"
    hint_fr, hint_en = f" États possibles : {steps}.", f" Possible states: {steps}."
    if row.state == State.DRAFT:
        hint_fr = " Des contrôles d'intégrité ont échoué ; --force l'active malgré tout."
        hint_en = " Integrity checks failed; --force activates it all the same."
    return Conflict(
        f"La version {row.version} ne passe pas de « {row.state} » à « {to} ».{hint_fr}",
        f"Release {row.version} does not go from '{row.state}' to '{to}'.{hint_en}",
    )


def record_of(row: ReleaseRow) -> Record:
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
            utc(event.at),
            event.actor,
            State(event.from_state) if event.from_state else None,
            State(event.to_state),
            event.reason,
        )
        for event in row.events
    )
    state = State(row.state)
    # Kept in the row while a release is archived, for the day on which it comes back.
    window = row.accepted_until if state is State.SUPERSEDED else None
    return Record(release, state, history, window)


def utc(moment: dt.datetime) -> dt.datetime:
    """SQLite forgets the time zone; what we write is always UTC."""
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
