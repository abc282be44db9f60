"""Reach: ancestors of a concept at most 20 us, subsumes at most 2 us."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ontologies.release import Snapshot
from tests.benchmarks.conftest import Figure

pytestmark = pytest.mark.real

ROUNDS = 15


def microseconds(call: Callable[[], object], count: int) -> float:
    """The median time of one of the ``count`` steps that a call makes."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    return median(spent) / count * 1e6


def test_ancestors_of_every_concept(
    benchmark: BenchmarkFixture, figure: Figure, french_2023: Snapshot
) -> None:
    hierarchy, codes = french_2023.merged, list(french_2023.merged)
    found = benchmark.pedantic(
        lambda: sum([len(hierarchy.ancestors(code)) for code in codes]), rounds=ROUNDS
    )
    assert found == 118_831
    each = benchmark.stats.stats.median / len(codes) * 1e6
    floor = microseconds(lambda: sum([hierarchy.children_count(c) for c in codes]), len(codes))
    figure("ancestors of a concept", f"{each:.2f} us", "<= 20 us")
    figure("  times one look-up by code", f"{each / floor:.0f}")


def test_subsumes(benchmark: BenchmarkFixture, figure: Figure, french_2023: Snapshot) -> None:
    hierarchy, rnd = french_2023.merged, random.Random(1)
    codes = list(hierarchy)
    above = {code: {code, *hierarchy.ancestors(code)} for code in codes}
    pairs = [(rnd.choice(codes), rnd.choice(codes)) for _ in range(20_000)]
    pairs += [(rnd.choice(sorted(above[code])), code) for code in rnd.choices(codes, k=20_000)]
    answers = benchmark.pedantic(
        lambda: [hierarchy.subsumes(a, b) for a, b in pairs], rounds=ROUNDS
    )
    assert answers == [a in above[b] for a, b in pairs]
    each = benchmark.stats.stats.median / len(pairs) * 1e6
    floor = microseconds(lambda: [a in above[b] for a, b in pairs], len(pairs))
    figure("subsumes", f"{each:.2f} us", "<= 2 us")
    figure("  times a ready-made set of each concept's ancestors", f"{each / floor:.0f}")
