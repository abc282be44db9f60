"""``POST /v1/check/fhir``: Conditions over HTTP; nothing of a patient comes out."""

import json

import pytest

from tests.api.asking import ask, post

URL = "/v1/check/fhir"
CODING = {"system": "http://www.orpha.net", "code": "255241"}
SECRET = "SECRET"


def condition(code="255241", patient="Patient/SECRET-1", **rest):
    return {
        "resourceType": "Condition",
        "id": SECRET,
        "code": {"coding": [CODING | {"code": code}]},
        "subject": {"reference": patient, "display": SECRET},
        "recorder": {"display": SECRET},
        "onsetDateTime": "1990-SECRET",
        "note": [{"text": SECRET}],
    } | rest


def bundle(*resources):
    return {
        "resourceType": "Bundle",
        "entry": [{"fullUrl": SECRET, "resource": each} for each in resources],
    }


def test_a_condition(client):
    answer = post(client, URL, condition(), 200)
    assert list(answer) == ["release", "profile", "results", "problems", "passed_over", "summary"]
    assert (answer["release"], answer["profile"]) == ("demo-2023", "bamara")
    (result,) = answer["results"]
    assert (result["id"], result["resources"]) == ("1", ["Condition"])
    assert "DX-010" in [each["rule"] for each in result["findings"]]
    assert (answer["problems"], answer["passed_over"]) == ([], 0)


def test_the_findings_are_those_of_the_check(client):
    item = CODING | {"status": "confirmed", "age_at_onset": {"value": 5, "unit": "mo"}}
    expected = post(client, "/v1/check", {"submissions": [{"id": "1", "diagnoses": [item]}]}, 200)
    sent = condition(
        verificationStatus={"coding": [{"code": "confirmed"}]},
        onsetAge={"value": 5, "code": "mo"},
    )
    answer = post(client, URL, sent, 200)
    assert answer["results"][0] == expected["results"][0] | {"resources": ["Condition"]}
    assert answer["summary"] == expected["summary"]


def test_a_bundle_with_what_is_not_of_its_form(client):
    sent = bundle(
        condition(),
        {"resourceType": "Patient", "name": SECRET},
        condition(code=[SECRET]),
        condition("558", patient="Patient/SECRET-2"),
        condition("558"),
    )
    answer = post(client, URL, sent, 200)
    assert [(each["id"], each["resources"]) for each in answer["results"]] == [
        ("1", ["Bundle.entry[0].resource", "Bundle.entry[4].resource"]),
        ("2", ["Bundle.entry[3].resource"]),
    ]
    (problem,) = answer["problems"]
    assert problem["resource"] == "Bundle.entry[2].resource"
    assert problem["message_en"].startswith("Bundle.entry[2].resource.code.coding[0].code: a text")
    assert answer["passed_over"] == 1


def test_a_broken_entry_of_a_bundle(client):
    sent = bundle(condition(), condition())
    sent["entry"][0] = None
    answer = post(client, URL, sent, 200)
    assert [each["resources"] for each in answer["results"]] == [["Bundle.entry[1].resource"]]
    assert answer["problems"] == [
        {
            "resource": "Bundle.entry[0]",
            "message": "Bundle.entry[0] : objet attendu.",
            "message_en": "Bundle.entry[0]: an object is expected.",
        }
    ]


def test_one_diagnosis_under_two_identifiers(client):
    sent = condition("558")
    sent["code"]["coding"].append({"system": "urn:oid:1.2.250.1.213.2.49.1", "code": "558"})
    (result,) = post(client, URL, sent, 200)["results"]
    assert result["resources"] == ["Condition"]
    assert "DX-040" not in [each["rule"] for each in result["findings"]]


def test_release_and_profile_are_chosen_in_the_address(client):
    assert post(client, URL, condition(), 200, release="demo-2022")["release"] == "demo-2022"
    assert post(client, URL, condition(), 200, profile="stat")["profile"] == "stat"
    assert post(client, URL, condition(), 400, profile="none")["code"] == "unknown_profile"
    assert post(client, URL, condition(), 400, lang="fr")["code"] == "unknown_parameter"


@pytest.mark.parametrize(
    ("media_type", "status"),
    [
        ("application/fhir+json", 200),
        ("application/json; charset=utf-8", 200),
        ("text/json", 415),
        ("application/fhir+xml", 415),
        ("application/xml", 415),
    ],
)
def test_media_types(media_type, status, client):
    headers = {"content-type": media_type}
    ask(client, "POST", URL, status, content=json.dumps(condition()), headers=headers)


@pytest.mark.parametrize("body", [[], "a", {}, {"resourceType": "Patient"}])
def test_bodies_that_are_no_condition(body, client):
    assert post(client, URL, body, 422)["code"] == "invalid_body"


def test_more_conditions_than_one_call_takes(start, own_home):
    client = start(own_home, max_submissions=2)
    assert post(client, URL, bundle(*[condition()] * 2), 200)["results"]
    assert post(client, URL, bundle(*[condition()] * 3), 422)["code"] == "invalid_body"


@pytest.mark.parametrize(
    "body",
    [
        condition(),
        bundle(condition(), condition(code=[SECRET]), condition(onsetAge={"value": SECRET})),
        condition(subject=[SECRET]),
        {"resourceType": SECRET},
        {"resourceType": "Bundle", "entry": [SECRET]},
    ],
)
def test_nothing_of_people_comes_out(body, start, own_home, capfd):
    client = start(own_home, log_level="debug")
    capfd.readouterr()
    response = client.post(URL, json=body)
    assert response.status_code in (200, 422)
    logged = "".join(capfd.readouterr())
    assert URL in logged
    assert SECRET not in response.text + logged
