"""Genes of entities of the demonstration, as Orphanet links them (facts of 2023).

Of cystic fibrosis only two of 19 genes are here.
"""

from collections.abc import Mapping
from typing import Final

from tests.packs.model import Pack
from tests.packs.products import (
    GAIN_OF_FUNCTION,
    GERMLINE,
    LOSS_OF_FUNCTION,
    MODIFYING,
    SOMATIC,
    Association,
    GeneEntry,
    Kind,
    Reference,
    genes_xml,
)

_SYSTEMS: Final = ("HGNC", "Ensembl", "OMIM")


def _gene(
    number: str, symbol: str, name: str, locus: str, codes: str, synonyms: str = ""
) -> GeneEntry:
    """One row of the table: codes in the order of `_SYSTEMS`, synonyms with `|` between them."""
    references = zip(_SYSTEMS, codes.split(), strict=True)
    return GeneEntry(
        number,
        symbol,
        name,
        tuple(synonyms.split("|")) if synonyms else (),
        tuple(Reference(system, code) for system, code in references),
        (locus,),
    )


GENES: Final = (
    _gene(
        "16032",
        "FBN1",
        "fibrillin 1",
        "15q21.1",
        "3603 ENSG00000166147 134797",
        "MASS|Marfan syndrome",
    ),
    _gene(
        "15610",
        "TGFBR1",
        "transforming growth factor beta receptor 1",
        "9q22.33",
        "11772 ENSG00000106799 190181",
        "ACVRLK4|ALK-5",
    ),
    _gene(
        "15611",
        "TGFBR2",
        "transforming growth factor beta receptor 2",
        "3p24.1",
        "11773 ENSG00000163513 190182",
        "TBR-ii|TBRII",
    ),
    _gene(
        "15114",
        "PMP22",
        "peripheral myelin protein 22",
        "17p12",
        "9118 ENSG00000109099 601097",
        "GAS3|HMSNIA",
    ),
    _gene(
        "16463",
        "MPZ",
        "myelin protein zero",
        "1q23.3",
        "7225 ENSG00000158887 159440",
        "CMT2I|CMT2J",
    ),
    _gene(
        "16394", "MFN2", "mitofusin 2", "1p36.22", "16877 ENSG00000116688 608507", "CMT2A2|CPRP1"
    ),
    _gene(
        "15271",
        "SERPINA1",
        "serpin family A member 1",
        "14q32.13",
        "8941 ENSG00000197249 107400",
        "A1A|A1AT",
    ),
    _gene(
        "15441",
        "CFTR",
        "CF transmembrane conductance regulator",
        "7q31.2",
        "1884 ENSG00000001626 602421",
        "ABC35|CFTR/MRP",
    ),
    _gene(
        "16047",
        "FGFR3",
        "fibroblast growth factor receptor 3",
        "4p16.3",
        "3690 ENSG00000068078 134934",
        "CD333|CEK2",
    ),
    _gene("16190", "HTT", "huntingtin", "4p16.3", "4851 ENSG00000197386 613004", "IT15"),
    _gene(
        "22960",
        "SLC2A3",
        "solute carrier family 2 member 3",
        "12p13.31",
        "11007 ENSG00000059804 138170",
    ),
    _gene("16135", "GLA", "galactosidase alpha", "Xq22.1", "4296 ENSG00000102393 300644", "GALA"),
    _gene(
        "15330",
        "ATP7B",
        "ATPase copper transporting beta",
        "13q14.3",
        "870 ENSG00000123191 606882",
        "Wilson disease|copper pump 2",
    ),
    _gene(
        "15770",
        "COL3A1",
        "collagen type III alpha 1 chain",
        "2q32.2",
        "2201 ENSG00000168542 120180",
    ),
    _gene(
        "16186",
        "HBB",
        "hemoglobin subunit beta",
        "11p15.4",
        "4827 ENSG00000244734 141900",
        "CD113t-C|beta-globin",
    ),
    _gene("16388", "MECP2", "methyl-CpG binding protein 2", "Xq28", "6990 ENSG00000169057 300005"),
    _gene(
        "15876", "DMD", "dystrophin", "Xp21.2-p21.1", "2928 ENSG00000198947 300377", "BMD|DXS142"
    ),
    _gene(
        "18980",
        "LTBP4",
        "latent transforming growth factor beta binding protein 4",
        "19q13.2",
        "6717 ENSG00000090006 604710",
        "FLJ46318|FLJ90018",
    ),
    _gene(
        "16543",
        "NF2",
        "NF2, moesin-ezrin-radixin like (MERLIN) tumor suppressor",
        "22q12.2",
        "7773 ENSG00000186575 607379",
        "ACN|BANF",
    ),
    _gene(
        "16542",
        "NF1",
        "neurofibromin 1",
        "17q11.2",
        "7765 ENSG00000196712 613113",
        "Watson disease|neurofibromatosis",
    ),
    _gene("16241", "IFNG", "interferon gamma", "12q15", "5438 ENSG00000111537 147570"),
    _gene(
        "15668",
        "TSC1",
        "TSC complex subunit 1",
        "9q34",
        "12362 ENSG00000165699 605284",
        "KIAA0243|LAM",
    ),
    _gene(
        "15669",
        "TSC2",
        "TSC complex subunit 2",
        "16p13.3",
        "12363 ENSG00000103197 191092",
        "LAM|PPP1R160",
    ),
    _gene(
        "22147",
        "GNAQ",
        "G protein subunit alpha q",
        "9q21.2",
        "4390 ENSG00000156052 600998",
        "G-ALPHA-q|GAQ",
    ),
    _gene(
        "16240", "IDUA", "alpha-L-iduronidase", "4p16.3", "5391 ENSG00000127415 252800", "MPS1|MPSI"
    ),
    _gene(
        "24124",
        "ADGRG2",
        "adhesion G protein-coupled receptor G2",
        "Xp22.13",
        "4516 ENSG00000173698 300572",
        "EDDM6|HE6",
    ),
)

LINKS: Final[Mapping[str, tuple[tuple[str, Kind], ...]]] = {
    "284963": (("FBN1", GERMLINE),),
    "284973": (
        ("TGFBR1", GERMLINE),
        ("TGFBR2", GERMLINE),
    ),
    "101081": (("PMP22", GERMLINE),),
    "101082": (("MPZ", GERMLINE),),
    "90658": (("PMP22", GERMLINE),),
    "99947": (("MFN2", GERMLINE),),
    "586": (
        ("SERPINA1", MODIFYING),
        ("CFTR", LOSS_OF_FUNCTION),
    ),
    "15": (("FGFR3", GAIN_OF_FUNCTION),),
    "399": (
        ("HTT", GAIN_OF_FUNCTION),
        ("SLC2A3", MODIFYING),
    ),
    "324": (("GLA", GERMLINE),),
    "905": (("ATP7B", LOSS_OF_FUNCTION),),
    "60": (("SERPINA1", GERMLINE),),
    "286": (("COL3A1", GERMLINE),),
    "232": (("HBB", GERMLINE),),
    "778": (("MECP2", GERMLINE),),
    "98896": (
        ("DMD", GERMLINE),
        ("LTBP4", MODIFYING),
    ),
    "98895": (("DMD", GERMLINE),),
    "637": (("NF2", GERMLINE),),
    "363700": (("NF1", LOSS_OF_FUNCTION),),
    "805": (
        ("IFNG", MODIFYING),
        ("TSC1", GERMLINE),
        ("TSC2", GERMLINE),
    ),
    "3205": (("GNAQ", SOMATIC),),
    "93473": (("IDUA", GERMLINE),),
    "48": (
        ("ADGRG2", GERMLINE),
        ("CFTR", GERMLINE),
    ),
}
"""ORPHAcode -> (symbol, kind of link)."""

SOURCES: Final = {
    ("586", "SERPINA1"): "19738092[PMID]",
    ("586", "CFTR"): "22214395[PMID]",
    ("324", "GLA"): "20301469[PMID]",
    ("778", "MECP2"): "20301670[PMID]",
}
"""(ORPHAcode, symbol) -> the source of a link, where it is known."""


def genes(pack: Pack) -> bytes:
    """`en_product6.xml`."""
    by_symbol = {gene.symbol: gene for gene in GENES}
    links = {
        code: [
            Association(by_symbol[symbol], kind, sources=SOURCES.get((code, symbol), ""))
            for symbol, kind in found
        ]
        for code, found in LINKS.items()
    }
    return genes_xml(pack, links)
