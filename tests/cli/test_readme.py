"""What README.md and the guide show is what the commands print."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from thesaurus.app import create_app
from thesaurus.cli import app

Run = Callable[..., Result]

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "docs/guide-terminal.md")


def examples(program: str) -> Iterator[tuple[str, str]]:
    """Yield (command, what the document shows below it); something may be piped into it."""
    for document in DOCUMENTS:
        text = (ROOT / document).read_text(encoding="utf-8")
        for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
            for each in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = each.partition("\n")
                if command.rpartition(" | ")[2].startswith(f"{program} "):
                    yield command, shown


@pytest.mark.usefixtures("demo")
def test_commands_print_what_the_documents_show() -> None:
    found = list(examples("thesaurus"))
    assert len(found) >= 4
    for line, shown in found:
        printed, _, command = line.rpartition(" | ")
        given = shlex.split(printed)[1].replace("\\n", "\n") if printed else None
        result = CliRunner().invoke(app, shlex.split(command)[1:], input=given)
        assert result.exit_code in (0, 1), command
        assert result.stdout.splitlines() == shown.strip("\n").splitlines(), command


@pytest.mark.usefixtures("demo")
def test_the_service_answers_what_the_documents_show() -> None:
    found = list(examples("curl"))
    assert found
    with TestClient(create_app()) as client:
        for command, shown in found:
            address = urlsplit(shlex.split(command)[-1])
            assert client.get(f"{address.path}?{address.query}").json() == json.loads(shown)


GROUPS = ("account", "legacy", "perimeter", "transcoding", "usage")


def test_every_command_of_the_documents_exists(run: Run) -> None:
    for document in (*DOCUMENTS, "docs/operations.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        for line in re.findall(r"^thesaurus (.+)$", text, re.MULTILINE):
            words = shlex.split(line)
            group = [words[1]] if words[0] in GROUPS and words[1:] else []
            shown = run(words[0], *group, "--help").stdout
            for option in (word for word in words if word.startswith("--")):
                assert option in shown, line
