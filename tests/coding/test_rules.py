"""Each rule on the demonstration release: what makes it fire, what leaves it silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding.asking import Demonstration, Item
from thesaurus.runtime import Presence

CLINICAL_GROUP = {"code": "65753"}
CATEGORY = {"code": "98053"}
OLDER = {"release": "demo-2022"}

FIRES: list[tuple[str, Item]] = [
    ("DX-001", {"status": "confirmé"}),
    ("DX-001", {"code": " ", "status": " Définitif "}),
    ("DX-001", {"code": None, "status": "255545003", "system": "orphanet"}),
    ("DX-002", {"code": "abc"}),
    ("DX-002", {"code": "0"}),
    ("DX-002", {"code": "558.0"}),
    ("DX-003", {"code": "Orphanet_558"}),
    ("DX-003", {"code": "000558"}),
    ("DX-003", {"code": " 558"}),
    ("DX-004", {"code": "999999999"}),
    ("DX-006", {"code": "398980"}),
    ("DX-010", {"code": "255241"}),
    ("DX-011", {"code": "255199"}),
    ("DX-012", {"code": "217601"}),
    ("DX-013", {"code": "802"}),
    ("DX-014", {"code": "529"}),
    ("DX-020", CLINICAL_GROUP),
    ("DX-021", CATEGORY),
    ("DX-060", {"code": "558", "system": "http://snomed.info/sct"}),
    ("DX-060", {"status": "confirmé", "system": "omim"}),
]
SILENT: list[tuple[str, Item]] = [
    ("DX-001", {}),
    ("DX-001", {"status": "probable"}),
    ("DX-001", {"code": "558", "status": "confirmé"}),
    ("DX-002", {"code": ""}),
    ("DX-002", {"code": "https://www.orpha.net/fr/disease/detail/558"}),
    ("DX-003", {"code": "ORPHA:558"}),
    ("DX-003", {"code": "abc"}),
    ("DX-004", {"code": "398980"}),
    ("DX-005", {"code": "398980"}),
    ("DX-006", {"code": "999999999"}),
    ("DX-010", {"code": "506"}),
    ("DX-011", {"code": "217601"}),
    ("DX-012", {"code": "255199"}),
    ("DX-013", {"code": "558"}),
    ("DX-014", {"code": "558"}),
    ("DX-020", CATEGORY),
    ("DX-021", CLINICAL_GROUP),
    ("DX-022", CLINICAL_GROUP | {"status": "en cours"}),
    ("DX-022", {"code": "558", "status": "confirmé"}),
    ("DX-060", {"code": "558", "system": "1.2.250.1.213.2.49.2"}),
]


@pytest.mark.parametrize(("rule", "diagnosis"), FIRES)
def test_a_rule_fires_alone(demonstration: Demonstration, rule: str, diagnosis: Item) -> None:
    assert demonstration.rules(diagnosis) == [rule]


@pytest.mark.parametrize(("rule", "diagnosis"), SILENT)
def test_a_rule_stays_silent(demonstration: Demonstration, rule: str, diagnosis: Item) -> None:
    assert rule not in demonstration.rules(diagnosis)


def test_a_code_of_a_later_release(demonstration: Demonstration) -> None:
    (found,) = demonstration.findings({"code": "634461"}, **OLDER)
    assert found.rule == "DX-005"
    assert "demo-2023" in found.message
    assert demonstration.rules({"code": "634461"}) == []
    assert demonstration.rules({"code": "398980"}, **OLDER) == []


def test_a_group_that_is_confirmed(demonstration: Demonstration) -> None:
    of_code, of_status = demonstration.findings(CLINICAL_GROUP | {"status": "CONFIRMÉ"})
    assert (of_code.rule, of_code.path) == ("DX-020", "/diagnoses/0/code")
    assert (of_status.rule, of_status.path) == ("DX-022", "/diagnoses/0/status")
    assert of_code.suggestions == of_status.suggestions != []
    assert demonstration.rules(CATEGORY | {"status": "confirmed"}) == ["DX-021", "DX-022"]


def test_a_number_of_omim_is_recognised(demonstration: Demonstration) -> None:
    (found,) = demonstration.findings({"code": "154700"})
    assert "OMIM" in found.message
    assert "OMIM" in found.message_en
    (found,) = demonstration.findings({"code": "999999999"})
    assert "OMIM" not in found.message


def test_only_the_target_of_a_deprecated_code_is_automatic(demonstration: Demonstration) -> None:
    (moved,) = demonstration.findings({"code": "255241"})
    assert [(each.code, each.automatic) for each in moved.suggestions] == [("506", True)]
    (referred,) = demonstration.findings({"code": "255199"})
    assert referred.suggestions
    assert not any(each.automatic for each in referred.suggestions)


def test_below_a_group_stand_the_nearest_disorders(demonstration: Demonstration) -> None:
    snapshot = demonstration.releases["demo-2023"].snapshot
    for sent, levels in ((CLINICAL_GROUP, ["disorder"]), (CATEGORY, ["group", "disorder"])):
        group = sent["code"]
        fitting = [
            code
            for code in snapshot.merged.descendants(group)
            if (level := snapshot.concepts[code].level) and level.key in levels
        ]
        assert demonstration.suggested(code=group) == fitting[:5]


def test_a_label_chooses_below_a_group(demonstration: Demonstration) -> None:
    assert demonstration.suggested(code="98053", label="Marfan")[0] == "558"


@pytest.mark.parametrize("profile", ["bamara", "cda-2022", "cda-2024", "stat", "pmsi"])
def test_a_profile_chooses_the_severity_of_a_group(
    demonstration: Demonstration, profile: str
) -> None:
    (found,) = demonstration.findings(CLINICAL_GROUP, profile=profile)
    assert found.severity == ("error" if profile in ("cda-2024", "stat") else "warning")


def test_a_release_that_the_register_lost_is_still_checked_against(
    demonstration: Demonstration,
) -> None:
    """The flags of a damaged release cannot be read; its answers come from memory."""
    older = [each for each in demonstration.presence.releases if each[0] == "demo-2022"]
    known = replace(demonstration, presence=Presence(tuple(older)))
    assert known.rules({"code": "398980"}) == ["DX-006"]
    assert known.rules({"code": "634461"}) == []
