"""Which nodes of a classification stand open, and which of them a page shows.

An entity may stand at several places of one classification; a place is the way down to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ontologies.hierarchy import Hierarchy

Place = tuple[str, ...]
"""The codes from the top of a classification down to a node, both included."""

MOST_NODES = 2_500
"""Nodes of a page. All places of any one code of 2023 take 2,423 at most (classification 156)."""
MOST_CHILDREN = 1_000
"""Children shown of one node, those that are asked for besides; 657 at most in 2023."""
MOST_PLACES = 100
"""Places that one code opens; 39 at most in 2023."""
DEEPEST = 40
"""Nodes of a place; 12 at most in 2023."""

_PLACE = re.compile(rf"[0-9]{{1,20}}(?:\.[0-9]{{1,20}}){{1,{DEEPEST - 1}}}")


@dataclass(frozen=True, slots=True)
class Node:
    """A node at one place.

    Attributes:
        below: how many children it has.
        children: those that the page shows; none while it is closed.
    """

    place: Place
    below: int
    children: tuple[Node, ...] = ()

    @property
    def code(self) -> str:
        return self.place[-1]

    @property
    def id(self) -> str:
        """Unique in a page: the codes of the place with dots."""
        return ".".join(self.place)

    @property
    def left_out(self) -> int:
        """How many children an open node does not show."""
        return self.below - len(self.children) if self.children else 0


@dataclass(frozen=True, slots=True)
class Tree:
    """What a page shows.

    Attributes:
        unopened: places that were asked for and are not open, the page being full.
    """

    nodes: tuple[Node, ...]
    unopened: int

    @property
    def codes(self) -> frozenset[str]:
        """Every code that is shown."""
        return frozenset(node.code for node in _every(self.nodes))


def _every(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.children)


def read_place(text: str) -> Place | None:
    """Read a place as addresses have it; None for any other text.

    >>> read_place("98053.364526.558"), read_place("558")
    (('98053', '364526', '558'), None)
    """
    return tuple(text.split(".")) if _PLACE.fullmatch(text) else None


def stands(hierarchy: Hierarchy, roots: Iterable[str], place: Place) -> bool:
    """Tell whether there is such a place."""
    steps = pairwise(place)
    return place[0] in roots and all(code in hierarchy.children(above) for above, code in steps)


def places(hierarchy: Hierarchy, code: str) -> tuple[Place, ...]:
    """Return the places at which a code stands, at most MOST_PLACES."""
    return hierarchy.paths(code, MOST_PLACES)


def grown(hierarchy: Hierarchy, roots: Iterable[str], asked: Iterable[Place] = ()) -> Tree:
    """Return the tree with its roots and the places that are asked for open, as far as the page
    holds them; the first ones weigh most.
    """
    opened: dict[Place, None] = {}
    wanted: set[Place] = set()
    room, unopened = MOST_NODES, 0
    tops = tuple((root,) for root in roots)
    for place in (*tops, *asked):
        ways = [place[: end + 1] for end in range(len(place))]
        fresh = [way for way in ways if way not in opened]
        size = sum(min(hierarchy.children_count(way[-1]), MOST_CHILDREN) + 1 for way in fresh)
        if len(place) > DEEPEST or size > room:
            unopened += place not in tops
            continue
        room -= size
        opened.update(dict.fromkeys(fresh))
        wanted.update(ways)
    nodes = tuple(_node(hierarchy, top, opened, wanted) for top in tops)
    return Tree(nodes, unopened)


def branch(hierarchy: Hierarchy, place: Place) -> Node:
    """Return a node that stands open, its children closed."""
    return _node(hierarchy, place, {place: None}, set())


def _node(
    hierarchy: Hierarchy, place: Place, opened: dict[Place, None], wanted: set[Place]
) -> Node:
    below = hierarchy.children(place[-1])
    if place not in opened:
        return Node(place, len(below))
    ways = ((*place, code) for code in below)
    shown = (way for at, way in enumerate(ways) if at < MOST_CHILDREN or way in wanted)
    children = tuple(_node(hierarchy, way, opened, wanted) for way in shown)
    return Node(place, len(below), children)


def rows(hierarchy: Hierarchy, tops: Iterable[str]) -> Iterator[Place]:
    """Yield every place below some codes and the codes themselves, as a reader goes down a tree;
    places start at those codes.
    """
    waiting: list[Place] = [(top,) for top in reversed(tuple(tops))]
    while waiting:
        place = waiting.pop()
        yield place
        waiting.extend((*place, code) for code in reversed(hierarchy.children(place[-1])))
