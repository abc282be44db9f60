"""A word of a query: the words of the index that it may stand for, and how surely."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.lists import Numbers
from search.stopwords import STOP_WORDS

Qualities = NDArray[np.uint8]

# How sure it is that a word of a label is what was meant, of 255.
EXACT, SAME_NUMBER, JOINED = 255, 250, 245
PLURAL = 243
COMPLETE = 240
BEGUN, BEGUN_LAST, PER_LETTERS = 160, 185, 50  # the whole word would add PER_LETTERS
TYPED = 160
HEARD = 145
MISTYPED = {(0, True): 150, (1, True): 130, (2, True): 95, (0, False): 135, (1, False): 105}
MISTYPED[2, False] = 70
SLIP = 10
INFLECTED = 140
SHORTENED = 60

# Below four letters too many words are one letter apart; two typos want a longer word.
FUZZY_FROM, TWICE_FROM = 4, 7

_LONGEST = 60  # letters of a word; the longest has 37


def _qualities_of_beginnings() -> NDArray[np.uint8]:
    """The quality of a beginning, by whether it is still being typed, by the letters typed, and by
    the letters of the word.
    """
    typed, whole = np.ogrid[0 : _LONGEST + 1, 0 : _LONGEST + 1]
    share = PER_LETTERS * np.minimum(typed, whole) // np.maximum(whole, 1)
    return np.stack((BEGUN + share, BEGUN_LAST + share)).astype(np.uint8)


_BEGUN = _qualities_of_beginnings()


def begun(letters: int, lengths: NDArray[np.int64], *, last: bool) -> Qualities:
    """How sure words of some lengths are meant by a beginning of so many letters."""
    qualities: Qualities = _BEGUN[int(last), min(letters, _LONGEST)].take(lengths)
    return qualities


class Term(NamedTuple):
    """A word of the query and the words of the vocabulary that it may stand for.

    Attributes:
        words: their numbers; one may stand twice, the last counts.
        qualities: how sure each is; aligned.
        last: it is still being typed.
        neighbours: the words are neighbours in the vocabulary, in its order.
        whole: the number of the word itself, None where no label has it.
    """

    text: str
    words: Numbers
    qualities: Qualities
    last: bool = False
    neighbours: bool = False
    whole: int | None = None

    @property
    def known(self) -> bool:
        return len(self.words) > 0

    @property
    def content(self) -> bool:
        return self.text not in STOP_WORDS

    @property
    def surest(self) -> int:
        """The word that it stands for most surely."""
        return int(self.words[self.qualities.argmax()])

    @property
    def left_short(self) -> bool:
        """Whether it is a beginning of a few letters that other words follow."""
        if self.last or self.whole is not None or len(self.text) >= FUZZY_FROM:
            return False
        return int(self.qualities.max()) < COMPLETE

    def also(self, words: Numbers, quality: int) -> Term:
        """Return the term with further words, which count where they were not known."""
        return self.before(words, np.full(len(words), quality, dtype=np.uint8))

    def before(self, words: Numbers, qualities: Qualities) -> Term:
        """As ``also``, each word with its own quality."""
        return self._with((words, self.words), (qualities, self.qualities))

    def surely(self, words: Numbers, quality: int) -> Term:
        """Return the term with further words, which count more than those it begins."""
        qualities = np.full(len(words), quality, dtype=np.uint8)
        return self._with((self.words, words), (self.qualities, qualities))

    def _with(self, words: tuple[Numbers, ...], qualities: tuple[Qualities, ...]) -> Term:
        """The term with its words laid end to end; they are no neighbours any more."""
        every = np.concatenate(words), np.concatenate(qualities)
        return Term(self.text, *every, self.last, whole=self.whole)
