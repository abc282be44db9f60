"""``POST /v1/check``: each rule fires once and stays silent once."""

import pytest

from tests.api.asking import post

URL = "/v1/check"
OPEN_SPINE = {"code": "268369"}  # a clinical group


def check(client, *diagnoses, profile="bamara", release=None, **query):
    body = {"profile": profile, "submissions": [{"id": "p1", "diagnoses": list(diagnoses)}]}
    if release:
        body["release"] = release
    return post(client, URL, body, 200, **query)


def findings(client, *diagnoses, **options):
    return check(client, *diagnoses, **options)["results"][0]["findings"]


def rules(client, *diagnoses, **options):
    return [each["rule"] for each in findings(client, *diagnoses, **options)]


FIRES = {
    "DX-001": {"status": "confirmed", "label": "Syndrome de Marfan"},
    "DX-002": {"code": "Marfan (ORPHA:558)"},
    "DX-003": {"code": "Orphanet_558"},
    "DX-004": {"code": "999999"},
    "DX-006": {"code": "398980"},
    "DX-010": {"code": "255241"},
    "DX-011": {"code": "255199"},
    "DX-012": {"code": "217601"},
    "DX-013": {"code": "802"},
    "DX-014": {"code": "529"},
    "DX-020": OPEN_SPINE,
    "DX-021": {"code": "98053"},
    "DX-060": {"code": "Q87.4", "system": "http://hl7.org/fhir/sid/icd-10"},
}
SILENT = {
    "DX-001": {"status": "réfuté", "label": "Syndrome de Marfan"},
    "DX-002": {"code": "https://www.orpha.net/fr/disease/detail/558"},
    "DX-003": {"code": "ORPHA:558"},
    "DX-004": {"code": "558"},
    "DX-005": {"code": "634461"},
    "DX-006": {"code": "558"},
    "DX-010": {"code": "506"},
    "DX-011": {"code": "255210"},
    "DX-012": {"code": "255199"},
    "DX-013": {"code": "558"},
    "DX-014": {"code": "558"},
    "DX-020": {"code": "558"},
    "DX-021": OPEN_SPINE,
    "DX-022": OPEN_SPINE | {"status": "probable"},
    "DX-060": {"code": "558", "system": "http://www.orpha.net"},
}


@pytest.mark.parametrize("rule", FIRES)
def test_a_rule_fires(client, rule):
    assert rules(client, FIRES[rule]) == [rule]


@pytest.mark.parametrize("rule", SILENT)
def test_a_rule_stays_silent(client, rule):
    assert rule not in rules(client, SILENT[rule])


def test_a_group_that_is_confirmed(client):
    assert rules(client, OPEN_SPINE | {"status": "confirmé"}) == ["DX-020", "DX-022"]


def test_a_clean_diagnosis(client):
    answer = check(client, {"code": "558", "status": "confirmed"})
    assert answer == {
        "release": "demo-2023",
        "profile": "bamara",
        "results": [
            {
                "id": "p1",
                "valid": True,
                "severity": None,
                "findings": [],
                "normalized": [{"code": "558", "label": "Syndrome de Marfan"}],
            }
        ],
        "summary": {
            "submissions": 1,
            "problems": 0,
            "diagnoses": 1,
            "valid": 1,
            "errors": 0,
            "warnings": 0,
            "informations": 0,
            "rules": {},
            "suggestions_left_out": 0,
            "not_applied": {},
        },
    }


def test_new_and_vanished_codes(client):
    new, gone = {"code": "634461"}, {"code": "398980"}
    assert rules(client, gone, new) == ["DX-006"]
    assert rules(client, gone, new, release="demo-2022") == ["DX-005", "DX-062"]
    assert "demo-2023" in findings(client, new, release="demo-2022")[0]["message"]


def test_the_release_in_the_body_or_in_the_address(client):
    gone = {"code": "398980"}
    for chosen in ({"release": "demo-2022"}, {"as_of": "2022-12-01"}):
        body = {"submissions": [{"id": "1", "diagnoses": [gone]}]}
        answer = post(client, URL, body, 200, **chosen)
        assert (answer["release"], answer["summary"]["errors"]) == ("demo-2022", 0)
    body["release"] = "demo-2022"
    post(client, URL, body, 400, code="invalid_parameter", release="demo-2022")
    post(client, URL, body, 400, code="invalid_parameter", as_of="2022-12-01")
    post(client, URL, body | {"release": "1999"}, 404, code="unknown_release")
    post(client, URL, body, 400, code="unknown_parameter", lang="fr")


@pytest.mark.parametrize("profile", ["bamara", "cda-2022", "cda-2024", "stat", "pmsi"])
def test_a_profile_makes_a_group_an_error(client, profile):
    (found,) = (
        each for each in findings(client, OPEN_SPINE, profile=profile) if each["rule"] == "DX-020"
    )
    assert found["severity"] == ("error" if profile in ("cda-2024", "stat") else "warning")
    body = {"profile": "x", "submissions": []}
    post(client, URL, body, 400, code="unknown_profile")


def test_suggestions(client):
    (moved,) = findings(client, {"code": "255241"})
    assert moved["suggestions"] == [
        {
            "code": "506",
            "label": "Syndrome de Leigh",
            "reason": "déplacé vers",
            "automatic": True,
            "system": "orpha",
        }
    ]
    (inside,) = findings(client, FIRES["DX-002"])
    assert inside["suggestions"][0]["code"] == "558"
    below, _ = findings(client, {"code": "98053", "label": "Marfan"})
    assert below["suggestions"][0]["code"] == "558"


def test_each_finding_points_at_its_diagnosis(client):
    found = findings(client, {"code": "558"}, {"code": "802"}, {"code": "x"})
    assert [each["path"] for each in found] == ["/diagnoses/1/code", "/diagnoses/2/code"]


def test_numbers_are_read_as_codes_and_other_items_passed_over(client):
    assert rules(client, {"code": 558, "room": [12], "phenotypes": []}) == []


@pytest.mark.parametrize("genes", ["FBN1", ["FBN1"], [{"code": "HGNC:3603", "system": "hgnc"}]])
def test_an_item_is_a_code_a_list_of_codes_or_of_codings(client, genes):
    (found,) = findings(client, {"code": "558", "genes": genes})
    assert (found["rule"], found["suggestions"][0]["code"]) == ("DX-072", "284963")


def test_the_most_submissions_in_one_call(client):
    body = {"submissions": [{"id": "1", "diagnoses": [{"code": "558"}]}] * 10_000}
    assert post(client, URL, body, 200)["summary"]["valid"] == 10_000
    body["submissions"].append({"id": "x", "diagnoses": []})
    problem = post(client, URL, body, 422, code="invalid_body")
    assert "10000" in problem["detail"]


def test_the_most_diagnoses_in_one_call(client):
    body = {"submissions": [{"id": "1", "diagnoses": [{"code": "558"}] * 1000}] * 20}
    assert post(client, URL, body, 200)["summary"]["diagnoses"] == 20_000
    body["submissions"].append({"id": "x", "diagnoses": [{"code": "558"}]})
    problem = post(client, URL, body, 422, code="invalid_body")
    assert "20000" in problem["detail"]
    assert "20001" in problem["detail_en"]


def test_suggestions_that_were_left_out_are_counted(client):
    body = {
        "submissions": [
            {"id": "1", "diagnoses": [{"code": "x", "label": f"marfan {number}"}]}
            for number in range(210)
        ]
    }
    assert post(client, URL, body, 200)["summary"]["suggestions_left_out"] == 10


def test_the_fields_say_what_they_accept(client):
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    fields = schemas["Diagnosis"]["properties"]
    assert "/v1/profiles" in fields["status"]["description"]
    assert "1.2.250.1.213.2.49.2" in fields["system"]["description"]
    assert "docs/rules.md" in schemas["Finding"]["properties"]["rule"]["description"]


@pytest.mark.parametrize("submissions", [None, {}, "x", 1])
def test_bodies_that_are_not_of_their_form(client, submissions):
    post(client, URL, {"submissions": submissions}, 422, code="invalid_body")


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        (None, ""),
        ([], ""),
        ({}, "/id"),
        ({"id": "1"}, "/diagnoses"),
        ({"id": None, "diagnoses": []}, "/id"),
        ({"id": "1" * 201, "diagnoses": []}, "/id"),
        ({"id": "1", "diagnoses": {}}, "/diagnoses"),
        ({"id": "1", "diagnoses": [[]]}, "/diagnoses/0"),
        ({"id": "1", "diagnoses": [{"code": ["DUPONT"]}]}, "/diagnoses/0/code"),
        ({"id": "1", "diagnoses": [{"code": True}]}, "/diagnoses/0/code"),
        ({"id": "1", "diagnoses": [{"code": "5" * 2001}]}, "/diagnoses/0/code"),
        ({"id": "1", "diagnoses": [{"genes": [[]]}]}, "/diagnoses/0/genes/0"),
        ({"id": "1", "diagnoses": [{"age_at_onset": -1}]}, "/diagnoses/0/age_at_onset/value"),
        ({"id": "1", "diagnoses": [{}] * 1001}, "/diagnoses"),
    ],
)
def test_a_submission_that_is_not_of_its_form_loses_no_other(client, wrong, path):
    good = {"id": "good", "diagnoses": [{"code": "558"}]}
    answer = post(client, URL, {"submissions": [good, wrong, good]}, 200)
    first, refused, last = answer["results"]
    assert (first["valid"], refused["valid"], last["valid"]) == (True, False, True)
    assert refused["faults"][0]["path"] == path
    assert (path or "/") in refused["message"]
    assert "DUPONT" not in str(refused)
    summary = answer["summary"]
    assert (summary["submissions"], summary["problems"], summary["valid"]) == (2, 1, 2)
