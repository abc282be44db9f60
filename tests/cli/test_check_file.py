"""``check`` of whole tables: what is shown, what is written, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from tests.coding.table.tables import workbook
from thesaurus.cli import app
from thesaurus.cli.check import Kind, kind_of

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")

TABLE = "IPP;Code ORPHA;Libellé\n1;558;Syndrome de Marfan\n2;255241;x\n1;398980;y\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "codes.csv"
    written.write_text(TABLE, encoding="utf-8")
    return written


def test_a_table_is_summed_up(run: Run, file: Path) -> None:
    shown = run("check", str(file), code=1).stdout
    assert shown.startswith(
        "codes.csv : 3 lignes ; colonnes : id = IPP, code = Code ORPHA, label = Libellé\n"
    )
    assert "ligne 3  255241  erreur\n    DX-010 " in shown
    assert "→ ORPHA:506 " in shown
    assert "règles : " in shown
    assert shown.splitlines()[-1].startswith("diagnostics : 3, ")


def test_a_sound_table_is_fine(run: Run, file: Path) -> None:
    file.write_text("code;x\n558;1\n58;2\n", encoding="utf-8")
    assert "DX-" not in run("check", str(file)).stdout


def test_only_the_first_findings_are_shown(run: Run, file: Path) -> None:
    file.write_text("code;x\n" + "255241;1\n" * 30 + '"open;1\n' * 1, encoding="utf-8")
    shown = run("check", str(file), code=1).stdout
    assert shown.count("DX-010 ORPHA") == 20
    assert "... et 10 autres constats" in shown
    assert "ligne 32  non contrôlée  Guillemet" in shown


def test_the_table_with_columns_added(run: Run, file: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    run("check", str(file), "--output", str(output), code=1)
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("IPP;Code ORPHA;Libellé;contrôle;")
    assert lines[2].startswith("2;255241;x;erreur;DX-010;")
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == [
        *("codes.csv", "out.csv"),
    ]


def test_the_answer_as_json(run: Run, file: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    run("check", str(file), "--output", str(output), code=1)
    written = json.loads(output.read_text(encoding="utf-8"))
    assert [each["lines"] for each in written["results"]] == [[2, 4], [3]]
    assert json.loads(run("check", str(file), "--json", code=1).stdout) == written


def test_the_report(run: Run, file: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.xlsx"
    run("check", str(file), "--output", str(output), code=1)
    assert load_workbook(output).sheetnames == ["Résumé", "À traiter", "Lignes"]


def test_a_workbook_and_its_sheet(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "any.name"
    file.write_bytes(workbook({"A": [["code"], [558]], "B": [["code"], [255241]]}))
    assert "feuille A : 1 ligne ;" in run("check", str(file)).stdout
    assert "DX-010" in run("check", str(file), "--sheet", "B", code=1).stdout


def test_columns_and_headings_can_be_said(run: Run, file: Path) -> None:
    file.write_text("a;b\n558;1\n", encoding="utf-8")
    run("check", str(file), "--columns", "code=1", "--no-header", code=1)
    assert " : 1 ligne ;" in run("check", str(file), "--columns", "code=a").stdout
    for wrong in ("nothing", "code=33", "chat=1"):
        said = run("check", str(file), "--columns", wrong, code=2).stderr
        assert "--columns" in said
        assert "columns=" not in said
    file.write_bytes(workbook({"A": [["code"], [558]]}))
    assert "« A »" in run("check", str(file), "--sheet", "B", code=2).stderr


def test_a_table_on_standard_input() -> None:
    result = CliRunner().invoke(app, ["check", "-"], input=TABLE.encode())
    assert result.stdout.startswith("- : 3 lignes")


def test_several_tables_one_after_the_other(run: Run, file: Path) -> None:
    shown = run("check", str(file), str(file), code=1).stdout
    assert shown.count("codes.csv : 3 lignes") == 2
    run("check", str(file), str(file), "--json", code=2)
    run("check", str(file), "558", code=2)


def test_the_input_is_never_written_over(run: Run, file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(file)
    for name in (file, link):
        assert "--output" in run("check", str(file), "--output", str(name), code=2).stderr
    assert file.read_text(encoding="utf-8") == TABLE


def test_a_form_that_is_not_known(run: Run, file: Path, tmp_path: Path) -> None:
    assert ".xlsx" in run("check", str(file), "--output", str(tmp_path / "a.pdf"), code=2).stderr


def test_a_check_that_fails_leaves_the_output_as_it_was(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.csv"
    output.write_text("former", encoding="utf-8")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("thesaurus.coding.table.added.with_added", fails)
    assert "No space" in run("check", str(file), "--output", str(output), code=1).stderr
    assert output.read_text(encoding="utf-8") == "former"
    assert not list(tmp_path.glob(".*part"))


def test_a_damaged_workbook_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "codes.xlsx"
    file.write_bytes(b"PK\x03\x04\0\0")
    assert "abîmé" in run("check", str(file), code=1).stderr


def test_a_table_without_codes_is_said(run: Run, file: Path) -> None:
    file.write_text("IPP;Prénom\nA;B\n", encoding="utf-8")
    said = run("check", str(file), code=1).stderr
    assert "« IPP », « Prénom »" in said
    assert said.count("--columns 'code=3,label=B,status=") == 2
    assert " columns=" not in said


def test_the_kind_of_a_file_is_told_by_its_first_bytes() -> None:
    kinds = {
        b"<ClinicalDocument>": Kind.CDA,
        b"\xef\xbb\xbf\n <?xml": Kind.CDA,
        b' {"a": 1}': Kind.JSON,
        b"[1]": Kind.JSON,
        b"PK\x03\x04...": Kind.TABLE,
        b"558;": Kind.TEXT,
        b"": Kind.TEXT,
    }
    assert {start: kind_of(BytesIO(start)) for start in kinds} == kinds


def test_what_is_not_read_is_shown(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "suivi.xlsx"
    rows = [["Suivi 2024"], [], ["Libellé", "Maladie", "Ville"], ["Marfan", "x", "Lyon"]]
    file.write_bytes(workbook({"A": rows, "B": [["y"]]}))
    shown = run("check", str(file)).stdout
    assert "colonnes non lues : « Maladie », « Ville »\n" in shown
    assert "feuilles non lues : « B »\n" in shown
    assert "attention : AUCUNE COLONNE DE CODES" in shown
    assert "--columns 'code=3'" in shown
    assert "attention : Deux colonnes pour libellé : « Libellé » (A) est lue" in shown
    assert "attention : Le tableau commence à la ligne 3" in shown


def test_a_title_does_not_make_a_list_of_a_table(run: Run, file: Path) -> None:
    file.write_text(f"Suivi maladies rares 2024\n\n{TABLE}", encoding="utf-8")
    shown = run("check", str(file), code=1).stdout
    assert "ligne 5  255241  erreur\n" in shown
    assert "1;558;Syndrome de Marfan" not in shown


def test_one_more_finding_is_one(run: Run, file: Path) -> None:
    file.write_text("code;x\n" + "255241;1\n" * 21, encoding="utf-8")
    assert "... et 1 autre constat (--output)" in run("check", str(file), code=1).stdout
