"""What people decided in a transcoding table is the first suggestion for a code that is gone."""

import datetime as dt
from dataclasses import replace

import pytest

from ontologies.transcoding import Decision
from tests.coding.asking import Demonstration, codes
from thesaurus.store.transcoding import Decided


def with_decision(
    demonstration: Demonstration,
    code: str,
    decision: Decision,
    *targets: str,
    to: str = "demo-2023",
) -> Demonstration:
    decided = Decided(code, 1, decision, targets, "Anne", dt.datetime(2023, 9, 1, tzinfo=dt.UTC))
    tables = {("demo-2022", to): {code: decided}}
    return replace(demonstration, presence=replace(demonstration.presence, decided=tables))


@pytest.mark.parametrize(
    ("rule", "code"), [("DX-006", "398980"), ("DX-011", "255199"), ("DX-012", "217601")]
)
def test_the_decided_target_stands_first(
    demonstration: Demonstration, rule: str, code: str
) -> None:
    before = codes(demonstration.found(rule, {"code": code}))
    known = with_decision(demonstration, code, Decision.ACCEPTED, "558", "58")
    found = known.found(rule, {"code": code}).suggestions
    assert [each.code for each in found[:2]] == ["558", "58"]
    assert found[0].reason == "transcodage demo-2022 → demo-2023"
    assert not found[0].automatic
    assert {each.code for each in found} >= set(before)


@pytest.mark.parametrize("decision", [Decision.REJECTED, Decision.PROPOSED])
def test_what_was_refused_or_taken_back_is_not_proposed(
    demonstration: Demonstration, decision: Decision
) -> None:
    known = with_decision(demonstration, "398980", decision)
    assert known.found("DX-006", {"code": "398980"}) == demonstration.found(
        "DX-006", {"code": "398980"}
    )


def test_a_decision_for_another_release_says_nothing(demonstration: Demonstration) -> None:
    known = with_decision(demonstration, "398980", Decision.ACCEPTED, "558", to="2024")
    assert "558" not in codes(known.found("DX-006", {"code": "398980"}))


def test_a_binding_target_that_a_table_contradicts_is_not_applied_by_itself(
    demonstration: Demonstration,
) -> None:
    plain = demonstration.found("DX-010", {"code": "255241"}).suggestions
    assert [each.automatic for each in plain] == [True]
    own = plain[0].code
    agreed = with_decision(demonstration, "255241", Decision.ACCEPTED, own)
    assert agreed.found("DX-010", {"code": "255241"}).suggestions == plain
    other = with_decision(demonstration, "255241", Decision.ACCEPTED, "558")
    found = other.found("DX-010", {"code": "255241"}).suggestions
    assert [(each.code, each.automatic) for each in found] == [("558", False), (own, False)]
    refused = with_decision(demonstration, "255241", Decision.REJECTED)
    found = refused.found("DX-010", {"code": "255241"}).suggestions
    assert [(each.code, each.automatic) for each in found] == [(own, False)]
