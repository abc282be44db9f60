"""Rules of ORPHA:616874: a rare disorder, fully investigated, without a diagnosis."""

from __future__ import annotations

from ontologies.concept import Concept
from ontologies.errors import Message
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case, Field, Patient
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.submission import CodedItem
from thesaurus.coding.values import NULL_FLAVORS

UNDETERMINED = "616874"


@rule(
    Severity.WARNING,
    title=(
        "616874 sans statut « indéterminé » ou sans investigations",
        "616874 without the status 'undetermined' or without investigations",
    ),
    action=(
        "Changer le statut, ou dire les investigations faites.",
        "Change the status, or say what was investigated.",
    ),
)
def not_investigated(case: Case, concept: Concept) -> Found | None:
    """DX-030: 616874 with a status other than undetermined, or without investigations.

    The code is for patients who were fully investigated in an expert centre and have no diagnosis.
    Where nothing was investigated, or the diagnosis is said to be confirmed or under way, it says
    what is not so. Genetic techniques count as investigations: the volet of 2024 has no other item.

    Source: Orphanet and BNDMR on ORPHA:616874 (domain rules, section 3, rule 5).
    """
    diagnosis = case.diagnosis
    if concept.code != UNDETERMINED or diagnosis is None:
        return None
    if (diagnosis.status or "").strip() and "undetermined" not in case.meanings:
        message = Message(
            f"{case.shown} va avec le statut « indéterminé ».",
            f"{case.shown} goes with the status 'undetermined'.",
        )
        return Found(message, _status_proposed(case), field="status")
    investigated = (*diagnosis.investigations, *diagnosis.techniques)
    if any(each.code and each.code.strip() not in (*NULL_FLAVORS, "") for each in investigated):
        return None
    message = Message(
        f"{case.shown} suppose des investigations complètes ; aucune n'est envoyée.",
        f"{case.shown} means fully investigated; no investigation was sent.",
    )
    return Found(message, field="investigations")


def _status_proposed(case: Case) -> tuple[Suggestion, ...]:
    accepted = case.against.profile.value_sets["status"].mapped("indéterminé")
    return tuple(
        Suggestion(code=code, label=value.name.fr, reason="statut", system=None)
        for code, value in accepted
    )


@rule(
    Severity.WARNING,
    title=("616874 sans aucun signe HPO", "616874 without any HPO sign"),
    action=("Décrire le phénotype en HPO.", "Describe the phenotype in HPO."),
)
def without_signs(case: Case, concept: Concept) -> Found | None:
    """DX-032: 616874 without any HPO sign.

    Without a diagnosis the signs are all there is to find patients who are alike.

    Source: Orphanet and BNDMR on ORPHA:616874 (domain rules, section 3, rule 5).
    """
    diagnosis = case.diagnosis
    if concept.code != UNDETERMINED or diagnosis is None:
        return None
    if any(_is_sign(case, each, Field.SIGN) for each in diagnosis.phenotypes):
        return None
    if any(_is_sign(case, each, Field.DESCRIPTION) for each in diagnosis.description):
        return None
    message = Message(
        f"{case.shown} sans signe HPO : décrire le phénotype.",
        f"{case.shown} without an HPO sign: describe the phenotype.",
    )
    return Found(message, field="phenotypes")


def _is_sign(case: Case, item: CodedItem, field: Field) -> bool:
    described = Case(item, case.against, "", field)
    return described.coding is not None and described.coding.system == "hpo"


@rule(
    Severity.INFORMATION,
    title=("Diagnostic indéterminé sans code", "Undetermined diagnosis without a code"),
    action=(
        "Coder 616874 si les investigations sont complètes.",
        "Code 616874 if fully investigated.",
    ),
)
def undetermined_without_code(case: Case) -> Found | None:
    """DX-033: undetermined and no code.

    A patient who was fully investigated without a diagnosis has a code of his own since 2021;
    whether that is so only the centre knows.

    Source: Orphanet and BNDMR on ORPHA:616874 (domain rules, section 3, rule 5).
    """
    if case.written or "undetermined" not in case.meanings:
        return None
    message = Message(
        f"Diagnostic indéterminé sans code : ORPHA:{UNDETERMINED} si tout a été exploré.",
        f"Undetermined diagnosis without a code: ORPHA:{UNDETERMINED} if fully investigated.",
    )
    known = UNDETERMINED in case.against.release.snapshot
    found = (case.suggestions.of(UNDETERMINED, "si exploré"),) if known else ()
    return Found(message, found)


@rule(
    Severity.WARNING,
    title=("616874 à côté d'un diagnostic confirmé", "616874 beside a confirmed diagnosis"),
    action=("Retirer l'un des deux.", "Remove one of them."),
)
def beside_confirmed(patient: Patient) -> list[tuple[Case, Found]]:
    """DX-031: 616874 beside a confirmed diagnosis.

    Either the patient has no diagnosis or has one; both are counted otherwise.

    Source: Orphanet and BNDMR on ORPHA:616874 (domain rules, section 3, rule 5).
    """
    without = [each for each in patient.standing if each.code == UNDETERMINED]
    if not without:
        return []
    confirmed = [
        each for each in patient.standing if each.code != UNDETERMINED and each.is_confirmed
    ]
    if not confirmed:
        return []
    message = Message(
        f"ORPHA:{UNDETERMINED} à côté d'un diagnostic confirmé, {confirmed[0].shown}.",
        f"ORPHA:{UNDETERMINED} beside a confirmed diagnosis, {confirmed[0].shown}.",
    )
    return [(each, Found(message)) for each in without]
