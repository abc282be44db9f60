"""A year of releases, as it is typed: windows, roll-backs, patches, the history."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from tests.builders import small_pack
from tests.conftest import DEMONSTRATION
from tests.packs.writer import write_pack

Run = Callable[..., Result]
TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture
def year(run: Run, tmp_path: Path) -> Run:
    """2022 active, 2023 to come."""
    for day in ("2022-06-21", "2023-06-21"):
        write_pack(tmp_path / day, small_pack(day), "fr")
        run("load", str(tmp_path / day), *(["--activate"] if day.startswith("2022") else []))
    return run


def item(run: Run, release: str) -> dict[str, Any]:
    items = json.loads(run("releases", "--json").stdout)["items"]
    return next(each for each in items if each["id"] == release)


def until(days: int) -> str:
    return str(TODAY + dt.timedelta(days=days))


def test_an_activation_says_until_when_the_other_one_is_taken(year: Run) -> None:
    shown = year("activate", "2023", "--overlap-days", "30", "--reason", "bascule").stdout
    assert f"2023 (quittée / left: 2022 ; admise jusqu'au / taken until {until(30)})" in shown
    assert item(year, "2022")["accepted_until"] == until(30)
    table = year("releases").stdout
    assert "admise jusqu'au" in table
    assert until(30) in table


def test_the_window_as_a_day_and_as_json(year: Run) -> None:
    answer = json.loads(year("activate", "2023", "--overlap-until", until(9), "--json").stdout)
    assert (answer["left"], answer["left_accepted_until"]) == ("2022", until(9))
    assert item(year, "2022")["accepted_until"] == until(9)


def test_without_one_the_deployments_window_is_given(
    year: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THESAURUS_OVERLAP_DAYS", "45")
    year("activate", "2023")
    assert item(year, "2022")["accepted_until"] == until(45)
    year("rollback")
    assert item(year, "2022")["accepted_until"] is None
    assert item(year, "2023")["accepted_until"] is None, "a roll-back gives none"
    year("activate", "2023", "--overlap-days", "0")
    assert item(year, "2022")["accepted_until"] == until(0)


def test_loading_activates_with_the_deployments_window(
    year: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("THESAURUS_OVERLAP_DAYS", "45")
    pack = write_pack(tmp_path / "next", small_pack("2024-06-21"), "fr")
    assert f"taken until {until(45)}" in year("load", str(pack), "--activate").stdout
    assert item(year, "2022")["accepted_until"] == until(45)


def test_without_any_window_the_register_shows_none(year: Run) -> None:
    year("activate", "2023")
    assert item(year, "2022")["accepted_until"] is None
    assert "admise" not in year("releases").stdout


def test_a_roll_back_gives_the_window_that_is_asked(year: Run) -> None:
    year("activate", "2023")
    assert f"taken until {until(3)}" in year("rollback", "--overlap-days", "3").stdout
    assert item(year, "2023")["accepted_until"] == until(3)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("activate", "2023", "--overlap-days", "3", "--overlap-until", "2031-01-01"), 2),
        (("activate", "2023", "--overlap-days", "-1"), 2),
        (("activate", "2023", "--overlap-days", "99999"), 2),
        (("activate", "2023", "--overlap-until", "demain"), 2),
        (("activate", "2023", "--overlap-until", "2020-01-01"), 1),
        (("overlap", "2022"), 2),
        (("overlap", "2022", "--until", "2031-01-01", "--none"), 2),
        (("overlap", "2022", "--until", "2031-01-01"), 1),
        (("overlap", "1999", "--none"), 1),
    ],
)
def test_windows_that_are_refused_change_nothing(
    year: Run, words: tuple[str, ...], code: int
) -> None:
    before = year("releases", "--json").stdout
    assert "Traceback" not in year(*words, code=code).stderr
    assert year("releases", "--json").stdout == before


def test_a_wrong_setting_is_named(year: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESAURUS_OVERLAP_DAYS", "-1")
    assert "THESAURUS_OVERLAP_DAYS" in year("activate", "2023", code=2).stderr


def test_a_window_is_changed_later(year: Run) -> None:
    year("activate", "2023")
    assert until(50) in year("overlap", "2022", "--until", until(50), "--reason", "x").stdout
    assert item(year, "2022")["accepted_until"] == until(50)
    answer = json.loads(year("overlap", "2022", "--none", "--json").stdout)
    assert answer == {"release": "2022", "accepted_until": None}


def test_the_history_is_shown_the_latest_first(year: Run) -> None:
    year("activate", "2023", "--overlap-days", "30", "--reason", "bascule\nnationale")
    year("overlap", "2022", "--until", until(50), "--reason", "sites en retard")
    year("rollback", "--reason", "libellé faux")
    lines = year("history").stdout.splitlines()
    assert lines[0].split() == ["date", "(UTC)", "version", "étape", "par", "motif"]
    told = [" ".join(line.split()[2:]) for line in lines[1:7]]
    assert told[0].startswith("2022 superseded → active")
    assert told[0].endswith("libellé faux")
    assert told[1].startswith("2023 active → superseded")
    assert told[2].endswith(f"admise jusqu'au {until(50)} : sites en retard")
    assert told[3].endswith("bascule nationale"), "a line break stays in its row"
    assert told[4].endswith(f"→ 2023 (admise jusqu'au {until(30)})")
    assert len(year("history", "2023").stdout.splitlines()) == 5
    assert "9 étapes de plus" in year("history", "--limit", "1").stdout


def test_the_history_as_json(year: Run) -> None:
    found = json.loads(year("history", "2022", "--json", "--limit", "2").stdout)
    assert (found["release"], found["total"]) == ("2022", 3)
    assert [each["to_state"] for each in found["items"]] == ["active", "checked"]
    later = json.loads(year("history", "--since", until(1), "--json").stdout)
    assert (later["total"], later["items"]) == (0, [])
    year("history", "1999", code=1)
    year("history", "--system", "nothing", code=1)
    assert json.loads(year("history", "--system", "all", "--json").stdout)["total"] == 5


def test_an_empty_history(run: Run) -> None:
    assert json.loads(run("history", "--json").stdout) == {"release": None, "total": 0, "items": []}
    assert run("history").stdout.startswith("date (UTC)")


def test_a_patch_says_what_it_corrects_and_how_much(year: Run, tmp_path: Path) -> None:
    codes = ("58", "558", "9")
    pack = write_pack(tmp_path / "patch", small_pack("2023-09-01", codes), "fr")
    shown = year("load", str(pack)).stdout
    assert "2023.1 corrige / corrects 2023" in shown
    assert "1  codes entrants" in shown
    assert "thesaurus diff 2023 2023.1" in shown
    assert item(year, "2023.1")["patch_of"] == "2023"
    assert year("releases").stdout.splitlines()[0].endswith("corrige")
    assert "corrects" not in year("load", str(pack)).stdout, "it is there already"
    again = write_pack(tmp_path / "again", small_pack("2023-10-01", codes, label="Autre"), "fr")
    answer = json.loads(year("load", str(again), "--json").stdout)
    assert (answer["patch_of"], answer["changed"]["added"]) == ("2023.1", 0)
    assert answer["changed"]["renamed"] == 4


def test_a_patch_that_changes_nothing_says_so(run: Run) -> None:
    """A language that is given later corrects nothing."""
    for lang in ("FR", "EN"):
        folder = DEMONSTRATION / "2023" / f"Orphanet_Nomenclature_Pack_{lang}"
        shown = run("load", str(folder)).stdout
    assert "2023.1 corrige / corrects 2023\n  aucune différence / no difference" in shown
