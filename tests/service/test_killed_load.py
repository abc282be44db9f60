"""A load that is killed at any moment leaves the service and the register as they were."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import load_pack, small_pack
from tests.packs.random_packs import random_pack
from tests.packs.writer import zip_pack
from thesaurus import releases
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register, State

_LOAD = [sys.executable, "-m", "thesaurus.cli", "load"]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.75, 0.85, 0.92, 0.97])
def test_a_killed_load_changes_nothing_and_can_be_run_again(
    database: Database, register: Register, tmp_path: Path, share: float
) -> None:
    load_pack(register, tmp_path / "first", small_pack("2022-06-21"), activate=True)
    pack = zip_pack(tmp_path / "pack.zip", random_pack(1500, date="2023-06-21"), "fr")
    url = database.url.render_as_string(hide_password=False)
    environment = {**os.environ, "THESAURUS_DATABASE_URL": url}

    process = subprocess.Popen(
        [*_LOAD, str(pack), "--activate"], env=environment, stdout=subprocess.DEVNULL
    )
    _kill_after(process, share * _whole_load(environment, pack, tmp_path))

    states = {record.id: record.state for record in register.records()}
    assert states in _CONSISTENT
    for version in states:
        register.snapshot(version)  # what is registered is whole
    runtime = Runtime(register)
    runtime.refresh()
    assert runtime.current().id == ("2023" if states.get("2023") is State.ACTIVE else "2022")

    again = releases.load(register, [pack], actor="test")
    if again.record.state is not State.ACTIVE:
        releases.activate(register, again.record.id, actor="test")
    assert [record.id for record in register.records()] == ["2022", "2023"]
    runtime.refresh()
    assert runtime.current().id == "2023"


_CONSISTENT = (
    {"2022": State.ACTIVE},
    {"2022": State.ACTIVE, "2023": State.CHECKED},
    {"2022": State.SUPERSEDED, "2023": State.ACTIVE},
)
_measured: list[float] = []


def _whole_load(environment: dict[str, str], pack: Path, folder: Path) -> float:
    """Seconds of a whole load on this machine, measured once in another data base."""
    if not _measured:
        apart = {**environment, "THESAURUS_DATABASE_URL": f"sqlite:///{folder / 'apart.sqlite3'}"}
        start = time.perf_counter()
        subprocess.run(
            [*_LOAD, str(pack), "--activate"], env=apart, stdout=subprocess.DEVNULL, check=True
        )
        _measured.append(time.perf_counter() - start)
    return _measured[0]


def _kill_after(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
