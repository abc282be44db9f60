"""Which letters of a label matched, as ranges of the text as it stands, accents and all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.index import Index
from search.query import Query
from search.stopwords import STOP_WORDS, told_apart
from search.term import BEGUN, COMPLETE, MISTYPED
from search.text import Span, placed_words

_ONLY_BEGUN = np.zeros(256, dtype=np.bool_)
_ONLY_BEGUN[BEGUN:COMPLETE] = True
_ONLY_BEGUN[[quality for (_, whole), quality in MISTYPED.items() if not whole]] = True


def marks(index: Index, query: Query, labels: Sequence[int]) -> list[tuple[Span, ...]]:
    """Return for each of some labels what to highlight: each word that matched, or its beginning.

    The words of all labels are compared at once.
    """
    if not labels:
        return []
    laid = index.layout.of(labels)
    rows = np.concatenate(laid)
    qualities = query.tables.take(rows[:, 0], axis=1)
    best = np.maximum.reduce(qualities)
    there = best.nonzero()[0]
    typed = np.zeros(len(there), dtype=np.int64)  # letters of a beginning; 0 for a whole word
    if np.count_nonzero(begun := _ONLY_BEGUN.take(best.take(there))):
        letters = np.array([len(term.text) for term in query.terms])
        typed[begun] = letters.take(qualities[:, there[begun]].argmax(axis=0))
    matched = zip(there.tolist(), rows.take(there, axis=0).tolist(), typed.tolist(), strict=True)
    found: list[list[Span]] = [[] for _ in labels]
    number, first, end = 0, 0, len(laid[0])  # a label, and its rows among all
    for place, (_, start, stop), count in matched:
        while place >= end:
            number += 1
            first, end = end, end + len(laid[number])
        if count and labels[number] in index.layout.uneven:
            word = placed_words(index.labels[labels[number]].text)[place - first]
            found[number].append(word.span(count))
        else:
            found[number].append(Span(start, min(start + count, stop) if count else stop))
    return [tuple(each) for each in found]


def initials(text: str) -> tuple[Span, ...]:
    """Return the first letters of the words of a label that say something; numbers whole."""
    placed = placed_words(text)
    told = told_apart([each.word for each in placed])
    return tuple(
        each.span(None if word.isdigit() else 1)
        for each, word in zip(placed, told, strict=True)
        if word not in STOP_WORDS
    )
