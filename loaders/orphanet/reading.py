"""What all readers of Orphanet's files share: the header, the notes taken, the guards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from lxml import etree

from loaders.messages import refuse
from loaders.orphanet.labels import clean_label
from loaders.related import RelatedFile, source
from loaders.report import Finding
from loaders.xml import text
from ontologies.codes import parse_code
from ontologies.concept import Concept, Label, LabelKind, Numbered, Redirection
from ontologies.errors import InvalidCode, Refused
from ontologies.release import SourceFile

Kind = TypeVar("Kind", bound=Numbered)
_COUNTED = etree.XPath("descendant-or-self::*[@count]")


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """What one file says of one entity: a concept with the labels of that file only."""

    concept: Concept
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file that was read, ready to be put together with others.

    Attributes:
        kind: ``nomenclature``, ``classification``, ``list`` or ``masterfile``.
        entities: what the file says of entities, in file order.
        tree: for a classification file, its id, number, name and links.
        mirrors: (entity, other code, line) of the associations noted on the target's side.
        related: for a master file, the release of the alignments that it holds.
    """

    source: SourceFile
    entities: tuple[EntityRecord, ...]
    findings: tuple[Finding, ...]
    tree: Tree | None = None
    mirrors: tuple[tuple[str, str, int | None], ...] = ()
    related: RelatedFile | None = None

    @property
    def kind(self) -> str:
        return self.source.kind

    @property
    def identity(self) -> tuple[str, ...]:
        """What there may be only one of in a load."""
        return (self.kind, self.source.lang or "?", self.tree.id if self.tree else "")


@dataclass(frozen=True, slots=True)
class Tree:
    """A classification as its file has it.

    ``edges`` are the distinct (parent, child) pairs, in file order; ``rootless_edges`` counts the
    links from a root that stands for no entity.
    """

    id: str
    number: str | None
    name: tuple[str, str]
    roots: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]
    rootless_edges: int = 0


@dataclass(slots=True)
class Notebook:
    """Takes notes while one file is read, and refuses what cannot be read."""

    file: str
    force: bool = False
    findings: list[Finding] = field(default_factory=list)

    def note(
        self, key: str, *, line: int | None = None, orpha: str | None = None, **values: object
    ) -> None:
        self.findings.append(Finding(key, self.file, line, orpha, values=values))

    def refuse(self, reason: str, line: int | None = None, **values: object) -> Refused:
        return refuse(reason, file=self.file, line=line, **values)

    def check_counts(self, element: etree._Element) -> None:
        """Compare every declared count below an element with what is there."""
        for counted in _COUNTED(element):
            self.check_count(counted, len(counted))

    def check_count(self, element: etree._Element, found: int) -> None:
        declared = element.get("count", "")
        if declared == str(found):
            return
        values: dict[str, Any] = {"element": element.tag, "declared": declared, "found": found}
        if not self.force:
            raise self.refuse("count-mismatch", element.sourceline, **values)
        self.note("count-accepted", line=element.sourceline, **values)

    def required(self, element: etree._Element, path: str) -> str:
        found = text(element, path)
        if found is None:
            raise self.refuse(
                "missing-element", element.sourceline, element=path, parent=element.tag
            )
        return found

    def bad_value(self, element: etree._Element, what: str, value: str) -> Refused:
        return self.refuse("bad-value", element.sourceline, value=value[:40], what=what)

    def kind(self, element: etree._Element, path: str, kinds: type[Kind]) -> Kind:
        """Read one of Orphanet's numbered kinds from the ``id`` of a child."""
        found = element.find(path)
        if found is None:
            raise self.refuse(
                "missing-element", element.sourceline, element=path, parent=element.tag
            )
        try:
            return kinds.of_number(int(found.get("id", "")))
        except (ValueError, KeyError):
            raise self.bad_value(found, path, found.get("id", "")) from None

    def lang(self, element: etree._Element, path: str = ".") -> str:
        """Read the ``lang`` of an element or of a child that is known to be there."""
        found = element.find(path)
        lang = "" if found is None else found.get("lang", "")
        if not (lang.isascii() and lang.isalpha() and len(lang) <= 3):
            raise self.bad_value(element, "lang", lang)
        return lang.lower()

    def code(self, element: etree._Element, path: str = "OrphaCode") -> str:
        """Read a code; files of 2019 call it OrphaNumber."""
        written = text(element, path) or text(element, "OrphaNumber")
        return self.parsed_code(written or self.required(element, path), element.sourceline)

    def parsed_code(self, written: str, line: int | None) -> str:
        try:
            return parse_code(written)
        except InvalidCode:
            raise self.refuse("bad-value", line, value=written[:40], what="ORPHAcode") from None

    def label(
        self, raw: str, lang: str, kind: LabelKind, orpha: str, line: int | None, inactive: bool
    ) -> Label:
        """Clean a label and note each repair."""
        cleaned = clean_label(raw, inactive=inactive)
        for key in cleaned.repairs:
            self.findings.append(
                Finding(key, self.file, line, orpha, before=raw, after=cleaned.text)
            )
        return Label(cleaned.text, lang, kind, None if cleaned.text == raw else raw)

    def one_redirection(
        self, found: Sequence[Redirection], orpha: str, line: int | None
    ) -> Redirection | None:
        """Keep one redirection; further ones are noted, the same or others."""
        if len(found) > 1:
            again = len(set(found)) == 1
            key = "duplicate-redirection" if again else "several-redirections"
            self.note(key, line=line, orpha=orpha, target=found[0].target)
        return found[0] if found else None


def source_of(name: str, data: bytes, kind: str, root: etree._Element | None = None) -> SourceFile:
    """Describe a file: checksum, size, and the root's header where it is XML.

    The date is called ``ExtractionDate`` or ``date``; some classification files have none.
    """
    if root is None:
        return source(name, data, kind)
    date = root.get("ExtractionDate") or root.get("date")
    return source(name, data, kind, date=date[:10] if date else None, version=root.get("version"))


def licence_of(element: etree._Element) -> str | None:
    """Read the Licence node of a header."""
    return text(element, "ShortIdentifier") or text(element, "FullName")
