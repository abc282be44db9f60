"""Orphanet's other products: references (product 1 and the ICD mappings), genes, linearisation,
natural history.

The header is that of a pack, and so are the names, as far as the pack has the entities.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from tests.packs.displays import LEVEL_TEXTS, REDIRECTION_TEXTS, TYPE_TEXTS, Texts, shown
from tests.packs.markup import (
    OFFICIAL,
    Form,
    encoded,
    expert_link,
    header,
    in_language,
    internal_id,
)
from tests.packs.model import Entity, Pack, Redirection

Kind = tuple[int | str, str]
"""A member of one of Orphanet's value lists: its id and the name that is shown."""

EXACT: Final[Kind] = (21527, "E (Exact)")
NARROWER: Final[Kind] = (21534, "NTBT (Narrower)")
SPECIFIC: Final[Kind] = (21583, "Specific code")
INCLUSION: Final[Kind] = (21590, "Inclusion term")
INDEX: Final[Kind] = (21597, "Index term")
ATTRIBUTED: Final[Kind] = (21604, "Attributed code")
VALIDATED: Final[Kind] = (21611, "Validated")
NOT_VALIDATED: Final[Kind] = (21618, "Not yet validated")
GERMLINE: Final[Kind] = (17949, "Disease-causing germline mutation(s) in")
SOMATIC: Final[Kind] = (17955, "Disease-causing somatic mutation(s) in")
MODIFYING: Final[Kind] = (17967, "Modifying germline mutation in")
LOSS_OF_FUNCTION: Final[Kind] = (
    25972,
    "Disease-causing germline mutation(s) (loss of function) in",
)
# No file at hand shows Orphanet's number for it; readers go by the name.
GAIN_OF_FUNCTION: Final[Kind] = (
    "",
    "Disease-causing germline mutation(s) (gain of function) in",
)
ASSESSED: Final[Kind] = (17991, "Assessed")
NOT_ASSESSED: Final[Kind] = (17997, "Not yet assessed")
PREFERENTIAL: Final[Kind] = (27342, "Preferential parent")
ANTENATAL: Final[Kind] = (23508, "Antenatal")
NEONATAL: Final[Kind] = (23515, "Neonatal")
INFANCY: Final[Kind] = (23522, "Infancy")
CHILDHOOD: Final[Kind] = (23529, "Childhood")
ADOLESCENT: Final[Kind] = (23536, "Adolescent")
ADULT: Final[Kind] = (23543, "Adult")
ELDERLY: Final[Kind] = (23550, "Elderly")
ALL_AGES: Final[Kind] = (23557, "All ages")
# No file at hand shows Orphanet's number for it.
NO_AGE: Final[Kind] = ("", "No data available")
DOMINANT: Final[Kind] = (23410, "Autosomal dominant")
RECESSIVE: Final[Kind] = (23417, "Autosomal recessive")
MULTIFACTORIAL: Final[Kind] = (23424, "Multigenic/multifactorial")
X_RECESSIVE: Final[Kind] = (23431, "X-linked recessive")
MITOCHONDRIAL: Final[Kind] = (23438, "Mitochondrial inheritance")
X_DOMINANT: Final[Kind] = (23445, "X-linked dominant")
OLIGOGENIC: Final[Kind] = (23459, "Oligogenic")
SEMI_DOMINANT: Final[Kind] = (23466, "Semi-dominant")
Y_LINKED: Final[Kind] = (23473, "Y-linked")
UNKNOWN_MODE: Final[Kind] = (23480, "Unknown")
NO_MODE: Final[Kind] = (23487, "No data available")
NOT_INHERITED: Final[Kind] = (23494, "Not applicable")


@dataclass(frozen=True, slots=True)
class Reference:
    """An ExternalReference of product 1; of a gene, where only source and code are written."""

    source: str
    code: str
    relation: Kind = EXACT
    icd: Kind | None = None
    status: Kind | None = VALIDATED
    uri: str = ""


@dataclass(frozen=True, slots=True)
class GeneEntry:
    """What product 6 writes of a gene."""

    id: str
    symbol: str
    name: str = ""
    synonyms: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    loci: tuple[str, ...] = ()
    type: str = "gene with protein product"


@dataclass(frozen=True, slots=True)
class Association:
    """A link between an entity and a gene."""

    gene: GeneEntry
    kind: Kind = GERMLINE
    status: Kind = ASSESSED
    sources: str = ""


def references_xml(
    pack: Pack,
    references: Mapping[str, Sequence[Reference]],
    lang: str = "en",
    form: Form = OFFICIAL,
) -> bytes:
    """`<lang>_product1.xml` or a mapping: by ORPHAcode, the references in file order."""
    writer = _Writer(pack, lang)
    bodies = {code: writer.references(each, full=True) for code, each in references.items()}
    return writer.file(bodies, form)


def genes_xml(pack: Pack, links: Mapping[str, Sequence[Association]]) -> bytes:
    """`en_product6.xml`: by ORPHAcode, its links with genes."""
    writer = _Writer(pack, "en")
    return writer.file({code: writer.associations(each) for code, each in links.items()})


def linearisation_xml(
    pack: Pack,
    parents: Mapping[str, str | None],
    lang: str = "en",
    kind: Kind = PREFERENTIAL,
    redirections: Mapping[str, Redirection] | None = None,
) -> bytes:
    """`en_product7.xml` or `ORPHAlinearisation_<lang>.xml`: by ORPHAcode, the parent or None.

    Each link is repeated in the parent, with the ends exchanged.
    """
    writer = _Writer(pack, lang)
    codes = [*parents, *(code for code in redirections or {} if code not in parents)]
    bodies = {}
    for code in codes:
        links = [list(writer.link(kind, parent, code))] if (parent := parents.get(code)) else []
        links += [
            list(writer.link(kind, None, child))
            for child, its_parent in parents.items()
            if its_parent == code
        ]
        if redirection := (redirections or {}).get(code):
            shown_kind = redirection[0], REDIRECTION_TEXTS[redirection[0]]["en"]
            links.append(list(writer.link(shown_kind, redirection[1], code)))
        bodies[code] = _list("DisorderDisorderAssociation", links)
    return writer.file(bodies)


def natural_history_xml(
    pack: Pack,
    ages: Mapping[str, Sequence[Kind]],
    modes: Mapping[str, Sequence[Kind]],
    lang: str = "en",
    form: Form = OFFICIAL,
) -> bytes:
    """`<lang>_product9_ages.xml`: by ORPHAcode, its ages at onset and its modes of inheritance.

    Those of an entity that one of the two names only are an empty list.
    """
    writer = _Writer(pack, lang)
    bodies = {
        code: writer.natural_history(ages.get(code, ()), modes.get(code, ()))
        for code in dict.fromkeys([*ages, *modes])
    }
    return writer.file(bodies, form)


def _list(tag: str, items: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f'<{tag}List count="{len(items)}">'
    for item in items:
        yield from item
    yield f"</{tag}List>"


@dataclass(frozen=True, slots=True)
class _Writer:
    pack: Pack
    lang: str

    def file(self, bodies: Mapping[str, Iterator[str]], form: Form = OFFICIAL) -> bytes:
        lines = [*header(self.pack, form), f'<DisorderList count="{len(bodies)}">']
        for code, body in bodies.items():
            lines += [f'<Disorder id="{internal_id(code)}">', *self._head(code), *body]
            lines.append("</Disorder>")
        return encoded([*lines, "</DisorderList>", "</JDBOR>"], form)

    def _head(self, code: str) -> Iterator[str]:
        known = {each.code: each for each in self.pack.entities}
        entity = known.get(code) or Entity(code, {self.lang: f"Entity {code}"})
        yield f"<OrphaCode>{escape(code)}</OrphaCode>"
        yield expert_link(code, self.lang)
        yield f'<Name lang="{self.lang}">{escape(shown(entity.names, self.lang)[0])}</Name>'
        yield from self._named("DisorderType", entity.type_id, TYPE_TEXTS)
        yield from self._named("DisorderGroup", entity.level_id, LEVEL_TEXTS)

    def _named(self, tag: str, number: int, texts: Mapping[int, Texts]) -> Iterator[str]:
        yield f'<{tag} id="{number}">'
        yield in_language("Name", texts.get(number, {self.lang: str(number)}), self.lang)
        yield f"</{tag}>"

    def _kind(self, tag: str, kind: Kind | None) -> Iterator[str]:
        if kind is None:
            yield f"<{tag}/>"
            return
        yield f'<{tag} id="{kind[0]}">'
        yield f'<Name lang="{self.lang}">{escape(kind[1])}</Name>'
        yield f"</{tag}>"

    def references(self, references: Sequence[Reference], *, full: bool) -> Iterator[str]:
        return _list("ExternalReference", [list(self._reference(r, full)) for r in references])

    def _reference(self, reference: Reference, full: bool) -> Iterator[str]:
        yield '<ExternalReference id="7">'
        yield f"<Source>{escape(reference.source)}</Source>"
        yield f"<Reference>{escape(reference.code)}</Reference>"
        if full:
            yield from self._kind("DisorderMappingRelation", reference.relation)
            yield from self._kind("DisorderMappingICDRelation", reference.icd)
            yield from self._kind("DisorderMappingValidationStatus", reference.status)
            yield "<DisorderMappingICDRefUrl/>"
            yield f"<DisorderMappingICDRefUri>{reference.uri}</DisorderMappingICDRefUri>"
        yield "</ExternalReference>"

    def associations(self, links: Sequence[Association]) -> Iterator[str]:
        return _list("DisorderGeneAssociation", [list(self._association(each)) for each in links])

    def _association(self, link: Association) -> Iterator[str]:
        yield "<DisorderGeneAssociation>"
        yield f"<SourceOfValidation>{escape(link.sources)}</SourceOfValidation>"
        yield from self._gene(link.gene)
        yield from self._kind("DisorderGeneAssociationType", link.kind)
        yield from self._kind("DisorderGeneAssociationStatus", link.status)
        yield "</DisorderGeneAssociation>"

    def _gene(self, gene: GeneEntry) -> Iterator[str]:
        yield f'<Gene id="{gene.id}">'
        yield f'<Name lang="en">{escape(gene.name)}</Name>'
        yield f"<Symbol>{escape(gene.symbol)}</Symbol>"
        synonyms = [[f'<Synonym lang="en">{escape(each)}</Synonym>'] for each in gene.synonyms]
        yield from _list("Synonym", synonyms)
        yield from self._kind("GeneType", (25993, gene.type))
        yield from self.references(gene.references, full=False)
        loci = [
            ['<Locus id="5">', f"<GeneLocus>{locus}</GeneLocus>", "<LocusKey>1</LocusKey></Locus>"]
            for locus in gene.loci
        ]
        yield from _list("Locus", loci)
        yield "</Gene>"

    def link(self, kind: Kind, target: str | None, root: str) -> Iterator[str]:
        """An association as it stands in ``root``, or without a target in the target."""
        yield "<DisorderDisorderAssociation>"
        yield from self._end("TargetDisorder", target)
        yield from self._end("RootDisorder", root if target is None else None)
        yield from self._kind("DisorderDisorderAssociationType", kind)
        yield "</DisorderDisorderAssociation>"

    def natural_history(self, ages: Sequence[Kind], modes: Sequence[Kind]) -> Iterator[str]:
        for tag, kinds in (("AverageAgeOfOnset", ages), ("TypeOfInheritance", modes)):
            yield from _list(tag, [list(self._kind(tag, kind)) for kind in kinds])

    def _end(self, tag: str, code: str | None) -> Iterator[str]:
        if code is None:
            yield f'<{tag} id="1" cycle="true"/>'
            return
        yield f'<{tag} id="{internal_id(code)}">'
        yield f"<OrphaCode>{escape(code)}</OrphaCode>"
        yield f"</{tag}>"
