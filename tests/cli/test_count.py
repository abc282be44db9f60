"""``count``, ``redirect`` and ``aggregate`` in a terminal."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from tests.builders import small_pack
from tests.packs.products import linearisation_xml
from thesaurus.cli import app

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")

TABLE = "IPP;Code ORPHA;Gène\n1;284963;\n1;558;\n2;255241;\n3;98006;\n4;802;\n5;;\n6;65753;MPZ\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "patients.csv"
    written.write_text(TABLE, encoding="utf-8")
    return written


def test_a_file_is_counted(run: Run, file: Path) -> None:
    shown = run("count", str(file), "--level", "disorder").stdout.splitlines()
    assert shown[0] == "patients.csv ; colonnes : id = IPP, code = Code ORPHA, genes = Gène"
    assert shown[1] == "        1  ORPHA:558     Syndrome de Marfan (pathologie)"
    assert shown[2] == "        1  ORPHA:506     Syndrome de Leigh (pathologie)"
    assert "non comptés, non rare en Europe : 1 patient, 1 ligne" in shown
    assert "            1  ORPHA:802     Sclérose en plaques (non rare en Europe)" in shown
    assert "non comptés, sans code : 1 patient, 1 ligne" in shown
    assert "lus : 6 patients, 7 lignes ; comptés : 4 patients, 5 lignes" in shown
    assert "dans les codes listés (niveaux pathologie) : 2 patients, 3 lignes" in shown
    assert shown[-1].startswith("version demo-2023, le long de toutes les classifications")


def test_the_answer_is_that_of_the_service(run: Run, file: Path) -> None:
    words = ("--aggregate", "--no-groups", "--specify", "--within", "ORPHA:166", "--json")
    answer = json.loads(run("count", str(file), *words).stdout)
    assert answer["recipe"] == {
        "name": "plain",
        "redirect": "moved",
        "specify": True,
        "groups": False,
        "aggregate": True,
        "by_specialty": False,
    }
    assert [each["code"] for each in answer["items"]] == ["166", "65753", "101082"]
    assert answer["file"]["columns"]["genes"] == "Gène"


def test_the_national_recipe_needs_the_linearisation(run: Run, file: Path, tmp_path: Path) -> None:
    refused = run("count", str(file), "--recipe", "national", code=1)
    assert "linéarisation" in refused.stderr
    linear = tmp_path / "linear.xml"
    linear.write_bytes(linearisation_xml(small_pack(), {"558": "93419", "1": None}))
    run("load", str(linear), "--activate")
    shown = run("count", str(file), "--recipe", "national").stdout
    assert "        1  ORPHA:93419   Maladie osseuse rare (groupe de pathologies)\n" in shown
    assert "sans parent préférentiel : 1 patient, 1 ligne" in shown
    assert "par parent préférentiel ; recette nationale : " in shown


def test_a_perimeter(run: Run, file: Path, tmp_path: Path) -> None:
    listed = tmp_path / "oscar.csv"
    listed.write_text("558\n15\n", encoding="utf-8")
    run("perimeter", "load", "oscar", str(listed))
    answer = json.loads(run("count", str(file), "--perimeter", "oscar", "--json").stdout)
    assert [each["code"] for each in answer["items"]] == ["558"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_counts_are_written(run: Run, file: Path, tmp_path: Path, form: str) -> None:
    output = tmp_path / f"out.{form}"
    shown = run("count", str(file), "--output", str(output)).stdout
    assert "ORPHA:558 " not in shown
    assert "lus : 6 patients" in shown
    if form == "csv":
        assert "558;Syndrome de Marfan;pathologie;1;2;1" in output.read_text("utf-8-sig")
    elif form == "xlsx":
        assert "Comptage" in load_workbook(io.BytesIO(output.read_bytes())).sheetnames
    else:
        assert json.loads(output.read_text("utf-8"))["total"]["read"]["patients"] == 6
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_only_some_codes_are_shown(run: Run, file: Path) -> None:
    shown = run("count", str(file), "--limit", "2").stdout
    assert shown.count("ORPHA:98053") == 1
    assert " codes en tout (--limit, --output)" in shown


def test_rows_that_cannot_be_read_end_with_1(run: Run, file: Path) -> None:
    file.write_text('IPP;Code\n1;558\n2;"open\n', encoding="utf-8")
    shown = run("count", str(file), code=1).stdout
    assert "non comptés, ligne illisible : 1 patient, 1 ligne" in shown
    assert "    ligne 3 : Guillemet" in shown


def test_standard_input(file: Path) -> None:
    result = CliRunner().invoke(app, ["count", "-", "--json"], input=file.read_bytes())
    assert json.loads(result.stdout)["total"]["read"] == {"rows": 7, "patients": 6}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("558",), 2),
        (("nowhere.csv",), 2),
        (("{file}", "--level", "head"), 2),
        (("{file}", "--recipe", "other"), 2),
        (("{file}", "--columns", "code=9"), 2),
        (("{file}", "--output", "out.pdf"), 2),
        (("{file}", "--output", "{file}"), 2),
        (("{file}", "--classification", "1"), 1),
        (("{file}", "--within", "999999"), 1),
        (("{file}", "--perimeter", "nobody"), 1),
    ],
)
def test_what_cannot_be_counted(run: Run, file: Path, words: tuple[str, ...], code: int) -> None:
    before = file.read_bytes()
    run("count", *(word.replace("{file}", str(file)) for word in words), code=code)
    assert file.read_bytes() == before


def test_a_recoded_file_counts_its_new_codes(run: Run, file: Path, tmp_path: Path) -> None:
    years = ("--from", "demo-2022", "--to", "demo-2023")
    file.write_text("IPP;Code ORPHA\n1;137911\n2;139491\n3;558\n", encoding="utf-8")
    recoded = tmp_path / "recoded.csv"
    run("recode", str(file), *years, "--output", str(recoded), code=1)
    answer = json.loads(run("count", str(recoded), "--redirect", "none", "--json").stdout)
    assert {"3205", "558"} <= {each["code"] for each in answer["items"]}
    assert list(answer["dropped"]) == ["obsolete"]
    assert answer["file"]["columns"]["new_code"] == "nouveau code"
    assert "nouveau code" not in answer["file"]["unread"]["columns"]
    shown = run("count", str(recoded)).stdout
    assert "attention : Fichier recodé : le code de la colonne « nouveau code » (C) compte" in shown


def test_of_several_recodings_the_last_that_gave_a_code_counts(run: Run, file: Path) -> None:
    file.write_text(
        "Code;nouveau code;nouveau code (2)\n802;506;558\n802;506;\n802;;\n", encoding="utf-8"
    )
    answer = json.loads(run("count", str(file), "--json").stdout)
    direct = {each["code"]: each["direct"] for each in answer["items"] if each["direct"]}
    assert direct == {"558": 1, "506": 1}
    assert list(answer["dropped"]) == ["non_rare"]
    named = ("--columns", 'code="nouveau code"')
    answer = json.loads(run("count", str(file), *named, "--json").stdout)
    assert {each["code"]: each["direct"] for each in answer["items"] if each["direct"]} == {
        "506": 2
    }


def test_a_second_column_of_codes_is_named(run: Run, file: Path) -> None:
    file.write_text("IPP;Diagnostic;Associé;x\n1;ORPHA:558;ORPHA:506;a\n", encoding="utf-8")
    shown = run("count", str(file)).stdout
    assert "colonnes non lues : « Associé », « x »\n" in shown
    assert "attention : La colonne « Associé » (C) semble contenir des codes ORPHA" in shown
    assert "--columns 'code=3'" in shown


def test_two_columns_full_of_codes_are_not_guessed(run: Run, file: Path) -> None:
    file.write_text("802;558\n558;255241\n506;558\n", encoding="utf-8")
    assert (
        "ORPHA : A, B. Dire laquelle : --columns 'code=1'" in run("count", str(file), code=1).stderr
    )
    run("count", str(file), "--columns", "code=2")


def test_columns_that_changed_places_end_with_1(run: Run, file: Path) -> None:
    file.write_text("Code ORPHA;IPP\nDupont;558\nDurand;506\nDuval;1\n", encoding="utf-8")
    shown = run("count", str(file), code=1).stdout
    assert "la colonne « IPP » (B) semble contenir des codes ORPHA : --columns 'code=2'" in shown
    file.write_text("Code ORPHA;IPP\nx;a\n999999;b\n558;c\n", encoding="utf-8")
    assert "vérifier le fichier et la version" in run("count", str(file), code=1).stdout
    file.write_text("Code ORPHA;IPP\nx;a\n558;b\n;c\n", encoding="utf-8")
    run("count", str(file))


# -- redirect and aggregate ------------------------------------------------------------------


def test_codes_are_redirected(run: Run) -> None:
    shown = run("redirect", "255241", "ORPHA:255199", "558").stdout.splitlines()
    assert shown == [
        "ORPHA:255241  →  ORPHA:506  Syndrome de Leigh  (déplacé vers)",
        "ORPHA:255199  →  ORPHA:255199  Syndrome de Leigh sporadique  (inchangé / unchanged)",
        "ORPHA:558  →  ORPHA:558  Syndrome de Marfan  (inchangé / unchanged)",
    ]
    referred = run("redirect", "--referred", "255199").stdout
    assert "ORPHA:255210" in referred
    assert "(associé à)" in referred


def test_codes_are_aggregated(run: Run) -> None:
    shown = run("aggregate", "284963", "558", "98053").stdout.splitlines()
    assert shown == [
        "ORPHA:284963  →  ORPHA:558  Syndrome de Marfan  (agrégation / aggregation)",
        "ORPHA:558  →  ORPHA:558  Syndrome de Marfan  (inchangé / unchanged)",
        "ORPHA:98053  →  (aucune pathologie d'agrégation / no disorder to count as)",
    ]


@pytest.mark.parametrize("command", ["redirect", "aggregate"])
def test_lists_of_codes(run: Run, tmp_path: Path, command: str) -> None:
    listed = tmp_path / "codes.txt"
    listed.write_text("558\n\n999999\n", encoding="utf-8")
    shown = run(command, str(listed), code=1).stdout.splitlines()
    assert shown[0].startswith("ligne 1  ORPHA:558  →  ORPHA:558")
    assert shown[1] == "ligne 3  999999  code inconnu / unknown code"
    result = CliRunner().invoke(app, [command, "-", "--json"], input="558\n58")
    answer = json.loads(result.stdout)
    assert [each["code"] for each in answer["items"]] == ["558", "58"]
    assert result.exit_code == 0


@pytest.mark.parametrize("command", ["redirect", "aggregate"])
def test_without_a_code_there_is_nothing_to_do(run: Run, tmp_path: Path, command: str) -> None:
    empty = tmp_path / "codes.txt"
    empty.write_text("\n", encoding="utf-8")
    run(command, str(empty), code=2)
