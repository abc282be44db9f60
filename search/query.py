"""What was typed, word by word, and the words of the index that each may stand for.

A word of the query stands for itself, for the words that it begins, for the same number in another
form, for what it makes with the word beside it; a word that stands nowhere, for those that sound
alike or are a typo or two away, or for the two words that it was made of. Every way has a quality:
how sure it is that the word in the label is what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search.index import Index
from search.lists import Numbers
from search.neighbours import MAX_TYPOS
from search.numerals import greek, other_glued, same_number, unglued, unlettered
from search.sound import sound
from search.stopwords import NAMES_A_TYPE, NEGATIONS, STOP_WORDS, told_apart
from search.term import (
    BEGUN_LAST,
    EXACT,
    FUZZY_FROM,
    INFLECTED,
    JOINED,
    MISTYPED,
    SAME_NUMBER,
    SLIP,
    TWICE_FROM,
    Qualities,
    Term,
    begun,
)
from search.text import words
from search.vocabulary import Near

# Bounds on the work that one text can ask for; the longest name has 24 words, 160 letters.
MAX_LETTERS = 500
MAX_WORDS = 16
MAX_DOUBTED = 4

_MAY_BE_NUMBERED = re.compile("[a-z]*[0-9ivx]+[a-z]?[0-9]?")
_NO_DIGIT = re.compile("[^0-9]+")
_SPLIT_FROM, _PIECE = 6, 3
_MAC = "mac"
_LONG, _ENDING = 7, 3
_LONGEST_GLUED, _LONGEST_OF_THREE = 9, 9  # letters: MPS III A


@dataclass(frozen=True, slots=True)
class Query:
    """A text as the index reads it.

    Attributes:
        folded: its folded words, joined by blanks.
        terms: its distinct words, at most MAX_WORDS.
        tables: for each term (row) the quality of every word of the vocabulary, 0 for what it
            does not stand for.
        content: the terms that must be found: those that say something and stand somewhere; all
            where only stop words were typed.
    """

    folded: str
    terms: tuple[Term, ...]
    tables: NDArray[np.uint8]
    content: tuple[int, ...]

    @property
    def negated(self) -> bool:
        return any(term.text in NEGATIONS for term in self.terms)

    @classmethod
    def of(cls, index: Index, folded: str, terms: Iterable[Term]) -> Query:
        few = tuple(terms)[:MAX_WORDS]
        tables = np.zeros((len(few), len(index.vocabulary)), dtype=np.uint8)
        for table, term in zip(tables, few, strict=True):
            table[term.words] = term.qualities  # of a word given twice the last, better one stays
        known = [n for n, term in enumerate(few) if term.known]
        telling = tuple(n for n in known if few[n].content)
        only_stop_words = not any(term.content for term in few)
        return cls(folded, few, tables, tuple(known) if only_stop_words else telling)


def read(index: Index, text: str) -> Query:
    """Read a text; words that stand nowhere in the index are read with typos."""
    folded = list(_plain_signs(index, words(text[:MAX_LETTERS])))
    pieces = [piece for word in folded for piece in index.compounds.get(word, (word,))]
    typed = list(dict.fromkeys(told_apart(pieces)))[:MAX_WORDS]
    # What ends with a letter is still being typed.
    terms = [_term(index, word, last=n == len(typed) - 1) for n, word in enumerate(typed)]
    terms = _joined(index, terms)
    read_anew: list[Term] = []
    for term in terms:
        read_anew += [term] if term.known else _guessed(index, term)
    return Query.of(index, " ".join(folded), read_anew)


def doubted(index: Index, query: Query, places: list[int]) -> Query:
    """Read words that were found as typed in another way: each with another ending, and those at
    some places, the longest of them, with typos.
    """
    mistyped = sorted(places, key=lambda place: -len(query.terms[place].text))[:MAX_DOUBTED]
    terms = list(query.terms)
    for place in query.content:
        if place in mistyped:
            terms[place] = _mistyped(index, terms[place])
        terms[place] = _parted(index, _inflected(index, terms[place]))
    return Query.of(index, query.folded, terms)


def _inflected(index: Index, term: Term) -> Term:
    """Add the words that differ in their ending: plural, feminine, of the other language; for the
    number of a type with a letter the number alone.
    """
    if (number := unlettered(term.text)) and number in index.vocabulary.number_of:
        return term.also([np.array([index.vocabulary.number_of[number]], np.int32)], INFLECTED)
    cut = len(term.text) - (_ENDING if len(term.text) >= _LONG else 1)
    if cut < FUZZY_FROM or not term.text.isalpha():
        return term
    first, end = index.vocabulary.starting(term.text[:cut])
    return term.also([np.arange(first, end, dtype=np.int32)], INFLECTED)


def _parted(index: Index, term: Term) -> Term:
    """Add the rarer of two words that were typed as one, though together they are a word as well:
    ``postaxiale`` for ``post-axiale``.
    """
    known = index.vocabulary.number_of
    pieces = [(term.text[:cut], term.text[cut:]) for cut in range(_PIECE, len(term.text) - 2)]
    found = [pair for pair in pieces if pair[0] in known and pair[1] in known]
    rarer = [max(pair, key=lambda word: float(index.weights[known[word]])) for pair in found]
    if not rarer:
        return term
    return term.also([np.array([known[word] for word in rarer], dtype=np.int32)], INFLECTED)


def _plain_signs(index: Index, folded: list[str]) -> Iterator[str]:
    """Take the sign at the end of a word away where no label has it: it was typed for another."""
    for word in folded:
        if word[-1] in "+-":
            first, end = index.vocabulary.starting(word)
            yield word if first < end else word.rstrip("+-")
        else:
            yield word


def _term(index: Index, word: str, *, last: bool) -> Term:
    """Take a word as typed: whole, the beginning of others, a number in another form."""
    vocabulary = index.vocabulary
    first, end = vocabulary.starting(word)
    whole = vocabulary.number_of.get(word)
    if whole is not None and not last and (len(word) == 1 or word in STOP_WORDS):
        end = first + 1  # a letter or a small word is itself here, not the beginning of others
    numbers = np.arange(first, end, dtype=np.int32)
    if whole is not None and word[-1].isdigit():  # type 1 is not the beginning of type 12
        numbers = numbers[(numbers == first) | (numbers >= vocabulary.after_digits(word))]
    qualities = begun(len(word), vocabulary.lengths[numbers], last=last)
    if whole is not None:
        qualities[0] = EXACT  # the first of those that it begins is the word itself
    term = Term(word, numbers, qualities, last, neighbours=first < end == first + len(numbers))
    if whole is None and len(word) >= FUZZY_FROM and first < end:
        alike = vocabulary.sounds.same(sound(word))
        term = term.also([alike], MISTYPED[0, True]) if len(alike) else term
    if len(word) > 1 and (len(word) > _LONGEST_GLUED or not _MAY_BE_NUMBERED.fullmatch(word)):
        return term
    others = (same_number(word), other_glued(word), greek(word))
    same = [vocabulary.number_of[each] for each in others if each in vocabulary.number_of]
    return _surely(term, same, SAME_NUMBER) if same else term


def _surely(term: Term, numbers: list[int] | Numbers, quality: int) -> Term:
    """Return the term with further words that count more than those it begins."""
    found = np.asarray(numbers, dtype=np.int32)
    exact = term.qualities == EXACT
    added = np.full(len(found), quality, dtype=np.uint8)
    return replace(
        term,
        neighbours=False,
        words=np.concatenate((term.words[~exact], found, term.words[exact])),
        qualities=np.concatenate((term.qualities[~exact], added, term.qualities[exact])),
    )


def _joined(index: Index, terms: list[Term]) -> list[Term]:
    """Let neighbours stand for the word that they make together: ``neuro fibromatose``, ``NF 1``,
    ``NF type 1``.
    """
    found = list(terms)
    apart = [n for n, term in enumerate(terms) if term.text not in NAMES_A_TYPE]
    for size in (2, 3):
        for start in range(len(apart) - size + 1):
            places = apart[start : start + size]
            together = "".join(terms[place].text for place in places)
            if size == 3 and len(together) > _LONGEST_OF_THREE:
                continue
            number = _together(index, together)
            ends = start + size == len(apart)
            if number is not None and (len(together) > size or together[0].isdigit()):
                for place in places:
                    found[place] = _surely(found[place], [number], JOINED)
            elif size == 2 and ends and len(together) >= _SPLIT_FROM:
                first, end = index.vocabulary.starting(together)
                if first < end:
                    longer = [np.arange(first, end, dtype=np.int32)]
                    for place in places:
                        found[place] = found[place].also(longer, BEGUN_LAST)
    return found


def _together(index: Index, text: str) -> int | None:
    """The number of a word, of an acronym with its number in the other form, of Mac for Mc."""
    known = index.vocabulary.number_of
    number = known.get(text)
    if number is None and len(text) <= _LONGEST_GLUED and (other := other_glued(text)):
        number = known.get(other)
    if number is None and text.startswith(_MAC):
        number = known.get(text.replace("a", "", 1))
    return number


def _guessed(index: Index, term: Term) -> Iterator[Term]:
    """Read a word that stands nowhere: with typos, else as an acronym and its number, else as two
    words; as it is where all of that fails.
    """
    if parts := unglued(term.text):
        pieces = [_term(index, part, last=term.last) for part in parts]
        if all(each.known for each in pieces):
            yield from pieces
            return
    mistyped = _mistyped(index, term, most=1)
    if mistyped.known:
        yield mistyped
    elif pieces := _split(index, term):
        yield from pieces
    else:
        yield _mistyped(index, term, least=MAX_TYPOS)


def _mistyped(index: Index, term: Term, *, least: int = 1, most: int = MAX_TYPOS) -> Term:
    """Add the words that sound alike or are one typo away; two, where there is no such word."""
    heard = sound(term.text.rstrip("+-"))
    if len(heard) < FUZZY_FROM or heard.isdigit():
        return term
    most = min(most, 1 if len(heard) < TWICE_FROM else MAX_TYPOS)
    for typos in range(least, most + 1):
        near = list(index.vocabulary.sounds.near(heard, typos))
        if any(each.whole for each in near) and not term.last:
            near = [each for each in near if each.whole]
        if near and (found := _likely(index, term.text, near)):
            words, qualities = found
            return replace(
                term,
                neighbours=False,
                words=np.concatenate((words, term.words)),
                qualities=np.concatenate((qualities, term.qualities)),
            )
    return term


def _likely(index: Index, text: str, near: list[Near]) -> tuple[Numbers, Qualities] | None:
    """Lay words that resemble a text end to end, the best last, without acronyms at a typo and with
    the same digits: of two acronyms one letter apart neither is the other mistyped, nor is DYT1
    DYT2.
    """
    sure = [MISTYPED[each.typos, each.whole] + SLIP * each.slip for each in near]
    order = sorted(range(len(near)), key=sure.__getitem__)
    sizes = [len(near[place].words) for place in order]
    words = np.concatenate([near[place].words for place in order])
    qualities = np.repeat(np.array(sure, dtype=np.uint8)[order], sizes)
    typos = np.repeat(np.array([near[place].typos for place in order]), sizes)
    kept = (typos == 0) | ~index.acronyms[words]
    if digits := _NO_DIGIT.sub("", text):
        spelt = [index.vocabulary.words[word] for word in words.tolist()]
        kept &= np.array([_NO_DIGIT.sub("", word) == digits for word in spelt])
    return (words[kept], qualities[kept]) if kept.any() else None


def _split(index: Index, term: Term) -> list[Term]:
    """Return the two words that were typed as one, the longest first word of those that are."""
    known = index.vocabulary.number_of
    for cut in range(len(term.text) - 1, _PIECE - 1, -1):
        before, after = term.text[:cut], term.text[cut:]
        if before in known and (after in known or (term.last and len(after) >= _PIECE)):
            pieces = [_term(index, before, last=False), _term(index, after, last=term.last)]
            if all(each.known for each in pieces):
                return pieces
    return []
