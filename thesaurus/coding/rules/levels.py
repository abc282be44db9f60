"""Rules of precision: groups where a disorder is meant, disorders where a subtype is known."""

from __future__ import annotations

from ontologies.concept import Concept, EntityType, Level
from ontologies.errors import Message
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.suggestions import BELOW_A_CATEGORY, DISORDERS, SUBTYPES, distinct


def is_group(concept: Concept) -> bool:
    return concept.level is Level.GROUP and concept.status.is_active


def is_category(concept: Concept) -> bool:
    return concept.type is EntityType.CATEGORY or concept.is_head


def _below(case: Case, concept: Concept, levels: frozenset[str]) -> tuple[Suggestion, ...]:
    """What the genes leave possible, then what stands below."""
    by_gene = case.suggestions.by_gene(concept.code, case.genes)
    return distinct(by_gene, case.suggestions.below(concept, levels, case.label))


@rule(
    Severity.WARNING,
    title=("Groupe au lieu d'une maladie", "Group instead of a disorder"),
    action=("Coder la maladie si elle est connue.", "Code the disorder where it is known."),
    concerns=lambda concept: is_group(concept) and not is_category(concept),
)
def group(case: Case, concept: Concept) -> Found | None:
    """DX-020: group in the diagnosis field.

    The most precise level that is known is coded, a group only when nothing more precise can be
    said; national counts leave groups out. The genes that were sent choose among what stands below.

    Source: Orphanet procedural document; ANS SDM-MR 2024.01, where groups stand in the clinical
    description (domain rules, section 3, rule 1).
    """
    message = Message(
        f"{case.shown} est un groupe : coder si possible la maladie.",
        f"{case.shown} is a group: code the disorder if possible.",
    )
    return Found(message, _below(case, concept, DISORDERS))


@rule(
    Severity.ERROR,
    title=("Catégorie ou tête de classification", "Category or head of a classification"),
    action=("Choisir plus bas.", "Choose further down."),
    concerns=lambda concept: is_group(concept) and is_category(concept),
)
def category(case: Case, concept: Concept) -> Found | None:
    """DX-021: category or head of a classification.

    It orders the nomenclature and names no disease that a patient could have.

    Source: Orphanet pack description V5 (2025), DisorderType 36561 and FlagValue 129.
    """
    message = Message(
        f"{case.shown} est une catégorie ou une tête de classification, pas un diagnostic.",
        f"{case.shown} is a category or head of a classification, not a diagnosis.",
    )
    return Found(message, _below(case, concept, BELOW_A_CATEGORY))


@rule(
    Severity.WARNING,
    title=("Groupe dit confirmé", "Group said to be confirmed"),
    action=("Coder la maladie, ou changer le statut.", "Code the disorder, or change the status."),
    concerns=is_group,
)
def confirmed_group(case: Case, concept: Concept) -> Found | None:
    """DX-022: group with status confirmed.

    Who confirmed a diagnosis knows the disorder; with a group either the code or the status is not
    what was meant.

    Source: domain rules, section 3, rules 1 and 4.
    """
    if not case.is_confirmed:
        return None
    message = Message(
        f"{case.shown} est un groupe et le diagnostic est dit confirmé.",
        f"{case.shown} is a group and the diagnosis is said to be confirmed.",
    )
    return Found(message, _below(case, concept, DISORDERS), field="status")


@rule(
    Severity.INFORMATION,
    title=("Sous-types possibles", "Subtypes that fit"),
    action=("Coder le sous-type s'il est établi.", "Code the subtype where it is known."),
    concerns=lambda concept: concept.level is Level.DISORDER and concept.status.is_active,
)
def subtypes(case: Case, concept: Concept) -> Found | None:
    """DX-023: disorder with subtypes, and gene or type given.

    What was sent says more than the code does: some subtypes fit the genes, or the type in words.
    Where the genes leave exactly one, DX-072 says it.

    Source: domain rules, section 3, rule 1, and section 5 (specify).
    """
    if not (case.diagnosis and (case.diagnosis.genes or case.diagnosis.type)):
        return None
    if not case.reference.subtypes(concept.code):
        return None
    found = _by_genes(case, concept) or _by_type(case, concept)
    if not found:
        return None
    message = Message(
        f"{case.shown} a des sous-types qui conviennent à ce qui est envoyé.",
        f"{case.shown} has subtypes that fit what was sent.",
    )
    return Found(message, found)


def _by_genes(case: Case, concept: Concept) -> tuple[Suggestion, ...]:
    found = case.suggestions.by_gene(concept.code, case.genes)
    return found if len(found) > 1 else ()


def _by_type(case: Case, concept: Concept) -> tuple[Suggestion, ...]:
    kind = case.diagnosis.type if case.diagnosis else None
    return case.suggestions.of_type(concept, kind, SUBTYPES) if kind else ()
