"""Reach: the differences of 2022 and 2023, both in memory, in at most 1 s."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import loaders
from ontologies.differences import differences
from ontologies.release import Snapshot
from tests.benchmarks.conftest import Figure
from thesaurus.comparison import Comparison, answer_of, keep, write_xlsx

pytestmark = pytest.mark.real

ROUNDS = 7


@pytest.fixture(scope="module")
def snapshots(real_data: Path) -> tuple[Snapshot, Snapshot]:
    """2022 in French, 2023 in French and English."""
    both = [[real_data / "fr_2022"], [real_data / "fr_2023", real_data / "en_2023"]]
    first, second = (loaders.load(paths)[0] for paths in both)
    return first, second


def seconds(call: Callable[[], object]) -> float:
    """The median time of a call."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    return median(spent)


def look_at_everything(snapshots: tuple[Snapshot, Snapshot]) -> int:
    """Every label and every edge of both releases, once: less cannot tell what changed."""
    labels = sum(len(label.text) for each in snapshots for one in each for label in one.labels)
    edges = {
        edge for each in snapshots for tree in each.classifications.values() for edge in tree.edges
    }
    return labels + len(edges)


def test_a_year(
    benchmark: BenchmarkFixture, figure: Figure, snapshots: tuple[Snapshot, Snapshot]
) -> None:
    found = benchmark.pedantic(lambda: differences(*snapshots), rounds=ROUNDS, warmup_rounds=1)
    assert found.counts["added"] == 165
    took = benchmark.stats.stats.median
    floor = seconds(lambda: look_at_everything(snapshots))
    figure("differences 2022 to 2023, in memory", f"{took:.2f} s", "<= 1 s")
    figure("  times a look at every label and edge", f"{took / floor:.1f}")


def test_a_year_as_answer_and_workbook(
    benchmark: BenchmarkFixture, figure: Figure, snapshots: tuple[Snapshot, Snapshot]
) -> None:
    kept = keep(Comparison(*snapshots, differences(*snapshots), ()))
    answer = benchmark.pedantic(lambda: answer_of(kept), rounds=ROUNDS, warmup_rounds=1)
    assert len(answer.items) == answer.total
    figure("  worded, every item", f"{benchmark.stats.stats.median:.2f} s")
    figure("  as a workbook", f"{seconds(lambda: write_xlsx(io.BytesIO(), kept)):.2f} s")
