"""The whole way: documents in, findings with their places out."""

import pytest

from ontologies.errors import UnknownProfile
from tests.coding.cda.documents import MARFAN, NAMESPACES, WHOLE, archive, document, submission
from thesaurus.coding.cda import InvalidDocument, check_documents
from thesaurus.coding.cda.parsing import parse

DEPRECATED = MARFAN | {"code": "255241", "label": None}
CATEGORY = MARFAN | {"code": "98053", "label": None}


@pytest.fixture
def check(demonstration):
    def checked(data, profile=None):
        return check_documents("document", data, demonstration.checker, profile)

    return checked


CASES = {
    "all is well": [WHOLE],
    "codes that are no more": [DEPRECATED, MARFAN | {"code": "255199"}],
    "levels and systems": [CATEGORY, MARFAN | {"system": "1.2.250.1.213.2.49.2"}],
    "what is not there": [{"null_flavor": "UNK", "label": "Marfan", "status": "255545003"}, {}],
    "signs and genes": [
        WHOLE | {"description": [{"code": "HP:9999999", "system": "1.2.250.1.213.2.51"}]},
        {"code": "HP:0001166", "system": "1.2.250.1.213.2.51"},
    ],
}


@pytest.mark.parametrize(("version", "profile"), [("2022.01", "cda-2022"), ("2024.01", "cda-2024")])
@pytest.mark.parametrize("case", CASES)
def test_a_document_gets_the_findings_of_a_form(case, version, profile, check, demonstration):
    rest = {"problems": [DEPRECATED], "family_history": [MARFAN | {"code": "999999"}]}
    sent = submission(*CASES[case], **rest)
    expected = demonstration.checker(profile).check([sent])
    answer = check(document(*CASES[case], version=version, **rest))
    assert answer.results == expected.results
    assert answer.summary == expected.summary
    assert answer.profile == profile
    (checked,) = answer.documents
    plain = [
        each.model_dump(exclude={"line", "xpath", "column"}) for each in checked.result.findings
    ]
    assert plain == [each.model_dump() for each in expected.results[0].findings]


def test_a_finding_leads_to_its_element(check):
    data = document(MARFAN, DEPRECATED)
    findings = {each.rule: each for each in check(data).documents[0].result.findings}
    found = findings["DX-010"]
    (element,) = parse(data).root.xpath(found.xpath, namespaces=NAMESPACES)
    assert element.get("code") == "255241"
    assert '"255241"' in data.decode().splitlines()[found.line - 1]


@pytest.mark.parametrize(
    ("version", "profile", "noted"),
    [
        ("2022.01", "cda-2022", False),
        ("2024.01", "cda-2024", False),
        ("2024.02", "cda-2024", False),
        ("2021.01", "cda-2024", True),
        ("2031.01", "cda-2024", True),
        ("new", "cda-2024", True),
    ],
)
def test_the_version_chooses_the_profile(version, profile, noted, check):
    data = document(WHOLE, changes={'extension="2024.01"': f'extension="{version}"'})
    (checked,) = check(data).documents
    assert checked.profile == profile
    assert [each.line for each in checked.notes] == ([None] if noted else [])
    (asked,) = check(data, profile="bamara").documents
    assert (asked.profile, asked.notes) == ("bamara", [])


def test_an_unknown_profile_is_said_before_the_document_is_read(check):
    with pytest.raises(UnknownProfile):
        check(b"", profile="none")


def test_documents_of_an_archive_each_have_their_answer(check):
    good, older = document(WHOLE), document(DEPRECATED, version="2022.01")
    answer = check(
        archive(
            a_xml=good,
            b_xml=good[: len(good) // 2],
            c_xml=older,
            d_xml=good.replace(b'root="1.2.250.1.213.1.1.1.30"', b'root="1.2"'),
        )
    )
    names = ["document-1", "document-2", "document-3", "document-4"]
    assert [each.name for each in answer.documents] == names
    assert [each.problem is None for each in answer.documents] == [True, False, True, False]
    assert [each.result is None for each in answer.documents] == [False, True, False, True]
    assert answer.documents[1].problem.line == good[: len(good) // 2].count(b"\n") + 1
    assert "truncated" not in answer.documents[1].problem.message_en
    assert [each.profile for each in answer.documents] == ["cda-2024", None, "cda-2022", None]
    assert [each.id for each in answer.results] == ["document-1", "document-3"]
    assert answer.profile is None
    assert (answer.summary.submissions, answer.summary.diagnoses) == (2, 2)
    assert answer.summary.rules["DX-010"] == 1


def test_the_summary_of_two_profiles_is_the_sum_of_theirs(check):
    newer, older = document(DEPRECATED, CATEGORY), document(DEPRECATED, version="2022.01")
    alone = [check(each).summary for each in (newer, older)]
    both = check(archive(a_xml=newer, b_xml=older)).summary
    for name in ("submissions", "diagnoses", "valid", "errors", "warnings", "informations"):
        assert getattr(both, name) == sum(getattr(each, name) for each in alone)
    assert both.rules["DX-010"] == 2
    assert set(both.rules) == set(alone[0].rules) | set(alone[1].rules)
    assert both.not_applied == alone[0].not_applied | alone[1].not_applied


def test_one_profile_that_is_asked_for_serves_every_document(check):
    data = archive(a_xml=document(WHOLE), b_xml=document(WHOLE, version="2022.01"))
    answer = check(data, profile="stat")
    assert answer.profile == "stat"
    assert {each.profile for each in answer.documents} == {"stat"}


def test_too_many_diagnoses_in_all(check, monkeypatch):
    monkeypatch.setattr("thesaurus.coding.cda.checking.MOST_IN_A_CALL", 3)
    two = document(MARFAN, MARFAN)
    assert check(archive(a_xml=two)).summary.diagnoses == 2
    with pytest.raises(InvalidDocument) as caught:
        check(archive(a_xml=two, b_xml=two))
    assert caught.value.reason == "too-many-in-all"
