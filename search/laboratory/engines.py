"""What can be measured: anything that answers a text with codes, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from ontologies.concept import Concept
from search.index import Index
from search.laboratory.plain import plain
from search.names import LinkedNames
from search.suggest import suggest


class Entry(NamedTuple):
    """A name as every rival gets it: the code that it belongs to and its folded text."""

    code: str
    text: str


class Engine(Protocol):
    """An engine over the names of the active entities.

    Attributes:
        name: as the tables show it.
        most: the most queries of a kind that it is asked; None for all. Slow engines are asked
            fewer, and compared on those only.
    """

    name: str
    most: int | None

    def ask(self, text: str, limit: int) -> Sequence[str]:
        """Return at most ``limit`` different codes, best first."""
        ...


Rival = Callable[[Sequence[Entry]], Engine]
"""Builds an engine of another make over the same names."""


class Ours:
    """``search.suggest`` as the service calls it."""

    name = "thesaurus"
    most: int | None = None

    def __init__(self, index: Index, lang: str = "fr") -> None:
        self._index = index
        self._lang = lang

    def ask(self, text: str, limit: int) -> list[str]:
        hits = suggest(self._index, text, lang=self._lang, limit=limit)
        return [hit.concept.code for hit in hits]


def entries(concepts: Iterable[Concept], linked: LinkedNames) -> tuple[Entry, ...]:
    """Return the names of entities, their own and the linked ones, each once for each entity."""
    found = {
        Entry(concept.code, text): None
        for concept in concepts
        for label in (*concept.labels, *linked(concept.code))
        if (text := plain(label.text))
    }
    return tuple(found)


def first_of_each(codes: Iterable[str], limit: int) -> list[str]:
    """Return the first ``limit`` different codes: engines find names, people want entities."""
    found: dict[str, None] = {}
    for code in codes:
        found.setdefault(code)
        if len(found) == limit:
            break
    return list(found)
