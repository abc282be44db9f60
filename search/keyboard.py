"""Slips of the finger on a French keyboard: a key beside the right one, two letters swapped."""

from __future__ import annotations

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")


def _beside() -> dict[str, frozenset[str]]:
    """From each key to those around it, also in the rows above and below."""
    places = {key: (x, y) for y, row in enumerate(_ROWS) for x, key in enumerate(row)}
    return {
        key: frozenset(
            other
            for other, (i, j) in places.items()
            if other != key and abs(i - x) <= 1 and abs(j - y) <= 1
        )
        for key, (x, y) in places.items()
    }


_BESIDE = _beside()
_NONE: frozenset[str] = frozenset()


def is_slip(typed: str, meant: str) -> bool:
    """Tell whether two words that are one typo apart are a slip of the finger apart.

    >>> is_slip("marfzn", "marfan"), is_slip("mrafan", "marfan"), is_slip("murfan", "marfan")
    (True, True, False)
    """
    if len(typed) != len(meant):
        return False
    pairs = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
    return len(pairs) == 2 or (len(pairs) == 1 and pairs[0][1] in _BESIDE.get(pairs[0][0], _NONE))
