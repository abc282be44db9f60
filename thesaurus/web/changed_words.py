"""Which words of a name changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

Span = tuple[int, int]

_WORD = re.compile(r"\w+|\s+|.")
_MOST = 200
"""Words beyond which nothing is compared: the time grows with their square."""


def changed_words(before: str, after: str) -> tuple[Sequence[Span], Sequence[Span]]:
    """Return the ranges of characters that only one of two texts has, of each.

    >>> changed_words("Syndrome de Marfan", "Syndrome de Marfan néonatal")
    ([], [(18, 27)])
    """
    first, second = _WORD.findall(before), _WORD.findall(after)
    if max(len(first), len(second)) > _MOST:
        return [], []
    steps = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    return (
        _spans(first, [(start, end) for _, start, end, _, _ in changed]),
        _spans(second, [(start, end) for *_, start, end in changed]),
    )


def _spans(words: Sequence[str], ranges: Iterable[Span]) -> list[Span]:
    places = [0]
    for word in words:
        places.append(places[-1] + len(word))
    return [(places[start], places[end]) for start, end in ranges if start < end]
