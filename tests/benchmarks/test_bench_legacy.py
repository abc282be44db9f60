"""A legacy table of 5,000 codes on its way to 2023, and records recoded through it."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ontologies.transcoding import Decision
from tests.benchmarks.conftest import Figure
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register
from thesaurus.store.legacy import LegacyEntry
from thesaurus.store.transcoding import Wanted
from thesaurus.transcoding.legacy.ways import AllWays
from thesaurus.transcoding.recoding.codes import Outcome
from thesaurus.transcoding.recoding.recoder import Recoder
from thesaurus.transcoding.recoding.sources import rows_between
from thesaurus.transcoding.ways import Way

pytestmark = pytest.mark.real

ENTRIES = 5_000
RECORDS = 100_000
ROUNDS = 5
WAY = ("cemara", "2023")


class Home(NamedTuple):
    database: Database
    runtime: Runtime


@pytest.fixture(scope="module")
def home(home_2023: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The register of 2023 with a legacy table, each code with the label of an entity."""
    folder = Path(shutil.copytree(home_2023, tmp_path_factory.mktemp("legacy") / "home"))
    database = Database(f"sqlite:///{folder / 'thesaurus.sqlite3'}")
    runtime = Runtime(Register(database))
    runtime.refresh()
    concepts = runtime.current().snapshot.concepts
    entries = [
        LegacyEntry(f"C{number:05}", concepts[code].preferred("fr").text)
        for number, code in enumerate(active(runtime)[:ENTRIES])
    ]
    AllWays(runtime, database).legacy.replace(WAY[0], entries, actor="benchmark")
    yield Home(database, runtime)
    database.dispose()


def active(runtime: Runtime) -> list[str]:
    concepts = runtime.current().snapshot.concepts
    return [code for code, each in concepts.items() if each.status.is_active]


def anew(home: Home) -> tuple[tuple[AllWays], dict[str, object]]:
    """Ways that know the release and have not looked at the table."""
    ways = AllWays(home.runtime, home.database)
    ways.between("2023", "2023")
    return (ways,), {}


def between(ways: AllWays) -> Way:
    return ways.between(*WAY)


def test_the_way_undecided(benchmark: BenchmarkFixture, figure: Figure, home: Home) -> None:
    way = benchmark.pedantic(between, setup=lambda: anew(home), rounds=ROUNDS)
    assert len(way.open) == ENTRIES
    seconds = benchmark.stats.stats.min
    figure(f"a legacy table of {ENTRIES} entries, nothing decided", f"{seconds * 1000:.0f} ms")


def test_the_way_decided(benchmark: BenchmarkFixture, figure: Figure, home: Home) -> None:
    ways = AllWays(home.runtime, home.database)
    wanted = [
        Wanted(code, Decision.ACCEPTED, (target,))
        for code, target in zip(ways.between(*WAY).rows, active(home.runtime), strict=False)
    ]
    ways.store.decide(*WAY, wanted, actor="benchmark")
    way = benchmark.pedantic(between, setup=lambda: anew(home), rounds=ROUNDS)
    assert not way.open
    figure("  all decided", f"{benchmark.stats.stats.min * 1000:.0f} ms")
    figure("  asked again", f"{_again(ways) * 1000:.1f} ms")
    draw = random.Random(1)
    records = [f"c{draw.randrange(ENTRIES):05}" for _ in range(RECORDS)]
    start = time.perf_counter()
    recoder = Recoder(rows_between(ways, *WAY), home.runtime.current)
    outcomes = {recoder.of(record).outcome for record in records}
    figure(f"  {RECORDS} records through it", f"{(time.perf_counter() - start) * 1000:.0f} ms")
    assert outcomes == {Outcome.RECODED}


def _again(ways: AllWays) -> float:
    """The seconds of a call where nothing changed since the one before."""
    between(ways)
    start = time.perf_counter()
    between(ways)
    return time.perf_counter() - start
