"""What ``check`` takes for a code, for a file, and for a mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from thesaurus.cli import app

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("argument", ["codes.txt", "none/codes", "A.CSV", "C:\\codes", "x.xlsx"])
def test_a_path_without_a_file_is_a_mistake(run: Run, argument: str) -> None:
    assert argument in run("check", argument, code=2).stderr


def test_a_folder_is_a_mistake(run: Run, tmp_path: Path) -> None:
    assert "dossier" in run("check", str(tmp_path), code=2).stderr


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_nothing_to_check_is_said(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "empty.txt"
    file.write_text(text, encoding="utf-8")
    assert "aucun code lu" in run("check", str(file), code=2).stderr
    run("check", " ", code=2)


def test_a_binary_file_is_a_mistake(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "codes.txt"
    file.write_bytes(b"\x7fELF\0\0")
    assert "texte" in run("check", str(file), code=2).stderr


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8", "cp1252"])
def test_texts_of_other_programs_are_read(run: Run, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "codes"
    file.write_bytes("558\r\n\r\né\r58".encode(encoding))
    lines = run("check", str(file), code=1).stdout.splitlines()
    assert lines[0].startswith("ligne 1  558  ok ")
    assert lines[1].startswith("ligne 3  é    erreur ")
    assert lines[3].startswith("ligne 4  58   ok ")


def test_lines_of_several_files_say_the_file(run: Run, tmp_path: Path) -> None:
    for name, text in (("a.txt", "558"), ("b.txt", "\n58")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    shown = run("check", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "65753", code=1).stdout
    assert "a.txt:1  558    ok " in shown
    assert "b.txt:2  58     ok " in shown
    assert "         65753  " in shown


def test_standard_input() -> None:
    result = CliRunner().invoke(app, ["check", "-"], input=b"558\n")
    assert result.stdout.startswith("ligne 1  558  ok ")


@pytest.mark.parametrize("code", ["x" * 5000, "558" + " " * 3000 + "x", "\udcff", "a\u2028b"])
def test_any_text_is_a_code_that_is_checked(run: Run, code: str) -> None:
    assert "DX-002" in run("check", code, code=1).stdout


def test_an_address_of_orphanet_is_a_code(run: Run) -> None:
    assert "Marfan" in run("check", "http://www.orpha.net/ORDO/Orphanet_558").stdout


@pytest.mark.parametrize("name", ["", "none/answer.json"])
def test_an_output_that_cannot_be_written_is_said_first(
    run: Run, tmp_path: Path, name: str
) -> None:
    result = run("check", "558", "--output", str(tmp_path / name), code=2)
    assert "--output" in result.stderr
    assert result.stdout == ""
