"""``en_product6.xml``: genes, and how they are linked with entities."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from loaders.orphanet.products import Codes, Entities, child_of, number_of
from loaders.orphanet.reading import Notebook
from loaders.related import Reading, RelatedFile, refuse_empty
from loaders.xml import text
from ontologies.genes import ASSESSED, NOT_ASSESSED, Association, Gene, GeneLink
from ontologies.systems import Coding

GENES = "orphanet-genes"
_STATUSES = {str(ASSESSED): True, str(NOT_ASSESSED): False}
# "22587682[PMID]_28285769[PMID]"; other sources than articles may have "_" in them.
_SOURCE = re.compile(r"(.+?)\[(\w+)\](?:_|$)", re.ASCII)


def read_genes(name: str, data: bytes, reading: Reading = Reading()) -> RelatedFile:
    """Read genes and links. Raises Refused: see ``docs/loading.md``."""
    notebook = Notebook(name, reading.force)
    reader = _Reader(notebook, Codes(notebook, reading.systems), GeneTable(notebook))
    entities = Entities(notebook, data)
    for code, element in entities:
        reader.take(code, element)
    return refuse_empty(
        RelatedFile(
            entities.source(GENES),
            GENES,
            genes=tuple(reader.table.genes.values()),
            gene_links=tuple(reader.links),
            counts={
                "disorders": entities.count,
                "genes": len(reader.table.genes),
                **reader.counts,
            },
            findings=tuple(notebook.findings),
        )
    )


@dataclass(slots=True)
class GeneTable:
    """The genes of a file, which describes a gene again with each of its links."""

    notebook: Notebook
    genes: dict[str, Gene] = field(default_factory=dict)

    def add(self, gene: Gene, line: int | None) -> None:
        """Keep a gene; where an earlier description differs, that one stays, and it is noted."""
        if self.genes.setdefault(gene.id, gene) != gene:
            self.notebook.note("gene-disagreement", line=line, symbol=gene.symbol, gene=gene.id)


@dataclass(slots=True)
class _Reader:
    notebook: Notebook
    codes: Codes
    table: GeneTable
    links: dict[GeneLink, int | None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def take(self, orpha: str, disorder: etree._Element) -> None:
        path = "DisorderGeneAssociationList/DisorderGeneAssociation"
        for association in disorder.iterfind(path):
            line = association.sourceline
            gene = self._gene(child_of(self.notebook, association, "Gene"))
            self.table.add(gene, line)
            link = self._link(orpha, gene, association)
            if link in self.links:
                self.notebook.note("repeated-row", line=line, orpha=orpha, first=self.links[link])
            self.links.setdefault(link, line)
            self.counts["associations"] += 1
            self.counts["associations_assessed"] += link.assessed

    def _gene(self, element: etree._Element) -> Gene:
        references = list(self._references(element))
        hgnc = next((each for each in references if each.system == "hgnc"), None)
        return Gene(
            number_of(self.notebook, element, "Gene id"),
            hgnc,
            self.notebook.required(element, "Symbol").strip(),
            (text(element, "Name") or "").strip(),
            _texts(element, "SynonymList/Synonym"),
            _texts(element, "LocusList/Locus/GeneLocus"),
            tuple(dict.fromkeys(each for each in references if each != hgnc)),
            text(element, "GeneType/Name"),
        )

    def _references(self, gene: etree._Element) -> list[Coding]:
        found: list[Coding] = []
        for reference in gene.iterfind("ExternalReferenceList/ExternalReference"):
            line = reference.sourceline
            system = self.codes.system(self.notebook.required(reference, "Source"), line)
            code = self.notebook.required(reference, "Reference").strip()
            found.append(self.codes.read(system, code, None, line)[0])
            self.counts[f"references_{system.name}"] += 1
        return found

    def _link(self, orpha: str, gene: Gene, element: etree._Element) -> GeneLink:
        kind = child_of(self.notebook, element, "DisorderGeneAssociationType")
        number, name = kind.get("id", ""), (text(kind, "Name") or "").strip()
        try:
            association = Association.read(int(number) if number else None, name)
        except (ValueError, KeyError):
            what = "DisorderGeneAssociationType"
            raise self.notebook.bad_value(kind, what, f"{number} {name}") from None
        status = child_of(self.notebook, element, "DisorderGeneAssociationStatus")
        assessed = _STATUSES.get(status.get("id", ""))
        if assessed is None:
            what = "DisorderGeneAssociationStatus"
            raise self.notebook.bad_value(status, what, status.get("id", ""))
        sources = _sources(text(element, "SourceOfValidation") or "")
        return GeneLink(orpha, gene.id, association, assessed, sources)


def _texts(element: etree._Element, path: str) -> tuple[str, ...]:
    found = (each.text.strip() for each in element.iterfind(path) if each.text)
    return tuple(dict.fromkeys(each for each in found if each))


def _sources(written: str) -> tuple[str, ...]:
    """Read the sources of a link; what is not of the usual form stays as it is.

    >>> _sources("22587682[PMID]_28285769[PMID]"), _sources("expert")
    (('PMID:22587682', 'PMID:28285769'), ('expert',))
    """
    plain = written.strip()
    found = [f"{kind}:{value.strip()}" for value, kind in _SOURCE.findall(plain)]
    rest = _SOURCE.sub("", plain).strip("_ ")
    return tuple(dict.fromkeys([*found, *([rest] if rest else [])]))
