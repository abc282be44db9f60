"""Rules of what was written: is there a code, can it be read, is it of the right system."""

from __future__ import annotations

from ontologies.codes import is_canonical, other_system
from ontologies.errors import Message
from ontologies.standard import HPO, ORPHA
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import SHOWN, Case, Field
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.suggestions import is_name

_TO_SEARCH = ("Chercher le code par le nom.", "Search the code by the name.")


@rule(
    Severity.ERROR,
    title=("Diagnostic sans code", "Diagnosis without a code"),
    action=_TO_SEARCH,
)
def no_code(case: Case) -> Found | None:
    """DX-001: no code though the diagnosis is confirmed.

    A patient whose diagnosis has no code is not counted; 27 % of those of the national base are in
    this case. Where the diagnosis is named and not said to be confirmed, the codes that its name
    finds are an information.

    Source: BNDMR, annual figures of 2022 (domain rules, section 3).
    """
    if case.written or case.field is not Field.DIAGNOSIS:
        return None
    if case.is_confirmed:
        message = Message(
            "Diagnostic confirmé sans code ORPHA.", "Confirmed diagnosis without an ORPHAcode."
        )
        return Found(message, case.suggestions.by_name(case.label))
    if not is_name(case.label) or case.meanings & {"undetermined", "refuted"}:
        return None
    message = Message("Diagnostic sans code ORPHA.", "Diagnosis without an ORPHAcode.")
    found = case.suggestions.by_name(case.label)
    return Found(message, found, severity=Severity.INFORMATION)


@rule(
    Severity.ERROR,
    title=("Code illisible", "Not recognisable as a code"),
    action=("Corriger la saisie.", "Correct what was typed."),
)
def unreadable(case: Case) -> Found | None:
    """DX-002: not recognisable as a code.

    ORPHAcodes are read in every form that Orphanet and its users write; what is left is a slip of
    the keyboard, a name, or a code of another system in the wrong place.

    Source: Orphanet pack description V5 (2025), written forms; domain rules, section 2.2.
    """
    if not case.written or case.coding or _wrong_field(case):
        return None
    if case.field not in (Field.DIAGNOSIS, Field.ELSEWHERE):
        names = " ou ".join(each.title_fr or each.title for each in case.field.systems)
        names_en = " or ".join(each.title for each in case.field.systems)
        return Found(
            Message(
                f"« {case.shown} » ne se lit pas comme un code {names}.",
                f"'{case.shown}' cannot be read as a code of {names_en}.",
            )
        )
    inside = case.suggestions.inside(case.written)
    system = None if inside else other_system(case.written)
    if system == "HPO":  # DX-081 says so
        return None
    if system:
        aligned = case.suggestions.aligned_with(case.written)
        return Found(_looks_like(case, system), aligned or case.suggestions.by_name(case.label))
    return Found(_no_code(case), inside or _named_instead(case))


def _no_code(case: Case) -> Message:
    return Message(
        f"« {case.shown} » n'est pas un code ORPHA.", f"'{case.shown}' is not an ORPHAcode."
    )


def _looks_like(case: Case, system: str) -> Message:
    return Message(
        f"« {case.shown} » ressemble à un code {system.replace('ICD', 'CIM')}, "
        "pas à un code ORPHA.",
        f"'{case.shown}' looks like a code of {system}, not an ORPHAcode.",
    )


def _named_instead(case: Case) -> tuple[Suggestion, ...]:
    """Search the label, else the text itself where a name was typed in the place of the code."""
    if case.label:
        return case.suggestions.by_name(case.label)
    return case.suggestions.in_place_of_code(case.written)


@rule(
    Severity.INFORMATION,
    title=("Code écrit autrement que 558 ou ORPHA:558", "Code not written as 558 or ORPHA:558"),
    action=("Rien d'urgent ; envoyer la forme proposée.", "Not urgent; send the form proposed."),
)
def not_canonical(case: Case) -> Found | None:
    """DX-003: recognised, not in canonical form.

    We read every form; the systems behind us may not, and two forms of one code do not match in a
    spreadsheet.

    Source: Orphanet pack description V5 (2025): ORPHA:558 is shown, 558 is exchanged.
    """
    written = case.item.code or ""
    if not case.code or is_canonical(written):
        return None
    found = (case.suggestions.of(case.code, "forme canonique"),) if case.concept else ()
    message = Message(
        f"« {case.written[:SHOWN]} » est lu {case.shown}.",
        f"'{case.written[:SHOWN]}' is read as {case.shown}.",
    )
    return Found(message, found)


def _wrong_field(case: Case) -> bool:
    """Tell whether the system that was named does not belong here."""
    return bool(case.named) and case.system not in case.field.names


@rule(
    Severity.ERROR,
    title=("Code d'un autre système que celui attendu ici", "Code system that is not meant here"),
    action=("Vérifier le champ ou l'identifiant du système.", "Check the field or the identifier."),
)
def wrong_system(case: Case) -> Found | None:
    """DX-060: wrong code system for the field.

    A number says nothing without its system: 558 is an ORPHAcode, and something else elsewhere. The
    expected identifiers are named, and what the code corresponds to in ORPHA where that is known.

    Source: ANS SDM-MR 2024.01, value sets of each item (domain rules, sections 3.1 and 3.2).
    """
    if not _wrong_field(case) or (case.system == HPO.name and case.field is Field.DIAGNOSIS):
        return None
    expected = ", ".join(each.uri for each in case.field.systems)
    named = case.named[:SHOWN]
    message = Message(
        f"Système de codes « {named} » au lieu de {expected}.",
        f"Code system '{named}' instead of {expected}.",
    )
    found: tuple[Suggestion, ...] = ()
    if case.system and case.field is Field.DIAGNOSIS:
        found = case.suggestions.aligned_with(case.written, case.system)
    return Found(message, found, field="system")


_OIDS = {
    "1.2.250.1.213.2.49.1": ("des maladies", "of diseases"),
    "1.2.250.1.213.2.49.2": ("des groupes", "of groups"),
}
_DISEASES, _GROUPS = _OIDS


@rule(
    Severity.WARNING,
    title=(
        "Groupe envoyé avec l'OID des maladies, ou l'inverse",
        "Group sent with the OID of diseases, or the reverse",
    ),
    action=("Envoyer l'OID proposé.", "Send the OID proposed."),
)
def other_oid(case: Case) -> Found | None:
    """DX-061: group sent with the diseases OID, or the reverse.

    The ANS has two value sets of ORPHAcodes: diseases, for the diagnosis, and groups, for the
    clinical description. Which one a code belongs to follows from its level, and changes with it.

    Source: ANS SDM-MR 2024.01, JDV_Orpha_Maladies and JDV_Orpha_Groupes-Maladies.
    """
    if case.oid not in _OIDS or case.concept is None or case.concept.level is None:
        return None
    right = _GROUPS if case.concept.level.key == "group" else _DISEASES
    if case.oid == right or not case.concept.status.is_active:
        return None
    level = case.concept.level
    place_fr, place_en = "", ""
    if right == _GROUPS and case.field is Field.DIAGNOSIS:
        place_fr = " ; sa place est la description clinique"
        place_en = "; its place is the clinical description"
    message = Message(
        f"{case.shown} ({level.fr.lower()}) envoyé avec l'OID {_OIDS[case.oid][0]}{place_fr}.",
        f"{case.shown} ({level.en.lower()}) sent with the OID {_OIDS[case.oid][1]}{place_en}.",
    )
    label = f"JDV ORPHA {_OIDS[right][0]}"
    suggestion = Suggestion(code=right, label=label, reason="OID", system=None)
    return Found(message, (suggestion,), field="system")


@rule(
    Severity.ERROR,
    title=("Signe HPO à la place du diagnostic", "HPO sign in the place of the diagnosis"),
    action=(
        "Le mettre dans la description clinique et coder la maladie.",
        "Move it to the clinical description and code the disease.",
    ),
)
def sign_as_diagnosis(case: Case) -> Found | None:
    """DX-081: HPO term in the diagnosis field.

    A sign describes a patient, it does not name the disease; counted as a diagnosis it is lost.

    Source: ANS SDM-MR 2024.01, MED-1284 takes HPO, the diagnosis does not.
    """
    if case.field is not Field.DIAGNOSIS or not case.written:
        return None
    named = case.system == HPO.name
    looks = not case.named and not case.coding and other_system(case.written) == "HPO"
    if not named and not looks:
        return None
    message = Message(
        f"« {case.shown} » est un signe HPO, pas un diagnostic {ORPHA.title}.",
        f"'{case.shown}' is a sign of HPO, not a diagnosis of {ORPHA.title}.",
    )
    return Found(message, case.suggestions.by_name(case.label))
