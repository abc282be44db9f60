"""Which entities bear a name exactly but for case and accents, today or in an older release."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ontologies.concept import Concept, Label
from search.text import words
from thesaurus.opening import Open


class Bearer(NamedTuple):
    """An entity of a release, active or not, and its name."""

    concept: Concept
    label: Label


class ExactNames:
    """The names of a release and those of older ones.

    Args:
        release: the target release; its index holds the names.
    """

    def __init__(self, release: Open) -> None:
        self._index = release.index
        self._gone: defaultdict[str, list[tuple[str, Label]]] = defaultdict(list)
        for code, labels in release.former.items():
            if code not in release.snapshot:
                for label in labels:
                    self._gone[" ".join(words(label.text))].append((code, label))

    def bearers(self, text: str) -> list[Bearer]:
        """Return each entity that bears a name, once, by the first of its own names."""
        folded = " ".join(words(text))
        if not folded:
            return []
        start = bisect_left(self._index.folded, folded)
        found: dict[str, Bearer] = {}
        for number in range(start, bisect_right(self._index.folded, folded, start)):
            concept, label = (
                self._index.concepts[self._index.owners[number]],
                self._index.labels[number],
            )
            known = found.get(concept.code)
            if known is None or _trust(label) < _trust(known.label):
                found[concept.code] = Bearer(concept, label)
        return list(found.values())

    def gone(self, text: str) -> Sequence[tuple[str, Label]]:
        """Return the codes that are gone and once bore a name."""
        return self._gone.get(" ".join(words(text)), ())


def _trust(label: Label) -> int:
    return ("preferred", "synonym", "former", "linked").index(label.kind)
