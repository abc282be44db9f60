"""What was typed, word by word, and the words of the index that each may stand for.

Each word is read alone (``search.reading``), then with its neighbours, with which it may be one
word. Every way to read it has a quality: how sure it is that the word in the label is what was
meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.index import Index
from search.numerals import other_glued
from search.reading import (
    LONGEST_GLUED,
    as_typed,
    guessed,
    inflected,
    mistyped,
    parted,
    shortened,
)
from search.stopwords import NAMES_A_TYPE, NEGATIONS, told_apart
from search.term import BEGUN_LAST, EXACT, JOINED, Term
from search.text import words

# Bounds on the work that one text can ask for; the longest name has 24 words, 160 letters.
MAX_LETTERS = 500
MAX_WORDS = 16
MAX_DOUBTED = 4

_LEFT_SHORT = 0.3
_SPLIT_FROM = 6
_MAC = "mac"


class Query(NamedTuple):
    """A text as the index reads it.

    Attributes:
        folded: its folded words, joined by blanks.
        terms: its distinct words, at most MAX_WORDS.
        tables: for each term (row) the quality of every word of the vocabulary, 0 for what it
            does not stand for.
        content: the terms that must be found: those that say something and stand somewhere; all
            where only stop words were typed.
        weights: how much of the query each term says, as much as the word that it stands for most
            surely; half of the most if it is unknown, little if it is a short beginning that was
            left, as SD. Times the highest quality they add up to 1.
        starting: the labels that start with it, see ``Index.starting``.
        negated: it denies something itself.
        capitals: typed in capitals, as acronyms are.
    """

    folded: str
    terms: tuple[Term, ...]
    tables: NDArray[np.uint8]
    content: tuple[int, ...]
    weights: NDArray[np.float32]
    starting: tuple[int, int, int]
    negated: bool
    capitals: bool

    @property
    def signed(self) -> bool:
        """Whether a sign was typed that means something: ALK+."""
        return "+" in self.folded or "-" in self.folded

    @classmethod
    def of(cls, index: Index, folded: list[str], terms: Iterable[Term], *, capitals: bool) -> Query:
        few = tuple(terms)[:MAX_WORDS]
        tables = np.zeros((len(few), len(index.vocabulary)), dtype=np.uint8)
        known: list[int] = []
        for number, term in enumerate(few):
            if term.known:
                known.append(number)
            if term.neighbours:
                tables[number, term.words[0] : term.words[-1] + 1] = term.qualities
            else:  # of a word given twice the last one stays
                tables[number, term.words] = term.qualities
        telling = [number for number in known if _tells(index, few[number])]
        only_stop_words = not telling and not any(term.content for term in few)
        text = " ".join(folded)
        return cls(
            text,
            few,
            tables,
            tuple(known if only_stop_words else telling),
            _weights(index, few),
            index.starting(text),
            not NEGATIONS.isdisjoint(folded),
            capitals,
        )


def _tells(index: Index, term: Term) -> bool:
    """Whether it must be found: no small word, nor one mistyped or left half typed: « maladi de
    marfan ».
    """
    if term.whole is not None or term.last:
        return term.content
    return bool(index.content[term.surest])


def _weights(index: Index, terms: Sequence[Term]) -> NDArray[np.float32]:
    weights = [_weight(index, term) for term in terms]
    total = EXACT * sum(weights) or 1.0  # in an index without words nothing says anything
    return np.array([weight / total for weight in weights], dtype=np.float32)


def _weight(index: Index, term: Term) -> float:
    if term.whole is not None:
        return float(index.weights[term.whole])
    if not term.known:
        return index.most_telling / 2
    weight = float(index.weights[term.surest])
    return weight * _LEFT_SHORT if term.left_short else weight


def read(index: Index, text: str) -> Query:
    """Read a text; words that stand nowhere in the index are read with typos."""
    folded = list(_plain_signs(index, words(text[:MAX_LETTERS])))
    typed = list(dict.fromkeys(told_apart(folded)))[:MAX_WORDS]
    # What ends with a letter is still being typed.
    terms = [as_typed(index, word, last=n == len(typed) - 1) for n, word in enumerate(typed)]
    terms = _joined(index, terms)
    read_anew: list[Term] = []
    for term in terms:
        if not term.known:
            read_anew += guessed(index, term)
        elif _in_ours(index, term):
            read_anew.append(term)
        else:  # what only other terminologies write so may be a typo in them as well
            read_anew.append(mistyped(index, term, beginnings=False))
    if not any(term.known for term in read_anew):
        read_anew = [shortened(index, term) for term in read_anew]
    return Query.of(index, folded, read_anew, capitals=text.isupper())


def _in_ours(index: Index, term: Term) -> bool:
    """Whether names of Orphanet itself have what it may stand for."""
    if term.whole is not None and index.ours[term.whole]:
        return True
    return bool(index.ours.take(term.words).any())


def doubted(index: Index, query: Query, places: list[int]) -> Query:
    """Read words that were found as typed in another way: each with another ending, and those at
    some places, the longest of them, with typos.
    """
    doubtful = sorted(places, key=lambda place: -len(query.terms[place].text))[:MAX_DOUBTED]
    terms = list(query.terms)
    for place in query.content:
        terms[place] = parted(index, inflected(index, terms[place]))
        if place in doubtful:
            terms[place] = mistyped(index, terms[place])
    return Query.of(index, query.folded.split(), terms, capitals=query.capitals)


def _plain_signs(index: Index, folded: list[str]) -> Iterator[str]:
    """Take the sign at the end of a word away where no label has it: it was typed for another."""
    for word in folded:
        if word[-1] in "+-":
            first, end = index.vocabulary.starting(word)
            yield word if first < end else word.rstrip("+-")
        else:
            yield word


def _joined(index: Index, terms: list[Term]) -> list[Term]:
    """Let neighbours stand for the word that they make together: ``neuro fibromatose``, ``NF 1``,
    ``NF type 1``.
    """
    found = list(terms)
    apart = [n for n, term in enumerate(terms) if term.text not in NAMES_A_TYPE]
    texts = [terms[place].text for place in apart]
    for size in (2, 3):
        for start in range(len(apart) - size + 1):
            together = "".join(texts[start : start + size])
            places = apart[start : start + size]
            number = _together(index, together)
            ends = start + size == len(apart)
            if number is not None and (len(together) > size or together[0].isdigit()):
                whole = index.vocabulary.numbers[number : number + 1]
                for place in places:
                    found[place] = found[place].surely(whole, JOINED)
            elif size == 2 and ends and len(together) >= _SPLIT_FROM:
                first, end = index.vocabulary.starting(together)
                if first < end:
                    longer = index.vocabulary.numbers[first:end]
                    for place in places:
                        found[place] = found[place].also(longer, BEGUN_LAST)
    return found


def _together(index: Index, text: str) -> int | None:
    """The number of a word, of an acronym with its number in the other form, of Mac for Mc."""
    known = index.vocabulary.number_of
    number = known.get(text)
    if number is None and len(text) <= LONGEST_GLUED and (other := other_glued(text)):
        number = known.get(other)
    if number is None and text.startswith(_MAC):
        number = known.get(text.replace("a", "", 1))
    return number
