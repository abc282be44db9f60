"""Ages, lists of values, mandatory items, genes, signs and CIM-10 beside a code."""

from __future__ import annotations

from typing import Any

import pytest

from tests.coding.asking import Demonstration, codes, submission
from thesaurus.coding.answer import Severity
from thesaurus.coding.submission import Age, Diagnosis

CDA = {"profile": "cda-2024"}


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("5 mo", Age(value=5, unit="mo")),
        ("5 mois", Age(value=5, unit="mois")),
        ("2,5 ans", Age(value=2.5, unit="ans")),
        ("12", Age(value=12)),
        (12, Age(value=12)),
        ("767023003", Age(period="767023003")),
        ("néonatal", Age(period="néonatal")),
        ({"period": "p", "value": 3, "unit": "a"}, Age(period="p", value=3, unit="a")),
        (" ", None),
        (None, None),
    ],
)
def test_an_age_is_read_as_people_write_it(given: Any, read: Age | None) -> None:
    assert Diagnosis.model_validate({"age_at_onset": given}).age_at_onset == read


@pytest.mark.parametrize(
    ("signs", "diagnosed", "before"),
    [
        ("5 mo", "12 mo", False),
        ("12 mo", "5 mo", True),
        ("12 mo", "1 a", False),
        ("13 mo", "1 an", False),
        ("25 mo", "1 an", True),
        ("2 ans", "100 j", True),
        ("néonatal", "anténatal", True),
        ("3 j", "à la naissance", False),
        ("18 mo", "1 a", False),
        ("1 a", "52 wk", False),
        ("1 mo", "4 wk", False),
        ("2,5 ans", "1 a", True),
        ("anténatal", "néonatal", False),
        ("767023003", "303112003", True),
        ("303113008", "5 a", True),
        ("767023003", "767023003", False),
        ("MED-1288", "5 mo", False),
        ("373068000", "5 mo", False),
        ("5 lustres", "1 mo", False),
        ("5 a", None, False),
        (None, "5 a", False),
    ],
)
def test_a_diagnosis_comes_after_the_signs(
    demonstration: Demonstration, signs: str | None, diagnosed: str | None, before: bool
) -> None:
    sent = {"code": "558", "age_at_onset": signs, "age_at_genetic_diagnosis": diagnosed}
    assert ("DX-101" in demonstration.rules(sent)) is before


def test_the_place_of_an_age_is_the_one_at_fault(demonstration: Demonstration) -> None:
    sent = {"code": "558", "age_at_onset": "5 a", "age_at_diagnosis": "1 a"}
    found = demonstration.found("DX-101", {"code": "58"}, sent)
    assert found.path == "/diagnoses/1/age_at_diagnosis"


def test_every_missing_item_is_named(demonstration: Demonstration) -> None:
    findings = demonstration.findings({"code": "558"}, **CDA)
    assert {each.rule for each in findings} == {"DX-102"}
    assert [each.path.rpartition("/")[2] for each in findings] == [
        *("status", "age_at_onset", "assessment"),
        *("age_at_clinical_diagnosis", "age_at_genetic_diagnosis"),
    ]
    assert all(each.severity is Severity.ERROR for each in findings)
    assert "MED-072" in findings[0].message


@pytest.mark.parametrize("unknown", ["UNK", "NA", "NASK", "MSK"])
def test_an_item_that_is_said_to_be_unknown_is_there(
    demonstration: Demonstration, unknown: str
) -> None:
    sent = {
        "null_flavor": unknown,
        "status": unknown,
        "age_at_onset": {"period": unknown},
        "assessment": unknown,
        "age_at_clinical_diagnosis": unknown,
        "age_at_genetic_diagnosis": unknown,
    }
    assert demonstration.rules(sent, **CDA) == []


def test_a_confirmed_diagnosis_without_a_code_is_said_once(demonstration: Demonstration) -> None:
    rules = demonstration.rules({"status": "255545003"}, **CDA)
    assert rules.count("DX-001") == 1
    missing = [each for each in demonstration.findings({}, **CDA) if each.path.endswith("/code")]
    assert [each.rule for each in missing] == ["DX-102"]


def test_values_of_other_lists_are_proposed(demonstration: Demonstration) -> None:
    sent = {
        "code": "558",
        "status": "confirmé",
        "techniques": ["MED-083", "exome"],
        "familial": "familiale",
        "assessment": "absent",
        "age_at_onset": "néonatal",
    }
    outside = {
        each.path.removeprefix("/diagnoses/0/"): (each.severity.value, codes(each))
        for each in demonstration.findings(sent, **CDA)
        if each.rule == "DX-100"
    }
    assert outside == {
        "status": ("error", ["255545003"]),
        "techniques/1": ("warning", ["MED-084"]),
        "familial": ("warning", ["255401001"]),
        "assessment": ("warning", ["2667000"]),
        "age_at_onset": ("warning", ["255407002"]),
    }
    assert "DX-100" not in demonstration.rules(sent, profile="pmsi")


# -- genes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("gene", ["MPZ", "mpz", "HGNC:7225", "7225", "HGNC_7225", "HGNC 7225"])
def test_a_gene_is_known_by_symbol_and_code(demonstration: Demonstration, gene: str) -> None:
    assert demonstration.rules({"code": "101082", "genes": gene}) == []


def test_what_is_no_gene_at_all_is_an_error(demonstration: Demonstration) -> None:
    wrong = demonstration.found("DX-070", {"code": "101082", "genes": ["a b c ?"]})
    assert (wrong.severity, wrong.path) == (Severity.ERROR, "/diagnoses/0/genes/0")
    unknown = demonstration.found("DX-070", {"code": "101082", "genes": ["MPZ", "HGNC:39983"]})
    assert (unknown.severity, unknown.path) == (Severity.WARNING, "/diagnoses/0/genes/1")
    assert "table" in unknown.message
    near = demonstration.found("DX-070", {"code": "101082", "genes": ["MPX"]})
    assert [each.label.partition(",")[0] for each in near.suggestions] == ["MPZ"]


def test_a_gene_of_another_system_chooses_nothing(demonstration: Demonstration) -> None:
    omim = {"code": "3603", "system": "omim"}  # HGNC:3603 is FBN1
    assert demonstration.rules({"code": "558", "genes": [omim]}) == ["DX-060"]


def test_what_is_kept_is_codes_alone(complete: Demonstration) -> None:
    """What was found good is remembered for the next patient: no text that came with it."""
    secret = "Jeanne DUPONT, 12/03/1980"
    checker = complete.checker()
    for item in (f"HP:0001250{' ' * 190}{secret}", "HP:0001250 "):
        sent = {"code": "558", "phenotypes": [item], "icd10": [f"Q87.4{' ' * 195}{secret}"]}
        checker.check([submission({**sent, "genes": [f"FBN1 {' ' * 100}"]})])
    description = [{"code": "HP:0001250", "system": "hpo", "label": secret}]
    checker.check([submission({"code": "558", "description": description})])
    kept = [key for coded in checker.judge._coded for key in coded.sound]
    assert all(len(str(text)) < 40 for key in kept for text in key)
    assert secret not in str(kept)


def test_a_gene_of_another_disease_names_its_diseases(demonstration: Demonstration) -> None:
    found = demonstration.found("DX-071", {"code": "101082", "genes": ["GLA"]})
    assert codes(found) == ["324"]
    assert "GLA" in found.message
    # With an unknown code, or an inactive one, there is nothing to compare with.
    for code in ("999999999", "802", None):
        assert "DX-071" not in demonstration.rules({"code": code, "genes": ["GLA"]})


def test_genes_choose_below_a_group(demonstration: Demonstration) -> None:
    several = demonstration.findings({"code": "65753", "genes": ["PMP22"]})
    assert [each.rule for each in several] == ["DX-020"]
    assert codes(several[0])[:2] == ["101081", "90658"]
    one = demonstration.found("DX-072", {"code": "65753", "genes": ["MPZ"]})
    assert codes(one) == ["101082"]


def test_genes_that_fit_several_subtypes(demonstration: Demonstration) -> None:
    found = demonstration.found("DX-023", {"code": "558", "genes": ["FBN1", "TGFBR2"]})
    assert codes(found) == ["284963", "284973"]
    assert demonstration.rules({"code": "558", "genes": ["FBN1"]}) == ["DX-072"]


def test_a_long_text_that_begins_with_a_code_is_none(complete: Demonstration) -> None:
    for field, code in (("phenotypes", "HP:0001250"), ("icd10", "Q87.4")):
        sent = {"code": "558", field: [code + " " * 200 + "x"]}
        assert complete.rules(sent) == ["DX-002"]


def test_a_bare_number_with_zeros_in_the_description_is_a_sign(complete: Demonstration) -> None:
    assert complete.rules({"code": "558", "description": ["0001250"]}) == []
    assert complete.rules({"code": "558", "description": ["0009999"]}) == ["DX-080"]


def test_the_system_of_a_gene(demonstration: Demonstration) -> None:
    gene = {"code": "HGNC:7225", "system": "2.16.840.1.113883.4.642.2.468"}
    assert demonstration.rules({"code": "101082", "genes": [gene]}) == []
    wrong = demonstration.found("DX-060", {"code": "101082", "genes": [gene | {"system": "omim"}]})
    assert wrong.path == "/diagnoses/0/genes/0/system"


# -- signs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "severity", "proposed"),
    [
        ("HP:9999999", "error", []),
        ("HP:0001275", "warning", ["HP:0001250"]),
        ("HP:0002300", "warning", ["HP:0002197"]),
        ("HP:0002301", "warning", ["HP:0001250"]),
    ],
)
def test_a_sign_is_unknown_merged_or_obsolete(
    complete: Demonstration, sign: str, severity: str, proposed: list[str]
) -> None:
    description = [{"code": sign, "system": "urn:oid:1.2.250.1.213.2.51"}]
    for sent, path in (
        ({"phenotypes": ["HP:0001250", sign]}, "phenotypes/1"),
        ({"description": description}, "description/0"),
    ):
        found = complete.found("DX-080", {"code": "558", **sent})
        assert (found.severity, codes(found)) == (severity, proposed)
        assert found.path == f"/diagnoses/0/{path}"


def test_a_sign_that_cannot_be_read(complete: Demonstration) -> None:
    found = complete.found("DX-002", {"code": "558", "phenotypes": ["crises"]})
    assert found.path == "/diagnoses/0/phenotypes/0/code"
    assert "HPO" in found.message


def test_without_hpo_its_rule_says_that_it_did_not_judge(demonstration: Demonstration) -> None:
    answer = demonstration.of_each([{"code": "558", "phenotypes": ["HP:9999999"]}])
    assert answer.summary.not_applied == {"DX-080": "hpo"}
    described = [{"code": "HP:9999999", "system": "hpo"}]
    answer = demonstration.of_each([{"code": "558", "description": described}])
    assert answer.summary.not_applied == {"DX-080": "hpo"}
    assert demonstration.of_each([{"code": "558"}]).summary.not_applied == {}


# -- clinical description ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "system", "rules"),
    [
        ("65753", "1.2.250.1.213.2.49.2", []),
        ("98006", "1.2.250.1.213.2.49.2", []),
        ("65753", "1.2.250.1.213.2.49.1", ["DX-061"]),
        ("558", "1.2.250.1.213.2.49.2", ["DX-061"]),
        ("166068", "orpha", ["DX-010"]),
        ("999999999", "orpha", ["DX-004"]),
        ("R26.0", "2.16.840.1.113883.6.3", []),
        ("R26.0", None, []),
        ("R26.0", "orpha", ["DX-002"]),
        ("ataxie", "2.16.840.1.113883.6.3", ["DX-002"]),
        ("26079004", "http://snomed.info/sct", ["DX-060"]),
        ("26079004", "nobody", ["DX-060"]),
    ],
)
def test_the_description_takes_groups_signs_and_cim10(
    demonstration: Demonstration, code: str, system: str | None, rules: list[str]
) -> None:
    sent = {"code": "558", "description": [{"code": code, "system": system}]}
    findings = demonstration.findings(sent)
    assert [each.rule for each in findings] == rules
    assert all(each.path.startswith("/diagnoses/0/description/0/") for each in findings)


@pytest.mark.parametrize("name", ["problems", "cause_of_death", "family_history"])
def test_codes_elsewhere_in_the_record_are_checked(demonstration: Demonstration, name: str) -> None:
    sent = {"id": "1", "diagnoses": [{"code": "558"}], name: ["558", "166068", "65753", "x"]}
    checked = demonstration.checker().check([submission().model_validate(sent)])
    found = [(each.rule, each.path) for each in checked.results[0].findings]
    assert found == [("DX-010", f"/{name}/1/code"), ("DX-002", f"/{name}/3/code")]
    assert len(checked.results[0].normalized) == 1


# -- CIM-10 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "icd10", "rules"),
    [
        ("558", "Q87.4", []),
        ("558", "q874", []),
        ("558", "Q87", []),
        ("558", "Q87.8", ["DX-090"]),
        ("558", "Q87.40", ["DX-091"]),
        ("558", "Q87.81", ["DX-090", "DX-091"]),
        ("586", "E84.9", []),
        ("284963", "Q87.4", []),
        ("65753", "G60.0", []),
        ("64746", "G60.0", []),
        ("64746", "G61.0", ["DX-090"]),
        ("716", "E70.0", []),
        ("70", "Q00.0", ["DX-090"]),
        ("130", "Z99", []),
        ("558", "Z51.3", []),
        ("558", "R50.9", []),
        ("558", "Q80-Q89", []),
        ("558", "Q65-Q79", ["DX-090"]),
        ("558", "XVII", []),
        ("558", "Q87.-", []),
        ("558", "CIM-10 Q87.4", []),
        ("558", "Q87.4 ?", ["DX-002"]),
    ],
)
def test_a_cim10_code_fits_the_entity(
    demonstration: Demonstration, code: str, icd10: str, rules: list[str]
) -> None:
    findings = demonstration.findings({"code": code, "icd10": icd10})
    assert [each.rule for each in findings if each.rule not in ("DX-020", "DX-021")] == rules


def test_aligned_codes_are_proposed_with_their_relation(demonstration: Demonstration) -> None:
    found = demonstration.found("DX-090", {"code": "586", "icd10": ["G60.0"]})
    assert found.path == "/diagnoses/0/icd10/0"
    assert codes(found)[0].startswith("E84")
    assert "CIM-10 alignée (" in found.suggestions[0].reason


def test_beside_a_code_that_fits_others_are_of_the_stay(demonstration: Demonstration) -> None:
    assert demonstration.rules({"code": "558", "icd10": ["Q87.4", "I71.2"]}) == []
    assert demonstration.rules({"code": "558", "icd10": ["I71.2", "G60.0"]}) == ["DX-090"] * 2


# -- natural history -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "rules"),
    [
        ({"inheritance": "autosomique dominante"}, []),
        ({"inheritance": "HP:0000006"}, []),
        ({"inheritance": "HP:0000007"}, ["DX-103"]),
        ({"inheritance": "on ne sait"}, []),
        ({"age_at_onset": "3 j"}, []),
        ({"age_at_onset": "anténatal"}, []),
        ({"age_at_onset": "30 ans"}, ["DX-104"]),
        ({"age_at_onset": "767023003"}, []),
        ({"age_at_onset": "indéterminé"}, []),
    ],
)
def test_a_patient_is_compared_with_what_is_known(
    complete: Demonstration, sent: dict[str, str], rules: list[str]
) -> None:
    assert complete.rules({"code": "15", **sent}) == rules
    assert complete.rules({"code": "58", **sent}) == []  # of which nothing is known
