"""Where each word of each label stands in its text, so that marking a hit folds no text."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ontologies.concept import Label
from search.stopwords import told_apart
from search.text import placed_words

Rows = NDArray[np.int32]


class Layout:
    """The words of labels in the order in which they stand, repeated as often as they stand.

    A service works all of them out once (``work_out``); before that, and on a command line, those
    that are asked for are read from their texts.

    Args:
        labels: in the order of their numbers.
        number_of: from a word to its number; has all words of the labels.

    Attributes:
        uneven: the labels, of those read so far, of which not every letter is folded to one letter.
    """

    def __init__(self, labels: Sequence[Label], number_of: Mapping[str, int]) -> None:
        self._labels = labels
        self._number_of = number_of
        self.uneven: set[int] = set()
        self._worked_out: tuple[list[int], Rows] | None = None

    def of(self, labels: Sequence[int]) -> list[Rows]:
        """Return for each of some labels its words as rows of three: the number of the word, where
        it starts in the text and where it ends, in characters, end excluded.
        """
        if self._worked_out:
            starts, rows = self._worked_out
            return [rows[starts[label] : starts[label + 1]] for label in labels]
        return [_rows(self._flat(label)) for label in labels]

    def work_out(self) -> None:
        """Read the texts of all labels."""
        flat, starts = array("i"), [0]
        for label in range(len(self._labels)):
            flat.extend(self._flat(label))
            starts.append(len(flat) // 3)
        self._worked_out = starts, _rows(flat)

    def _flat(self, label: int) -> list[int]:
        placed = placed_words(self._labels[label].text)
        if placed and placed[0].origins is not None:
            self.uneven.add(label)
        flat: list[int] = []
        for word, each in zip(told_apart([each.word for each in placed]), placed, strict=True):
            flat += (self._number_of[word], *each.span())
        return flat


def _rows(flat: Sequence[int]) -> Rows:
    return np.array(flat, dtype=np.int32).reshape(-1, 3)
