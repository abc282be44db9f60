"""Fixtures for every room: the demonstration release, data bases, the service, the real data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import fresh_database, postgres_missing, running_postgres
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

DEMONSTRATION = Path(__file__).parent.parent / "thesaurus" / "demonstration"


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
