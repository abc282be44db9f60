"""The commands as a user types them: what they print, in JSON too, and how they exit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.builders import small_pack
from tests.packs.writer import nomenclature_xml, write_pack, zip_pack

Run = Callable[..., Result]


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    shown = run(code=2).output
    for command in ("demo", "load", "releases", "activate", "serve", "suggest", "show", "check",
                    "download"):  # fmt: skip
        assert command in shown


def test_load_shows_a_report_and_registers(run: Run, tmp_path: Path) -> None:
    pack = zip_pack(tmp_path / "pack.zip", small_pack(), "fr")
    shown = run("load", str(pack), "--activate").stdout
    for words in ("2023-06-21", "CC-BY-4.0", "declared-counts", "no-cycle", "entities",
                  "aucun échec : prête", "active release: 2023"):  # fmt: skip
        assert words in shown
    assert "2023" in run("releases").stdout


def test_load_as_json_is_one_object(run: Run, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, small_pack(), "fr")
    answer = json.loads(run("load", str(pack), "--json").stdout)
    assert answer["release"] == "2023"
    assert answer["state"] == "checked"
    assert answer["counts"]["entities"] == 3
    assert {check["key"]: check["result"] for check in answer["checks"]}["no-cycle"] == "pass"
    assert answer["files"][0]["sha256"]


def test_a_refused_load_says_what_where_and_why_in_both_languages(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "coupé.xml"
    broken.write_bytes(nomenclature_xml(small_pack(), "fr")[:-300])
    shown = run("load", str(broken), code=1).stderr
    assert "coupé.xml, ligne " in shown
    assert "coupé.xml, line " in shown
    assert "tronqué" in shown
    assert "truncated" in shown
    assert "Traceback" not in shown
    assert "Aucune version" in run("releases").stdout


def test_a_load_whose_checks_fail_shows_its_report_all_the_same(run: Run, tmp_path: Path) -> None:
    pack = small_pack()
    lonely = type(pack)(
        pack.date, small_pack(codes=("58", "558", "9")).entities, pack.classifications
    )
    written = write_pack(tmp_path, lonely, "fr")
    result = run("load", str(written), "--activate", code=1)
    assert "FAIL" in result.stdout
    assert "active-classified" in result.stdout
    assert "échec de active-classified : 2023 est un brouillon" in result.stdout
    assert "--force" in result.stderr
    run("load", str(written), "--activate", "--force")


def test_the_same_load_again_says_so(run: Run, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, small_pack(), "fr")
    run("load", str(pack))
    assert "already" in run("load", str(pack)).stdout


def test_activate_roll_back_and_states(run: Run, demo: None) -> None:
    assert "demo-2022 (quittée / left: demo-2023)" in run("rollback", "--reason", "x").stdout
    assert "demo-2023 (quittée / left: demo-2022)" in run("activate", "demo-2023").stdout
    assert "archived" in run("state", "demo-2022", "archived").stdout
    states = {
        each["id"]: each["state"] for each in json.loads(run("releases", "--json").stdout)["items"]
    }
    assert states == {"demo-2022": "archived", "demo-2023": "active"}
    assert "demo-2031" in run("activate", "demo-2031", code=1).stderr


@pytest.mark.usefixtures("demo")
def test_steps_as_json(run: Run) -> None:
    left = json.loads(run("rollback", "--json").stdout)
    own = {"system": "orphanet", "state": "active"}
    assert left == {"release": "demo-2022", "left": "demo-2023", **own}
    left = json.loads(run("activate", "demo-2023", "--json").stdout)
    assert left == {"release": "demo-2023", "left": "demo-2022", **own}
    moved = json.loads(run("state", "demo-2022", "archived", "--json").stdout)
    assert moved == {"system": "orphanet", "release": "demo-2022", "state": "archived"}


@pytest.mark.usefixtures("demo")
def test_active_is_no_state_to_give(run: Run) -> None:
    assert "archived" in run("state", "demo-2022", "active", code=2).stderr


@pytest.mark.usefixtures("demo")
def test_an_archived_release_comes_back(run: Run) -> None:
    run("state", "demo-2022", "draft", code=1)
    run("state", "demo-2022", "archived")
    assert "superseded" in run("state", "demo-2022", "checked", code=1).stderr
    run("state", "demo-2022", "superseded")
    assert "demo-2022" in run("rollback").stdout


def test_a_load_keeps_its_reason_and_says_what_comes_next(run: Run, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, small_pack(), "fr")
    shown = run("load", str(pack), "--reason", "recette").stdout
    assert re.search(
        r"Version 2023 : \d+ contrôles, aucun échec : prête\. Suite : thesaurus", shown
    )
    assert "Next: thesaurus activate 2023" in shown
    history = json.loads(run("releases", "--json").stdout)["items"][0]["history"]
    assert "recette" in [event["reason"] for event in history]


def test_wrong_usage_exits_with_2(run: Run) -> None:
    run("load", code=2)
    run("nonsense", code=2)
    run("suggest", "x", "--limit", "0", code=2)
    run("download", "orphanet", "--lang", "xx", code=2)
    run("download", "nowhere", code=2)


@pytest.mark.usefixtures("demo")
class TestQuestions:
    def test_suggest(self, run: Run) -> None:
        assert run("suggest", "mal", "alexandr").stdout.startswith("ORPHA:58 ")
        assert run("suggest", "marfn").stdout.startswith("ORPHA:558 ")
        answer = json.loads(run("suggest", "marfn", "--json", "--lang", "en").stdout)
        assert answer["release"] == "demo-2023"
        assert answer["hits"][0]["label"] == "Marfan syndrome"

    def test_suggest_nothing(self, run: Run) -> None:
        assert "Aucun résultat" in run("suggest", "zzzzqqq", code=1).stdout

    def test_show(self, run: Run) -> None:
        shown = run("show", "ORPHA-166068").stdout
        assert "pathologie / syndrome malformatif, déprécié" in shown
        assert "déplacé vers : ORPHA:166063" in shown
        page = json.loads(run("show", "558", "--json", "--release", "demo-2022").stdout)
        assert page["release"] == "demo-2022"
        assert page["curie"] == "ORPHA:558"

    def test_a_date_chooses_the_release(self, run: Run) -> None:
        for words in (("suggest", "marfan"), ("show", "558"), ("check", "558")):
            older = 1 if words[0] == "check" else 0  # DX-062 is a warning
            answer = json.loads(run(*words, "--as-of", "2022-12-01", "--json", code=older).stdout)
            assert answer["release"] == "demo-2022"
            run(*words, "--as-of", "2022-12-01", "--release", "demo-2023", code=2)
            run(*words, "--as-of", "1.12.2022", code=2)

    def test_suggest_with_inactive_entities(self, run: Run) -> None:
        words = ("suggest", "hypoplasie", "pontocerebelleuse", "type", "5")
        led = run(*words).stdout
        assert "ORPHA:166063" in led.splitlines()[0]
        assert "(Hypoplasie pontocérébelleuse type 5, ORPHA:166068)" in led.splitlines()[0]
        shown = run(*words, "--include-inactive").stdout
        assert "[déprécié]  → ORPHA:166063" in shown

    def test_suggest_explains_and_filters(self, run: Run) -> None:
        shown = run("suggest", "marfan", "--explain", "--level", "subtype").stdout
        assert shown.startswith("ORPHA:284963")
        assert "tier all_words, active 1, text" in shown
        assert "558 " not in shown
        assert run("suggest", "gaucher", "--within", "355").stdout.count("ORPHA:7726") == 2
        assert "inconnu" in run("suggest", "x", "--perimeter", "nulle-part", code=1).stderr

    def test_suggest_says_why_a_code_is_there(self, run: Run) -> None:
        assert "(ICD-10:E75.2, plus large)" in run("suggest", "E75.2").stdout
        assert "(MPZ, gène causal)" in run("suggest", "MPZ").stdout

    def test_show_what_is_not_there(self, run: Run) -> None:
        assert "inconnu" in run("show", "999999", code=1).stderr
        assert "cannot be read" in run("show", "abc", code=1).stderr
        assert "demo-2023" in run("show", "558", "--release", "1999", code=1).stderr

    def test_check_codes(self, run: Run) -> None:
        shown = run("check", "558", "166068", "398980", code=1).stdout
        assert "DX-010" in shown
        assert "DX-006" in shown
        run("check", "558", "ORPHA:58")

    def test_check_a_file(self, run: Run, tmp_path: Path) -> None:
        file, report = tmp_path / "codes.txt", tmp_path / "out.json"
        file.write_text("\ufeff558\r\n\r\nORPHA:166068\r\n", encoding="utf-8")
        run("check", str(file), "--output", str(report), code=1)
        answer = json.loads(report.read_text(encoding="utf-8"))
        assert [each["valid"] for each in answer["results"]] == [True, False]
        assert json.loads(run("check", str(file), "--json", code=1).stdout) == answer

    def test_check_with_a_profile(self, run: Run) -> None:
        assert "DX-020" in run("check", "65753", code=1).stdout
        answer = json.loads(run("check", "65753", "--profile", "stat", "--json", code=1).stdout)
        assert answer["summary"]["errors"] == 1
        assert "bamara" in run("check", "558", "--profile", "none", code=2).stderr


def test_questions_without_a_release_say_what_to_do(run: Run) -> None:
    assert "thesaurus load" in run("suggest", "marfan", code=1).stderr


def test_a_data_base_that_is_away_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THESAURUS_DATABASE_URL", "postgresql+psycopg://ana:secret@127.0.0.1:1/x")
    shown = run("releases", code=1).stderr
    assert "THESAURUS_DATABASE_URL" in shown
    assert "secret" not in shown


def test_download_without_network_says_what_to_do(run: Run, tmp_path: Path) -> None:
    shown = run(
        "download", "orphanet", "--product", "genes", "--base", "http://127.0.0.1:9",
        "--output", str(tmp_path), "--max-seconds", "5", code=1,
    ).stderr  # fmt: skip
    assert "HTTPS_PROXY" in shown
    assert "Traceback" not in shown
