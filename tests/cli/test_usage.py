"""``thesaurus usage`` and ``thesaurus perimeter`` as a user types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from thesaurus.settings import Settings
from thesaurus.store import Perimeters, Register, Usage

Run = Callable[..., Result]


def file_of(folder: Path, content: str) -> Path:
    path = folder / "codes.csv"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.usefixtures("demo")
def test_usage_is_loaded_shown_and_forgotten(run: Run, tmp_path: Path, home: Register) -> None:
    table = file_of(tmp_path, "code,count\n558,3\nORPHA:586,10\n999999,1\n")
    shown = run("usage", "load", str(table)).stdout
    assert "Codes chargés / codes loaded: 3" in shown
    assert "unknown, kept: 1 (999999)" in shown
    run("usage", "load", str(table))
    assert Usage(home.database).counts().counts == {"586": 20, "558": 6, "999999": 2}
    run("usage", "load", str(table), "--replace")
    answer = json.loads(run("usage", "--json", "--limit", "2").stdout)
    assert answer["release"] == "demo-2023"
    assert (answer["codes"], answer["total"]) == (3, 14)
    assert [each["code"] for each in answer["items"]] == ["586", "558"]
    assert answer["items"][1]["label"] == "Syndrome de Marfan"
    lines = run("usage").stdout.splitlines()
    assert lines[1].split() == ["3", "ORPHA:558", "Syndrome", "de", "Marfan"]
    assert lines[2].split() == ["1", "ORPHA:999999", "?"]
    assert json.loads(run("usage", "clear", "--json").stdout) == {"forgotten": 3}
    assert "codes : 0" in run("usage").stdout
    assert "forgotten: 0" in run("usage", "clear").stdout


def test_a_refused_table_changes_nothing(run: Run, tmp_path: Path, home: Register) -> None:
    run("usage", "load", str(file_of(tmp_path, "558,3")))
    wrong = run("usage", "load", str(file_of(tmp_path, "586,1\n558,x")), "--replace", code=1).stderr
    assert "codes.csv, ligne 2" in wrong
    assert "codes.csv, line 2" in wrong
    assert Usage(home.database).counts().counts == {"558": 3}


@pytest.mark.usefixtures("demo")
def test_perimeters_are_loaded_listed_and_removed(run: Run, tmp_path: Path, home: Register) -> None:
    listed = file_of(tmp_path, "558\nORPHA:558\n999999\n")
    shown = run("perimeter", "load", "fava-multi", str(listed), "--title", "FAVA-Multi").stdout
    assert "repeated lines: 1" in shown
    assert "codes loaded: 2" in shown
    assert "unknown, kept: 1 (999999)" in shown
    (line,) = run("perimeter", "list").stdout.splitlines()
    for words in ("fava-multi", "FAVA-Multi", "codes : 2", "unknown: 1"):
        assert words in line
    answer = json.loads(run("perimeter", "list", "--json").stdout)
    (item,) = answer["items"]
    assert (item["name"], item["count"], item["unknown"]) == ("fava-multi", 2, 1)
    assert item["actor"]
    run("perimeter", "load", "fava-multi", str(file_of(tmp_path, "586")))
    (kept,) = Perimeters(home.database).everything()[1].values()
    assert (kept.codes, kept.title) == ({"586"}, "FAVA-Multi")
    assert "oscar" in run("perimeter", "remove", "oscar", code=1).stderr
    assert "removed" in run("perimeter", "remove", "fava-multi").stdout
    assert "no perimeter" in run("perimeter", "list").stdout


def test_a_refused_list_leaves_the_former_one(run: Run, tmp_path: Path, home: Register) -> None:
    run("perimeter", "load", "oscar", str(file_of(tmp_path, "558")))
    wrong = run("perimeter", "load", "oscar", str(file_of(tmp_path, "586\nMarfan")), code=1).stderr
    assert "line 2" in wrong
    (kept,) = Perimeters(home.database).everything()[1].values()
    assert kept.codes == {"558"}


def test_without_a_release_lists_are_loaded_and_not_compared(run: Run, tmp_path: Path) -> None:
    listed = str(file_of(tmp_path, "558,3"))
    assert "no active release" in run("perimeter", "load", "oscar", listed).stdout
    assert "no active release" in run("usage", "load", listed).stdout
    assert "unknown" not in run("perimeter", "list").stdout
    assert "ORPHA:558" in run("usage").stdout


@pytest.mark.parametrize("name", ["FAVA", "fava multi", "x" * 41, "fai²r", "", "a/b"])
def test_a_name_that_is_not_fit_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    shown = run("perimeter", "load", name, str(file_of(tmp_path, "558")), code=1).stderr
    assert "périmètre" in shown
    assert "perimeter" in shown


def test_a_title_has_a_bound(run: Run, tmp_path: Path) -> None:
    listed = str(file_of(tmp_path, "558"))
    for title in ("x" * 201, "a\nb"):
        assert "Titre" in run("perimeter", "load", "a", listed, "--title", title, code=1).stderr


def test_a_token_that_is_too_short_is_refused_and_not_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THESAURUS_METRICS_TOKEN", "tooshort")
    shown = run("releases", code=2).stderr
    assert "THESAURUS_METRICS_TOKEN" in shown
    assert "16" in shown
    assert "tooshort" not in shown


def test_the_search_log_is_turned_off_by_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().search_log
    monkeypatch.setenv("THESAURUS_SEARCH_LOG", "off")
    assert not Settings().search_log
