"""Where each word of each label stands in its text, worked out once, not at each question."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.stopwords import told_apart
from search.text import is_even, laid_out


class Layout:
    """The words of labels in the order in which they stand, repeated as often as they stand.

    Args:
        texts: of the labels, in the order of their numbers.
        number_of: from a word to its number; has all words of the texts.

    Attributes:
        uneven: the labels of which not every letter is folded to one letter.
    """

    def __init__(self, texts: Iterable[str], number_of: Mapping[str, int]) -> None:
        cells = array("i")
        self._starts = [0]
        self.uneven: set[int] = set()
        for number, text in enumerate(texts):
            words, spans = laid_out(text)
            for word, (start, end) in zip(told_apart(words), spans, strict=True):
                cells.extend((number_of[word], start, end))
            self._starts.append(len(cells) // 3)
            if not is_even(text):
                self.uneven.add(number)
        self._cells: NDArray[np.int32] = np.array(cells, dtype=np.int32).reshape(-1, 3)

    def of(self, labels: Sequence[int]) -> list[NDArray[np.int32]]:
        """Return for each of some labels its words as rows of three: the number of the word, where
        it starts in the text and where it ends, in characters, end excluded.
        """
        starts, cells = self._starts, self._cells
        return [cells[starts[label] : starts[label + 1]] for label in labels]
