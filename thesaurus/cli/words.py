"""French words for what the answers say in keys. JSON keeps the keys."""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.alignment import IcdRelation, Relation
from ontologies.concept import EntityType, Level, RedirectionKind
from thesaurus.coding.answer import Severity

STATUSES: Mapping[str, str] = {
    "active": "actif",
    "active_historic": "historique",
    "deprecated": "déprécié",
    "obsolete": "obsolète",
    "non_rare": "non rare en Europe",
}
LABELS: Mapping[str, str] = {"preferred": "préféré", "synonym": "synonyme"}
MARKS: Mapping[str, str] = {
    "broad": "plus large",
    "narrow": "plus précis",
    "related": "voisin",
    "official": "officiel",
    "candidate": "proposé",
    "changed": "anglais modifié depuis",
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "erreur",
    Severity.WARNING: "avertissement",
    Severity.INFORMATION: "information",
}


def status(key: str) -> str:
    return STATUSES.get(key, key)


def level(key: str | None) -> str:
    return Level.of_key(key).fr.lower() if key else "niveau inconnu"


def entity_type(key: str | None) -> str:
    return EntityType.of_key(key).fr.lower() if key else "type inconnu"


def redirection(key: str) -> str:
    return RedirectionKind.of_key(key).fr.lower()


def relation(key: str, subject: str) -> str:
    """Say how a subject stands to a code; of narrower and broader, who is which."""
    found = Relation.of_key(key)
    return f"{subject} {found.fr}" if found.inverse is not found else found.fr


def code_relation(key: str) -> str:
    """Say how a code that was typed stands to an entity."""
    known = {"sign": "signe", "causal": "gène causal", "associated": "gène associé"}
    return known.get(key) or Relation.of_key(key).fr


def icd_relation(key: str) -> str:
    return IcdRelation.of_key(key).fr


def decimal(number: float) -> str:
    """Write a number with one decimal, as French does."""
    return f"{number:.1f}".replace(".", ",")


# What a release is measured by: the first of these that it has.
_SIZES = (
    *("entities", "terms", "concepts", "associations", "gene_synonyms", "signs", "disorders"),
    *("rows", "equivalent_to", "preferential_parents"),
)


def size(counts: Mapping[str, int]) -> str:
    """Say how much a release holds, by its main count."""
    return next((f"{counts[key]} {key}" for key in _SIZES if key in counts), "?")
