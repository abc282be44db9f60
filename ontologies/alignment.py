"""Alignments: what ties a code of one system to a code of another, and who says so.

Orphanet's relations and its qualifiers for ICD-10 (domain rules, section 2.5), and their
counterparts in SKOS as SSSOM files use them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Self

from ontologies.systems import Coding


class Relation(Enum):
    """DisorderMappingRelation: how the subject of an alignment stands to its object, surest first.

    Attributes:
        number: Orphanet's, where the official files are known to have it.
        rank: place in this order, 0 the surest.
        inverse: how the object stands to the subject.
    """

    EXACT = ("E", 21527, "exact", "exact")
    NARROWER = ("NTBT", 21534, "plus précis", "narrower")
    BROADER = ("BTNT", None, "plus large", "broader")
    UNSPECIFIED = ("unspecified", None, "relation non précisée", "relation not specified")
    UNDECIDED = ("ND", None, "non décidé", "not decided")
    WRONG = ("W", None, "faux : mêmes mots, autre concept", "wrong: same words, other concept")

    def __init__(self, key: str, number: int | None, fr: str, en: str) -> None:
        self.key = key
        self.number = number
        self.fr = fr
        self.en = en
        self.rank = len(type(self).__members__)
        self.inverse = self

    @classmethod
    def of_key(cls, key: str) -> Relation:
        """Return the relation that files and routes call ``key``. Raises KeyError."""
        return _OF_KEY[key]

    @property
    def predicate(self) -> str:
        """The SSSOM predicate; W is ``skos:exactMatch`` with the modifier Not."""
        return _PREDICATES[self]


_OF_KEY = {relation.key: relation for relation in Relation}
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


class IcdRelation(Enum):
    """DisorderMappingICDRelation: how an entity stands in ICD-10, the closest first."""

    SPECIFIC = ("specific", 21583, "code spécifique", "specific code")
    INCLUSION = ("inclusion", 21590, "terme d'inclusion", "inclusion term")
    INDEX = ("index", 21597, "terme d'index", "index term")
    ATTRIBUTED = ("attributed", 21604, "attribué par Orphanet", "attributed by Orphanet")

    def __init__(self, key: str, number: int, fr: str, en: str) -> None:
        self.key = key
        self.number = number
        self.fr = fr
        self.en = en
        self.rank = len(type(self).__members__)

    @classmethod
    def of_key(cls, key: str) -> Self:
        """Return the relation that files and routes call ``key``. Raises KeyError."""
        for relation in cls:
            if relation.key == key:
                return relation
        raise KeyError(key)


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
