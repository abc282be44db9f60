"""Random hierarchies against a reference that only knows how to walk from node to node."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontologies.hierarchy import Cycle, Hierarchy, refuse_cycle

Edges = list[tuple[str, str]]

EVERY = settings(deadline=None, max_examples=150)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Edges, list[str]]:
    """Edges without a cycle, in any order, some twice, and the names of all nodes."""
    size = draw(st.integers(1, 10))
    names = draw(st.permutations([str(number) for number in range(size)]))
    pairs = [(names[a], names[b]) for a in range(size) for b in range(a + 1, size)]
    edges = draw(st.lists(st.sampled_from(pairs), max_size=25)) if pairs else []
    return edges, list(names)


def distances(edges: Iterable[tuple[str, str]], start: str) -> dict[str, int]:
    """The nodes that edges lead to from a node, each with its number of steps."""
    steps: dict[str, int] = {}
    level, depth = {start}, 0
    while level:
        depth += 1
        level = {b for a, b in edges if a in level} - set(steps)
        steps.update(dict.fromkeys(level, depth))
    return steps


def upward(edges: Edges) -> Edges:
    return [(child, parent) for parent, child in edges]


def ways(edges: Edges, node: str) -> set[tuple[str, ...]]:
    above = {parent for parent, child in edges if child == node}
    return {(*way, node) for parent in above for way in ways(edges, parent)} or {(node,)}


@EVERY
@given(graphs(), st.none() | st.integers(0, 6))
def test_ancestors_and_descendants(graph: tuple[Edges, list[str]], depth: int | None) -> None:
    edges, nodes = graph
    built = Hierarchy(edges, nodes)
    for node in nodes:
        for found, all_steps in (
            (built.ancestors(node, depth), distances(upward(edges), node)),
            (built.descendants(node, depth), distances(edges, node)),
        ):
            steps = {k: v for k, v in all_steps.items() if depth is None or v <= depth}
            assert sorted(found) == sorted(steps)
            assert [steps[each] for each in found] == sorted(steps.values())


@EVERY
@given(graphs())
def test_neighbours_roots_and_depth(graph: tuple[Edges, list[str]]) -> None:
    edges, nodes = graph
    built = Hierarchy(edges, nodes)
    assert set(built) == set(nodes)
    assert sorted(built.edges) == sorted(set(edges))
    assert built.edge_count == len(set(edges))
    assert set(built.roots) == set(nodes) - {child for _, child in edges}
    assert built.depth == max(len(way) - 1 for node in nodes for way in ways(edges, node))
    for node in nodes:
        parents = {a for a, b in edges if b == node}
        children = {b for a, b in edges if a == node}
        assert sorted(built.parents(node)) == sorted(parents)
        assert sorted(built.children(node)) == sorted(children)
        assert set(built.siblings(node)) == {b for a, b in edges if a in parents} - {node}


@EVERY
@given(graphs())
def test_subsumes_and_paths(graph: tuple[Edges, list[str]]) -> None:
    edges, nodes = graph
    built = Hierarchy(edges, nodes)
    for below in nodes:
        above = {below, *distances(upward(edges), below)}
        assert {each for each in nodes if built.subsumes(each, below)} == above
        found = built.paths(below)
        assert len(found) == len(set(found))
        assert set(found) == ways(edges, below)
        assert set(built.paths(below, limit=2)) <= set(found)
        assert len(built.paths(below, limit=2)) == min(2, len(found))


@EVERY
@given(graphs(), st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_lowest_common_ancestors(graph: tuple[Edges, list[str]], picks: list[int]) -> None:
    edges, nodes = graph
    codes = [nodes[pick % len(nodes)] for pick in picks]
    above = {node: set(distances(upward(edges), node)) for node in nodes}
    common = set.intersection(*({code} | above[code] for code in codes))
    lowest = {each for each in common if not any(each in above[other] for other in common)}
    built = Hierarchy(edges, nodes)
    found = built.lowest_common_ancestors(codes)
    assert len(found) == len(set(found))
    assert set(found) == lowest
    assert built.lowest_common_ancestors(reversed(codes)) == found


@EVERY
@given(graphs(), st.integers(0))
def test_an_edge_that_closes_a_circle_is_found(graph: tuple[Edges, list[str]], pick: int) -> None:
    edges, nodes = graph
    refuse_cycle(edges)
    below = [(node, each) for node in nodes for each in (node, *distances(edges, node))]
    above, under = below[pick % len(below)]
    closed = [*edges, (under, above)]
    with pytest.raises(Cycle):
        refuse_cycle(closed)
    with pytest.raises(Cycle) as caught:
        Hierarchy(closed, nodes)
    codes = caught.value.codes
    assert codes[0] == codes[-1]
    assert set(pairwise(codes)) <= set(closed)
