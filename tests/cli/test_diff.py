"""``thesaurus diff`` as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook
from typer.testing import Result

from thesaurus.store import Perimeters, Register, State

Run = Callable[..., Result]
YEARS = ("demo-2022", "demo-2023")


def test_counts_then_changes_by_kind_in_french(run: Run, demo: None) -> None:
    shown = run("diff", *YEARS).stdout
    assert "      6  codes entrants" in shown
    assert "Niveau : 5" in shown
    assert "ORPHA:506  Syndrome de Leigh  Groupe de pathologies → Pathologie" in shown
    assert "aucune version de l'année de demo-2022" in shown


def test_a_few_of_each_kind(run: Run, demo: None) -> None:
    shown = run("diff", *YEARS, "--kind", "level", "--kind", "added", "--limit", "2").stdout
    assert "... et 3 autres (--limit)" in shown
    assert "Statut :" not in shown
    assert "statuts changés" not in shown


def test_as_json(run: Run, demo: None) -> None:
    answer = json.loads(run("diff", *YEARS, "--json", "--level", "subtype").stdout)
    assert (answer["from"], answer["to"], answer["release"]) == (*YEARS, "demo-2023")
    assert {item["code"] for item in answer["items"]} >= {"2204", "284343"}
    assert answer["total"] == len(answer["items"])
    few = json.loads(run("diff", *YEARS, "--json", "--limit", "3", "--lang", "en").stdout)
    assert len(few["items"]) == 3
    assert few["items"][0]["lang"] == "en"


def test_as_files(run: Run, demo: None, tmp_path: Path) -> None:
    book, table = tmp_path / "écarts.xlsx", tmp_path / "écarts.csv"
    shown = run("diff", *YEARS, "--output", str(book)).stdout
    assert "codes changés / changed codes" in shown
    assert len(load_workbook(book).sheetnames) > 9
    run("diff", *YEARS, "--output", str(table), "--kind", "level")
    assert len(table.read_text(encoding="utf-8-sig").splitlines()) == 6


def test_a_perimeter_and_a_classification(run: Run, demo: None, home: Register) -> None:
    Perimeters(home.database).replace("oscar", ["2204"], actor="ana")
    shown = run("diff", *YEARS, "--perimeter", "oscar").stdout
    assert "ORPHA:2204" in shown
    assert "ORPHA:506" not in shown
    assert "oscar" in run("diff", *YEARS, "--perimeter", "ailleurs", code=1).stderr
    answer = json.loads(run("diff", *YEARS, "--classification", "199", "--json").stdout)
    assert "2204" in {item["code"] for item in answer["items"]}
    assert "156" in run("diff", *YEARS, "--classification", "9", code=1).stderr


def test_there_being_differences_is_no_failure_and_neither_is_none(run: Run, demo: None) -> None:
    assert "Aucune différence" in run("diff", "demo-2023", "demo-2023", code=0).stdout


def test_wrong_usage(run: Run, demo: None, tmp_path: Path) -> None:
    run("diff", "demo-2022", code=2)
    run("diff", *YEARS, "--kind", "couleur", code=2)
    run("diff", *YEARS, "--level", "étage", code=2)
    run("diff", *YEARS, "--output", str(tmp_path / "a.pdf"), code=2)
    run("diff", *YEARS, "--output", str(tmp_path / "nowhere" / "a.xlsx"), code=2)
    run("diff", *YEARS, "--json", "--output", str(tmp_path / "a.xlsx"), code=2)


def test_unknown_and_archived_releases_are_named(run: Run, demo: None, home: Register) -> None:
    missing = run("diff", "2022", "demo-2023", code=1).stderr
    assert "« 2022 »" in missing
    assert "demo-2022, demo-2023" in missing
    home.move("demo-2022", State.ARCHIVED, actor="ana")
    assert "archivée" in run("diff", *YEARS, code=1).stderr
