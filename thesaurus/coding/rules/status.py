"""Rules of the status of an entity: may it be used for new coding, and what instead."""

from __future__ import annotations

from ontologies.codes import curie
from ontologies.concept import Concept, EntityType, Level, RedirectionKind, Status
from ontologies.errors import Message
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.suggestions import DISORDERS, distinct


def _is_obsolete(concept: Concept) -> bool:
    return concept.status is Status.OBSOLETE


def _is_particular(concept: Concept) -> bool:
    return concept.status.is_active and concept.type is EntityType.PARTICULAR_CLINICAL_SITUATION


@rule(
    Severity.ERROR,
    title=("Code déprécié", "Deprecated code"),
    action=("Prendre le code proposé.", "Take the code proposed."),
    concerns=lambda concept: concept.status is Status.DEPRECATED,
)
def deprecated(case: Case, concept: Concept) -> Found | None:
    """DX-010: deprecated.

    The entity was found to be another one and moved to it. That is binding, so this target, and
    no other suggestion, may be applied without a person; but not where a transcoding table says
    otherwise.

    Source: Orphanet pack description V5 (2025), FlagValue 8449, association 21471 "moved to".
    """
    found: tuple[Suggestion, ...] = ()
    if to := concept.redirection:
        contested = case.is_contested(concept.code, to.target)
        binding = to.kind is RedirectionKind.MOVED_TO and not contested
        moved = case.suggestions.of(to.target, "déplacé vers", automatic=binding)
        found = distinct(case.transcoded(concept.code) if contested else (), [moved])
    message = Message(f"{case.shown} est déprécié.", f"{case.shown} is deprecated.")
    return Found(message, found)


@rule(
    Severity.ERROR,
    title=("Code obsolète, avec une entité à examiner", "Obsolete code with an entity to consider"),
    action=("Choisir parmi les propositions.", "Choose among the suggestions."),
    concerns=_is_obsolete,
)
def obsolete(case: Case, concept: Concept) -> Found | None:
    """DX-011: obsolete with a target.

    The entity left the nomenclature. Orphanet refers to another one as a hint, often a group: a
    person looks at it, and at the disorders below where it is a group. What was decided in a
    transcoding table stands first.

    Source: Orphanet pack description V5 (2025), FlagValues 8208 and 9216, association 27341
    "referred to".
    """
    if concept.redirection is None:
        return None
    target = case.against.release.snapshot.concepts[concept.redirection.target]
    found = [*case.transcoded(concept.code), case.suggestions.of(target.code, "associé à")]
    if target.level is Level.GROUP:
        found += case.suggestions.below(target, DISORDERS, case.label)
    message = Message(
        f"{case.shown} est obsolète ; à examiner : {curie(target.code)}.",
        f"{case.shown} is obsolete; to be considered: {curie(target.code)}.",
    )
    return Found(message, distinct(found))


@rule(
    Severity.ERROR,
    title=("Code obsolète, sans remplaçant", "Obsolete code that nothing replaces"),
    action=("Choisir parmi les noms proches.", "Choose among the names that come near."),
    concerns=_is_obsolete,
)
def obsolete_for_good(case: Case, concept: Concept) -> Found | None:
    """DX-012: obsolete without target.

    The entity left the nomenclature and Orphanet names nothing instead (95 of 931 in 2023). What
    was decided in a transcoding table stands first.

    Source: Orphanet pack description V5 (2025), FlagValues 8208 and 9216.
    """
    if concept.redirection:
        return None
    message = Message(
        f"{case.shown} est obsolète, sans entité de remplacement.",
        f"{case.shown} is obsolete and nothing replaces it.",
    )
    label = case.label or concept.preferred("fr").text
    nearest = case.suggestions.nearest(label, "libellé proche")
    return Found(message, distinct(case.transcoded(concept.code), nearest))


@rule(
    Severity.ERROR,
    title=("Maladie non rare en Europe", "Disease that is not rare in Europe"),
    action=(
        "La décrire en CIM-10 dans la description clinique.",
        "Describe it in CIM-10 in the clinical description.",
    ),
    concerns=lambda concept: concept.status is Status.NON_RARE,
)
def non_rare(case: Case, concept: Concept) -> Found | None:
    """DX-013: non rare in Europe.

    It is outside the field of rare diseases and is not counted there; its CIM-10 codes, where an
    alignment is loaded, are proposed for the description.

    Source: Orphanet pack description V5 (2025), FlagValue 8225; domain rules, section 3, rule 6.
    """
    message = Message(
        f"{case.shown} n'est pas une maladie rare en Europe : la décrire en CIM-10 dans "
        "la description clinique.",
        f"{case.shown} is not rare in Europe: describe it in ICD-10 in the clinical description.",
    )
    return Found(message, case.suggestions.icd10_of(concept.code))


@rule(
    Severity.INFORMATION,
    title=("Entité historique", "Historic entity"),
    action=("Rien ; vérifier qu'elle est bien voulue.", "Nothing; be sure that it is meant."),
    concerns=lambda concept: concept.status is Status.HISTORIC,
)
def historic(_case: Case, concept: Concept) -> Found | None:
    """DX-014: active, historic.

    The entity is kept for what was described under its name, and few patients are coded so today.

    Source: Orphanet pack description V5 (2025), FlagValue 513.
    """
    shown = curie(concept.code)
    return Found(Message(f"{shown} est une entité historique.", f"{shown} is historic."))


@rule(
    Severity.INFORMATION,
    title=("Situation clinique particulière", "Particular clinical situation"),
    action=("Rien ; coder aussi la maladie de fond.", "Nothing; code the disease behind it too."),
    concerns=_is_particular,
)
def particular_situation(_case: Case, concept: Concept) -> Found | None:
    """DX-034: particular clinical situation.

    It names the situation of a patient with a disease or syndrome, so the disease itself may be
    missing beside it.

    Source: Orphanet pack description V5 (2025), DisorderType 21429.
    """
    shown = curie(concept.code)
    message = Message(
        f"{shown} est une situation clinique particulière.",
        f"{shown} is a particular clinical situation.",
    )
    return Found(message)
