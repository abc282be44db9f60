"""The demonstration table of 2022: deprecated, obsolete and non-rare entities.

Their labels carry Orphanet's prefixes in the spellings of the files, accents included.
"""

from functools import partial

from tests.packs.demonstration.rows import (
    UNSTATED,
    category,
    clinical_subtype,
    disease,
    etiological_subtype,
    malformation_syndrome,
    morphological_anomaly,
)
from tests.packs.displays import (
    DEPRECATED,
    NON_RARE_IN_EUROPE,
    OBSOLETE,
    OBSOLETE_WITHOUT_STATUS,
)
from tests.packs.model import moved_to, referred_to

_non_rare = partial(disease, flag=NON_RARE_IN_EUROPE)

INACTIVE = (
    malformation_syndrome(
        "166068",
        "Hypoplasie pontocérébelleuse type 5",
        "Pontocerebellar hypoplasia type 5",
        fr="HPC5|PCH5",
        en="PCH5",
        flag=DEPRECATED,
        redirection=moved_to("166063"),
        counted_as="166063",
    ),
    disease(
        "90341",
        "Sarcoïdose à début précoce",
        "Early-onset sarcoidosis",
        flag=DEPRECATED,
        redirection=moved_to("90340"),
        counted_as="90340",
    ),
    clinical_subtype(
        "98861",
        "Dyskinésie ciliaire primitive type Kartagener",
        "Primary ciliary dyskinesia, Kartagener type",
        fr="Syndrome de Kartagener|Syndrome de Siewert",
        en="Kartagener syndrome|Siewert syndrome",
        flag=DEPRECATED,
        redirection=moved_to("244"),
        counted_as="244",
    ),
    disease(
        "230845",
        "Syndrome d'Ehlers-Danlos classique type vasculaire-like",
        "Vascular-like classical Ehlers-Danlos syndrome",
        fr="COL1A1-cEDS|SED classique type vasculaire-like",
        en="COL1A1-cEDS|Vascular-like classical EDS",
        flag=DEPRECATED,
        redirection=moved_to("287"),
        counted_as="287",
    ),
    disease(
        "79289",
        "Maladie de Niemann-Pick type D",
        "Niemann-Pick disease type D",
        fr="Maladie de Niemann-Pick type Nova Scotian",
        en="Niemann-Pick disease, Nova Scotia type",
        flag=DEPRECATED,
        redirection=moved_to("646"),
        counted_as="646",
    ),
    etiological_subtype(
        "90309",
        "OBSOLÈTE : Syndrome d'Ehlers-Danlos type 1",
        "OBSOLETE: Ehlers-Danlos syndrome type 1",
        fr="EDS I|SED I",
        en="EDS I",
        flag=OBSOLETE,
        redirection=referred_to("287"),
        counted_as="287",
    ),
    clinical_subtype(
        "308604",
        "OBSOLETE : Glycogénose par déficit en maltase acide de l'adulte",
        "OBSOLETE: Glycogen storage disease due to acid maltase deficiency, adult onset",
        fr="Maladie de Pompe de l'adulte",
        en="Pompe disease, adult onset",
        flag=OBSOLETE,
        redirection=referred_to("420429"),
        counted_as="365",
    ),
    clinical_subtype(
        "276249",
        "OBSOLETE : Xeroderma pigmentosum, groupe de complémentation A",
        "OBSOLETE: Xeroderma pigmentosum complementation group A",
        fr="XPA",
        en="XPA",
        flag=OBSOLETE,
        redirection=referred_to("910"),
        counted_as="910",
    ),
    disease(
        "255199",
        "OBSOLETE : Syndrome de Leigh sporadique",
        "OBSOLETE: Sporadic Leigh syndrome",
        fr="Maladie de Leigh sporadique",
        en="Sporadic Leigh disease",
        flag=OBSOLETE,
        redirection=referred_to("255210"),
        counted_as="255210",
    ),
    category(
        "68388",
        "OBSOLETE : Neurofibromatose",
        "OBSOLETE: Neurofibromatosis",
        flag=OBSOLETE,
        redirection=referred_to("98196"),
    ),
    disease(
        "447792",
        "OBSOLETE : Hémochromatose type 5",
        "OBSOLETE: Hemochromatosis type 5",
        flag=OBSOLETE,
        redirection=referred_to("220489"),
    ),
    disease(
        "2033",
        "OBSOLETE : Syndrome de fibrose musculaire multifocale-vaisseaux obstrués",
        "OBSOLETE: Multifocal muscular fibrosis-obstructed vessels syndrome",
        flag=OBSOLETE,
        redirection=referred_to("98006"),
    ),
    morphological_anomaly(
        "99126",
        "OBSOLETE : Atrésie des veines pulmonaires",
        "OBSOLETE: Pulmonary vein atresia",
        flag=OBSOLETE,
        redirection=referred_to("3188"),
        counted_as=UNSTATED,
    ),
    disease(
        "217601",
        "OBSOLETE : Cardiomyopathie hypertrophique due à un entraînement athlétique intensif",
        "OBSOLETE: Hypertrophic cardiomyopathy due to intensive athletic training",
        flag=OBSOLETE,
    ),
    disease(
        "93594",
        "OBSOLETE : Déficit en alpha-1 antichymotrypsine",
        "OBSOLETE: Alpha-1-antichymotrypsin deficiency",
        flag=OBSOLETE_WITHOUT_STATUS,
        counted_as=UNSTATED,
    ),
    _non_rare(
        "802",
        "NON RARE EN EUROPE : Sclérose en plaques",
        "NON RARE IN EUROPE: Multiple sclerosis",
        fr="SEP",
    ),
    _non_rare("206", "NON RARE EN EUROPE : Maladie de Crohn", "NON RARE IN EUROPE: Crohn disease"),
    _non_rare(
        "555",
        "NON RARE EN EUROPE : Maladie coeliaque",
        "NON RARE IN EUROPE: Celiac disease",
        fr="Intolérance au gluten|Sprue coeliaque",
        en="Celiac sprue|Gluten intolerance",
    ),
    _non_rare(
        "139498",
        "NON RARE EN EUROPE : Hémochromatose type 1",
        "NON RARE IN EUROPE: Hemochromatosis type 1",
        fr="Hémochromatose classique",
        en="Classic hemochromatosis|HFE-related hemochromatosis",
    ),
    # The control character stands in the official file: a Mac Roman "è" never converted.
    _non_rare(
        "243377",
        "NON RARE EN EUROPE : Diab\x8fte de type 1",
        "NON RARE IN EUROPE: Diabetes mellitus type 1",
        fr="Diabète sucré de type 1|Diabète sucré insulino-dépendant",
        en="Insulin-dependent diabetes mellitus",
    ),
)
