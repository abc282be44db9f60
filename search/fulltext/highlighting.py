"""Where the words of a query stand in the names and definitions of a hit.

Spans are ranges of characters of the text as it is served, so nothing needs to be marked up in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ontologies.concept import Concept, Label, LabelKind
from search.fulltext.fields import Kind
from search.fulltext.matching import Sought
from search.text import Span, placed_words, words

MOST_HIGHLIGHTS = 5
_KINDS = {
    LabelKind.PREFERRED: Kind.LABEL,
    LabelKind.SYNONYM: Kind.SYNONYM,
    LabelKind.LINKED: Kind.LINKED,
}


@dataclass(frozen=True, slots=True)
class Highlight:
    """A text of a hit with the ranges that match, end excluded.

    Attributes:
        source: the code system that a linked name comes from.
    """

    field: Kind
    lang: str
    text: str
    spans: tuple[Span, ...]
    source: str | None = None


class Highlighter:
    """Finds what a query matched in the texts of a concept.

    Args:
        sought: the words and phrases of the query, without those that are excluded.
        lang: of two texts of one kind that match equally, this language comes first.
    """

    def __init__(self, sought: Iterable[Sought], lang: str) -> None:
        self._lang = lang
        self._words: set[str] = set()
        self._starting: defaultdict[str, list[Sought]] = defaultdict(list)
        for each in dict.fromkeys(sought):
            self._words.update(word for step in each.steps for word in step)
            for word in each.steps[0]:
                self._starting[word].append(each)

    def of(self, concept: Concept, linked: Sequence[Label]) -> list[Highlight]:
        """The best texts, most words first: preferred terms, then synonyms, linked names and
        definitions.
        """
        found = []
        for order, (kind, lang, text, source) in enumerate(_texts(concept, linked)):
            shared = len(self._words.intersection(words(text)))
            if shared:
                rank = (-shared, kind, lang != self._lang, order)
                found.append((rank, kind, lang, text, source))
        shown: dict[str, Highlight] = {}
        for _, kind, lang, text, source in sorted(found, key=lambda each: each[0]):
            if len(shown) == MOST_HIGHLIGHTS:
                break
            if text not in shown and (spans := self._spans(kind, lang, text)):
                shown[text] = Highlight(kind, lang, text, spans, source)
        return list(shown.values())

    def _spans(self, kind: Kind, lang: str, text: str) -> tuple[Span, ...]:
        folded = words(text)
        hit: set[int] = set()
        for start, word in enumerate(folded):
            for each in self._starting.get(word, ()):
                if kind in each.kinds and each.lang in (None, lang):
                    hit.update(_in_a_row(folded, start, each.steps))
        placed = placed_words(text) if hit else []
        return tuple(placed[number].span() for number in sorted(hit))


def _texts(
    concept: Concept, linked: Sequence[Label]
) -> Iterator[tuple[Kind, str, str, str | None]]:
    for label in (*concept.labels, *linked):
        yield _KINDS[label.kind], label.lang, label.text, label.source
    for lang, text in concept.definitions:
        yield Kind.DEFINITION, lang, text, None


def _in_a_row(folded: Sequence[str], start: int, steps: Sequence[frozenset[str]]) -> range:
    """The numbers of the words from ``start`` on, if they are those of a sequence."""
    end = start + len(steps)
    if end > len(folded):
        return range(0)
    found = zip(folded[start:end], steps, strict=True)
    return range(start, end) if all(word in step for word, step in found) else range(0)
