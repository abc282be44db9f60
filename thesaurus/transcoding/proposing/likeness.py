"""How alike two names are, by their words: 0 for nothing in common, 1 for the same words.

Words that say little in names count for nothing, rare words more than common ones. Words that are
spelt alike count in part, the beginning of a word as well; numbers of types must be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

from rapidfuzz.distance import OSA

from ontologies.concept import Label, LabelKind
from search.index import Index
from search.numerals import same_number, unglued
from search.stopwords import STOP_WORDS, denied, told_apart
from search.text import words

_LEAST_ALIKE = 0.75
_OTHER_NUMBER = 0.5
_OTHERWISE_DENIED = 0.75
_BEGINNING, _OF_A_SHORT_BEGINNING, _OF_A_BEGINNING = 4, 0.6, 0.8
_UNKNOWN_WORD = 0.7  # of the weight of the rarest one
_IN_FRENCH = 1.001  # shown of names that are as much alike
_KEPT, _KEPT_ENTITIES = 5_000, 3_000
# Little words for a search, but « surdité rare » and « autre surdité » are not « surdité ».
_QUALIFY = """
    rare rares autre autres other related associe associee associees associes associated
"""
_TELL_APART = frozenset(_QUALIFY.split())
_LITTLE = STOP_WORDS - _TELL_APART
_MISSPELT = sorted(word for word in _LITTLE if len(word) >= 4)
_OF_OWN = 1.08  # a name of Orphanet itself before one lent by another terminology


class Said(NamedTuple):
    """The words of a name that say something, each with how much it tells; those it denies."""

    words: dict[str, float]
    weight: float
    denied: frozenset[str]


class Likeness:
    """Compares names by the words of one index.

    Args:
        index: whose labels say how rare each word is.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._names: dict[str, tuple[tuple[Said, Label], ...]] = {}
        self._told: dict[str, Said] = {}

    def said(self, text: str) -> Said:
        """Return the words of a name that say something; all words where none does."""
        every = words(text)
        folded = [each for word in told_apart(every) for each in _parts(word)]
        telling = [each for each in folded if each not in _LITTLE and not self._misspelt(each)]
        found = {word: self._weight(word) for word in telling or folded}
        return Said(found, sum(found.values()), frozenset(denied(every)))

    def between(self, one: str, other: str) -> float:
        """How alike two names are, 0 to 1."""
        return alike(self.said(one), self.said(other))

    def best(self, text: str, code: str, langs: Iterable[str] = ()) -> tuple[float, Label | None]:
        """Return how alike a name is to the names of an entity: the most alike, and which it is.

        Args:
            langs: only names in these languages, where there are any.
        """
        return self.best_of((text,), code, langs)

    def best_of(
        self, texts: Iterable[str], code: str, langs: Iterable[str] = ()
    ) -> tuple[float, Label | None]:
        """The same, of several names the one that is the most alike."""
        asked = [self._remembered(text) for text in texts]
        names = self._names_of(code)
        chosen = [each for each in names if each[1].lang in frozenset(langs)] or names
        found: tuple[float, Label | None] = (0.0, None)
        best = 0.0
        for told in asked:
            for said, label in chosen:
                likeness = alike(told, said)
                valued = likeness * (1 if label.kind is LabelKind.LINKED else _OF_OWN)
                valued *= _IN_FRENCH if label.lang == "fr" else 1
                if valued > best:
                    best, found = valued, (likeness, label)
        return found

    def _remembered(self, text: str) -> Said:
        if text not in self._told:
            if len(self._told) >= _KEPT:
                self._told.clear()
            self._told[text] = self.said(text)
        return self._told[text]

    def _names_of(self, code: str) -> Sequence[tuple[Said, Label]]:
        """The names of an entity, those of older releases and other terminologies as well."""
        found = self._names.get(code)
        if found is None:
            number = self._index.number_of.get(code)
            labels = [] if number is None else _labels(self._index, number)
            found = tuple((self.said(label.text), label) for label in labels)
            if len(self._names) >= _KEPT_ENTITIES:
                self._names.clear()
            self._names[code] = found
        return found

    def _weight(self, word: str) -> float:
        number = self._index.vocabulary.number_of.get(word)
        if number is None and (other := same_number(word)):
            number = self._index.vocabulary.number_of.get(other)
        if number is None or word in _TELL_APART:
            return self._index.most_telling * _UNKNOWN_WORD
        return float(self._index.weights[number])

    def _misspelt(self, word: str) -> bool:
        """Tell whether an unknown word is one that says little, misspelt: ``sindrome``."""
        if len(word) < 4 or word in self._index.vocabulary.number_of or not word.isalpha():
            return False
        most = 1 if len(word) < 6 else 2
        return any(
            abs(len(each) - len(word)) <= most
            and OSA.distance(word, each, score_cutoff=most) <= most
            for each in _MISSPELT
        )


def _labels(index: Index, concept: int) -> list[Label]:
    borne = index.names_of(inactive=True).between(concept, concept + 1)
    return [index.labels[number] for number in borne.tolist()]


def _parts(word: str) -> tuple[str, ...]:
    """A word as it is compared: numbers of types in digits, and apart from an acronym."""
    if parts := unglued(word):
        return (parts[0], *_parts(parts[1]))
    arabic = same_number(word)
    return (arabic,) if arabic and arabic[0].isdigit() else (word,)


def alike(one: Said, other: Said) -> float:
    """How alike two names are, 0 to 1: the share of their weight that they have in common."""
    total = one.weight + other.weight
    if not total:
        return 0.0
    mine = {word: weight for word, weight in one.words.items() if word not in other.words}
    theirs = {word: weight for word, weight in other.words.items() if word not in one.words}
    common = total - sum(mine.values()) - sum(theirs.values())
    if mine and theirs:
        common += _nearly(mine, theirs)
        if any(map(_is_number, mine)) and any(map(_is_number, theirs)):
            common *= _OTHER_NUMBER
    if one.denied != other.denied:
        common *= _OTHERWISE_DENIED
    return min(common / total, 1.0)


def _nearly(mine: dict[str, float], theirs: dict[str, float]) -> float:
    """The weight of words that are spelt nearly the same, each with one other at most."""
    pairs = [
        (similarity, word, other)
        for word in mine
        for other in theirs
        if (similarity := _similarity(word, other))
    ]
    common = 0.0
    taken: set[str] = set()
    for similarity, word, other in sorted(pairs, reverse=True):
        if word not in taken and other not in taken:
            taken |= {word, other}
            common += similarity * (mine[word] + theirs[other])
    return common


def _similarity(word: str, other: str) -> float:
    short, long = sorted((word, other), key=len)
    if len(short) < 3 or not (short.isalpha() and long.isalpha()):
        return 0.0
    if len(short) >= _BEGINNING and long.startswith(short):
        least = _OF_A_SHORT_BEGINNING if len(short) == _BEGINNING else _OF_A_BEGINNING
        return max(least, len(short) / len(long))
    if len(short) / len(long) < _LEAST_ALIKE:
        return 0.0
    return OSA.normalized_similarity(word, other, score_cutoff=_LEAST_ALIKE)


def _is_number(word: str) -> bool:
    return word[0].isdigit() or len(word) == 1


_OPEN: WeakKeyDictionary[Index, Likeness] = WeakKeyDictionary()
_MAKING = Lock()


def likeness(index: Index) -> Likeness:
    """Return what compares names by the words of an index; forgotten with it."""
    with _MAKING:
        found = _OPEN.get(index)
        if found is None:
            found = _OPEN[index] = Likeness(index)
        return found
