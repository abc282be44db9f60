"""Fixtures for every room: the demonstration release, data bases, the service, the real data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from xdist.scheduler import LoadFileScheduling

from tests.postgres import fresh_database, postgres_missing, running_postgres
from thesaurus.cli.demo import load_demonstration
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

DEMONSTRATION = Path(__file__).parent.parent / "thesaurus" / "demonstration"
REAL = "tests/real/"
_MOST_WORKERS = 8

# A deadline measures how busy the machine is.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Iterator[int]:
    """A worker for each processor; none where starting them takes longer or falsifies a measure."""
    processors = yield
    few = all(".py" in each for each in config.args) or bool(config.option.keyword)
    if few or config.option.benchmark_only or processors == 1:
        return 0
    return min(processors, _MOST_WORKERS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest piece of work comes first, so that no worker ends long after the others."""
    items.sort(key=lambda item: not item.nodeid.startswith(REAL))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling | None:
    return _ByFile(config, log) if config.option.dist == "loadfile" else None


class _ByFile(LoadFileScheduling):
    """A file's tests go to one worker, and so do all of tests/real, which share what they load."""

    def _split_scope(self, nodeid: str) -> str:
        return REAL if nodeid.startswith(REAL) else str(super()._split_scope(nodeid))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the data of whoever runs it."""
    for name in list(os.environ):
        if name.startswith("THESAURUS_") and name != "THESAURUS_REAL_DATA":
            monkeypatch.delenv(name)
    monkeypatch.setenv("THESAURUS_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real files (``../shared/data`` or THESAURUS_REAL_DATA); skips without it."""
    beside = Path(__file__).parent.parent.parent / "shared" / "data"
    folder = Path(os.environ.get("THESAURUS_REAL_DATA", beside))
    if not (folder / "orphanet").is_dir():
        pytest.skip(f"no real data in {folder} (set THESAURUS_REAL_DATA)")
    return folder / "orphanet"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for the whole session; skips where Debian's package is absent."""
    if reason := postgres_missing():
        pytest.skip(reason)
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def loaded_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with demo-2022 and demo-2023, the second one active, to be copied only."""
    home = tmp_path_factory.mktemp("demonstration")
    database = Database(Settings(home=home).database)
    database.upgrade()
    load_demonstration(Register(database))
    database.dispose()
    return home


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty data base of each kind, its tables made."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    else:
        url = fresh_database(request.getfixturevalue("postgres_url"))
    opened = Database(url)
    opened.upgrade()
    yield opened
    opened.dispose()


@pytest.fixture
def register(database: Database) -> Register:
    return Register(database)


@pytest.fixture
def home() -> Iterator[Register]:
    """The register that commands use, in this test's own home."""
    database = Database(Settings().database)
    database.upgrade()
    yield Register(database)
    database.dispose()
