"""What an SDM-MR document says by which code: templates, OIDs and codes, each once.

Sources: the ANS volets SDM-MR 2022.01 and 2024.01 (CDA R2 level 3, template 1.2.250.1.213.1.1.1.30)
with their examples and value sets; HL7's LOINC and SNOMED CT codes for the cause of death, for
which the volets have no code of their own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ontologies.standard import STANDARD, bare_identifier

NAMESPACE = "urn:hl7-org:v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

SDM_MR = "1.2.250.1.213.1.1.1.30"
PROFILES = {"2022": "cda-2022", "2024": "cda-2024"}
"""The profile of the check for the year of a volet."""
NEWEST = max(PROFILES)
FORM_OF_VERSION = re.compile(r"20[0-9]{2}\.[0-9]{2}")

LOINC = "2.16.840.1.113883.6.1"
SNOMED_CT = "2.16.840.1.113883.6.96"
ANS_TERMS = "1.2.250.1.213.1.1.4.322"  # TA_ASIP
ORPHA_DISEASES = "1.2.250.1.213.2.49.1"
ORPHA_GROUPS = "1.2.250.1.213.2.49.2"
HPO_TERMS = "1.2.250.1.213.2.51"
CIM_10 = "2.16.840.1.113883.6.3"
HGNC_GENES = "2.16.840.1.113883.4.642.2.468"
_OIDS = {
    "orpha": ORPHA_DISEASES,
    "hpo": HPO_TERMS,
    "icd-10": CIM_10,
    "hgnc": HGNC_GENES,
    "snomed-ct": SNOMED_CT,
}
_OID = re.compile(r"[0-9]+(?:\.[0-9]+)+")


class Section(NamedTuple):
    loinc: str
    template: str
    title: str


DIAGNOSES = Section("46241-6", "1.2.250.1.213.1.1.2.129", "Diagnostics")
PROBLEMS = Section("11450-4", "1.2.250.1.213.1.1.2.132", "Problèmes actifs")
FAMILY_HISTORY = Section("10157-6", "1.2.250.1.213.1.1.2.139", "Antécédents familiaux")

DIAGNOSIS = "282291009"
PROBLEM = "55607006"
FINDING = "404684003"
PROBLEM_TEMPLATE = "1.2.250.1.213.1.1.3.37"  # FR-Probleme
CONCERN_TEMPLATE = "1.2.250.1.213.1.1.3.39"  # FR-Liste-des-problemes
OBSERVATION_TEMPLATE = "1.2.250.1.213.1.1.3.48"  # FR-Simple-Observation
FAMILY_TEMPLATE = "1.2.250.1.213.1.1.3.59"  # FR-Antecedents-familiaux
RELATIVE_TEMPLATE = "1.2.250.1.213.1.1.3.51"  # FR-Antecedent-familial-observe

# Items of a diagnosis: the code of the observation, and the field of the submission.
TEXTS = {"MED-072": "status", "MED-073": "familial", "MED-071": "assessment"}
PERIODS = {
    "PAT-013": "age_at_onset",
    "PAT-015": "age_at_diagnosis",
    "PAT-062": "age_at_clinical_diagnosis",
    "PAT-064": "age_at_genetic_diagnosis",
}
MEASURES = {
    "PAT-014": "age_at_onset",
    "PAT-016": "age_at_diagnosis",
    "PAT-063": "age_at_clinical_diagnosis",
    "PAT-065": "age_at_genetic_diagnosis",
}
LISTS = {
    "MED-1284": "description",
    "MED-074": "description",  # 2022: signs that go with the disease
    "MED-086": "description",  # 2022: signs that are unusual
    "MED-1286": "techniques",
    "MED-068": "techniques",  # 2022
    "ORG-017": "investigations",
    "MED-552": "genes",
}
ITEMS = {**TEXTS, **PERIODS, **MEASURES, **LISTS}

CAUSE_OF_DEATH = frozenset({"69453-9", "79378-6", "184305005"})
CAUSE_OF_DEATH_WORDS = re.compile(r"causes? (?:\w+ ){0,3}d[ée]c[èe]s|cause of death", re.IGNORECASE)


def oid_of(system: str) -> str:
    """Return the OID of a code system, bare as CDA wants it; what has none that we know stays.

    >>> oid_of("urn:oid:1.2.250.1.213.2.49.2"), oid_of("http://hl7.org/fhir/sid/icd-10")
    ('1.2.250.1.213.2.49.2', '2.16.840.1.113883.6.3')
    """
    bare = bare_identifier(system)
    if _OID.fullmatch(bare):
        return bare
    found = next(
        (_OIDS[each.name] for each in STANDARD if each.name in _OIDS and each.is_named_by(bare)),
        None,
    )
    return found or system


def cda(name: str) -> str:
    """Return the name of an element of CDA as lxml has it."""
    return f"{{{NAMESPACE}}}{name}"
