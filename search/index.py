"""The index of one release: every label's words, sorted, with the labels that hold them.

Built aside from a snapshot and never changed. The postings of the words that start with a prefix
are one contiguous slice, so a prefix costs two binary searches whatever its length.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ontologies.concept import Concept, Label, LabelKind, Level
from ontologies.release import Snapshot
from search.text import words

Numbers = NDArray[np.int32]
_LAST = "\U0010ffff"


class Index:
    """Words to labels, labels to concepts; arrays are aligned with ``labels``."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.concepts: tuple[Concept, ...] = tuple(snapshot)
        self.number_of = {concept.code: n for n, concept in enumerate(self.concepts)}
        self.labels: list[Label] = []
        self.folded: list[str] = []
        owners: list[int] = []
        postings: dict[str, list[int]] = {}
        for owner, concept in enumerate(self.concepts):
            seen: set[tuple[str, str]] = set()
            for label in concept.labels:
                # A synonym that repeats the preferred term adds nothing to find.
                if (label.text, label.lang) in seen:
                    continue
                seen.add((label.text, label.lang))
                number = len(self.labels)
                found = words(label.text)
                self.labels.append(label)
                self.folded.append(" ".join(found))
                owners.append(owner)
                for word in dict.fromkeys(found):
                    postings.setdefault(word, []).append(number)
        self.owners: Numbers = np.array(owners, dtype=np.int32)
        self._store(postings)
        self._describe()

    def _store(self, postings: dict[str, list[int]]) -> None:
        self.vocabulary = sorted(postings)
        sizes = [len(postings[word]) for word in self.vocabulary]
        self._offsets = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        self._flat: Numbers = np.fromiter(
            (number for word in self.vocabulary for number in postings[word]),
            dtype=np.int32,
            count=int(self._offsets[-1]),
        )

    def _describe(self) -> None:
        """Lay down what ranking and filters ask of each label and concept."""
        self.lengths: Numbers = np.array([len(text) for text in self.folded], dtype=np.int32)
        self.preferred = np.array([label.kind is LabelKind.PREFERRED for label in self.labels])
        self.active = np.array([concept.status.is_active for concept in self.concepts])
        self.groups = np.array([concept.level is Level.GROUP for concept in self.concepts])

    def languages(self, lang: str) -> NDArray[np.bool_]:
        """Tell which labels are in a language."""
        return self._by_language.get(lang, np.zeros(len(self.labels), dtype=bool))

    @cached_property
    def _by_language(self) -> dict[str, NDArray[np.bool_]]:
        every = np.array([label.lang for label in self.labels])
        return {str(lang): every == lang for lang in np.unique(every)}

    @cached_property
    def exact(self) -> dict[str, list[int]]:
        """Folded label -> the labels that fold to it."""
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self.folded):
            found.setdefault(text, []).append(number)
        return found

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
        """The distinct beginnings of that length of all words, sorted; kept once worked out."""
        if length not in self._beginnings:
            self._beginnings[length] = list(
                dict.fromkeys(word[:length] for word in self.vocabulary)
            )
        return self._beginnings[length]

    @cached_property
    def _beginnings(self) -> dict[int, list[str]]:
        return {}
