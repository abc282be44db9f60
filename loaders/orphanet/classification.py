"""``ORPHAclassification_<id>_*.xml`` and ``<lang>_product3_<id>.xml``: one tree of entities.

The files write a poly-hierarchy as a tree: the subtree of an entity is repeated under each of its
parents. We keep the distinct edges.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from lxml import etree

from loaders.orphanet.reading import (
    EntityRecord,
    Notebook,
    ParsedFile,
    Tree,
    licence_of,
    source_of,
)
from loaders.xml import events, read_root, text
from ontologies.concept import Concept, EntityType, LabelKind

_ACTIVE = 1
_TAGS = (
    "Licence",
    "ClassificationList",
    "Classification",
    "ClassificationNodeRootList",
    "ClassificationNode",
    "ClassificationNodeChildList",
    "Disorder",
)


def read_classification(name: str, data: bytes, *, force: bool = False) -> ParsedFile:
    """Read the one classification of a file.

    Raises:
        Refused: see ``docs/loading.md``.
    """
    source = source_of(name, data, "classification", read_root(name, data))
    reader = _Reader(Notebook(name, force))
    for event, element in events(name, data, *_TAGS):
        reader.take(event, element)
    tree = reader.tree()
    return ParsedFile(
        # The entities' language: the name of a classification is not always translated.
        replace(source, lang=reader.language or tree.name[0], licence=reader.licence),
        tuple(reader.entities.values()),
        tuple(reader.notebook.findings),
        tree=tree,
    )


@dataclass(slots=True)
class _Node:
    """A <ClassificationNode> that is open; ``code`` stays None where it names no entity."""

    line: int
    code: str | None = None
    children: list[str | None] = field(default_factory=list)


class _Reader:
    """Follows the nesting of the nodes with a stack of those that are open."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.entities: dict[str, EntityRecord] = {}
        self.licence: str | None = None
        self._edges: dict[tuple[str, str], None] = {}
        self._roots: dict[str, None] = {}
        self._rootless_edges = 0
        self._languages: Counter[str] = Counter()
        self._open: list[_Node] = []
        self._heads: list[tuple[str, str | None, tuple[str, str]]] = []

    @property
    def language(self) -> str | None:
        return self._languages.most_common(1)[0][0] if self._languages else None

    def take(self, event: str, element: etree._Element) -> None:
        if element.tag == "ClassificationNode":
            self._open_node(element) if event == "start" else self._close_node(element)
        elif event == "start":
            return
        elif element.tag == "Disorder":
            self._entity(element)
        elif element.tag == "Licence":
            self.licence = licence_of(element)
        elif element.tag == "Classification":
            self._classification(element)
        else:
            self.notebook.check_count(element, len(element))

    def tree(self) -> Tree:
        if len(self._heads) != 1:
            raise self.notebook.refuse(
                "bad-value", value=str(len(self._heads)), what="number of <Classification>"
            )
        number, orpha_number, name = self._heads[0]
        return Tree(
            number,
            orpha_number,
            name,
            tuple(self._roots),
            tuple(self._edges),
            self._rootless_edges,
        )

    def _open_node(self, element: etree._Element) -> None:
        self._open.append(_Node(element.sourceline or 0))

    def _entity(self, element: etree._Element) -> None:
        code = self.notebook.code(element)
        if not self._open:
            raise self.notebook.refuse(
                "missing-element", element.sourceline, element="ClassificationNode", parent="?"
            )
        self._open[-1].code = code
        if code not in self.entities:
            self.entities[code] = self._record(element, code)
        element.clear()

    def _record(self, element: etree._Element, code: str) -> EntityRecord:
        line = element.sourceline
        lang = self.notebook.lang(element, "Name")
        self._languages[lang] += 1
        raw = self.notebook.required(element, "Name")
        label = self.notebook.label(raw, lang, LabelKind.PREFERRED, code, line, inactive=False)
        kind: EntityType | None = None
        if element.find("DisorderType") is None:
            self.notebook.note("missing-type", line=line, orpha=code)
        else:
            kind = self.notebook.kind(element, "DisorderType", EntityType)
        level = kind.level if kind else None
        return EntityRecord(Concept(code, _ACTIVE, level, kind, (label,)), line)

    def _close_node(self, element: etree._Element) -> None:
        node = self._open.pop()
        if node.code is None:
            self._close_without_entity(node)
            return
        for child in node.children:
            if child is None:
                raise self.notebook.refuse(
                    "missing-element", node.line, element="Disorder", parent="ClassificationNode"
                )
            self._edges[node.code, child] = None
        if self._open:
            self._open[-1].children.append(node.code)
        else:
            self._roots[node.code] = None
        element.clear()

    def _close_without_entity(self, node: _Node) -> None:
        """Only the root may lack an entity (classification 235): its children become roots."""
        if self._open:
            self._open[-1].children.append(None)
            return
        self.notebook.note("root-without-entity", line=node.line)
        children = [child for child in node.children if child is not None]
        self._roots.update(dict.fromkeys(children))
        self._rootless_edges += len(children)

    def _classification(self, element: etree._Element) -> None:
        number = element.get("id", "")
        if not re.fullmatch("[0-9]{1,9}", number):
            raise self.notebook.bad_value(element, "Classification id", number)
        name = self.notebook.required(element, "Name")
        lang = self.notebook.lang(element, "Name")
        self._heads.append((number, text(element, "OrphaNumber"), (lang, name)))
