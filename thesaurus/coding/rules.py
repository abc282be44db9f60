"""The rules that need only the nomenclature, DX-001 to DX-022 (domain rules, section 4).

Each rule is a function that returns what it finds or None; a rule never raises. Some judge the text
of a diagnosis, some the concept that it names.
Sources: Orphanet procedural document and pack description V5 for the statuses; ANS SDM-MR 2024.01
for groups, which may stand only in the clinical description.
"""

from __future__ import annotations

from collections.abc import Callable

from ontologies.codes import could_be_omim, curie, is_canonical, other_system
from ontologies.concept import Concept, EntityType, Level, RedirectionKind, Status
from ontologies.errors import Message
from ontologies.standard import ORPHA
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import SHOWN, Case, Found
from thesaurus.coding.suggestions import BELOW_A_CATEGORY, DISORDERS

# -- rules of the text -------------------------------------------------------------------


def wrong_system(case: Case) -> Found | None:
    """DX-060: the code is said to be of another system than ORPHA."""
    if case.is_orpha:
        return None
    system = (case.diagnosis.system or "")[:SHOWN]
    message = Message(
        f"Système de codes « {system} » au lieu de {ORPHA.uri}.",
        f"Code system '{system}' instead of {ORPHA.uri}.",
    )
    return Found("DX-060", Severity.ERROR, message, field="system")


def no_code(case: Case) -> Found | None:
    """DX-001: a confirmed diagnosis without a code is a patient who is not counted."""
    if case.written or not case.diagnosis.is_confirmed:
        return None
    message = Message(
        "Diagnostic confirmé sans code ORPHA.", "Confirmed diagnosis without an ORPHAcode."
    )
    return Found("DX-001", Severity.ERROR, message, case.by_label())


def unreadable(case: Case) -> Found | None:
    """DX-002: the text is not an ORPHAcode in any written form."""
    if not case.written or case.code:
        return None
    inside = case.suggestions.inside(case.written)
    system = None if inside else other_system(case.written)
    if system:
        message = Message(
            f"« {case.shown} » ressemble à un code {system.replace('ICD', 'CIM')}, "
            "pas à un code ORPHA.",
            f"'{case.shown}' looks like a code of {system}, not an ORPHAcode.",
        )
    else:
        message = Message(
            f"« {case.shown} » n'est pas un code ORPHA.", f"'{case.shown}' is not an ORPHAcode."
        )
    return Found("DX-002", Severity.ERROR, message, inside or _named_instead(case))


def _named_instead(case: Case) -> tuple[Suggestion, ...]:
    """Search the label, else the text itself where a name was typed in the place of the code."""
    if case.diagnosis.label:
        return case.by_label()
    return case.suggestions.in_place_of_code(case.written)


def not_canonical(case: Case) -> Found | None:
    """DX-003: readable, but not as 558 or ORPHA:558."""
    if not case.code or is_canonical(case.diagnosis.code or ""):
        return None
    found = (case.suggestions.of(case.code, "forme canonique"),) if case.concept else ()
    message = Message(
        f"« {case.written[:SHOWN]} » est lu {case.shown}.",
        f"'{case.written[:SHOWN]}' is read as {case.shown}.",
    )
    return Found("DX-003", Severity.INFORMATION, message, found)


# -- rules of a code that the release does not have ----------------------------------------


def unknown(case: Case, code: str) -> Found | None:
    """DX-004. A number of six digits may be an OMIM number, sent in the wrong field."""
    if any(case.holding):
        return None
    omim_fr, omim_en = "", ""
    if could_be_omim(code):
        omim_fr, omim_en = " Est-ce un numéro OMIM ?", " Is it an OMIM number?"
    message = Message(
        f"{curie(code)} est inconnu de toutes les versions chargées.{omim_fr}",
        f"{curie(code)} is unknown in every loaded release.{omim_en}",
    )
    return Found("DX-004", Severity.ERROR, message, case.by_label())


def not_yet(case: Case, code: str) -> Found | None:
    """DX-005: only in a later release."""
    earlier, later = case.holding
    if earlier or not later:
        return None
    message = Message(
        f"{curie(code)} n'existe qu'à partir de la version {later[0]}.",
        f"{curie(code)} exists only from release {later[0]} on.",
    )
    return Found("DX-005", Severity.ERROR, message)


def gone(case: Case, code: str) -> Found | None:
    """DX-006: in an earlier release, and no longer there."""
    if not case.holding[0]:
        return None
    last = case.holding[0][-1]
    message = Message(
        f"{curie(code)} était dans la version {last} et n'est plus dans la version "
        f"{case.release.id}.",
        f"{curie(code)} was in release {last} and is no longer in release {case.release.id}.",
    )
    return Found("DX-006", Severity.ERROR, message, case.by_label())


# -- rules of the concept ----------------------------------------------------------------


def deprecated(case: Case, concept: Concept) -> Found | None:
    """DX-010: moved to another code, which may be taken without asking."""
    if concept.status is not Status.DEPRECATED:
        return None
    found: tuple[Suggestion, ...] = ()
    if to := concept.redirection:
        binding = to.kind is RedirectionKind.MOVED_TO
        found = (case.suggestions.of(to.target, "déplacé vers", automatic=binding),)
    message = Message(f"{case.shown} est déprécié.", f"{case.shown} is deprecated.")
    return Found("DX-010", Severity.ERROR, message, found)


def obsolete(case: Case, concept: Concept) -> Found | None:
    """DX-011: out of the nomenclature; a human looks at what Orphanet refers to."""
    if concept.status is not Status.OBSOLETE or concept.redirection is None:
        return None
    target = case.release.snapshot.concepts[concept.redirection.target]
    found = [case.suggestions.of(target.code, "associé à")]
    if target.level is Level.GROUP:
        found += case.below(target, DISORDERS)
    message = Message(
        f"{case.shown} est obsolète ; à examiner : {curie(target.code)}.",
        f"{case.shown} is obsolete; to be considered: {curie(target.code)}.",
    )
    return Found("DX-011", Severity.ERROR, message, tuple(found))


def obsolete_for_good(case: Case, concept: Concept) -> Found | None:
    """DX-012: out of the nomenclature, and Orphanet names nothing instead."""
    if concept.status is not Status.OBSOLETE or concept.redirection:
        return None
    message = Message(
        f"{case.shown} est obsolète, sans entité de remplacement.",
        f"{case.shown} is obsolete and nothing replaces it.",
    )
    label = case.diagnosis.label or concept.preferred("fr").text
    near = case.suggestions.by_name(label, "libellé proche")
    return Found("DX-012", Severity.ERROR, message, near)


def non_rare(case: Case, concept: Concept) -> Found | None:
    """DX-013: outside the field of rare diseases."""
    if concept.status is not Status.NON_RARE:
        return None
    message = Message(
        f"{case.shown} n'est pas une maladie rare en Europe : la décrire en CIM-10 dans "
        "la description clinique.",
        f"{case.shown} is not rare in Europe: describe it in ICD-10 in the clinical description.",
    )
    return Found("DX-013", Severity.ERROR, message)


def historic(case: Case, concept: Concept) -> Found | None:
    """DX-014: active, of historical interest."""
    if concept.status is not Status.HISTORIC:
        return None
    message = Message(f"{case.shown} est une entité historique.", f"{case.shown} is historic.")
    return Found("DX-014", Severity.INFORMATION, message)


def _is_group(concept: Concept) -> bool:
    return concept.level is Level.GROUP and concept.status.is_active


def _is_category(concept: Concept) -> bool:
    return concept.type is EntityType.CATEGORY or concept.is_head


def group(case: Case, concept: Concept) -> Found | None:
    """DX-020: a group is not a diagnosis, where the disorder is known."""
    if not _is_group(concept) or _is_category(concept):
        return None
    message = Message(
        f"{case.shown} est un groupe : coder si possible la maladie.",
        f"{case.shown} is a group: code the disorder if possible.",
    )
    return Found("DX-020", Severity.WARNING, message, case.below(concept, DISORDERS))


def category(case: Case, concept: Concept) -> Found | None:
    """DX-021: a category is still less a diagnosis."""
    if not _is_group(concept) or not _is_category(concept):
        return None
    message = Message(
        f"{case.shown} est une catégorie ou une tête de classification, pas un diagnostic.",
        f"{case.shown} is a category or head of a classification, not a diagnosis.",
    )
    return Found("DX-021", Severity.ERROR, message, case.below(concept, BELOW_A_CATEGORY))


def confirmed_group(case: Case, concept: Concept) -> Found | None:
    """DX-022: who confirmed a diagnosis knows the disorder."""
    if not _is_group(concept) or not case.diagnosis.is_confirmed:
        return None
    message = Message(
        f"{case.shown} est un groupe et le diagnostic est dit confirmé.",
        f"{case.shown} is a group and the diagnosis is said to be confirmed.",
    )
    below = case.below(concept, DISORDERS)
    return Found("DX-022", Severity.WARNING, message, below, field="status")


OF_TEXT: tuple[Callable[[Case], Found | None], ...] = (no_code, unreadable, not_canonical)
OF_ABSENCE: tuple[Callable[[Case, str], Found | None], ...] = (unknown, not_yet, gone)
OF_CONCEPT: tuple[Callable[[Case, Concept], Found | None], ...] = (
    deprecated,
    obsolete,
    obsolete_for_good,
    non_rare,
    historic,
    group,
    category,
    confirmed_group,
)


def findings(case: Case) -> list[Found]:
    """Apply every rule to a case; a code of another system is not judged as an ORPHAcode."""
    if found := wrong_system(case):
        return [found]
    applied = [rule(case) for rule in OF_TEXT]
    if case.concept:
        applied += [rule(case, case.concept) for rule in OF_CONCEPT]
    elif case.code:
        applied += [rule(case, case.code) for rule in OF_ABSENCE]
    return [found for found in applied if found]
