from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from thesaurus.cli import app
from thesaurus.cli.demo import load_demonstration
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
def demo(home: Register) -> None:
    load_demonstration(home)
