"""An activation that is killed at any point leaves one active release and a readable history."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from ontologies.errors import Conflict
from tests.builders import load_pack, small_pack
from thesaurus import lookup, releases
from thesaurus.cli.demo import load_demonstration
from thesaurus.history import history
from thesaurus.index_folder import IndexFolder, key_of
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Record, Register, State
from thesaurus.store import releases as inside

UNTIL = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=30)
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.service.test_killed_activation"])


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before_the_transaction(register: Register) -> None:
    with patch.object(Register, "move", die):
        activate(register)


def in_the_transaction(register: Register) -> None:
    with patch.object(inside, "supersede", die):
        activate(register)


def when_the_old_one_is_superseded(register: Register) -> None:
    with patch.object(inside, "take_step", die):  # asked for the new one only
        activate(register)


def when_all_is_written_but_not_committed(register: Register) -> None:
    move = Register.move

    def moved(*arguments: object, **asked: object) -> Record:
        with patch.object(inside, "record_of", die):
            return move(*arguments, **asked)  # type: ignore[arg-type]

    with patch.object(Register, "move", moved):
        activate(register)


def after_the_transaction(register: Register) -> None:
    activate(register)
    die()


def activate(register: Register) -> None:
    releases.activate(register, "2023", actor="eve", reason="bascule", accepted_until=UNTIL)


def killed(url: str, point: Callable[[Register], None]) -> None:
    point(Register(Database(url)))


def kill(target: Callable[..., None], *arguments: object) -> None:
    """Run something in a process of its own, which must be killed before it ends."""
    process = _PROCESSES.Process(target=target, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


@pytest.fixture
def running(register: Register, tmp_path: Path) -> Iterator[Runtime]:
    """A service that follows: 2022 is active, 2023 is to come."""
    for day in ("2022-06-21", "2023-06-21"):
        load_pack(register, tmp_path / day, small_pack(day), activate=day.startswith("2022"))
    runtime = Runtime(register, follow_seconds=0.05)
    runtime.start()
    yield runtime
    runtime.stop()


def address(register: Register) -> str:
    return register.database.url.render_as_string(hide_password=False)


def serves(runtime: Runtime, release: str) -> None:
    """Wait until a release is served, and ask it something."""
    end = time.monotonic() + 10
    while runtime.current().id != release:
        assert time.monotonic() < end, f"{runtime.current().id} is served"
        time.sleep(0.01)
    assert lookup.suggestions(runtime.current(), "maladie 558").hits[0].code == "558"


def is_readable(register: Register) -> None:
    """Each step begins where the one before it ended, and the last one is where it stands."""
    for record in register.records():
        states = [None, *(each.to_state for each in record.history)]
        assert [each.from_state for each in record.history] == states[:-1]
        assert states[-1] is record.state
        assert all(each.actor for each in record.history)
    found = history(register.records(), register.records())
    assert found.total == len(found.items) == sum(len(e.history) for e in register.records())


@pytest.mark.parametrize(
    ("point", "active"),
    [
        (before_the_transaction, "2022"),
        (in_the_transaction, "2022"),
        (when_the_old_one_is_superseded, "2022"),
        (when_all_is_written_but_not_committed, "2022"),
        (after_the_transaction, "2023"),
    ],
)
def test_one_release_is_active(
    register: Register, running: Runtime, point: Callable[[Register], None], active: str
) -> None:
    before = register.records()
    kill(killed, address(register), point)

    states = {record.id: record.state for record in register.records()}
    assert [name for name, state in states.items() if state is State.ACTIVE] == [active]
    is_readable(register)
    serves(running, active)
    if active == "2022":
        assert register.records() == before, "as if nothing had been begun"
        activate(register)
        serves(running, "2023")
    else:
        with pytest.raises(Conflict):
            activate(register)
    left = register.record("2022")
    assert (left.state, left.accepted_until) == (State.SUPERSEDED, UNTIL)
    is_readable(register)


def killed_with_real_data(url: str) -> None:
    """Die when real data have taken the place of the demonstration, of which one is put away."""
    take_step, taken = inside.take_step, []

    def step(row: object, to: State, *arguments: object) -> None:
        take_step(row, to, *arguments)  # type: ignore[arg-type]
        taken.append(to)
        if taken.count(State.ARCHIVED) == 1:
            die()

    with patch.object(inside, "take_step", step):
        activate(Register(Database(url)))


def test_the_demonstration_is_put_away_whole_or_not_at_all(tmp_path: Path) -> None:
    database = Database(tmp_path / "register.sqlite3")
    database.upgrade()
    register = Register(database)
    load_demonstration(register)
    load_pack(register, tmp_path / "real", small_pack("2023-06-21"))
    before = register.everything()
    kill(killed_with_real_data, address(register))
    assert register.everything() == before
    activate(register)
    states = {record.id: record.state for record in register.everything()}
    assert states.pop("2023") is State.ACTIVE
    assert set(states.values()) == {State.ARCHIVED}
    database.dispose()


def killed_while_indexing(url: str, root: Path) -> None:
    """Activate, and die while the full-text index of the new release is built aside."""
    register = Register(Database(url))
    activate(register)
    runtime = Runtime(register)
    runtime.refresh()
    release = runtime.current()
    IndexFolder(root, keep=2).build(key_of(release), release, pause=die)


def test_a_build_of_the_index_that_is_killed_harms_no_release(
    tmp_path: Path,
) -> None:
    database = Database(tmp_path / "register.sqlite3")
    database.upgrade()
    register = Register(database)
    for day in ("2022-06-21", "2023-06-21"):
        load_pack(register, tmp_path / day, small_pack(day), activate=day.startswith("2022"))
    runtime = Runtime(register)
    runtime.refresh()
    kill(killed_while_indexing, address(register), tmp_path / "search")

    runtime.refresh()
    serves(runtime, "2023")
    is_readable(register)
    left = [each.name for each in (tmp_path / "search").iterdir() if each.is_dir()]
    assert all(name.startswith(".building-") for name in left)
    release = runtime.current()
    index = IndexFolder(tmp_path / "search", keep=2).build(key_of(release), release)
    assert index.search(release.snapshot, release.related, "maladie").total >= 2
    database.dispose()
