"""``transcoding``: from the table to its signature at the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import Result

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("demo")

PAIR = ("demo-2022", "demo-2023")
OPEN = ["139491", "1306", "506", "268377", "3188", "2204", "268369", "284343", "398980"]


def show(run: Run, *options: str) -> str:
    return run("transcoding", "show", *PAIR, *options).stdout


def table(run: Run, *options: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(show(run, "--json", *options))
    return found


def test_a_table_reads_by_kind(run: Run) -> None:
    shown = show(run)
    assert "obsolète :\n  ORPHA:139491 Hémochromatose type 4  à décider → ORPHA:647834 " in shown
    assert "reste, pathologie → groupe de pathologies" in shown
    assert "(connu jusqu'à demo-2022)" in shown
    assert "Crohn" not in shown, "it was not rare in 2022 either"
    assert shown.splitlines()[-1] == "En attente d'une décision : 9 ; table non signée"
    assert "Crohn" in show(run, "--all")


def test_what_is_shown_is_chosen(run: Run) -> None:
    few = show(run, "--open", "--limit", "1")
    assert few.startswith("obsolète :")
    assert [few.count(said) for said in ("\nretiré :", " à décider")] == [1, 4]
    assert "  ... et 4 autres (--limit, --output)" in few
    assert "Sélection : 9 lignes" in few
    shown = show(run, "--kind", "removed", "--kind", "new", "--decision", "automatic")
    assert "retiré :\n" not in shown
    assert "nouveau :\n" in shown
    answer = table(run, "--open")
    assert sorted(item["source"]["code"] for item in answer["items"]) == sorted(OPEN)  # type: ignore[attr-defined]
    assert table(run)["total"] == 42


def test_how_many_rows_are_of_this_time(run: Run) -> None:
    answer = table(run)
    counts, changed = answer["counts"], answer["changed_counts"]
    assert isinstance(counts, dict)
    assert isinstance(changed, dict)
    both = f"{changed['obsolete-manual']} cette fois, {counts['obsolete-manual']} en tout"
    assert f"  obsolète : {both}\n" in show(run)
    assert "Sélection" not in show(run, "--all")


def test_a_decision_is_said_with_its_names_and_what_it_replaces(run: Run) -> None:
    decide = ("transcoding", "decide", *PAIR, "139491", "--accept")
    first = run(*decide, "--author", "Ana")
    assert "ORPHA:139491 Hémochromatose type 4 (version 1)  accepté → ORPHA:647834 " in first.stdout
    assert first.stderr == ""
    assert "meanwhile" in run(*decide, "558", "--version", "0", code=1).stderr
    second = run(*decide, "558", "--version", "1", "--json")
    assert "rien ne rapproche ORPHA:558 Syndrome de Marfan de ORPHA:139491" in second.stderr
    assert "replaced: " in second.stderr
    assert "  Ana" in second.stderr
    assert json.loads(second.stdout)["items"][0]["targets"] == ["558"]
    assert "rien ne rapproche" in run(*decide).stderr, "what was decided is no ground"
    assert "est un groupe" in run(*decide, "98196").stderr
    run("transcoding", "decide", *PAIR, "139491", "--reset")
    assert "remplacée" not in run(*decide).stderr, "what was taken back is not replaced"


def test_proposals(run: Run) -> None:
    shown = show(run, "--open", "--kind", "obsolete-manual", "--proposals")
    assert "%  ORPHA:647834 " in shown
    assert "associé à ce code" in shown


def test_a_perimeter(run: Run, tmp_path: Path) -> None:
    codes = tmp_path / "codes.txt"
    codes.write_text("506\n", encoding="utf-8")
    run("perimeter", "load", "filiere", str(codes))
    answer = table(run, "--perimeter", "filiere")
    assert [item["source"]["code"] for item in answer["items"]] == ["255241", "506"]  # type: ignore[attr-defined]
    run("transcoding", "show", *PAIR, "--perimeter", "autre", code=1)


def test_decisions_their_history_and_the_signature(run: Run) -> None:
    assert (
        "attend encore des décisions, 9 en tout" in run("transcoding", "sign", *PAIR, code=1).stderr
    )
    decide = ("transcoding", "decide", *PAIR)
    said = run(*decide, "ORPHA:139491", "--accept", "--comment", "vu", "--author", "Dr Éva").stdout
    assert "ORPHA:139491 Hémochromatose type 4 (version 1)  accepté → ORPHA:647834 " in said
    assert "  Dr Éva : vu\n" in said
    assert said.endswith("open rows: 8\n")
    run(*decide, "268377", "--accept", "268369", "823")
    run(*decide, "398980", "--none")
    run(*decide, "1306", "--reject")
    for code in ("506", "3188", "2204", "268369", "284343"):
        run(*decide, code, "--accept")
    run(*decide, "268377", "--reset")
    assert len(table(run, "--open")["items"]) == 1  # type: ignore[arg-type]
    run(*decide, "268377", "--accept", "--json")
    answer = json.loads(run("transcoding", "sign", *PAIR, "--comment", "ok", "--json").stdout)
    assert (answer["from"], answer["to"], answer["signature"]["edition"]) == (*PAIR, 1)
    assert "est signée" in run(*decide, "506", "--none", code=1).stderr
    assert "; signée, édition 1" in show(run)
    assert "; signée, édition 1" in show(run, "--edition", "1")
    assert "pas d'édition 2" in run("transcoding", "show", *PAIR, "--edition", "2", code=1).stderr
    history = run("transcoding", "history", *PAIR, "268377").stdout.splitlines()
    assert [line.split("  ")[2] for line in history[:3]] == [
        "accepté → ORPHA:268369",
        "reprise",
        "accepté → ORPHA:268369, ORPHA:823",
    ]
    run("transcoding", "reopen", *PAIR, "--reason", "une faute")
    whole = json.loads(run("transcoding", "history", *PAIR, "--json").stdout)
    assert len(whole["decisions"]) == 11
    assert whole["signatures"][0]["reopened_why"] == "une faute"


def test_nothing_is_decided_at_first(run: Run) -> None:
    assert "nothing is decided" in run("transcoding", "history", *PAIR).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("decide", *PAIR, "506"),
        ("decide", *PAIR, "506", "--accept", "--none"),
        ("decide", *PAIR, "506", "558", "--reject"),
        ("decide", *PAIR, "506", "--accept", "--author", " "),
        ("decide", *PAIR, "506", "--accept", "--version", "-1"),
        ("decide", *PAIR, "506", "--accept", "--author", "x" * 201),
        ("reopen", *PAIR),
        ("show", *PAIR, "--output", "table.pdf"),
        ("show", *PAIR, "--output", "nowhere/table.csv"),
        ("show", *PAIR, "--output", "table.csv", "--json"),
        ("show", *PAIR, "--kind", "other"),
        ("import", *PAIR, "506"),
        ("import", *PAIR, "absent.csv"),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    run("transcoding", *words, code=2)


@pytest.mark.parametrize(
    "words",
    [
        ("show", "demo-2023", "demo-2022"),
        ("show", "demo-2022", "2030"),
        ("decide", *PAIR, "558", "--none"),
        ("decide", *PAIR, "abc", "--none"),
        ("decide", *PAIR, "506", "--accept", "139491"),
        ("decide", *PAIR, "398980", "--accept"),
        ("reopen", *PAIR, "--reason", "x"),
        ("history", *PAIR, "abc"),
    ],
)
def test_a_job_that_fails(run: Run, words: tuple[str, ...]) -> None:
    assert run("transcoding", *words, code=1).stderr


def test_the_workbook_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "table.xlsx"
    assert "lignes / rows: 42" in show(run, "--output", str(file))
    book = load_workbook(file)
    sheet = book["À décider"]
    headings = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        targets = row[headings.index("cibles")].value
        row[headings.index("décision")].value = "accepté" if targets else "aucun code"
    book.save(file)
    load = ("transcoding", "import", *PAIR, str(file))
    assert "décisions : 9, écrites : 0 ;" in run(*load, "--check").stdout
    shown = run(*load, "--author", "Réunion du 4").stdout
    assert "décisions : 9, écrites : 9 ;" in shown
    assert "feuilles non lues : Table, Résumé" in shown
    assert "écrites : 0 ; déjà en place : 9 ;" in run(*load).stdout
    assert json.loads(run(*load, "--json").stdout)["unchanged"] == 9
    run("transcoding", "sign", *PAIR)
    csv = tmp_path / "table.csv"
    show(run, "--output", str(csv))
    assert csv.read_bytes().startswith(b"\xef\xbb\xbffrom;to;source;")
    assert csv.read_text(encoding="utf-8").count("Réunion du 4") == 9
    assert "déjà en place : 9" in run("transcoding", "import", *PAIR, str(csv)).stdout
    sssom = tmp_path / "table.sssom.tsv"
    said = show(run, "--output", str(sssom))
    lines = sssom.read_text(encoding="utf-8").splitlines()
    written = len([line for line in lines if not line.startswith("#")]) - 1
    assert f"Mappings written: {written}; none of 11 rows" in said
    assert "Signed by" in sssom.read_text(encoding="utf-8")
    assert not list(tmp_path.glob(".*"))


def test_a_faulty_file_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text("code;décision;cibles\n506;accepté;506\n3188;oui;x\n9;aucun code;\n", "utf-8")
    shown = run("transcoding", "import", *PAIR, str(file), code=1).stdout
    assert "ligne 3  3188 : " in shown
    assert "ligne 4 : ORPHA:9 n'attend pas de décision" in shown
    assert "    ORPHA:9 asks for no decision" in shown
    assert "écrites : 0" in shown
    assert "nothing is decided" in run("transcoding", "history", *PAIR).stdout
    run("transcoding", "import", *PAIR, str(tmp_path / "x.csv"), code=2)
    assert "FILE: " in run("transcoding", "import", *PAIR, str(tmp_path), code=2).stderr
    file.write_text("a;b\n1;2\n", "utf-8")
    hint = run("transcoding", "import", *PAIR, str(file), code=1).stderr
    assert "--columns 'source=1,decision=F,cibles=G'" in hint
    file.write_text("code;décision;cibles\n506;accepté;139491\n", "utf-8")
    assert "(obsolète)" in run("transcoding", "import", *PAIR, str(file), code=1).stdout
    file.write_text("n°;avis\n506;aucun code\n", "utf-8")
    run("transcoding", "import", *PAIR, str(file), "--columns", "source=1,decision=2")
