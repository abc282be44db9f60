"""Which nodes stand open, and what a page holds: pure, on small hierarchies."""

import pytest

from ontologies.hierarchy import Hierarchy
from thesaurus.web import tree
from thesaurus.web.tree import branch, grown, places, read_place, rows, stands

# 1 over 2 and 3, both over 4, which is over 5.
DIAMOND = Hierarchy([("1", "2"), ("1", "3"), ("2", "4"), ("3", "4"), ("4", "5")])


def shown(node):
    return {node.code: [shown(each) for each in node.children]} if node.children else node.code


def test_the_head_stands_open_and_nothing_else():
    found = grown(DIAMOND, ["1"])
    assert [shown(each) for each in found.nodes] == [{"1": ["2", "3"]}]
    assert found.codes == {"1", "2", "3"}


def test_a_code_is_open_at_all_its_places():
    found = grown(DIAMOND, ["1"], places(DIAMOND, "4"))
    assert [shown(each) for each in found.nodes] == [
        {"1": [{"2": [{"4": ["5"]}]}, {"3": [{"4": ["5"]}]}]}
    ]
    assert found.unopened == 0


def test_ids_are_unique_where_an_entity_stands_twice():
    (top,) = grown(DIAMOND, ["1"], places(DIAMOND, "4")).nodes
    ids = [four.id for middle in top.children for four in middle.children]
    assert ids == ["1.2.4", "1.3.4"]


def test_a_full_page_leaves_the_later_places_closed(monkeypatch):
    monkeypatch.setattr(tree, "MOST_NODES", 8)
    found = grown(DIAMOND, ["1"], places(DIAMOND, "4"))
    assert [shown(each) for each in found.nodes] == [{"1": [{"2": [{"4": ["5"]}]}, "3"]}]
    assert found.unopened == 1


def test_of_many_children_the_first_are_shown_and_those_that_are_asked_for(monkeypatch):
    monkeypatch.setattr(tree, "MOST_CHILDREN", 2)
    wide = Hierarchy([("1", each) for each in "23456"])
    (top,) = grown(wide, ["1"], [("1", "6")]).nodes
    assert [each.code for each in top.children] == ["2", "3", "6"]
    assert top.left_out == 2
    assert branch(wide, ("1",)).left_out == 3
    assert branch(wide, ("1", "2")).left_out == 0


def test_a_place_deeper_than_any_real_one_stays_closed():
    chain = Hierarchy([(str(each), str(each + 1)) for each in range(100)])
    found = grown(chain, ["0"], places(chain, "100"))
    assert found.unopened == 1
    assert found.codes == {"0", "1"}


@pytest.mark.parametrize(
    ("place", "there"),
    [("1.2.4", True), ("1.4", False), ("2.4", False), ("1.2.9", False)],
)
def test_a_place_stands_or_does_not(place, there):
    assert stands(DIAMOND, ["1"], read_place(place)) is there


@pytest.mark.parametrize("text", ["558", "ORPHA:558", "1..2", "1.2.", "a.b", "1." * 50 + "1"])
def test_other_texts_are_no_places(text):
    assert read_place(text) is None


def test_rows_go_down_as_a_reader_does():
    listed = [".".join(place) for place in rows(DIAMOND, ["1"])]
    assert listed == ["1", "1.2", "1.2.4", "1.2.4.5", "1.3", "1.3.4", "1.3.4.5"]
