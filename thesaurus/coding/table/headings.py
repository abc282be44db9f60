"""The headings under which hospitals keep the items of a diagnosis, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.errors import Message
from thesaurus.tables.vocabulary import ID, Vocabulary

HEADINGS: Mapping[str, tuple[str, ...]] = {
    ID: (
        *("id patient", "identifiant patient", "patient id", "IPP", "numéro patient", "n° patient"),
        *("code patient", "patient", "identifiant", "id", "submission", "NIP", "numéro de dossier"),
        *("n° dossier", "dossier", "NDA", "numéro de dossier administratif"),
    ),
    "code": (
        *("code ORPHA", "orphacode", "orpha", "codes ORPHA", "code orphanet", "orphanet"),
        *("orphanumber", "numéro orpha", "n° orpha", "orpha id", "id orpha", "code maladie rare"),
        *("code de la maladie rare", "code diagnostic", "diagnosis code", "code maladie", "code"),
        *("codes", "curie"),
    ),
    "label": (
        *("libellé ORPHA", "libellé orphanet", "libellé du diagnostic", "libellé diagnostic"),
        *("libellé de la maladie rare", "libellé maladie rare", "nom de la maladie rare"),
        *("libellé de la maladie", "libellé maladie", "nom de la maladie", "libellé", "label"),
        *("diagnostic", "diagnosis", "maladie rare", "rare disease", "maladie", "disease"),
        *("disorder", "pathologie", "intitulé", "désignation", "nom maladie", "disease name"),
        *("diagnosis label", "diagnostic ORPHA", "diagnostic orphanet", "maladie ORPHA"),
        *("diagnostic principal", "DP"),
    ),
    "status": (
        *("statut du diagnostic", "statut diagnostic", "diagnosis status", "statut", "status"),
        *("statut actuel du diagnostic", "verification status", "état du diagnostic"),
    ),
    "system": ("système", "system", "code system", "système de codes", "nomenclature"),
    "type": ("type de la maladie", "type maladie", "type ou forme", "type", "forme", "form"),
    "null_flavor": ("null flavor", "motif d'absence", "raison d'absence de code"),
    "icd10": (
        *("CIM-10", "ICD-10", "code CIM-10", "codes CIM-10", "ICD-10 code", "ICD-10 codes", "CIM"),
        *("ICD", "diagnostic CIM-10", "diag CIM-10", "code PMSI", "code CIM-10 PMSI"),
    ),
    "genes": (
        *("gène", "gènes", "gène(s)", "gene", "genes", "gène impliqué", "gènes impliqués"),
        *("gène(s) impliqué(s)", "gène en cause", "gènes en cause", "gène(s) en cause"),
        *("symbole du gène", "gene symbol", "HGNC"),
    ),
    "phenotypes": (
        *("HPO", "codes HPO", "code HPO", "signes HPO", "signes", "signes cliniques", "phénotype"),
        *("phénotypes", "phenotype", "phenotypes", "signs", "HPO terms"),
    ),
    "description": (
        *("description clinique", "clinical description", "description", "tableau clinique"),
    ),
    "familial": ("cas familial", "forme familiale", "sporadique ou familial", "familial"),
    "age_at_onset": (
        *("âge aux premiers signes", "âge de début", "âge au début", "âge de début des signes"),
        *("âge début", "âge d'apparition", "âge premiers signes", "age at onset", "onset"),
    ),
    "assessment": (
        *("appréciation du diagnostic à l'entrée", "appréciation du diagnostic", "appréciation"),
        "assessment",
    ),
    "age_at_diagnosis": (
        *("âge au diagnostic", "âge du diagnostic", "âge diagnostic", "age at diagnosis"),
    ),
    "age_at_clinical_diagnosis": (
        *("âge au diagnostic clinique", "âge du diagnostic clinique", "age at clinical diagnosis"),
    ),
    "age_at_genetic_diagnosis": (
        *("âge au diagnostic génétique", "âge du diagnostic génétique", "age at genetic diagnosis"),
    ),
    "techniques": (
        *("techniques génétiques", "technique génétique", "techniques", "technique"),
        "genetic techniques",
    ),
    "investigations": (
        *("investigations réalisées", "type d'investigation", "types d'investigations"),
        *("investigations", "investigation", "examens réalisés"),
    ),
    "inheritance": (
        *("mode de transmission", "transmission", "hérédité", "mode of inheritance"),
        "inheritance",
    ),
}


FRENCH: Mapping[str, str] = {
    ID: "patient",
    "code": "code ORPHA",
    "label": "libellé",
    "status": "statut du diagnostic",
    "system": "système de codes",
    "type": "type ou forme",
    "null_flavor": "raison d'absence de code",
    "icd10": "CIM-10",
    "genes": "gènes",
    "phenotypes": "signes (HPO)",
    "description": "description clinique",
    "familial": "cas familial",
    "age_at_onset": "âge aux premiers signes",
    "assessment": "appréciation du diagnostic",
    "age_at_diagnosis": "âge au diagnostic",
    "age_at_clinical_diagnosis": "âge au diagnostic clinique",
    "age_at_genetic_diagnosis": "âge au diagnostic génétique",
    "techniques": "techniques génétiques",
    "investigations": "investigations",
    "inheritance": "mode de transmission",
}
"""What each field is called where people read it."""

DIAGNOSES = Vocabulary(
    HEADINGS,
    FRENCH,
    needed=frozenset({"code", "label"}),
    missing=Message(
        "Aucune colonne de codes ORPHA ni de libellés n'est reconnue.",
        "No column of ORPHAcodes or labels is recognised.",
    ),
    example='code=3,label=B,status="Mon statut"',
    notes={
        "code": Message(
            "AUCUNE COLONNE DE CODES n'est reconnue : seuls les libellés sont contrôlés. S'il y en "
            "a une, dire laquelle : columns=code=3 (numéro, lettre ou en-tête).",
            "NO COLUMN OF CODES is recognised: only labels are checked. If there is one, say "
            "which: columns=code=3 (number, letter or heading).",
        )
    },
)
"""Tables of diagnoses, one a row."""
