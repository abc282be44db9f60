"""Signs of five diseases of the demonstration, as HPO annotates them (release 2025-01-16)."""

from collections.abc import Iterator
from typing import Final

from tests.packs.demonstration.related_hpo import RELEASE
from tests.packs.model import Entity, Pack

VERY_FREQUENT: Final = "HP:0040281"
FREQUENT: Final = "HP:0040282"
OCCASIONAL: Final = "HP:0040283"
VERY_RARE: Final = "HP:0040284"

SIGNS: Final = {
    "558": {
        VERY_FREQUENT: "0001519 0002616 0001166",
        FREQUENT: "0000545 0000767 0001083 0002650 0100775",
        OCCASIONAL: "0000939 0002808 0003202",
    },
    "15": {
        VERY_FREQUENT: "0002808 0003498",
        FREQUENT: "0000256 0004060",
        OCCASIONAL: "0008905",
    },
    "586": {
        VERY_FREQUENT: "0001738 0002110 0002205 0012236",
        FREQUENT: "0001508",
        OCCASIONAL: "0000716",
        VERY_RARE: "0000939",
    },
    "399": {
        VERY_FREQUENT: "0001268 0002072",
        FREQUENT: "0000716 0001288",
    },
    "101081": {
        FREQUENT: "0001265 0001288 0001761 0002460 0003202 0003431",
    },
}
"""By ORPHAcode and frequency, the numbers of the signs."""

OMIM_SIGNS: Final = ("HP:0002072", "HP:0000716")
"""Two signs of OMIM:143100, which a reader of ORPHA entities leaves out."""

_HEADER: Final = (
    "#description: excerpt for demonstration "
    f"[1: OMIM; 0: DECIPHER; {len(SIGNS)} ORPHANET]",
    f"#version: {RELEASE}",
    f"#hpo-version: http://purl.obolibrary.org/obo/hp/releases/{RELEASE}/hp.json",
    "database_id\tdisease_name\tqualifier\thpo_id\treference\tevidence\tonset\tfrequency\tsex"
    "\tmodifier\taspect\tbiocuration",
)


def signs_of(code: str) -> Iterator[tuple[str, str]]:
    """The (sign, frequency) of a disease."""
    for frequency, numbers in SIGNS[code].items():
        for number in numbers.split():
            yield f"HP:{number}", frequency


def annotations(pack: Pack) -> bytes:
    """`phenotype.hpoa`."""
    entities = {entity.code: entity for entity in pack.entities}
    rows = [_omim(sign) for sign in OMIM_SIGNS]
    for code in SIGNS:
        rows += [_orpha(entities[code], *each) for each in signs_of(code)]
    return "".join(f"{line}\n" for line in (*_HEADER, *rows)).encode()


def _orpha(entity: Entity, sign: str, frequency: str) -> str:
    disease, curator = f"ORPHA:{entity.code}", f"ORPHA:orphadata[{RELEASE}]"
    return _row(disease, entity.names["en"], sign, "TAS", frequency, curator)


def _omim(sign: str) -> str:
    return _row("OMIM:143100", "Huntington disease", sign, "IEA", "", "HPO:iea[2009-02-17]")


def _row(disease: str, name: str, sign: str, evidence: str, frequency: str, curator: str) -> str:
    return "\t".join(
        (disease, name, "", sign, disease, evidence, "", frequency, "", "", "P", curator)
    )
