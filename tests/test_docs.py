"""The documentation names what there is: settings, commands, routes, messages, rules."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
import typer
import typer.main

from loaders.messages import ODDITIES, REFUSALS, REPAIRS
from thesaurus.app import create_app
from thesaurus.cli import Rooms
from thesaurus.cli import app as commands
from thesaurus.coding.rule_table import markdown
from thesaurus.settings import Settings
from thesaurus.web import PAGES

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`THESAURUS_{name.upper()}`" in read("docs/operations.md")


@pytest.mark.parametrize("name", sorted(typer.main.get_command(commands).commands))  # type: ignore[attr-defined]
def test_every_command_is_documented(name: str) -> None:
    assert f"`thesaurus {name}" in read("docs/operations.md")


@pytest.mark.parametrize("route", sorted(create_app().openapi()["paths"]))
def test_every_route_is_documented(route: str) -> None:
    assert f"`{route}`" in read("docs/api.md")


@pytest.mark.parametrize("page", sorted({route.path for route in PAGES}))
def test_every_page_is_documented(page: str) -> None:
    assert f"`{page.replace(':path', '')}`" in read("docs/api.md")


@pytest.mark.parametrize("key", sorted(REFUSALS | REPAIRS | ODDITIES))
def test_every_message_of_the_loaders_is_documented(key: str) -> None:
    assert f"| `{key}` |" in read("docs/loading.md")


def test_the_page_of_rules_is_made_of_the_rules() -> None:
    """``python -m thesaurus.coding.rule_table`` prints what stands there."""
    page = read("docs/rules.md")
    assert "\n".join(markdown()).strip() in page
    guide = read("docs/guide-utilisateur.md")
    assert "(rules.md)" in guide


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), (document.name, target)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    lines = [line for line in read("README.md").splitlines() if "bin/pytest" in line]
    assert lines == ['python3 -m venv .venv && .venv/bin/pip install ".[test]" && .venv/bin/pytest']
    assert "grep -m 1 -F 'bin/pytest' README.md" in read(".ci/run")


def test_every_room_of_commands_is_known() -> None:
    """A command that is missing in the table of rooms would vanish without a word."""
    files = {each.stem for each in (ROOT / "thesaurus/cli").glob("*.py")} - {"__init__", "__main__"}
    modules = [import_module(f"thesaurus.cli.{name}") for name in sorted(files)]
    installed = typer.Typer()
    for module in modules:
        if hasattr(module, "install"):
            module.install(installed)
    assert set(typer.main.get_group(installed).commands) == set(Rooms())
