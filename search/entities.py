"""The concepts of a release by number: what filters and ranks ask of each, in arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ontologies.concept import Concept, Level, RedirectionKind
from ontologies.release import Snapshot
from search.lists import Numbers

Choice = NDArray[np.bool_]


class Entities:
    """The concepts of a release, numbered in its order.

    Args:
        snapshot: the release.

    Attributes:
        number_of: from a code to its number.
        active: which are.
        levels, types: by key, which concepts are of it; every level is there.
        targets: for each concept the one to code instead, itself where none is active.
        referred: which are only referred to another, which is a suggestion and no replacement.
        with_subtypes: which have subtypes.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.concepts: tuple[Concept, ...] = tuple(snapshot)
        self.number_of = {concept.code: n for n, concept in enumerate(self.concepts)}
        self.active = choice(concept.status.is_active for concept in self.concepts)
        nowhere = np.zeros(len(self.concepts), dtype=np.bool_)
        self.levels = {level.key: nowhere for level in Level} | choices(
            each.level.key if each.level else "" for each in self.concepts
        )
        self.types = choices(each.type.key if each.type else "" for each in self.concepts)
        self.targets = self._targets(snapshot)
        moved = [each.redirection and each.redirection.kind for each in self.concepts]
        self.referred = choice(kind is RedirectionKind.REFERRED_TO for kind in moved)
        self.with_subtypes = self._with_subtypes(snapshot)

    def _targets(self, snapshot: Snapshot) -> Numbers:
        targets = np.arange(len(self.concepts), dtype=np.int64)
        for number, concept in enumerate(self.concepts):
            target: Concept | None = concept
            seen = {concept.code}
            while target and not target.status.is_active and target.redirection:
                target = snapshot.concepts.get(target.redirection.target)
                if target is None or target.code in seen:
                    break
                seen.add(target.code)
            if target and target.status.is_active:
                targets[number] = self.number_of[target.code]
        return targets

    def _with_subtypes(self, snapshot: Snapshot) -> Choice:
        subtypes = (each.code for each in self.concepts if each.level is Level.SUBTYPE)
        above = {parent for code in subtypes for parent in snapshot.merged.parents(code)}
        return choice(concept.code in above for concept in self.concepts)


def choices(keys: Iterable[str]) -> dict[str, Choice]:
    """For each key but the empty one, which places have it."""
    number_of: defaultdict[str, int] = defaultdict()
    number_of.default_factory = number_of.__len__
    numbers = np.array([number_of[key] for key in keys], dtype=np.int64)
    return {key: numbers == number for key, number in number_of.items() if key}


def choice(values: Iterable[bool]) -> Choice:
    """Which places are chosen."""
    return np.fromiter(values, dtype=np.bool_)
