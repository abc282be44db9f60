"""Look things up in an open release and word the answers."""

from thesaurus.lookup.alignments import coding_item, meant, translation
from thesaurus.lookup.codes import aggregations, redirections
from thesaurus.lookup.finding import find
from thesaurus.lookup.genes import specification
from thesaurus.lookup.hierarchy import (
    MAX_PATHS,
    Relation,
    classifications,
    common_ancestors,
    paths,
    related,
    subsumes,
)
from thesaurus.lookup.pages import concept_page
from thesaurus.lookup.searching import search
from thesaurus.lookup.suggesting import LevelKey, TypeKey, suggestions
from thesaurus.lookup.systems import systems

__all__ = [
    "MAX_PATHS",
    "LevelKey",
    "Relation",
    "TypeKey",
    "aggregations",
    "classifications",
    "coding_item",
    "common_ancestors",
    "concept_page",
    "find",
    "meant",
    "paths",
    "redirections",
    "related",
    "search",
    "specification",
    "subsumes",
    "suggestions",
    "systems",
    "translation",
]
