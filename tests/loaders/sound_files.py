"""A small sound file of each format of related datasets, to be damaged.

Each holds a bit of whatever its reader looks at, odd rows included.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.conftest import DEMONSTRATION
from tests.loaders import (
    test_atih,
    test_claml,
    test_genes,
    test_hpo,
    test_obo,
    test_ordo_xrefs,
    test_owl,
)
from tests.loaders.small import PACK
from tests.loaders.test_linearisation import PARENTS
from tests.loaders.test_natural_history import AGES, MODES
from tests.packs.products import linearisation_xml, natural_history_xml

_ENTITIES = f'<!DOCTYPE rdf:RDF [\n<!ENTITY obo "{test_owl.PURL}" >]>\n'
_MODIFIED = ('<ModifiedBy code="S04_4"/>\n', test_claml.rubric("preferred", "Verre"))
_BABELON = (
    test_hpo.ROOT,
    "HP:0000002|rdfs:label|CANDIDATE|Nez  grand",
    "HP:0000002|rdfs:label|OFFICIAL|Grand nez",
    "HP:0000002|IAO:0000115|OFFICIAL|Un nez plus grand.",
    "HP:0000003|rdfs:label|NOT_TRANSLATED|Small nose",
)
_SYNONYMS = ("HP:0000002;nez long|nez  fort;CANDIDATE", "HP:0000003;petit nez;OFFICIAL")
_SIGNS = (
    "OMIM:154700||HP:0001166||||P",
    "ORPHA:558||HP:0001166||HP:0040281||P",
    "ORPHA:558|NOT|HP:0001166||3/7|FEMALE|P",
    "ORPHA:40||HP:0000098|HP:0003577|45%||C",
)


def _owl() -> bytes:
    classes = (test_owl.DISEASE_CLASS, test_owl.MARFAN_CLASS)
    data = test_owl.owl(*classes, doctype=_ENTITIES)
    return data.replace(f'"{test_owl.PURL}MONDO_0000001'.encode(), b'"&obo;MONDO_0000001')


FILES: Final[Mapping[str, bytes]] = {
    **{path.name: path.read_bytes() for path in sorted((DEMONSTRATION / "related").iterdir())},
    "linearisation": linearisation_xml(PACK, PARENTS),
    "natural history": natural_history_xml(PACK, AGES, MODES),
    "gene associations": test_genes.table(test_genes.ROWS),
    "gene synonyms": test_genes.table(test_genes.SYNONYMS),
    "ORDO's references": test_ordo_xrefs.table(*test_ordo_xrefs.LINES),
    "OBO": test_obo.obo(test_obo.DISEASE, test_obo.MARFAN, test_obo.OBSOLETE, test_obo.FOREIGN),
    "OWL": _owl(),
    "obographs": test_owl.obographs(test_owl.graph()),
    "babelon": test_hpo.babelon(*_BABELON),
    "babelon synonyms": test_hpo.synonyms(*_SYNONYMS),
    "hpoa": test_hpo.hpoa(*_SIGNS),
    "ClaML": test_claml.document(
        test_claml.MODIFIERS, *test_claml.CLASSES, test_claml.a_class("E10", None, *_MODIFIED)
    ),
    "ATIH": test_atih.table(),
}
