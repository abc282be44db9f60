"""The service in this process, on a copy of the demonstration releases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.asking import service
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

Start = Callable[..., TestClient]


@pytest.fixture(scope="session")
def demonstration_home(
    loaded_demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A data folder with demo-2022 and demo-2023, the second one active. Not to be changed."""
    return shutil.copytree(loaded_demonstration, tmp_path_factory.mktemp("service") / "home")


@pytest.fixture(scope="session")
def client(demonstration_home: Path) -> Iterator[TestClient]:
    """The service on the demonstration, for tests that change nothing."""
    # What tests search and choose is written at the end, so that no order of hits changes.
    with service(demonstration_home, search_log_seconds=3600) as running:
        yield running


@pytest.fixture
def own_home(demonstration_home: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that a test may change."""
    being_built = shutil.ignore_patterns(".building-*")  # an index of the service of this session
    return shutil.copytree(demonstration_home, tmp_path / "demonstration", ignore=being_built)


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a service of the test's own: ``start(home, max_body_size=100)``."""
    with ExitStack() as running:

        def started(home: Path, **settings: Any) -> TestClient:
            return running.enter_context(service(home, **settings))

        yield started


@pytest.fixture
def register(own_home: Path) -> Iterator[Register]:
    """The register of this test's own home."""
    database = Database(Settings(home=own_home).database)
    yield Register(database)
    database.dispose()
