"""The demonstration table of 2022: active disorders, except those of nerves and muscles."""

from tests.packs.demonstration.rows import (
    UNSTATED,
    biological_anomaly,
    clinical_syndrome,
    disease,
    malformation_syndrome,
    morphological_anomaly,
)
from tests.packs.displays import HISTORIC

METABOLISM = (
    disease(
        "579",
        "Mucopolysaccharidose type 1",
        "Mucopolysaccharidosis type 1",
        fr="Déficit en alpha-L-iduronidase|MPS1|MPSI|Mucopolysaccharidose type I",
        en="Alpha-L-iduronidase deficiency|MPS1|MPSI|Mucopolysaccharidosis type I",
    ),
    disease(
        "580",
        "Mucopolysaccharidose type 2",
        "Mucopolysaccharidosis type 2",
        fr="MPS2|MPSII|Maladie de Hunter|Mucopolysaccharidose type II",
        en="Hunter syndrome|MPS2|MPSII|Mucopolysaccharidosis type II",
    ),
    disease(
        "355",
        "Maladie de Gaucher",
        "Gaucher disease",
        fr="Déficit en bêta-glucosidase acide|Déficit en glucocérébrosidase",
        en="Acid beta-glucosidase deficiency|Glucocerebrosidase deficiency",
    ),
    disease(
        "324",
        "Maladie de Fabry",
        "Fabry disease",
        fr="Déficit en alpha-galactosidase A|FD|Maladie d'Anderson-Fabry",
        en="Alpha-galactosidase A deficiency|Anderson-Fabry disease|FD",
    ),
    disease(
        "365",
        "Glycogénose par déficit en maltase acide",
        "Glycogen storage disease due to acid maltase deficiency",
        fr="GSD type II|Glycogénose type 2|Glycogénose type II|Maladie de Pompe",
        en="GSD type II|Glycogen storage disease type 2|Glycogenosis type II|Pompe disease",
    ),
    disease("646", "Maladie de Niemann-Pick type C", "Niemann-Pick disease type C"),
    disease(
        "905",
        "Maladie de Wilson",
        "Wilson disease",
        fr="Dégénérescence hépato-lenticulaire",
        en="Hepatolenticular degeneration",
    ),
    disease(
        "716",
        "Phénylcétonurie",
        "Phenylketonuria",
        fr="Déficit en phénylalanine hydroxylase|PCU|PKU",
        en="PKU|Phenylalanine hydroxylase deficiency",
    ),
    disease(
        "79239",
        "Galactosémie classique",
        "Classic galactosemia",
        fr="Déficit en GALT|Galactosémie de type 1",
        en="GALT deficiency|Galactosemia type 1",
    ),
    disease(
        "60",
        "Déficit en alpha-1-antitrypsine",
        "Alpha-1-antitrypsin deficiency",
        fr="Déficit en alpha1-antitrypsine",
        en="Alpha1-antitrypsin deficiency",
    ),
    disease(
        "139507",
        "Hémochromatose africaine",
        "African iron overload",
        fr="Sidérose bantoue|Sidérose des Bantous",
        en="Bantu siderosis",
    ),
    disease(
        "139491",
        "Hémochromatose type 4",
        "Hemochromatosis type 4",
        fr="Hémochromatose par défaut en ferroportine|Maladie ferroportine",
        en="Ferroportin disease|Hemochromatosis due to defect in ferroportin",
        counted_as=UNSTATED,
    ),
    biological_anomaly(
        "447795", "Déficit en lipoyl transférase 2", "Lipoyl transferase 2 deficiency"
    ),
)

HEART_AND_LUNG = (
    disease(
        "130",
        "Syndrome de Brugada",
        "Brugada syndrome",
        fr="Fibrillation ventriculaire idiopathique type Brugada",
        en="Idiopathic ventricular fibrillation, Brugada type",
    ),
    disease(
        "586",
        "Mucoviscidose",
        "Cystic fibrosis",
        fr="CF|Fibrose kystique du pancréas",
        en="CF|Mucoviscidosis",
    ),
    disease(
        "797",
        "Sarcoïdose",
        "Sarcoidosis",
        fr="BBS|Maladie de Besnier-Boeck-Schaumann|Maladie de Boeck",
        en="Besnier-Boeck-Schaumann disease|Boeck sarcoid",
    ),
    disease(
        "2032",
        "Fibrose pulmonaire idiopathique",
        "Idiopathic pulmonary fibrosis",
        fr="FPI",
        en="IPF",
    ),
    disease(
        "244", "Dyskinésie ciliaire primitive", "Primary ciliary dyskinesia", fr="DCP", en="PCD"
    ),
    disease(
        "422",
        "Hypertension artérielle pulmonaire idiopathique/familiale",
        "Idiopathic/heritable pulmonary arterial hypertension",
        fr="Hypertension artérielle pulmonaire idiopathique et/ou familiale",
        en="Idiopathic and/or familial pulmonary arterial hypertension",
    ),
    clinical_syndrome(
        "3347",
        "Syndrome de Mounier-Kühn",
        "Mounier-Kühn syndrome",
        fr="Trachéobronchomégalie|Trachéobronchomégalie congénitale",
        en="Congenital tracheobronchomegaly|Tracheobronchomegaly",
    ),
    disease("64742", "Blastome pleuropulmonaire", "Pleuropulmonary blastoma"),
    morphological_anomaly(
        "3188",
        "Atrésie ou sténose congénitale des veines pulmonaires",
        "Congenital pulmonary veins atresia or stenosis",
        counted_as=UNSTATED,
    ),
    morphological_anomaly(
        "48",
        "Absence congénitale bilatérale des canaux déférents",
        "Congenital bilateral absence of vas deferens",
        fr="Agénésie congénitale bilatérale des canaux déférents",
        en="Congenital bilateral agenesis of vas deferens",
    ),
)

SKIN_AND_BONE = (
    disease("558", "Syndrome de Marfan", "Marfan syndrome", fr="MFS", en="MFS"),
    disease(
        "286",
        "Syndrome d'Ehlers-Danlos vasculaire",
        "Vascular Ehlers-Danlos syndrome",
        fr="EDS IV|SED type 4|SEDv|Syndrome d'Ehlers-Danlos type 4|Syndrome de Sack-Barabas",
        en="EDS IV|Ehlers-Danlos syndrome type 4|Sack-Barabas syndrome|vEDS",
    ),
    disease(
        "285",
        "Syndrome d'Ehlers-Danlos hypermobile",
        "Hypermobile Ehlers-Danlos syndrome",
        fr="EDS III|EDSh|SEDh|Syndrome d'Ehlers-Danlos type 3",
        en="EDS III|Ehlers-Danlos syndrome type 3|Hypermobile EDS|hEDS",
    ),
    disease(
        "287",
        "Syndrome d'Ehlers-Danlos classique",
        "Classical Ehlers-Danlos syndrome",
        fr="EDS classique|SED classique|SEDc",
        en="Classical EDS|cEDS",
    ),
    disease(
        "666",
        "Ostéogenèse imparfaite",
        "Osteogenesis imperfecta",
        fr="Maladie de Lobstein|Maladie des os de verre|OI",
        en="Brittle bone disease|Lobstein disease|OI",
    ),
    disease("15", "Achondroplasie", "Achondroplasia"),
    malformation_syndrome(
        "2772",
        "Syndrome d'ostéogenèse imparfaite-microcéphalie-cataracte",
        "Congenital osteogenesis imperfecta-microcephaly-cataracts syndrome",
        flag=HISTORIC,
    ),
    malformation_syndrome(
        "2204",
        "Hyperostose corticale dysplasique",
        "Dysplastic cortical hyperostosis",
        fr="Syndrome de Kozlowski-Tsuruta",
        en="Kozlowski-Tsuruta syndrome",
        counted_as=UNSTATED,
    ),
    malformation_syndrome(
        "1306",
        "Syndrome de Buschke-Ollendorff",
        "Buschke-Ollendorff syndrome",
        fr="Dermatofibrose lenticulaire disséminée avec ostéopoïkilose",
        en="Disseminated dermatofibrosis with osteopoikilosis",
        counted_as=UNSTATED,
    ),
    disease("910", "Xeroderma pigmentosum", "Xeroderma pigmentosum"),
    disease("90340", "Syndrome de Blau", "Blau syndrome"),
    disease(
        "352731",
        "Albinisme oculocutané type 1",
        "Oculocutaneous albinism type 1",
        fr="AOC1|OCA1",
        en="OCA1",
    ),
    disease(
        "529",
        "Lipomatose mésosomatique de Roch-Leri",
        "Roch-Leri mesosomatous lipomatosis",
        counted_as=UNSTATED,
    ),
)

BLOOD_TUMOURS_AND_IMMUNITY = (
    disease("232", "Drépanocytose", "Sickle cell anemia", fr="Anémie à hématies falciformes"),
    disease(
        "903",
        "Maladie de von Willebrand",
        "Von Willebrand disease",
        fr="Maladie de von Willebrand héréditaire",
        en="Hereditary von Willebrand disease",
    ),
    disease(
        "98841",
        "Lymphome anaplasique à grandes cellules",
        "Anaplastic large cell lymphoma",
        fr="ALCL|Lymphome anaplasique à grandes cellules CD30+",
        en="ALCL|CD30 positive anaplastic large cell lymphoma",
    ),
    disease(
        "168829",
        "Carcinome péritonéal primaire",
        "Primary peritoneal carcinoma",
        fr="CPP|Carcinome séreux primitif du péritoine",
        en="PPC|Primary peritoneal serous carcinoma",
    ),
    disease(
        "398980",
        "Carcinome séreux/papillaire primitif du péritoine",
        "Primary peritoneal serous/papillary carcinoma",
        fr="Carcinome séreux/papillaire péritonéal primitif",
        counted_as=UNSTATED,
    ),
    disease(
        "276",
        "Déficit immunitaire combiné sévère T-B+ par déficit en chaîne gamma",
        "T-B+ severe combined immunodeficiency due to gamma chain deficiency",
        fr="DICS T-B+ par déficit en chaîne gamma|SCID T-B+ par déficit en chaîne gamma",
        en="SCIDX1|T-B+ SCID due to gamma chain deficiency",
    ),
    disease(
        "616874",
        "Maladie rare sans diagnostic déterminé après investigation complète",
        "Rare disorder without a determined diagnosis after full investigation",
        en="Fully investigated rare disorder without a determined diagnosis",
    ),
)
