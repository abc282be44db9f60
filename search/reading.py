"""One word of a query: the words of the index that it may stand for.

It stands for itself, for the words that it begins, for the same number in another form; where that
is not what was meant, for those that sound alike or are a typo or two away, for those with another
ending, or for the two words that it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

import numpy as np

from search.index import ACRONYM, Index
from search.lists import Numbers
from search.neighbours import MAX_TYPOS
from search.numerals import greek, other_glued, same_number, unglued, unlettered
from search.sound import sound
from search.stopwords import STOP_WORDS
from search.term import (
    EXACT,
    FUZZY_FROM,
    INFLECTED,
    MISTYPED,
    PLURAL,
    SAME_NUMBER,
    SHORTENED,
    SLIP,
    TWICE_FROM,
    Qualities,
    Term,
    begun,
)
from search.vocabulary import Near

LONGEST_GLUED = 9  # letters: MPS III A
_ITSELF: Qualities = np.array([EXACT], dtype=np.uint8)
_ITSELF.setflags(write=False)
_MAY_BE_NUMBERED = re.compile("[a-z]*[0-9ivx]+[a-z]?[0-9]?")
_NO_DIGIT = re.compile("[^0-9]+")
_PIECE, _STEM = 3, 5
_PLURALS, _PLURAL_FROM = "sx", 5
_PARTICLES = re.compile("(?:dela|de|du|della|vander|van|von)([a-z]{4,})")
_LONG, _ENDING = 7, 3


def as_typed(index: Index, word: str, *, last: bool) -> Term:
    """Take a word as typed: whole, the beginning of others, a number in another form."""
    vocabulary = index.vocabulary
    term = _begun(index, word, last=last)
    if term.whole is None and term.known and len(word) >= FUZZY_FROM:
        alike = vocabulary.sounds.same(sound(word))
        term = term.also(alike, MISTYPED[0, True]) if len(alike) else term
    if len(word) >= _PLURAL_FROM:
        term = _of_either_number(index, term)
    if len(word) > 1 and (len(word) > LONGEST_GLUED or not _MAY_BE_NUMBERED.fullmatch(word)):
        return term
    forms = (same_number(word), other_glued(word), greek(word))
    same = [vocabulary.number_of[each] for each in forms if each in vocabulary.number_of]
    return term.surely(np.array(same, dtype=np.int64), SAME_NUMBER) if same else term


def _begun(index: Index, word: str, *, last: bool) -> Term:
    """Take a word for itself and for those that it begins."""
    vocabulary = index.vocabulary
    whole = vocabulary.number_of.get(word)
    first, end = vocabulary.starting(word)
    if whole is None:
        numbers = vocabulary.numbers[first:end]
        lengths = vocabulary.lengths[first:end]
        return Term(word, numbers, begun(len(word), lengths, last=last), last, first < end)
    if not last and (len(word) == 1 or word in STOP_WORDS):
        end = first + 1  # a letter or a small word is itself here, not the beginning of others
    numbers = vocabulary.numbers[first:end]
    if end == first + 1:
        return Term(word, numbers, _ITSELF, last, neighbours=True, whole=whole)
    qualities = begun(len(word), vocabulary.lengths[first:end], last=last)
    qualities[0] = EXACT  # the first of those that it begins is the word itself
    neighbours = True
    if word[-1].isdigit():  # type 1 is not the beginning of type 12
        digits, letters = vocabulary.with_digits(word)
        others = (numbers < digits) | (numbers >= letters)
        neighbours = digits == letters
        numbers, qualities = numbers[others], qualities[others]
    return Term(word, numbers, qualities, last, neighbours, whole)


def _of_either_number(index: Index, term: Term) -> Term:
    """Let a singular stand for its plural and the other way round."""
    other = term.text[:-1] if term.text[-1] in _PLURALS else f"{term.text}s"
    number = index.vocabulary.number_of.get(other)
    if number is None:
        return term
    if term.neighbours and term.words[0] <= number <= term.words[-1]:  # it is begun already
        term.qualities[number - term.words[0]] = PLURAL
        return term
    return term.surely(index.vocabulary.numbers[number : number + 1], PLURAL)


def guessed(index: Index, term: Term) -> Iterator[Term]:
    """Read a word that stands nowhere: with typos, else as an acronym and its number, else as two
    words; as it is where all of that fails.
    """
    if parts := unglued(term.text):
        pieces = [as_typed(index, part, last=term.last) for part in parts]
        if all(each.known for each in pieces):
            yield from pieces
            return
    if pair := index.compounds.get(term.text):
        yield as_typed(index, pair[0], last=False)
        yield as_typed(index, pair[1], last=term.last)
        return
    if (glued := _PARTICLES.fullmatch(term.text)) and glued[1] in index.vocabulary.number_of:
        yield as_typed(index, glued[1], last=term.last)
        return
    alike = mistyped(index, term, most=1)
    if alike.known:
        yield alike
    elif pieces := _split(index, term):
        yield from pieces
    else:
        yield mistyped(index, term, least=MAX_TYPOS)


def mistyped(
    index: Index, term: Term, *, least: int = 1, most: int = MAX_TYPOS, beginnings: bool = True
) -> Term:
    """Add the words that sound alike or are one typo away; two, where there is no such word.

    Args:
        beginnings: the words that only begin so as well.
    """
    heard = sound(term.text.rstrip("+-"))
    if len(heard) < FUZZY_FROM or heard.isdigit():
        return term
    most = min(most, 1 if len(heard) < TWICE_FROM else MAX_TYPOS)
    for typos in range(least, most + 1):
        near = index.vocabulary.sounds.near(heard, typos)
        if not beginnings or (not term.last and any(each.whole for each in near)):
            near = [each for each in near if each.whole]
        if near and (found := _likely(index, term.text, heard, near)):
            return term.before(*found)
    return term


def _likely(
    index: Index, text: str, heard: str, near: list[Near]
) -> tuple[Numbers, Qualities] | None:
    """Lay words that resemble a text end to end, the best last, without acronyms at a typo and with
    the same digits: of two acronyms one letter apart neither is the other mistyped, nor is DYT1
    DYT2.
    """
    pairs = [(MISTYPED[each.typos, each.whole] + SLIP * each.slip, each) for each in near]
    pairs.sort(key=itemgetter(0))
    sizes = [len(each.words) for _, each in pairs]
    words = np.concatenate([each.words for _, each in pairs])
    qualities = np.array([sure for sure, _ in pairs], dtype=np.uint8).repeat(sizes)
    digits = _NO_DIGIT.sub("", text)
    if not digits and len(heard) > ACRONYM + MAX_TYPOS:  # too long to be an acronym's neighbour
        return words, qualities
    typos = np.array([each.typos for _, each in pairs]).repeat(sizes)
    kept = (typos == 0) | ~index.acronyms.take(words)
    if digits:
        spelt = [index.vocabulary.words[word] for word in words.tolist()]
        kept &= np.array([_NO_DIGIT.sub("", word) == digits for word in spelt])
    return (words[kept], qualities[kept]) if kept.any() else None


def _split(index: Index, term: Term) -> list[Term]:
    """Return the two words that were typed as one, the longest first word of those that are."""
    known = index.vocabulary.number_of
    for cut in range(len(term.text) - 1, _PIECE - 1, -1):
        before, after = term.text[:cut], term.text[cut:]
        if before in known and (after in known or (term.last and len(after) >= _PIECE)):
            pieces = [as_typed(index, before, last=False), as_typed(index, after, last=term.last)]
            if all(each.known for each in pieces):
                return pieces
    return []


def inflected(index: Index, term: Term) -> Term:
    """Add the words that differ in their ending: plural, feminine, of the other language; for the
    number of a type with a letter the number alone.
    """
    if (number := unlettered(term.text)) and number in index.vocabulary.number_of:
        return term.also(np.array([index.vocabulary.number_of[number]], np.int64), INFLECTED)
    cut = len(term.text) - (_ENDING if len(term.text) >= _LONG else 1)
    if cut < FUZZY_FROM or not term.text.isalpha():
        return term
    first, end = index.vocabulary.starting(term.text[:cut])
    return term.also(index.vocabulary.numbers[first:end], INFLECTED)


def parted(index: Index, term: Term) -> Term:
    """Add the rarer of two words that were typed as one, though together they are a word as well:
    ``postaxiale`` for ``post-axiale``.
    """
    known = index.vocabulary.number_of
    pieces = [(term.text[:cut], term.text[cut:]) for cut in range(_PIECE, len(term.text) - 2)]
    found = [pair for pair in pieces if pair[0] in known and pair[1] in known]
    rarer = [max(pair, key=lambda word: float(index.weights[known[word]])) for pair in found]
    if not rarer:
        return term
    return term.also(np.array([known[word] for word in rarer], dtype=np.int64), INFLECTED)


def shortened(index: Index, term: Term) -> Term:
    """Take a word that stands nowhere for those that begin as most of it does: better than silence
    where nothing else was typed. ``mitochondriopathie`` for mitochondriale.
    """
    for cut in range(len(term.text) - 1, max(_STEM, len(term.text) * 3 // 5) - 1, -1):
        first, end = index.vocabulary.starting(term.text[:cut])
        if first < end:
            return term.also(index.vocabulary.numbers[first:end], SHORTENED)
    return term
