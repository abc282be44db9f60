"""A snapshot: concepts by code, hierarchies by classification, one identity."""

import dataclasses

import pytest

from ontologies.concept import Level
from ontologies.errors import UnknownClassification, UnknownCode
from ontologies.release import Snapshot
from tests.ontologies.drawings import RELEASE, classification, concept, snapshot

CONCEPTS = [concept("1", Level.GROUP), concept("2", Level.GROUP), concept("10"), concept("11")]
SMALL = snapshot(CONCEPTS, "1 > 2 10\n 2 > 10", "1 > 10\n 2 > 11")


def test_concepts_are_found_by_code_and_listed_in_order() -> None:
    assert SMALL.concept("10") is CONCEPTS[2]
    assert [each.code for each in SMALL] == ["1", "2", "10", "11"]
    assert len(SMALL) == 4
    assert "10" in SMALL
    assert "999" not in SMALL


def test_an_unknown_code_names_the_release() -> None:
    with pytest.raises(UnknownCode, match="ORPHA:999 is unknown in release 2023"):
        SMALL.concept("999")


def test_each_classification_has_its_own_hierarchy() -> None:
    assert SMALL.hierarchy("146").parents("10") == ("1", "2")
    assert SMALL.hierarchy("147").parents("10") == ("1",)
    assert "11" not in SMALL.hierarchy("146")
    assert SMALL.hierarchy("146") is SMALL.hierarchy("146")


def test_the_merged_hierarchy_has_each_edge_once() -> None:
    assert SMALL.hierarchy() is SMALL.merged
    assert sorted(SMALL.merged.edges) == [("1", "10"), ("1", "2"), ("2", "10"), ("2", "11")]


def test_an_unknown_classification_names_the_known_ones() -> None:
    with pytest.raises(UnknownClassification, match="known ones: 146, 147"):
        SMALL.hierarchy("999")


def test_classifications_of_a_concept() -> None:
    assert SMALL.classifications_of("10") == ("146", "147")
    assert SMALL.classifications_of("11") == ("147",)
    assert SMALL.classifications_of("999") == ()


def test_a_root_without_an_edge_stands_in_its_classification() -> None:
    release = Snapshot(RELEASE, CONCEPTS, [classification("150", "", roots=["1"])])
    assert release.classifications_of("1") == ("150",)
    assert "1" in release.merged
    assert "1" in release.hierarchy("150")


def test_classifications_stand_in_the_order_of_their_numbers() -> None:
    trees = [classification("235", ""), classification("1000", ""), classification("146", "")]
    assert list(Snapshot(RELEASE, CONCEPTS, trees).classifications) == ["146", "235", "1000"]


def test_another_identity_shares_the_content() -> None:
    other = SMALL.under(dataclasses.replace(RELEASE, id="2023.1"))
    assert other.release.id == "2023.1"
    assert SMALL.release.id == "2023"
    assert other.concepts is SMALL.concepts
    assert other.hierarchy("146") is SMALL.hierarchy("146")
    with pytest.raises(UnknownCode, match=r"release 2023\.1"):
        other.concept("999")


def test_a_snapshot_is_never_changed() -> None:
    with pytest.raises(TypeError):
        SMALL.concepts["999"] = CONCEPTS[0]  # type: ignore[index]
    with pytest.raises(TypeError):
        SMALL.classifications["1"] = classification("1", "")  # type: ignore[index]


def test_a_classification_is_named_in_another_language_where_one_is_missing() -> None:
    tree = classification("146", "")
    assert tree.name() == ("fr", "Classification 146")
    assert tree.name("en") == ("en", "Classification 146 (en)")
    assert tree.name("de") == ("fr", "Classification 146")


@pytest.mark.real
def test_the_hierarchy_of_2023_has_the_counted_size(french_2023: Snapshot) -> None:
    merged = french_2023.merged
    assert (len(merged), merged.edge_count, len(merged.roots), merged.depth) == (
        9479,
        18424,
        31,
        11,
    )
    assert len(merged.parents("805")) == 15
    assert merged.children_count("102283") == 657
    edges = sum(french_2023.hierarchy(each).edge_count for each in french_2023.classifications)
    # The file counts one more: the edge below the root without an entity (classification 235).
    assert edges == 35756 - 1
    most = max(len(french_2023.classifications_of(code)) for code in merged)
    assert most == 14
