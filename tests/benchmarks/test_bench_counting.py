"""Reach: a million rows counted along the merged hierarchy in at most 30 s."""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from ontologies.counting import Counting, Row
from ontologies.recipe import PLAIN, Recipe, Rule, along
from ontologies.release import Snapshot
from tests.benchmarks.conftest import Figure
from tests.benchmarks.process import memory

pytestmark = pytest.mark.real

COUNT = 1_000_000
PATIENTS = 400_000
AGGREGATED = Recipe(groups=False, aggregate=True)


@pytest.fixture(scope="module")
def rows(french_2023: Snapshot) -> list[Row]:
    rnd, codes = random.Random(1), list(french_2023.concepts)
    return [(rnd.choice(codes), f"{rnd.randrange(PATIENTS):010d}", ()) for _ in range(COUNT)]


@pytest.fixture(scope="module")
def file(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("count") / "patients.csv"
    with written.open("w", encoding="utf-8") as opened:
        opened.write("IPP;Code ORPHA;Service;Date\n")
        opened.writelines(
            f"{patient};ORPHA:{code};Génétique;2023-05-{number % 28 + 1:02d}\n"
            for number, (code, patient, _) in enumerate(rows)
        )
    return written


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


@pytest.mark.parametrize("recipe", [PLAIN, AGGREGATED], ids=["plain", "aggregated"])
def test_a_million_rows(
    benchmark: BenchmarkFixture,
    figure: Figure,
    french_2023: Snapshot,
    rows: list[Row],
    recipe: Recipe,
) -> None:
    def count() -> int:
        counting = Counting(Rule(french_2023, recipe, along(french_2023)))
        counting.add(rows)
        return len(list(counting.counts()))

    found = benchmark.pedantic(count, rounds=3)
    assert found > 5_000
    spent = benchmark.stats.stats.median
    keys = np.array([hash(patient) ^ int(code) for code, patient, _ in rows])
    floor = seconds(lambda: np.sort(keys)) + seconds(lambda: [hash(row[1]) for row in rows])
    name = "plain" if recipe is PLAIN else "aggregated"
    figure(f"count of {COUNT} rows in process, {name}", f"{spent:.2f} s", "<= 30 s")
    figure("  times the hashing of the patients and one sort", f"{spent / floor:.1f}")


def test_a_file_of_a_million_rows(
    benchmark: BenchmarkFixture, figure: Figure, home_2023: Path, file: Path
) -> None:
    highest: list[int] = []

    def command() -> None:
        words = [sys.executable, "-m", "thesaurus.cli", "count", str(file), "--json"]
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, env={"THESAURUS_HOME": str(home_2023)}
        ) as process:
            assert process.stdout
            beginning = process.stdout.read(100_000)
            highest.append(memory(process.pid, "VmHWM"))
            answer = json.loads(beginning + process.stdout.read())
        assert answer["total"]["read"]["rows"] == COUNT

    benchmark.pedantic(command, rounds=1)
    spent = benchmark.stats.stats.median

    def read() -> int:
        with file.open(encoding="utf-8", newline="") as opened:
            return sum(1 for _ in csv.reader(opened, delimiter=";"))

    figure(f"thesaurus count FILE of {COUNT} rows", f"{spent:.1f} s", "<= 30 s")
    figure("  times reading it with the module csv", f"{spent / seconds(read):.1f}")
    figure("  memory, with the release of 2023 open", f"{max(highest)} MB")
