"""ICD-10 codes of entities of the demonstration, in the form of Orphanet's French mapping.

The codes are Orphanet's (2018 and 2025). A relation is exact only where the title of the WHO code
names that disease and no other; the BTNT are diseases whose ICD-10 codes each hold a part of them.
"""

from typing import Final

from tests.packs.model import Pack
from tests.packs.products import Kind, Reference, references_xml

EXACT: Final[Kind] = (21527, "E (exact)")
NARROWER: Final[Kind] = (21534, "NTBT (plus précis)")
# No file at hand shows Orphanet's number for it; readers go by the key in the name.
BROADER: Final[Kind] = ("", "BTNT (plus large)")
SPECIFIC: Final[Kind] = (21583, "Code spécifique")
ATTRIBUTED: Final[Kind] = (21604, "Code attribué")
VALIDATED: Final[Kind] = (21611, "Validé")
NOT_VALIDATED: Final[Kind] = (21618, "Non validé")

TITLED: Final = {
    "15": "Q77.4",
    "399": "G10",
    "558": "Q87.4",
    "579": "E76.0",
    "580": "E76.1",
    "586": "E84",
    "589": "G70.0",
    "666": "Q78.0",
    "778": "F84.2",
    "805": "Q85.1",
    "903": "D68.0",
    "910": "Q82.1",
    "79254": "E70.0",
    "83330": "G12.0",
    "98249": "Q79.6",
    "300895": "C84.6",
    "300903": "C84.7",
}
"""ORPHAcode -> the code whose title names the disease."""

IN_PARTS: Final = {
    "586": "E84.0 E84.1 E84.8",
    "98841": "C84.6 C84.7",
}
"""ORPHAcode -> codes that are each narrower than the disease."""

WIDER: Final = {
    "55": "E70.3",
    "60": "E88.0",
    "244": "Q34.8",
    "273": "G71.1",
    "276": "D81.2",
    "286": "Q79.6",
    "324": "E75.2",
    "355": "E75.2",
    "365": "E74.0",
    "506": "G31.8",
    "636": "Q85.0",
    "637": "Q85.0",
    "646": "E75.2",
    "648": "Q87.1",
    "803": "G12.2",
    "905": "E83.0",
    "2032": "J84.1",
    "3205": "Q85.8",
    "65753": "G60.0",
    "77259": "E75.2",
    "79239": "E74.2",
    "93473": "E76.0",
    "98895": "G71.0",
    "98896": "G71.0",
    "99947": "G60.0",
    "101081": "G60.0",
    "101082": "G60.0",
    "284963": "Q87.4",
    "284973": "Q87.4",
}
"""ORPHAcode -> the code of a wider class, where we do not say how it is named there."""

GIVEN: Final = {
    "2772": "Q78.0",
    "90340": "D89.8",
    "166063": "Q04.3",
    "447795": "E88.8",
    "636941": "Q79.6",
    "647834": "E83.1",
}
"""ORPHAcode -> the code of a wider class, which Orphanet gave to it."""


def mapping(pack: Pack) -> bytes:
    """`ORPHA_ICD10_mapping_fr.xml`, in the order of the codes."""
    codes = sorted({*TITLED, *IN_PARTS, *WIDER, *GIVEN}, key=int)
    return references_xml(pack, {code: _references(code) for code in codes}, "fr")


def _references(orpha: str) -> list[Reference]:
    rows = (
        (TITLED, EXACT, SPECIFIC, VALIDATED),
        (IN_PARTS, BROADER, None, NOT_VALIDATED),
        (WIDER, NARROWER, None, NOT_VALIDATED),
        (GIVEN, NARROWER, ATTRIBUTED, NOT_VALIDATED),
    )
    return [
        Reference("ICD-10", code, relation, icd_relation, status)
        for table, relation, icd_relation, status in rows
        for code in table.get(orpha, "").split()
    ]
