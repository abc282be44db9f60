"""Reach: a million rows recoded in at most 60 s and 300 MB.

Nine rows in ten have an active code of 2022, one in sixteen an inactive one, the others one that is
gone, unknown or no code; one code in ten is written in another form. The floor is what it costs in
the same run to read the file with ``csv`` and to write it again with six columns more.
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import loaders
from ontologies.release import Snapshot
from tests.benchmarks.conftest import Figure
from thesaurus import releases
from thesaurus.store import Database, Register

pytestmark = pytest.mark.real

ROWS = 1_000_000
FORMS = (*["{}"] * 18, "ORPHA:{}", "Orpha-{}")
SITES = tuple(f"Site {number}" for number in range(600))
YEARS = ("--from", "2022", "--to", "2023")


@pytest.fixture(scope="module")
def home_of_two_years(
    home_2023: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    home = shutil.copytree(home_2023, tmp_path_factory.mktemp("years") / "home")
    database = Database(f"sqlite:///{home / 'thesaurus.sqlite3'}")
    releases.load(Register(database), [real_data / "fr_2022"], actor="benchmark")
    database.dispose()
    return Path(home)


@pytest.fixture(scope="module")
def big(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of a million rows."""
    codes = _codes(loaders.load([real_data / "fr_2022"])[0])
    written = tmp_path_factory.mktemp("recode") / "big.csv"
    draw = random.Random(1)
    with written.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(["IPP", "Centre", "Code ORPHA", "Libellé"])
        for number in range(ROWS):
            code = draw.choice(FORMS).format(codes[draw.randrange(len(codes))])
            rows.writerow([f"P{number // 2}", draw.choice(SITES), code, "une maladie rare"])
    return written


def _codes(before: Snapshot) -> list[str]:
    """Codes to draw from, active ones nine times in ten."""
    active = [code for code, each in before.concepts.items() if each.status.is_active]
    inactive = [code for code, each in before.concepts.items() if not each.status.is_active]
    rare = ["398980", "999999", "Q87.4", ""]
    share = len(active) // 15
    return [*active, *(inactive * (share // len(inactive) + 1))[:share], *rare * (share // 10)]


def test_a_million_rows(
    benchmark: BenchmarkFixture,
    figure: Figure,
    home_of_two_years: Path,
    big: Path,
    tmp_path: Path,
) -> None:
    output = tmp_path / "out.csv"
    words = ["recode", str(big), *YEARS, "--output", str(output)]

    def run() -> str:
        return subprocess.run(
            [sys.executable, "-c", _RECODE_AND_SAY, *words],
            env={**os.environ, "THESAURUS_HOME": str(home_of_two_years)},
            capture_output=True,
            text=True,
            check=False,
        ).stdout

    shown = benchmark.pedantic(run, rounds=1)
    peak, processor = (float(word) for word in shown.split()[-2:])
    with output.open(encoding="utf-8") as recoded:
        assert sum(1 for _ in recoded) == ROWS + 1
    floor = _floor(big, tmp_path / "floor.csv")
    seconds = benchmark.stats.stats.min
    figure("a million rows recoded", f"{seconds:.0f} s ({processor:.0f} s processor)", "<= 60 s")
    figure("  csv alone, read and written", f"{floor:.1f} s (x{seconds / floor:.0f})")
    figure("  highest memory", f"{peak / 1024:.0f} MB", "<= 300 MB")


def _floor(source: Path, target: Path) -> float:
    start = time.perf_counter()
    with (
        source.open(newline="", encoding="utf-8") as given,
        target.open("w", newline="", encoding="utf-8") as out,
    ):
        write = csv.writer(out, delimiter=";").writerow
        for row in csv.reader(given, delimiter=";"):
            write([*row, "", "", "", "", "", ""])
    return time.perf_counter() - start


_RECODE_AND_SAY = """
import sys, time
from pathlib import Path
from thesaurus.cli import app
try:
    app(sys.argv[1:])
finally:
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(line for line in status if line.startswith("VmHWM")).split()[1]
    print(peak, time.process_time())
"""
