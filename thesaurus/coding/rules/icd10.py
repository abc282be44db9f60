"""Rules of the CIM-10 code that stands beside an ORPHAcode."""

from __future__ import annotations

from ontologies.concept import Concept
from ontologies.errors import Message
from ontologies.systems import Coding
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case
from thesaurus.coding.reference import Need, who_code
from thesaurus.coding.rules.rule import Found, rule

_CATEGORY = 3  # letters of Q87


@rule(
    Severity.WARNING,
    title=("CIM-10 qui ne va pas avec le code ORPHA", "CIM-10 that does not fit the ORPHAcode"),
    action=("Vérifier les deux codes.", "Be sure of both codes."),
    needs=Need.ICD10,
)
def not_aligned(case: Case, icd10: Case, concept: Concept) -> Found | None:
    """DX-090: CIM-10 not aligned with the code (exact, broader, truncated, descendants).

    Orphanet aligns with the WHO's ICD-10. A code fits if it is one of those, if it is the category
    of one or stands in an aligned category, if it is so once its French extension is cut off, or if
    something below the entity is aligned with it. An entity without any alignment judges nothing.

    Source: Orphanet, alignments with ICD-10; domain rules, section 2.5.
    """
    if icd10.coding is None or not concept.status.is_active:
        return None
    who = who_code(icd10.coding.code)
    aligned = case.reference.icd10(concept.code)
    if any(_fits(who, each.coding.code) for each in aligned):
        return None
    below = case.reference.icd10_below(concept.code)
    if any(_fits(who, code) for code in below) or not (aligned or below):
        return None
    message = Message(
        f"{icd10.coding.code} n'est pas aligné avec {case.shown}.",
        f"{icd10.coding.code} is not aligned with {case.shown}.",
    )
    return Found(message, case.suggestions.icd10_of(concept.code), field="")


def _fits(sent: str, aligned: str) -> bool:
    """Tell whether two codes are the same, or one the category of the other."""
    if sent == aligned:
        return True
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
        f"{code} est une extension française ; comparé par le code OMS {who}.",
        f"{code} is a French extension; compared by the WHO code {who}.",
    )
    term = icd10.against.release.related.term(Coding("icd-10", who))
    label = term.preferred("fr") if term else None
    text = label.text if label else who
    suggestion = Suggestion(code=who, label=text, reason="code OMS", system="icd-10")
    return Found(message, (suggestion,), field="")
