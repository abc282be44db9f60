"""Genes and their links with rare diseases, as Orphanet assesses them (product 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ontologies.concept import Numbered
from ontologies.release import Snapshot
from ontologies.systems import Coding


class Association(Numbered):
    """DisorderGeneAssociationType."""

    GERMLINE = (
        17949,
        "disease_causing_germline",
        "Mutation(s) germinale(s) causale(s)",
        "Disease-causing germline mutation(s) in",
    )
    LOSS_OF_FUNCTION = (
        25972,
        "disease_causing_loss_of_function",
        "Mutation(s) germinale(s) causale(s), perte de fonction",
        "Disease-causing germline mutation(s) (loss of function) in",
    )
    GAIN_OF_FUNCTION = (
        None,
        "disease_causing_gain_of_function",
        "Mutation(s) germinale(s) causale(s), gain de fonction",
        "Disease-causing germline mutation(s) (gain of function) in",
    )
    SOMATIC = (
        17955,
        "disease_causing_somatic",
        "Mutation(s) somatique(s) causale(s)",
        "Disease-causing somatic mutation(s) in",
    )
    SUSCEPTIBILITY = (
        17961,
        "major_susceptibility_factor",
        "Facteur majeur de susceptibilité",
        "Major susceptibility factor in",
    )
    MODIFYING = (
        17967,
        "modifying_germline",
        "Mutation germinale modificatrice",
        "Modifying germline mutation in",
    )
    FUSION = (None, "fusion_gene", "Partie d'un gène de fusion", "Part of a fusion gene in")
    ROLE = (None, "role_in_phenotype", "Rôle dans le phénotype", "Role in the phenotype of")
    CANDIDATE = (18273, "candidate", "Gène candidat testé", "Candidate gene tested in")
    BIOMARKER = (None, "biomarker", "Biomarqueur testé", "Biomarker tested in")

    @classmethod
    def read(cls, number: int | None, name: str) -> Association:
        """Return the type of this number, else of this English name. Raises KeyError."""
        for each in cls:
            if number is not None and each.number == number:
                return each
        for each in cls:
            if each.en == name and (number is None or each.number is None):
                return each
        raise KeyError(name)

    @property
    def is_disease_causing(self) -> bool:
        return self.key.startswith("disease_causing")


ASSESSED, NOT_ASSESSED = 17991, 17997  # DisorderGeneAssociationStatus


@dataclass(frozen=True, slots=True)
class Gene:
    """A gene.

    Attributes:
        id: Orphanet's number of the gene, which links and tables go by.
        coding: its HGNC code; None for the few without one.
        symbol: the preferred symbol.
        name: the full name, in English.
        synonyms: former and other symbols and names.
        loci: where it lies, such as ``15q21.1``.
        references: its codes in other systems.
    """

    id: str
    coding: Coding | None
    symbol: str
    name: str = ""
    synonyms: tuple[str, ...] = ()
    loci: tuple[str, ...] = ()
    references: tuple[Coding, ...] = ()
    type: str | None = None


def joined(genes: Iterable[Gene]) -> Gene:
    """Make one gene of what several files say of it, the most trusted first.

    Synonyms, loci and references add up; of the rest the first file that says something counts.
    """
    first, *others = genes
    for other in others:
        symbols = () if other.symbol == first.symbol else (other.symbol,)
        first = replace(
            first,
            coding=first.coding or other.coding,
            name=first.name or other.name,
            synonyms=tuple(dict.fromkeys((*first.synonyms, *symbols, *other.synonyms))),
            loci=tuple(dict.fromkeys((*first.loci, *other.loci))),
            references=tuple(dict.fromkeys((*first.references, *other.references))),
            type=first.type or other.type,
        )
    return first


@dataclass(frozen=True, slots=True)
class GeneLink:
    """What ties a gene to an entity.

    Attributes:
        orpha: the entity.
        gene: ``Gene.id``.
        assessed: Orphanet's DisorderGeneAssociationStatus.
        sources: what it was validated with, such as ``PMID:22587682``.
    """

    orpha: str
    gene: str
    association: Association
    assessed: bool
    sources: tuple[str, ...] = ()

    @property
    def is_causal(self) -> bool:
        """Assessed and disease-causing: the links that ``specify`` goes by."""
        return self.assessed and self.association.is_disease_causing


class GeneTable:
    """Genes by symbol and code, and their links with entities.

    Args:
        genes: those of one Orphanet number are joined, the most trusted first.
        links: the associations.
    """

    def __init__(self, genes: Iterable[Gene], links: Iterable[GeneLink]) -> None:
        self.genes: dict[str, Gene] = {}
        for gene in genes:
            known = self.genes.get(gene.id)
            self.genes[gene.id] = joined((known, gene)) if known else gene
        self._by_symbol = {gene.symbol.upper(): gene for gene in self.genes.values()}
        self._by_coding = {gene.coding: gene for gene in self.genes.values() if gene.coding}
        self._by_synonym: defaultdict[str, list[Gene]] = defaultdict(list)
        for gene in self.genes.values():
            for synonym in dict.fromkeys(each.upper() for each in gene.synonyms):
                # The preferred symbol of another gene is not a synonym to go by.
                if synonym not in self._by_symbol:
                    self._by_synonym[synonym].append(gene)
        self._by_orpha: defaultdict[str, list[GeneLink]] = defaultdict(list)
        self._by_gene: defaultdict[str, list[GeneLink]] = defaultdict(list)
        for link in dict.fromkeys(links):
            if link.gene in self.genes:
                self._by_orpha[link.orpha].append(link)
                self._by_gene[link.gene].append(link)

    def __bool__(self) -> bool:
        return bool(self.genes)

    def named(self, written: str) -> tuple[Gene, ...]:
        """Return the genes that a symbol, a synonym or an HGNC code means; several for a synonym
        that several genes share.

        >>> GeneTable([Gene("1", None, "MPZ", synonyms=("P0",))], []).named("p0")[0].symbol
        'MPZ'
        """
        text = " ".join(written.split()).upper()
        number = text.removeprefix("HGNC").lstrip(":_ ") if text.startswith("HGNC") else text
        if number.isdigit() and (by_code := self._by_coding.get(Coding("hgnc", f"HGNC:{number}"))):
            return (by_code,)
        if found := self._by_symbol.get(text):
            return (found,)
        return tuple(self._by_synonym.get(text, ()))

    def links_of(self, orpha: str) -> Sequence[GeneLink]:
        """The associations of an entity."""
        return self._by_orpha.get(orpha, ())

    def links_with(self, gene: Gene) -> Sequence[GeneLink]:
        """The associations of a gene."""
        return self._by_gene.get(gene.id, ())


@dataclass(frozen=True, slots=True)
class Specification:
    """What genes say about a code (``specify``).

    Attributes:
        code: the code to use: the only candidate, else the code that was given.
        candidates: the code itself and its descendants with an assessed, disease-causing link to
            one of the genes.
        genes: each gene as given, and the genes that it means; none where it is unknown.
    """

    code: str
    candidates: tuple[str, ...]
    genes: tuple[tuple[str, tuple[Gene, ...]], ...]

    @property
    def is_consistent(self) -> bool:
        """Whether at least one of the genes is known to cause the entity or one below it."""
        return bool(self.candidates)


def specify(snapshot: Snapshot, table: GeneTable, code: str, genes: Iterable[str]) -> Specification:
    """Make a code more precise by genes, where they leave exactly one possibility.

    Semantics of RDaggregator's ``specify_code`` (domain rules, section 5): candidates are the
    code and all its descendants, in the merged hierarchy, that have an assessed and
    disease-causing link to any of the genes; symbol synonyms are resolved.

    Raises:
        UnknownCode: the release does not have the code.
    """
    snapshot.concept(code)
    meant = tuple((each, table.named(each)) for each in genes)
    wanted = {gene.id for _, found in meant for gene in found}
    below = (code, *snapshot.merged.descendants(code))
    candidates = tuple(
        each
        for each in below
        if any(link.is_causal and link.gene in wanted for link in table.links_of(each))
    )
    chosen = candidates[0] if len(candidates) == 1 else code
    return Specification(chosen, candidates, meant)
