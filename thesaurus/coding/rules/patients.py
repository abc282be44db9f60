"""Rules of all diagnoses of one patient: twice the same, one above the other, too many."""

from __future__ import annotations

from collections.abc import Iterator

from ontologies.codes import curie
from ontologies.errors import Message
from thesaurus.coding.answer import Severity
from thesaurus.coding.case import Case, Patient
from thesaurus.coding.rules.rule import Found, rule


@rule(
    Severity.WARNING,
    title=("Même code deux fois pour un patient", "The same code twice for a patient"),
    action=("Fusionner.", "Merge them."),
)
def same_code(patient: Patient) -> list[tuple[Case, Found]]:
    """DX-040: the same code twice for a patient.

    Counted by row, the patient is counted twice; two statuses of one disease contradict each other.

    Source: domain rules, section 3, rule 3: several codes are several independent diseases.
    """
    first: dict[str, int] = {}
    found: list[tuple[Case, Found]] = []
    for number, case in enumerate(patient.cases):
        if case.code is None:
            continue
        known = first.setdefault(case.code, number)
        if known != number:
            message = Message(
                f"{case.shown} figure déjà au diagnostic n° {known + 1}.",
                f"{case.shown} stands already in diagnosis no. {known + 1}.",
            )
            found.append((case, Found(message)))
    return found


@rule(
    Severity.WARNING,
    title=("Un code et un code plus large", "A code and a code above it"),
    action=("Garder le plus précis.", "Keep the more precise one."),
)
def code_and_ancestor(patient: Patient) -> list[tuple[Case, Found]]:
    """DX-041: a code and its ancestor both coded.

    The broader one adds nothing: counting takes every code up to all that stand above it.

    Source: domain rules, section 3, rules 1 and 3; section 5 (grouping).
    """
    standing = patient.standing
    below = _more_precise(patient, standing)
    first = {case.code: case for case in reversed(standing) if case.code in below}
    return [
        (case, _less_precise(case, below[code]))
        for code, case in reversed(first.items())
        if code is not None
    ]


def _more_precise(patient: Patient, standing: list[Case]) -> dict[str, str]:
    """Return for each code above one of the diagnoses the first of those below it."""
    below: dict[str, str] = {}
    if len(standing) > 1:
        hierarchy = patient.against.release.snapshot.merged
        for case in standing:
            for above in hierarchy.ancestors(case.code or ""):
                below.setdefault(above, case.code or "")
    return below


def _less_precise(case: Case, precise: str) -> Found:
    message = Message(
        f"{case.shown} est plus large que {curie(precise)}, codé aussi.",
        f"{case.shown} is broader than {curie(precise)}, which is coded too.",
    )
    return Found(message, (case.suggestions.of(precise, "plus précis"),))


@rule(
    Severity.INFORMATION,
    title=("Deux codes comptés sous la même maladie", "Two codes counted under one disorder"),
    action=("Vérifier qu'il s'agit de deux maladies.", "Be sure that these are two diseases."),
)
def same_disorder(patient: Patient) -> list[tuple[Case, Found]]:
    """DX-042: two codes with the same aggregation disorder.

    In national counts they are one: two subtypes of a disorder, a deprecated code and its target.

    Source: Orphanet, AggregationLevelSection; domain rules, section 2.2.
    """
    standing = patient.standing
    below = _more_precise(patient, standing)  # what is broader is DX-041
    return list(_sharing([each for each in standing if each.code not in below]))


def _sharing(standing: list[Case]) -> Iterator[tuple[Case, Found]]:
    first: dict[str, Case] = {}
    for case in standing:
        disorder = case.reference.aggregation(case.code or "")
        if disorder is None:
            continue
        other = first.setdefault(disorder, case)
        if other.code == case.code:  # itself, or DX-040
            continue
        message = Message(
            f"{case.shown} et {other.shown} comptent tous deux pour {curie(disorder)}.",
            f"{case.shown} and {other.shown} both count for {curie(disorder)}.",
        )
        yield case, Found(message, (case.suggestions.of(disorder, "agrégation"),))


@rule(
    Severity.ERROR,
    title=("Plus de diagnostics que le profil n'en admet", "More diagnoses than the profile takes"),
    action=("Envoyer les plus importants.", "Send the most important ones."),
)
def too_many(patient: Patient) -> list[tuple[Case, Found]]:
    """DX-043: more diagnoses than the profile allows.

    What is beyond would be cut off on the way, and nobody would know which.

    Source: BaMaRa takes six; a profile may take more (max_diagnoses).
    """
    most = patient.against.profile.max_diagnoses
    if len(patient.cases) <= most:
        return []
    message = Message(
        f"{len(patient.cases)} diagnostics ; {most} au plus dans ce profil.",
        f"{len(patient.cases)} diagnoses; {most} at most in this profile.",
    )
    return [(patient.cases[most], Found(message, field=""))]
