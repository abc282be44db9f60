"""Rules of the CIM-10 code that stands beside an ORPHAcode."""

from __future__ import annotations

import re

from ontologies.concept import Concept
from ontologies.errors import Message
from ontologies.systems import Coding
from ontologies.systems import icd10 as written_icd10
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case
from thesaurus.coding.reference import Need, who_code
from thesaurus.coding.rules.rule import Found, rule

_CATEGORY = 3  # letters of Q87
_NO_DISEASES = frozenset("RSTVWXYZ")
_CHAPTER = re.compile("[IVX]+")


@rule(
    Severity.WARNING,
    title=("CIM-10 qui ne va pas avec le code ORPHA", "CIM-10 that does not fit the ORPHAcode"),
    action=("Vérifier les deux codes.", "Be sure of both codes."),
    needs=Need.ICD10,
)
def not_aligned(case: Case, icd10: Case, concept: Concept) -> Found | None:
    """DX-090: CIM-10 not aligned with the code (exact, broader, truncated, descendants).

    Orphanet aligns with the WHO's ICD-10. A code fits if it is one of those, if it is the category
    or block of one or stands in an aligned category, if it is so once its French extension is cut
    off, or if something below the entity is aligned with it. Beside a code that fits, others are of
    other diseases of the stay; signs, contacts with care and accidents (R to Z) name no disease. An
    entity without any alignment judges nothing. CIM-10 codes of the clinical description say signs
    and are not compared.

    Source: Orphanet, alignments with ICD-10; domain rules, section 2.5.
    """
    if icd10.coding is None or not concept.status.is_active or not case.diagnosis:
        return None
    code = icd10.coding.code
    if code[0] in _NO_DISEASES or _CHAPTER.fullmatch(code) or _fits_entity(case, code, concept):
        return None
    others = (each.code for each in case.diagnosis.icd10 if each.code)
    if any(_fits_entity(case, written_icd10(other), concept) for other in others):
        return None
    message = Message(
        f"{icd10.coding.code} n'est pas aligné avec {case.shown}.",
        f"{icd10.coding.code} is not aligned with {case.shown}.",
    )
    return Found(message, case.suggestions.icd10_of(concept.code), field="")


def _fits_entity(case: Case, code: str, concept: Concept) -> bool:
    """Tell whether a code fits an entity or something below it; an entity without any fits all."""
    aligned = [each.coding.code for each in case.reference.icd10(concept.code)]
    below = case.reference.icd10_below(concept.code)
    if not aligned and not below:
        return True
    who = code if "-" in code else who_code(code)
    return any(_fits(who, each) for each in aligned) or any(_fits(who, each) for each in below)


def _fits(sent: str, aligned: str) -> bool:
    """Tell whether two codes are the same, or one the category or the block of the other."""
    if sent == aligned:
        return True
    if "-" in sent:
        first, _, last = sent.partition("-")
        return first <= aligned[:_CATEGORY] <= last
    return sent[:_CATEGORY] == aligned[:_CATEGORY] and _CATEGORY in (len(sent), len(aligned))


@rule(
    Severity.INFORMATION,
    title=("Extension française de la CIM-10", "French extension of ICD-10"),
    action=("Rien ; le code OMS a servi à comparer.", "Nothing; the WHO code was compared."),
)
def french_extension(icd10: Case) -> Found | None:
    """DX-091: CIM-10 is a French extension.

    The ATIH has codes that are longer than the WHO's, which Orphanet does not know; such a code is
    compared by the WHO code that it starts with, and the comparison is approximate.

    Source: ATIH, CIM-10 FR; domain rules, section 2.5.
    """
    if icd10.coding is None:
        return None
    code = icd10.coding.code
    who = who_code(code)
    if who == code or "-" in code:
        return None
    message = Message(
        f"{code} est plus long que le code OMS (extension française) ; comparé par {who}.",
        f"{code} is longer than the WHO code (French extension); compared by {who}.",
    )
    term = icd10.against.release.related.term(Coding("icd-10", who))
    label = term.preferred("fr") if term else None
    text = label.text if label else who
    suggestion = Suggestion(code=who, label=text, reason="code OMS", system="icd-10")
    return Found(message, (suggestion,), field="")
