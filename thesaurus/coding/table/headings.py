"""The headings under which hospitals keep the items of a diagnosis, in French and English.

They are compared without case, accents, blanks and punctuation: ``Code ORPHA``, ``code_orpha`` and
``CodeOrpha`` are one; then without numbers or what stands in brackets: ``Code ORPHA (2023)``. Of
two columns of a file with names of one field, the name that stands first here wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from search.text import fold

ID = "id"
_SIGNS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")
# Years, and the numbers of columns alike; longer ones are codes.
_NUMBERS = re.compile(r"(?<!\d)(?:\d{1,2}|(?:19|20)\d\d)(?!\d)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST = 200

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


def folded(heading: str) -> str:
    """Return what of a heading is compared.

    >>> folded("Code_ORPHA"), folded("Libellé :")
    ('codeorpha', 'libelle')
    """
    return _SIGNS.sub("", fold(heading))


class Heading(NamedTuple):
    """The field that a heading names; the lower the rank, the more telling it is."""

    field: str
    rank: int


def heading_of(heading: str) -> Heading | None:
    """Tell what a heading names, if anything.

    >>> heading_of("Code ORPHA (2023)"), heading_of("ORPHA 1").field, heading_of("2023")
    (Heading(field='code', rank=0), 'code', None)
    """
    if len(heading) > _LONGEST:
        return None
    known = known_headings()
    for form in (heading, _NUMBERS.sub("", heading), _BRACKETS.sub("", heading)):
        if found := known.get(folded(form)):
            return found
    return None


@cache
def known_headings() -> Mapping[str, Heading]:
    """Return what each folded heading names; names of fields are headings too."""
    known: dict[str, Heading] = {}
    for field, headings in HEADINGS.items():
        for rank, heading in enumerate((*headings, field)):
            known.setdefault(folded(heading), Heading(field, rank))
    for folding, named in list(known.items()):
        known.setdefault(_DIGITS.sub("", folding), named)
    return known


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
