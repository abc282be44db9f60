"""Invented packs of any size with the shape of the real one, for load and growth tests.

Shares follow the English pack of 2023: of a hundred entities about 23 are groups, 65
disorders and 12 subtypes, and 13 are inactive; the tree is deeper and its subtrees are
repeated. The same arguments give the same pack.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from tests.packs.displays import (
    CATEGORY,
    CLINICAL_GROUP,
    CLINICAL_SUBTYPE,
    DEPRECATED,
    DISEASE,
    ETIOLOGICAL_SUBTYPE,
    GROUP,
    HEAD_OF_CLASSIFICATION,
    HISTORIC,
    MALFORMATION_SYNDROME,
    NON_RARE_IN_EUROPE,
    OBSOLETE,
    SUBTYPE,
    level_of,
)
from tests.packs.invented_names import Invented, Namer
from tests.packs.model import (
    NOT_APPLICABLE,
    Classification,
    Entity,
    Pack,
    moved_to,
    referred_to,
    tree,
)

_DEPTH: Final = 8
_PREFIXES: Final = {
    OBSOLETE: {"fr": "OBSOLETE : ", "en": "OBSOLETE: "},
    NON_RARE_IN_EUROPE: {"fr": "NON RARE EN EUROPE : ", "en": "NON RARE IN EUROPE: "},
}


def random_pack(
    entities: int = 1000, *, classifications: int = 8, seed: int = 0, date: str = "2023-06-21"
) -> Pack:
    """A pack of `entities` entities in French and English, over `classifications` trees.

    Every active entity is classified, no inactive one is; redirections go to active
    entities; there is no cycle, and preferred terms are unique.
    """
    if entities < 4 * classifications:
        message = f"{entities} entities are too few for {classifications} classifications"
        raise ValueError(message)
    garden = _Garden(Random(seed), classifications)
    codes = garden.random.sample(range(1, 10 * entities + 1000), entities)
    for code, type_id in zip(codes, garden.types(entities), strict=True):
        garden.add(str(code), type_id)
    return Pack(date, tuple(garden.entities), tuple(garden.classifications()))


@dataclass(slots=True)
class _Garden:
    """The pack while it grows: a parent always stands before its children."""

    random: Random
    trees: int
    entities: list[Entity] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    edges: list[list[tuple[str | None, str]]] = field(init=False)
    groups: list[list[tuple[str, int]]] = field(init=False)
    """By tree, the groups planted in it, with their depth."""
    disorders: list[tuple[str, list[int]]] = field(default_factory=list)
    """The active disorders, with the trees in which they stand."""
    namer: Namer = field(init=False)

    def __post_init__(self) -> None:
        self.edges = [[] for _ in range(self.trees)]
        self.groups = [[] for _ in range(self.trees)]
        self.namer = Namer(self.random)

    def types(self, count: int) -> Iterator[int]:
        """Heads, then groups, then the rest mixed: parents come first."""
        groups = max(self.trees, count * 23 // 100)
        yield from [CATEGORY] * self.trees
        yield from self.random.choices(
            (CATEGORY, CLINICAL_GROUP), weights=(8, 2), k=groups - self.trees
        )
        yield from [DISEASE] * self.trees
        yield from self.random.choices(
            (DISEASE, MALFORMATION_SYNDROME, CLINICAL_SUBTYPE, ETIOLOGICAL_SUBTYPE),
            weights=(58, 26, 12, 4),
            k=count - groups - self.trees,
        )

    def add(self, code: str, type_id: int) -> None:
        entity = self._entity(code, type_id)
        if len(self.heads) < self.trees:
            self._plant_head(entity)
        elif len(self.disorders) >= self.trees and self.random.random() < 0.17:
            self.entities.append(self._retired(entity))
        elif entity.level_id == GROUP:
            self._plant_group(entity)
        elif entity.level_id == SUBTYPE:
            self._plant_subtype(entity)
        else:
            self._plant_disorder(entity)

    def _entity(self, code: str, type_id: int) -> Entity:
        name: Invented = self.namer.name(level_of(type_id) == GROUP)
        return Entity(code, name.labels, name.synonyms, type_id=type_id, level_id=level_of(type_id))

    def _plant_head(self, entity: Entity) -> None:
        self.groups[len(self.heads)].append((entity.code, 0))
        self.heads.append(entity.code)
        self.entities.append(replace(entity, flag=HEAD_OF_CLASSIFICATION))

    def _plant_group(self, entity: Entity) -> None:
        for each in self._some_trees():
            parent, depth = self.random.choice(self.groups[each])
            self.edges[each].append((parent, entity.code))
            if depth + 1 < _DEPTH:
                self.groups[each].append((entity.code, depth + 1))
        self.entities.append(entity)

    def _plant_disorder(self, entity: Entity) -> None:
        trees = self._some_trees()
        for each in trees:
            wanted = self.random.choices((1, 2, 3), weights=(75, 20, 5))[0]
            chosen = self.random.choices(self.groups[each], k=wanted)
            parents = dict.fromkeys(parent for parent, _ in chosen)
            self.edges[each] += ((parent, entity.code) for parent in parents)
        self.disorders.append((entity.code, trees))
        historic = self.random.random() < 0.035
        self.entities.append(replace(entity, flag=HISTORIC) if historic else entity)

    def _plant_subtype(self, entity: Entity) -> None:
        disorder, trees = self.random.choice(self.disorders)
        for each in trees:
            self.edges[each].append((disorder, entity.code))
        self.entities.append(replace(entity, aggregation=disorder))

    def _some_trees(self) -> list[int]:
        wanted = self.random.choices((1, 2, 3, 4), weights=(50, 30, 15, 5))[0]
        return self.random.sample(range(self.trees), min(wanted, self.trees))

    def _retired(self, entity: Entity) -> Entity:
        """The entity as deprecated, obsolete or non rare, in the real shares."""
        flag = self.random.choices(
            (DEPRECATED, OBSOLETE, NON_RARE_IN_EUROPE), weights=(21, 69, 10)
        )[0]
        prefixes = _PREFIXES.get(flag, {})
        names = {lang: prefixes.get(lang, "") + text for lang, text in entity.names.items()}
        retired = replace(entity, names=names, flag=flag, aggregation=NOT_APPLICABLE)
        orphan = flag == OBSOLETE and self.random.random() < 0.1
        if orphan or flag == NON_RARE_IN_EUROPE:
            return retired
        target = self.random.choice(self.disorders)[0]
        link = moved_to(target) if flag == DEPRECATED else referred_to(target)
        return replace(retired, redirection=link, aggregation=target)

    def classifications(self) -> Iterator[Classification]:
        """The trees, numbered as Orphanet numbers its own: from 146 on."""
        for place, head in enumerate(self.heads):
            names = {
                "fr": f"Classification des maladies inventées {place + 1}",
                "en": f"Classification of invented diseases {place + 1}",
            }
            root = tree(head, self.edges[place])
            yield Classification(str(146 + place), str(900_000 + place), names, (root,))
