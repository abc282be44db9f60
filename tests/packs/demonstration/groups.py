"""The demonstration table of 2022: heads of classification, categories, clinical groups."""

from tests.packs.demonstration.rows import UNSTATED, category, clinical_group, head

GROUPS = (
    head("97929", "Maladie cardiaque rare", "Rare cardiac disease"),
    head(
        "68367",
        "Erreurs innées du métabolisme rares",
        "Rare inborn errors of metabolism",
        fr="Maladie métabolique rare",
        en="Rare metabolic disease",
    ),
    head("98053", "Maladie génétique rare", "Rare genetic disease"),
    head(
        "98006",
        "Maladie neurologique rare",
        "Rare neurologic disease",
        fr="Maladie rare du système nerveux",
        en="Rare nervous system disease",
    ),
    head("97955", "Maladie respiratoire rare", "Rare respiratory disease"),
    head("89826", "Maladie rare de la peau", "Rare skin disease"),
    head("93419", "Maladie osseuse rare", "Rare bone disease"),
    head(
        "250908",
        "Maladie néoplasique rare",
        "Rare neoplastic disease",
        fr="Maladie tumorale rare",
        en="Rare tumoral disease",
    ),
    # Heart and lung
    category("167848", "Cardiomyopathie rare", "Rare cardiomyopathy"),
    category(
        "217569",
        "Cardiomyopathie hypertrophique rare",
        "Rare hypertrophic cardiomyopathy",
        fr="Myocardiopathie hypertrophique rare",
    ),
    category(
        "217581",
        "Maladie lysosomale avec cardiomyopathie hypertrophique",
        "Lysosomal disease with hypertrophic cardiomyopathy",
    ),
    clinical_group(
        "768",
        "Syndrome du QT long familial",
        "Familial long QT syndrome",
        fr="LQTS|Syndrome du QT long congénital",
        en="Congenital long QT syndrome|LQTS",
    ),
    category(
        "182090",
        "Hypertension artérielle pulmonaire",
        "Pulmonary arterial hypertension",
        fr="HTAP",
        en="PAH",
    ),
    # Metabolism
    category("68366", "Maladie lysosomale", "Lysosomal disease"),
    category("79213", "Mucopolysaccharidose", "Mucopolysaccharidosis"),
    category("352", "Galactosémie", "Galactosemia"),
    category(
        "220489",
        "Hémochromatose héréditaire rare",
        "Rare hereditary hemochromatosis",
        fr="Maladie de surcharge en fer",
        en="Iron overload disease",
    ),
    category(
        "447874",
        "Anomalie biologique sans caractérisation phenotypique",
        "Biological anomaly without phenotypic characterization",
    ),
    clinical_group(
        "506",
        "Syndrome de Leigh",
        "Leigh syndrome",
        fr="Encéphalomyopathie nécrosante subaiguë|Maladie de Leigh",
        en="Infantile subacute necrotizing encephalopathy|Leigh disease",
        counted_as=UNSTATED,
    ),
    # Nerves and muscles
    category("68381", "Maladie neuromusculaire", "Neuromuscular disease"),
    category("71859", "Maladie neurologique génétique rare", "Rare genetic neurological disorder"),
    category(
        "166",
        "Maladie de Charcot-Marie-Tooth/Neuropathie sensitivo-motrice héréditaire",
        "Charcot-Marie-Tooth disease/Hereditary motor and sensory neuropathy",
        fr="CMT/HMSN|Neuropathie héréditaire de Charcot-Marie-Tooth",
        en="CMT/HMSN|Charcot-Marie-Tooth hereditary neuropathy",
    ),
    clinical_group(
        "65753",
        "Maladie de Charcot-Marie-Tooth type 1",
        "Charcot-Marie-Tooth disease type 1",
        fr="CMT1|Neuropathie sensitivo-motrice héréditaire type 1",
        en="CMT1|Hereditary motor and sensory neuropathy type 1",
    ),
    clinical_group(
        "64746",
        "Maladie de Charcot-Marie-Tooth autosomique dominante type 2",
        "Autosomal dominant Charcot-Marie-Tooth disease type 2",
        fr="CMT2|Neuropathie sensitivo-motrice héréditaire type 2",
        en="CMT2|Hereditary motor and sensory neuropathy type 2",
    ),
    clinical_group(
        "262",
        "Dystrophie musculaire de Duchenne et Becker",
        "Duchenne and Becker muscular dystrophy",
        fr="Dystrophinopathie de Duchenne et Becker|Myopathie de Duchenne et Becker",
        en="Severe dystrophinopathy, Duchenne and Becker type",
    ),
    clinical_group("823", "Spina bifida isolé", "Isolated spina bifida", counted_as=UNSTATED),
    category(
        "611314",
        "Déficience intellectuelle syndromique rare sans anomalies congénitales multiples"
        "/syndrome dysmorphique",
        "Rare syndromic intellectual disability without multiple congenital anomalies"
        "/dysmorphic syndrome",
    ),
    # Skin, bone, tumours, immunity
    clinical_group("98249", "Syndrome d'Ehlers-Danlos", "Ehlers-Danlos syndrome", en="EDS"),
    clinical_group("55", "Albinisme oculocutané", "Oculocutaneous albinism", fr="AOC", en="OCA"),
    category(
        "98196",
        "Syndrome malformatif associé à une hamartose",
        "Malformation syndrome with hamartosis",
        fr="Syndrome dysmorphique avec phacomatose",
        en="Dysmorphologic diseases with phakomatosis",
    ),
    clinical_group("536391", "RASopathie", "RASopathy", counted_as=UNSTATED),
    category(
        "364526",
        "Dysplasie osseuse primaire",
        "Primary bone dysplasia",
        fr="Ostéodysplasie primaire",
        en="Primary osteodysplasia",
    ),
    category(
        "398934",
        "Tumeur épithéliale maligne de l'ovaire",
        "Malignant epithelial tumor of ovary",
        fr="Tumeur ovarienne épithéliale maligne",
        en="Ovarian epithelial cancer",
    ),
    clinical_group(
        "317416",
        "Déficit immunitaire combiné sévère T-B+",
        "T-B+ severe combined immunodeficiency",
        fr="DICS T-B+|SCID T-B+",
        en="T-B+ SCID",
    ),
    clinical_group(
        "317419",
        "Déficit immunitaire combiné sévère T-B-",
        "T-B- severe combined immunodeficiency",
        fr="DICS T-B-|SCID T-B-",
        en="T-B- SCID",
    ),
)
