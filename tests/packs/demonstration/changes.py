"""What Orphanet changed from 2022 to 2023, as far as the demonstration shows it."""

from typing import Final

from tests.packs.demonstration.classifications import Edge
from tests.packs.demonstration.rows import (
    category,
    clinical_group,
    clinical_subtype,
    disease,
    malformation_syndrome,
    morphological_anomaly,
)
from tests.packs.displays import DEPRECATED, HISTORIC, NON_RARE_IN_EUROPE, OBSOLETE
from tests.packs.model import moved_to, referred_to

VANISHED: Final = frozenset({"398980"})
"""Active in 2022, absent from the list of 2023, without a redirection of its own."""

NEW: Final = (
    category(
        "634518",
        "Neurofibromatose/schwannomatose",
        "Neurofibromatosis/schwannomatosis",
        fr="NF/SWN",
        en="NF/SWN",
    ),
    disease(
        "634461",
        "Neurofibromatose type 1 mosaïque",
        "Mosaic neurofibromatosis type 1",
        fr="NF1 mosaïque|Neurofibromatose 1 mosaïque",
        en="MNF1|Mosaic NF1",
    ),
    disease(
        "634475",
        "Schwannomatose liée à NF2 mosaïque",
        "Mosaic NF2-related schwannomatosis",
        fr="NF2 mosaïque|Neurofibromatose type 2 mosaïque",
        en="MNF2|Mosaic NF2",
    ),
    disease(
        "636941",
        "Syndrome d'Ehlers-Danlos vasculaire-polymicrogyrie",
        "Vascular Ehlers-Danlos-polymicrogyria syndrome",
        fr="EDS vasculaire associée à une polymicrogyrie",
        en="Vascular EDS with polymicrogyria",
    ),
    malformation_syndrome(
        "646139", "Hyperostose corticale dysplasique", "Dysplastic cortical hyperostosis"
    ),
    disease("647834", "Hémochromatose associée à SLC40A1", "SLC40A1-related hemochromatosis"),
)

_RENAMED = (
    disease(
        "637",
        "Schwannomatose liée à NF2 germinale",
        "Full NF2-related schwannomatosis",
        fr="NF2 germinale|NF2 non mosaïque|Neurofibromatose type 2 germinale",
        en="Full NF2|Full neurofibromatosis type 2|Nonmosaic neurofibromatosis type 2",
    ),
    disease(
        "93921",
        "Schwannomatose germinale",
        "Full schwannomatosis",
        fr="NF3 germinale|Neurilemmomatose|Schwannomatose non mosaïque",
        en="Full NF3|Full SWN|Neurilemmomatosis|Nonmosaic schwannomatosis",
    ),
    disease(
        "139507",
        "Maladie de surcharge nutritionnelle en fer",
        "Dietary iron overload disease",
        fr="Hémochromatose africaine|Sidérose bantoue|Sidérose des Bantous",
        en="African iron overload|Bantu siderosis",
    ),
    # The French synonym that repeats its label stands in the official file.
    malformation_syndrome(
        "1642",
        "Délétion distale 9p",
        "Distal deletion 9p",
        fr="Délétion 9pter|Délétion distale 9p|Monosomie 9pter|Monosomie distale 9p",
        en="Distal monosomy 9p|Monosomy 9pter|Telomeric deletion 9p",
    ),
)

_OTHER_SYNONYMS = (
    disease(
        "636",
        "Neurofibromatose type 1",
        "Neurofibromatosis type 1",
        fr="Maladie de Recklinghausen|NF1 non mosaïque|Neurofibromatose type 1 non mosaïque",
        en="Nonmosaic NF1|Nonmosaic neurofibromatosis type 1|Von Recklinghausen disease",
    ),
)

_OTHER_TYPE_OR_LEVEL = (
    disease(
        "506",
        "Syndrome de Leigh",
        "Leigh syndrome",
        fr="Encéphalomyopathie nécrosante subaiguë|Maladie de Leigh",
        en="Infantile subacute necrotizing encephalopathy|Leigh disease",
    ),
    category(
        "823",
        "Spina bifida et autres dysraphismes spinaux",
        "Spina bifida and other spinal dysraphisms",
        fr="Dysraphisme spinal isolé|Spina bifida isolé",
        en="Isolated spina bifida|Isolated spinal dysraphism",
    ),
    clinical_group(
        "268369",
        "Dysraphisme spinal ouvert",
        "Open spinal dysraphism",
        fr="Spina bifida aperta|Spina bifida ouvert",
        en="Open spina bifida|Spina bifida aperta",
    ),
    category("536391", "RASopathie", "RASopathy"),
    disease(
        "284343",
        "Syndrome DICER1 de prédisposition aux tumeurs",
        "DICER1 tumor-predisposition syndrome",
        fr="PPBFTDS",
        en="PPBFTDS|Pleuropulmonary blastoma familial tumor and dysplasia syndrome",
    ),
    clinical_subtype(
        "2204",
        "Hyperostose corticale dysplasique type Kozlowski-Tsuruta",
        "Dysplastic cortical hyperostosis, Kozlowski-Tsuruta type",
        fr="Syndrome de Kozlowski-Tsuruta",
        en="Kozlowski-Tsuruta syndrome",
        counted_as="646139",
    ),
    clinical_group(
        "3188",
        "Atrésie ou sténose congénitale des veines pulmonaires",
        "Congenital pulmonary veins atresia or stenosis",
    ),
)

_OTHER_STATUS = (
    disease(
        "255241",
        "Syndrome de Leigh avec leucodystrophie",
        "Leigh syndrome with leukodystrophy",
        fr="Maladie de Leigh avec leucodystrophie",
        en="Leigh disease with leukodystrophy",
        flag=DEPRECATED,
        redirection=moved_to("506"),
        counted_as="506",
    ),
    malformation_syndrome(
        "137911",
        "Syndrome d'autisme-angiome facial",
        "Autism-facial port-wine stain syndrome",
        flag=DEPRECATED,
        redirection=moved_to("3205"),
        counted_as="3205",
    ),
    disease(
        "139491",
        "OBSOLETE : Hémochromatose type 4",
        "OBSOLETE: Hemochromatosis type 4",
        fr="Hémochromatose par défaut en ferroportine|Maladie ferroportine",
        en="Ferroportin disease|Hemochromatosis due to defect in ferroportin",
        flag=OBSOLETE,
        redirection=referred_to("647834"),
        counted_as="647834",
    ),
    clinical_subtype(
        "268377",
        "OBSOLETE : Spina bifida ouvert complet",
        "OBSOLETE: Total spina bifida aperta",
        fr="Spina bifida aperta complète",
        flag=OBSOLETE,
        redirection=referred_to("268369"),
    ),
    disease(
        "93594",
        "OBSOLETE : Déficit en alpha-1 antichymotrypsine",
        "OBSOLETE: Alpha-1-antichymotrypsin deficiency",
        flag=OBSOLETE,
    ),
    malformation_syndrome(
        "1306",
        "NON RARE EN EUROPE : Syndrome de Buschke-Ollendorff",
        "NON RARE IN EUROPE: Buschke-Ollendorff syndrome",
        fr="Dermatofibrose lenticulaire disséminée avec ostéopoïkilose",
        en="Disseminated dermatofibrosis with osteopoikilosis",
        flag=NON_RARE_IN_EUROPE,
    ),
    disease(
        "529",
        "Lipomatose mésosomatique de Roch-Leri",
        "Roch-Leri mesosomatous lipomatosis",
        flag=HISTORIC,
    ),
    # Back to life.
    morphological_anomaly(
        "99126",
        "Atrésie congénitale des veines pulmonaires",
        "Congenital pulmonary vein atresia",
        en="CPVA|Congenital PVA",
    ),
)

REVISED: Final = (*_RENAMED, *_OTHER_SYNONYMS, *_OTHER_TYPE_OR_LEVEL, *_OTHER_STATUS)
"""The rows of 2023 that take the place of those of 2022."""

EDGES_REMOVED: Final[dict[str, frozenset[Edge]]] = {
    "150": frozenset({("506", "255241"), ("220489", "139491")}),
    "156": frozenset(
        {
            ("98196", "636"),
            ("447874", "447795"),
            ("364526", "1306"),
            ("71859", "579"),
            ("506", "255241"),
            ("611314", "255241"),
            ("220489", "139491"),
            ("71859", "137911"),
            ("268369", "268377"),
            ("98053", "637"),
            ("364526", "2204"),
        }
    ),
    "181": frozenset(
        {
            ("98006", "636"),
            ("506", "255241"),
            ("611314", "255241"),
            ("98006", "637"),
            ("98006", "93921"),
            ("98006", "579"),
            ("98006", "137911"),
            ("268369", "268377"),
        }
    ),
    "187": frozenset({("89826", "1306")}),
    "199": frozenset({("364526", "2204"), ("364526", "1306")}),
    "202": frozenset(
        {("250908", "636"), ("398934", "398980"), ("250908", "637"), ("250908", "93921")}
    ),
}

_NEUROFIBROMATOSES: Final[tuple[Edge, ...]] = tuple(
    ("634518", child) for child in ("636", "93921", "634461", "634475", "637")
)

EDGES_ADDED: Final[dict[str, tuple[Edge, ...]]] = {
    "150": (("68367", "447795"), ("220489", "647834")),
    "156": (
        ("98053", "634518"),
        *_NEUROFIBROMATOSES,
        ("98249", "636941"),
        ("611314", "579"),
        ("68367", "447795"),
        ("71859", "447795"),
        ("220489", "647834"),
        ("98053", "284343"),
        ("364526", "646139"),
        ("646139", "2204"),
    ),
    "181": (
        ("98006", "634518"),
        *_NEUROFIBROMATOSES,
        ("98006", "447795"),
        ("611314", "579"),
    ),
    "184": (("3188", "99126"),),
    "187": (("98249", "636941"),),
    "199": (("364526", "646139"), ("646139", "2204")),
    "202": (("250908", "634518"), *_NEUROFIBROMATOSES),
}
