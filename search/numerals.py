"""Numbers of types in every form: ``IIa`` is ``2a``, ``CMT2A`` is ``CMT 2A``."""

from __future__ import annotations

import re

_UNITS = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
_ROMANS = [*_UNITS[1:], *("x" + unit for unit in _UNITS), "xx"]
_ARABIC = {roman: str(number) for number, roman in enumerate(_ROMANS, start=1)}
_ROMAN = {arabic: roman for roman, arabic in _ARABIC.items()}

_ARMS = "pq"
_GREEK = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta"}

# A number of a type and what is glued to it: 2, 2a, 2a2; iii, iiib.
_ARABIC_SUFFIX = re.compile(r"([1-9][0-9]?)([a-z]?[0-9]?)")
_ROMAN_SUFFIX = re.compile(r"([ivx]{1,5})([a-h]?[0-9]?)")
_GLUED = re.compile(r"([a-z]{2,})([1-9][0-9]?[a-z]?[0-9]?)")
_GLUED_ROMAN = re.compile(r"([a-z]{2,5}?)([ivx]{1,5}|[ivx]{2,5}[a-h])")


def same_number(word: str) -> str | None:
    """Return the other way to write the number of a type; None for what is none.

    >>> [same_number(each) for each in ("3", "iii", "2a2", "iia", "via", "12q", "marfan", "x")]
    ['iii', '3', 'iia2', '2a', '6a', None, None, None]
    """
    if word in ("x", "10") or word[-1] in _ARMS:  # chromosomes, far more often than types
        return None
    if found := _ARABIC_SUFFIX.fullmatch(word):
        roman = _ROMAN.get(found[1])
        return roman + found[2] if roman else None
    if (found := _ROMAN_SUFFIX.fullmatch(word)) and found[1] in _ARABIC:
        return _ARABIC[found[1]] + found[2]
    return None


def greek(letter: str) -> str | None:
    """Return the Greek letter that a Latin one is typed for: ``b thalassemie``."""
    return _GREEK.get(letter)


def unglued(word: str) -> tuple[str, str] | None:
    """Return an acronym and the number glued to it.

    >>> unglued("cmt2a"), unglued("type2"), unglued("marfan"), unglued("22q11")
    (('cmt', '2a'), ('type', '2'), None, None)
    """
    found = _GLUED.fullmatch(word)
    return (found[1], found[2]) if found else None


def other_glued(word: str) -> str | None:
    """Return an acronym with its glued number in the other form.

    >>> other_glued("mps3a"), other_glued("mpsiiia"), other_glued("marfan")
    ('mpsiiia', 'mps3a', None)
    """
    if parts := unglued(word):
        other = same_number(parts[1])
        return parts[0] + other if other else None
    if found := _GLUED_ROMAN.fullmatch(word):
        other = same_number(found[2])
        return found[1] + other if other else None
    return None


def unlettered(word: str) -> str | None:
    """Return the number of a type without the letter behind it, in digits.

    >>> unlettered("2a"), unlettered("iib"), unlettered("2"), unlettered("marfan")
    ('2', '2', None, None)
    """
    arabic = word if word[0].isdigit() else same_number(word)
    found = _ARABIC_SUFFIX.fullmatch(arabic) if arabic else None
    return found[1] if found and found[2] else None
