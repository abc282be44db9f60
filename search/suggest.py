"""Autocomplete: the concepts that a few letters mean, best first.

Every word of the query may be a prefix, in any order. Where that finds nothing, words of four
letters and more may hold one typo; where that finds nothing either, words that are nowhere in the
index are passed over. No data base, no lock, no engine syntax: any text is only a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ontologies.codes import curie, parse_code
from ontologies.concept import Concept, Label
from ontologies.errors import InvalidCode
from search.index import Index, Numbers
from search.text import Span, placed_words, words

MAX_WORDS = 16
_FUZZY_FROM = 4
# Ranked one by one after a first cut by numbers alone.
_SHORTLIST = 200
_NOWHERE = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be found.

    Attributes:
        levels: keys of levels (``group``, ``disorder``, ``subtype``); empty means all.
        within: only concepts below this code.
        classification: only concepts of this classification.
        include_inactive: also entities that are not for new coding. A code that is typed in full
            is always answered, whatever its status.
    """

    levels: frozenset[str] = frozenset()
    within: str | None = None
    classification: str | None = None
    include_inactive: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Why a concept is there: the text that matched and where in it."""

    text: str
    lang: str
    kind: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    concept: Concept
    match: Match
    score: float


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query and the beginnings of words that it stands for."""

    text: str
    beginnings: tuple[str, ...]

    def fits(self, word: str) -> int:
        """Return how many letters of a label's word it matches, 0 where it does not."""
        return max((len(each) for each in self.beginnings if word.startswith(each)), default=0)


def suggest(
    index: Index, text: str, *, lang: str = "fr", limit: int = 10, filters: Filters = Filters()
) -> list[Hit]:
    """Return at most ``limit`` concepts for what was typed, best first, one hit per concept.

    Raises:
        UnknownCode, UnknownClassification: a filter names what the release does not have.
    """
    allowed = _allowed(index, filters)
    code = _code(text)
    hits = {hit.concept.code: hit for hit in _by_code(index, code, lang, filters)}
    if code is None or text.strip().isdigit():
        # A bare number may stand in a name as well; anything longer means the code only.
        for hit in _by_words(index, text, lang, allowed, limit):
            hits.setdefault(hit.concept.code, hit)
    return list(hits.values())[:limit]


def _code(text: str) -> str | None:
    try:
        return parse_code(text)
    except InvalidCode:
        return None


def _allowed(index: Index, filters: Filters) -> NDArray[np.bool_] | None:
    """Return which concepts may be found, None for all."""
    allowed = None if filters.include_inactive else index.active
    if filters.levels:
        fits = [bool(each.level and each.level.key in filters.levels) for each in index.concepts]
        allowed = _both(allowed, np.array(fits))
    if filters.within is not None or filters.classification is not None:
        hierarchy = index.snapshot.hierarchy(filters.classification)
        codes: Iterable[str] = hierarchy
        if filters.within is not None:
            index.snapshot.concept(filters.within)
            codes = hierarchy.descendants(filters.within)
        inside = np.zeros(len(index.concepts), dtype=bool)
        inside[[index.number_of[code] for code in codes]] = True
        allowed = _both(allowed, inside)
    return allowed


def _both(first: NDArray[np.bool_] | None, second: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return second if first is None else first & second


def _by_code(index: Index, code: str | None, lang: str, filters: Filters) -> Iterator[Hit]:
    concept = index.snapshot.concepts.get(code) if code else None
    if concept is None:
        return
    # An inactive code is answered all the same: whoever types it must learn what replaces it.
    allowed = _allowed(index, replace(filters, include_inactive=True))
    if allowed is None or allowed[index.number_of[concept.code]]:
        shown = curie(concept.code)
        yield Hit(concept, Match(shown, lang, "code", (Span(0, len(shown)),)), 1.0)


def _word(index: Index, text: str) -> _Word:
    """Take a word as typed; without the sign at its end where no label has it."""
    if not len(index.with_prefix(text)) and text[-1] in "+-":
        text = text.rstrip("+-")
    return _Word(text, (text,))


def _by_words(
    index: Index, text: str, lang: str, allowed: NDArray[np.bool_] | None, limit: int
) -> list[Hit]:
    typed = [_word(index, word) for word in words(text)[:MAX_WORDS]]
    if not typed:
        return []
    for query in _readings(index, typed):
        found = _labels(index, query, allowed)
        if len(found):
            return _ranked(index, query, found, " ".join(words(text)), lang, limit)
    return []


def _readings(index: Index, typed: list[_Word]) -> Iterator[list[_Word]]:
    """Yield the query as typed, then with typos allowed, then without unknown words."""
    yield typed
    missing = [not len(index.with_prefix(word.text)) for word in typed]
    # Only words that stand nowhere are doubted, unless every word stands somewhere.
    doubted = missing if any(missing) else [True] * len(typed)
    loose = [
        _with_typos(index, word) if doubt else word
        for word, doubt in zip(typed, doubted, strict=True)
    ]
    yield loose
    known = [word for word in loose if any(len(index.with_prefix(b)) for b in word.beginnings)]
    if known and len(known) < len(loose):
        yield known


def _with_typos(index: Index, word: _Word) -> _Word:
    """Add the beginnings of words at one typo: a letter wrong, missing, too many, or swapped."""
    if len(word.text) < _FUZZY_FROM:
        return word
    found: dict[str, None] = dict.fromkeys(word.beginnings)
    for length in (len(word.text), len(word.text) + 1, len(word.text) - 1):
        near = process.extract(
            word.text,
            index.beginnings(length),
            scorer=OSA.distance,
            score_cutoff=1,
            limit=None,
        )
        found.update(dict.fromkeys(beginning for beginning, _, _ in near))
    return _Word(word.text, tuple(found))


def _labels(index: Index, query: list[_Word], allowed: NDArray[np.bool_] | None) -> Numbers:
    """Return the labels that every word of the query fits."""
    slices = [_postings(index, word) for word in query]
    slices.sort(key=len)
    found: Numbers = np.unique(slices[0])
    for other in slices[1:]:
        if not len(found):
            return _NOWHERE
        there = np.zeros(len(index.labels), dtype=bool)
        there[other] = True
        found = found[there[found]]
    return found if allowed is None else found[allowed[index.owners[found]]]


def _postings(index: Index, word: _Word) -> Numbers:
    if len(word.beginnings) == 1:
        return index.with_prefix(word.beginnings[0])
    return np.concatenate([index.with_prefix(beginning) for beginning in word.beginnings])


def _ranked(
    index: Index, query: list[_Word], found: Numbers, folded: str, lang: str, limit: int
) -> list[Hit]:
    """Order labels and keep the best one of each concept.

    The order: the whole label typed, then labels with more words in full, in the language asked
    for, that start with the query; then active before inactive, disorder and subtype before group,
    preferred term before synonym, and the shorter label.
    """
    owners = index.owners[found]
    exact = np.isin(found, np.array(index.exact.get(folded, ()), dtype=np.int32))
    # Weights are powers of two in this order, so that no sum of lower ones beats a higher one.
    key = exact.astype(np.int64) << 20
    key += _whole_words(index, query, found) << 15
    key += index.languages(lang)[found].astype(np.int64) << 14
    key += index.active[owners].astype(np.int64) << 12
    key += (~index.groups[owners]).astype(np.int64) << 11
    key += index.preferred[found].astype(np.int64) << 10
    key -= np.minimum(index.lengths[found], 1000)
    best = np.argsort(-key, kind="stable")[:_SHORTLIST]
    shortlist = sorted(
        (
            (-int(key[n]) - (index.folded[found[n]].startswith(folded) << 13), int(found[n]))
            for n in best
        ),
    )
    hits: dict[int, Hit] = {}
    for minus, label in shortlist:
        owner = int(index.owners[label])
        if owner not in hits:
            hits[owner] = _hit(index, owner, index.labels[label], query, -minus)
            if len(hits) == limit:
                break
    return list(hits.values())


def _whole_words(index: Index, query: list[_Word], found: Numbers) -> NDArray[np.int64]:
    """Count for each label the words of the query that it holds in full."""
    total = np.zeros(len(found), dtype=np.int64)
    for word in query:
        there = np.zeros(len(index.labels), dtype=bool)
        there[index.with_word(word.text)] = True
        total += there[found]
    return total


def _hit(index: Index, owner: int, label: Label, query: list[_Word], key: int) -> Hit:
    spans = [
        Span(span.start, min(span.end, span.start + matched))
        for word, span in placed_words(label.text)
        if (matched := max(each.fits(word) for each in query))
    ]
    match = Match(label.text, label.lang, str(label.kind), tuple(spans))
    return Hit(index.concepts[owner], match, round(min(key / (1 << 21), 1.0), 4))
