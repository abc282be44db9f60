"""A small part of the Human Phenotype Ontology, English and French, for the demonstration.

Names, synonyms and translations are facts of HPO 2025-01-16 and of its French file of 2026-06-23.
A sign stands under its nearest ancestors that are here, which are not always its direct parents.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

RELEASE: Final = "2025-01-16"

OFFICIAL: Final = "OFFICIAL"
CANDIDATE: Final = "CANDIDATE"

_HEADER: Final = (
    "format-version: 1.2",
    f"data-version: hp/releases/{RELEASE}",
    "default-namespace: human_phenotype",
    "idspace: terms http://purl.org/dc/terms/",
    f"remark: Excerpt for demonstration of the Human Phenotype Ontology, release {RELEASE}.",
    "remark: Terms stand under their nearest ancestors in the excerpt.",
    "remark: Cite Gargano MA et al., Nucleic Acids Res 2024;52(D1):D1333-D1346.",
    "ontology: hp.obo",
    "property_value: terms:license https://hpo.jax.org/app/license",
)

_COLUMNS: Final = (
    "subject_id",
    "source_language",
    "translation_language",
    "predicate_id",
    "comment",
    "source_value",
    "translation_status",
    "translation_value",
)


@dataclass(frozen=True, slots=True)
class HpoTerm:
    """A term; `synonyms` are (text, scope), `french` is empty where HPO has no translation."""

    id: str
    name: str
    french: str = ""
    parents: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    alternates: tuple[str, ...] = ()
    status: str = OFFICIAL
    replaced_by: str | None = None


def _term(
    number: str,
    name: str,
    french: str,
    parents: str = "",
    *,
    synonyms: str = "",
    broad: str = "",
    related: str = "",
    alternates: str = "",
    status: str = OFFICIAL,
) -> HpoTerm:
    """One row of the table; synonyms of one scope have `|` between them, numbers a space."""
    scopes = (("EXACT", synonyms), ("BROAD", broad), ("RELATED", related))
    texts = tuple((text, scope) for scope, all_ in scopes for text in all_.split("|") if text)
    return HpoTerm(
        f"HP:{number}", name, french, _ids(parents), texts, _ids(alternates), status
    )


def _ids(numbers: str) -> tuple[str, ...]:
    return tuple(f"HP:{number}" for number in numbers.split())


_FREQUENCIES: Final = (
    _term("0040279", "Frequency", "Fréquence", "0000001"),
    _term("0040280", "Obligate", "Obligatoire", "0040279", synonyms="Obligate (100%)"),
    _term("0040281", "Very frequent", "Très fréquent", "0040279", synonyms="Very frequent (99-80%)"),
    _term("0040282", "Frequent", "Fréquent", "0040279", synonyms="Frequent (79-30%)"),
    _term("0040283", "Occasional", "Occasional", "0040279", synonyms="Occasional (29-5%)"),
    _term("0040284", "Very rare", "Very rare", "0040279", synonyms="Very rare (<4-1%)"),
    _term("0040285", "Excluded", "Exclu", "0040279", synonyms="Excluded (0%)"),
)

_ORGANS: Final = (
    _term("0000001", "All", "Tous", ""),
    _term("0000118", "Phenotypic abnormality", "Anomalie phénotypique", "0000001"),
    _term("0000707", "Abnormality of the nervous system", "Anomalie du système nerveux", "0000118", synonyms="Neurological abnormality"),
    _term("0033127", "Abnormality of the musculoskeletal system", "", "0000118"),
    _term("0000478", "Abnormality of the eye", "Anomalie oculaire", "0000118", synonyms="Abnormal eye"),
    _term("0001626", "Abnormality of the cardiovascular system", "Anomalie du système cardiovasculaire", "0000118", synonyms="Cardiovascular abnormality"),
    _term("0002086", "Abnormality of the respiratory system", "Anomalie du système respiratoire", "0000118"),
    _term("0025031", "Abnormality of the digestive system", "Anomalie de l'appareil digestif", "0000118"),
    _term("0001939", "Abnormality of metabolism/homeostasis", "Anomalie du métabolisme/homéostasie", "0000118"),
    _term("0001507", "Growth abnormality", "Anomalie de la croissance", "0000118", synonyms="Abnormal growth"),
    _term("0000152", "Abnormality of head or neck", "Anomalie de la tête ou du cou", "0000118"),
    _term("0040064", "Abnormality of limbs", "Anomalie des membres", "0000118", synonyms="Limb anomaly"),
    _term("0000924", "Abnormality of the skeletal system", "Anomalie du système squelettique", "0033127", synonyms="Skeletal anomalies"),
)

_SIGNS: Final = (
    _term("0001166", "Arachnodactyly", "Arachnodactylie", "0000924 0040064", synonyms="Long, slender fingers|Spider fingers", alternates="0001505"),
    _term("0001083", "Ectopia lentis", "Ectopie du cristallin", "0000478", synonyms="Lens dislocation"),
    _term("0002616", "Aortic root aneurysm", "Dilatation de la racine aortique", "0001626", synonyms="Enlarged aortic root", broad="Aortic root dilatation"),
    _term("0001519", "Disproportionate tall stature", "Grande taille dysproportionnée", "0001507", synonyms="Marfanoid habitus|Dolichostenomelia"),
    _term("0000767", "Pectus excavatum", "Pectus excavatum", "0000924", synonyms="Funnel chest"),
    _term("0002650", "Scoliosis", "Scoliose", "0000924"),
    _term("0100775", "Dural ectasia", "Ectasie durale/cul de sac dural large", "0000707"),
    _term("0000545", "Myopia", "Myopie", "0000478", synonyms="Nearsightedness"),
    _term("0003498", "Disproportionate short stature", "Petite taille disproportionnée sévère", "0001507", synonyms="Short stature, disproportionate"),
    _term("0000256", "Macrocephaly", "Macrocéphalie", "0000152 0000924", synonyms="Large head|Megacephaly"),
    _term("0004060", "Trident hand", "Main en trident", "0000924 0040064", synonyms="trident deformity"),
    _term("0008905", "Rhizomelia", "Petite taille rhizomélique", "0000924 0003498 0040064", synonyms="Rhizomelic shortening"),
    _term("0002808", "Kyphosis", "Hypercyphose", "0000924", synonyms="Hyperkyphosis|Hunched back"),
    _term("0001738", "Exocrine pancreatic insufficiency", "Insuffisance pancréatique exocrine", "0025031", related="Pancreatic insufficiency"),
    _term("0002110", "Bronchiectasis", "Bronchiectasie", "0002086"),
    _term("0002205", "Recurrent respiratory infections", "Infections respiratoires récurrentes", "0002086", synonyms="Frequent respiratory infections"),
    _term("0012236", "Elevated sweat chloride", "Concentration élevée de chlore dans la sueur", "0001939", synonyms="Elevated sweat Cl"),
    _term("0001508", "Failure to thrive", "Retard de croissance post-natal", "0001507", synonyms="FTT"),
    _term("0000939", "Osteoporosis", "Ostéoporose", "0000924"),
    _term("0002072", "Chorea", "Chorée", "0000707", synonyms="Choreiform movements"),
    _term("0001268", "Mental deterioration", "Détérioration mentale", "0000707", synonyms="Cognitive decline"),
    _term("0000716", "Depression", "Dépression", "0000707", synonyms="Depressive episode", status=CANDIDATE),
    _term("0001288", "Gait disturbance", "Anomalie de la démarche", "0000707", synonyms="Abnormal gait|Gait difficulties"),
    _term("0001761", "Pes cavus", "Pied creux congénital", "0040064", synonyms="High-arched foot"),
    _term("0002460", "Distal muscle weakness", "Faiblesse musculaire distale", "0033127", synonyms="Distal limb weakness"),
    _term("0003431", "Decreased motor nerve conduction velocity", "Ralentissement sévère de la vitesse de conduction nerveuse motrice", "0000707", synonyms="Decreased motor NCV"),
    _term("0001265", "Hyporeflexia", "Hyporéflexie", "0000707", synonyms="Decreased reflexes"),
    _term("0003202", "Skeletal muscle atrophy", "Atrophie musculaire squelettique", "0033127", synonyms="Amyotrophy|Muscle wasting"),
)

_OBSOLETE: Final = HpoTerm(
    "HP:0008075", "obsolete Progressive pes cavus", replaced_by="HP:0001761"
)

TERMS: Final = tuple(
    sorted((*_FREQUENCIES, *_ORGANS, *_SIGNS, _OBSOLETE), key=lambda term: term.id)
)


def ontology() -> bytes:
    """`hp.obo`."""
    frames = ["\n".join(_frame(term)) for term in TERMS]
    return "\n\n".join(["\n".join(_HEADER), *frames, ""]).encode()


def _frame(term: HpoTerm) -> Iterator[str]:
    names = {each.id: each.name for each in TERMS}
    yield from ("[Term]", f"id: {term.id}", f"name: {term.name}")
    for alternate in term.alternates:
        yield f"alt_id: {alternate}"
    for text, scope in term.synonyms:
        yield f'synonym: "{text}" {scope} []'
    for parent in term.parents:
        yield f"is_a: {parent} ! {names[parent]}"
    if term.replaced_by:
        yield "is_obsolete: true"
        yield f"replaced_by: {term.replaced_by}"


def translations() -> bytes:
    """`hp-fr.babelon.tsv`: the French names."""
    rows = [
        (term.id, "en", "fr", "rdfs:label", "", term.name, term.status, term.french)
        for term in TERMS
        if term.french
    ]
    return "".join("\t".join(cells) + "\n" for cells in (_COLUMNS, *rows)).encode()
