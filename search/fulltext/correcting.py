"""Did you mean: a query that finds nothing, its unknown words replaced by the nearest known ones.

Only words change; fields, operators, brackets and phrases stay as they were written. A word that
is a code of another system gets the field of that system: ``FBN1`` becomes ``gene:FBN1``.
"""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.fulltext.language import Leaf, Node, leaves
from search.fulltext.meaning import Meaning
from search.fulltext.postings import Postings
from search.text import PlacedWord, placed_words

_MOST_WORDS = 6
_FEWEST_LETTERS = 4  # any three letters are at one typo from some word
_MOST_LETTERS = 40
_CANDIDATES = 20


def corrected(query: str, node: Node, postings: Postings, meaning: Meaning) -> str | None:
    """Return the query with its unknown words replaced; None where there is nothing to replace."""
    changes: list[tuple[int, int, str]] = []
    tried = 0
    for leaf, negated in leaves(node):
        field = meaning.text_field(leaf)
        if field is None or negated or leaf.is_pattern or not leaf.demanded:
            continue
        if system := meaning.field_of_code(leaf):
            changes.append((leaf.place.start, leaf.place.start, f"{system}:"))
            continue
        for placed in placed_words(leaf.text):
            if tried == _MOST_WORDS or not _is_unknown(placed.word, field, postings):
                continue
            tried += 1
            if word := _nearest(placed.word, field, postings):
                changes.append((*_place(leaf, placed), word))
    text = query
    for start, end, word in reversed(changes):
        text = f"{text[:start]}{word}{text[end:]}"
    return text if changes else None


def _place(leaf: Leaf, placed: PlacedWord) -> tuple[int, int]:
    span = placed.span()
    return leaf.place.start + span.start, leaf.place.start + span.end


def _is_unknown(word: str, field: str, postings: Postings) -> bool:
    """Tell whether a word may be mistyped. Numbers and codes (E84, FBN1) are not guessed."""
    guessed = _FEWEST_LETTERS <= len(word) <= _MOST_LETTERS and not any(map(str.isdigit, word))
    return guessed and not len(postings.of(field, word).marks)


def _nearest(word: str, field: str, postings: Postings) -> str | None:
    """Return the known word at the fewest typos: of these that of most documents, then the first.

    Typos are letters that are wrong, missing, too many or swapped: one in short words, two from
    six letters on.
    """
    most = 1 if len(word) < 6 else 2
    near = process.extract(
        word,
        postings.vocabularies[field],
        scorer=OSA.distance,
        score_cutoff=most,
        limit=_CANDIDATES,
    )
    return min(
        (each for each, *_ in near),
        key=lambda each: (OSA.distance(word, each), -postings.count(field, each), each),
        default=None,
    )
