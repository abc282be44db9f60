"""How the index is laid out: what the one who writes it and the one who reads it agree on.

An occurrence of a word is a number of 32 bits::

    kind 2 | language 4 | words of the name 6 | position in the document 20
"""

from __future__ import annotations

from ontologies.systems import CodeSystems, Coding

FORMAT = 3
"""Raised when the index is laid out otherwise: those of other numbers are built anew."""
ABOUT = "about.json"
FREQUENT = 200
MOST_LANGUAGES = 16
LONGEST_NAME = 63
POSITION_BITS = 20
LENGTH_SHIFT = POSITION_BITS
LANGUAGE_SHIFT = LENGTH_SHIFT + 6
KIND_SHIFT = LANGUAGE_SHIFT + 4


def mark_of(where: int, length: int) -> int:
    """Return the upper bits of an occurrence: ``where`` is kind * 16 + language."""
    return where << LANGUAGE_SHIFT | min(length, LONGEST_NAME) << LENGTH_SHIFT


def local_code(systems: CodeSystems, coding: Coding) -> str:
    """Return a code as the index keeps it: in capitals, without the prefix of its system."""
    system = systems.get(coding.system)
    local = coding.code.removeprefix(f"{system.prefix}:") if system.whole else coding.code
    return local.upper()
