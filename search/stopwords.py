"""Words that say little in names of diseases, in French and English.

Not ``non``, which is typed to turn the sense around; ``sans`` and ``without`` are mere links more
often, and deny nonetheless what stands behind them (``denied``).
"""

from collections.abc import Sequence

_FRENCH = """
    a' ai au aux avec ce chez d' dans de des du elle en entre et il l' la le les leur lie liee liees
    lies ou par pour s' sa sans ses son sous sur un une
    der den van von
    affection anomalie association associe associee associees associes autre autres cause causee
    causees forme formes maladie maladies mie rare rares sd sdr synd syndrome syndromes trouble
    troubles type types
"""
_ENGLISH = """
    an and are as at by due for from in is its of on or the to with without
    associated caused disease diseases disorder disorders form other related
"""

STOP_WORDS = frozenset((_FRENCH + _ENGLISH).split())

_BEFORE, _BEHIND = frozenset(["like"]), frozenset(["non", "sans", "not", "without"])
NEGATIONS = _BEFORE | _BEHIND
"""Words that turn the sense around of those before or behind them."""
_OR = frozenset(["ou", "or"])
_DENIED = 2  # words

# Letters that are words of their own (à, d', l', 's) where they do not name a type.
_LETTERS = frozenset("adls")
NAMES_A_TYPE = frozenset(["type", "types", "groupe", "group", "forme", "form", "classe", "class"])


def told_apart(words: Sequence[str]) -> list[str]:
    """Mark letters that are small words with an apostrophe; those that name a type are not: the
    last word, and that of « type A ».

    >>> told_apart(["vitamine", "a"]), told_apart(["atrophie", "a", "debut", "type", "d", "2"])
    (['vitamine', 'a'], ['atrophie', "a'", 'debut', 'type', 'd', '2'])
    """
    if _LETTERS.isdisjoint(words):
        return list(words)
    last = len(words) - 1
    before = ("", *words)
    return [
        f"{word}'"
        if word in _LETTERS and place < last and before[place] not in NAMES_A_TYPE
        else word
        for place, word in enumerate(words)
    ]


def denied(words: Sequence[str]) -> list[str]:
    """Return the words of a name that it denies: the next that say something behind ``non``, the
    one before ``like``; none where it leaves the choice.

    >>> denied("lymphome non hodgkinien a cellules b".split()), denied(["rett", "like"])
    (['hodgkinien', 'cellules'], ['rett'])
    >>> denied("fente labiale avec ou sans fente palatine".split())
    []
    """
    found: list[str] = []
    for place, word in enumerate(words):
        if word in _BEHIND and words[max(place - 1, 0)] not in _OR:
            told = [each for each in words[place + 1 :] if each not in STOP_WORDS and len(each) > 1]
            found += told[:_DENIED]
        elif word in _BEFORE:
            found += words[place - 1 : place]
    return found
