"""Which letters of a label matched, as ranges of the text as it stands, accents and all."""

from __future__ import annotations

from search.index import Index
from search.query import Query
from search.term import BEGUN, COMPLETE, MISTYPED
from search.text import Span, marked

_BEGUN_MISTYPED = {quality for (_, whole), quality in MISTYPED.items() if not whole}


class Marker:
    """Marks what a query found; the words of its answers, mostly the same, are looked up once."""

    def __init__(self, index: Index, query: Query) -> None:
        self._number_of = index.vocabulary.number_of
        self._query = query
        self._letters: dict[str, int] = {}

    def spans(self, text: str) -> tuple[Span, ...]:
        """Return what to highlight in a label: each word that matched, or its beginning."""
        return marked(text, self._matched)

    def _matched(self, word: str) -> int:
        letters = self._letters.get(word)
        if letters is None:
            letters = self._letters[word] = self._compared(word)
        return letters

    def _compared(self, word: str) -> int:
        """How many letters of a word the query stands for, 0 where it does not."""
        known = (self._number_of.get(each) for each in (word, f"{word}'"))
        numbers = [number for number in known if number is not None]
        if not numbers:
            return 0
        qualities = self._query.tables[:, numbers].max(axis=1).tolist()
        quality = max(qualities)
        if quality in _BEGUN_MISTYPED or BEGUN <= quality < COMPLETE:
            return min(len(self._query.terms[qualities.index(quality)].text), len(word))
        return len(word) if quality else 0
