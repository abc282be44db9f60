"""Profiles: ours, those of a deployment, and what a wrong file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontologies.errors import InvalidSetting, UnknownProfile
from tests.coding.asking import Demonstration
from thesaurus.coding import Checker, Profiles
from thesaurus.coding.answer import Severity
from thesaurus.coding.values import ITEMS, LISTS, value_set

OURS = ["bamara", "cda-2022", "cda-2024", "pmsi", "stat"]


def write(folder: Path, text: str, name: str = "chu") -> Path:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_ours() -> None:
    profiles = Profiles()
    assert list(profiles) == OURS
    assert profiles["bamara"].severities == {}
    assert profiles["cda-2024"].severities == {
        "DX-020": Severity.ERROR,
        "DX-102": Severity.ERROR,
    }
    assert profiles["cda-2022"].mandatory == (
        *("code", "status", "age_at_onset", "assessment", "age_at_diagnosis"),
    )
    with pytest.raises(UnknownProfile, match="bamara, cda-2022"):
        profiles["x"]


def test_a_profile_extends_one_of_ours(demonstration: Demonstration, tmp_path: Path) -> None:
    text = """
        extends = "cda-2024"
        max_diagnoses = 1
        [severity]
        DX-003 = "off"
        DX-014 = "warning"
        [value_sets]
        status = ["bamara"]
    """
    chu = Profiles(write(tmp_path, text))["chu"]
    assert (chu.title.fr, chu.overlap_days) == ("Document SDM-MR 2024.01", 180)
    assert chu.mandatory == Profiles()["cda-2024"].mandatory
    given = {"status": "confirmé", "age_at_onset": "5 a", "assessment": "2667000"}
    both = {"age_at_clinical_diagnosis": "5 a", "age_at_genetic_diagnosis": "5 a"}
    checker = Checker(demonstration.releases["demo-2023"], demonstration.presence, chu)
    known = Demonstration(demonstration.releases, demonstration.presence)

    def rules(**more: str) -> list[tuple[str, Severity]]:
        from tests.coding.asking import submission

        answer = checker.check([submission({**given, **both, **more})])
        return [(each.rule, each.severity) for each in answer.results[0].findings]

    assert rules(code="Orphanet_558") == []
    assert rules(code="529") == [("DX-014", Severity.WARNING)]
    assert rules(code="558", status="255545003") == [("DX-100", Severity.ERROR)]
    assert known.rules({"code": "Orphanet_558"}) == ["DX-003"]


def test_a_profile_may_replace_one_of_ours(tmp_path: Path) -> None:
    profiles = Profiles(write(tmp_path, 'extends = "bamara"\nmax_diagnoses = 9', "bamara"))
    assert profiles["bamara"].max_diagnoses == 9
    assert list(profiles) == OURS


WRONG = [
    ("colour = 1", "ligne / line 1", "colour"),
    ("\n\n[colours]\nred = 1", "ligne / line 3", "colours"),
    ("title = 1\nmax_diagnoses =\n", "line 2", ""),
    ('max_diagnoses = "3"', "ligne / line 1", "max_diagnoses"),
    ("max_diagnoses = true", "ligne / line 1", "max_diagnoses"),
    ("max_diagnoses = -1", "ligne / line 1", "max_diagnoses"),
    ("max_diagnoses = 0", "ligne / line 1", "max_diagnoses"),
    ("title = 3", "ligne / line 1", "title"),
    ('\nextends = "nobody"', "ligne / line 2", "nobody"),
    ('mandatory = ["status", "colour"]', "ligne / line 1", "colour"),
    ('[severity]\nDX-020 = "error"\nDX-999 = "off"', "ligne / line 3", "DX-999"),
    ('[severity]\nDX-020 = "fatal"', "ligne / line 2", "fatal"),
    ('[value_sets]\ncolour = ["ans"]', "ligne / line 2", "colour"),
    ('[value_sets]\nstatus = ["ans", "paris"]', "ligne / line 2", "paris"),
    ('[value_sets]\nstatus = "ans"', "ligne / line 2", "ans"),
    ('severity = "error"', "ligne / line 1", "severity"),
]


@pytest.mark.parametrize(("text", "place", "what"), WRONG)
def test_a_wrong_file_says_where(tmp_path: Path, text: str, place: str, what: str) -> None:
    with pytest.raises(InvalidSetting) as caught:
        Profiles(write(tmp_path, text))
    assert "chu.toml" in str(caught.value)
    assert place in str(caught.value)
    assert what in str(caught.value)


def test_a_wrong_name_folder_or_encoding(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="n'est pas un dossier"):
        Profiles(tmp_path / "none")
    (tmp_path / "chu.toml").write_bytes(b'title = "\xe9"')
    with pytest.raises(InvalidSetting, match="UTF-8"):
        Profiles(tmp_path)
    (tmp_path / "chu.toml").unlink()
    with pytest.raises(InvalidSetting, match="minuscules"):
        Profiles(write(tmp_path, "", "Mon CHU"))


# -- lists of values ---------------------------------------------------------------------


@pytest.mark.parametrize("item", ITEMS)
def test_a_code_of_a_list_means_one_thing(item: str) -> None:
    for name in LISTS:
        codes = [each.codes[name] for each in value_set(item).values if name in each.codes]
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("written", "lists", "accepted", "proposed"),
    [
        ("confirmé", ["bamara"], True, ["confirmé"]),
        (" CONFIRME ", ["bamara"], True, ["confirmé"]),
        ("255545003", ["bamara"], False, ["confirmé"]),
        ("255545003", ["ans"], True, ["255545003"]),
        ("Définitif", ["ans"], False, ["255545003"]),
        ("probable", ["ans"], False, ["42425007"]),
        ("indéterminé", ["ans"], False, ["42425007"]),
        ("provisional", ["bamara", "ans"], False, ["probable"]),
        ("réfuté", ["bamara"], False, []),
        ("réfuté", ["bamara", "ans"], False, ["723511001"]),
        ("42425007", ["bamara"], False, ["probable", "indéterminé"]),
        ("peut-être", ["bamara", "ans", "fhir"], False, []),
        ("peut-être", [], True, []),
    ],
)
def test_statuses_are_mapped_between_lists(
    written: str, lists: list[str], accepted: bool, proposed: list[str]
) -> None:
    statuses = value_set("status", lists)
    assert statuses.accepts(written) is accepted
    assert [code for code, _ in statuses.mapped(written)] == proposed


def test_one_code_may_mean_two_things() -> None:
    """The ANS has one code where BaMaRa has two words."""
    means = {each.means for each in value_set("status").read("42425007")}
    assert means == {"probable", "undetermined"}
