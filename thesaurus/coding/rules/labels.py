"""Rules of the words that came with a code: do they name the same entity?"""

from __future__ import annotations

from ontologies.concept import Concept
from ontologies.errors import Message
from thesaurus.coding.answer import Severity
from thesaurus.coding.case import SHOWN, Case
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.suggestions import distinct, is_name


def _is_of_target(case: Case, concept: Concept, label: str) -> bool:
    """Tell whether a label names what an inactive entity leads to, as records write it later."""
    to = concept.redirection
    target = case.against.release.snapshot.concepts.get(to.target) if to else None
    return target is not None and case.reference.is_name(target, label)


@rule(
    Severity.WARNING,
    title=("Libellé qui n'est pas celui du code", "Label that is not the code's"),
    action=(
        "Vérifier lequel est voulu, le code ou le libellé.",
        "Be sure which one is meant, the code or the label.",
    ),
)
def other_label(case: Case, concept: Concept) -> Found | None:
    """DX-050: label sent is neither preferred term nor synonym, in any loaded release or language.

    The words show what was meant: if they name another entity the code is a slip of the hand. Case,
    accents, punctuation, brackets and words that say little (syndrome, maladie de) say nothing. A
    label that leads to this very code in another wording is an information; one that leads
    elsewhere or nowhere is a warning, with the codes that bear its words and the name of this one.

    Source: domain rules, section 2.2: synonyms are perfectly equivalent, and differ by language.
    """
    label = case.label
    if not label or case.reference.is_name(concept, label) or not is_name(label):
        return None
    if _is_of_another_release(case, concept, label) or _is_of_target(case, concept, label):
        return None
    named = case.suggestions.named(label, concept)
    codes = [each.code for each in named]
    if case.reference.names(concept, label) and codes[:1] in ([], [concept.code]):
        return None
    own = case.suggestions.of(concept.code, "libellé de ce code")
    message = Message(
        f"« {label[:SHOWN]} » n'est pas un nom de {case.shown} ({own.label}).",
        f"'{label[:SHOWN]}' is not a name of {case.shown} ({own.label}).",
    )
    if concept.code in codes or case.reference.shares_a_name(concept, label):
        below = case.against.release.snapshot.merged.subsumes
        precise = [each for each in named if below(concept.code, each.code)]
        return Found(message, distinct(precise, [own]), "label", Severity.INFORMATION)
    return Found(message, (*named, own), field="label")


def _is_of_another_release(case: Case, concept: Concept, label: str) -> bool:
    former = case.reference.is_former_name(concept.code, label)
    return former or case.reference.is_later_name(concept.code, label)


@rule(
    Severity.INFORMATION,
    title=("Ancien libellé", "Former label"),
    action=("Rien d'urgent ; reprendre le libellé d'aujourd'hui.", "Not urgent; use today's name."),
)
def former_label(case: Case, concept: Concept) -> Found | None:
    """DX-051: label is a former one.

    Orphanet renames some 150 entities a year; the code is right and the name in the record is old.

    Source: Orphanet packs of 2022 and 2023 (domain rules, section 6).
    """
    label = case.label
    if not label or case.reference.is_name(concept, label):
        return None
    if not case.reference.is_former_name(concept.code, label):
        return None
    today = case.suggestions.of(concept.code, "libellé d'aujourd'hui")
    message = Message(
        f"« {label[:SHOWN]} » est un ancien nom de {case.shown}.",
        f"'{label[:SHOWN]}' is a former name of {case.shown}.",
    )
    return Found(message, (today,), field="label")
