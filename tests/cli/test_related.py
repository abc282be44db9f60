"""Datasets beside the nomenclature in a terminal: load, show, translate, export, remove."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("demo")

XREFS = "orpha_code\tsource\treference\tlabel_en_2018\n558\tOMIM\t154700\tMarfan syndrome\n"


@pytest.fixture
def xrefs(tmp_path: Path) -> Path:
    path = tmp_path / "xrefs_2018-07-12.tsv"
    path.write_text(XREFS, encoding="utf-8")
    return path


def test_a_dataset_is_loaded_activated_and_shown(run: Run, xrefs: Path) -> None:
    shown = run("load", str(xrefs), "--activate").stdout
    assert "ordo-xrefs, données du / data of 2018-07-12, CC-BY-4.0" in shown
    assert "Version active / active release: ordo-xrefs 2018-07-12" in shown
    assert "OMIM:154700 (relation non précisée)  [ordo-xrefs]" in run("show", "558").stdout
    assert "ordo-xrefs" in run("releases", "--system", "ordo-xrefs").stdout


def test_without_activate_it_waits(run: Run, xrefs: Path) -> None:
    shown = run("load", str(xrefs)).stdout
    assert "thesaurus activate 2018-07-12 --system ordo-xrefs" in shown
    assert "OMIM" not in run("show", "558").stdout
    answer = json.loads(run("activate", "2018-07-12", "--system", "ordo-xrefs", "--json").stdout)
    assert answer == {
        "system": "ordo-xrefs", "release": "2018-07-12", "state": "active", "left": None
    }  # fmt: skip
    assert "OMIM:154700" in run("show", "558").stdout


def test_several_in_one_load_as_json(run: Run, xrefs: Path, tmp_path: Path) -> None:
    names = tmp_path / "names_2023-08-07.tsv"
    names.write_text("ID\tLABEL\tSYNONYMS\nMONDO:0000001\tdisease\t\n", encoding="utf-8")
    answer = json.loads(run("load", str(xrefs), str(names), "--activate", "--json").stdout)
    assert [(each["system"], each["state"]) for each in answer["releases"]] == [
        ("ordo-xrefs", "active"),
        ("mondo-rare", "active"),
    ]


def test_a_dataset_is_removed_and_comes_back(run: Run) -> None:
    assert "gène" in run("show", "558").stdout
    assert "demo-2023" in run("remove", "orphanet-genes", "--reason", "essai").stdout
    assert "gène" not in run("show", "558").stdout
    run("activate", "demo-2023", "--system", "orphanet-genes")
    assert "gène" in run("show", "558").stdout
    assert "orphanet-genes" in run("remove", "nothing", code=1).stderr
    run("remove", "orphanet", code=1)


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("show", "FBN1"), "maladie   ORPHA:284963"),
        (("show", "MONDO:0010526"), "ORPHA:324 Maladie de Fabry (exact)"),
        (("show", "0010526", "--system", "mondo"), "MONDO:0010526"),
        (("show", "E75.2"), "ICD-10:E75.2  (sans nom / no name)"),
        (("translate", "Q87.4"), "Syndrome de Marfan  pathologie  (exact, code spécifique)"),
        (("translate", "Q87.40"), "approché  par ICD-10:Q87.4"),
        (("translate", "324", "--to", "cim-10"), "ICD-10:E75.2"),
        (("translate", "MONDO:0010526", "--to", "icd-10"), "par ORPHA:324"),
        (("translate", "E75.2", "--limit", "1"), "4 en tout"),
        (("specify", "65753", "XYZ"), "XYZ : gène inconnu"),
        (("specify", "65753", "HTT"), "HTT : aucun lien causal évalué avec ce code ni en dessous"),
    ],
)
def test_questions(run: Run, command: tuple[str, ...], shown: str) -> None:
    assert shown in run(*command).stdout


def test_nothing_aligned_is_an_exit_of_1(run: Run) -> None:
    assert "Aucun code aligné" in run("translate", "Z99.9", code=1).stdout
    assert "Traceback" not in run("translate", "558", "--to", "snomed-ct", code=1).stderr


def test_answers_as_json(run: Run) -> None:
    assert json.loads(run("translate", "E75.2", "--json").stdout)["total"] == 4
    assert json.loads(run("specify", "65753", "MPZ", "--json").stdout)["changed"] is True
    assert json.loads(run("show", "FBN1", "--json").stdout)["system"] == "hgnc"


def test_alignments_are_exported_and_read_back(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "out.sssom.tsv"
    assert "57" in run("export", "orphanet-icd10", "--output", str(path)).stdout
    assert run("export", "orphanet-icd10").stdout == path.read_text(encoding="utf-8")
    before = json.loads(run("translate", "E75.2", "--json").stdout)["items"]
    run("remove", "orphanet-icd10")
    run("load", str(path), "--system", "read-back", "--activate")
    after = json.loads(run("translate", "E75.2", "--json").stdout)["items"]
    kept = ("code", "relation", "icd_relation", "validated", "way")
    assert [[each[key] for key in kept] for each in after] == [
        [each[key] for key in kept] for each in before
    ]
    run("export", "nothing", code=1)


def test_a_file_of_code_systems(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "systems.toml"
    path.write_text('[mondo]\naliases = ["urn:oid:1.2.3.4"]\n', encoding="utf-8")
    monkeypatch.setenv("THESAURUS_SYSTEMS", str(path))
    assert "MONDO:0010526" in run("translate", "324", "--to", "urn:oid:1.2.3.4").stdout
    for wrong in ("[mondo]\nalias = 1\n", "[mondo\n", '[own]\nform = "["\n', '[X Y]\nuri = ""\n'):
        path.write_text(wrong, encoding="utf-8")
        assert "THESAURUS_SYSTEMS" in run("show", "558", code=1).stderr


def test_specify_tells_what_replaces_an_inactive_code(run: Run) -> None:
    shown = run("specify", "166068", "TSEN54").stdout
    assert "ORPHA:166068 déprécié, déplacé vers : ORPHA:166063" in shown


def test_a_synonym_of_a_gene_is_told(run: Run) -> None:
    assert "P0" not in run("specify", "65753", "MPZ").stdout
    assert "GAS3 = PMP22" in run("specify", "558", "GAS3").stdout


def test_an_older_release_that_takes_over_is_said(run: Run, xrefs: Path, tmp_path: Path) -> None:
    run("load", str(xrefs), "--activate")
    older = tmp_path / "xrefs_2017-07-12.tsv"
    older.write_text(XREFS.replace("154700", "610168"), encoding="utf-8")
    warned = run("load", str(older), "--activate").stderr
    assert "thesaurus rollback --system ordo-xrefs" in warned
    assert "2018-07-12" in run("rollback", "--system", "ordo-xrefs").stdout
