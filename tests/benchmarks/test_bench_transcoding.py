"""The transcoding table from 2022 to 2023: worked out, answered, written, read back."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.benchmarks.conftest import Figure
from thesaurus import loading
from thesaurus.opening import Open
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register
from thesaurus.systems import code_systems
from thesaurus.transcoding.decision_file import read_decisions
from thesaurus.transcoding.exporting import write_table
from thesaurus.transcoding.table import Selection, page
from thesaurus.transcoding.ways import Way, Ways

pytestmark = pytest.mark.real

ROUNDS = 5
YEAR = ("2022", "2023")


class Year(NamedTuple):
    """The register of both releases, the way between them, the younger one open."""

    database: Database
    runtime: Runtime
    way: Way
    target: Open


@pytest.fixture(scope="module")
def year(
    home_2023: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Year]:
    home = Path(shutil.copytree(home_2023, tmp_path_factory.mktemp("year") / "home"))
    database = Database(f"sqlite:///{home / 'thesaurus.sqlite3'}")
    loading.load(Register(database), [real_data / "fr_2022"], actor="benchmark")
    runtime = Runtime(Register(database))
    runtime.refresh()
    yield Year(database, runtime, Ways(runtime, database).between(*YEAR), runtime.at(YEAR[1]))
    database.dispose()


def milliseconds(call: Callable[[], object]) -> str:
    """The least time of a call."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    return f"{min(spent) * 1000:.0f} ms"


def written(year: Year, form: str, target: Open | None = None) -> io.BytesIO:
    out = io.BytesIO()
    everything = Selection()
    write_table(out, form, year.way, everything, lang="fr", systems=code_systems(), target=target)
    return out


def test_the_table_of_a_year(benchmark: BenchmarkFixture, figure: Figure, year: Year) -> None:
    def anew() -> Way:
        return Ways(year.runtime, year.database).between(*YEAR)

    way = benchmark.pedantic(anew, rounds=ROUNDS, warmup_rounds=1)
    seconds = benchmark.stats.stats.min
    figure(f"table 2022 to 2023, {len(way.rows)} rows, worked out", f"{seconds * 1000:.0f} ms")
    figure("  all rows as an answer", milliseconds(lambda: page(way)))


def test_the_table_as_a_file(benchmark: BenchmarkFixture, figure: Figure, year: Year) -> None:
    filled = benchmark.pedantic(lambda: written(year, "csv"), rounds=ROUNDS, warmup_rounds=1)
    answer, wanted = read_decisions(year.way, filled)
    assert not answer.faults
    assert not wanted
    figure("  as CSV", f"{benchmark.stats.stats.min * 1000:.0f} ms")
    figure("  the CSV read back", milliseconds(lambda: read_decisions(year.way, filled)))
    figure("  as SSSOM", milliseconds(lambda: written(year, "sssom")))
    workbook = milliseconds(lambda: written(year, "xlsx", year.target))
    figure(f"  as a workbook, proposals for {len(year.way.open)} open rows", workbook)
