"""``<lang>_product1.xml`` and ``ORPHA_ICD10_mapping``, ``ORPHA_ICD11_mapping``: alignments.

The three have one structure, DisorderList > Disorder > ExternalReferenceList, and are told apart by
the systems that they refer to. The relation is read from Orphanet's number, else from the key at
the beginning of its name; the names of some languages (de, es, it, nl, pt) have no key.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from loaders.orphanet.products import FOUNDATION, Codes, Entities, child_of, orpha_end
from loaders.orphanet.reading import Kind, Notebook
from loaders.related import Reading, RelatedFile, refuse_empty
from loaders.xml import text
from ontologies.alignment import VALIDATED, Alignment, IcdRelation, Relation
from ontologies.systems import Coding

REFERENCES = "orphanet-references"
_DATASETS = {frozenset({"icd-10"}): "orphanet-icd10", frozenset({"icd-11"}): "orphanet-icd11"}
# Old files say NTBT/E: narrower, because the exact match is only a synonym there.
_KEY = re.compile(r"\s*(NTBT|BTNT|ND|E|W)(/E)?(?=\s*(?:\(|$))")


def read_references(name: str, data: bytes, reading: Reading = Reading()) -> RelatedFile:
    """Read the alignments of a file. Raises Refused: see ``docs/loading.md``."""
    notebook = Notebook(name, reading.force)
    reader = _Reader(notebook, Codes(notebook, reading.systems))
    entities = Entities(notebook, data)
    for code, element in entities:
        reader.take(code, element)
    systems = frozenset(alignment.object.system for alignment in reader.alignments)
    dataset = _DATASETS.get(systems, REFERENCES)
    source = entities.source(dataset)
    return refuse_empty(
        RelatedFile(
            source,
            dataset,
            alignments=tuple(reader.alignments),
            ends=orpha_end(source),
            counts={"disorders": entities.count, **reader.counts},
            findings=tuple(notebook.findings),
        )
    )


@dataclass(slots=True)
class _Reader:
    """Turns the references of entities into alignments; each has the line where it first stood."""

    notebook: Notebook
    codes: Codes
    alignments: dict[Alignment, int | None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, orpha: str, disorder: etree._Element) -> None:
        references = disorder.findall("ExternalReferenceList/ExternalReference")
        self.counts["disorders_with_references"] += bool(references)
        self.counts["references"] += len(references)
        for reference in references:
            alignment, line = self._alignment(orpha, reference), reference.sourceline
            self.counts[f"references_{alignment.object.system}"] += 1
            if alignment in self.alignments:
                first = self.alignments[alignment]
                self.notebook.note("repeated-row", line=line, orpha=orpha, first=first)
            self.alignments.setdefault(alignment, line)

    def _alignment(self, orpha: str, reference: etree._Element) -> Alignment:
        line = reference.sourceline
        system = self.codes.system(self.notebook.required(reference, "Source"), line)
        code = self.notebook.required(reference, "Reference").strip()
        coding, written = self.codes.read(system, code, orpha, line)
        return Alignment(
            Coding("orpha", orpha),
            coding,
            self._relation(orpha, child_of(self.notebook, reference, "DisorderMappingRelation")),
            icd_relation=self._icd_relation(reference.find("DisorderMappingICDRelation")),
            validated=_validated(reference.find("DisorderMappingValidationStatus")),
            uri=_address(text(reference, "DisorderMappingICDRefUri")),
            written=written,
        )

    def _relation(self, orpha: str, element: etree._Element) -> Relation:
        number, name = element.get("id", ""), text(element, "Name") or ""
        if relation := _numbered(Relation, number):
            return relation
        found = _KEY.match(name)
        if found is None:
            raise self.notebook.refuse(
                "unknown-relation", element.sourceline, value=name[:60], number=number[:20]
            )
        if found[2]:
            self.notebook.note(
                "relation-by-synonym",
                line=element.sourceline,
                orpha=orpha,
                value=found[1] + found[2],
                kept=found[1],
            )
        return Relation.of_key(found[1])

    def _icd_relation(self, element: etree._Element | None) -> IcdRelation | None:
        """Read an ICD relation; alignments with other systems have an empty element."""
        number = "" if element is None else element.get("id", "")
        if element is None or not number:
            return None
        relation = _numbered(IcdRelation, number)
        if relation is None:
            raise self.notebook.bad_value(element, "DisorderMappingICDRelation", number)
        return relation


def _numbered(kinds: type[Kind], number: str) -> Kind | None:
    return next((each for each in kinds if each.number and str(each.number) == number), None)


def _validated(element: etree._Element | None) -> bool | None:
    number = "" if element is None else element.get("id", "")
    return number == str(VALIDATED) if number else None


def _address(written: str | None) -> str | None:
    """Return the address in the ICD-11 foundation, of which files give the number only."""
    number = (written or "").strip()
    if number.isascii() and number.isdigit():
        return FOUNDATION + number
    return number if "://" in number else None
