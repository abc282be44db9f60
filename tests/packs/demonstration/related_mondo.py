"""Mondo's counterparts of entities of the demonstration, release 2026-08-04.

The synonyms are those of Mondo's report on rare diseases (2023-08-07) that Orphanet does not have;
its names are those of that day, and some have changed since.
"""

from typing import Final

from tests.packs.model import Pack

RELEASE: Final = "2026-08-04"

NAMES: Final = {
    "166": ("0015626", "Charcot-Marie-Tooth disease"),
    "65753": ("0019011", "Charcot-Marie-Tooth disease type 1"),
    "64746": ("0018993", "Charcot-Marie-Tooth disease type 2"),
    "98249": ("0020066", "Ehlers-Danlos syndrome"),
    "55": ("0018910", "oculocutaneous albinism"),
    "536391": ("0021060", "RASopathy"),
    "506": ("0009723", "Leigh syndrome"),
    "579": ("0001586", "mucopolysaccharidosis type 1"),
    "580": ("0010674", "mucopolysaccharidosis type 2"),
    "355": ("0018150", "Gaucher disease"),
    "324": ("0010526", "Fabry disease"),
    "365": ("0009290", "glycogen storage disease II"),
    "646": ("0018982", "Niemann-Pick disease type C"),
    "905": ("0010200", "Wilson disease"),
    "716": ("0009861", "phenylketonuria"),
    "79239": ("0009258", "classic galactosemia"),
    "60": ("0013282", "alpha 1-antitrypsin deficiency"),
    "130": ("0015263", "Brugada syndrome"),
    "586": ("0009061", "cystic fibrosis"),
    "797": ("0019338", "sarcoidosis"),
    "2032": ("0800504", "idiopathic pulmonary fibrosis"),
    "244": ("0016575", "primary ciliary dyskinesia"),
    "422": ("0015924", "pulmonary arterial hypertension"),
    "64742": ("0011014", "pleuropulmonary blastoma"),
    "558": ("0007947", "Marfan syndrome"),
    "286": ("0017314", "Ehlers-Danlos syndrome, vascular type"),
    "285": ("0007523", "Ehlers-Danlos syndrome, hypermobility type"),
    "287": ("0007522", "Ehlers-Danlos syndrome, classic type"),
    "666": ("0019019", "osteogenesis imperfecta"),
    "15": ("0007037", "achondroplasia"),
    "910": ("0019600", "xeroderma pigmentosum"),
    "90340": ("0008523", "Blau syndrome"),
    "352731": ("0018135", "oculocutaneous albinism type 1"),
    "232": ("0011382", "sickle cell disease"),
    "903": ("0019565", "hereditary von Willebrand disease"),
    "98841": ("0020325", "anaplastic large cell lymphoma"),
    "276": ("0010315", "T-B+ severe combined immunodeficiency due to gamma chain deficiency"),
    "58": ("0008752", "Alexander disease"),
    "803": ("0004976", "amyotrophic lateral sclerosis"),
    "101081": ("0007309", "Charcot-Marie-Tooth disease type 1A"),
    "101082": ("0007307", "Charcot-Marie-Tooth disease type 1B"),
    "99947": ("0012231", "Charcot-Marie-Tooth disease type 2A2"),
    "273": ("0008056", "myotonic dystrophy type 1"),
    "778": ("0010726", "Rett syndrome"),
    "399": ("0007739", "Huntington disease"),
    "98896": ("0010679", "Duchenne muscular dystrophy"),
    "98895": ("0010311", "Becker muscular dystrophy"),
    "70": ("0019079", "proximal spinal muscular atrophy"),
    "589": ("0009688", "myasthenia gravis"),
    "636": ("0018975", "neurofibromatosis type 1"),
    "637": ("0007039", "NF2-related schwannomatosis"),
    "805": ("0001734", "tuberous sclerosis"),
    "648": ("0018997", "Noonan syndrome"),
    "567": ("0018923", "22q11.2 deletion syndrome"),
    "3205": ("0008501", "Sturge-Weber syndrome"),
    "284963": ("0007947", "Marfan syndrome"),
    "284973": ("0012427", "Loeys-Dietz syndrome 2"),
    "93473": ("0011758", "Hurler syndrome"),
    "93476": ("0011759", "Hurler-Scheie syndrome"),
    "93474": ("0011760", "Scheie syndrome"),
}
"""ORPHAcode -> (number in Mondo, name)."""

SYNONYMS: Final = {
    "0020066": ("Ehlers-Danlos syndrome", "Fibrodysplasia elastica generalisata"),
    "0010674": ("mucopolysaccharidosis type 2", "Hunter's syndrome|I2S deficiency"),
    "0018150": ("Gaucher disease", "glucocerebrosidosis"),
    "0010526": ("Fabry disease", "angiokeratoma corporis diffusum"),
    "0009290": ("glycogen storage disease II", "GAA deficiency|GSD2"),
    "0018982": ("Niemann-Pick disease type C", "NPC"),
    "0010200": ("Wilson disease", "WD|cerebral pseudosclerosis"),
    "0009861": ("phenylketonuria", "phenylpyruvic oligophrenia"),
    "0013282": ("alpha 1-antitrypsin deficiency", "AATD|A1AT deficiency"),
    "0015263": ("Brugada syndrome", "Pokkuri death syndrome|SUNDS"),
    "0007947": ("Marfan syndrome", "Marfan's syndrome"),
    "0019019": ("osteogenesis imperfecta", "Fragilitas ossium|glass bone disease"),
    "0007037": ("Achondroplasia", "ACH"),
    "0019600": ("xeroderma pigmentosum", "XP|Kaposi disease"),
    "0011382": ("sickle cell anemia", "drepanocytosis"),
    "0019565": ("hereditary von Willebrand disease", "vascular hemophilia"),
    "0010315": (
        "T-B+ severe combined immunodeficiency due to gamma chain deficiency",
        "X-linked SCID",
    ),
    "0004976": ("amyotrophic lateral sclerosis", "Lou Gehrig's disease"),
    "0007309": ("Charcot-Marie-Tooth disease type 1A", "HMSN1A"),
    "0008056": ("myotonic dystrophy type 1", "DM1|dystrophia myotonica"),
    "0010726": ("Rett syndrome", "RTT"),
    "0007739": ("Huntington disease", "HD|Huntington's disease"),
    "0009688": ("myasthenia gravis", "MG"),
    "0018975": ("neurofibromatosis type 1", "NF1"),
    "0001734": ("tuberous sclerosis", "Epiloia|TSC"),
    "0018923": ("22q11.2 deletion syndrome", "catch 22|Takao syndrome"),
    "0008501": ("Sturge-Weber syndrome", "fourth phacomatosis"),
}
"""Number in Mondo -> (name of 2023, some synonyms)."""

_FILE: Final = "mappings/mondo_exactmatch_orphanet.sssom.tsv"
_HEADER: Final = (
    "# curie_map:",
    "#   MONDO: http://purl.obolibrary.org/obo/MONDO_",
    "#   Orphanet: http://www.orpha.net/ORDO/Orphanet_",
    "#   infores: https://w3id.org/information-resource-registry/",
    "#   semapv: https://w3id.org/semapv/vocab/",
    "#   skos: http://www.w3.org/2004/02/skos/core#",
    "# license: https://creativecommons.org/publicdomain/zero/1.0/",
    f"# mapping_set_id: http://purl.obolibrary.org/obo/mondo/{_FILE}",
    f"# mapping_set_version: http://purl.obolibrary.org/obo/mondo/releases/{RELEASE}/{_FILE}",
    "# subject_source: infores:mondo",
)
_COLUMNS: Final = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
)
_PREDICATE: Final = "skos:exactMatch"
_JUSTIFICATION: Final = "semapv:ManualMappingCuration"


def mappings(pack: Pack) -> bytes:
    """`mondo_exactmatch_orphanet.sssom.tsv`, with Orphanet's names as the pack has them."""
    english = {entity.code: entity.names["en"] for entity in pack.entities}
    rows = sorted(
        (f"MONDO:{number}", name, _PREDICATE, f"Orphanet:{code}", english[code], _JUSTIFICATION)
        for code, (number, name) in NAMES.items()
    )
    return _table(*((line,) for line in _HEADER), _COLUMNS, *rows)


def rare_diseases() -> bytes:
    """`mondo-rare-2023-08-07.tsv`: the report on rare diseases."""
    rows = sorted((f"MONDO:{number}", *texts) for number, texts in SYNONYMS.items())
    return _table(("ID", "LABEL", "SYNONYMS"), *rows)


def _table(*rows: tuple[str, ...]) -> bytes:
    return "".join("\t".join(cells) + "\n" for cells in rows).encode()
