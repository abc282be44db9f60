"""The check does not do the same work twice, nor without end."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.asking import Demonstration, submission
from thesaurus.coding import Checker
from thesaurus.coding.check import of_codes
from thesaurus.coding.reference import reference
from thesaurus.coding.submission import LONGEST_TEXT
from thesaurus.coding.suggestions import MAX_SEARCHES

UNKNOWN = "999999999"


def test_a_label_is_searched_once(demonstration: Demonstration, searched: list[str]) -> None:
    sent = [{"code": UNKNOWN, "label": label} for label in ("Marfn", " Marfn ", "Marfn")]
    answer = demonstration.of_each(sent)
    assert searched == ["Marfn"]
    assert len({str(each.findings[0].suggestions) for each in answer.results}) == 1


def test_a_label_is_searched_once_below_each_group(
    demonstration: Demonstration, searched: list[str]
) -> None:
    sent = {"label": "Marfan", "status": "confirmé"}
    demonstration.of_each([sent | {"code": code} for code in ("65753", "65753", UNKNOWN)])
    assert searched == ["Marfan"] * 3  # everywhere, below the group, and by other names


def test_below_a_group_is_walked_once(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = demonstration.releases["demo-2023"]
    reference(release)._nearest.clear()
    hierarchy = release.snapshot.merged
    asked: list[str] = []
    children = type(hierarchy).children

    def counted(self: object, code: str) -> tuple[str, ...]:
        asked.append(code)
        return children(hierarchy, code)

    monkeypatch.setattr(type(hierarchy), "children", counted)
    demonstration.of_each([{"code": "98053"}] * 50)
    assert 1 <= len(asked) <= 6  # the group, and at most one for each suggestion


def test_searches_by_name_are_bounded(demonstration: Demonstration, searched: list[str]) -> None:
    labels = ["marfan", "leigh", "marfan", "rett", "noonan", "leigh", ""]
    sent = [{"code": UNKNOWN, "label": label} for label in labels]
    answer = demonstration.of_each(sent, searches=2)
    assert searched == ["marfan", "leigh"]
    found = [bool(each.findings[0].suggestions) for each in answer.results]
    assert found == [True, True, True, False, False, True, False]
    assert answer.summary.suggestions_left_out == 2
    assert answer.summary.errors == len(labels)


def test_a_group_beyond_the_bound_has_its_nearest_all_the_same(
    demonstration: Demonstration,
) -> None:
    answer = demonstration.of_each([{"code": "98053", "label": "Marfan"}], searches=0)
    assert len(answer.results[0].findings[0].suggestions) == 5
    assert answer.summary.suggestions_left_out == 2  # below the group, and for the label


def test_each_call_has_its_own_bound(demonstration: Demonstration, searched: list[str]) -> None:
    checker: Checker = demonstration.checker(searches=1)
    for label in ("marfan", "leigh"):
        answer = checker.check([submission({"code": UNKNOWN, "label": label})])
        assert answer.summary.suggestions_left_out == 0
    assert searched == ["marfan", "leigh"]


def test_the_bound_of_a_call(demonstration: Demonstration, searched: list[str]) -> None:
    sent = [{"code": UNKNOWN, "label": f"marfan {number}"} for number in range(MAX_SEARCHES + 5)]
    assert demonstration.of_each(sent).summary.suggestions_left_out == 5
    assert len(searched) == MAX_SEARCHES


@pytest.mark.parametrize(
    "long", ["5" * 5000, "558" + " " * 5000 + "x", "marfan " * 1000, "é" * 2001]
)
def test_a_line_that_is_too_long_does_not_lose_the_others(
    demonstration: Demonstration, long: str
) -> None:
    sent = of_codes(["558", long, "5" * LONGEST_TEXT, "ORPHA:58"])
    answer = demonstration.checker().check(sent)
    rules = [[found.rule for found in each.findings] for each in answer.results]
    assert rules == [[], ["DX-002"], ["DX-002"], []]


DIAGNOSES = st.fixed_dictionaries(
    {
        "code": st.sampled_from(
            ["558", "ORPHA558", "98053", "65753", "255199", "217601", "802", UNKNOWN, "Q87.4"]
        ),
        "label": st.sampled_from([None, "Marfan", "Marfn", "leigh", "q"]),
        "status": st.sampled_from([None, "confirmé", "probable"]),
    }
)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(sent=st.lists(st.lists(DIAGNOSES, max_size=3), max_size=8), data=st.data())
def test_the_order_of_submissions_does_not_matter(
    demonstration: Demonstration, sent: list[list[dict[str, str]]], data: st.DataObject
) -> None:
    submissions = [submission(*each, name=str(number)) for number, each in enumerate(sent)]
    shuffled = data.draw(st.permutations(submissions))
    first = demonstration.checker().check(submissions)
    second = demonstration.checker().check(shuffled)
    assert first.summary == second.summary
    assert first.results == sorted(second.results, key=lambda each: int(each.id))


@settings(deadline=None, max_examples=200)
@given(code=st.text(max_size=LONGEST_TEXT), label=st.none() | st.text(max_size=300))
def test_any_text_has_an_answer(demonstration: Demonstration, code: str, label: str | None) -> None:
    answer = demonstration.of_each([{"code": code, "label": label}])
    snapshot = demonstration.releases["demo-2023"].snapshot
    for found in answer.results[0].findings:
        assert all(each.code in snapshot for each in found.suggestions)
