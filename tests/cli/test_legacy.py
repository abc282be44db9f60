"""``legacy``: from a file of local codes to a signed table and a recoded file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import Result

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")

TABLE = (
    "code CEMARA;libellé;ORPHA;CIM-10\n001;Maladie de Marfan;;Q87.4\n002;syndrome de marfn;;\n"
    "003;Mucoviscidose;;E84.9\nA/4;zzzz;;\n005;;166068;\n"
)
WAY = ("cemara", "demo-2023")


@pytest.fixture
def loaded(demo: None, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "cemara.csv"
    file.write_text(TABLE, encoding="utf-8")
    shown = run("legacy", "load", "cemara", str(file), "--title", "CEMARA 2012").stdout
    assert "cemara : 5 codes" in shown


def test_rows_at_fault_are_told_and_the_others_loaded(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(TABLE + "001;autre;;\n", encoding="utf-8")
    result = run("legacy", "load", "cemara", str(file), code=1)
    assert "ligne 7  non lue" in result.stdout
    (item,) = json.loads(run("legacy", "list", "--json").stdout)["items"]
    assert item["entries"] == 5


@pytest.mark.usefixtures("loaded")
def test_proposals_are_shown_with_reasons(run: Run) -> None:
    shown = run("transcoding", "show", *WAY, "--proposals").stdout
    assert "001 Maladie de Marfan (CIM-10 Q87.4)  à décider" in shown
    assert "ORPHA:558 Syndrome de Marfan (pathologie) : nom proche" in shown
    assert "le libellé ne nomme rien" in shown
    assert "En attente d'une décision : 5" in shown


@pytest.mark.usefixtures("loaded")
def test_only_what_is_sure_is_accepted_at_once(run: Run) -> None:
    shown = run("legacy", "accept", *WAY, "--least", "0.9", "--check").stdout
    assert "003  → ORPHA:586 Mucoviscidose" in shown
    assert "002" not in shown
    assert "en attente / waiting: 2" in run("legacy", "accept", *WAY, "--least", "0.9").stdout
    shown = run("transcoding", "history", *WAY).stdout
    assert "  003 (version 1)  accepté → ORPHA:586" in shown
    assert "première proposition, confiance" in shown
    assert run("legacy", "accept", "demo-2022", "demo-2023", code=2).exit_code == 2


@pytest.mark.usefixtures("loaded")
def test_from_the_workbook_to_a_signed_table_and_a_recoded_file(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "table.xlsx"
    run("transcoding", "show", *WAY, "--output", str(book))
    filled = load_workbook(book)
    sheet = filled["À décider"]
    head = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        proposal = row[head.index("proposition 1")].value
        row[head.index("décision")].value = "accepté" if proposal else "aucun code"
        row[head.index("cibles")].value = proposal
    filled.save(book)
    assert "écrites : 5" in run("transcoding", "import", *WAY, str(book)).stdout
    assert "signée, édition 1" in run("transcoding", "sign", *WAY).stdout
    records = tmp_path / "records.csv"
    records.write_text("site;code\nA;1\nA;A/4\nB;zz\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    run(
        *("recode", str(records), "--from", "cemara", "--to", "demo-2023"),
        *("--output", str(out), "--require-signed"),
        code=1,
    )
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("A;1;558;Syndrome de Marfan;recodé;accepté;")
    assert lines[2].startswith("A;A/4;;;sans équivalent;aucun code;")
    assert lines[3].startswith("B;zz;;;code inconnu;")


@pytest.mark.usefixtures("loaded")
def test_exports_name_the_table(run: Run, tmp_path: Path) -> None:
    run("legacy", "accept", *WAY)
    for suffix in (".csv", ".sssom.tsv"):
        file = tmp_path / f"t{suffix}"
        run("transcoding", "show", *WAY, "--output", str(file))
        text = file.read_text(encoding="utf-8")
        assert "Mucoviscidose" in text
    assert "cemara:003\tMucoviscidose\tIAO:0100001\tORPHA:586" in text


@pytest.mark.usefixtures("loaded")
def test_a_reload_tells_what_it_took_back(run: Run, tmp_path: Path) -> None:
    run("legacy", "accept", *WAY)
    file = tmp_path / "new.csv"
    file.write_text(TABLE.replace("Mucoviscidose", "Maladie de Fabry"), encoding="utf-8")
    shown = run("legacy", "load", "cemara", str(file)).stdout
    assert "décisions reprises, l'entrée a changé ou n'est plus là : 1" in shown
    assert (
        "003 Maladie de Fabry (CIM-10 E84.9)  à décider"
        in run(*("transcoding", "show"), *WAY).stdout
    )
    assert (
        json.loads(run("legacy", "load", "cemara", str(file), "--json").stdout)["taken_back"] == 0
    )
