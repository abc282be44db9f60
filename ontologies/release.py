"""One release of a terminology: what it is (Release) and everything in it (Snapshot)."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from ontologies.concept import Concept
from ontologies.errors import UnknownClassification, UnknownCode
from ontologies.hierarchy import Hierarchy

ORPHANET = "orphanet"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that went into a release: its name, SHA-256, size in bytes and header."""

    name: str
    sha256: str
    size: int
    kind: str
    lang: str | None = None
    date: str | None = None
    version: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """The identity of a release.

    Attributes:
        id: the year of the data, with a patch number where a corrected pack came: ``2023.1``.
        date: the latest extraction date in the headers of its files.
        languages: the languages of its labels, French first where it is there.
        digest: SHA-256 over the content; equal digests mean equal answers.
        counts: number of items per kind (``entities``, ``edges``, ``synonyms_fr`` ...).
    """

    id: str
    date: date
    languages: tuple[str, ...]
    licence: str | None = None
    digest: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    sources: tuple[SourceFile, ...] = ()
    system: str = ORPHANET


@dataclass(frozen=True, slots=True)
class Classification:
    """One of Orphanet's classifications.

    Attributes:
        id: Orphanet's number of the classification, as in the file names (``146`` .. ``235``).
        number: the number that Orphanet gives the classification itself; it is not a concept.
        names: (language, name) pairs.
        roots: the concepts at the top; several where the file's root stands for no entity.
        edges: distinct (parent, child) pairs in the order of the file.
    """

    id: str
    number: str | None
    names: tuple[tuple[str, str], ...]
    roots: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]

    def name(self, lang: str = "fr") -> tuple[str, str]:
        """Return (language, name) in ``lang``, else in another language."""
        by_language = dict(self.names)
        return (lang, by_language[lang]) if lang in by_language else self.names[0]


class Snapshot:
    """Everything of one release, read-only and in memory."""

    def __init__(
        self,
        release: Release,
        concepts: Iterable[Concept],
        classifications: Iterable[Classification],
    ) -> None:
        self.release = release
        self.concepts: Mapping[str, Concept] = MappingProxyType(
            {concept.code: concept for concept in concepts}
        )
        self.classifications: Mapping[str, Classification] = MappingProxyType(
            {each.id: each for each in sorted(classifications, key=lambda each: int(each.id))}
        )
        self._hierarchies: dict[str, Hierarchy] = {}

    def under(self, release: Release) -> Snapshot:
        """Return the same content under another identity; nothing is copied or worked out anew."""
        other = copy.copy(self)
        other.release = release
        return other

    def __contains__(self, code: object) -> bool:
        return code in self.concepts

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def concept(self, code: str) -> Concept:
        """Return a concept by its machine code. Raises UnknownCode."""
        try:
            return self.concepts[code]
        except KeyError:
            raise UnknownCode(code, self.release.id) from None

    @cached_property
    def merged(self) -> Hierarchy:
        """All classifications as one hierarchy, each edge once."""
        every = self.classifications.values()
        return Hierarchy(
            (edge for each in every for edge in each.edges),
            (root for each in every for root in each.roots),
        )

    def hierarchy(self, classification: str | None = None) -> Hierarchy:
        """Return the hierarchy of one classification, or the merged one.

        Raises:
            UnknownClassification: the release has no classification of this id.
        """
        if classification is None:
            return self.merged
        # Built when first asked for: few of the 34 ever are, and two threads that
        # build the same one at the same time build equal values.
        if classification not in self._hierarchies:
            found = self.classifications.get(classification)
            if found is None:
                raise UnknownClassification(classification, tuple(self.classifications))
            self._hierarchies[classification] = Hierarchy(found.edges, found.roots)
        return self._hierarchies[classification]

    @cached_property
    def _classifications_of(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for each in self.classifications.values():
            for code in dict.fromkeys(
                [*each.roots, *(code for edge in each.edges for code in edge)]
            ):
                found.setdefault(code, []).append(each.id)
        return {code: tuple(ids) for code, ids in found.items()}

    def classifications_of(self, code: str) -> tuple[str, ...]:
        """Return the ids of the classifications in which a concept stands."""
        return self._classifications_of.get(code, ())
