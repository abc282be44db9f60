"""The coders' search: a query, its hits in order, their counts by field, and what was meant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ontologies.concept import Concept, EntityType, Level, Status
from ontologies.related import Related
from ontologies.release import Snapshot
from search.fulltext.correcting import corrected
from search.fulltext.highlighting import Highlight, Highlighter
from search.fulltext.language import leaves, parse
from search.fulltext.matching import Choice, Matched, chosen, combine
from search.fulltext.meaning import Meaning
from search.fulltext.postings import Numbers, Postings
from search.fulltext.tokens import InvalidQuery
from search.text import fold

FEW = 3
"""With fewer hits than this, another spelling is looked for."""
Only = Mapping[str, Collection[str]]
"""Of a field some of its values: level, type, status or classification."""


class Sort(StrEnum):
    RELEVANCE = "relevance"
    LABEL = "label"
    CODE = "code"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class FullTextHit:
    """A concept that matches; of ``score`` only the order means something."""

    concept: Concept
    score: float
    highlights: tuple[Highlight, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query.

    Attributes:
        total: how many concepts match; ``hits`` are those of one page.
        facets: field -> (value, count), the most frequent first, of all that match.
        did_you_mean: the same query in another spelling, which finds more.
    """

    total: int
    hits: tuple[FullTextHit, ...]
    facets: Mapping[str, Sequence[tuple[str, int]]]
    did_you_mean: str | None


class FullText:
    """The full-text index of one release beside some datasets, open for reading.

    It holds no concept: each question brings the snapshot and the datasets, which must be those
    that the index was built from.
    """

    def __init__(self, folder: Path) -> None:
        self._postings = Postings(folder)
        self._labels: dict[str, Numbers] = {}
        self._ready = (self._facets, self._active, self._codes, self._postings.vocabularies,
                       self._postings.systems)  # fmt: skip

    def __len__(self) -> int:
        return len(self._postings)

    @cached_property
    def _facets(self) -> Mapping[str, tuple[Sequence[str], NDArray[np.bool_]]]:
        """The values of each field, and for each value a choice among all documents."""
        known = {
            "level": [each.key for each in Level],
            "type": [each.key for each in EntityType],
            "status": [each.value for each in Status],
            "classification": self._postings.values("classification"),
        }
        found = {}
        for field, values in known.items():
            table = np.zeros((len(values), len(self)), dtype=np.bool_)
            for number, value in enumerate(values):
                table[number, self._postings.holding(f"{field}/{value}")] = True
            found[field] = (values, table)
        return found

    @cached_property
    def _active(self) -> Choice:
        values, table = self._facets["status"]
        rows = [table[values.index(each.value)] for each in Status if each.is_active]
        found: Choice = np.any(rows, axis=0)
        return found

    @cached_property
    def _codes(self) -> Numbers:
        return np.array([int(code) for code in self._postings.codes], dtype=np.int64)

    def search(  # noqa: PLR0913  (how to answer)
        self,
        snapshot: Snapshot,
        related: Related,
        query: str,
        *,
        page: int = 1,
        page_size: int = 20,
        sort: Sort = Sort.RELEVANCE,
        lang: str = "fr",
        perimeter: frozenset[str] | None = None,
        only: Only = MappingProxyType({}),
        highlighted: bool = True,
    ) -> Found:
        """Answer a query.

        Args:
            page: counted from 1; one after the last is empty.
            perimeter: only these codes, such as those of a filière; None means all.
            only: what has, of each field, any of these values; a field without values is free.
            highlighted: whether to say in which texts the words stand, which takes most of the time
                of a long page.

        Raises:
            InvalidQuery: it is not of the language, or wider than is answered.
        """
        node = parse(query)
        meaning = Meaning(self._postings, snapshot, related, query)
        matched = combine(node, len(self), meaning)
        permitted = self._permitted(perimeter) & self._having(only)
        choice = matched.choice & permitted
        scores = self._scores(matched)
        alphabet = self._label_order(snapshot, lang) if sort is Sort.LABEL else self._codes
        numbers = self._ordered(choice, scores, sort, alphabet)
        sought = [
            meaning.words.sought[leaf]
            for leaf, negated in leaves(node)
            if not negated and leaf in meaning.words.sought
        ]
        highlighter = Highlighter(sought, lang)
        hits = []
        for number in numbers[(page - 1) * page_size : page * page_size]:
            concept = snapshot.concepts[self._postings.codes[number]]
            linked = related.linked_labels(concept.code)
            highlights = tuple(highlighter.of(concept, linked)) if highlighted else ()
            hits.append(FullTextHit(concept, float(scores[number]), highlights))
        return Found(
            total=len(numbers),
            hits=tuple(hits),
            facets=self._counted(choice),
            did_you_mean=self._better(query, len(numbers), snapshot, related, permitted),
        )

    def _permitted(self, perimeter: frozenset[str] | None) -> Choice:
        """The documents of some codes; those that the release does not have are passed over."""
        if perimeter is None:
            return np.ones(len(self), dtype=np.bool_)
        known = self._postings.number_of
        return chosen(len(self), [known[code] for code in perimeter if code in known]).choice

    def _having(self, only: Only) -> Choice:
        """The documents that have, of each field, any of some values."""
        choice = np.ones(len(self), dtype=np.bool_)
        for field, wanted in only.items():
            values, table = self._facets[field]
            if wanted:
                choice &= table[[each in wanted for each in values]].any(axis=0)
        return choice

    def _scores(self, matched: Matched) -> NDArray[np.float64]:
        """What is in use above what is not; between 0 and 1."""
        worth = np.round(matched.scores / (1 + matched.scores), 6)
        return (self._active + worth) / 2

    def _ordered(
        self, choice: Choice, scores: NDArray[np.float64], sort: Sort, alphabet: Numbers
    ) -> Numbers:
        """The documents that match, in order; of equals the smaller code comes first."""
        order = {
            Sort.RELEVANCE: (self._codes, -scores),
            Sort.CODE: (self._codes,),
            Sort.LABEL: (self._codes, alphabet),
            Sort.LEVEL: (self._codes, -scores, self._level_order),
        }
        numbers = np.flatnonzero(choice)
        return numbers[np.lexsort([key[numbers] for key in order[sort]])]

    @cached_property
    def _level_order(self) -> Numbers:
        _, table = self._facets["level"]
        return np.where(table.any(axis=0), table.argmax(axis=0), len(table)).astype(np.int64)

    def _label_order(self, snapshot: Snapshot, lang: str) -> Numbers:
        """The place of each document in the alphabet of its label, accents and case left out."""
        lang = lang if lang in self._postings.languages else ""
        if lang not in self._labels:
            labels = [fold(snapshot.concepts[code].preferred(lang).text)
                      for code in self._postings.codes]  # fmt: skip
            places = {text: place for place, text in enumerate(sorted(set(labels)))}
            self._labels[lang] = np.array([places[text] for text in labels], dtype=np.int64)
        return self._labels[lang]

    def _counted(self, choice: Choice) -> Mapping[str, Sequence[tuple[str, int]]]:
        facets = {}
        for field, (values, table) in self._facets.items():
            counts = (table & choice).sum(axis=1)
            listed = [(value, int(count)) for value, count in zip(values, counts, strict=True)]
            facets[field] = sorted(
                ((value, count) for value, count in listed if count), key=lambda each: -each[1]
            )
        return facets

    def _better(
        self, query: str, total: int, snapshot: Snapshot, related: Related, permitted: Choice
    ) -> str | None:
        """The query in another spelling, if that finds more of what is permitted."""
        if total >= FEW:
            return None
        meaning = Meaning(self._postings, snapshot, related, query)
        text = corrected(query, parse(query), self._postings, meaning)
        if text is None:
            return None
        try:
            found = combine(
                parse(text), len(self), Meaning(self._postings, snapshot, related, text)
            )
        except InvalidQuery:  # a word that is an operator in capitals, or longer than is answered
            return None
        return text if np.count_nonzero(found.choice & permitted) > total else None

    def close(self) -> None:
        self._postings.close()
