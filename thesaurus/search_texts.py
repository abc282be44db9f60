"""Which texts that found nothing may be kept: those that cannot well be about one patient.

What is typed into a diagnosis box may be a patient's name. A text is known by a keyed hash alone
until it has come several times, and some forms are never kept (docs/adr/0009).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import OrderedDict

from search.text import words

_MOST_LETTERS = 80
_MOST_WORDS = 8
_LONGEST = 400
_REMEMBERED = 20_000
# Signs between digits do not break a number: 12/03/61, 1 61 03 75.
_NUMBER = re.compile(r"\d(?:[\W_]*\d){3}")


def fit_text(text: str) -> str | None:
    """Return the folded text that may be kept once it has come often; None for one that may not.

    A text must not hold a number of more than three digits (a birth date, a record, a telephone),
    nor an ``@``, nor more than 80 letters or 8 words.

    >>> fit_text("Syndrome de  Marfann")
    'syndrome de marfann'
    >>> fit_text("Dupont 12/03/1961") is None
    True
    """
    if len(text) > _LONGEST or "@" in text or _NUMBER.search(text):
        return None
    found = words(text)
    folded = " ".join(found)
    # Folding turns ① and ² into digits.
    if _NUMBER.search(folded) or len(found) > _MOST_WORDS or len(folded) > _MOST_LETTERS:
        return None
    return folded or None


class RepeatedTexts:
    """Counts texts by a keyed hash. The key is made here, is never written, and ends with the
    process, so that nobody can tell afterwards whether a given text had come.

    Args:
        repeats: how often a text must have come before it is let through.
        most: how many hashes are remembered; the one that came longest ago goes.
    """

    def __init__(self, repeats: int, most: int = _REMEMBERED) -> None:
        self._repeats = repeats
        self._most = most
        self._key = secrets.token_bytes(32)
        self._seen: OrderedDict[bytes, int] = OrderedDict()

    def times(self, text: str) -> int:
        """Count a text once; return how often it came that nobody was told yet.

        0 until it has come often enough, then all of these times at once, then 1 each time.

        >>> texts = RepeatedTexts(3)
        >>> [texts.times("marfann") for _ in range(5)]
        [0, 0, 3, 1, 1]
        """
        digest = self._digest(text)
        times = min(self._seen.pop(digest, 0), self._repeats) + 1
        self._seen[digest] = times
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        if times > self._repeats:
            return 1
        return times if times == self._repeats else 0

    def _digest(self, text: str) -> bytes:
        data = text.encode("utf-8", errors="replace")
        return hashlib.blake2b(data, key=self._key, digest_size=16).digest()
