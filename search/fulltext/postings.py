"""Read the index: where each word stands, as arrays, and its vocabulary.

Whoosh walks postings one by one, which is too slow for words that half the documents have. Each
list is therefore read once, into arrays, and kept: the whole index is some ten megabytes. The
lists of frequent words are read when the index is opened, so that no query pays for them.
"""

from __future__ import annotations

import json
import threading
import weakref
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.fulltext.layout import (
    ABOUT,
    KIND_SHIFT,
    LANGUAGE_SHIFT,
    LENGTH_SHIFT,
    LONGEST_NAME,
    MOST_LANGUAGES,
    POSITION_BITS,
)

Numbers = NDArray[np.int64]
Small = NDArray[np.int32]
Marks = NDArray[np.uint32]
MOST_CODES = 20_001
_LAST = "\U0010ffff"
_POSITION = (1 << POSITION_BITS) - 1


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a word stands: the documents, ascending, and a mark for each occurrence."""

    documents: Small
    marks: Marks

    @property
    def kinds(self) -> Marks:
        return self.marks >> np.uint32(KIND_SHIFT)

    @property
    def languages(self) -> Marks:
        return self.marks >> np.uint32(LANGUAGE_SHIFT) & np.uint32(MOST_LANGUAGES - 1)

    @property
    def lengths(self) -> Marks:
        """The number of words of the name around it, at most ``LONGEST_NAME``."""
        return self.marks >> np.uint32(LENGTH_SHIFT) & np.uint32(LONGEST_NAME)

    @property
    def places(self) -> Numbers:
        """A number for each occurrence; that of the next word of the same name is one more."""
        upper = self.documents.astype(np.int64) << POSITION_BITS
        return upper | (self.marks & _POSITION).astype(np.int64)

    def only(self, choice: NDArray[np.bool_]) -> Occurrences:
        return Occurrences(self.documents[choice], self.marks[choice])


_NOWHERE = Occurrences(np.empty(0, np.int32), np.empty(0, np.uint32))


def joined(found: Sequence[Occurrences]) -> Occurrences:
    """The occurrences of several words as if they were one."""
    if len(found) == 1:
        return found[0]
    if not found:
        return _NOWHERE
    documents = np.concatenate([each.documents for each in found])
    marks = np.concatenate([each.marks for each in found])
    order = np.argsort(documents, kind="stable")
    return Occurrences(documents[order], marks[order])


class Postings:
    """An index on disk, open for reading; may be asked by several threads.

    Attributes:
        codes: the code of each document.
        languages: the languages, by the number that marks bear.
    """

    def __init__(self, folder: Path) -> None:
        from whoosh import index  # here, so that a start does not wait for it

        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        self.codes: tuple[str, ...] = tuple(about["codes"])
        self.languages: tuple[str, ...] = tuple(about["languages"])
        self._reader = index.open_dir(str(folder)).reader()
        # Closed with the last who uses it: a thread may still be asking an index that was left.
        self._closing = weakref.finalize(self, self._reader.close)
        self._reading = threading.Lock()  # readers share the place in their file
        self._kept: dict[tuple[str, str], Occurrences] = {}
        self._holders: dict[str, Small] = {}
        self._lasting: frozenset[str] = frozenset(about["values"])
        for field, terms in about["frequent"].items():
            for term in terms:
                self.of(field, term)

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """From codes to the numbers of their documents."""
        return {code: number for number, code in enumerate(self.codes)}

    @cached_property
    def vocabularies(self) -> Mapping[str, Sequence[str]]:
        """The sorted words of names and definitions."""
        with self._reading:
            return {
                field: sorted(term.decode() for term in self._reader.lexicon(field))
                for field in ("name", "definition")
            }

    @cached_property
    def systems(self) -> frozenset[str]:
        """The code systems and fields of values of which a document has any key."""
        found: set[str] = set()
        with self._reading:
            start = b""
            while term := next(self._reader.terms_from("code", start), None):
                field, key = term
                if field != "code":  # the fields follow one another
                    break
                name = key.decode().partition("/")[0]
                found.add(name)
                start = f"{name}0".encode()  # 0 follows / : past all keys of this system
        return frozenset(found)

    def starting(self, field: str, prefix: str) -> Sequence[str]:
        """The terms that start with a text; of ``code`` at most ``MOST_CODES``."""
        if field == "code":
            with self._reading:
                found = self._reader.expand_prefix(field, prefix.encode(errors="replace"))
                return [term.decode() for term in islice(found, MOST_CODES)]
        terms = self.vocabularies[field]
        first = bisect_left(terms, prefix)
        return terms[first : bisect_right(terms, prefix + _LAST, lo=first)]

    def of(self, field: str, term: str) -> Occurrences:
        """Where a word of ``name`` or ``definition`` stands."""
        known = self._kept.get((field, term))
        if known is None:
            documents, values = self._read(field, term)
            marks = np.frombuffer(b"".join(values), dtype="<u4").astype(np.uint32)
            times = [len(value) // 4 for value in values]
            known = Occurrences(np.repeat(documents, times), marks) if times else _NOWHERE
            if times:  # what users mistype is not kept
                self._kept[field, term] = known
        return known

    def values(self, field: str) -> Sequence[str]:
        """The values that a field of values has in any document."""
        return [each.partition("/")[2] for each in sorted(self._lasting)
                if each.startswith(f"{field}/")]  # fmt: skip

    def holding(self, key: str) -> Small:
        """The documents that hold a key of ``code``; those of values to filter by are kept."""
        known = self._holders.get(key)
        if known is None:
            known, _ = self._read("code", key)
            if key in self._lasting:
                self._holders[key] = known
        return known

    def count(self, field: str, term: str) -> int:
        """How many documents hold a term."""
        with self._reading:
            return int(self._reader.doc_frequency(field, term.encode()))

    def _read(self, field: str, term: str) -> tuple[Small, list[bytes]]:
        documents: list[int] = []
        values: list[bytes] = []
        encoded = term.encode(errors="replace")
        with self._reading:
            if (field, encoded) in self._reader:
                matcher = self._reader.postings(field, encoded)
                while matcher.is_active():
                    documents.append(matcher.id())
                    values.append(matcher.value() if field != "code" else b"")
                    matcher.next()
        return np.array(documents, dtype=np.int32), values

    def close(self) -> None:
        self._closing()
