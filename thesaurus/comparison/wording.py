"""Kinds of change, statuses and counts in words."""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.concept import Status
from ontologies.differences import Facet, Kind
from ontologies.errors import Message

KINDS: Mapping[Kind, Message] = {
    Kind.ADDED: Message("codes entrants", "codes in"),
    Kind.REMOVED: Message("codes sortants", "codes out"),
    Kind.STATUS: Message("statut", "status"),
    Kind.LEVEL: Message("niveau", "level"),
    Kind.TYPE: Message("type", "type"),
    Kind.RENAMED: Message("libellé préféré", "preferred term"),
    Kind.SYNONYMS: Message("synonymes", "synonyms"),
    Kind.DEFINITION: Message("définition", "definition"),
    Kind.REDIRECTION: Message("redirection", "redirection"),
    Kind.AGGREGATION: Message("agrégation", "aggregation"),
    Kind.PARENTS: Message("parents", "parents"),
    Kind.CLASSIFICATIONS: Message("place dans les classifications", "place in classifications"),
    Kind.ALIGNMENTS: Message("alignements", "alignments"),
}
STATUSES: Mapping[Status, Message] = {
    Status.ACTIVE: Message("actif", "Active"),
    Status.HISTORIC: Message("actif : historique", "Active: Historic"),
    Status.DEPRECATED: Message("inactif : déprécié", "Inactive: Deprecated"),
    Status.OBSOLETE: Message("inactif : obsolète", "Inactive: Obsolete"),
    Status.NON_RARE: Message(
        "inactif : non rare en Europe", "Inactive: Non rare disease in Europe"
    ),
}
COUNTS: Mapping[str, str] = {
    "added": "codes entrants",
    "removed": "codes sortants",
    "renamed": "libellés préférés changés",
    "status": "statuts changés",
    "newly_inactive": "  dont devenus inactifs",
    "reactivated": "  dont redevenus actifs",
    "level": "niveaux changés",
    "type": "types changés",
    "parents": "parents changés (classifications réunies)",
    "classifications": "places changées dans une classification",
    "synonyms": "synonymes changés",
    "definitions": "définitions changées",
    "redirections": "redirections changées",
    "aggregations": "agrégations changées",
    "edges_added": "liens parent-enfant entrants",
    "edges_removed": "liens parent-enfant sortants",
    "alignments": "codes dont les alignements changent",
    "alignments_added": "  alignements nouveaux",
    "alignments_updated": "  alignements modifiés",
    "alignments_removed": "  alignements retirés",
    "classifications_added": "classifications nouvelles",
    "classifications_removed": "classifications retirées",
    "classifications_renamed": "classifications renommées",
}
FACETS: Mapping[Facet, str] = {
    Facet.CODES: "codes",
    Facet.STATUS: "statuts",
    Facet.LEVEL: "niveaux",
    Facet.TYPE: "types",
    Facet.LABELS: "libellés",
    Facet.SYNONYMS: "synonymes",
    Facet.DEFINITION: "définitions",
    Facet.AGGREGATION: "agrégation",
    Facet.PARENTS: "parents",
    Facet.CLASSIFICATIONS: "classifications",
    Facet.ALIGNMENTS: "alignements",
}
WHAT = {"added": "nouveau", "updated": "modifié", "removed": "retiré", "changed": "modifiée"}
