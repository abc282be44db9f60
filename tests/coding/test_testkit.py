"""The vendors' kit: every rule shown, in JSON and as a document, and what is expected is true."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.coding.asking import Demonstration
from thesaurus.coding import Checker, Submission
from thesaurus.coding.cda import check_documents
from thesaurus.coding.rules import RULES
from thesaurus.coding.testkit import MANIFEST, kit

# What a document has no place for: a type in words, CIM-10 of the PMSI, the mode of inheritance; in
# a document a sign has a system, and in the diagnosis field that is another one.
NOT_IN_A_DOCUMENT = {"DX-023", "DX-081", "DX-090", "DX-091", "DX-103"}

Files = dict[str, bytes]


def files_of(known: Demonstration) -> Files:
    def checker_for(profile: str, older: bool) -> Checker:
        return known.checker(profile, "demo-2022" if older else "demo-2023")

    return {each.path: each.data for each in kit(checker_for)}


@pytest.fixture(scope="module")
def files(complete: Demonstration) -> Files:
    return files_of(complete)


def samples(files: Files) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(files[MANIFEST])["samples"]
    return listed


def test_every_rule_is_shown_both_ways(files: Files) -> None:
    shown = {
        (each["rule"], each["kind"], each["send"].partition("/")[0]) for each in samples(files)
    }
    for kind in ("faulty", "sound"):
        assert {rule for rule, of, form in shown if (of, form) == (kind, "json")} == set(RULES)
        documents = {rule for rule, of, form in shown if (of, form) == (kind, "cda")}
        assert set(RULES) - documents <= NOT_IN_A_DOCUMENT
    assert json.loads(files[MANIFEST])["without_sample"] == []


def test_a_sound_document_has_no_fault_at_all(files: Files) -> None:
    for each in samples(files):
        if (each["kind"], each["send"].partition("/")[0]) == ("sound", "cda"):
            assert json.loads(files[each["expected"]])["findings"] == [], each["send"]


def test_code_systems_of_documents_are_bare_oids(files: Files) -> None:
    documents = [data.decode() for path, data in files.items() if path.endswith(".xml")]
    systems = {found for each in documents for found in re.findall('codeSystem="(.*?)"', each)}
    assert {"1.2.250.1.213.2.49.1", "1.2.250.1.213.2.49.2", "1.2.250.1.213.2.51"} <= systems
    assert [each for each in systems if not re.fullmatch(r"\d+(\.\d+)+", each)] == []


def test_lists_of_documents_are_those_of_the_ans(files: Files) -> None:
    assert b'code="303112003"' in files["cda/DX-104-sound.xml"]
    assert b'code="MED-084"' in files["cda/DX-030-sound.xml"]
    found = json.loads(files["cda/DX-100-faulty.expected.json"])["findings"]
    assert [each["rule"] for each in found] == ["DX-100"]


def test_a_rule_that_cannot_be_shown_has_no_files(
    files: Files, demonstration: Demonstration
) -> None:
    of_less = files_of(demonstration)
    for rule in ("DX-080", "DX-103", "DX-104"):
        assert [path for path in of_less if rule in path] == []
    assert [path for path in files if path.startswith("cda/DX-103")] == []
    for of in (samples(of_less), samples(files)):
        kinds = {
            kind: {(each["rule"], each["send"][:4]) for each in of if each["kind"] == kind}
            for kind in ("faulty", "sound")
        }
        assert kinds["faulty"] == kinds["sound"]


def test_the_manifest_names_every_file(files: Files) -> None:
    named = {each[key] for each in samples(files) for key in ("send", "expected")}
    assert named | {MANIFEST} == set(files)


def test_what_is_expected_is_what_is_answered(complete: Demonstration, files: Files) -> None:
    for each in samples(files):
        release = each["to"].partition("?release=")[2]
        if each["send"].endswith(".json"):
            request = json.loads(files[each["send"]])
            checker = complete.checker(request["profile"], release)
            sent = [Submission.model_validate(fields) for fields in request["submissions"]]
            results = checker.check(sent).results
        else:
            documents = check_documents(
                "document",
                files[each["send"]],
                lambda profile, release=release: complete.checker(profile, release),
            )
            results = documents.results
        found = [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "path": finding.path,
                "suggestions": [suggestion.code for suggestion in finding.suggestions],
            }
            for result in results
            for finding in result.findings
        ]
        assert json.loads(files[each["expected"]])["findings"] == found, each["send"]


def test_the_same_deployment_gives_the_same_kit(complete: Demonstration, files: Files) -> None:
    assert files_of(complete) == files


def test_what_a_deployment_lacks_is_said(demonstration: Demonstration) -> None:
    manifest = json.loads(files_of(demonstration)[MANIFEST])
    assert manifest["without_sample"] == [
        {"rule": "DX-080", "needs": "hpo"},
        {"rule": "DX-103", "needs": "orphanet-natural-history"},
        {"rule": "DX-104", "needs": "orphanet-natural-history"},
    ]
