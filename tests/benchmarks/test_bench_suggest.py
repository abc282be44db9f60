"""Autocomplete in process, without a cache, on FR + EN 2023. No reach yet: the figures only."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import median, quantiles

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ontologies.concept import Label
from search import Hit, Index, suggest
from search.text import words
from tests.benchmarks.conftest import Figure
from tests.search.typos import typo

pytestmark = pytest.mark.real

COUNT = 400


def whole(rnd: random.Random, label: Label) -> str:
    return label.text


def beginnings(rnd: random.Random, label: Label) -> str:
    """The first letters of one to three words of the label, in any order."""
    found = words(label.text)
    picked = rnd.sample(found, min(len(found), rnd.randint(1, 3)))
    return " ".join(word[: rnd.randint(2, 6)] for word in picked)


def with_typo(rnd: random.Random, label: Label) -> str:
    found = words(label.text)
    place = max(range(len(found)), key=lambda n: len(found[n]))
    if len(found[place]) > 4:
        found[place] = typo(rnd, found[place])
    return " ".join(found)


def timed(call: Callable[[str], object], texts: list[str]) -> float:
    """The median time of a call, in seconds."""
    spent = []
    for text in texts:
        start = time.perf_counter()
        call(text)
        spent.append(time.perf_counter() - start)
    return median(spent)


@pytest.mark.parametrize(("kind", "least"), [(whole, 0.99), (beginnings, 0.2), (with_typo, 0.95)])
def test_suggest(
    benchmark: BenchmarkFixture,
    figure: Figure,
    index_2023: Index,
    kind: Callable[[random.Random, Label], str],
    least: float,
) -> None:
    rnd = random.Random(2023)
    active = [each for each in index_2023.concepts if each.status.is_active]
    asked = [
        (kind(rnd, rnd.choice(concept.labels)), concept) for concept in rnd.sample(active, COUNT)
    ]
    spent: list[float] = []

    def ask_all() -> list[list[Hit]]:
        answers = []
        spent.clear()
        for text, _ in asked:
            start = time.perf_counter()
            answers.append(suggest(index_2023, text))
            spent.append(time.perf_counter() - start)
        return answers

    answers = benchmark.pedantic(ask_all, warmup_rounds=1, rounds=5)
    found = sum(
        concept in [hit.concept for hit in hits]
        for (_, concept), hits in zip(asked, answers, strict=True)
    )
    assert found / COUNT >= least
    floor = timed(lambda text: index_2023.exactly(" ".join(words(text))), [q for q, _ in asked])
    name = f"suggest, {kind.__name__.replace('_', ' ')}"
    p99 = quantiles(spent, n=100)[98] * 1e3
    figure(name, f"p50 {median(spent) * 1e3:.2f} ms, p99 {p99:.2f} ms")
    figure("  p50 / fold the text and look for the whole label", f"{median(spent) / floor:.0f}")
    figure("  among the first ten", f"{found / COUNT:.1%}")
