"""Fold and split texts, the same way for the index and for the query.

Case, accents, ligatures, apostrophes and hyphens go. A ``+`` glued to a word stays, and so does a
``-`` that ends one, because they carry meaning: ALK+ is not ALK-.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# Letters that have no decomposition, and invisible characters that copied texts bring along.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
)
_GREEK = (
    "α:alpha β:beta γ:gamma δ:delta ε:epsilon ζ:zeta η:eta θ:theta ι:iota κ:kappa λ:lambda μ:mu"
    " ν:nu ξ:xi ο:omicron π:pi ρ:rho σ:sigma ς:sigma τ:tau υ:upsilon φ:phi χ:chi ψ:psi ω:omega"
)
_LETTERS |= {ord(pair[0]): pair[2:] for pair in _GREEK.split()}
_KEPT = 4096
# Texts of which each letter is folded to one letter, as nearly all names are.
_EVEN = re.compile("[\x00-\x7fÀ-ÅÇ-ÏÑ-ÖÙ-Ýà-åç-ïñ-öù-ýÿ’]*")
_HYPHENATED = re.compile(r"(?<![^\W_])([^\W\d_]{3,})-(?=([^\W\d_]{3,}))")
_WORD = re.compile(r"[^\W_]+(?:\++|-(?![^\W_]))?")


class Span(NamedTuple):
    """A range of characters in the original text, end excluded."""

    start: int
    end: int


class PlacedWord(NamedTuple):
    """A folded word, where it starts in the folded text, and where that text's letters come from:
    the range of each letter in the original; None where each comes from the letter at its place.
    """

    word: str
    start: int
    origins: Sequence[Span] | None

    def span(self, letters: int | None = None) -> Span:
        """Return the place of the word, or of its first ``letters`` folded letters."""
        end = self.start + min(len(self.word), letters or len(self.word))
        if self.origins is None:
            return Span(self.start, end)
        return Span(self.origins[self.start].start, self.origins[end - 1].end)


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that works out a character when it first comes up."""

    def __missing__(self, character: int) -> str:
        folded = _fold_letter(chr(character))
        if len(self) < _KEPT:
            self[character] = folded
        return folded


def _fold_letter(letter: str) -> str:
    folded = letter
    # Decomposition may bring back capitals and ligatures (™ gives TM), hence twice.
    for _ in range(2):
        folded = unicodedata.normalize("NFKD", folded.casefold().translate(_LETTERS))
    return "".join([each for each in folded if not unicodedata.combining(each)])


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return a text without case, accents and ligatures; other characters stay.

    >>> fold("Œdème de Quincke-Ménière")
    'oedeme de quincke-meniere'
    """
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def words(text: str) -> list[str]:
    """Return the folded words of a text.

    >>> words("Lymphome ALK+ de l'adulte")
    ['lymphome', 'alk+', 'de', 'l', 'adulte']
    """
    return _WORD.findall(fold(text))


def hyphenated(text: str) -> list[tuple[str, str]]:
    """Return the folded words on both sides of each hyphen, where each has three letters or more.

    >>> hyphenated("Fente labio-alvéolo-palatine"), hyphenated("T-B+")
    ([('labio', 'alveolo'), ('alveolo', 'palatine')], [])
    """
    return _HYPHENATED.findall(fold(text)) if "-" in text else []


def placed_words(text: str) -> list[PlacedWord]:
    """Return the folded words of a text, each with its place in the original.

    >>> [placed.span(3) for placed in placed_words("l'Œdème")]
    [Span(start=0, end=1), Span(start=2, end=4)]
    """
    even = text.isascii() or _EVEN.fullmatch(text)
    origins = None if even else _origins(text)
    return [
        PlacedWord(found.group(), found.start(), origins) for found in _WORD.finditer(fold(text))
    ]


def _origins(text: str) -> list[Span]:
    """Return for each letter of the folded text the range that it comes from."""
    origins: list[Span] = []
    for place, letter in enumerate(text):
        piece = _FOLDING[ord(letter)]
        origins.extend([Span(place, place + 1)] * len(piece))
        if origins and not piece:
            # An accent written as a character of its own belongs to the letter before it.
            origins[-1] = Span(origins[-1].start, place + 1)
    return origins
