"""The index of one release: every label's words, sorted, with the labels that hold them.

Built aside from a snapshot and never changed. The postings of the words that start with a prefix
are one contiguous slice, so a prefix costs two binary searches whatever its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ontologies.concept import Concept, Label, LabelKind, Level
from ontologies.release import Snapshot
from search.text import words

Numbers = NDArray[np.int32]
Choice = NDArray[np.bool_]
_LAST = "\U0010ffff"


LinkedNames = Callable[[str], Iterable[Label]]
"""From a code to the names of its concept in other terminologies."""


def _no_names(_code: str) -> Iterable[Label]:
    return ()


class Index:
    """Words to labels, labels to concepts.

    Labels are numbered in the order of their folded text, so those that start with a text have
    consecutive numbers. The arrays are aligned with ``labels`` (``owners``, ``lengths``,
    ``sizes``, ``preferred``, ``linked``, ``languages``) or with ``concepts``
    (``active``, ``levels``).

    Args:
        snapshot: the release.
        linked: names that other terminologies have for a concept, of kind ``linked``.
    """

    def __init__(self, snapshot: Snapshot, linked: LinkedNames = _no_names) -> None:
        self.snapshot = snapshot
        self.concepts: tuple[Concept, ...] = tuple(snapshot)
        self.number_of = {concept.code: n for n, concept in enumerate(self.concepts)}
        labels = [
            (label, n) for n, each in enumerate(self.concepts) for label in _names(each, linked)
        ]
        texts = [" ".join(words(label.text)) for label, _ in labels]
        order = sorted(range(len(texts)), key=texts.__getitem__)
        self.folded = [texts[n] for n in order]
        self.labels = [labels[n][0] for n in order]
        self.owners: Numbers = np.array([labels[n][1] for n in order], dtype=np.int32)
        self._store()
        self._describe()

    def _store(self) -> None:
        """Lay down the labels of each word, one word after the other."""
        known: defaultdict[str, int] = defaultdict()
        known.default_factory = known.__len__  # a new word gets the next number
        held: list[int] = []
        sizes: list[int] = []
        for text in self.folded:
            numbers = {known[word] for word in text.split()}
            held.extend(numbers)
            sizes.append(len(numbers))
        self.vocabulary = sorted(known)
        self.sizes: Numbers = np.array(sizes, dtype=np.int32)
        places = np.empty(len(known), dtype=np.int32)
        places[[known[word] for word in self.vocabulary]] = np.arange(len(known))
        by_label = places[held]
        labels = np.repeat(np.arange(len(sizes), dtype=np.int32), self.sizes)
        self._flat: Numbers = labels[np.argsort(by_label, kind="stable")]
        self._offsets = np.concatenate(([0], np.cumsum(np.bincount(by_label))))

    def _describe(self) -> None:
        """Lay down what ranking and filters ask of each label and concept."""
        self.lengths: Numbers = np.array([len(text) for text in self.folded], dtype=np.int32)
        self.preferred = _choice(label.kind is LabelKind.PREFERRED for label in self.labels)
        self.linked = _choice(label.kind is LabelKind.LINKED for label in self.labels)
        self.active = _choice(concept.status.is_active for concept in self.concepts)
        self.levels = {
            level.key: _choice(concept.level is level for concept in self.concepts)
            for level in Level
        }
        languages = dict.fromkeys(label.lang for label in self.labels)
        self.languages = {
            lang: _choice(label.lang == lang for label in self.labels) for lang in languages
        }

    def starting(self, text: str) -> tuple[int, int]:
        """The labels whose folded text starts with ``text``: first number, last number + 1."""
        first = bisect_left(self.folded, text)
        return first, bisect_right(self.folded, text + _LAST, lo=first)

    def exactly(self, text: str) -> tuple[int, int]:
        """The labels whose folded text is ``text``: first number, last number + 1."""
        first = bisect_left(self.folded, text)
        return first, bisect_right(self.folded, text, lo=first)

    def with_prefix(self, prefix: str) -> Numbers:
        """The labels that hold a word starting with ``prefix``; one may come several times."""
        first = bisect_left(self.vocabulary, prefix)
        last = bisect_right(self.vocabulary, prefix + _LAST, lo=first)
        return self._flat[self._offsets[first] : self._offsets[last]]

    def with_word(self, word: str) -> Numbers:
        """The labels that hold this very word."""
        place = bisect_left(self.vocabulary, word)
        if place == len(self.vocabulary) or self.vocabulary[place] != word:
            return self._flat[:0]
        return self._flat[self._offsets[place] : self._offsets[place + 1]]

    def beginnings(self, length: int) -> Sequence[str]:
        """The distinct beginnings of exactly that length, sorted; kept once worked out."""
        if length not in self._beginnings:
            long_enough = (word[:length] for word in self.vocabulary if len(word) >= length)
            self._beginnings[length] = list(dict.fromkeys(long_enough))
        return self._beginnings[length]

    @cached_property
    def _beginnings(self) -> dict[int, list[str]]:
        return {}


def _distinct(concept: Concept) -> Iterable[Label]:
    """The labels of a concept; a synonym that repeats a name before it adds nothing to find."""
    found: dict[tuple[str, str], Label] = {}
    for label in concept.labels:
        found.setdefault((label.text, label.lang), label)
    return found.values()


def _names(concept: Concept, linked: LinkedNames) -> Iterator[Label]:
    own = tuple(_distinct(concept))
    yield from own
    yield from _news(own, linked(concept.code))


def _news(own: Iterable[Label], linked: Iterable[Label]) -> Iterator[Label]:
    """The linked names that a concept does not bear itself, each once whatever its spelling."""
    known = {" ".join(words(label.text)) for label in own}
    for label in linked:
        text = " ".join(words(label.text))
        if text and text not in known:
            known.add(text)
            yield label


def _choice(values: Iterable[bool]) -> Choice:
    return np.fromiter(values, dtype=np.bool_)
