"""Conditions of FHIR become the submissions of a form."""

import pytest

from thesaurus.coding.fhir import InvalidResource, check_fhir
from thesaurus.coding.fhir.reading import read
from thesaurus.coding.submission import Age, CodedItem, Diagnosis

ORPHA, ICD10 = "http://www.orpha.net", "http://hl7.org/fhir/sid/icd-10"
HPO = "http://human-phenotype-ontology.org"
MARFAN = {"system": ORPHA, "code": "558", "display": "Syndrome de Marfan"}
VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def condition(*codings, **rest):
    code = {"coding": list(codings)} if codings else {}
    return {"resourceType": "Condition", "code": code} | rest


def of(patient, *codings):
    return condition(*codings, subject={"reference": patient})


def bundle(*resources):
    return {"resourceType": "Bundle", "entry": [{"resource": each} for each in resources]}


def only(resource):
    """The only diagnosis of a resource."""
    (placed,) = read(resource, 10).submissions
    (diagnosis,) = placed.submission.diagnoses
    return diagnosis


def test_everything_that_is_read():
    sent = condition(
        {"system": "http://snomed.info/sct", "code": "19346006"},
        {"system": ICD10, "code": "Q87.4", "display": "Marfan"},
        MARFAN,
        verificationStatus={
            "coding": [{"code": "local"}, {"system": VERIFICATION, "code": "confirmed"}]
        },
        clinicalStatus={"coding": [{"code": "active"}]},
        evidence=[
            {"code": [{"coding": [{"system": HPO, "code": "HP:0001166"}]}]},
            {
                "detail": [
                    {"reference": "Observation/1"},
                    {"coding": [{"system": HPO, "code": "1"}]},
                ]
            },
            {"concept": {"coding": [{"system": HPO, "code": "2"}, {"system": ORPHA, "code": "3"}]}},
        ],
        onsetAge={"value": 5, "unit": "mois", "code": "mo"},
        onsetDateTime="1990-01-01",
        bodySite=[{"text": "SECRET"}],
    )
    assert only(sent) == Diagnosis(
        code="558",
        system=ORPHA,
        label="Syndrome de Marfan",
        status="confirmed",
        icd10=(CodedItem(code="Q87.4", system=ICD10, label="Marfan"),),
        phenotypes=tuple(CodedItem(code=each, system=HPO) for each in ("HP:0001166", "1", "2")),
        age_at_onset=Age(value=5, unit="mo"),
    )


def test_the_words_of_the_code_are_the_label_where_the_coding_has_none():
    sent = condition({"system": ORPHA, "code": "558"})
    sent["code"]["text"] = "Marfan"
    assert only(sent).label == "Marfan"


@pytest.mark.parametrize(
    "system",
    [
        ORPHA,
        "https://www.orpha.net",
        "urn:oid:1.2.250.1.213.2.49.1",
        "urn:oid:1.2.250.1.213.2.49.2",
    ],
)
def test_every_identifier_of_orpha(system):
    assert (
        only(condition({"system": ICD10, "code": "Q87.4"}, MARFAN | {"system": system})).code
        == "558"
    )


def test_several_orphacodes_are_several_diagnoses():
    (placed,) = read(condition(MARFAN, MARFAN | {"code": "65753"}), 10).submissions
    assert [each.code for each in placed.submission.diagnoses] == ["558", "65753"]
    assert placed.resources == ["Condition", "Condition"]


SAME = {
    "another identifier": {"system": "urn:oid:1.2.250.1.213.2.49.1"},
    "a prefix": {"code": "ORPHA:558"},
    "zeros": {"code": "Orphanet_000558"},
    "all": {"code": " orpha 558", "system": "https://www.orpha.net/"},
}


@pytest.mark.parametrize("case", SAME)
def test_one_orphacode_twice_is_one_diagnosis(case):
    assert only(condition(MARFAN, MARFAN | SAME[case])) == only(condition(MARFAN))
    bare = {key: value for key, value in MARFAN.items() if key != "display"}
    assert only(condition(bare, MARFAN | SAME[case])) == only(condition(MARFAN))


def test_codes_that_cannot_be_read_are_told_apart_as_they_are_written():
    codings = [MARFAN | {"code": each} for each in ("Marfan", "558", "Noonan", "Marfan")]
    (placed,) = read(condition(*codings), 10).submissions
    assert [each.code for each in placed.submission.diagnoses] == ["Marfan", "558", "Noonan"]


def test_without_an_orphacode_the_first_code_is_sent_on_with_its_system():
    sent = only(condition({"display": "words"}, {"system": ICD10, "code": "Q87.4"}, {"code": "1"}))
    assert (sent.code, sent.system) == ("Q87.4", ICD10)


def test_words_alone_are_a_diagnosis_without_code():
    sent = only({"resourceType": "Condition", "code": {"text": "Marfan"}})
    assert (sent.code, sent.system, sent.label) == (None, None, "Marfan")
    assert only({"resourceType": "Condition"}) == Diagnosis()


def test_conditions_of_one_patient_are_one_submission():
    sent = bundle(
        of("Patient/2", MARFAN),
        {"resourceType": "Patient", "id": "2"},
        of("Patient/1", MARFAN | {"code": "65753"}),
        of("Patient/2", MARFAN | {"code": "506"}),
        condition(MARFAN, subject={"identifier": {"system": "urn:ins", "value": "7"}}),
        condition(MARFAN),
        condition(MARFAN, subject={"identifier": {"value": "7", "system": "urn:ins"}}),
        condition(MARFAN, subject={"display": "Dupont"}),
    )
    found = read(sent, 10)
    assert [each.submission.id for each in found.submissions] == ["1", "2", "3", "4", "5"]
    assert [each.resources for each in found.submissions] == [
        ["Bundle.entry[0].resource", "Bundle.entry[3].resource"],
        ["Bundle.entry[2].resource"],
        ["Bundle.entry[4].resource", "Bundle.entry[6].resource"],
        ["Bundle.entry[5].resource"],
        ["Bundle.entry[7].resource"],
    ]
    assert found.passed_over == 1


def test_a_condition_entered_in_error_never_was():
    wrong = of("Patient/1", MARFAN) | {
        "verificationStatus": {"coding": [{"code": "entered-in-error"}]}
    }
    found = read(bundle(wrong, of("Patient/1", MARFAN), {"resourceType": "Group"}), 10)
    assert [each.resources for each in found.submissions] == [["Bundle.entry[1].resource"]]
    assert found.passed_over == 2


MALFORMED = {
    "code": (condition() | {"code": "SECRET"}, "Condition.code"),
    "coding": (condition() | {"code": {"coding": {"a": "SECRET"}}}, "Condition.code.coding"),
    "one coding": (condition("SECRET"), "Condition.code.coding[0]"),
    "system": (condition({"system": ["SECRET"]}), "Condition.code.coding[0].system"),
    "long": (condition(MARFAN | {"display": "SECRET" * 400}), "Condition.code.coding[0].display"),
    "many": (condition(*[MARFAN] * 201), "Condition.code.coding"),
    "status": (condition(verificationStatus="SECRET"), "Condition.verificationStatus"),
    "evidence": (condition(evidence={"SECRET": 1}), "Condition.evidence"),
    "sign": (condition(evidence=[{"code": ["SECRET"]}]), "Condition.evidence[0].code[0]"),
    "age": (condition(onsetAge={"value": "SECRET"}), "Condition.onsetAge.value"),
    "negative age": (condition(onsetAge={"value": -1}), "Condition.onsetAge.value"),
    "true age": (condition(onsetAge={"value": True}), "Condition.onsetAge.value"),
    "unit": (condition(onsetAge={"unit": "SECRET" * 4}), "Condition.onsetAge.unit"),
    "subject": (condition(subject="SECRET"), "Condition.subject"),
    "reference": (condition(subject={"reference": 7}), "Condition.subject.reference"),
}  # fmt: skip


@pytest.mark.parametrize("case", MALFORMED)
def test_a_condition_that_is_not_of_its_form_says_where_and_not_what(case):
    sent, place = MALFORMED[case]
    with pytest.raises(InvalidResource) as caught:
        read(sent, 10)
    assert caught.value.message.en.startswith(f"{place}: ")
    assert "SECRET" not in repr(caught.value)


@pytest.mark.parametrize("case", MALFORMED)
def test_in_a_bundle_the_others_are_read(case):
    sent, place = MALFORMED[case]
    found = read(bundle(sent, of("Patient/1", MARFAN)), 10)
    assert [each.resources for each in found.submissions] == [["Bundle.entry[1].resource"]]
    ((where, error),) = found.problems
    assert where == "Bundle.entry[0].resource"
    assert error.message.fr.startswith(place.replace("Condition", where, 1))


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        (None, "Bundle.entry[0]"),
        ("SECRET", "Bundle.entry[0]"),
        (["SECRET"], "Bundle.entry[0]"),
        ({"resource": "SECRET"}, "Bundle.entry[0].resource"),
    ],
)
def test_an_entry_that_is_none_is_a_problem_and_the_others_are_read(entry, place):
    sent = bundle(condition(), of("Patient/1", MARFAN), {"resourceType": "Patient"})
    sent["entry"][0] = entry
    sent["entry"].append({"fullUrl": "urn:1"})
    found = read(sent, 10)
    assert [each.resources for each in found.submissions] == [["Bundle.entry[1].resource"]]
    ((where, error),) = found.problems
    assert where == "Bundle.entry[0]"
    assert error.message.en == f"{place}: an object is expected."
    assert "SECRET" not in repr(error)
    assert found.passed_over == 1


NOT_READ = {
    "nothing": {},
    "another resource": {"resourceType": "Patient", "name": "SECRET"},
    "a type that is none": {"resourceType": ["SECRET"]},
    "entries that are none": {"resourceType": "Bundle", "entry": "SECRET"},
    "too many entries that are none": {"resourceType": "Bundle", "entry": ["SECRET"] * 11},
    "too many": bundle(*[condition(MARFAN)] * 11),
}


@pytest.mark.parametrize("case", NOT_READ)
def test_a_body_that_is_refused(case):
    with pytest.raises(InvalidResource) as caught:
        read(NOT_READ[case], 10)
    assert "SECRET" not in repr(caught.value)


def test_more_diagnoses_of_a_patient_than_a_submission_takes():
    codings = [MARFAN | {"code": str(number)} for number in range(1, 201)]
    many = [of("Patient/1", *codings)] * 6
    with pytest.raises(InvalidResource, match="1000"):
        read(bundle(*many), 10)


def test_an_empty_bundle():
    found = read({"resourceType": "Bundle"}, 10)
    assert (found.submissions, found.problems, found.passed_over) == ([], [], 0)


def test_a_condition_gets_the_findings_of_a_form(demonstration):
    sent = bundle(of("Patient/1", MARFAN | {"code": "255241"}), of("Patient/2", MARFAN))
    answer = check_fhir(sent, demonstration.checker(), 10)
    diagnoses = [
        {"code": code, "system": ORPHA, "label": MARFAN["display"]} for code in ("255241", "558")
    ]
    for result, diagnosis in zip(answer.results, diagnoses, strict=True):
        assert result.findings == demonstration.findings(diagnosis)
    assert "DX-010" in [each.rule for each in answer.results[0].findings]
    assert (answer.profile, answer.release) == ("bamara", "demo-2023")
    assert answer.summary.submissions == 2
