"""Fold and split texts, the same way for the index and for the query.

Case, accents, ligatures, apostrophes and hyphens go. A ``+`` glued to a word stays, and so does a
``-`` that ends one, because they carry meaning: ALK+ is not ALK-.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_WORD = re.compile(r"[^\W_]+(?:\++|-(?![^\W_]))?")


class Span(NamedTuple):
    """A range of characters in the original text, end excluded."""

    start: int
    end: int


def fold(text: str) -> str:
    """Return a text without case, accents and ligatures; other characters stay.

    >>> fold("Œdème de Quincke-Ménière")
    'oedeme de quincke-meniere'
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    # Decomposition may bring back capitals and ligatures (™ gives TM).
    folded = unicodedata.normalize("NFKD", folded.casefold().translate(_LIGATURES))
    return "".join([letter for letter in folded if not unicodedata.combining(letter)])


def words(text: str) -> list[str]:
    """Return the folded words of a text.

    >>> words("Lymphome ALK+ de l'adulte")
    ['lymphome', 'alk+', 'de', 'l', 'adulte']
    """
    return _WORD.findall(fold(text))


def placed_words(text: str) -> list[tuple[str, Span]]:
    """Return the folded words of a text, each with its place in the original."""
    folded: list[str] = []
    origins: list[int] = []
    for place, letter in enumerate(text):
        piece = _folded_letter(letter)
        folded.append(piece)
        origins.extend([place] * len(piece))
    return [
        (found.group(), Span(origins[found.start()], origins[found.end() - 1] + 1))
        for found in _WORD.finditer("".join(folded))
    ]


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> str:
    return fold(letter)
