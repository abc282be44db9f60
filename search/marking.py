"""Which letters of a label matched, as ranges of the text as it stands, accents and all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.index import Index
from search.query import Query
from search.stopwords import STOP_WORDS, TOLD_APART, told_apart
from search.term import BEGUN, COMPLETE, MISTYPED
from search.text import Span, marked, placed_words

_WHOLE = 255  # letters: more than any word has

_ONLY_BEGUN = np.zeros(256, dtype=np.bool_)
_ONLY_BEGUN[BEGUN:COMPLETE] = True
_ONLY_BEGUN[[quality for (_, whole), quality in MISTYPED.items() if not whole]] = True


class Marker:
    """Marks what a query found in some labels; the words of all of them are compared at once."""

    def __init__(self, index: Index, query: Query, labels: Sequence[int]) -> None:
        held, _ = index.words_of.gathered(np.array(labels, dtype=np.int32))
        qualities = query.tables.take(held, axis=1)
        best = qualities.max(axis=0)
        typed = np.array([len(term.text) for term in query.terms])[qualities.argmax(axis=0)]
        letters = np.where(_ONLY_BEGUN[best], typed, _WHOLE * (best > 0))
        words = index.vocabulary.words
        self._letters = {
            words[word]: count for word, count in zip(held.tolist(), letters.tolist(), strict=True)
        }
        for letter in TOLD_APART & self._letters.keys():
            plain = letter[0]
            self._letters[plain] = max(self._letters[letter], self._letters.get(plain, 0))

    def initials(self, text: str) -> tuple[Span, ...]:
        """Return the first letters of the words of a label that say something; numbers whole."""
        placed = placed_words(text)
        told = told_apart([each.word for each in placed])
        pairs = zip(placed, told, strict=True)
        return tuple(
            [
                each.span(None if word.isdigit() else 1)
                for each, word in pairs
                if word not in STOP_WORDS
            ]
        )

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return what to highlight in a label: each word that matched, or its beginning."""
        return marked(text, self._letters)
