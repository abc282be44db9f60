from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from thesaurus.cli import app
from thesaurus.settings import Settings
from thesaurus.store import Register

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run a command as a terminal would and check its exit code."""

    def run(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def demo(loaded_demonstration: Path, home: Register) -> None:
    """Put the demonstration into this test's own home."""
    home.database.dispose()
    shutil.copytree(loaded_demonstration, Settings().home, dirs_exist_ok=True)
