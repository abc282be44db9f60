"""Autocomplete: the concepts that a few letters mean, best first.

Every word of the query may be a prefix, in any order. Where that finds nothing, words of four
letters and more may hold one typo; where that finds nothing either, words that are nowhere in the
index are passed over. No data base, no lock, no engine syntax: any text is only a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from ontologies.codes import curie, parse_code
from ontologies.concept import Concept, Label
from ontologies.errors import InvalidCode
from search.index import Choice, Index, Numbers
from search.text import Span, placed_words, words

Keys = NDArray[np.int64]

# Bounds on the work that one text can ask for; the longest name has 24 words, 160 letters.
MAX_LETTERS = 500
MAX_WORDS = 16
MAX_DOUBTED = 4
_FUZZY_FROM = 4


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
    """Why a concept is there: the text that matched and where in it.

    ``source`` is the code system of a linked name.
    """

    text: str
    lang: str
    kind: str
    spans: tuple[Span, ...]
    source: str | None = None


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
    text = text[:MAX_LETTERS]
    chosen = _chosen(index, filters)
    code = _code(text)
    hits = {hit.concept.code: hit for hit in _by_code(index, code, lang, chosen)}
    if code is None or text.strip().isdigit():
        # A bare number may stand in a name as well; anything longer means the code only.
        allowed = chosen if filters.include_inactive else _both(chosen, index.active)
        for hit in _by_words(index, text, lang, allowed, limit):
            hits.setdefault(hit.concept.code, hit)
    return list(hits.values())[:limit]


def _code(text: str) -> str | None:
    try:
        return parse_code(text)
    except InvalidCode:
        return None


def _chosen(index: Index, filters: Filters) -> Choice | None:
    """Return the concepts that the filters leave, whatever their status; None for all."""
    chosen = None
    if filters.levels:
        nothing = np.zeros(len(index.concepts), dtype=np.bool_)
        chosen = np.logical_or.reduce([index.levels.get(key, nothing) for key in filters.levels])
    if filters.within is not None or filters.classification is not None:
        hierarchy = index.snapshot.hierarchy(filters.classification)
        codes: Iterable[str] = hierarchy
        if filters.within is not None:
            index.snapshot.concept(filters.within)
            codes = hierarchy.descendants(filters.within)
        inside = np.zeros(len(index.concepts), dtype=np.bool_)
        inside[[index.number_of[code] for code in codes]] = True
        chosen = _both(chosen, inside)
    return chosen


def _both(first: Choice | None, second: Choice) -> Choice:
    return second if first is None else first & second


def _by_code(index: Index, code: str | None, lang: str, chosen: Choice | None) -> Iterator[Hit]:
    """Answer a code, an inactive one too: whoever types it must learn what replaces it."""
    concept = index.snapshot.concepts.get(code) if code else None
    if concept and (chosen is None or chosen[index.number_of[concept.code]]):
        shown = curie(concept.code)
        yield Hit(concept, Match(shown, lang, "code", (Span(0, len(shown)),)), 1.0)


def _by_words(index: Index, text: str, lang: str, allowed: Choice | None, limit: int) -> list[Hit]:
    folded = words(text)
    typed = [_word(index, word) for word in list(dict.fromkeys(folded))[:MAX_WORDS]]
    if not typed:
        return []
    for query in _readings(index, typed):
        found = _labels(index, query, allowed)
        if len(found):
            return _ranked(index, query, found, " ".join(folded), lang, limit)
    return []


def _word(index: Index, text: str) -> _Word:
    """Take a word as typed; without the sign at its end where no label has it."""
    if text[-1] in "+-" and not len(index.with_prefix(text)):
        text = text.rstrip("+-")
    return _Word(text, (text,))


def _readings(index: Index, typed: list[_Word]) -> Iterator[list[_Word]]:
    """Yield the query as typed, then with typos allowed, then without unknown words."""
    yield typed
    # Only words that stand nowhere are doubted, unless every word stands somewhere.
    doubted = [word for word in typed if not len(index.with_prefix(word.text))] or typed
    doubted = sorted(doubted, key=lambda word: -len(word.text))[:MAX_DOUBTED]
    loose = [_with_typos(index, word) if word in doubted else word for word in typed]
    yield loose
    known = [word for word in loose if any(len(index.with_prefix(b)) for b in word.beginnings)]
    if known and len(known) < len(loose):
        yield known


def _with_typos(index: Index, word: _Word) -> _Word:
    """Add the beginnings of words at one typo: a letter wrong, missing, too many, or swapped."""
    length = len(word.text)
    if length < _FUZZY_FROM:
        return word
    found: dict[str, None] = dict.fromkeys(word.beginnings)
    for beginnings in map(index.beginnings, (length, length + 1, length - 1)):
        near = process.extract(
            word.text, beginnings, scorer=OSA.distance, score_cutoff=1, limit=None
        )
        found.update(dict.fromkeys(beginning for beginning, _, _ in near))
    return _Word(word.text, tuple(found))


def _labels(index: Index, query: list[_Word], allowed: Choice | None) -> Numbers:
    """Return the labels that every word of the query fits."""
    slices = sorted((_gathered(index.with_prefix, word) for word in query), key=len)
    found: Numbers = np.unique(slices[0])
    for other in slices[1:]:
        if len(found):
            found = found[_holds(index, other)[found]]
    return found if allowed is None else found[allowed[index.owners[found]]]


def _gathered(postings: Callable[[str], Numbers], word: _Word) -> Numbers:
    if len(word.beginnings) == 1:
        return postings(word.beginnings[0])
    return np.concatenate([postings(beginning) for beginning in word.beginnings])


def _holds(index: Index, labels: Numbers) -> Choice:
    """Turn numbers of labels into a choice among all labels."""
    there = np.zeros(len(index.labels), dtype=np.bool_)
    there[labels] = True
    return there


def _ranked(
    index: Index, query: list[_Word], found: Numbers, folded: str, lang: str, limit: int
) -> list[Hit]:
    """Keep the best label of each concept and return the best concepts."""
    # One number holds the rank and, for equal ranks, the label: the smaller number wins.
    last = len(index.labels) - 1
    keys = _keys(index, query, found, folded, lang) * len(index.labels) + (last - found)
    best = np.full(len(index.concepts), -1, dtype=np.int64)
    np.maximum.at(best, index.owners[found], keys)
    top = np.sort(best[best >= 0])[::-1][: max(limit, 0)]
    hits = []
    for key in top.tolist():
        rank, label = divmod(key, len(index.labels))
        hits.append(_hit(index, last - label, query, rank))
    return hits


def _keys(index: Index, query: list[_Word], found: Numbers, folded: str, lang: str) -> Keys:
    """Return the rank of each label, in bits so that no sum of lower ones beats a higher one.

    The order: the whole label typed, then labels with more words in full, Orphanet's own before
    those of linked terminologies, with no other word, in the language asked for, that start with
    the query; then active before inactive, disorder and subtype before group, preferred term before
    synonym, and the shorter label.
    """
    owners = index.owners[found]
    whole = np.zeros(len(found), dtype=np.int64)
    for word in query:
        whole += _holds(index, _gathered(index.with_word, word))[found]
    keys = _between(found, index.exactly(folded)) << 22
    keys += whole << 17
    keys += (~index.linked[found]).astype(np.int64) << 16
    keys += (whole == index.sizes[found]).astype(np.int64) << 15
    if lang in index.languages:
        keys += index.languages[lang][found].astype(np.int64) << 14
    keys += _between(found, index.starting(folded)) << 13
    keys += index.active[owners].astype(np.int64) << 12
    keys += (~index.levels["group"][owners]).astype(np.int64) << 11
    keys += index.preferred[found].astype(np.int64) << 10
    return keys + np.maximum(1023 - index.lengths[found], 0)


def _between(found: Numbers, numbers: tuple[int, int]) -> Keys:
    return ((found >= numbers[0]) & (found < numbers[1])).astype(np.int64)


def _hit(index: Index, number: int, query: list[_Word], rank: int) -> Hit:
    label: Label = index.labels[number]
    spans = [
        placed.span(matched)
        for placed in placed_words(label.text)
        if (matched := max(each.fits(placed.word) for each in query))
    ]
    match = Match(label.text, label.lang, str(label.kind), tuple(spans), label.source)
    concept = index.concepts[index.owners[number]]
    return Hit(concept, match, round(rank / (1 << 23), 4))
