"""What query sets are drawn from: the names of the active entities of a release."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from ontologies.concept import Concept, Label
from ontologies.release import Snapshot
from search.laboratory.plain import plain
from search.laboratory.query import Query

Distortion = Callable[[random.Random, "Material", str], str | None]
"""From a name to what is typed; None where the name does not lend itself to it."""


class Material:
    """The active entities of a release, their names and how rare words are.

    An active entity is drawn first and one of its names then, so that an entity with twenty
    synonyms weighs no more than one without.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.concepts = tuple(each for each in snapshot if each.status.is_active)

    @cached_property
    def _owners(self) -> dict[str, frozenset[str]]:
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for concept in self.concepts:
            for label in concept.labels:
                owners[plain(label.text)].add(concept.code)
        return {text: frozenset(codes) for text, codes in owners.items()}

    @cached_property
    def every_name(self) -> frozenset[str]:
        """The folded names of all entities of the release, of inactive ones too."""
        return frozenset(plain(label.text) for each in self.snapshot for label in each.labels)

    @cached_property
    def frequency(self) -> Counter[str]:
        """In how many names each word stands."""
        return Counter(word for text in self._owners for word in set(text.split()))

    def bearing(self, text: str) -> frozenset[str]:
        """Return the active entities that bear a name of the same folded text."""
        return self._owners.get(plain(text), frozenset())

    def right(self, text: str) -> tuple[str, ...]:
        """Return the right answers to a query that was made from a name.

        Every concept that carries a label with the same folded text as the source label is right:
        an acronym that two diseases share is not a fault of the engine that names the other one.
        """
        return tuple(sorted(self.bearing(text), key=int))

    def names(self, rnd: random.Random) -> Iterator[tuple[Concept, Label]]:
        """Yield the names of each active entity in turn, entities and names in random order."""
        for concept in rnd.sample(self.concepts, len(self.concepts)):
            distinct = {text: label for label in concept.labels if (text := plain(label.text))}
            for label in rnd.sample(list(distinct.values()), len(distinct)):
                yield concept, label

    def draw(
        self, kind: str, distort: Distortion, rnd: random.Random, count: int
    ) -> tuple[Query, ...]:
        """Return ``count`` queries of different entities, or as many as lend themselves to it.

        A distorted name that is, by chance, the name of another entity (SPG71 for SPG70) is no
        misspelling and is left out.
        """
        found: dict[str, Query] = {}
        done: set[str] = set()
        for concept, label in self.names(rnd):
            if len(found) == count:
                break
            if concept.code in done:
                continue
            text = distort(rnd, self, label.text)
            codes = self.right(label.text)
            if text and text not in found and self.bearing(text) <= set(codes):
                found[text] = Query(text, codes, kind)
                done.add(concept.code)
        return tuple(found.values())

    def rarest(self, words: Iterable[str]) -> list[str]:
        """Sort distinct words, the rarest first."""
        return sorted(dict.fromkeys(words), key=lambda word: (self.frequency[word], word))
