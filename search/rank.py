"""Which label answers a query best.

The order, the first difference decides:

1. **How it matches** (``Tier``): the whole label typed, a preferred term before a synonym; the same
   words in another order or with other stop words; the whole of a name from elsewhere; all words of
   the query in full; all, some as beginnings; its letters as the initials of a name; all, some as
   they sound; all, some with typos; all, but spread over the names of one concept; only some.
2. Active before inactive.
3. **How well** (``text``): how much of the label was typed, how much of the query is in it and how
   surely, whether the label starts with it, and a little whether it is in the language asked for.
4. The language asked for; Orphanet's own names before linked and former ones.
5. Disorder, then subtype, then group.
6. **Usage**: how often the code was chosen here, in steps that double.
7. Preferred term before synonym; the concept that has subtypes: of names alike the general one is
   meant.
8. The shorter label; then the alphabet, so that the same question always has the same answer.

Every part is some bits of one number, so that no sum of lower ones beats a higher one, and
``parts`` gives them back (``?explain=1``). docs/ranking.md has examples.
"""

from __future__ import annotations

from typing import NamedTuple


class Tier:
    """How a label matches, the best last.

    Plain numbers: numpy compares an array with them five times as fast as with an ``IntEnum``.
    """

    SOME_WORDS = 1
    ACROSS_NAMES = 2
    FUZZY = 3
    SOUNDS = 4
    INITIALS = 5
    BEGINNINGS = 6
    ALL_WORDS = 7
    EXACT_ELSEWHERE = 8
    SAME_WORDS = 9
    EXACT_SYNONYM = 10
    EXACT_PREFERRED = 11


TIERS = {value: name.lower() for name, value in vars(Tier).items() if name.isupper()}
"""The name of each tier."""


class Part(NamedTuple):
    name: str
    bits: int


PARTS = (
    Part("tier", 4),
    Part("active", 1),
    Part("text", 6),
    Part("language", 1),
    Part("own", 1),
    Part("level", 2),
    Part("usage", 5),
    Part("preferred", 1),
    Part("subtypes", 1),
    Part("brevity", 8),
)
BITS = sum(part.bits for part in PARTS)
MOST_USED = (1 << 5) - 1
SHIFT = {
    part.name: sum(lower.bits for lower in PARTS[place + 1 :]) for place, part in enumerate(PARTS)
}


def score(key: int) -> float:
    """Return a rank as a number from 0 to 1; its first decimal is the tier."""
    return round(key / (len(TIERS) + 1 << SHIFT["tier"]), 4)


def tier(key: int) -> int:
    """Return how the label matches, see ``Tier``."""
    return key >> SHIFT["tier"]


def in_language(key: int) -> bool:
    """Tell whether the label is in the language asked for."""
    return bool(key >> SHIFT["language"] & 1)


def parts(key: int) -> dict[str, int]:
    """Return what a rank is made of, by name.

    >>> parts((9 << BITS - 4) + 200)["tier"], parts((9 << BITS - 4) + 200)["brevity"]
    (9, 200)
    """
    found: dict[str, int] = {}
    for part in reversed(PARTS):
        found[part.name] = key & ((1 << part.bits) - 1)
        key >>= part.bits
    return dict(reversed(found.items()))
