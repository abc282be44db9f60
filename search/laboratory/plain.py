"""Texts as the judge compares them.

The laboratory folds by itself instead of with ``search.text``: a query set must stay the same,
letter for letter, while the engine that it measures learns to read texts another way.
"""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "ı": "i"})
_WORD = re.compile(r"[^\W_]+(?:\++|-(?![^\W_]))?")


def unaccented(text: str) -> str:
    """Return a text in small letters without accents; apostrophes and hyphens stay.

    >>> unaccented("Syndrome de Sjögren-Larsson")
    'syndrome de sjogren-larsson'
    """
    # Decomposition gives capitals (of ™), small letters give something to decompose (of İ).
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    apart = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def plain_words(text: str) -> list[str]:
    """Return the words of a text, folded; a ``+`` or ``-`` that ends one stays.

    >>> plain_words("Déficit immunitaire T-B+")
    ['deficit', 'immunitaire', 't', 'b+']
    """
    return _WORD.findall(unaccented(text))


def plain(text: str) -> str:
    """Return what makes two names the same name: their folded words in their order."""
    return " ".join(plain_words(text))
