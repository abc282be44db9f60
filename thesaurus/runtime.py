"""What is open now: releases read from the register, indexed, and served from memory.

Requests take one ``Open`` and use it to the end, so that an answer is never of two releases. The
register is followed by a thread; a newly activated release is built aside and swapped in.
"""

from __future__ import annotations

import datetime as dt
import gc
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog

from ontologies.dataset import Dataset
from ontologies.errors import NoActiveRelease, UnknownRelease
from ontologies.related import Related
from ontologies.release import ORPHANET, Snapshot
from ontologies.systems import CodeSystems
from thesaurus.datasets import ActiveDatasets
from thesaurus.dating import older_than, to_serve, wanted_of, younger_than
from thesaurus.following import Follower
from thesaurus.local import Local
from thesaurus.opening import Open, collector_at_rest, open_release
from thesaurus.presence import Flags, Presence
from thesaurus.store import Perimeter, Record, Register, UsageCounts

__all__ = ["Open", "Runtime", "open_release"]

log = structlog.get_logger()


_NOTHING_KNOWN = Presence(())


@dataclass(frozen=True, slots=True)
class _View:
    """One consistent look at the register: the releases of the nomenclature and of the datasets."""

    records: tuple[Record, ...] = ()
    datasets: tuple[Record, ...] = ()
    current: Open | None = None
    presence: Presence = _NOTHING_KNOWN


def _is_of(opened: Open | None, record: Record, records: tuple[Record, ...]) -> bool:
    """Tell whether a release is open as the register has it, with the names of older ones."""
    if opened is None or opened.record.release != record.release:
        return False
    older = tuple(each.id for each in older_than(record, records))
    younger = tuple(each.id for each in younger_than(record, records))
    return (opened.older, opened.younger) == (older, younger)


class Runtime:
    """The open releases of one process.

    Args:
        keep: how many releases stay open beside the active one.
        follow_seconds: pause between two looks at the register.
        systems: the code systems, for the related datasets.
        sandbox: whether the youngest release in test answers instead of the active one.
    """

    def __init__(
        self,
        register: Register,
        *,
        keep: int = 3,
        follow_seconds: float = 2.0,
        systems: CodeSystems | None = None,
        sandbox: bool = False,
    ) -> None:
        self._register = register
        self.sandbox = sandbox
        self._keep = keep
        self._view = self._before = _View()
        self._active = ActiveDatasets(register, systems)
        self._local = Local(register.database)
        self._local_version = ""
        self._others: OrderedDict[str, Open] = OrderedDict()
        self._flags = Flags(register)
        self._snapshots: OrderedDict[str, Snapshot] = OrderedDict()
        self._opening = threading.Lock()
        self._follower = Follower(self.refresh, self._warm, seconds=follow_seconds)

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

    @property
    def usage(self) -> UsageCounts:
        """How often each code was chosen, as last seen."""
        return self._local.usage

    @property
    def perimeters(self) -> Mapping[str, Perimeter]:
        """The perimeters by name, as last seen."""
        return self._local.perimeters

    @property
    def local_version(self) -> str:
        """Changes when an answer may: once new counts and perimeters are served, for ETags."""
        return self._local_version

    def perimeter(self, name: str) -> frozenset[str]:
        """Return the codes of a perimeter. Raises UnknownPerimeter."""
        return self._local.perimeter(name)

    @property
    def open_releases(self) -> tuple[str, ...]:
        """The ids of the releases that are open, the one that answers first."""
        current = self._view.current
        return tuple(dict.fromkeys((*((current.id,) if current else ()), *self._others)))

    def ask_register(self) -> None:
        """Ask the data base something small. Raises DatabaseUnavailable."""
        self._register.active()

    def current(self) -> Open:
        """Return the active release, in a sandbox the one in test. Raises NoActiveRelease."""
        if self._view.current is None:
            raise NoActiveRelease
        return self._view.current

    def opened(self, release: str | None = None, as_of: dt.date | None = None) -> Open | None:
        """Return the wanted release if it is open already; None means: call ``at``."""
        if release is None and as_of is None:
            return self.current()
        wanted = wanted_of(self.records, release, as_of)
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
        wanted = wanted_of(self.records, release, as_of)
        with self._opening:
            found = self._others.get(wanted)
            if found is None:
                record = next(each for each in self.records if each.id == wanted)
                found = self._open(record, self.related, self.records)
                found.index.warm()
            self._keep_open(found)
        return found

    def snapshot(self, release: str) -> Snapshot:
        """Return the content of a release without its index, for comparisons.

        That of a release which is open is shared; of others the last few are kept.

        Raises:
            UnknownRelease: the register has none such, or it is archived.
            DamagedRelease: it is not what was sealed.
        """
        return self._content(wanted_of(self.records, release))

    def sealed(self, release: str) -> Snapshot:
        """Return the content of a release in any state, for the tables that rest on it.

        Raises:
            UnknownRelease: the register has none such.
            DamagedRelease: it is not what was sealed.
        """
        known = [each.id for each in self.records]
        if release not in known:
            raise UnknownRelease(release, known)
        return self._content(release)

    def _content(self, wanted: str) -> Snapshot:
        current = self._view.current
        found = current if current and current.id == wanted else self._others.get(wanted)
        if found:
            return found.snapshot
        with self._opening:
            kept = self._snapshots.get(wanted)
            record = next(each for each in self.records if each.id == wanted)
            if kept is None or kept.release.digest != record.release.digest:
                with collector_at_rest():
                    kept = self._snapshots[wanted] = self._register.snapshot(wanted)
            self._snapshots.move_to_end(wanted)
            while len(self._snapshots) > self._keep:
                self._snapshots.popitem(last=False)
        return kept

    def dataset(self, system: str, release: str) -> Dataset:
        """Return a release of a related dataset, active or not; it is not kept.

        Raises:
            UnknownRelease, DamagedRelease
        """
        return self._register.of(system).dataset(release)

    def report(self, release: str, system: str = ORPHANET) -> Mapping[str, Any]:
        """Return the load report of a release. Raises UnknownRelease."""
        report: Mapping[str, Any] = self._register.of(system).report(release)
        return report

    def presence(self, current: Open | None = None) -> Presence:
        """Tell in which releases each code stands.

        Args:
            current: the release that a request took as the current one; what is told is then of the
                same moment, also where another one was activated since.
        """
        view, before = self._view, self._before
        of_before = current is not None and before.current is current
        return before.presence if of_before and view.current is not current else view.presence

    # -- following the register --------------------------------------------------------

    def refresh(self) -> bool:
        """Look at the register once; return whether something else is served now.

        A release that cannot be opened leaves the served one in place, and the error is raised.
        """
        self._local.follow()
        everything = self._register.everything()
        records = tuple(each for each in everything if each.release.system == ORPHANET)
        datasets = tuple(each for each in everything if each.release.system != ORPHANET)
        active = to_serve(records, sandbox=self.sandbox)
        before = current = self._view.current
        try:
            with collector_at_rest():
                related = self._active.follow(datasets)
            if before and before.related is not related:
                current = before.beside(related)
            self._close_outdated(related, records)
            if active and not _is_of(before, active, records):
                current = self._take_over(active, current, related, records)
            if before and current:  # the first one is warmed when it is served already
                current.index.warm()
        finally:
            self._count_use(current)
            # What cannot be opened must not hide the releases that can.
            if current is not self._view.current:
                self._before = self._view
            self._view = _View(
                records, datasets, current, self._flags.presence(records, self._local.decided)
            )
        if current is before or current is None:
            return False
        log.info("release served", release=current.id, entities=len(current.snapshot))
        return True

    def _close_outdated(self, related: Related, records: tuple[Record, ...]) -> None:
        """Close what is open beside other datasets, or with the names of other releases."""
        known = {record.id: record for record in records}
        with self._opening:
            for name, each in list(self._others.items()):
                record = known.get(name)
                if each.related is not related or not record or not _is_of(each, record, records):
                    del self._others[name]

    def _take_over(
        self, active: Record, before: Open | None, related: Related, records: tuple[Record, ...]
    ) -> Open:
        """Open the active release, unless it is open, and keep the one before it open."""
        with self._opening:
            fresh = self._others.get(active.id)
            if fresh is None or fresh.related is not related or not _is_of(fresh, active, records):
                fresh = self._open(active, related, records)
            if before and before.related is related and before.id != active.id:
                self._keep_open(before)
        return fresh

    def _open(self, record: Record, related: Related, records: tuple[Record, ...]) -> Open:
        older, younger = older_than(record, records), younger_than(record, records)
        found = open_release(self._register, record, related, older, younger)
        self._count_use_of(found)
        return found

    def _count_use_of(self, opened: Open) -> None:
        usage = self.usage
        if opened.index.usage_version != usage.version:
            opened.index.used(usage.counts, usage.version)

    def _count_use(self, current: Open | None) -> None:
        """Lay new counts of use over what is open."""
        usage = self.usage
        with self._opening:
            opened = (current, *self._others.values())
        for each in opened:
            if each:
                self._count_use_of(each)
        self._local_version = f"{usage.version} {self._local.perimeters_version}"

    def _keep_open(self, release: Open) -> None:
        """Keep a release beside the active one; the longest unused goes. Wants the lock."""
        self._others[release.id] = release
        self._others.move_to_end(release.id)
        while len(self._others) > self._keep:
            self._others.popitem(last=False)

    def start(self) -> None:
        """Look once, then follow in a thread; what fails is logged, and what is served stays."""
        self._follower.start()

    def stop(self) -> None:
        self._follower.stop()

    def _warm(self) -> None:
        if current := self._view.current:
            current.index.warm()
            gc.freeze()
