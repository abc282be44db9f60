"""Wildcards: from ``cardio*`` or ``h?mophilie`` to the words of the vocabulary, within bounds.

No text of a user becomes a regular expression. A pattern must begin with a letter, so that only
the part of the sorted vocabulary that begins alike is looked at.
"""

from __future__ import annotations

import re

from ontologies.errors import Message
from search.fulltext.language import Leaf
from search.fulltext.postings import Postings
from search.fulltext.tokens import InvalidQuery
from search.text import fold

MOST_EXPANSIONS = 500
MOST_EXPANSIONS_IN_ALL = 1500
MOST_WORDS_LOOKED_AT = 20_000
LONGEST_PATTERN = 100

_WORD = re.compile(r"(?:[^\W_]|[*?])+(?:\++|-(?![^\W_*?]))?")


def is_pattern(text: str) -> bool:
    return "*" in text or "?" in text


def pattern_words(text: str) -> list[str]:
    """Return the folded words of a text, wildcards kept.

    >>> pattern_words("Œdème*"), pattern_words("ehlers-dan*")
    (['oedeme*'], ['ehlers', 'dan*'])
    """
    return _WORD.findall(fold(text))


def fits(pattern: str, text: str) -> bool:
    """Tell whether a text is of a pattern, in time proportional to both lengths.

    >>> fits("h*mat?me", "hematome"), fits("h*mat?me", "hematomes")
    (True, False)
    """
    place = at = 0
    star, resumed = -1, 0
    while at < len(text):
        if place < len(pattern) and pattern[place] in ("?", text[at]):
            place, at = place + 1, at + 1
        elif place < len(pattern) and pattern[place] == "*":
            star, resumed = place, at
            place += 1
        elif star >= 0:
            place, resumed = star + 1, resumed + 1
            at = resumed
        else:
            return False
    return pattern[place:].strip("*") == ""


class Expander:
    """Expands the patterns of one query; the bounds are those of the whole query."""

    def __init__(self, postings: Postings, query: str) -> None:
        self._postings = postings
        self._query = query
        self._expansions = 0
        self._looked_at = 0

    def expand(self, field: str, pattern: str, leaf: Leaf, *, beginning: str = "") -> list[str]:
        """Return the terms of a field that are of a pattern.

        Args:
            beginning: what all terms that are meant begin with, left out of the pattern.

        Raises:
            InvalidQuery: the pattern begins with a wildcard, or too many terms are of it.
        """
        prefix = re.split(r"[*?]", pattern, maxsplit=1)[0]
        if not prefix:
            raise InvalidQuery(
                self._query,
                leaf.place,
                Message(
                    "un mot ne commence pas par * ou ? ; donner d'abord une lettre au moins.",
                    "a word does not begin with * or ?; give at least one letter first.",
                ),
            )
        if len(pattern) > LONGEST_PATTERN:
            self._too_wide(leaf)
        near = self._postings.starting(field, beginning + prefix)
        simple = pattern == prefix + "*"
        self._looked_at += 0 if simple else len(near)
        if (simple and len(near) > MOST_EXPANSIONS) or self._looked_at > MOST_WORDS_LOOKED_AT:
            self._too_wide(leaf)
        whole = beginning + pattern
        found = list(near) if simple else [each for each in near if fits(whole, each)]
        self._expansions += len(found)
        if len(found) > MOST_EXPANSIONS or self._expansions > MOST_EXPANSIONS_IN_ALL:
            self._too_wide(leaf)
        return found

    def _too_wide(self, leaf: Leaf) -> None:
        raise InvalidQuery(
            self._query,
            leaf.place,
            Message(
                f"trop large : ce mot en vaut plus de {MOST_EXPANSIONS} (ou la requête plus de "
                f"{MOST_EXPANSIONS_IN_ALL} en tout) ; donner plus de lettres.",
                f"too wide: this word stands for more than {MOST_EXPANSIONS} words (or the query "
                f"for more than {MOST_EXPANSIONS_IN_ALL} in all); give more letters.",
            ),
        )
