"""From a query to the labels that answer it, ranked.

First the labels with all words as typed. Where there are none, words that labels with most of the
others lack are doubted; and where no label has all of them even so, labels with some answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.entities import Choice
from search.fitting import Fit, across_names, by_sureness, fit, keys
from search.index import Index, Keys
from search.lists import Numbers
from search.query import Query, doubted
from search.rank import Tier
from search.term import Term

# So many labels are compared word by word; where more hold the rarest word, the likelier ones.
MANY, ENOUGH = 2000, 800
# Labels with only some of the words must have so much of what the query says: beside labels with
# all of them, and compared with the best where there are none.
_BESIDE_ALL, _OF_THE_BEST = 0.6, 0.6
_AT_ONCE = 64
_FEW = 256
_FEW_NAMES = 8
_LOOKED_AT, _EITHER = 4, 2
_NONE: Numbers = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be found.

    Attributes:
        lang: the language whose names come first of two alike.
        chosen, named: the concepts and the labels that filters leave; None for all.
        inactive: inactive entities are found themselves, not what replaces them.
    """

    index: Index
    lang: str
    chosen: Choice | None = None
    named: Choice | None = None
    inactive: bool = False

    @property
    def meant(self) -> Numbers:
        """The concept that each label finds."""
        return self.index.meant(inactive=self.inactive)

    def permitted(self, labels: Numbers) -> Numbers:
        if self.named is not None:
            labels = labels[self.named[labels]]
        return labels if self.chosen is None else labels[self.chosen[self.meant[labels]]]

    def compared(self, query: Query, labels: Numbers) -> Fit:
        likely = _likelier(self.index, query, self.permitted(labels))
        return fit(self.index, query, likely, inactive=self.inactive)


class Answer(NamedTuple):
    """Labels, the best first, and how the question was read in the end.

    Attributes:
        labels: each with the concept that it finds, both by number, and its rank.
    """

    labels: Iterator[tuple[int, int, int]]
    query: Query


def answer(asked: Asked, query: Query) -> Answer:
    """Return the labels that answer a query; of one concept there may be several."""
    index = asked.index
    if query.content:
        query, found = _by_words(asked, query)
    else:
        found = asked.compared(query, _NONE)
    labels, ranks = _worth_showing(asked, query, found)
    initials = index.initials.get(query.folded)
    if initials and (found.best < Tier.BEGINNINGS or query.capitals):
        spelt = _with_initials(asked, query, initials)
        labels = np.concatenate((labels, spelt.labels))
        ranks = np.concatenate((ranks, _ranked(asked, query, spelt)))
    return Answer(_ordered(asked.meant, labels, ranks), query)


def _by_words(asked: Asked, query: Query) -> tuple[Query, Fit]:
    """Compare the labels that may answer; return the query as it was read in the end as well."""
    index = asked.index
    found = asked.compared(query, _holding_rarest(index, query))
    if found.best <= Tier.ACROSS_NAMES:
        found = asked.compared(query, _holding_any(asked, query))
        query = doubted(index, query, _missing(query, found))
        found = asked.compared(query, found.labels)
    if found.best <= Tier.ACROSS_NAMES or _may_be_spelt_out(index, query, found):
        found = across_names(index, query, found, inactive=asked.inactive, named=asked.named)
    return query, found


def _may_be_spelt_out(index: Index, query: Query, found: Fit) -> bool:
    """Tell of an acronym beside other words that few names have together: other names have them
    where it is spelt out, as in ``CMT intermédiaire``.
    """
    if found.best >= Tier.EXACT_ELSEWHERE or len(query.content) == 1:
        return False
    wholes = [query.terms[place].whole for place in query.content]
    if not any(whole is not None and index.capitals[whole] for whole in wholes):
        return False
    return bool(np.count_nonzero(found.tiers > Tier.ACROSS_NAMES) <= _FEW_NAMES)


def _worth_showing(asked: Asked, query: Query, found: Fit) -> tuple[Numbers, Keys]:
    """Leave labels out that have too little of the query; return the others and their ranks."""
    ranks = _ranked(asked, query, found)
    kept = found.tiers > Tier.SOME_WORDS
    if found.best <= Tier.ACROSS_NAMES:
        kept |= found.sure >= _OF_THE_BEST * found.sure.max(initial=0)
    elif not query.signed:  # beside ALK+ not ALK-
        kept |= found.sure >= _BESIDE_ALL
    inactive = asked.index.not_for_coding.take(found.labels)
    if np.count_nonzero(inactive) and not asked.inactive:
        kept &= ~inactive | _to_be_told(found, inactive)
    return found.labels[kept], ranks[kept]


def _ranked(asked: Asked, query: Query, found: Fit) -> Keys:
    return keys(asked.index, query, found, asked.lang, inactive=asked.inactive)


def _with_initials(asked: Asked, query: Query, initials: Sequence[int]) -> Fit:
    """The names to be coded whose initials were typed."""
    index = asked.index
    labels = asked.permitted(np.array(initials, dtype=np.int64))
    if not asked.inactive:
        labels = labels[~index.not_for_coding[labels]]
    whole = np.ones(len(labels), dtype=np.float32)
    found = np.zeros((len(query.terms), len(labels)), dtype=np.uint8)
    tiers = np.full(len(labels), Tier.INITIALS, dtype=np.int64)
    nowhere = np.zeros(len(labels), dtype=np.bool_)
    best = Tier.INITIALS if len(labels) else 0
    return Fit(labels, found, tiers, whole, whole, nowhere, best)


def _to_be_told(found: Fit, inactive: Choice) -> Choice:
    """Inactive entities without a target whose name is typed in full, or matches better than any of
    an active one: whoever types Crohn must learn what it is.
    """
    best = int(found.tiers[~inactive].max(initial=Tier.ACROSS_NAMES))
    told: Choice = found.tiers > min(best, Tier.ALL_WORDS)
    return told


def _missing(query: Query, found: Fit) -> list[int]:
    """The words that labels with most of the query lack: one of them may be mistyped; of two words
    either.
    """
    best = by_sureness(found)[:_LOOKED_AT]
    if len(query.content) <= _EITHER or not len(best):
        return list(query.content)
    lacking = (found.found.take(best, axis=1) == 0).any(axis=1)
    return [place for place in query.content if lacking[place]]


def _by_rarity(index: Index, query: Query) -> list[Term]:
    wanted = [query.terms[place] for place in query.content]
    if len(wanted) > 1:
        wanted.sort(key=lambda term: _holders(index, term))
    return wanted


def _holders(index: Index, term: Term) -> int:
    """How many labels hold what the term may stand for, one counted twice for two such words."""
    if term.neighbours:
        starts = index.labels_of.starts
        return int(starts[term.words[-1] + 1]) - int(starts[term.words[0]])
    return int(np.add.reduce(index.labels_of.sizes.take(term.words)))


def _holding_rarest(index: Index, query: Query) -> Numbers:
    """The labels with the rarest word; where they are many, those with other words too."""
    rarest, *others = _by_rarity(index, query)
    labels = _labels(index, rarest)
    for term in others:
        if len(labels) <= MANY:
            break
        there = np.zeros(len(index.labels), dtype=np.bool_)
        there[_labels(index, term)] = True
        both = labels[there[labels]]
        labels = both if len(both) else labels
    return labels


def _holding_any(asked: Asked, query: Query) -> Numbers:
    """The labels with any word that must be found, those of rare words first."""
    pieces: list[Numbers] = []
    size = 0
    for term in _by_rarity(asked.index, query):
        labels = asked.permitted(_labels(asked.index, term))
        if pieces and size + len(labels) > ENOUGH:
            break
        pieces.append(labels)
        size += len(labels)
    return _distinct(asked.index, np.concatenate(pieces))


def _labels(index: Index, term: Term) -> Numbers:
    """The labels that hold a word which the term may stand for."""
    if term.neighbours:
        found = index.labels_of.between(int(term.words[0]), int(term.words[-1]) + 1)
    else:
        found, _ = index.labels_of.gathered(term.words)
    return found if len(term.words) == 1 else _distinct(index, found)


def _distinct(index: Index, labels: Numbers) -> Numbers:
    """Sort labels, each once; where they are many by marking them, which is quicker."""
    if len(labels) < _FEW:
        ordered = np.sort(labels)
        return np.concatenate((ordered[:1], ordered[1:][ordered[1:] != ordered[:-1]]))
    there = np.zeros(len(index.labels), dtype=np.bool_)
    there[labels] = True
    return there.nonzero()[0]


def _likelier(index: Index, query: Query, labels: Numbers) -> Numbers:
    """Keep those that start with the query, then the shortest, where there are too many."""
    if len(labels) <= MANY:
        return labels
    first, _, end = query.starting
    rank = index.lengths[labels] + 1000 * ((labels < first) | (labels >= end))
    kept: NDArray[np.int64] = np.argpartition(rank, MANY)[:MANY]
    return labels[np.sort(kept)]


def _ordered(meant: Numbers, labels: Numbers, ranks: Keys) -> Iterator[tuple[int, int, int]]:
    """Sort the first few, which most callers are content with, and the others when asked."""
    if len(labels) <= _AT_ONCE:
        return _sorted(meant, labels, ranks)
    # Whole ranks only: of two labels of one rank the first must not be left out.
    few = ranks >= np.partition(ranks, -_AT_ONCE)[-_AT_ONCE]
    pieces = (few, ~few)
    return chain.from_iterable(_sorted(meant, labels[each], ranks[each]) for each in pieces)


def _sorted(meant: Numbers, labels: Numbers, ranks: Keys) -> Iterator[tuple[int, int, int]]:
    order = np.lexsort((labels, -ranks))
    ordered = labels.take(order)
    columns = ordered, meant.take(ordered), ranks.take(order)
    return zip(*[column.tolist() for column in columns], strict=True)
