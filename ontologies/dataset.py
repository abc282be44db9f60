"""One release of a related dataset: whatever it says beside the Orphanet nomenclature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ontologies.alignment import Alignment, Provenance
from ontologies.genes import Gene, GeneLink
from ontologies.release import Release
from ontologies.terminology import Term

FREQUENCIES = tuple(f"HP:004028{digit}" for digit in range(6))
"""HPO's grades: obligate, very frequent, frequent, occasional, very rare, excluded."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A phenotype annotation of an entity (a row of ``phenotype.hpoa``).

    Attributes:
        orpha: the entity.
        code: an HPO term.
        frequency: an HPO term (``HP:0040281``), a ratio (``3/7``) or a percentage, as the source
            has it.
        excluded: the sign is said to be absent in this entity (qualifier NOT).
        onset: an HPO term.
        aspect: P phenotype, I inheritance, C clinical course, M modifier, H past history.
    """

    orpha: str
    code: str
    frequency: str | None = None
    excluded: bool = False
    onset: str | None = None
    aspect: str = "P"
    sex: str | None = None

    @property
    def rarity(self) -> int:
        """0 for a sign that is always there, then up; one without a grade is after those."""
        graded = self.frequency in FREQUENCIES
        return FREQUENCIES.index(self.frequency or "") if graded else len(FREQUENCIES)


@dataclass(frozen=True)
class Dataset:
    """Everything of one release of a related dataset, read-only.

    ``release.system`` is its key in the register (``hpo``, ``mondo-exactmatch-orphanet``); what
    it holds is any of terms, alignments, genes, signs and preferential parents.

    Attributes:
        ends: code system -> version of that end of the alignments, as far as the source says it.
        preferential_parents: ORPHAcode -> ORPHAcode of one specialty (linearisation).
    """

    release: Release
    terms: tuple[Term, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    genes: tuple[Gene, ...] = ()
    gene_links: tuple[GeneLink, ...] = ()
    signs: tuple[Sign, ...] = ()
    preferential_parents: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ends: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def key(self) -> str:
        return self.release.system

    @property
    def provenance(self) -> Provenance:
        return Provenance(self.key, self.release.id, self.ends)
