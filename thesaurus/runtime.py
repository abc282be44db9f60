"""What is open now: releases read from the register, indexed, and served from memory.

Requests take one ``Open`` and use it to the end, so that an answer is never of two releases. The
register is followed by a thread; a newly activated release is built aside and swapped in.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import gc
import sys
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import structlog

from ontologies.errors import DamagedRelease, InvalidRequest, NoActiveRelease, UnknownRelease
from ontologies.related import Related
from ontologies.release import ORPHANET, Snapshot
from ontologies.systems import CodeSystems
from search.index import Index
from thesaurus.datasets import ActiveDatasets
from thesaurus.store import Record, Register, State

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Open:
    """A release that is open: what it is, everything in it, its index, and what is active beside
    it.
    """

    record: Record
    snapshot: Snapshot
    index: Index
    related: Related

    @property
    def id(self) -> str:
        return self.record.id

    def beside(self, related: Related) -> Open:
        """Return the same release beside other datasets, indexed anew."""
        with _collector_at_rest():
            index = Index(self.snapshot, related.linked_labels)
        return Open(self.record, self.snapshot, index, related)


@dataclass(frozen=True, slots=True)
class Presence:
    """In which releases codes stand, the oldest first: (release id, code -> FlagValue)."""

    releases: tuple[tuple[str, Mapping[str, int]], ...]

    def holding(self, code: str) -> tuple[str, ...]:
        return tuple(release for release, flags in self.releases if code in flags)


@dataclass(frozen=True, slots=True)
class _View:
    """One consistent look at the register: the releases of the nomenclature and of the datasets."""

    records: tuple[Record, ...] = ()
    datasets: tuple[Record, ...] = ()
    current: Open | None = None
    presence: Presence = Presence(())


_NOTHING_RELATED = Related()


def open_release(register: Register, record: Record, related: Related = _NOTHING_RELATED) -> Open:
    """Read and index a release.

    Raises:
        UnknownRelease, DamagedRelease: it is gone, or not what was sealed.
    """
    with _collector_at_rest():
        snapshot = register.snapshot(record.id)
        snapshot.merged  # noqa: B018  (worked out now, not in the first request)
        return Open(record, snapshot, Index(snapshot, related.linked_labels), related)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Make many lasting objects without the garbage collector walking over them again and again.

    It takes a third off the time to open a release (docs/performance.md).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _settle() -> None:
    """After a swap: what was made lasts, so that later collections need not walk over it, and what
    it was made from goes back to the system, which glibc does only when it is told.
    """
    gc.collect()
    gc.freeze()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


def _answered_by_date(records: tuple[Record, ...]) -> list[Record]:
    """The releases that a date may choose, the oldest data first.

    Those that are or were active; of other years, those whose checks passed and that are older
    than the active one. A release that waits to follow it, a patch that nobody activated and a
    draft are answered by name only.
    """
    active = next((each for each in records if each.state is State.ACTIVE), None)
    served = [each for each in records if each.state in (State.ACTIVE, State.SUPERSEDED)]
    years = {each.release.date.year for each in served}
    older = [
        each
        for each in records
        if each.state in (State.CHECKED, State.TEST)
        and each.release.date.year not in years
        and not (active and each.release.date > active.release.date)
    ]
    return sorted([*served, *older], key=lambda each: each.release.date)


class Runtime:
    """The open releases of one process.

    Args:
        keep: how many releases stay open beside the active one.
        follow_seconds: pause between two looks at the register.
        systems: the code systems, for the related datasets.
    """

    def __init__(
        self,
        register: Register,
        *,
        keep: int = 3,
        follow_seconds: float = 2.0,
        systems: CodeSystems | None = None,
    ) -> None:
        self._register = register
        self._keep = keep
        self._follow_seconds = follow_seconds
        self._view = _View()
        self._active = ActiveDatasets(register, systems)
        self._others: OrderedDict[str, Open] = OrderedDict()
        self._flags: dict[str, Mapping[str, int] | None] = {}
        self._trouble: str | None = None
        self._opening = threading.Lock()
        self._stop = threading.Event()
        self._follower: threading.Thread | None = None

    # -- what requests ask -------------------------------------------------------------

    @property
    def records(self) -> tuple[Record, ...]:
        """The releases of the register, the oldest data first, as last seen."""
        return self._view.records

    @property
    def datasets(self) -> tuple[Record, ...]:
        """The releases of related datasets, the oldest data first, as last seen."""
        return self._view.datasets

    @property
    def related(self) -> Related:
        """What is active beside the nomenclature."""
        return self._active.related

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
        if current and current.id == wanted:
            return current
        with suppress(KeyError):  # it may be closed at this very moment
            self._others.move_to_end(wanted)
        return self._others.get(wanted)

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
            found = self._others.get(wanted)
            if found is None:
                record = next(each for each in self.records if each.id == wanted)
                found = open_release(self._register, record, self.related)
            self._keep_open(found)
        return found

    def report(self, release: str, system: str = ORPHANET) -> Mapping[str, Any]:
        """Return the load report of a release. Raises UnknownRelease."""
        report: Mapping[str, Any] = self._register.of(system).report(release)
        return report

    def presence(self) -> Presence:
        """Tell in which releases each code stands."""
        return self._view.presence

    def _wanted(self, release: str | None, as_of: dt.date | None) -> str:
        if release is not None and as_of is not None:
            raise InvalidRequest(
                "Donner « release » ou « as_of », pas les deux.",
                "Give 'release' or 'as_of', not both.",
            )
        if release is not None:
            served = [each.id for each in self.records if each.state is not State.ARCHIVED]
            if release not in served:
                raise UnknownRelease(release, served)
            return release
        dated = _answered_by_date(self.records)
        before = [each.id for each in dated if as_of and each.release.date <= as_of]
        if not before:
            raise UnknownRelease(f"as_of={as_of}", [each.id for each in dated])
        return before[-1]

    # -- following the register --------------------------------------------------------

    def refresh(self) -> bool:
        """Look at the register once; return whether something else is served now.

        A release that cannot be opened leaves the served one in place, and the error is raised.
        """
        everything = self._register.everything()
        records = tuple(each for each in everything if each.release.system == ORPHANET)
        datasets = tuple(each for each in everything if each.release.system != ORPHANET)
        active = next((each for each in records if each.state is State.ACTIVE), None)
        before = current = self._view.current
        try:
            with _collector_at_rest():
                related = self._active.follow(datasets)
            if before and before.related is not related:
                current = before.beside(related)
            self._close_those_beside_others(related)
            if active and (before is None or before.record.release != active.release):
                current = self._take_over(active, current, related)
        finally:
            # What cannot be opened must not hide the releases that can.
            self._view = _View(records, datasets, current, self._presence(records))
        if current is before or current is None:
            return False
        log.info("release served", release=current.id, entities=len(current.snapshot))
        return True

    def _close_those_beside_others(self, related: Related) -> None:
        with self._opening:
            if any(each.related is not related for each in self._others.values()):
                self._others.clear()

    def _take_over(self, active: Record, before: Open | None, related: Related) -> Open:
        """Open the active release, unless it is open, and keep the one before it open."""
        with self._opening:
            fresh = self._others.get(active.id)
            if fresh is None or fresh.related is not related:
                fresh = open_release(self._register, active, related)
            if before and before.related is related:
                self._keep_open(before)
        return fresh

    def _presence(self, records: tuple[Record, ...]) -> Presence:
        """Read which codes each release has, once for each; a damaged one is left out."""
        for record in records:
            if record.release.digest not in self._flags:
                self._flags[record.release.digest] = self._read_flags(record)
        return Presence(
            tuple(
                (record.id, flags)
                for record in records
                if (flags := self._flags[record.release.digest]) is not None
            )
        )

    def _read_flags(self, record: Record) -> Mapping[str, int] | None:
        try:
            return self._register.flags(record.id)
        except DamagedRelease as error:
            log.error("release left out", release=record.id, why=error.message.en)  # noqa: TRY400
            return None

    def _keep_open(self, release: Open) -> None:
        """Keep a release beside the active one; the longest unused goes. Wants the lock."""
        self._others[release.id] = release
        self._others.move_to_end(release.id)
        while len(self._others) > self._keep:
            self._others.popitem(last=False)

    def start(self) -> None:
        """Look once, then follow in a thread."""
        self._look()
        gc.freeze()  # at once, so that no request waits for a walk over the whole release
        self._follower = threading.Thread(target=self._follow, name="follow-register", daemon=True)
        self._follower.start()

    def stop(self) -> None:
        self._stop.set()
        if self._follower:
            self._follower.join(timeout=10)

    def _follow(self) -> None:
        while not self._stop.wait(self._follow_seconds):
            if self._look():
                _settle()

    def _look(self) -> bool:
        """Look once and return whether something else is served now.

        Trouble is logged when it comes and when it goes, and what is served stays.
        """
        trouble: str | None = None
        swapped = False
        try:
            swapped = self.refresh()
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}"
        if trouble != self._trouble:
            if trouble:
                log.error("register not followed", why=trouble)
            else:
                log.info("register followed again")
        self._trouble = trouble
        return swapped
