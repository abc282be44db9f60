"""Where each word of each label stands in its text, worked out once, not at each question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from search.lists import Lists, Numbers
from search.stopwords import told_apart
from search.text import is_even, laid_out


class Layout:
    """The words of labels in the order in which they stand, repeated as often as they stand.

    Args:
        texts: of the labels, in the order of their numbers.
        number_of: from a word to its number; has all words of the texts.

    Attributes:
        words: for each label the numbers of its words.
        starts, ends: aligned with ``words.values``: the characters of the text, end excluded.
        uneven: the labels of which not every letter is folded to one letter.
    """

    def __init__(self, texts: Iterable[str], number_of: Mapping[str, int]) -> None:
        words: list[list[int]] = []
        spans: list[tuple[int, int]] = []
        self.uneven: set[int] = set()
        for number, text in enumerate(texts):
            found, where = laid_out(text)
            words.append([number_of[word] for word in told_apart(found)])
            spans += where
            if not is_even(text):
                self.uneven.add(number)
        self.words = Lists.of(words)
        pairs = np.array(spans, dtype=np.int32).reshape(-1, 2)
        self.starts: Numbers = pairs[:, 0].copy()
        self.ends: Numbers = pairs[:, 1].copy()
