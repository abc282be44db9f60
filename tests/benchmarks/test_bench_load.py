"""Reach: a full pack, to active, in at most 10 times the bare parse, at most 500 MB."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from io import BytesIO
from pathlib import Path
from statistics import median

import pytest
from lxml import etree
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.conftest import Figure
from thesaurus import releases
from thesaurus.store import Database, Record, Register, State

pytestmark = pytest.mark.real

ROUNDS = 5

_PEAK = """
import sys
from tests.benchmarks.process import memory
from tests.benchmarks.test_bench_load import load_and_activate

record = load_and_activate(sys.argv[1], [sys.argv[2]])
print(record.state, memory("self", "VmHWM"))
"""


def load_and_activate(url: str, paths: list[Path | str]) -> Record:
    database = Database(url)
    database.upgrade()
    register = Register(database)
    record = releases.load(register, paths, actor="benchmark").record
    own = register.of(record.release.system)
    record = releases.activate(own, record.id, actor="benchmark")
    database.dispose()
    return record


def bare_parse(contents: list[bytes]) -> int:
    """Parse without doing anything; returns the number of elements."""
    return sum(1 for content in contents for _ in etree.iterparse(BytesIO(content)))


def xml_files(folder: Path) -> list[bytes]:
    [path] = folder.glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]


def test_load_of_a_full_pack_to_active(
    benchmark: BenchmarkFixture, figure: Figure, real_data: Path, tmp_path: Path
) -> None:
    contents = xml_files(real_data / "fr_2023")
    parses: list[float] = []

    def parse_first() -> tuple[tuple[str, list[Path | str]], dict[str, object]]:
        """Before each load the bare parse, so that both see the same machine."""
        start = time.perf_counter()
        assert bare_parse(contents) > 500_000
        parses.append(time.perf_counter() - start)
        return (f"sqlite:///{tmp_path / f'{len(parses)}.sqlite3'}", [real_data / "fr_2023"]), {}

    record = benchmark.pedantic(load_and_activate, setup=parse_first, rounds=ROUNDS)
    assert record.state is State.ACTIVE
    assert record.release.counts["entities"] == 10_839
    loads = benchmark.stats.stats.data
    ratio = median(load / parse for load, parse in zip(loads, parses[-ROUNDS:], strict=True))
    figure("load of the pack FR 2023, to active", f"{median(loads):.2f} s")
    figure("  bare lxml.etree.iterparse of its files", f"{median(parses):.2f} s")
    figure("  load / bare parse", f"{ratio:.1f}", "<= 10")


def test_peak_memory_of_a_load(
    benchmark: BenchmarkFixture, figure: Figure, real_data: Path, tmp_path: Path
) -> None:
    def load() -> str:
        url = f"sqlite:///{tmp_path / 'fresh.sqlite3'}"
        command = [sys.executable, "-c", _PEAK, url, str(real_data / "fr_2023")]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    state, peak = benchmark.pedantic(load, rounds=1).split()
    assert state == "active"
    figure("load of the pack FR 2023, peak resident memory", f"{peak} MB", "<= 500 MB")
