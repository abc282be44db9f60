"""What a pack says, before it is written: entities, classification trees, and one date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.packs.displays import (
    ACTIVE,
    ACTIVE_FLAGS,
    DISEASE,
    DISORDER,
    MOVED_TO,
    REFERRED_TO,
    Texts,
)

NOT_APPLICABLE: Final = "not applicable"
"""The aggregation of an entity that is never counted: a group, for example."""

USUAL: Final = "usual"
"""The aggregation to expect: an active disorder counts as itself, the rest not at all."""

Redirection = tuple[int, str]
"""The kind (moved to 21471, referred to 27341) and the target code."""


def moved_to(target: str) -> Redirection:
    """The link of a deprecated entity to the one that carries its content now."""
    return MOVED_TO, target


def referred_to(target: str) -> Redirection:
    """The link of an obsolete entity to one that a coder may choose instead."""
    return REFERRED_TO, target


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of the nomenclature, with its labels as the file shows them, prefix included."""

    code: str
    names: Texts
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    flag: int = ACTIVE
    type_id: int = DISEASE
    level_id: int = DISORDER
    redirection: Redirection | None = None
    aggregation: str | None = USUAL
    """A code, `NOT_APPLICABLE`, `USUAL`, or None to write no aggregation section at all."""
    definitions: Texts = field(default_factory=dict)

    @property
    def active(self) -> bool:
        """Whether new coding may use this entity."""
        return self.flag in ACTIVE_FLAGS

    @property
    def counted_as(self) -> str | None:
        """The aggregation with `USUAL` resolved."""
        if self.aggregation != USUAL:
            return self.aggregation
        return self.code if self.active and self.level_id == DISORDER else NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Node:
    """A place in a classification tree; the root of classification 235 has no code."""

    code: str | None
    children: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """One of Orphanet's specialty trees; `slug` is the middle of its file name."""

    id: str
    number: str
    names: Texts
    roots: tuple[Node, ...]
    slug: str = "rare_diseases"


@dataclass(frozen=True, slots=True)
class Pack:
    """A yearly pack in all its languages; the writer gives it in one of them."""

    date: str = "2023-06-21 18:14:45"
    entities: tuple[Entity, ...] = ()
    classifications: tuple[Classification, ...] = ()
    version: str = "1.3.25 / 4.1.7 [2023-04-17] (orientdb version)"

    @property
    def year(self) -> str:
        """The year in the file names."""
        return self.date[:4]


def tree(root: str | None, edges: Iterable[tuple[str | None, str]]) -> Node:
    """The tree that a file shows for a poly-hierarchy: a subtree stands under each parent.

    `edges` are (parent, child) pairs without a cycle; children keep their order.

    >>> tree("1", [("1", "2"), ("1", "3"), ("2", "4"), ("3", "4")]).children[1]
    Node(code='3', children=(Node(code='4', children=()),))
    """
    children: dict[str | None, list[str]] = {}
    for parent, child in edges:
        children.setdefault(parent, []).append(child)
    built: dict[str | None, Node] = {}

    def build(code: str | None) -> Node:
        if code not in built:
            below = tuple(build(child) for child in children.get(code, ()))
            built[code] = Node(code, below)
        return built[code]

    return build(root)
