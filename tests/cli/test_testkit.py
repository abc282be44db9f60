"""``testkit``: a folder that did not exist, and never one with something in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")


def test_the_kit_is_written(run: Run, tmp_path: Path) -> None:
    shown = run("testkit", str(tmp_path / "kit")).stdout
    manifest = json.loads((tmp_path / "kit" / "manifest.json").read_text(encoding="utf-8"))
    assert str(len(manifest["samples"])) in shown
    assert "DX-080" in shown
    for each in manifest["samples"]:
        assert (tmp_path / "kit" / each["send"]).stat().st_size > 0
        assert (tmp_path / "kit" / each["expected"]).is_file()


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mine").write_text("x")
    assert "vide" in run("testkit", str(folder), code=2).stderr
    assert "vide" in run("testkit", str(folder / "mine"), code=2).stderr
    assert [each.name for each in folder.iterdir()] == ["mine"]
