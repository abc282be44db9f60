"""Where things lie in the drawing of neighbours, and the ways down in a classification."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontologies.hierarchy import Hierarchy
from thesaurus.answers import ConceptItem
from thesaurus.web.concept.drawing import HEIGHT, draw
from thesaurus.web.concept.places import ways_down

SIZES = [(3, 6, 224), (1, 4, 280)]


def entity(code, label="Maladie"):
    return ConceptItem(
        code=code,
        curie=f"ORPHA:{code}",
        label=label,
        lang="fr",
        level="disorder",
        type="disease",
        status="active",
        children_count=0,
    )


def drawing(parents, children, across, most, box_width, label="Maladie"):
    above = [entity(str(number), label) for number in range(100, 100 + parents)]
    below = [entity(str(number), label) for number in range(200, 200 + min(children, 50))]
    return draw(
        entity("1", label),
        above,
        below,
        children_count=children,
        across=across,
        most=most,
        box_width=box_width,
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("children", [0, 1, 2, 3, 4, 6, 7, 176])
@pytest.mark.parametrize("parents", [0, 1, 2, 3, 5, 6, 15])
def test_boxes_lie_apart_inside_the_drawing_and_no_line_crosses_them(parents, children, size):
    drawn = drawing(parents, children, *size)
    boxes = [*drawn.parents, drawn.entity, *drawn.children]
    for box in boxes:
        assert 0 <= box.x <= box.x + drawn.box_width <= drawn.width
        assert 0 <= box.y <= box.y + HEIGHT <= drawn.height
    for one, other in combinations(boxes, 2):
        assert abs(one.x - other.x) >= drawn.box_width or abs(one.y - other.y) >= HEIGHT
    assert all(each.y + HEIGHT < drawn.entity.y for each in drawn.parents)
    assert all(each.y > drawn.entity.y + HEIGHT for each in drawn.children)
    assert len(drawn.lines) == len(boxes) - 1
    for line in drawn.lines:
        for start, end in pairwise(points(line)):
            assert not any(crosses(start, end, box, drawn.box_width) for box in boxes), line


def points(line):
    """The corners of a path of M, H and V."""
    x = y = 0
    for kind, first, second in re.findall(r"([MHV])(\d+)(?: (\d+))?", line):
        x, y = (
            (int(first), int(second))
            if kind == "M"
            else (int(first), y)
            if kind == "H"
            else (x, int(first))
        )
        yield x, y


def crosses(start, end, box, width):
    """Whether a line runs through the inside of a box."""
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    return left < box.x + width and right > box.x and top < box.y + HEIGHT and bottom > box.y


@pytest.mark.parametrize(("count", "shown", "more"), [(6, 6, 0), (7, 5, 2), (176, 5, 171)])
def test_what_has_no_room_is_counted(count, shown, more):
    drawn = drawing(1, count, 3, 6, 224)
    assert len([box for box in drawn.children if box.item]) == shown
    assert sum(box.more for box in drawn.children) == more


def test_long_labels_are_wrapped_and_cut():
    (parent,) = drawing(1, 0, 3, 6, 224, label="Anomalie rare du développement " * 4).parents
    assert len(parent.lines) == 2
    assert parent.lines[-1].endswith("…")
    assert all(len(line) <= 26 for line in parent.lines)
    assert parent.item.label.startswith("Anomalie rare du développement Anomalie")
    (word,) = drawing(1, 0, 3, 6, 224, label="x" * 300).parents
    assert all(len(line) <= 26 for line in word.lines)


def edges_of(nodes, above=None):
    for node in nodes:
        yield above, node.code
        yield from edges_of(node.below, node.code)


downward = st.tuples(st.integers(0, 8), st.integers(1, 4)).map(
    lambda pair: (str(pair[0]), str(sum(pair)))
)


@given(st.lists(downward, min_size=1, max_size=25), st.data())
def test_the_ways_down_are_all_paths_and_each_is_unfolded_once(edges, data):
    hierarchy = Hierarchy(edges)
    code = data.draw(st.sampled_from(list(hierarchy)))
    ways = ways_down(hierarchy, code)
    found = list(edges_of(ways))
    paths = [(None, *path) for path in hierarchy.paths(code, 100_000)]
    assert set(found) == {edge for path in paths for edge in pairwise(path)}
    assert len(found) == len(set(found))


def test_a_code_that_does_not_stand_there_has_no_way():
    assert ways_down(Hierarchy([("1", "2")]), "9") == ()


def test_a_head_is_its_own_way():
    (way,) = ways_down(Hierarchy([("1", "2")]), "1")
    assert (way.code, way.below) == ("1", ())
