"""The gene tables as text: associations, and the synonyms of genes.

They hold what product 6 does, one row for each association and locus, and one for each synonym;
a cell may hold several codes with commas between. Each table is a dataset of its own, so that they
may come together or one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loaders.orphanet.genes import GENES, GeneTable
from loaders.orphanet.products import LICENCE, Codes
from loaders.orphanet.reading import Notebook
from loaders.related import Format, Reading, RelatedFile, Sample, refuse_empty, source
from loaders.table import decoded, rows
from ontologies.genes import Association, Gene, GeneLink
from ontologies.systems import Coding

ASSOCIATIONS, SYNONYMS = "orphanet-gene-associations", "orphanet-gene-synonyms"
_FACTS = ("orpha_code", "gene_id", "association_type", "association_status", "pref_symbol", "name")
_SYSTEMS = ("Ensembl", "Genatlas", "HGNC", "OMIM", "Reactome", "SwissProt", "IUPHAR")
_SYNONYM_COLUMNS = ("gene_id", "pref_symbol", "name", "synonyms")
_STATUSES = {"Assessed": True, "Not yet assessed": False}


def _has_associations(sample: Sample) -> bool:
    return {"orpha_code", "gene_id"} <= set(sample.columns)  # the reader names what is missing


def _has_synonyms(sample: Sample) -> bool:
    columns = set(sample.columns)
    return {"gene_id", "pref_symbol", "synonyms"} <= columns and "orpha_code" not in columns


def read_associations(name: str, data: bytes, reading: Reading = Reading()) -> RelatedFile:
    """Read genes without synonyms, and links. Raises Refused: see ``docs/loading.md``."""
    notebook = Notebook(name, reading.force)
    reader = _Reader(notebook, Codes(notebook, reading.systems), GeneTable(notebook))
    for line, cells in rows(name, decoded(name, data), (*_FACTS, *_SYSTEMS, "locus")):
        reader.take(line, cells)
    counts = {
        "associations": len(reader.links),
        "disorders": len({link.orpha for link in reader.links}),
        "genes": len(reader.table.genes),
    }
    return refuse_empty(
        RelatedFile(
            source(name, data, ASSOCIATIONS, lang="en", licence=LICENCE),
            GENES,
            genes=tuple(reader.genes()),
            gene_links=tuple(reader.links),
            counts=counts | reader.counts,
            findings=tuple(notebook.findings),
        )
    )


@dataclass(slots=True)
class _Reader:
    """Reads rows; the loci of a gene are gathered from all its rows."""

    notebook: Notebook
    codes: Codes
    table: GeneTable
    links: dict[GeneLink, None] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    loci: dict[str, dict[str, None]] = field(default_factory=dict)
    seen: dict[tuple[str, ...], int] = field(default_factory=dict)

    def take(self, line: int, cells: tuple[str, ...]) -> None:
        orpha, gene, kind, status, symbol, name, *codes, locus = cells
        self.counts["rows"] += 1
        first = self.seen.setdefault(cells, line)
        if first != line:
            self.notebook.note("repeated-row", line=line, orpha=orpha, first=first)
        number = _gene_number(self.notebook, gene, line)
        self.table.add(self._gene(number, symbol, name, codes, line), line)
        self.loci.setdefault(number, {}).update(dict.fromkeys(_parts(locus)))
        self.links[self._link(orpha, number, kind, status, line)] = None

    def genes(self) -> Iterator[Gene]:
        for gene in self.table.genes.values():
            yield replace(gene, loci=tuple(self.loci[gene.id]))

    def _gene(self, number: str, symbol: str, name: str, codes: list[str], line: int) -> Gene:
        found: dict[Coding, None] = {}
        for title, cell in zip(_SYSTEMS, codes, strict=True):
            system = self.codes.system(title, line)
            self.counts[f"references_{system.name}"] += bool(cell)
            for code in _parts(cell):
                found[self.codes.read(system, code, None, line)[0]] = None
        hgnc = next((each for each in found if each.system == "hgnc"), None)
        others = tuple(each for each in found if each != hgnc)
        return Gene(number, hgnc, _symbol_of(self.notebook, symbol, line), name, references=others)

    def _link(self, orpha: str, gene: str, kind: str, status: str, line: int) -> GeneLink:
        code = self.notebook.parsed_code(orpha, line)
        try:
            association = Association.read(None, kind)
        except KeyError:
            what = "association_type"
            raise self.notebook.refuse("bad-value", line, value=kind[:60], what=what) from None
        if status not in _STATUSES:
            what = "association_status"
            raise self.notebook.refuse("bad-value", line, value=status[:40], what=what)
        return GeneLink(code, gene, association, _STATUSES[status])


def read_synonyms(name: str, data: bytes, reading: Reading = Reading()) -> RelatedFile:
    """Read genes with their synonyms and nothing else. Raises Refused."""
    notebook = Notebook(name, reading.force)
    table, synonyms = GeneTable(notebook), dict[str, dict[str, int]]()
    counts: Counter[str] = Counter()
    for line, (gene, symbol, full_name, synonym) in rows(
        name, decoded(name, data), _SYNONYM_COLUMNS
    ):
        number = _gene_number(notebook, gene, line)
        table.add(Gene(number, None, _symbol_of(notebook, symbol, line), full_name), line)
        mine = synonyms.setdefault(number, {})
        if mine.setdefault(synonym, line) != line:
            notebook.note("repeated-row", line=line, first=mine[synonym])
        counts["gene_synonym_rows"] += 1
        counts["gene_synonyms"] += bool(synonym)
    genes = tuple(
        replace(gene, synonyms=tuple(filter(None, synonyms[gene.id])))
        for gene in table.genes.values()
    )
    return refuse_empty(
        RelatedFile(
            source(name, data, SYNONYMS, lang="en", licence=LICENCE),
            SYNONYMS,
            genes=genes,
            counts={"genes_with_synonyms": sum(bool(gene.synonyms) for gene in genes)} | counts,
            findings=tuple(notebook.findings),
        )
    )


def _gene_number(notebook: Notebook, written: str, line: int) -> str:
    if not (written.isascii() and written.isdigit()):
        raise notebook.refuse("bad-value", line, value=written[:40], what="gene_id")
    return written


def _symbol_of(notebook: Notebook, written: str, line: int) -> str:
    if not written:
        raise notebook.refuse("bad-value", line, value="", what="pref_symbol")
    return written


def _parts(cell: str) -> list[str]:
    return [part for each in cell.split(",") if (part := each.strip())]


FORMATS: tuple[Format, ...] = (
    Format(ASSOCIATIONS, _has_associations, read_associations),
    Format(SYNONYMS, _has_synonyms, read_synonyms),
)
