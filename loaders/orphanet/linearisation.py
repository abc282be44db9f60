"""``en_product7.xml`` and ``ORPHAlinearisation_<lang>.xml``: one specialty for each entity.

A preferential parent stands, like a redirection, on both sides: in the entity TargetDisorder has
the parent's code, in the parent RootDisorder has the entity's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from loaders.orphanet.products import Entities, child_of
from loaders.orphanet.reading import Notebook
from loaders.related import Reading, RelatedFile, refuse_empty
from loaders.xml import text
from ontologies.concept import RedirectionKind

_PREFERENTIAL_PARENT = "27342"
# No file at hand shows the number: the names in the pack's nine languages tell as well.
_NAMES = frozenset(
    {
        "preferenční rodič",
        "bevorzugte zuordnung",
        "preferential parent",
        "cabeza de clasificación preferencial",
        "parent préférentiel",
        "termine madre preferenziale",
        "preferentiële ouder",
        "uprzywilejowany rodzic",
        "progenitor preferencial",
    }
)
_REDIRECTIONS = {str(kind.number) for kind in RedirectionKind}


def read_linearisation(name: str, data: bytes, reading: Reading = Reading()) -> RelatedFile:
    """Read the preferential parents. Raises Refused: see ``docs/loading.md``."""
    notebook = Notebook(name, reading.force)
    reader = _Reader(notebook)
    entities = Entities(notebook, data)
    for code, element in entities:
        reader.take(code, element)
    _refuse_circles(notebook, reader)
    return refuse_empty(
        RelatedFile(
            entities.source("orphanet-linearisation"),
            "orphanet-linearisation",
            preferential_parents=reader.parents,
            counts={
                "disorders": entities.count,
                "preferential_parents": len(reader.parents),
                "heads": entities.count - len(reader.parents),
                **reader.counts,
            },
            findings=tuple(notebook.findings),
        )
    )


@dataclass(slots=True)
class _Reader:
    notebook: Notebook
    parents: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int | None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, orpha: str, disorder: etree._Element) -> None:
        path = "DisorderDisorderAssociationList/DisorderDisorderAssociation"
        found = [
            self.notebook.parsed_code(target, link.sourceline)
            for link in disorder.iterfind(path)
            if self._is_preferential(link) and (target := self._target(link))
        ]
        if len(set(found)) > 1:
            self.notebook.note(
                "several-parents", line=disorder.sourceline, orpha=orpha, kept=found[0]
            )
        if found:
            self.parents[orpha], self.lines[orpha] = found[0], disorder.sourceline

    def _is_preferential(self, link: etree._Element) -> bool:
        """Tell a preferential parent from a redirection. Raises Refused for anything else."""
        kind = child_of(self.notebook, link, "DisorderDisorderAssociationType")
        number, name = kind.get("id", ""), text(kind, "Name") or ""
        if number in _REDIRECTIONS:
            self.counts["associations_redirections"] += 1
            return False
        if number != _PREFERENTIAL_PARENT and name.strip().casefold() not in _NAMES:
            raise self.notebook.bad_value(
                kind, "DisorderDisorderAssociationType", f"{number} {name}".strip()
            )
        return True

    def _target(self, link: etree._Element) -> str | None:
        target = text(link, "TargetDisorder/OrphaCode") or text(link, "TargetDisorder/OrphaNumber")
        if target is None:
            self.counts["associations_mirrored"] += 1
        return target


def _refuse_circles(notebook: Notebook, reader: _Reader) -> None:
    """Follow each entity to its head; who walks up the parents must come to an end."""
    safe: set[str] = set()
    for start in reader.parents:
        way: dict[str, None] = {}
        code: str | None = start
        while code is not None and code not in safe:
            if code in way:
                codes = " > ".join([*list(way)[list(way).index(code) :], code][:12])
                raise notebook.refuse("cycle", reader.lines[code], codes=codes)
            way[code] = None
            code = reader.parents.get(code)
        safe.update(way)
