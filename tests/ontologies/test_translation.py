"""From a code of one system to codes of another: what is sure comes first."""

import pytest

from ontologies.alignment import RELATION_OF_PREDICATE, Relation
from ontologies.related import Related
from ontologies.translation import Way, translate
from tests.ontologies.datasets import align, coding, related, term


def codes(view: Related, source: str, target: str) -> list[tuple[str, str, str]]:
    """(code, relation of the source to it, way), the surest first."""
    return [
        (each.coding.code, each.relation.key, each.way.name.lower())
        for each in translate(view, coding(source), target)
    ]


class TestDirect:
    def test_both_directions(self) -> None:
        view = related(align("ORPHA:558", "E", "OMIM:154700"))
        assert codes(view, "ORPHA:558", "omim") == [("154700", "E", "direct")]
        assert codes(view, "OMIM:154700", "orpha") == [("558", "E", "direct")]

    def test_the_relation_is_read_from_the_end_that_was_asked(self) -> None:
        view = related(align("ORPHA:558", "NTBT", "ICD-10:Q87"))
        assert codes(view, "ORPHA:558", "icd-10") == [("Q87", "NTBT", "direct")]
        assert codes(view, "ICD-10:Q87", "orpha") == [("558", "BTNT", "direct")]

    def test_what_a_source_calls_wrong_translates_nothing(self) -> None:
        view = related(align("ORPHA:558", "W", "OMIM:154700"))
        assert codes(view, "ORPHA:558", "omim") == []

    def test_several_sources_are_one_answer_with_the_surest_relation(self) -> None:
        view = related(
            align("ORPHA:558", "unspecified", "OMIM:154700", source="old"),
            align("ORPHA:558", "E", "OMIM:154700", source="new"),
        )
        (only,) = translate(view, coding("ORPHA:558"), "omim")
        assert only.relation is Relation.EXACT
        assert [each.source.dataset for each in only.steps[0] if each.source] == ["new", "old"]


class TestCandidatesOfIcd10:
    def test_exact_then_specific_inclusion_index_attributed_then_the_rest(self) -> None:
        view = related(
            align("ORPHA:1", "NTBT", "ICD-10:Q77.3", "attributed"),
            align("ORPHA:2", "NTBT", "ICD-10:Q77.3", "index"),
            align("ORPHA:3", "NTBT", "ICD-10:Q77.3", "inclusion"),
            align("ORPHA:4", "unspecified", "ICD-10:Q77.3"),
            align("ORPHA:5", "BTNT", "ICD-10:Q77.3"),
            align("ORPHA:6", "ND", "ICD-10:Q77.3"),
            align("ORPHA:7", "NTBT", "ICD-10:Q77.3", "specific"),
            align("ORPHA:8", "E", "ICD-10:Q77.3", "specific"),
            align("ORPHA:9", "W", "ICD-10:Q77.3"),
        )
        assert [code for code, *_ in codes(view, "ICD-10:Q77.3", "orpha")] == [
            "8", "7", "3", "2", "1", "5", "4", "6",
        ]  # fmt: skip

    def test_validated_before_not_validated_and_then_by_code(self) -> None:
        view = related(
            align("ORPHA:30", "NTBT", "ICD-10:Q77.3", "index", validated=False),
            align("ORPHA:20", "NTBT", "ICD-10:Q77.3", "index", validated=True),
            align("ORPHA:4", "NTBT", "ICD-10:Q77.3", "index", validated=True),
        )
        assert [code for code, *_ in codes(view, "ICD-10:Q77.3", "orpha")] == ["4", "20", "30"]

    def test_a_french_extension_is_cut_to_the_who_code(self) -> None:
        view = related(align("ORPHA:558", "E", "ICD-10:Q87.4"))
        (found,) = translate(view, coding("ICD-10:Q87.40"), "orpha")
        assert (found.way, found.relation, found.is_approximate) == (
            Way.TRUNCATED,
            Relation.NARROWER,
            True,
        )
        assert [each.code for each in found.path] == ["Q87.40", "Q87.4", "558"]

    def test_an_extension_with_a_sign(self) -> None:
        view = related(align("ORPHA:1", "unspecified", "ICD-10:C16.9"))
        assert codes(view, "ICD-10:C16.9+0", "orpha") == [("1", "unspecified", "truncated")]

    @pytest.mark.parametrize("extension", ["R53.+0", "R53.+12"])
    def test_an_extension_of_a_category(self, extension: str) -> None:
        view = related(align("ORPHA:1", "unspecified", "ICD-10:R53"))
        assert codes(view, f"ICD-10:{extension}", "orpha") == [("1", "unspecified", "truncated")]

    def test_then_the_category_above(self) -> None:
        view = related(
            align("ORPHA:1", "NTBT", "ICD-10:Q77"),
            align("ORPHA:2", "NTBT", "ICD-10:Q77.3"),
            align("ORPHA:3", "NTBT", "ICD-10:Q77.4"),
        )
        assert codes(view, "ICD-10:Q77.30", "orpha") == [
            ("2", "unspecified", "truncated"),
            ("1", "unspecified", "category"),
        ]

    def test_a_category_gives_what_its_codes_give(self) -> None:
        view = related(align("ORPHA:2", "E", "ICD-10:Q77.3"), align("ORPHA:3", "E", "ICD-10:Q78.0"))
        assert codes(view, "ICD-10:Q77", "orpha") == [("2", "BTNT", "category")]

    def test_of_the_codes_of_a_category_the_surest_counts(self) -> None:
        view = related(
            align("ORPHA:1", "ND", "ICD-10:Q87.0"),
            align("ORPHA:1", "E", "ICD-10:Q87.1"),
            align("ORPHA:2", "NTBT", "ICD-10:Q87.1"),
        )
        assert codes(view, "ICD-10:Q87", "orpha") == [
            ("1", "BTNT", "category"),
            ("2", "BTNT", "category"),
        ]

    def test_the_surest_way_to_a_code_counts(self) -> None:
        view = related(
            align("ORPHA:2", "NTBT", "ICD-10:Q77.3"), align("ORPHA:2", "E", "ICD-10:Q77")
        )
        assert codes(view, "ICD-10:Q77.3", "orpha") == [("2", "BTNT", "direct")]


class TestComposed:
    def test_through_an_exact_step_with_the_path(self) -> None:
        view = related(
            align("MONDO:0007947", "E", "ORPHA:558"), align("MONDO:0007947", "E", "OMIM:154700")
        )
        (found,) = translate(view, coding("ORPHA:558"), "omim")
        assert (found.way, found.relation) == (Way.COMPOSED, Relation.EXACT)
        assert [each.code for each in found.path] == ["558", "MONDO:0007947", "154700"]
        assert not found.is_approximate

    def test_direct_comes_before_composed_and_hides_it(self) -> None:
        view = related(
            align("MONDO:0007947", "E", "ORPHA:558"),
            align("MONDO:0007947", "E", "OMIM:154700"),
            align("ORPHA:558", "unspecified", "OMIM:154700"),
            align("ORPHA:558", "unspecified", "OMIM:610168"),
            align("MONDO:0007947", "E", "OMIM:999999"),
        )
        assert codes(view, "ORPHA:558", "omim") == [
            ("154700", "unspecified", "direct"),
            ("610168", "unspecified", "direct"),
            ("999999", "E", "composed"),
        ]

    def test_a_direct_alignment_without_relation_tells_what_a_composed_one_says(self) -> None:
        view = related(
            align("ORPHA:2", "unspecified", "UMLS:C0000001"),
            align("ORPHA:1", "unspecified", "UMLS:C0000001"),
            align("ORPHA:2", "E", "MONDO:0000001"),
            align("MONDO:0000001", "E", "UMLS:C0000001"),
        )
        two, one = translate(view, coding("UMLS:C0000001"), "orpha")
        assert (two.coding.code, two.way, two.relation) == ("2", Way.DIRECT, Relation.UNSPECIFIED)
        assert two.confirmed is not None
        assert (two.confirmed.relation, len(two.confirmed.path)) == (Relation.EXACT, 3)
        assert one.confirmed is None

    def test_a_composed_answer_without_relation_gives_way_to_direct_ones(self) -> None:
        rows = [
            align("ORPHA:1", "E", "MONDO:0000001"),
            align("MONDO:0000001", "unspecified", "OMIM:100001"),
        ]
        assert len(codes(related(*rows), "ORPHA:1", "omim")) == 1
        direct = align("ORPHA:1", "E", "OMIM:100002")
        assert codes(related(*rows, direct), "ORPHA:1", "omim") == [("100002", "E", "direct")]

    @pytest.mark.parametrize(
        ("first", "second", "relation"),
        [
            ("E", "NTBT", "NTBT"),
            ("NTBT", "E", "NTBT"),
            ("E", "unspecified", "unspecified"),
            ("NTBT", "NTBT", "NTBT"),
            ("BTNT", "BTNT", "BTNT"),
            ("NTBT", "BTNT", None),
            ("BTNT", "NTBT", None),
            ("unspecified", "unspecified", None),
            ("W", "E", None),
        ],
    )
    def test_what_two_steps_say(self, first: str, second: str, relation: str | None) -> None:
        view = related(
            align("ORPHA:1", first, "MONDO:0000001"), align("MONDO:0000001", second, "OMIM:100001")
        )
        found = codes(view, "ORPHA:1", "omim")
        assert [each[1] for each in found] == ([relation] if relation else [])

    def test_what_is_said_to_be_wrong_is_not_reached_another_way(self) -> None:
        view = related(
            align("ORPHA:1", "W", "OMIM:100001"),
            align("ORPHA:1", "E", "MONDO:0000001"),
            align("MONDO:0000001", "E", "OMIM:100001"),
            align("MONDO:0000001", "E", "OMIM:100002"),
        )
        assert codes(view, "ORPHA:1", "omim") == [("100002", "E", "composed")]

    def test_a_code_that_was_merged_stands_for_its_successor(self) -> None:
        merged = term("MONDO:0000001", "one", alternates=("MONDO:0000002",))
        view = related(align("ORPHA:5", "E", "MONDO:0000002"), terms=(merged,))
        assert codes(view, "MONDO:0000001", "orpha") == [("5", "E", "direct")]
        assert codes(view, "ORPHA:5", "mondo") == [("MONDO:0000001", "E", "direct")]

    def test_never_through_a_code_that_gathers_many_diseases(self) -> None:
        view = related(
            align("ORPHA:1", "E", "ICD-10:Q87.4"), align("MONDO:0000001", "E", "ICD-10:Q87.4")
        )
        assert codes(view, "ORPHA:1", "mondo") == []

    def test_of_two_paths_the_surer_one(self) -> None:
        view = related(
            align("ORPHA:1", "E", "MONDO:0000001"),
            align("MONDO:0000001", "unspecified", "OMIM:100001"),
            align("ORPHA:1", "E", "MESH:D1"),
            align("MESH:D1", "E", "OMIM:100001"),
        )
        (found,) = translate(view, coding("ORPHA:1"), "omim")
        assert found.path[1].system == "mesh"


def test_the_order_of_loading_changes_nothing() -> None:
    rows = [align("ORPHA:1", "E", "OMIM:100001"), align("ORPHA:2", "NTBT", "OMIM:100001")]
    assert translate(related(*rows), coding("OMIM:100001"), "orpha") == translate(
        related(*reversed(rows)), coding("OMIM:100001"), "orpha"
    )


def test_relations_and_predicates_agree() -> None:
    for relation in (Relation.EXACT, Relation.NARROWER, Relation.BROADER, Relation.UNDECIDED):
        assert RELATION_OF_PREDICATE[relation.predicate] is relation
        assert relation.inverse.inverse is relation
    # SSSOM: "a broadMatch b" means that b is broader, so that a is the narrower one.
    assert Relation.NARROWER.predicate == "skos:broadMatch"
