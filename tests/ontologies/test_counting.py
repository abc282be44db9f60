"""Counts compared with the plainest way to count: sets of patients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontologies import distinct
from ontologies.concept import Concept, Level, Redirection, RedirectionKind
from ontologies.counting import Count, Counting, Counts, Number, Row
from ontologies.errors import UnknownClassification
from ontologies.genes import Association, Gene, GeneLink, GeneTable, specify
from ontologies.recipe import (
    NATIONAL,
    PLAIN,
    Outcome,
    Reason,
    Recipe,
    Redirect,
    Rule,
    along,
    along_specialties,
    more_precise,
)
from ontologies.release import Snapshot
from tests.ontologies.drawings import concept, snapshot

DEPRECATED, OBSOLETE, NON_RARE = 8449, 8208, 8225


def to(kind: RedirectionKind, target: str) -> Redirection:
    return Redirection(kind, target)


# Groups 1 > 2 and 1 > 3; disorder 10 in both; subtypes 20 (below 10) and 21 (below 10 and 11).
CONCEPTS = (
    concept("1", Level.GROUP),
    concept("2", Level.GROUP),
    concept("3", Level.GROUP),
    concept("10"),
    concept("11"),
    concept("12"),
    concept("20", Level.SUBTYPE),
    concept("21", Level.SUBTYPE),
    concept("30", flag=DEPRECATED, redirection=to(RedirectionKind.MOVED_TO, "20")),
    concept("31", flag=OBSOLETE, redirection=to(RedirectionKind.REFERRED_TO, "10")),
    concept("32", flag=OBSOLETE),
    concept("33", flag=NON_RARE),
)
SMALL = snapshot(CONCEPTS, "1 > 2 3\n 2 > 10\n 10 > 20 21\n 11 > 21", "3 > 10 12\n 2 > 11")
SPECIALTIES = {"10": "2", "11": "3", "20": "2"}
GENES = GeneTable(
    [Gene("1", None, "MPZ"), Gene("2", None, "PMP22")],
    [
        GeneLink("20", "1", Association.GERMLINE, assessed=True),
        GeneLink("20", "2", Association.GERMLINE, assessed=True),
        GeneLink("21", "2", Association.GERMLINE, assessed=True),
    ],
)


def rule(recipe: Recipe = PLAIN, classification: str | None = None) -> Rule:
    above = along(SMALL, classification)
    if recipe.by_specialty:
        above = along_specialties(SMALL, SPECIALTIES.get)
    return Rule(SMALL, recipe, above, GENES)


def counted(rows: Sequence[Row], applied: Rule) -> Counts:
    counting = Counting(applied)
    counting.add(rows)
    return counting.counts()


def rows_of(written: str) -> list[Row]:
    """Read ``p1 10, p2 20, - 10``: patients and codes; ``-`` has no patient."""
    pairs = [each.split() for each in written.split(",")]
    return [(code, None if patient == "-" else patient, ()) for patient, code in pairs]


def patients(counts: Counts) -> dict[str, int]:
    return {each.code: each.patients for each in counts}


class TestOutcome:
    @pytest.mark.parametrize(
        ("written", "outcome"),
        [
            ("10", Outcome("10")),
            (" ORPHA:10 ", Outcome("10")),
            ("1", Outcome("1")),
            ("30", Outcome("20")),  # moved to
            ("31", Outcome("31", Reason.OBSOLETE)),  # referred to is a suggestion
            ("32", Outcome("32", Reason.OBSOLETE)),
            ("33", Outcome("33", Reason.NON_RARE)),
            ("999", Outcome(None, Reason.UNKNOWN_CODE)),
            ("Q87.4", Outcome(None, Reason.UNREADABLE_CODE)),
            ("  ", Outcome(None, Reason.NO_CODE)),
        ],
    )
    def test_plain(self, written: str, outcome: Outcome) -> None:
        assert rule().outcome(written) == outcome

    @pytest.mark.parametrize(
        ("code", "outcome"),
        [
            ("20", Outcome("10")),
            ("10", Outcome("10")),
            ("30", Outcome("10")),
            ("1", Outcome("1", Reason.GROUP)),
            ("31", Outcome("31", Reason.OBSOLETE)),
            ("33", Outcome("33", Reason.NON_RARE)),
            ("21", Outcome("21", Reason.NO_DISORDER)),  # below two disorders, the file says none
        ],
    )
    def test_national(self, code: str, outcome: Outcome) -> None:
        assert rule(NATIONAL).outcome(code) == outcome

    def test_redirections_are_followed_as_far_as_asked(self) -> None:
        none, referred = Recipe(redirect=Redirect.NONE), Recipe(redirect=Redirect.REFERRED)
        assert rule(none).outcome("30") == Outcome("30", Reason.DEPRECATED)
        assert rule(referred).outcome("30") == Outcome("20")
        assert rule(referred).outcome("31") == Outcome("10")

    def test_aggregated_groups_stay_where_groups_count(self) -> None:
        assert rule(Recipe(aggregate=True)).outcome("2") == Outcome("2")

    def test_genes_make_a_code_more_precise_only_when_asked(self) -> None:
        assert rule().outcome("10", ["MPZ"]) == Outcome("10")
        precise = rule(Recipe(specify=True))
        assert precise.outcome("10", ["MPZ"]) == Outcome("20")
        assert precise.outcome("10", ["PMP22"]) == Outcome("10")  # two candidates
        assert precise.outcome("31", ["MPZ"]) == Outcome("31", Reason.OBSOLETE)
        assert rule(Recipe(specify=True, aggregate=True)).outcome("10", ["MPZ"]) == Outcome("10")
        assert rule(Recipe(specify=True, groups=False)).outcome("2", ["MPZ"]) == Outcome("20")

    def test_a_classification_without_the_code(self) -> None:
        assert rule(classification="146").outcome("12") == Outcome("12", Reason.OUTSIDE)
        assert rule(classification="147").outcome("12") == Outcome("12")
        with pytest.raises(UnknownClassification):
            rule(classification="9")


class TestCounts:
    def test_a_patient_counts_once_for_each_code_above(self) -> None:
        counts = counted(rows_of("p1 20, p1 10, p1 20, p2 11, - 10, - 10"), rule())
        assert list(counts) == [
            Count("1", rows=6, patients=4, direct=0),
            Count("2", rows=6, patients=4, direct=0),
            Count("3", rows=5, patients=3, direct=0),
            Count("10", rows=5, patients=3, direct=3),
            Count("20", rows=2, patients=1, direct=1),
            Count("11", rows=1, patients=1, direct=1),
        ]
        assert counts.read == counts.counted == Number(6, 4)
        assert counts.dropped == {}

    def test_along_one_classification(self) -> None:
        counts = counted(rows_of("p1 11, p2 20, p3 12"), rule(classification="147"))
        assert patients(counts) == {"2": 1, "11": 1, "3": 1, "12": 1}
        assert counts.dropped == {Reason.OUTSIDE: Number(1, 1)}

    def test_by_specialty_each_entity_counts_for_one(self) -> None:
        counts = counted(rows_of("p1 20, p2 10, p2 11, p3 12, p4 1"), rule(NATIONAL))
        assert patients(counts) == {"2": 2, "10": 2, "3": 1, "11": 1, "12": 1}
        assert counts.counted == Number(4, 3)
        assert counts.together({"12"}.__contains__) == Number(1, 1)

    def test_what_is_left_out_is_told_by_reason_and_by_code(self) -> None:
        rows = rows_of("p1 33, p1 10, p2 33, p2 32, p3 999, - 999, - 33")
        counts = counted([*rows, ("", "p4", ())], rule())
        assert counts.dropped == {
            Reason.NON_RARE: Number(3, 2),  # p1 counts, for another row
            Reason.OBSOLETE: Number(1, 0),  # p2 is told as non rare
            Reason.UNKNOWN_CODE: Number(2, 2),
            Reason.NO_CODE: Number(1, 1),
        }
        assert counts.dropped_codes == {
            ("33", Reason.NON_RARE): Number(3, 3),
            ("32", Reason.OBSOLETE): Number(1, 1),
        }

    def test_rows_that_cannot_be_read(self) -> None:
        counting = Counting(rule())
        counting.add(rows_of("p1 10"))
        counting.drop(Reason.UNREADABLE_ROW, "p1")
        counting.drop(Reason.UNREADABLE_ROW, "p2")
        counting.drop(Reason.UNREADABLE_ROW)
        counts = counting.counts()
        assert counts.dropped == {Reason.UNREADABLE_ROW: Number(3, 2)}
        assert counts.read == Number(4, 3)

    def test_together_counts_patients_of_several_codes_once(self) -> None:
        counts = counted(rows_of("p1 20, p1 11, p2 11, p3 12, - 12"), rule())
        assert counts.together({"10", "11"}.__contains__) == Number(3, 2)
        assert counts.together({"3"}.__contains__) == Number(3, 3)
        assert counts.together(lambda _: False) == Number(0, 0)

    def test_nothing_at_all(self) -> None:
        counts = counted([], rule())
        assert list(counts) == []
        assert counts.read == Number(0, 0)
        assert counts.together(lambda _: True) == Number(0, 0)

    def test_nothing_that_counts(self) -> None:
        counts = counted(rows_of("p1 33, - 33"), rule())
        assert list(counts) == []
        assert counts.dropped == {Reason.NON_RARE: Number(2, 2)}

    def test_counting_can_go_on(self) -> None:
        counting = Counting(rule())
        counting.add(rows_of("p1 10"))
        assert counting.counts().counted == Number(1, 1)
        counting.add(rows_of("p1 11, p2 11"))
        assert counting.counts().counted == Number(3, 2)


# -- against sets ----------------------------------------------------------------------------

CODES = [each.code for each in CONCEPTS]
ANY_CODE = st.sampled_from([*CODES, *CODES, "999", "", "x"])
ANY_PATIENT = st.sampled_from([None, "a", "b", "c", "d", "1"])
ANY_GENES = st.sampled_from([(), (), ("MPZ",), ("PMP22",), ("nothing",)])
ANY_ROWS = st.lists(st.tuples(ANY_CODE, ANY_PATIENT, ANY_GENES), max_size=60)
ANY_RECIPE = st.builds(
    Recipe,
    redirect=st.sampled_from(Redirect),
    specify=st.booleans(),
    groups=st.booleans(),
    aggregate=st.booleans(),
    by_specialty=st.booleans(),
)


class Plainly:
    """The same by sets; whoever has no patient is told by the number of his row."""

    def __init__(self, rows: Sequence[Row], applied: Rule) -> None:
        self.rows: dict[str, set[int]] = defaultdict(set)
        self.patients: dict[str, set[object]] = defaultdict(set)
        self.direct: dict[str, set[object]] = defaultdict(set)
        self.reasons: dict[Reason, set[int]] = defaultdict(set)
        self.everybody: set[object] = set()
        self.who: list[object] = []
        for number, (code, patient, genes) in enumerate(rows):
            who: object = number if patient is None else patient
            self.who.append(who)
            self.everybody.add(who)
            found = applied.outcome(code, genes)
            if found.reason:
                self.reasons[found.reason].add(number)
                continue
            assert found.code
            self.direct[found.code].add(who)
            for each in {found.code, *(applied.above(found.code) or ())}:
                self.rows[each].add(number)
                self.patients[each].add(who)

    def reaching(self, codes: set[str]) -> Number:
        rows = set().union(*(self.rows[code] for code in codes))
        return Number(len(rows), len({self.who[number] for number in rows}))


@given(rows=ANY_ROWS, recipe=ANY_RECIPE, wanted=st.sets(st.sampled_from(CODES)))
def test_counts_are_those_of_sets(rows: list[Row], recipe: Recipe, wanted: set[str]) -> None:
    applied = rule(recipe)
    counts, plain = counted(rows, applied), Plainly(rows, applied)
    assert {each.code: each[1:] for each in counts} == {
        code: (len(plain.rows[code]), len(plain.patients[code]), len(plain.direct[code]))
        for code in plain.rows
    }
    assert counts.together(wanted.__contains__) == plain.reaching(wanted)
    assert {reason: each.rows for reason, each in counts.dropped.items()} == {
        reason: len(numbers) for reason, numbers in plain.reasons.items()
    }


@given(rows=ANY_ROWS, recipe=ANY_RECIPE)
def test_no_row_and_no_patient_is_lost_or_counted_twice(rows: list[Row], recipe: Recipe) -> None:
    applied = rule(recipe)
    counts, plain = counted(rows, applied), Plainly(rows, applied)
    assert counts.read == Number(len(rows), len(plain.everybody))
    assert counts.read.rows == counts.counted.rows + sum(n.rows for n in counts.dropped.values())
    assert counts.read.patients == counts.counted.patients + sum(
        each.patients for each in counts.dropped.values()
    )
    assert counts.counted == counts.together(lambda _: True)


@given(rows=ANY_ROWS, recipe=ANY_RECIPE, data=st.data())
def test_the_order_of_rows_changes_nothing(
    rows: list[Row], recipe: Recipe, data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(rows))
    first, second = counted(rows, rule(recipe)), counted(mixed, rule(recipe))
    assert list(first) == list(second)
    assert first.dropped == second.dropped
    assert first.dropped_codes == second.dropped_codes


@given(rows=ANY_ROWS)
def test_patients_are_written_out_some_at_a_time(rows: list[Row]) -> None:
    whole = list(counted(rows, rule()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "_EXPANDED_AT_ONCE", 1)
        assert list(counted(rows, rule())) == whole


def test_a_release_of_any_size() -> None:
    """More codes than a 16-bit number holds, in a chain of groups."""
    count = 70_000
    concepts: list[Concept] = [concept(str(number)) for number in range(1, count)]
    wide = snapshot(concepts, f"1 > {' '.join(str(number) for number in range(2, count))}")
    last = str(count - 1)
    counts = counted([(last, "p", ()), ("2", "p", ()), ("3", "q", ())], of(wide))
    assert patients(counts) == {"1": 2, last: 1, "2": 1, "3": 1}


def of(release: Snapshot) -> Rule:
    return Rule(release, PLAIN, along(release))


@given(code=st.sampled_from(CODES), genes=st.lists(st.sampled_from(["MPZ", "PMP22", "x"])))
def test_genes_are_followed_as_specify_does(code: str, genes: list[str]) -> None:
    assert more_precise(SMALL, GENES, code, genes) == specify(SMALL, GENES, code, genes).code
