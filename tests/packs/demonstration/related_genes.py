"""Genes of entities of the demonstration, as Orphanet links them (facts of 2023).

Of cystic fibrosis only three of 19 genes are here.
"""

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
    Reference,
    genes_xml,
)

_SYSTEMS: Final = ("HGNC", "Ensembl", "OMIM", "SwissProt")


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
    _gene("16032", "FBN1", "fibrillin 1", "15q21.1", "3603 ENSG00000166147 134797 P35555", "MASS|Marfan syndrome|OCTD"),
    _gene("15610", "TGFBR1", "transforming growth factor beta receptor 1", "9q22.33", "11772 ENSG00000106799 190181 P36897", "ACVRLK4|ALK-5|ALK5"),
    _gene("15611", "TGFBR2", "transforming growth factor beta receptor 2", "3p24.1", "11773 ENSG00000163513 190182 P37173", "TBR-ii|TBRII"),
    _gene("15114", "PMP22", "peripheral myelin protein 22", "17p12", "9118 ENSG00000109099 601097 Q01453", "GAS3|HMSNIA|HNPP"),
    _gene("16463", "MPZ", "myelin protein zero", "1q23.3", "7225 ENSG00000158887 159440 P25189", "CMT2I|CMT2J|HMSNIB"),
    _gene("16394", "MFN2", "mitofusin 2", "1p36.22", "16877 ENSG00000116688 608507 O95140", "CMT2A2|CPRP1|KIAA0214"),
    _gene("15271", "SERPINA1", "serpin family A member 1", "14q32.13", "8941 ENSG00000197249 107400 P01009", "A1A|A1AT|AAT"),
    _gene("15441", "CFTR", "CF transmembrane conductance regulator", "7q31.2", "1884 ENSG00000001626 602421 P13569", "ABC35|CFTR/MRP|MRP7"),
    _gene("15606", "TGFB1", "transforming growth factor beta 1", "19q13.2", "11766 ENSG00000105329 190180 P01137", "CED|Camurati-Engelmann disease|TGFbeta"),
    _gene("16047", "FGFR3", "fibroblast growth factor receptor 3", "4p16.3", "3690 ENSG00000068078 134934 P22607", "CD333|CEK2|JTK4"),
    _gene("16190", "HTT", "huntingtin", "4p16.3", "4851 ENSG00000197386 613004 P42858", "IT15"),
    _gene("22960", "SLC2A3", "solute carrier family 2 member 3", "12p13.31", "11007 ENSG00000059804 138170 P11169"),
    _gene("16135", "GLA", "galactosidase alpha", "Xq22.1", "4296 ENSG00000102393 300644 P06280", "GALA"),
    _gene("15330", "ATP7B", "ATPase copper transporting beta", "13q14.3", "870 ENSG00000123191 606882 P35670", "Wilson disease|copper pump 2|copper-transporting ATPase 2"),
    _gene("16097", "GALT", "galactose-1-phosphate uridylyltransferase", "9p13.3", "4135 ENSG00000213930 606999 P07902"),
    _gene("15770", "COL3A1", "collagen type III alpha 1 chain", "2q32.2", "2201 ENSG00000168542 120180 P02461"),
    _gene("16257", "IL2RG", "interleukin 2 receptor subunit gamma", "Xq13.1", "6010 ENSG00000147168 308380 P31785", "CD132"),
    _gene("16186", "HBB", "hemoglobin subunit beta", "11p15.4", "4827 ENSG00000244734 141900 P68871", "CD113t-C|beta-globin"),
    _gene("16388", "MECP2", "methyl-CpG binding protein 2", "Xq28", "6990 ENSG00000169057 300005 P51608"),
    _gene("15876", "DMD", "dystrophin", "Xp21.2-p21.1", "2928 ENSG00000198947 300377 P11532", "BMD|DXS142|DXS164"),
    _gene("18980", "LTBP4", "latent transforming growth factor beta binding protein 4", "19q13.2", "6717 ENSG00000090006 604710 Q8N2S1", "FLJ46318|FLJ90018|LTBP-4"),
    _gene("16543", "NF2", "NF2, moesin-ezrin-radixin like (MERLIN) tumor suppressor", "22q12.2", "7773 ENSG00000186575 607379 P35240", "ACN|BANF|Merlin"),
    _gene("16542", "NF1", "neurofibromin 1", "17q11.2", "7765 ENSG00000196712 613113 P21359", "Watson disease|neurofibromatosis|von Recklinghausen disease"),
    _gene("16241", "IFNG", "interferon gamma", "12q15", "5438 ENSG00000111537 147570 P01579"),
    _gene("15668", "TSC1", "TSC complex subunit 1", "9q34", "12362 ENSG00000165699 605284 Q92574", "KIAA0243|LAM|hamartin"),
    _gene("15669", "TSC2", "TSC complex subunit 2", "16p13.3", "12363 ENSG00000103197 191092 P49815", "LAM|PPP1R160|tuberin"),
    _gene("22147", "GNAQ", "G protein subunit alpha q", "9q21.2", "4390 ENSG00000156052 600998 P50148", "G-ALPHA-q|GAQ"),
    _gene("15528", "SMN2", "survival of motor neuron 2, centromeric", "5q13.2", "11118 ENSG00000205571 601627 Q16637", "BCD541|GEMIN1|SMNC"),
    _gene("16516", "NAIP", "NLR family apoptosis inhibitory protein", "5q13.2", "7634 ENSG00000249437 600355 Q13075", "NLRB1"),
    _gene("16671", "SMN1", "survival of motor neuron 1, telomeric", "5q13.2", "11117 ENSG00000172062 600354 Q16637", "BCD541|GEMIN1|SMA1"),
    _gene("16240", "IDUA", "alpha-L-iduronidase", "4p16.3", "5391 ENSG00000127415 252800 P35475", "MPS1|MPSI|mucopolysaccharidosis type I"),
    _gene("16106", "GBA1", "glucosylceramidase beta 1", "1q22", "4177 ENSG00000177628 606463 P04062", "glucocerebrosidase"),
    _gene("17585", "SCARB2", "scavenger receptor class B member 2", "4q21.1", "1665 ENSG00000138760 602257 Q14108", "HLGP85|LIMP-2|LIMPII"),
    _gene("16088", "GAA", "alpha glucosidase", "17q25.3", "4065 ENSG00000171298 606800 P10253", "Pompe disease"),
    _gene("16605", "PAH", "phenylalanine hydroxylase", "12q23.2", "8582 ENSG00000171759 612349 P00439", "PH|phenylalanine 4-monooxygenase"),
    _gene("16117", "GFAP", "glial fibrillary acidic protein", "17q21.31", "4235 ENSG00000131095 137780 P14136", "FLJ45472|intermediate filament protein"),
    _gene("15714", "VWF", "von Willebrand factor", "12p13.31", "12726 ENSG00000110799 613160 P04275"),
    _gene("15465", "SLC40A1", "solute carrier family 40 member 1", "2q32.2", "10909 ENSG00000138449 604653 Q9NP59", "FPN1|HFE4|IREG1"),
    _gene("24124", "ADGRG2", "adhesion G protein-coupled receptor G2", "Xp22.13", "4516 ENSG00000173698 300572 Q8IZP9", "EDDM6|HE6|TM7LN2"),
    _gene("17442", "ALK", "ALK receptor tyrosine kinase", "2p23.2-p23.1", "427 ENSG00000171094 105590 Q9UM73", "CD246"),
)

LINKS: Final = {
    "284963": (("FBN1", GERMLINE),),
    "284973": (("TGFBR1", GERMLINE), ("TGFBR2", GERMLINE),),
    "101081": (("PMP22", GERMLINE),),
    "101082": (("MPZ", GERMLINE),),
    "99947": (("MFN2", GERMLINE),),
    "586": (("SERPINA1", MODIFYING, "19738092"), ("CFTR", LOSS_OF_FUNCTION, "22214395"), ("TGFB1", MODIFYING, "18424453"),),
    "15": (("FGFR3", GAIN_OF_FUNCTION),),
    "399": (("HTT", GAIN_OF_FUNCTION), ("SLC2A3", MODIFYING),),
    "324": (("GLA", GERMLINE, "20301469"),),
    "905": (("ATP7B", LOSS_OF_FUNCTION),),
    "79239": (("GALT", GERMLINE),),
    "60": (("SERPINA1", GERMLINE),),
    "286": (("COL3A1", GERMLINE),),
    "276": (("IL2RG", GERMLINE),),
    "232": (("HBB", GERMLINE),),
    "778": (("MECP2", GERMLINE, "20301670"),),
    "98896": (("DMD", GERMLINE), ("LTBP4", MODIFYING),),
    "98895": (("DMD", GERMLINE),),
    "637": (("NF2", GERMLINE),),
    "363700": (("NF1", LOSS_OF_FUNCTION),),
    "805": (("IFNG", MODIFYING), ("TSC1", GERMLINE), ("TSC2", GERMLINE),),
    "3205": (("GNAQ", SOMATIC),),
    "83330": (("SMN2", MODIFYING), ("NAIP", MODIFYING), ("SMN1", GERMLINE),),
    "93473": (("IDUA", GERMLINE),),
    "77259": (("GBA1", GERMLINE), ("SCARB2", MODIFYING),),
    "308552": (("GAA", GERMLINE),),
    "79254": (("PAH", LOSS_OF_FUNCTION),),
    "363717": (("GFAP", GAIN_OF_FUNCTION),),
    "166084": (("VWF", GERMLINE, "20301765"),),
    "647834": (("SLC40A1", GAIN_OF_FUNCTION),),
    "48": (("ADGRG2", GERMLINE), ("CFTR", GERMLINE),),
    "300895": (("ALK", SOMATIC),),
}
"""ORPHAcode -> (symbol, kind of link, number in PubMed of the source where it is known)."""


def genes(pack: Pack) -> bytes:
    """`en_product6.xml`."""
    by_symbol = {gene.symbol: gene for gene in GENES}
    return genes_xml(
        pack,
        {
            code: [
                Association(by_symbol[symbol], kind, sources="".join(f"{n}[PMID]" for n in source))
                for symbol, kind, *source in links
            ]
            for code, links in LINKS.items()
        },
    )
