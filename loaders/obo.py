"""Any ontology in OBO, OWL or obographs JSON: its terms, and what they are aligned with.

Comments, subsets and relationships other than is_a are not read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from loaders.messages import refuse
from loaders.ontology import collector_paused, parse_obo, parse_obographs, parse_owl
from loaders.ontology_header import Header, local_name, read_header, value_of
from loaders.ontology_names import Names
from loaders.references import Concepts, References
from loaders.related import Format, Reading, RelatedFile, Sample, refuse_empty, source
from loaders.report import Finding
from ontologies.alignment import RELATION_OF_PREDICATE, Alignment, Relation
from ontologies.errors import UnknownSystem
from ontologies.systems import Coding
from ontologies.terminology import Term

if TYPE_CHECKING:
    from pronto.ontology import Ontology
    from pronto.term import Term as ParsedTerm

_OWL = "http://www.w3.org/2002/07/owl#"
_ORDO_LICENCE = "CC-BY-4.0"  # Orphanet's; the Disease Ontology's copy bears none
_ORDO_IMPORT = "ordo-import"


def _read(
    kind: str,
    parse: Callable[[str, bytes], Ontology],
    name: str,
    data: bytes,
    reading: Reading,
) -> RelatedFile:
    """Read the file as what it is: an import of ORDO, a list of equivalents, or a terminology.

    Raises:
        Refused: it cannot be parsed, says nothing, or does not say what ontology it is.
    """
    with collector_paused():
        ontology = parse(name, data)
        header = read_header(name, data, ontology)
        content = _Content(name, reading, header, ontology)
        if content.concepts.system == "orpha":
            dataset = reading.dataset or _ORDO_IMPORT
            content.read_import_of_ordo()
        elif content.is_list_of_equivalents:
            dataset = reading.dataset or f"{content.concepts.system}-equivalencies"
            content.read_equivalents()
        else:
            dataset = reading.dataset or _key(name, header, reading)
            content.concepts.name(dataset)
            content.read_terminology()
    described = source(
        name,
        data,
        kind,
        lang=header.lang if content.read_terms else None,
        date=header.date,
        version=header.version,
        licence=header.licence or (_ORDO_LICENCE if dataset == _ORDO_IMPORT else None),
    )
    file = RelatedFile(
        described,
        dataset,
        terms=tuple(content.read_terms),
        alignments=tuple(content.alignments),
        counts=content.totals(),
        findings=(*content.names.findings, *content.findings),
    )
    return refuse_empty(file)


def _key(name: str, header: Header, reading: Reading) -> str:
    """Return the key of the dataset: the name of the system that the ontology is, else its own."""
    if not header.name:
        raise refuse("no-dataset", file=name)
    try:
        return reading.systems.named(header.name).name
    except UnknownSystem:
        return header.name


@dataclass
class _Content:
    """What an ontology says. ``counts`` are those of the file, be it kept or not."""

    name: str
    reading: Reading
    header: Header
    ontology: Ontology
    read_terms: list[Term] = field(default_factory=list)
    alignments: list[Alignment] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        # By code: pronto reads with threads and gives another order each time, so another digest.
        self.terms = sorted(self.ontology.terms(), key=lambda term: term.id)
        self.counts["terms"] = len(self.terms)
        self.concepts = Concepts((term.id for term in self.terms), self.reading.systems)
        self.references = References(self.reading.systems)
        self.names = Names(self.name, self.header.lang, self.ontology)
        self._relations: dict[str, Relation | None] = {}

    def totals(self) -> dict[str, int]:
        totals = self.counts + self.references.counts + self.names.counts
        totals["alignments"] = len(self.alignments)
        return {key: number for key, number in sorted(totals.items()) if number}

    @property
    def is_list_of_equivalents(self) -> bool:
        nameless = not any(term.name for term in self.terms)
        return nameless and any(term.equivalent_to.ids for term in self.terms)

    def read_equivalents(self) -> None:
        """Read equivalences; said from both ends they count once, the main system the subject."""
        found: dict[tuple[Coding, Coding], None] = {}
        main = self.concepts.system
        self.counts[f"terms_{main}"] = sum(1 for each in self.terms if self.concepts.own(each.id))
        for term in self.terms:
            one = self.references.code(term.id)
            self.counts["terms_no_codes"] += one is None
            for other in sorted(term.equivalent_to.ids):
                two = self.references.read(other, "equivalents")
                if one and two:
                    pair = sorted(
                        (one.coding, two.coding), key=lambda end: (end.system != main, end)
                    )
                    found[pair[0], pair[1]] = None
        self.alignments = [Alignment(*pair, Relation.EXACT) for pair in found]

    def read_import_of_ordo(self) -> None:
        """Read the references of ORPHA entities; their names are those of a former year.

        ORDO numbers genes as it does entities; what has an HGNC code is one.
        """
        for term in self.terms:
            xrefs = sorted(xref.id for xref in term.xrefs)
            self.names.synonyms(term)
            coding = self.concepts.own(term.id)
            if coding is None:
                self.counts["terms_other_prefixes"] += 1
            elif any(xref.upper().startswith("HGNC:") for xref in xrefs):
                self.counts["terms_genes"] += 1
                self.counts["xrefs_of_genes"] += len(xrefs)
            else:
                self.alignments.extend(self._references(coding, xrefs, frozenset()))
        self.counts["is_a"] = sum(map(len, self._parents.values()))
        kinds = {key: self.totals().get(key, 0) for key in ("terms", "synonyms", "is_a")}
        self.findings.append(Finding("names-not-served", self.name, values=kinds))

    def read_terminology(self) -> None:
        for term in self.terms:
            coding = self.concepts.own(term.id)
            if coding is None:
                self.counts["terms_other_prefixes"] += 1
                continue
            self.read_terms.append(self._term(term, coding))
            self.alignments.extend(self._alignments(term, coding))
        self.counts["is_a"] = sum(map(len, self._parents.values()))
        self.counts["terms_obsolete"] = sum(1 for term in self.terms if term.obsolete)
        if nameless := self.names.counts["terms_without_name"]:
            self.findings.append(Finding("nameless-terms", self.name, values={"count": nameless}))

    @cached_property
    def _parents(self) -> dict[str, list[str]]:
        """The ids of the parents of each id, in the order of the file.

        Asked from above: two thirds of the terms of an ontology are leaves, and each question to
        pronto costs as much as reading a term.
        """
        found: dict[str, list[str]] = {}
        for term in self.terms:
            if not term.is_leaf():
                for child in term.subclasses(distance=1, with_self=False):
                    found.setdefault(child.id, []).append(term.id)
        return found

    def _term(self, term: ParsedTerm, coding: Coding) -> Term:
        definition = " ".join(str(term.definition or "").split())
        return Term(
            coding,
            labels=tuple(self.names.labels(term)),
            definitions=((self.header.lang, definition),) if definition else (),
            parents=self._codes(self._parents.get(term.id, ())),
            alternates=self._codes(term.alternate_ids),
            obsolete=bool(term.obsolete),
            replaced_by=self._codes(term.replaced_by.ids),
            consider=self._codes(term.consider.ids),
        )

    def _codes(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the codes of those of the same system, in order; the others are counted."""
        if not ids:
            return ()
        codings = [self.concepts.own(each) for each in ids]
        codes = sorted(coding.code for coding in codings if coding)
        self.counts["links_other_prefixes"] += len(codings) - len(codes)
        return tuple(codes)

    def _alignments(self, term: ParsedTerm, subject: Coding) -> Iterator[Alignment]:
        """Yield what the term is aligned with; a reference adds nothing to a stated relation."""
        stated = [
            (value_of(each), relation)
            for each in term.annotations
            if (relation := self._relation(each.property))
        ]
        stated += [(other, Relation.EXACT) for other in term.equivalent_to.ids]
        found: set[Coding] = set()
        for written, relation in sorted(stated, key=lambda each: (each[0], each[1].key)):
            reference = self.references.read(written, "matches")
            if reference and self._is_elsewhere(reference.coding):
                found.add(reference.coding)
                yield Alignment(subject, reference.coding, relation, written=reference.written)
        xrefs = sorted(xref.id for xref in term.xrefs)
        yield from self._references(subject, xrefs, frozenset(found))

    def _references(
        self, subject: Coding, xrefs: Iterable[str], stated: frozenset[Coding]
    ) -> Iterator[Alignment]:
        found = set(stated)
        for xref in xrefs:
            reference = self.references.read(xref)
            if reference and self._is_elsewhere(reference.coding):
                if reference.coding not in found:
                    yield Alignment(subject, reference.coding, written=reference.written)
                found.add(reference.coding)

    def _is_elsewhere(self, coding: Coding) -> bool:
        return coding.system != self.concepts.system

    def _relation(self, iri: str) -> Relation | None:
        """Return what a property says of two concepts, None for one that says something else."""
        if iri not in self._relations:
            self._relations[iri] = RELATION_OF_PREDICATE.get(f"skos:{local_name(iri)}")
        return self._relations[iri]


def _is_owl(sample: Sample) -> bool:
    return sample.text.lstrip().startswith("<") and "rdf:RDF" in sample.text and _OWL in sample.text


def _is_obographs(sample: Sample) -> bool:
    return sample.text.lstrip().startswith("{") and '"graphs"' in sample.text


FORMATS: tuple[Format, ...] = (
    Format(
        "obo",
        lambda sample: sample.text.lstrip().startswith("format-version:"),
        partial(_read, "obo", parse_obo),
    ),
    Format("owl", _is_owl, partial(_read, "owl", parse_owl)),
    Format("obographs", _is_obographs, partial(_read, "obographs", parse_obographs)),
)
