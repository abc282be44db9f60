"""Reach: hp.obo to active in at most 2.5 times pronto's own parse; a worker with everything in at
most 400 MB; a translation in at most 100 us in process.
"""

from __future__ import annotations

import time
import warnings
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ontologies.related import Related
from ontologies.translation import _translated, translate
from tests.benchmarks.conftest import Figure
from tests.benchmarks.process import memory
from tests.benchmarks.test_bench_load import load_and_activate
from tests.benchmarks.test_bench_start import Service
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register, State

pytestmark = pytest.mark.real

ROUNDS = 5
MICROSECONDS = 1e6


def test_hpo_to_active(
    benchmark: BenchmarkFixture, figure: Figure, real_data: Path, tmp_path: Path
) -> None:
    import pronto  # its import is no part of a parse, nor of the load here

    path = real_data.parent / "hpo" / "hp.obo"
    parses: list[float] = []

    def parse_first() -> tuple[tuple[str, list[Path | str]], dict[str, object]]:
        start = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            terms = len(pronto.Ontology(str(path), import_depth=0, encoding="utf-8").terms())
        assert terms == 19_484
        parses.append(time.perf_counter() - start)
        return (f"sqlite:///{tmp_path / f'{len(parses)}.sqlite3'}", [path]), {}

    record = benchmark.pedantic(load_and_activate, setup=parse_first, rounds=ROUNDS)
    assert record.state is State.ACTIVE
    loads = benchmark.stats.stats.data
    ratio = median(load / parse for load, parse in zip(loads, parses[-ROUNDS:], strict=True))
    figure("hp.obo, to active", f"{median(loads):.2f} s")
    figure("  pronto's own parse", f"{median(parses):.2f} s")
    figure("  load / parse", f"{ratio:.2f}", "<= 2.5")


def test_memory_of_a_worker_with_everything(
    benchmark: BenchmarkFixture, figure: Figure, home_of_everything: Path
) -> None:
    started: list[Service] = []

    def start() -> None:
        started.append(Service(home_of_everything))
        started[-1].wait_until_ready()

    benchmark.pedantic(start, rounds=1)
    service = started[0]
    try:
        for address in ("concepts/558", "concepts/HP:0001166", "translate?code=Q87.8", "systems"):
            service.get(f"/v1/{address}")
        resident = memory(service.process.pid)
    finally:
        service.stop()
    figure("start to ready with every dataset", f"{benchmark.stats.stats.median:.1f} s")
    figure("  resident memory after a few requests", f"{resident} MB", "<= 400 MB")


@pytest.fixture(scope="module")
def everything(home_of_everything: Path) -> Related:
    database = Database(f"sqlite:///{home_of_everything / 'thesaurus.sqlite3'}")
    runtime = Runtime(Register(database))
    runtime.refresh()
    database.dispose()
    return runtime.related


TRANSLATIONS = [
    ("ORPHA -> OMIM, direct and composed", "558", "omim"),
    ("ORPHA -> CIM-10", "558", "icd-10"),
    ("OMIM -> ORPHA", "OMIM:154700", "orpha"),
    ("Mondo -> OMIM, through ORPHA too", "MONDO:0007947", "omim"),
    ("CIM-10 -> ORPHA, Q87.4, 7 candidates", "Q87.4", "orpha"),
    ("CIM-10 -> ORPHA, Q77.3, 23 candidates", "Q77.3", "orpha"),
    ("CIM-10 -> ORPHA, Q87.8, 576 candidates", "Q87.8", "orpha"),
]


@pytest.mark.parametrize(("what", "code", "target"), TRANSLATIONS)
def test_translate(
    benchmark: BenchmarkFixture, figure: Figure, everything: Related, what: str, code: str,
    target: str,
) -> None:  # fmt: skip
    source = everything.systems.read(code)
    found = benchmark(_translated, everything, source, target)
    assert found
    taken = benchmark.stats.stats.median * MICROSECONDS
    figure(f"translate {what}", f"{taken:.0f} us", "<= 100 us")


def test_translate_all_entities(
    benchmark: BenchmarkFixture, figure: Figure, everything: Related
) -> None:
    """Every ORPHAcode that Mondo names, to every system that coders ask."""
    sources = [
        everything.systems.read(code) for code in list(everything.codes_aligned("orpha"))[:2000]
    ]
    targets = ("mondo", "omim", "icd-10", "icd-11")

    def run() -> int:
        return sum(len(translate(everything, each, to)) for each in sources for to in targets)

    assert benchmark.pedantic(run, rounds=3) > 0
    taken = benchmark.stats.stats.median / (len(sources) * len(targets)) * MICROSECONDS
    figure("translate, mean of 2,000 ORPHAcodes x 4 systems", f"{taken:.0f} us", "<= 100 us")
