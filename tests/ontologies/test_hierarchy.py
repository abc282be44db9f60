"""Each operation on a poly-hierarchy, on graphs small enough to see the answer."""

from itertools import pairwise

import pytest

from ontologies.errors import Conflict
from ontologies.hierarchy import Cycle, Hierarchy, refuse_cycle
from tests.ontologies.drawings import edges, hierarchy

# Two roots; d stands below b and c, f below d and directly below c.
DIAMOND = hierarchy("a > b c\n b > d e\n c > d f\n d > f\n z > e", "alone")


def test_parents_and_children_stand_in_the_order_of_first_mention() -> None:
    assert DIAMOND.parents("d") == ("b", "c")
    assert DIAMOND.children("c") == ("d", "f")
    assert DIAMOND.children_count("c") == 2
    assert DIAMOND.parents("a") == DIAMOND.children("f") == ()


def test_siblings_are_the_other_children_of_all_parents() -> None:
    assert DIAMOND.siblings("d") == ("e", "f")
    assert DIAMOND.siblings("b") == ("c",)
    assert DIAMOND.siblings("a") == ()


def test_ancestors_are_nearest_first() -> None:
    assert DIAMOND.ancestors("f") == ("c", "d", "a", "b")
    assert DIAMOND.ancestors("a") == ()


def test_a_distance_is_that_of_the_shortest_way() -> None:
    assert DIAMOND.ancestors("f", max_depth=1) == ("c", "d")
    assert set(DIAMOND.ancestors("f", max_depth=2)) == {"a", "b", "c", "d"}
    assert DIAMOND.descendants("c", max_depth=1) == ("d", "f")


def test_descendants_are_nearest_first_and_each_comes_once() -> None:
    assert DIAMOND.descendants("a") == ("b", "c", "d", "e", "f")
    assert DIAMOND.descendants("a", max_depth=1) == ("b", "c")
    assert DIAMOND.descendants("f") == ()


@pytest.mark.parametrize("depth", [0, -1])
def test_no_depth_means_nothing(depth: int) -> None:
    assert DIAMOND.ancestors("f", depth) == DIAMOND.descendants("a", depth) == ()


def test_paths_go_from_a_root_down() -> None:
    assert DIAMOND.paths("f") == (
        ("a", "c", "f"),
        ("a", "b", "d", "f"),
        ("a", "c", "d", "f"),
    )
    assert DIAMOND.paths("e") == (("a", "b", "e"), ("z", "e"))
    assert DIAMOND.paths("a") == (("a",),)


def test_paths_stop_at_the_limit_however_many_there_are() -> None:
    ladder = "".join(f"{n} > {n + 1} x{n}\n x{n} > {n + 1}\n" for n in range(60))
    found = hierarchy(ladder).paths("60", limit=25)  # of 2 to the power of 60
    assert len(set(found)) == 25
    assert all(path[0] == "0" and path[-1] == "60" for path in found)
    assert DIAMOND.paths("f", limit=0) == ()


def test_the_lowest_common_ancestors_are_a_set() -> None:
    graph = hierarchy("r > p q\n p > x y\n q > x y")
    assert graph.lowest_common_ancestors(["x", "y"]) == ("p", "q")


def test_a_common_ancestor_above_another_one_is_dropped() -> None:
    assert DIAMOND.lowest_common_ancestors(["d", "e"]) == ("b",)
    assert DIAMOND.lowest_common_ancestors(["b", "c"]) == ("a",)


def test_an_input_may_be_its_own_answer() -> None:
    assert DIAMOND.lowest_common_ancestors(["f", "d"]) == ("d",)
    assert DIAMOND.lowest_common_ancestors(["f"]) == ("f",)
    assert DIAMOND.lowest_common_ancestors(["f", "f"]) == ("f",)


@pytest.mark.parametrize("codes", [[], ["f", "alone"], ["f", "unknown"], ["unknown"]])
def test_nothing_in_common_is_an_empty_set(codes: list[str]) -> None:
    assert DIAMOND.lowest_common_ancestors(codes) == ()


def test_lowest_drops_what_stands_above_another_and_what_is_unknown() -> None:
    assert DIAMOND.lowest(["a", "c", "d", "z"]) == ("d", "z")
    assert DIAMOND.lowest(["a", "unknown"]) == ("a",)
    assert DIAMOND.lowest([]) == ()


def test_a_union_leaves_the_inputs_out_and_repeats_nothing() -> None:
    assert DIAMOND.union(DIAMOND.parents, ["d", "f"]) == ("b", "c")
    assert DIAMOND.union(DIAMOND.ancestors, ["b", "c"]) == ("a",)
    assert DIAMOND.union(DIAMOND.children, iter(["a", "b", "b"])) == ("c", "d", "e")


def test_subsumes_means_the_same_or_above() -> None:
    assert DIAMOND.subsumes("a", "f")
    assert DIAMOND.subsumes("f", "f")
    assert not DIAMOND.subsumes("f", "a")
    assert not DIAMOND.subsumes("z", "f")


def test_an_unknown_code_has_no_relations() -> None:
    for relation in (DIAMOND.parents, DIAMOND.children, DIAMOND.siblings, DIAMOND.paths):
        assert relation("unknown") == ()
    assert DIAMOND.ancestors("unknown") == DIAMOND.descendants("unknown") == ()
    assert DIAMOND.children_count("unknown") == 0
    assert not DIAMOND.subsumes("unknown", "unknown")
    assert "unknown" not in DIAMOND
    assert None not in DIAMOND


def test_roots_have_no_parent() -> None:
    assert DIAMOND.roots == ("a", "z", "alone")


def test_depth_is_the_longest_way_down() -> None:
    assert DIAMOND.depth == 3
    assert hierarchy("", "alone").depth == 0


def test_a_pair_given_twice_counts_once() -> None:
    graph = Hierarchy([("a", "b"), ("a", "c"), ("a", "b")])
    assert graph.edge_count == 2
    assert list(graph.edges) == [("a", "b"), ("a", "c")]
    assert graph.children("a") == ("b", "c")


def test_nodes_without_an_edge_are_held() -> None:
    assert list(DIAMOND) == ["a", "b", "c", "d", "e", "f", "z", "alone"]
    assert len(DIAMOND) == 8
    assert DIAMOND.ancestors("alone") == DIAMOND.children("alone") == ()


def test_an_empty_hierarchy_answers() -> None:
    empty = Hierarchy([])
    assert len(empty) == empty.depth == empty.edge_count == 0
    assert empty.roots == empty.lowest_common_ancestors(["a"]) == empty.ancestors("a") == ()


@pytest.mark.parametrize(
    ("drawing", "circle"),
    [
        ("a > a", ("a",)),
        ("a > b\n b > a", ("a", "b")),
        ("r > a\n a > b x\n b > c\n c > a\n c > y", ("a", "b", "c")),
    ],
)
def test_a_cycle_is_refused_with_its_codes(drawing: str, circle: tuple[str, ...]) -> None:
    with pytest.raises(Cycle) as caught:
        hierarchy(drawing)
    codes = caught.value.codes
    assert codes[0] == codes[-1]
    assert sorted(codes[:-1]) == sorted(circle)
    steps = set(pairwise(codes))
    assert steps <= set(edges(drawing))
    assert isinstance(caught.value, Conflict)
    with pytest.raises(Cycle) as again:
        refuse_cycle(iter(edges(drawing)))
    assert again.value.codes == codes


def test_a_hierarchy_is_never_changed() -> None:
    for name in ("roots", "edge_count", "more"):
        with pytest.raises(AttributeError):
            setattr(DIAMOND, name, ())
    given = [("a", "b")]
    graph = Hierarchy(given)
    given.append(("b", "c"))
    assert list(graph) == ["a", "b"]


def test_a_long_chain_needs_no_recursion() -> None:
    chain = Hierarchy((str(n), str(n + 1)) for n in range(2000))
    assert chain.depth == 2000
    assert len(chain.ancestors("2000")) == len(chain.descendants("0")) == 2000
    assert chain.paths("2000") == (tuple(map(str, range(2001))),)
