"""``POST /v1/check/cda``: documents and archives over HTTP; nothing of a patient comes out."""

import pytest

from tests.api.asking import ask, check_problem, post
from tests.coding.cda.documents import MARFAN, WHOLE, archive, document
from tests.coding.cda.leaks import broken, leaked, secrets

URL = "/v1/check/cda"
XML = "application/xml"
DEPRECATED = MARFAN | {"code": "255241", "label": None}


def send(client, data, status=200, media_type=XML, **query):
    headers = {"content-type": media_type}
    return ask(
        client, "POST", URL, status, content=data, headers=headers, params=query or None
    ).json()


def test_a_document(client):
    answer = send(client, document(DEPRECATED, version="2022.01"))
    assert list(answer) == ["release", "profile", "documents", "results", "summary"]
    assert (answer["release"], answer["profile"]) == ("demo-2023", "cda-2022")
    (checked,) = answer["documents"]
    assert list(checked) == ["name", "version", "profile", "result", "problem", "notes"]
    assert (checked["name"], checked["version"], checked["problem"]) == (
        "document",
        "2022.01",
        None,
    )
    found = next(each for each in checked["result"]["findings"] if each["rule"] == "DX-010")
    assert found["path"] == "/diagnoses/0/code"
    assert found["xpath"].startswith("/cda:ClinicalDocument/cda:component/cda:structuredBody/")
    assert found["line"] > 40
    assert [each["id"] for each in answer["results"]] == ["document"]
    assert "xpath" not in answer["results"][0]["findings"][0]
    assert answer["summary"]["submissions"] == 1


def test_the_results_are_those_of_the_check_of_the_same_submission(client):
    item = {"code": "255241", "system": MARFAN["system"]}
    body = {"profile": "cda-2024", "submissions": [{"id": "document", "diagnoses": [item]}]}
    expected = post(client, "/v1/check", body, 200)
    answer = send(client, document(DEPRECATED))
    assert (answer["results"], answer["summary"]) == (expected["results"], expected["summary"])


def test_a_diagnosis_that_is_said_not_to_be_is_noted(client):
    changes = {"<observation ": '<observation negationInd="true" '}
    (checked,) = send(client, document(DEPRECATED, changes=changes))["documents"]
    assert checked["result"]["findings"] == []
    assert checked["notes"][0]["message"].startswith("Diagnostic nié")
    assert checked["notes"][0]["line"] > 40


def test_release_and_profile_are_chosen_in_the_address(client):
    data = document(MARFAN)
    assert send(client, data, release="demo-2022")["release"] == "demo-2022"
    assert send(client, data, as_of="2022-12-31")["release"] == "demo-2022"
    assert send(client, data, profile="stat")["profile"] == "stat"
    assert send(client, data, 400, profile="none")["code"] == "unknown_profile"
    assert send(client, data, 404, release="none")["code"] == "unknown_release"
    assert send(client, data, 400, profil="stat")["code"] == "unknown_parameter"


@pytest.mark.parametrize(
    "media_type",
    [XML, "text/xml; charset=utf-8", "Application/HL7-V3+XML", "application/octet-stream"],
)
def test_media_types_of_a_document(media_type, client):
    assert send(client, document(MARFAN), media_type=media_type)["documents"]


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "multipart/form-data; boundary=a", "text/plain", "application/fhir+xml"],
)
def test_other_media_types_are_refused(media_type, client):
    answer = send(client, document(MARFAN), 415, media_type=media_type)
    assert answer["code"] == "unsupported_media_type"
    assert "application/hl7-v3+xml" in answer["detail_en"]


def test_without_a_media_type(client):
    response = client.post(URL, content=document(MARFAN))
    assert response.status_code == 415
    check_problem(response)


def test_an_archive(client):
    good = document(WHOLE)
    data = archive(IHE_XDM__SUBSET01__DOC0001_XML=good, IHE_XDM__SUBSET01__DOC0002_XML=good[:-30])
    for media_type in ("application/zip", "application/octet-stream"):
        answer = send(client, data, media_type=media_type)
        read, unread = answer["documents"]
        assert read["name"] == "IHE_XDM/SUBSET01/DOC0001.XML"
        assert read["result"]["id"] == read["name"]
        assert unread["result"] is None
        assert unread["problem"]["line"] == good.count(b"\n")
        assert unread["problem"]["message"].startswith("XML incomplet")


def test_a_document_that_cannot_be_read_is_a_problem_with_its_line(client):
    good = document(WHOLE)
    answer = send(client, good[: len(good) // 2], 422)
    line = good[: len(good) // 2].count(b"\n") + 1
    assert answer["code"] == "invalid_body"
    assert answer["detail"] == f"Ligne {line} : XML incomplet : le document est coupé."
    assert answer["detail_en"].startswith(f"Line {line}: incomplete XML")
    assert answer["faults"] == [
        {"path": f"line {line}", "message": "incomplete XML: the document is cut short"}
    ]


@pytest.mark.parametrize("data", [b"", b"{}", archive(A_TXT=b"a")])
def test_bodies_that_are_no_document(data, client):
    assert send(client, data, 422)["code"] == "invalid_body"


def test_the_bound_of_a_body(start, own_home):
    client = start(own_home, max_body_size=1000)
    assert send(client, document(MARFAN), 413)["code"] == "payload_too_large"


# What is told of a document, and what is not.

GOOD = document(WHOLE, DEPRECATED, {"null_flavor": "UNK"}, problems=[MARFAN])
SECRETS = secrets(GOOD)
VARIANTS = {"whole": GOOD, "in a zip": archive(DOC_XML=GOOD), **broken(GOOD)}
VARIANTS["broken in a zip"] = archive(
    **{f"D{n}_XML": each for n, each in enumerate(broken(GOOD).values())}
)


def test_the_secrets_are_those_of_the_document():
    assert {"ESSAI-VOLET", "Ondine", "19900101", "199017500000000", "TESTEUR"} <= SECRETS
    assert leaked(SECRETS, "... Ondine ...") == {"Ondine"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_of_people_comes_out(variant, start, own_home, capfd):
    client = start(own_home, log_level="debug")
    capfd.readouterr()
    response = client.post(URL, content=VARIANTS[variant], headers={"content-type": XML})
    assert response.status_code in (200, 422)
    logged = "".join(capfd.readouterr())
    assert URL in logged
    assert leaked(SECRETS | {"SECRET", "DUPONT"}, response.text, logged) == set()
