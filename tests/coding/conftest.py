"""The demonstration releases, opened without a service."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search import suggest
from tests.coding.asking import Demonstration
from thesaurus.cli.demo import load_demonstration
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('coding') / 'register.sqlite3'}")
    database.upgrade()
    register = Register(database)
    load_demonstration(register)
    runtime = Runtime(register)
    runtime.refresh()
    opened = {name: runtime.at(name) for name in ("demo-2022", "demo-2023")}
    database.dispose()
    return Demonstration(opened, runtime.presence())


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are searched by name, as they are searched."""
    texts: list[str] = []
    search: Callable[..., object] = suggest

    def counted(index: object, text: str, **options: object) -> object:
        texts.append(text)
        return search(index, text, **options)

    monkeypatch.setattr("thesaurus.coding.suggestions.suggest", counted)
    return texts
