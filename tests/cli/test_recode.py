"""``recode``: what is shown, what is written, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ontologies.transcoding import Decision
from tests.cli.conftest import Run
from tests.coding.table.tables import workbook
from thesaurus.cli.output import register
from thesaurus.runtime import Runtime
from thesaurus.store.transcoding import Wanted
from thesaurus.transcoding.deciding import decide, sign
from thesaurus.transcoding.ways import Ways

pytestmark = pytest.mark.usefixtures("demo")

YEARS = ("--from", "demo-2022", "--to", "demo-2023")
TABLE = "IPP;Centre;Code ORPHA\nP1;Lyon;558\nP2;Lyon;ORPHA:255241\nP3;Paris;139491\nP4;Paris;1306\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "codes.csv"
    written.write_text(TABLE, encoding="utf-8")
    return written


def test_a_file_is_summed_up(run: Run, file: Path) -> None:
    result = run("recode", str(file), *YEARS, code=1)
    assert "n'est pas signée : 9 de ses lignes" in result.stderr
    assert result.stdout.splitlines() == [
        "codes.csv ; colonnes : id = IPP, code = Code ORPHA, site = Centre",
        "table demo-2022 → demo-2023 : non signée (en attente d'une décision : 9)",
        "        4  lignes",
        "        1  inchangé",
        "        1  recodé",
        "        1  à décider",
        "        1  sans équivalent",
        "par nature : déprécié, déplacé par Orphanet 1, non rare en Europe 1, obsolète 1",
        "        2  à traiter sur 2  Paris",
        "à traiter par une personne : 2",
    ]


def test_where_all_is_recoded_the_exit_code_says_so(run: Run, file: Path) -> None:
    file.write_text("code;x\n558;1\n255241;2\n;3\n", encoding="utf-8")
    assert "à traiter par une personne : 0" in run("recode", str(file), *YEARS).stdout


def test_a_file_completed_and_again(run: Run, file: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.csv", tmp_path / "twice.csv"
    run("recode", str(file), *YEARS, "--output", str(once), code=1)
    lines = once.read_text(encoding="utf-8").splitlines()
    assert [line.split(";")[:3] for line in lines] == [
        line.split(";") for line in TABLE.splitlines()
    ]
    assert lines[2].split(";")[3:7] == ["506", lines[2].split(";")[4], "recodé", "automatique"]
    run("recode", str(once), *YEARS, "--output", str(twice), code=1)
    assert twice.read_bytes() == once.read_bytes()


def test_a_workbook_as_csv_and_as_workbook(run: Run, tmp_path: Path) -> None:
    given = tmp_path / "codes.xlsx"
    given.write_bytes(workbook({"A": [["Code ORPHA", "Centre"], [255241, "Lyon"]]}))
    for name in ("out.csv", "out.xlsx", "out.json"):
        run("recode", str(given), *YEARS, "--output", str(tmp_path / name))
    assert "255241;Lyon;506;" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert load_workbook(tmp_path / "out.xlsx")["Lignes"]["C2"].value == 506
    answer = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert answer["items"][0]["target"]["code"] == "506"


def test_the_work_list(run: Run, file: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.xlsx"
    run("recode", str(file), *YEARS, "--worklist", str(listed), code=1)
    book = load_workbook(listed)
    assert book.sheetnames == ["Résumé", "Paris"]
    rows = list(book["Paris"].iter_rows(values_only=True))
    assert [row[:3] for row in rows[1:]] == [(4, "Paris", 139491), (5, "Paris", 1306)]
    assert str(rows[1][6]).startswith("ORPHA:647834 ")
    run("recode", str(file), *YEARS, "--worklist", str(listed), "--patients", code=1)
    assert load_workbook(listed)["Paris"]["B2"].value == "P3"


def test_as_json(run: Run, file: Path) -> None:
    answer = json.loads(run("recode", str(file), *YEARS, "--json", code=1).stdout)
    assert list(answer)[:3] == ["release", "from", "to"]
    assert answer["totals"]["waiting"] == 2


def test_without_headings(run: Run, file: Path) -> None:
    file.write_text("255241;a\n558;b\n", encoding="utf-8")
    shown = run("recode", str(file), *YEARS, "--no-header").stdout
    assert "colonnes : code = A" in shown
    assert "attention : Aucune colonne de sites" in shown


def test_a_signed_table_may_be_demanded(run: Run, file: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    words = ("recode", str(file), *YEARS, "--require-signed", "--output", str(output))
    assert "n'est pas signée" in run(*words, code=1).stderr
    assert not output.exists()


def test_a_signed_table_is_applied_as_it_was_signed(run: Run, file: Path, tmp_path: Path) -> None:
    with register() as known:
        runtime = Runtime(known)
        runtime.refresh()
        ways = Ways(runtime, known.database)
        way = ways.between("demo-2022", "demo-2023")
        decisions = [Wanted(row.source, Decision.ACCEPTED, row.targets) for row in way.open]
        decide(ways, way, decisions, actor="test")
        sign(ways, ways.between("demo-2022", "demo-2023"), actor="test")
    output = tmp_path / "out.csv"
    result = run("recode", str(file), *YEARS, "--require-signed", "--output", str(output))
    assert result.stderr == ""
    assert "table demo-2022 → demo-2023 : signée" in result.stdout
    lines = output.read_text(encoding="utf-8").splitlines()
    assert lines[3].startswith("P3;Paris;139491;647834;")
    assert lines[4] == (
        "P4;Paris;1306;;;sans équivalent;aucun code;;aucun code ne le remplace (décision)"
    )


def test_what_is_wrong_is_said_before_the_work(run: Run, file: Path, tmp_path: Path) -> None:
    for words in (
        ("--output", str(file)),
        ("--output", str(tmp_path / "out.pdf")),
        ("--worklist", str(tmp_path / "list.csv")),
        ("--output", str(tmp_path / "a.xlsx"), "--worklist", str(tmp_path / "a.xlsx")),
        ("--output", str(tmp_path / "nowhere" / "out.csv")),
        ("--patients",),
        ("--columns", "code=Z9"),
    ):
        run("recode", str(file), *YEARS, *words, code=2)
    assert file.read_text(encoding="utf-8") == TABLE
    run("recode", "558", *YEARS, code=2)
    run("recode", str(file), "--from", "demo-2022", code=2)
    run("recode", str(file), "--from", "demo-2023", "--to", "demo-2022", code=1)
    run("recode", str(file), "--from", "1999", "--to", "demo-2023", code=1)


def test_what_fails_leaves_nothing_behind(run: Run, file: Path, tmp_path: Path) -> None:
    output, listed = tmp_path / "out.csv", tmp_path / "list.xlsx"
    words = ("--output", str(output), "--worklist", str(listed), "--columns", "code=Nulle part")
    run("recode", str(file), *YEARS, *words, code=2)
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["codes.csv"]


def test_a_second_column_of_codes_is_named(run: Run, file: Path) -> None:
    file.write_text(
        "IPP;Diagnostic principal;Associé;Né en;Âge\n"
        "1;ORPHA:558;ORPHA:506;1960;58\n2;255241;;1961;15\n",
        encoding="utf-8",
    )
    shown = run("recode", str(file), *YEARS).stdout.splitlines()
    assert "colonnes non lues : « Associé », « Né en », « Âge »" in shown
    (caution,) = [line for line in shown if "n'est pas lue" in line]
    assert caution == (
        "attention : La colonne « Associé » (C) semble contenir des codes ORPHA et n'est pas lue ; "
        "pour la lire à la place : --columns 'code=3'."
    )
    answer = json.loads(run("recode", str(file), *YEARS, "--json").stdout)
    assert "columns=code=3" in answer["file"]["notes"][-1]["message_en"]


def test_two_columns_full_of_codes_are_not_guessed(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text("802;558\n558;255241\n506;558\n", encoding="utf-8")
    output = tmp_path / "out.csv"
    words = ("recode", str(file), *YEARS, "--output", str(output))
    refused = run(*words, code=1).stderr
    assert "celle des codes ORPHA : A, B. Dire laquelle : --columns 'code=1'" in refused
    assert not output.exists()
    run(*words, "--columns", "code=2")
    assert "558;255241;506;" in output.read_text(encoding="utf-8")


def test_codes_that_say_so_go_before_numbers_of_patients(run: Run, file: Path) -> None:
    file.write_text("802;ORPHA:558\n558;ORPHA:255241\n506;ORPHA:558\n", encoding="utf-8")
    assert "colonnes : code = B" in run("recode", str(file), *YEARS).stdout


def test_a_table_that_only_lacks_its_signature(run: Run, file: Path) -> None:
    with register() as known:
        runtime = Runtime(known)
        runtime.refresh()
        ways = Ways(runtime, known.database)
        way = ways.between("demo-2022", "demo-2023")
        decisions = [Wanted(row.source, Decision.ACCEPTED, row.targets) for row in way.open]
        decide(ways, way, decisions, actor="test")
    told = run("recode", str(file), *YEARS).stderr
    assert "toutes ses lignes sont décidées, il n'y manque que la signature" in told


def test_the_label_of_the_file_stands_in_the_work_list(
    run: Run, file: Path, tmp_path: Path
) -> None:
    file.write_text(
        "Code ORPHA;Diagnostic\nQ87.4;Syndrome de  Marfan\n999999;Leigh\nx;\n139491;y\n",
        encoding="utf-8",
    )
    listed = tmp_path / "list.xlsx"
    run("recode", str(file), *YEARS, "--worklist", str(listed), code=1)
    head, *rows = load_workbook(listed)["(sans site)"].iter_rows(values_only=True)
    label, first = head.index("libellé du fichier"), head.index("proposition 1")
    assert [row[label] for row in rows] == ["Syndrome de Marfan", "Leigh", None, "y"]
    assert [str(row[first])[:9] for row in rows] == ["ORPHA:558", "ORPHA:506", "None", "ORPHA:647"]


def test_numbers_as_pandas_writes_them(run: Run, file: Path) -> None:
    file.write_text("code;x\n255241.0;1\n;2\n", encoding="utf-8")
    assert "        1  recodé" in run("recode", str(file), *YEARS).stdout.splitlines()
