"""What replaces a code, what it counts as, and the groups it stands in."""

import pytest

from ontologies.aggregation import aggregate, lowest_groups, redirect
from ontologies.concept import Aggregation, Concept, Level, Redirection, RedirectionKind
from ontologies.errors import UnknownCode
from ontologies.release import Snapshot
from tests.ontologies.drawings import concept, snapshot

ACTIVE, OBSOLETE, NON_RARE, DEPRECATED = 1, 8208, 8225, 8449


def moved(target: str) -> Redirection:
    return Redirection(RedirectionKind.MOVED_TO, target)


def referred(target: str) -> Redirection:
    return Redirection(RedirectionKind.REFERRED_TO, target)


# Groups 1 > 2 and 1 > 3; disorder 10 in both; subtypes 20 (below 10) and 21 (below 10 and 11).
CONCEPTS = (
    concept("1", Level.GROUP),
    concept("2", Level.GROUP),
    concept("3", Level.GROUP),
    concept("10"),
    concept("11"),
    concept("20", Level.SUBTYPE),
    concept("21", Level.SUBTYPE),
    concept("22", Level.SUBTYPE),
    concept("30", flag=DEPRECATED, redirection=moved("20")),
    concept("31", flag=OBSOLETE, redirection=referred("10")),
    concept("32", flag=OBSOLETE),
    concept("33", flag=NON_RARE),
    concept("34", flag=OBSOLETE, redirection=referred("1")),
)
SMALL = snapshot(CONCEPTS, "1 > 2 3\n 2 > 10\n 10 > 20 21\n 11 > 21", "3 > 10\n 2 > 11\n 1 > 22")


class TestRedirect:
    def test_moved_to_is_followed(self) -> None:
        assert redirect(SMALL, "30") == "20"

    def test_referred_to_is_followed_only_on_request(self) -> None:
        assert redirect(SMALL, "31") == "31"
        assert redirect(SMALL, "31", referred=True) == "10"
        assert redirect(SMALL, "30", referred=True) == "20"

    @pytest.mark.parametrize("code", ["10", "32", "33", "1"])
    def test_without_a_redirection_the_code_stays(self, code: str) -> None:
        assert redirect(SMALL, code, referred=True) == code

    def test_an_unknown_code_is_said(self) -> None:
        with pytest.raises(UnknownCode):
            redirect(SMALL, "999")


class TestAggregateFromTheFile:
    def test_the_file_wins_over_the_graph(self) -> None:
        said = concept("21", Level.SUBTYPE, aggregation=Aggregation("11"))
        assert aggregate(changed(said), "21") == "11"

    def test_not_applicable_is_an_answer_of_the_file(self) -> None:
        said = concept("20", Level.SUBTYPE, aggregation=Aggregation(None))
        assert aggregate(changed(said), "20") is None


class TestAggregateDerived:
    @pytest.mark.parametrize(
        ("code", "counted"),
        [
            ("10", "10"),  # a disorder counts as itself
            ("20", "10"),  # a subtype as its disorder
            ("30", "10"),  # a deprecated one as its target
            ("31", "10"),  # an obsolete one as well
        ],
    )
    def test_what_is_certain(self, code: str, counted: str) -> None:
        assert aggregate(SMALL, code) == counted

    @pytest.mark.parametrize(
        "code",
        [
            "1",  # a group
            "34",  # an entity that refers to a group
            "21",  # a subtype of two disorders
            "22",  # a subtype of none
            "32",  # an obsolete one without target
            "33",  # not rare
        ],
    )
    def test_what_is_not_certain_or_does_not_apply(self, code: str) -> None:
        assert aggregate(SMALL, code) is None

    def test_an_entity_without_a_level_is_not_guessed(self) -> None:
        assert aggregate(changed(concept("10", None)), "10") is None

    def test_inactive_entities_that_point_at_each_other_come_to_an_end(self) -> None:
        circle = changed(
            concept("30", flag=DEPRECATED, redirection=moved("31")),
            concept("31", flag=DEPRECATED, redirection=moved("30")),
        )
        assert aggregate(circle, "30") is None

    def test_an_unknown_code_is_said(self) -> None:
        with pytest.raises(UnknownCode):
            aggregate(SMALL, "999")


class TestLowestGroups:
    def test_a_group_is_its_own(self) -> None:
        assert lowest_groups(SMALL, ["1"]) == ("1",)

    def test_the_closest_groups_above(self) -> None:
        assert lowest_groups(SMALL, ["10"]) == ("2", "3")
        assert lowest_groups(SMALL, ["20"]) == ("2", "3")
        assert lowest_groups(SMALL, ["11"]) == ("2",)

    def test_each_group_comes_once(self) -> None:
        assert lowest_groups(SMALL, ["11", "10", "2", "11"]) == ("2", "3")

    def test_outside_the_classifications_there_is_none(self) -> None:
        assert lowest_groups(SMALL, ["32"]) == ()

    def test_an_unknown_code_is_said(self) -> None:
        with pytest.raises(UnknownCode):
            lowest_groups(SMALL, ["10", "999"])


def changed(*replaced: Concept) -> Snapshot:
    new = {each.code: each for each in replaced}
    concepts = [new.get(each.code, each) for each in CONCEPTS]
    return snapshot(concepts, "1 > 2 3\n 2 > 10\n 10 > 20 21\n 11 > 21")


def disorders_above(release: Snapshot, code: str) -> list[str]:
    above = release.merged.ancestors(code)
    return [each for each in above if release.concept(each).level is Level.DISORDER]


@pytest.mark.real
def test_subtypes_below_several_disorders_count_as_the_file_says(french_2023: Snapshot) -> None:
    several = [
        each
        for each in french_2023
        if each.level is Level.SUBTYPE
        and each.status.is_active
        and len(disorders_above(french_2023, each.code)) > 1
    ]
    assert len(several) == 5
    for each in several:
        assert each.aggregation.known
        assert aggregate(french_2023, each.code) == each.aggregation.code
        assert each.aggregation.code in disorders_above(french_2023, each.code)


@pytest.mark.real
def test_the_derivation_never_contradicts_the_file(french_2023: Snapshot) -> None:
    bare = Snapshot(
        french_2023.release,
        [unsaid(each) for each in french_2023],
        french_2023.classifications.values(),
    )
    differing = {
        each.code: (aggregate(bare, each.code), aggregate(french_2023, each.code))
        for each in french_2023
        if each.status.is_active
        and aggregate(bare, each.code) not in (None, aggregate(french_2023, each.code))
    }
    assert differing == {}


def unsaid(each: Concept) -> Concept:
    return Concept(each.code, each.flag, each.level, each.type, each.labels, (), each.redirection)
