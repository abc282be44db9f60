"""The coders' full-text search, on Whoosh.

``building.build`` writes the index of a release into a folder, ``FullText`` opens and asks it.
Whoosh itself is imported by those who build or open only: it would slow every start.
"""

from search.fulltext.fields import FRENCH_NAMES, VALUES, Kind
from search.fulltext.highlighting import Highlight
from search.fulltext.layout import FORMAT
from search.fulltext.searching import Found, FullText, FullTextHit, Only, Sort
from search.fulltext.tokens import InvalidQuery

__all__ = [
    "FORMAT",
    "FRENCH_NAMES",
    "VALUES",
    "Found",
    "FullText",
    "FullTextHit",
    "Highlight",
    "InvalidQuery",
    "Kind",
    "Only",
    "Sort",
]
