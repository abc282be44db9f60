"""What is open now: releases read from the register, indexed, and served from memory.

Requests take one ``Open`` and use it to the end, so that an answer is never of two releases. The
register is followed by a thread; a newly activated release is built aside and swapped in.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from ontologies.errors import InvalidRequest, NoActiveRelease, UnknownRelease
from ontologies.release import Snapshot
from search.index import Index
from thesaurus.store import Record, Register, State

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Open:
    """A release that is open: what it is, everything in it, and its index."""

    record: Record
    snapshot: Snapshot
    index: Index

    @property
    def id(self) -> str:
        return self.record.id


@dataclass(frozen=True, slots=True)
class Presence:
    """In which releases codes stand, the oldest first: (release id, code -> FlagValue)."""

    releases: tuple[tuple[str, Mapping[str, int]], ...]

    def holding(self, code: str) -> tuple[str, ...]:
        return tuple(release for release, flags in self.releases if code in flags)


@dataclass(frozen=True, slots=True)
class _View:
    """One consistent look at the register."""

    records: tuple[Record, ...]
    current: Open | None


def open_release(register: Register, record: Record) -> Open:
    """Read and index a release.

    Raises:
        UnknownRelease, DamagedRelease: it is gone, or not what was sealed.
    """
    snapshot = register.snapshot(record.id)
    snapshot.merged  # noqa: B018  (worked out now, not in the first request)
    return Open(record, snapshot, Index(snapshot))


class Runtime:
    """The open releases of one process.

    Args:
        keep: how many releases stay open beside the active one.
        follow_seconds: pause between two looks at the register.
    """

    def __init__(self, register: Register, *, keep: int = 3, follow_seconds: float = 2.0) -> None:
        self._register = register
        self._keep = keep
        self._follow_seconds = follow_seconds
        self._view = _View((), None)
        self._others: OrderedDict[str, Open] = OrderedDict()
        self._flags: dict[str, Mapping[str, int]] = {}
        self._opening = threading.Lock()
        self._stop = threading.Event()
        self._follower: threading.Thread | None = None

    # -- what requests ask -------------------------------------------------------------

    @property
    def records(self) -> tuple[Record, ...]:
        """The releases of the register, the oldest data first, as last seen."""
        return self._view.records

    def current(self) -> Open:
        """Return the active release. Raises NoActiveRelease."""
        if self._view.current is None:
            raise NoActiveRelease
        return self._view.current

    def opened(self, release: str | None = None, as_of: dt.date | None = None) -> Open | None:
        """Return the wanted release if it is open already; None means: call ``at``."""
        if release is None and as_of is None:
            return self.current()
        wanted = self._wanted(release, as_of)
        current = self._view.current
        return current if current and current.id == wanted else self._others.get(wanted)

    def at(self, release: str | None = None, as_of: dt.date | None = None) -> Open:
        """Return the active release, the one named, or the one of a date; opened if need be.

        Raises:
            InvalidRequest: both were given.
            UnknownRelease: the register has none such, or it is archived.
        """
        if found := self.opened(release, as_of):
            return found
        wanted = self._wanted(release, as_of)
        with self._opening:
            if wanted not in self._others:
                record = next(each for each in self.records if each.id == wanted)
                self._others[wanted] = open_release(self._register, record)
            self._others.move_to_end(wanted)
            found = self._others[wanted]
            while len(self._others) > self._keep:
                self._others.popitem(last=False)
        return found

    def report(self, release: str) -> Mapping[str, Any]:
        """Return the load report of a release. Raises UnknownRelease."""
        report: Mapping[str, Any] = self._register.report(release)
        return report

    def presence(self) -> Presence:
        """Tell in which releases each code stands; read once for each release."""
        for record in self.records:
            if record.id not in self._flags:
                self._flags[record.id] = self._register.flags(record.id)
        return Presence(tuple((record.id, self._flags[record.id]) for record in self.records))

    def _wanted(self, release: str | None, as_of: dt.date | None) -> str:
        if release is not None and as_of is not None:
            raise InvalidRequest(
                "Donner « release » ou « as_of », pas les deux.",
                "Give 'release' or 'as_of', not both.",
            )
        served = [each for each in self.records if each.state is not State.ARCHIVED]
        if release is not None:
            if any(each.id == release for each in served):
                return release
            raise UnknownRelease(release, [each.id for each in served])
        # Drafts are answered by name only: nobody has vouched for them.
        vouched = [each for each in served if each.state is not State.DRAFT]
        before = [each for each in vouched if as_of and each.release.date <= as_of]
        if not before:
            raise UnknownRelease(f"as_of={as_of}", [each.id for each in vouched])
        return before[-1].id

    # -- following the register --------------------------------------------------------

    def refresh(self) -> bool:
        """Look at the register once; return whether another release is served now.

        A release that cannot be opened leaves the served one in place, and the error is raised.
        """
        records = self._register.records()
        active = next((each for each in records if each.state is State.ACTIVE), None)
        current = self._view.current
        if active and (current is None or current.record.release != active.release):
            fresh = self._others.pop(active.id, None) or open_release(self._register, active)
            self._view = _View(records, fresh)
            log.info("release served", release=active.id, entities=len(fresh.snapshot))
            return True
        self._view = _View(records, current)
        return False

    def start(self) -> None:
        """Look once, then follow in a thread."""
        self._look()
        self._follower = threading.Thread(target=self._follow, name="follow-register", daemon=True)
        self._follower.start()

    def stop(self) -> None:
        self._stop.set()
        if self._follower:
            self._follower.join(timeout=10)

    def _follow(self) -> None:
        while not self._stop.wait(self._follow_seconds):
            self._look()

    def _look(self) -> None:
        try:
            self.refresh()
        except Exception as error:  # the data base may be away: keep serving, look again
            log.error("register not followed", error=type(error).__name__)  # noqa: TRY400
