"""Evaluate a query: which documents match, and how well.

Every part of a query is a choice among all documents (an array of booleans) and a score for each,
so AND, OR and NOT are operations on arrays, whose cost does not depend on what they hold: a query
costs at most the number of its words times the size of the release.

A word scores its rarity (as in BM25: log(1 + (N - n + 0.5) / (n + 0.5)), N documents, n with the
word) times its best place: 1 in the preferred term, 0.70 in a synonym, 0.48 in a linked name, 0.30
in the definition, times 1 to 0.75 the longer that name is. The places do not overlap: a word in
the longest preferred term counts more than in the shortest synonym. Scores of AND and OR add up;
what filters (type, code, ...) and what is excluded scores nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ontologies.errors import Message
from search.fulltext.fields import NAMES, Kind
from search.fulltext.language import And, Leaf, Node, Not, Or
from search.fulltext.layout import LONGEST_NAME
from search.fulltext.patterns import Expander, is_pattern, pattern_words
from search.fulltext.postings import Occurrences, Postings, joined
from search.fulltext.tokens import InvalidQuery
from search.text import words

Choice = NDArray[np.bool_]
Scores = NDArray[np.float64]

MOST_WORDS = 100
_WEIGHTS = np.array([1.0, 0.70, 0.48, 0.30])
_LENGTHS = 1 - 0.25 * np.minimum(np.arange(LONGEST_NAME + 1), 20) / 20


@dataclass(frozen=True, slots=True)
class Matched:
    """What a part of a query matches."""

    choice: Choice
    scores: Scores


@dataclass(frozen=True, slots=True)
class Sought:
    """Words to highlight: one after the other, each any of a set, in some kinds of names."""

    kinds: frozenset[Kind]
    lang: str | None
    steps: tuple[frozenset[str], ...]


def combine(node: Node, size: int, leaf: Callable[[Leaf], Matched]) -> Matched:
    """Evaluate a tree whose leaves are known."""
    match node:
        case Leaf():
            return leaf(node)
        case Not(part):
            return Matched(~combine(part, size, leaf).choice, np.zeros(size))
        case And(parts):
            found = [combine(part, size, leaf) for part in parts]
            demanded = [each.choice for part, each in zip(parts, found, strict=True)
                        if not isinstance(part, Leaf) or part.demanded]  # fmt: skip
            choice = np.all(demanded, axis=0)
            return Matched(choice, np.sum([each.scores for each in found], axis=0) * choice)
        case Or(parts):
            found = [combine(part, size, leaf) for part in parts]
            choice = np.any([each.choice for each in found], axis=0)
            return Matched(choice, np.sum([each.scores for each in found], axis=0))


def chosen(size: int, numbers: Sequence[int] | NDArray[np.integer], score: float = 0.0) -> Matched:
    """The documents of these numbers, all with the same score."""
    choice = np.zeros(size, dtype=np.bool_)
    choice[np.asarray(numbers, dtype=np.int64)] = True
    return Matched(choice, np.where(choice, score, 0.0))


def rarity(size: int, holders: int) -> float:
    return float(np.log1p((size - holders + 0.5) / (holders + 0.5)))


class Words:
    """Evaluates the words and phrases of one query.

    Attributes:
        sought: what to highlight, in the order of the query.
    """

    def __init__(self, postings: Postings, query: str, expander: Expander) -> None:
        self._postings = postings
        self._query = query
        self._expander = expander
        self._words = 0
        self.sought: dict[Leaf, Sought] = {}

    def find(self, leaf: Leaf, kinds: frozenset[Kind], lang: str | None) -> Matched:
        """Evaluate a word, or a phrase: its words one after the other in one name.

        Raises:
            InvalidQuery: nothing of it is a word, or a wildcard cannot be used as it is.
        """
        steps = self._steps(leaf)
        number = self._language(leaf, lang)
        fields = [
            *(["name"] if kinds & NAMES else []),
            *(["definition"] if Kind.DEFINITION in kinds else []),
        ]
        found: list[Occurrences] = []
        highlighted: list[set[str]] = [set() for _ in steps]
        for field in fields:
            of_steps = []
            for step, shown in zip(steps, highlighted, strict=True):
                terms = [step]
                if not leaf.quoted and is_pattern(step):
                    terms = self._expander.expand(field, step, leaf)
                shown.update(terms)
                of_steps.append(self._occurrences(field, terms, kinds, number))
            found.append(in_a_row(of_steps))
        self.sought[leaf] = Sought(kinds, lang, tuple(map(frozenset, highlighted)))
        return self._scored(found)

    def _steps(self, leaf: Leaf) -> list[str]:
        if leaf.quoted and is_pattern(leaf.text):
            self._fail(
                leaf,
                "* et ? ne valent rien entre guillemets ; les ôter, ou ôter les guillemets.",
                "* and ? mean nothing in quotation marks; leave these or those out.",
            )
        steps = words(leaf.text) if leaf.quoted else pattern_words(_without_article(leaf.text))
        if not steps:
            self._fail(
                leaf,
                "ni lettre ni chiffre ici ; ôter cette partie de la requête.",
                "neither letters nor digits here; leave this part of the query out.",
            )
        self._words += len(steps)
        if self._words > MOST_WORDS:
            self._fail(
                leaf,
                f"une requête a au plus {MOST_WORDS} mots.",
                f"a query has at most {MOST_WORDS} words.",
            )
        return steps

    def _fail(self, leaf: Leaf, fr: str, en: str) -> None:
        raise InvalidQuery(self._query, leaf.place, Message(fr, en))

    def _language(self, leaf: Leaf, lang: str | None) -> int | None:
        if lang is None:
            return None
        known = self._postings.languages
        if lang not in known:
            listed = ", ".join(known)
            place = leaf.field.place if leaf.field else leaf.place
            raise InvalidQuery(
                self._query,
                place,
                Message(
                    f"langue inconnue ; connues : {listed}.", f"unknown language of: {listed}."
                ),
            )
        return known.index(lang)

    def _occurrences(
        self, field: str, terms: Sequence[str], kinds: frozenset[Kind], lang: int | None
    ) -> Occurrences:
        found = joined([self._postings.of(field, term) for term in terms])
        if field == "name" and not kinds >= NAMES:
            found = found.only(np.isin(found.kinds, list(kinds)))
        return found if lang is None else found.only(found.languages == lang)

    def _scored(self, found: Sequence[Occurrences]) -> Matched:
        size = len(self._postings)
        places = np.zeros(size)
        for each in found:
            worth = _WEIGHTS[each.kinds] * _LENGTHS[each.lengths]
            np.maximum.at(places, each.documents, worth)
        choice = places > 0
        return Matched(choice, places * rarity(size, int(np.count_nonzero(choice))))


def in_a_row(steps: Sequence[Occurrences]) -> Occurrences:
    """The occurrences of the first step that the other steps follow, one after the other."""
    first = steps[0]
    starts = first.places
    stands = np.ones(len(starts), dtype=np.bool_)
    for step in range(1, len(steps)):
        wanted = np.sort(steps[step].places) - step
        if not len(wanted):
            stands[:] = False
            break
        nearest = np.minimum(np.searchsorted(wanted, starts), len(wanted) - 1)
        stands &= wanted[nearest] == starts
    return first if stands.all() else first.only(stands)


_ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu"})
_APOSTROPHES = ("'", "’", "ʼ")


def _without_article(text: str) -> str:
    """Leave out what French elides before a word: ``l'enfant`` asks for enfant."""
    for apostrophe in _APOSTROPHES:
        article, found, word = text.partition(apostrophe)
        if found and article.lower() in _ELIDED and word[:1].isalpha():
            return word
    return text
