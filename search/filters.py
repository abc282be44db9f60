"""What may be found: by level, type, place in the classifications, perimeter, code system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from search.entities import Choice
from search.index import Index

OWN = "orpha"
_KEPT = 256  # places of 11 kB each


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found.

    Attributes:
        levels: keys of levels (``group``, ``disorder``, ``subtype``); empty means all.
        types: keys of types (``disease``, ``clinical_syndrome`` ...); empty means all.
        within: only concepts below this code.
        classification: only concepts of this classification.
        perimeter: only these codes, such as those of a filière; None means all.
        systems: only what is found through a code or a name of these code systems (``orpha`` for
            Orphanet's own); empty means all.
        include_inactive: also entities that are not for new coding, themselves instead of what
            replaces them. A code that is typed in full is always answered, whatever its status.
    """

    levels: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    within: str | None = None
    classification: str | None = None
    perimeter: frozenset[str] | None = None
    systems: frozenset[str] = frozenset()
    include_inactive: bool = False


@dataclass(frozen=True, slots=True)
class Permitted:
    """What filters leave of an index; None for all.

    Attributes:
        concepts: by number.
        labels: by number.
        systems: empty for all.
    """

    index: Index
    concepts: Choice | None
    labels: Choice | None
    systems: frozenset[str]

    def concept(self, code: str) -> bool:
        return self.concepts is None or bool(self.concepts[self.index.number_of[code]])

    def by(self, system: str) -> bool:
        """Tell whether a code of a system may be answered."""
        return not self.systems or system in self.systems


def permitted(index: Index, filters: Filters) -> Permitted:
    """Work out what filters leave.

    Raises:
        UnknownCode, UnknownClassification: a filter names what the release does not have.
    """
    chosen: Choice | None = None
    for some in (
        _described(index.entities.levels, filters.levels, index),
        _described(index.entities.types, filters.types, index),
        _placed(index, filters),
        None if filters.perimeter is None else numbered(index, filters.perimeter),
    ):
        if some is not None:
            chosen = some if chosen is None else chosen & some
    labels = _named(index, filters.systems) if filters.systems else None
    return Permitted(index, chosen, labels, filters.systems)


def _described(choices: dict[str, Choice], keys: frozenset[str], index: Index) -> Choice | None:
    if not keys:
        return None
    nothing = np.zeros(len(index.concepts), dtype=np.bool_)
    found: Choice = np.logical_or.reduce([choices.get(key, nothing) for key in keys])
    return found


def _placed(index: Index, filters: Filters) -> Choice | None:
    """Choose by the place in the classifications; the same places are asked at each key press."""
    place = filters.classification, filters.within
    if place == (None, None):
        return None
    known = index.places.get(place)
    if known is None:
        hierarchy = index.snapshot.hierarchy(filters.classification)
        codes: Iterable[str] = hierarchy
        if filters.within is not None:
            index.snapshot.concept(filters.within)
            codes = hierarchy.descendants(filters.within)
        known = numbered(index, codes)
        if len(index.places) < _KEPT:
            index.places[place] = known
    return known


def numbered(index: Index, codes: Iterable[str]) -> Choice:
    """Choose the concepts of some codes; those that the release does not have are passed over."""
    inside = np.zeros(len(index.concepts), dtype=np.bool_)
    inside[[index.number_of[code] for code in codes if code in index.number_of]] = True
    return inside


def _named(index: Index, systems: frozenset[str]) -> Choice:
    """Choose the names of some systems."""
    nothing = np.zeros(len(index.labels), dtype=np.bool_)
    own = [~index.elsewhere] if OWN in systems else []
    linked = [index.sources.get(system, nothing) for system in systems]
    found: Choice = np.logical_or.reduce([*own, *linked])
    return found
