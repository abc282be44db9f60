"""Write the full-text index of a release with Whoosh: one document per concept.

Three fields. ``name`` holds the words of all names, ``definition`` those of the definitions: each
occurrence of a word is one number that says where it stands (kind of name, language, length of
that name, position), so that one posting list answers for ``name:``, ``label:``, ``label.fr:`` and
the rest, for phrases and for ranking. ``code`` holds whole keys: codes of all systems and the
values to filter and count by.
"""

from __future__ import annotations

import json
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from whoosh import index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence, Format

from ontologies.alignment import Relation
from ontologies.concept import Concept, EntityType, LabelKind, Level, Status
from ontologies.related import Related
from ontologies.release import Snapshot
from ontologies.systems import Coding
from search.fulltext.fields import Kind
from search.fulltext.layout import (
    ABOUT,
    FREQUENT,
    MOST_LANGUAGES,
    POSITION_BITS,
    local_code,
    mark_of,
)
from search.text import words

_KINDS = {
    LabelKind.PREFERRED: Kind.LABEL,
    LabelKind.SYNONYM: Kind.SYNONYM,
    LabelKind.LINKED: Kind.LINKED,
}
_MEMORY_MB = 8  # small runs: a sort holds the interpreter, which requests wait for
_LENGTHS = True  # without them Whoosh looks for their file once for each posting
_BATCH = 8
_MOST_POSITIONS = (1 << POSITION_BITS) - 1

Placed = list[tuple[int, str]]
"""(where: kind and language, text) pairs."""


class PlacedWords(FieldType):  # type: ignore[misc]
    """Words with the places where they stand; a value is a list of (where, text)."""

    def __init__(self) -> None:
        super().__init__(format=Format(), analyzer=None, scorable=_LENGTHS)

    def index(self, value: Placed, **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        position = 0
        for where, text in value:
            listed = words(text)
            mark = mark_of(where, len(listed))
            for word in listed[: _MOST_POSITIONS - position]:
                found[word].append(mark | position)
                position += 1
            position += 1  # a phrase does not run from one name into the next
        for word, places in found.items():
            packed = struct.pack(f"<{len(places)}I", *places)
            yield word.encode(), len(places), 1.0, packed


class Keys(FieldType):  # type: ignore[misc]
    """Whole keys, not words; a value is a list of them."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None, scorable=_LENGTHS)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for key in dict.fromkeys(value):
            yield key.encode(), 1, 1.0, b""


def _at_once() -> None:
    pass


def build(
    folder: Path, snapshot: Snapshot, related: Related, *, pause: Callable[[], None] = _at_once
) -> None:
    """Write the index into an empty folder.

    Args:
        pause: called every few documents; lets go of the interpreter, or gives up by an error.
    """
    schema = Schema(name=PlacedWords(), definition=PlacedWords(), code=Keys())
    languages = _languages(snapshot, related)
    opened = index.create_in(str(folder), schema)
    codec = W3Codec(blocklimit=4096, compression=0)  # lists are read whole, see postings.py
    # One file of all would be copied into memory when it is opened; several are mapped.
    writer = opened.writer(procs=1, limitmb=_MEMORY_MB, codec=codec, compound=False)
    try:
        _write(writer, _Documents(snapshot, related, languages), pause)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    about = {
        "codes": list(snapshot.concepts),
        "languages": languages,
        "frequent": _frequent(opened),
        "values": _values(snapshot),
    }
    (folder / ABOUT).write_text(json.dumps(about), encoding="utf-8")


def _write(writer: Any, documents: _Documents, pause: Callable[[], None]) -> None:
    for number, document in enumerate(documents):
        writer.add_document(**document)
        if number % _BATCH == 0:
            pause()


def _languages(snapshot: Snapshot, related: Related) -> list[str]:
    """The languages of all texts, those of the release first; the rarest share the last number."""
    found = dict.fromkeys(snapshot.release.languages)
    for concept in snapshot:
        found.update(dict.fromkeys(label.lang for label in concept.labels))
        found.update(dict.fromkeys(lang for lang, _ in concept.definitions))
        found.update(dict.fromkeys(each.lang for each in related.linked_labels(concept.code)))
    return list(found)[:MOST_LANGUAGES]


def _values(snapshot: Snapshot) -> list[str]:
    """The keys to filter and count by."""
    found = [f"classification/{each}" for each in snapshot.classifications]
    found += [f"status/{each}" for each in Status]
    found += [f"level/{each.key}" for each in Level]
    return [*found, *(f"type/{each.key}" for each in EntityType)]


def _frequent(opened: Any) -> dict[str, list[str]]:
    """The words that many documents have: they are read when the index is opened."""
    with opened.reader() as reader:
        return {
            field: [
                term.decode()
                for term, info in reader.iter_field(field)
                if info.doc_frequency() >= FREQUENT
            ]
            for field in ("name", "definition")
        }


class _Documents:
    """The documents of a release, in the order of its concepts."""

    def __init__(self, snapshot: Snapshot, related: Related, languages: list[str]) -> None:
        self._snapshot = snapshot
        self._related = related
        self._numbers = {lang: number for number, lang in enumerate(languages)}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for concept in self._snapshot:
            document: dict[str, Any] = {"name": self._names(concept), "code": self._keys(concept)}
            if concept.definitions:
                document["definition"] = [
                    (self._where(Kind.DEFINITION, lang), text) for lang, text in concept.definitions
                ]
            yield document

    def _where(self, kind: Kind, lang: str) -> int:
        return int(kind) * MOST_LANGUAGES + self._numbers.get(lang, MOST_LANGUAGES - 1)

    def _names(self, concept: Concept) -> Placed:
        linked = self._related.linked_labels(concept.code)
        return [
            (self._where(_KINDS[label.kind], label.lang), label.text)
            for label in (*concept.labels, *linked)
        ]

    def _keys(self, concept: Concept) -> list[str]:
        code = concept.code
        keys = [f"orpha/{code}", f"status/{concept.status}"]
        keys += [f"level/{concept.level.key}"] if concept.level else []
        keys += [f"type/{concept.type.key}"] if concept.type else []
        keys += [f"classification/{each}" for each in self._snapshot.classifications_of(code)]
        return [*keys, *self._aligned(code), *self._genes(concept)]

    def _aligned(self, code: str) -> Iterator[str]:
        end = Coding("orpha", code)
        for each in self._related.alignments(end):
            other = each.other(end)
            if each.relation is not Relation.WRONG and other.system != "orpha":
                yield f"{other.system}/{local_code(self._related.systems, other)}"

    def _genes(self, concept: Concept) -> Iterator[str]:
        """The genes of an entity and, of a disorder or subtype, of the entities below it, as its
        page shows them.
        """
        entities = [concept.code]
        if concept.level is not Level.GROUP:
            entities += self._snapshot.merged.descendants(concept.code)
        table = self._related.genes
        for entity in entities:
            for link in table.links_of(entity):
                yield f"hgnc/{table.genes[link.gene].symbol.upper()}"
