"""Alignments: what ties a code of one system to a code of another, and who says so.

Orphanet's relations and its qualifiers for ICD-10 (domain rules, section 2.5), and their
counterparts in SKOS as SSSOM files use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ontologies.concept import Numbered
from ontologies.systems import Coding


class Relation(Numbered):
    """DisorderMappingRelation: how the subject of an alignment stands to its object, surest first.

    ``inverse`` is how the object stands to the subject.
    """

    EXACT = (21527, "E", "exact", "exact")
    NARROWER = (21534, "NTBT", "plus précis", "narrower")
    BROADER = (None, "BTNT", "plus large", "broader")
    UNSPECIFIED = (None, "unspecified", "relation non précisée", "relation not specified")
    UNDECIDED = (None, "ND", "non décidé", "not decided")
    WRONG = (None, "W", "faux : mêmes mots, autre concept", "wrong: same words, other concept")

    def __init__(self, number: int | None, key: str, fr: str, en: str) -> None:
        super().__init__(number, key, fr, en)
        self.inverse = self

    @property
    def predicate(self) -> str:
        """The SSSOM predicate; W is ``skos:exactMatch`` with the modifier Not."""
        return _PREDICATES[self]


Relation.NARROWER.inverse, Relation.BROADER.inverse = Relation.BROADER, Relation.NARROWER
# In SKOS "a broadMatch b" says that b is the broader one.
_PREDICATES = {
    Relation.EXACT: "skos:exactMatch",
    Relation.NARROWER: "skos:broadMatch",
    Relation.BROADER: "skos:narrowMatch",
    Relation.UNDECIDED: "skos:relatedMatch",
    Relation.WRONG: "skos:exactMatch",
    Relation.UNSPECIFIED: "oboInOwl:hasDbXref",
}
RELATION_OF_PREDICATE: Mapping[str, Relation] = {
    "skos:exactMatch": Relation.EXACT,
    "skos:broadMatch": Relation.NARROWER,
    "skos:narrowMatch": Relation.BROADER,
    "skos:relatedMatch": Relation.UNDECIDED,
    "skos:closeMatch": Relation.UNSPECIFIED,
    "owl:equivalentClass": Relation.EXACT,
    "owl:equivalentTo": Relation.EXACT,
    "owl:sameAs": Relation.EXACT,
    "oboInOwl:hasDbXref": Relation.UNSPECIFIED,
    "oio:hasDbXref": Relation.UNSPECIFIED,
    "rdfs:seeAlso": Relation.UNSPECIFIED,
}


class IcdRelation(Numbered):
    """DisorderMappingICDRelation: how an entity stands in ICD-10, the closest first."""

    SPECIFIC = (21583, "specific", "code spécifique", "specific code")
    INCLUSION = (21590, "inclusion", "terme d'inclusion", "inclusion term")
    INDEX = (21597, "index", "terme d'index", "index term")
    ATTRIBUTED = (21604, "attributed", "attribué par Orphanet", "attributed by Orphanet")


VALIDATED = 21611  # DisorderMappingValidationStatus


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where alignments come from: a release of a dataset, and the versions of both ends.

    Attributes:
        dataset: its key in the register (``orphanet-icd10``).
        version: its release.
        ends: code system -> version of that end, as far as the source says it.
    """

    dataset: str
    version: str
    ends: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Alignment:
    """A subject, an object and the relation between them, as one source has it.

    Attributes:
        validated: Orphanet's validation status; None where the source has none.
        uri: the address of the object in its system (ICD-11 foundation), where given.
        written: the object's code as the source writes it, where it differs (``E85.4+``).
        justification: SSSOM's mapping_justification, a CURIE of semapv.
        confidence: between 0 and 1, where given.
    """

    subject: Coding
    object: Coding
    relation: Relation = Relation.UNSPECIFIED
    icd_relation: IcdRelation | None = None
    validated: bool | None = None
    uri: str | None = None
    written: str | None = None
    justification: str | None = None
    confidence: float | None = None
    source: Provenance | None = None

    @property
    def strength(self) -> tuple[int, int, int]:
        """Sort key, the smaller the surer: relation, then ICD relation, then validation."""
        icd = self.icd_relation
        return (
            self.relation.rank,
            len(IcdRelation) if icd is None else icd.rank,
            1 if self.validated is None else 2 - 2 * self.validated,
        )

    def relation_from(self, end: Coding) -> Relation:
        """How ``end``, the subject or the object, stands to the other end."""
        return self.relation if end == self.subject else self.relation.inverse

    def other(self, end: Coding) -> Coding:
        return self.object if end == self.subject else self.subject
