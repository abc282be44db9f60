"""What each release says of each entity, small enough to keep for many releases at once.

A code keeps most of what it is from year to year, so that equal traces and names are shared: the
first release costs the most, the next ones little more than the list of their codes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import structlog

from ontologies.aggregation import aggregate
from ontologies.concept import (
    Aggregation,
    Concept,
    EntityType,
    LabelKind,
    Level,
    Redirection,
    Status,
)
from ontologies.differences import Kind
from ontologies.differences.scope import Scope
from ontologies.errors import DamagedRelease
from ontologies.release import Release, Snapshot
from thesaurus.dating import answered_by_date
from thesaurus.store import Record, State

log = structlog.get_logger()

_AT_THE_START_SECONDS = 0.5
"""How long the first answers go before what only quickens later ones."""


class _Stopped(Exception):
    """The service ends; the reading ahead is given up."""


class Trace(NamedTuple):
    """What one release says of an entity.

    Attributes:
        aggregation: the code as it is answered, derived where the file does not say it.
        names: language -> preferred term, as pairs in the order of the file.
    """

    flag: int
    level: Level | None
    type: EntityType | None
    redirection: Redirection | None
    aggregation: Aggregation
    names: tuple[tuple[str, str], ...]

    @property
    def status(self) -> Status:
        return Status.of_flag(self.flag)

    def name(self, lang: str) -> tuple[str, str]:
        """Return (language, preferred term) in ``lang``, else in another language."""
        return next((each for each in self.names if each[0] == lang), self.names[0])


@dataclass(frozen=True, slots=True)
class Traces:
    """What one release says of every entity that it has, and what it says at all."""

    record: Record
    scope: Scope
    by_code: Mapping[str, Trace]

    def get(self, code: str) -> Trace | None:
        return self.by_code.get(code)

    def would_name(self, trace: Trace) -> bool:
        """Tell whether the release would name an entity if it were as another release has it.

        Of a release that was made of classifications alone one cannot tell.
        """
        return self.scope.kind != "classification" and trace.status in self.scope.statuses


class Releases(Protocol):
    """Where releases are taken from; the ``Runtime`` of a service."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The releases of the nomenclature."""

    def snapshot(self, release: str) -> Snapshot:
        """Return the content of a release. Raises UnknownRelease, DamagedRelease."""


class Remembered:
    """The traces of sealed releases, which never change, by digest: each is read once.

    A service that starts reads them ahead, in a thread, so that no reader has to wait; releases
    that are loaded later are read when a life is asked.
    """

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self._kept: dict[str, tuple[Scope, Mapping[str, Trace]]] = {}
        self._shared: dict[tuple[Any, ...], Any] = {}
        self._reading = threading.Lock()
        self._stop = threading.Event()
        self._ahead: threading.Thread | None = None

    @property
    def records(self) -> tuple[Record, ...]:
        return self._releases.records

    def of(self, records: Iterable[Record]) -> Iterator[Traces]:
        """Yield the traces of releases; a damaged one is left out.

        Raises:
            UnknownRelease: one is gone, or archived.
        """
        for record in records:
            try:
                scope, by_code = self._of(record.release)
            except DamagedRelease as error:
                log.error("release left out", release=record.id, why=error.message.en)  # noqa: TRY400
            else:
                yield Traces(record, scope, by_code)

    def _of(self, release: Release) -> tuple[Scope, Mapping[str, Trace]]:
        if found := self._kept.get(release.digest):
            return found
        with self._reading:
            found = self._kept.get(release.digest)
            if found is None:
                self._forget()
                snapshot = self._releases.snapshot(release.id)
                by_code = dict(self._read(snapshot))
                found = self._kept[release.digest] = Scope.of(snapshot), by_code
        return found

    def _read(self, snapshot: Snapshot) -> Iterator[tuple[str, Trace]]:
        for each in snapshot:
            if self._stop.is_set():
                raise _Stopped
            yield each.code, self._trace(snapshot, each)

    def _trace(self, snapshot: Snapshot, concept: Concept) -> Trace:
        preferred = [each for each in concept.labels if each.kind is LabelKind.PREFERRED]
        names = [(each.lang, each.text) for each in preferred or concept.labels[:1]]
        trace = Trace(
            concept.flag,
            concept.level,
            concept.type,
            concept.redirection,
            Aggregation(aggregate(snapshot, concept.code), concept.aggregation.known),
            tuple([self._shared.setdefault(name, name) for name in names]),
        )
        shared: Trace = self._shared.setdefault(trace, trace)
        return shared

    def _forget(self) -> None:
        """Let go of releases that the register has no more, and of what only they shared."""
        known = {record.release.digest for record in self._releases.records}
        gone = self._kept.keys() - known
        for digest in gone:
            del self._kept[digest]
        if gone:
            traces = {each for _, by_code in self._kept.values() for each in by_code.values()}
            names = {name for trace in traces for name in trace.names}
            self._shared = {each: each for each in (*traces, *names)}

    # -- reading ahead ---------------------------------------------------------------------

    def start(self) -> None:
        """Read the releases that lives are told over, in a thread, once the service is ready."""
        self._ahead = threading.Thread(target=self._read_ahead, name="read-lives", daemon=True)
        self._ahead.start()

    def stop(self) -> None:
        self._stop.set()
        if self._ahead:
            self._ahead.join(timeout=5)

    def _read_ahead(self) -> None:
        if self._stop.wait(_AT_THE_START_SECONDS):
            return
        for record in readable(self.records):
            try:
                list(self.of([record]))
            except _Stopped:
                return
            except Exception as error:  # it is told again to whoever asks
                log.error("release not read ahead", release=record.id, why=str(error))  # noqa: TRY400


def readable(records: Iterable[Record], asked: str | None = None) -> list[Record]:
    """The releases that a life is told over, with the one that is asked; the oldest data first."""
    known = tuple(records)
    dated = {each.id for each in answered_by_date(known)}
    return [
        each for each in known if each.id in dated or each.id == asked or each.state is State.TEST
    ]


def changes(before: Traces, after: Traces, code: str) -> list[Kind]:
    """Tell what became of a code from one release to the next, as comparisons of releases do
    (``ontologies.differences``): what one of them does not say is no change.
    """
    old, new = before.get(code), after.get(code)
    if old is None or new is None:
        appeared = old is None and new is not None and before.would_name(new)
        vanished = new is None and old is not None and after.would_name(old)
        return [Kind.ADDED] if appeared else [Kind.REMOVED] if vanished else []
    historic = before.scope.tells_historic and after.scope.tells_historic
    changed = {
        Kind.STATUS: _status(old, historic) != _status(new, historic),
        Kind.LEVEL: None not in (old.level, new.level) and old.level != new.level,
        Kind.TYPE: None not in (old.type, new.type) and old.type != new.type,
        Kind.RENAMED: _is_renamed(old, new),
        Kind.REDIRECTION: old.redirection != new.redirection,
        Kind.AGGREGATION: old.aggregation.known
        and new.aggregation.known
        and old.aggregation != new.aggregation,
    }
    return [kind for kind, is_so in changed.items() if is_so]


def _status(trace: Trace, historic: bool) -> Status:
    """The status as far as both releases tell it."""
    if trace.status is Status.HISTORIC and not historic:
        return Status.ACTIVE
    return trace.status


def _is_renamed(old: Trace, new: Trace) -> bool:
    before, after = dict(old.names), dict(new.names)
    return any(before[lang] != after[lang] for lang in before.keys() & after.keys())
