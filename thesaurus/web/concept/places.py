"""Where an entity stands in a classification: every way down to it, as one tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ontologies.hierarchy import Hierarchy
from thesaurus.answers import ClassificationItem, ConceptItem


@dataclass(frozen=True, slots=True)
class Node:
    """An entity on a way down.

    Attributes:
        below: what follows it on the ways; nothing below the entity that they lead to.
        again: it stands further up already, with what is below it.
    """

    code: str
    below: tuple[Node, ...] = ()
    again: bool = False

    def __iter__(self) -> Iterator[Node]:
        """Yield this node and those below it, from the top down."""
        yield self
        for each in self.below:
            yield from each


@dataclass(frozen=True, slots=True)
class Place:
    """A classification in which an entity stands.

    Attributes:
        ways: every way from its heads down to the entity.
        parents: what stands just above the entity there.
        children_count: how many entities stand just below it there.
    """

    classification: ClassificationItem
    ways: tuple[Node, ...]
    parents: tuple[ConceptItem, ...]
    children_count: int


def ways_down(hierarchy: Hierarchy, code: str) -> tuple[Node, ...]:
    """Return all ways from the roots down to a code, merged as trees.

    What several ways share is written once: where they meet again, the node only says so. The code
    itself stands wherever a way ends.

    >>> ways_down(Hierarchy([("1", "2"), ("1", "3"), ("2", "4"), ("3", "4"), ("1", "5")]), "4")
    (Node(code='1', below=(Node(code='2', below=(Node(code='4', below=(), again=False),), \
again=False), Node(code='3', below=(Node(code='4', below=(), again=False),), again=False)), \
again=False),)
    """
    above = {code, *hierarchy.ancestors(code)} if code in hierarchy else set()
    written: set[str] = set()

    def node(each: str) -> Node:
        if each == code:
            return Node(each)
        if each in written:
            return Node(each, again=True)
        written.add(each)
        return Node(
            each, tuple([node(child) for child in hierarchy.children(each) if child in above])
        )

    roots = [each for each in (*hierarchy.ancestors(code), code) if each in above]
    return tuple([node(each) for each in roots if not hierarchy.parents(each)])
