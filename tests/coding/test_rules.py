"""Every rule: a submission that it finds fault with, and the same one put right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.coding.asking import Demonstration, Item
from thesaurus.coding import Submission
from thesaurus.coding.answer import Severity
from thesaurus.coding.rules import RULES
from thesaurus.coding.testkit import SAMPLES, Sample
from thesaurus.presence import Presence

CLINICAL_GROUP = {"code": "65753"}
CATEGORY = {"code": "98053"}
OLDER = {"release": "demo-2022"}
# Of DOMAIN, section 4: id -> severity.
TABLE = {
    **dict.fromkeys(["DX-001", "DX-002", "DX-004", "DX-005", "DX-006"], "E"),
    **dict.fromkeys(["DX-010", "DX-011", "DX-012", "DX-013", "DX-021", "DX-043"], "E"),
    **dict.fromkeys(["DX-060", "DX-080", "DX-081", "DX-100"], "E"),
    **dict.fromkeys(["DX-003", "DX-014", "DX-023", "DX-033", "DX-034", "DX-042"], "I"),
    **dict.fromkeys(["DX-051", "DX-072", "DX-091", "DX-103", "DX-104"], "I"),
    **dict.fromkeys(["DX-020", "DX-022", "DX-030", "DX-031", "DX-032", "DX-040"], "W"),
    **dict.fromkeys(["DX-041", "DX-050", "DX-061", "DX-062", "DX-070", "DX-071"], "W"),
    **dict.fromkeys(["DX-090", "DX-101", "DX-102"], "W"),
}


def test_the_rules_are_those_of_the_domain() -> None:
    assert {rule: each.severity.value[0].upper() for rule, each in RULES.items()} == TABLE


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_what_why_and_where_from(rule: str) -> None:
    each = RULES[rule]
    assert all((*each.title, *each.action))
    assert min(len(each.summary), len(each.reason), len(each.source)) > 9
    assert "source:" not in each.reason.lower()


def test_every_rule_has_a_sample() -> None:
    assert [each.rule for each in SAMPLES] == list(RULES)


def _found(demonstration: Demonstration, sample: Sample, kind: str) -> list[str]:
    fields = sample.submissions()[kind]
    release = "demo-2022" if sample.before and kind == "faulty" else "demo-2023"
    checker = demonstration.checker(sample.profile, release)
    answer = checker.check([Submission.model_validate(fields)])
    return [each.rule for each in answer.results[0].findings]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.rule)
def test_a_rule_fires(complete: Demonstration, sample: Sample) -> None:
    assert sample.rule in _found(complete, sample, "faulty")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: each.rule)
def test_a_rule_is_content_once_the_fault_is_mended(
    complete: Demonstration, sample: Sample
) -> None:
    found = _found(complete, sample, "sound")
    assert sample.rule not in found
    assert all(RULES[each].severity is Severity.INFORMATION for each in found)


ALONE: list[tuple[str, Item]] = [
    ("DX-001", {"status": "confirmé"}),
    ("DX-001", {"code": " ", "status": " CONFIRME "}),
    ("DX-001", {"code": None, "status": "255545003", "system": "orphanet"}),
    ("DX-001", {"label": "Syndrome de Marfan"}),
    ("DX-001", {"label": "Marfan", "status": "probable"}),
    ("DX-002", {"code": "abc"}),
    ("DX-002", {"code": "0"}),
    ("DX-003", {"code": "558.0"}),
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
    ("DX-021", {"code": "98006"}),
    ("DX-060", {"code": "558", "system": "http://snomed.info/sct"}),
    ("DX-060", {"status": "en cours", "system": "omim"}),
    ("DX-081", {"code": "HP:0001250"}),
    ("DX-081", {"code": "0001250", "system": "1.2.250.1.213.2.51"}),
    ("DX-100", {"code": "558", "status": "suspected"}),
]
SILENT: list[tuple[str, Item]] = [
    ("DX-001", {}),
    ("DX-001", {"status": "probable"}),
    ("DX-001", {"status": "723511001", "label": "Marfan"}),
    ("DX-001", {"label": "inconnu"}),
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
    ("DX-060", {"code": "558", "system": " "}),
    ("DX-100", {"code": "558", "status": " "}),
    ("DX-050", {"code": "558", "label": " "}),
]


@pytest.mark.parametrize(("rule", "diagnosis"), ALONE)
def test_a_rule_fires_alone(demonstration: Demonstration, rule: str, diagnosis: Item) -> None:
    assert demonstration.rules(diagnosis) == [rule]


@pytest.mark.parametrize(("rule", "diagnosis"), SILENT)
def test_a_rule_stays_silent(demonstration: Demonstration, rule: str, diagnosis: Item) -> None:
    assert rule not in demonstration.rules(diagnosis)


def test_a_code_of_a_later_release(demonstration: Demonstration) -> None:
    found = demonstration.found("DX-005", {"code": "634461"}, **OLDER)
    assert "demo-2023" in found.message
    assert demonstration.rules({"code": "634461"}) == []
    assert demonstration.rules({"code": "398980"}, **OLDER) == ["DX-062"]


def test_a_code_that_is_gone_says_its_name_and_what_comes_near(
    demonstration: Demonstration,
) -> None:
    found = demonstration.found("DX-006", {"code": "398980"})
    assert "Carcinome séreux" in found.message
    assert found.suggestions[0].code == "168829"


def test_a_number_of_omim_is_recognised(demonstration: Demonstration) -> None:
    (found,) = demonstration.findings({"code": "154700"})
    assert "OMIM" in found.message
    assert "OMIM" in found.message_en
    (found,) = demonstration.findings({"code": "999999999"})
    assert "OMIM" not in found.message


def test_only_the_target_of_a_deprecated_code_is_automatic(complete: Demonstration) -> None:
    automatic = []
    for sample in SAMPLES:
        checker = complete.checker(sample.profile)
        for fields in sample.submissions().values():
            for found in checker.check([Submission.model_validate(fields)]).results[0].findings:
                automatic += [
                    (found.rule, each.code) for each in found.suggestions if each.automatic
                ]
    assert automatic == [("DX-010", "166063")]


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
    found = demonstration.found("DX-020", CLINICAL_GROUP, profile=profile)
    assert found.severity == ("error" if profile in ("cda-2024", "stat") else "warning")


def test_a_release_that_the_register_lost_is_still_checked_against(
    demonstration: Demonstration,
) -> None:
    """The flags of a damaged release cannot be read; its answers come from memory."""
    older = [each for each in demonstration.presence.releases if each[0] == "demo-2022"]
    known = replace(demonstration, presence=Presence(tuple(older)))
    assert known.rules({"code": "398980"}) == ["DX-006"]
    assert known.rules({"code": "634461"}) == []


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({"phenotypes": [""], "techniques": [""]}, ["DX-030", "DX-032"]),
        ({"phenotypes": ["crises"], "techniques": ["UNK"]}, ["DX-002", "DX-030", "DX-032"]),
        ({"phenotypes": ["HP:0001250"], "techniques": ["MED-083"]}, []),
        ({"description": [{"code": "HP:0001250"}], "investigations": ["58147004"]}, []),
    ],
)
def test_undiagnosed_wants_what_says_something(
    complete: Demonstration, more: Item, rules: list[str]
) -> None:
    assert complete.rules({"code": "616874", "status": "indéterminé", **more}) == rules


def test_only_a_null_flavor_says_why_there_is_no_code(demonstration: Demonstration) -> None:
    sent = {"status": "385651009", "null_flavor": "parce que"}
    missing = demonstration.findings(sent, profile="cda-2024")
    assert "/diagnoses/0/code" in [each.path for each in missing if each.rule == "DX-102"]
