"""The related datasets of the demonstration: Mondo, ICD-10 and genes of its entities.

Each file has the official name and form, and holds facts of its publisher on a few entities.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from tests.packs.demonstration.related_genes import genes
from tests.packs.demonstration.related_icd10 import mapping
from tests.packs.demonstration.related_mondo import mappings, rare_diseases
from tests.packs.model import Pack

RELATED: Final = Path("related")

_DATE: Final = "2023-06-22"


def related_products(pack: Pack) -> Iterator[tuple[Path, bytes]]:
    """Orphanet's products: the mapping and the genes, as XML."""
    dated = replace(pack, date=_DATE)
    yield RELATED / "ORPHA_ICD10_mapping_fr.xml", mapping(dated)
    yield RELATED / "en_product6.xml", genes(dated)


def related_tables(pack: Pack) -> Iterator[tuple[Path, bytes]]:
    """The files of Mondo, as text. HPO's licence allows no excerpt that changes its relations."""
    yield RELATED / "mondo_exactmatch_orphanet.sssom.tsv", mappings(pack)
    yield RELATED / "mondo-rare-2023-08-07.tsv", rare_diseases()
