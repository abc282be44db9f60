"""A poly-hierarchy: a directed graph without cycles whose nodes may have several parents.

Used once per classification and once for all of them merged. Operations follow RDaggregator
1.0.3 (BNDMR), see the domain rules, section 5: unions over the inputs, inputs excluded, and a
lowest common ancestor that is a set.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from graphlib import CycleError, TopologicalSorter

from ontologies.errors import Cycle

__all__ = ["Cycle", "Hierarchy", "refuse_cycle"]


def refuse_cycle(edges: Iterable[tuple[str, str]]) -> None:
    """Try that (parent, child) pairs make a hierarchy, without working it out. Raises Cycle."""
    edges = tuple(edges)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for parent, child in edges:
        sorter.add(child, parent)
    try:
        sorter.prepare()
    except CycleError:
        Hierarchy(edges)  # tells the circle as everywhere else


class Hierarchy:
    """An immutable poly-hierarchy over codes.

    Ancestors of every node are worked out once (118,831 numbers for the 9,479 nodes of 2023) and
    kept in two flat arrays, by distance (to list them) and sorted (to test one).

    Args:
        edges: (parent, child) pairs; a pair given twice counts once, and the order of a node's
            children and parents is the order of first mention.
        nodes: codes to hold even where no edge names them.

    Raises:
        Cycle: the edges are not those of a hierarchy.
    """

    __slots__ = ("_children", "_codes", "_distances", "_index", "_nearest", "_offsets", "_parents",
                 "_sorted")  # fmt: skip

    def __init__(self, edges: Iterable[tuple[str, str]], nodes: Iterable[str] = ()) -> None:
        distinct = dict.fromkeys(edges)
        codes = dict.fromkeys(code for edge in distinct for code in edge)
        codes.update(dict.fromkeys(nodes))
        self._codes = tuple(codes)
        self._index = {code: number for number, code in enumerate(self._codes)}
        parents: list[list[int]] = [[] for _ in self._codes]
        children: list[list[int]] = [[] for _ in self._codes]
        for parent, child in distinct:
            parents[self._index[child]].append(self._index[parent])
            children[self._index[parent]].append(self._index[child])
        self._parents = tuple(map(tuple, parents))
        self._children = tuple(map(tuple, children))
        self._close()

    def _close(self) -> None:
        """Work out the ancestors of every node, from the roots down."""
        distances: list[dict[int, int]] = [{} for _ in self._codes]
        for node in self._from_roots():
            mine = distances[node]
            for parent in self._parents[node]:
                mine[parent] = 1
            for parent in self._parents[node]:
                for ancestor, distance in distances[parent].items():
                    if mine.get(ancestor, 1 << 30) > distance + 1:
                        mine[ancestor] = distance + 1
        self._offsets = array("I", [0])
        self._nearest, self._distances, self._sorted = array("I"), array("H"), array("I")
        for mine in distances:
            nearest = sorted(mine, key=mine.__getitem__)
            self._nearest.extend(nearest)
            self._distances.extend(mine[ancestor] for ancestor in nearest)
            self._sorted.extend(sorted(nearest))
            self._offsets.append(len(self._nearest))

    def _from_roots(self) -> Iterator[int]:
        """Yield every node after all its parents (Kahn's algorithm)."""
        waiting = [len(parents) for parents in self._parents]
        ready = [node for node, count in enumerate(waiting) if not count]
        for node in ready:
            yield node
            for child in self._children[node]:
                waiting[child] -= 1
                if not waiting[child]:
                    ready.append(child)
        if len(ready) < len(self._codes):
            raise Cycle(self._find_cycle({node for node, count in enumerate(waiting) if count}))

    def _find_cycle(self, stuck: set[int]) -> tuple[str, ...]:
        """Walk up among the nodes that never became ready until one comes back."""
        walked: dict[int, int] = {}
        node = min(stuck)
        while node not in walked:
            walked[node] = len(walked)
            node = next(parent for parent in self._parents[node] if parent in stuck)
        circle = [*list(walked)[walked[node] :], node]
        return tuple(self._codes[number] for number in reversed(circle))

    def __contains__(self, code: object) -> bool:
        return code in self._index

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    @property
    def edges(self) -> Iterator[tuple[str, str]]:
        """Every (parent, child) pair once."""
        for parent, children in enumerate(self._children):
            for child in children:
                yield self._codes[parent], self._codes[child]

    @property
    def edge_count(self) -> int:
        return sum(map(len, self._children))

    @property
    def roots(self) -> tuple[str, ...]:
        """The nodes without a parent."""
        return tuple(
            code for code, above in zip(self._codes, self._parents, strict=True) if not above
        )

    @property
    def depth(self) -> int:
        """The number of edges of the longest way down from a root."""
        longest = [0] * len(self._codes)
        for node in self._from_roots():
            for child in self._children[node]:
                longest[child] = max(longest[child], longest[node] + 1)
        return max(longest, default=0)

    def parents(self, code: str) -> tuple[str, ...]:
        return self._named(self._parents, code)

    def children(self, code: str) -> tuple[str, ...]:
        return self._named(self._children, code)

    def children_count(self, code: str) -> int:
        node = self._index.get(code)
        return 0 if node is None else len(self._children[node])

    def siblings(self, code: str) -> tuple[str, ...]:
        """The other children of all parents."""
        found = dict.fromkeys(
            child for parent in self.parents(code) for child in self.children(parent)
        )
        found.pop(code, None)
        return tuple(found)

    def ancestors(self, code: str, max_depth: int | None = None) -> tuple[str, ...]:
        """Every node above, nearest first; with ``max_depth``, at most so many edges away."""
        node = self._index.get(code)
        if node is None:
            return ()
        start, end = self._offsets[node], self._offsets[node + 1]
        if max_depth is not None:
            while end > start and self._distances[end - 1] > max_depth:
                end -= 1
        codes = self._codes
        return tuple([codes[ancestor] for ancestor in self._nearest[start:end]])

    def descendants(self, code: str, max_depth: int | None = None) -> tuple[str, ...]:
        """Every node below, nearest first; with ``max_depth``, at most so many edges away."""
        return tuple(self._walk_down(code, max_depth))

    def _walk_down(self, code: str, max_depth: int | None) -> Iterator[str]:
        seen = {self._index[code]} if code in self._index else set()
        level, depth = list(seen), 0
        while level and (max_depth is None or depth < max_depth):
            depth += 1
            below: list[int] = []
            for node in level:
                for child in self._children[node]:
                    if child not in seen:
                        seen.add(child)
                        below.append(child)
            yield from (self._codes[node] for node in below)
            level = below

    def subsumes(self, above: str, below: str) -> bool:
        """True when ``below`` is ``above`` or stands under it; false for unknown codes."""
        ancestor, node = self._index.get(above), self._index.get(below)
        if ancestor is None or node is None:
            return False
        if ancestor == node:
            return True
        end = self._offsets[node + 1]
        place = bisect_left(self._sorted, ancestor, self._offsets[node], end)
        return place < end and self._sorted[place] == ancestor

    def lowest_common_ancestors(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The common ancestors that have no other common ancestor below them.

        A set, since a node may have several parents; an input may be its own answer. Empty when
        the codes have nothing in common or one of them is not in this hierarchy.
        """
        common: set[str] | None = None
        for code in codes:
            above = {code, *self.ancestors(code)} if code in self else set()
            common = above if common is None else common & above
        return self.lowest(common or ())

    def lowest(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Drop every code that stands above another one of the same set, and unknown codes."""
        kept = {code for code in codes if code in self}
        covered = {above for code in kept for above in self.ancestors(code)}
        return tuple(sorted(kept - covered, key=self._index.__getitem__))

    def union(
        self, relation: Callable[[str], Iterable[str]], codes: Iterable[str]
    ) -> tuple[str, ...]:
        """Apply a relation to several codes: the union of the answers, the inputs excluded."""
        inputs = dict.fromkeys(codes)
        found = dict.fromkeys(related for code in inputs for related in relation(code))
        return tuple(code for code in found if code not in inputs)

    def paths(self, code: str, limit: int = 1000) -> tuple[tuple[str, ...], ...]:
        """Every way from a root down to the node, at most ``limit`` of them."""
        if code not in self._index:
            return ()
        found: list[tuple[str, ...]] = []
        open_ways: list[tuple[int, ...]] = [(self._index[code],)]
        while open_ways and len(found) < limit:
            way = open_ways.pop()
            above = self._parents[way[0]]
            if not above:
                found.append(tuple(self._codes[node] for node in way))
            open_ways.extend((parent, *way) for parent in reversed(above))
        return tuple(found)

    def _named(self, table: tuple[tuple[int, ...], ...], code: str) -> tuple[str, ...]:
        node = self._index.get(code)
        return () if node is None else tuple([self._codes[other] for other in table[node]])
