"""Lives are read ahead when a service starts, and what is gone is let go of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from ontologies.release import Snapshot
from tests.builders import load_pack, small_pack
from thesaurus.lookup import traces
from thesaurus.lookup.traces import Remembered
from thesaurus.runtime import Runtime
from thesaurus.store import Record, Register


class Shelf:
    """The releases of a register; notes which are read."""

    def __init__(self, register: Register) -> None:
        self.runtime = Runtime(register)
        self.read: list[str] = []
        self.without: set[str] = set()

    @property
    def records(self) -> tuple[Record, ...]:
        self.runtime.refresh()
        return tuple(each for each in self.runtime.records if each.id not in self.without)

    def snapshot(self, release: str) -> Snapshot:
        self.read.append(release)
        return self.runtime.snapshot(release)


@pytest.fixture
def shelf(register: Register, tmp_path: Path) -> Shelf:
    """2021 and 2022 beside 2023, which is active."""
    for day in ("2023-06-21", "2022-06-21", "2021-06-21"):
        pack = small_pack(day, label=f"Maladie {day}")
        load_pack(register, tmp_path / day, pack, activate=day.startswith("2023"))
    return Shelf(register)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], Remembered]]:
    monkeypatch.setattr(traces, "_AT_THE_START_SECONDS", 0.0)
    made: list[Remembered] = []

    def start(shelf: Any) -> Remembered:
        made.append(Remembered(shelf))
        made[-1].start()
        return made[-1]

    yield start
    for each in made:
        each.stop()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


def ended(remembered: Remembered) -> bool:
    assert remembered._ahead is not None
    return not remembered._ahead.is_alive()


def test_whoever_asks_finds_them_read(
    shelf: Shelf, started: Callable[[Any], Remembered], register: Register, tmp_path: Path
) -> None:
    remembered = started(shelf)
    until(lambda: ended(remembered))
    assert shelf.read == ["2021", "2022", "2023"]
    told = list(remembered.of(shelf.records))
    assert [each.record.id for each in told] == shelf.read
    assert all(each.get("558") for each in told)
    assert len(shelf.read) == 3
    load_pack(register, tmp_path / "later", small_pack("2020-06-21"))
    assert len(list(remembered.of(shelf.records))) == 4
    assert shelf.read[3:] == ["2020"], "what comes later is read when it is asked"


def test_trouble_with_one_is_logged_and_the_others_are_read(
    shelf: Shelf, started: Callable[[Any], Remembered], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = shelf.snapshot

    def broken(release: str) -> Snapshot:
        if release == "2021":
            raise OSError("the disk is gone")
        return snapshot(release)

    monkeypatch.setattr(shelf, "snapshot", broken)
    with capture_logs() as logs:
        remembered = started(shelf)
        until(lambda: ended(remembered))
    assert shelf.read == ["2022", "2023"]
    (told,) = [each for each in logs if each["event"] == "release not read ahead"]
    assert (told["release"], told["why"]) == ("2021", "the disk is gone")
    monkeypatch.setattr(shelf, "snapshot", snapshot)
    assert len(list(remembered.of(shelf.records))) == 3


class Endless:
    """A release with always another entity."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def __iter__(self) -> Iterator[Any]:
        return cycle(self._snapshot)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._snapshot, name)


def test_a_service_that_stops_does_not_wait_for_the_rest(
    shelf: Shelf, started: Callable[[Any], Remembered], monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = shelf.snapshot
    monkeypatch.setattr(shelf, "snapshot", lambda name: Endless(snapshot(name)))
    remembered = started(shelf)
    until(lambda: shelf.read == ["2021"])
    remembered.stop()
    assert ended(remembered)
    assert shelf.read == ["2021"]


def test_a_start_waits_for_nothing(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "_AT_THE_START_SECONDS", 3600.0)
    remembered = Remembered(shelf)
    remembered.start()
    remembered.stop()
    assert ended(remembered)
    assert not shelf.read


def test_what_is_gone_is_let_go_of(shelf: Shelf, register: Register, tmp_path: Path) -> None:
    remembered = Remembered(shelf)
    list(remembered.of(shelf.records))
    shelf.without = {"2021", "2022"}
    load_pack(register, tmp_path / "later", small_pack("2020-06-21"))
    left = list(remembered.of(shelf.records))  # reading one is when the others are let go of
    assert [each.record.id for each in left] == ["2020", "2023"]
    fresh = Remembered(shelf)
    list(fresh.of(shelf.records))
    assert remembered._shared == fresh._shared
    kept = [trace for each in left for trace in each.by_code.values()]
    assert all(remembered._shared[trace] is trace for trace in kept)
