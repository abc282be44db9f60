"""The words beside a code, the release that was asked, the correction, the diagnoses together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.coding.asking import Demonstration, Item, codes, submission
from thesaurus.coding import Checker
from thesaurus.coding.answer import CorrectedResult, Severity

# -- labels ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    [
        "Syndrome de Marfan",
        "SYNDROME  DE MARFAN",
        "syndrome-de-marfan",
        "Marfan syndrome",
        "MFS",
        "Marfan",
        "sd de Marfan",
        "Maladie de Marfan (FBN1)",
        "ORPHA:558 Syndrome de Marfan",
        "suspicion de Marfan",
        "inconnu",
        "Q87.4",
        "",
    ],
)
def test_a_name_in_any_writing_and_language_is_the_codes(
    demonstration: Demonstration, label: str
) -> None:
    assert demonstration.rules({"code": "558", "label": label}) == []


def test_a_label_of_another_entity_is_probably_the_one_meant(demonstration: Demonstration) -> None:
    found = demonstration.found("DX-050", {"code": "558", "label": "Syndrome de Noonan"})
    assert found.path == "/diagnoses/0/label"
    assert codes(found) == ["648", "558"]
    assert found.suggestions[-1].label == "Syndrome de Marfan"
    nothing = demonstration.found("DX-050", {"code": "558", "label": "Mal des ardents"})
    assert codes(nothing) == ["558"]


def test_another_wording_that_leads_to_the_code_is_an_information(
    demonstration: Demonstration,
) -> None:
    found = demonstration.found("DX-050", {"code": "506", "label": "Leigh encéphalo"})
    assert codes(found)[-1] == "506"
    short = demonstration.found("DX-050", {"code": "98896", "label": "dystrophie Duchenne"})
    assert (short.severity, codes(short)) == (Severity.INFORMATION, ["98896"])


def test_no_group_is_proposed_in_the_place_of_a_disorder(demonstration: Demonstration) -> None:
    found = demonstration.found("DX-050", {"code": "98896", "label": "Charcot Marie Tooth"})
    snapshot = demonstration.releases["demo-2023"].snapshot
    levels = {snapshot.concepts[code].level.key for code in codes(found)}  # type: ignore[union-attr]
    assert levels == {"disorder"}


def test_a_former_name_is_no_fault(demonstration: Demonstration) -> None:
    found = demonstration.found("DX-051", {"code": "637", "label": "Neurofibromatose type 2"})
    assert found.severity is Severity.INFORMATION
    assert found.suggestions[0].label == "Schwannomatose liée à NF2 germinale"
    asked = {"release": "demo-2022"}
    later = {"code": "637", "label": "Schwannomatose liée à NF2 germinale"}
    assert demonstration.rules(later, **asked) == ["DX-062"]  # what today's records say
    assert demonstration.rules({"code": "637", "label": "NF2"}, **asked) == ["DX-062"]


def test_a_deprecated_code_with_the_name_of_its_target_is_said_once(
    demonstration: Demonstration,
) -> None:
    sent = {"code": "166068", "label": "Hypoplasie pontocérébelleuse type 4"}
    assert demonstration.rules(sent) == ["DX-010"]


# -- releases ------------------------------------------------------------------------------------


def _asked(
    demonstration: Demonstration, profile: str, day: dt.date, release: str = "demo-2022"
) -> list[tuple[Severity, str]]:
    checker = Checker(demonstration.releases[release], demonstration.presence, profile, today=day)
    findings = checker.check([submission({"code": "558"})]).results[0].findings
    return [(each.severity, each.message) for each in findings if each.rule == "DX-062"]


def _activated(demonstration: Demonstration) -> dt.date:
    active = demonstration.presence.active
    assert active
    return active.history[-1].at.date()


def test_the_release_before_is_taken_for_a_time(demonstration: Demonstration) -> None:
    since = _activated(demonstration)
    last_day = since + dt.timedelta(days=180)
    for day in (since, last_day):
        ((severity, message),) = _asked(demonstration, "bamara", day)
        assert severity is Severity.WARNING
        assert str(last_day) in message
        assert "demo-2023" in message
    ((severity, message),) = _asked(demonstration, "bamara", last_day + dt.timedelta(days=1))
    assert severity is Severity.ERROR
    assert "plus admise" in message


@pytest.mark.parametrize("profile", ["stat", "pmsi"])
def test_some_profiles_never_refuse_an_older_release(
    demonstration: Demonstration, profile: str
) -> None:
    day = _activated(demonstration) + dt.timedelta(days=9999)
    assert [each for each, _ in _asked(demonstration, profile, day)] == [Severity.WARNING]


def test_the_active_release_needs_no_word(demonstration: Demonstration) -> None:
    day = _activated(demonstration)
    assert _asked(demonstration, "bamara", day, "demo-2023") == []


def test_a_release_older_than_the_one_before_is_not_taken(demonstration: Demonstration) -> None:
    first, active = demonstration.presence.records
    between = replace(
        first,
        release=replace(first.release, id="demo-2022.1", date=dt.date(2022, 12, 1)),
    )
    presence = replace(demonstration.presence, records=(first, between, active))
    known = replace(demonstration, presence=presence)
    day = _activated(demonstration)
    assert [each for each, _ in _asked(known, "bamara", day)] == [Severity.ERROR]
    # One that nobody ever activated is not what sites still have.
    never = replace(between, history=())
    known = replace(known, presence=replace(presence, records=(first, never, active)))
    assert [each for each, _ in _asked(known, "bamara", day)] == [Severity.WARNING]


# -- correction --------------------------------------------------------------------------------


def _corrected(demonstration: Demonstration, sent: Item) -> CorrectedResult:
    checker = demonstration.checker(autocorrect=True)
    (result,) = checker.check([submission().model_validate({"id": "p", **sent})]).results
    assert isinstance(result, CorrectedResult)
    return result


def test_deprecated_codes_are_replaced_and_nothing_else(demonstration: Demonstration) -> None:
    sent: Item = {
        "diagnoses": [
            {
                "code": "ORPHA:166068",
                "label": "Hypoplasie pontocérébelleuse type 5",
                "genes": ["x"],
            },
            {"code": "255199"},
            {"code": "65753", "description": [{"code": "255241", "system": "orpha"}]},
        ],
        "family_history": [{"code": "166068"}],
    }
    result = _corrected(demonstration, sent)
    assert result.corrected == {
        "id": "p",
        "diagnoses": [
            {
                "code": "166063",
                "label": "Hypoplasie pontocérébelleuse type 4",
                "genes": [{"code": "x"}],
            },
            {"code": "255199"},
            {"code": "65753", "description": [{"code": "506", "system": "orpha"}]},
        ],
        "family_history": [{"code": "166063"}],
    }
    assert [(each.path, each.before, each.after, each.rule) for each in result.changes] == [
        ("/diagnoses/0/code", "ORPHA:166068", "166063", "DX-010"),
        (
            "/diagnoses/0/label",
            "Hypoplasie pontocérébelleuse type 5",
            "Hypoplasie pontocérébelleuse type 4",
            "DX-010",
        ),
        ("/diagnoses/2/description/0/code", "255241", "506", "DX-010"),
        ("/family_history/0/code", "166068", "166063", "DX-010"),
    ]
    assert not result.valid  # the result is of what was sent


def test_a_code_whose_label_names_another_entity_is_left_to_a_person(
    demonstration: Demonstration,
) -> None:
    sent = {"diagnoses": [{"code": "166068", "label": "Syndrome de Marfan"}]}
    result = _corrected(demonstration, sent)
    assert (result.changes, result.corrected["diagnoses"]) == ([], sent["diagnoses"])
    assert [each.rule for each in result.remaining] == ["DX-010", "DX-050"]


def test_what_a_correction_leaves_or_makes_is_said(demonstration: Demonstration) -> None:
    result = _corrected(demonstration, {"diagnoses": [{"code": "166068"}, {"code": "166063"}]})
    assert [each.rule for each in result.findings] == ["DX-010", "DX-042"]
    assert [each.rule for each in result.remaining] == ["DX-040"]


def test_a_corrected_submission_has_no_deprecated_code(demonstration: Demonstration) -> None:
    first = _corrected(demonstration, {"diagnoses": [{"code": "166068"}]})
    second = _corrected(demonstration, first.corrected)
    assert (second.valid, second.changes) == (True, [])
    assert second.corrected == first.corrected


def test_a_label_that_was_not_sent_is_not_added(demonstration: Demonstration) -> None:
    result = _corrected(demonstration, {"diagnoses": [{"code": "166068"}]})
    assert result.corrected["diagnoses"] == [{"code": "166063"}]


# -- together ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("diagnoses", "rules"),
    [
        (["558", "648"], []),
        (["558", "ORPHA:558"], ["DX-003", "DX-040"]),
        (["558", "558", "558"], ["DX-040", "DX-040"]),
        (["558", "284963"], ["DX-041"]),
        (["284963", "558"], ["DX-041"]),
        (["284963", "284973"], ["DX-042"]),
        (["558", "284963", "284973"], ["DX-041", "DX-042"]),
        (["166068", "166063"], ["DX-010", "DX-042"]),
        (["x", "x"], ["DX-002", "DX-002"]),
        ([None, None], []),
    ],
)
def test_diagnoses_of_one_patient(
    demonstration: Demonstration, diagnoses: list[str | None], rules: list[str]
) -> None:
    sent = [{"code": "Orpha 558" if code == "ORPHA:558" else code} for code in diagnoses]
    assert demonstration.rules(*sent) == rules


def test_a_refuted_diagnosis_stands_beside_any(demonstration: Demonstration) -> None:
    refuted = {"code": "558", "status": "723511001"}
    assert demonstration.rules(refuted, {"code": "284963", "status": "confirmé"}) == []
    assert demonstration.rules(refuted, {"code": "558", "status": "confirmé"}) == ["DX-040"]


def test_the_most_diagnoses_are_the_profiles(demonstration: Demonstration) -> None:
    sent = [{"code": code} for code in ("15", "58", "60", "70", "130", "324", "558", "716")]
    found = demonstration.found("DX-043", *sent)
    assert (found.path, found.message) == (
        "/diagnoses/6",
        "8 diagnostics ; 6 au plus dans ce profil.",
    )
    assert "DX-043" not in demonstration.rules(*sent[:6])
    assert "DX-043" not in demonstration.rules(*sent, profile="pmsi")
