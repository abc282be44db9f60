"""Rules that compare a patient with what Orphanet says of the disease: inheritance and onset."""

from __future__ import annotations

from collections.abc import Iterator

from ontologies.concept import Concept
from ontologies.errors import Message
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import Case
from thesaurus.coding.reference import Need
from thesaurus.coding.rules.items import span_of_life
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.values import Value

_YEAR = 365.25
# Terms of HPO for the age at onset, with the days of life that HPO or Orphanet gives them: the
# wider of the two, for their borders differ.
_ONSETS: dict[str, tuple[float, float]] = {
    "HP:0030674": (-300, 0),  # antenatal
    "HP:0003577": (-300, 28),  # congenital
    "HP:0003623": (0, 29),  # neonatal
    "HP:0003593": (28, 2 * _YEAR),  # infancy
    "HP:0011463": (_YEAR, 12 * _YEAR),  # childhood
    "HP:0003621": (5 * _YEAR, 19 * _YEAR),  # adolescence, juvenile
    "HP:0011462": (16 * _YEAR, 40 * _YEAR),  # young adult
    "HP:0003581": (16 * _YEAR, 66 * _YEAR),  # adult
    "HP:0003596": (40 * _YEAR, 60 * _YEAR),  # middle age
    "HP:0003584": (60 * _YEAR, 150 * _YEAR),  # elderly, late onset
}


def _codes(case: Case, concept: Concept, aspect: str) -> list[str]:
    """The terms that are annotated to an entity under an aspect of HPO."""
    signs = case.against.release.related.signs(concept.code)
    return [sign.code for sign in signs if sign.aspect == aspect and not sign.excluded]


@rule(
    Severity.INFORMATION,
    title=("Transmission autre que celle connue", "Inheritance unlike what is known"),
    action=("Vérifier le mode de transmission ou le code.", "Be sure of the mode and of the code."),
    needs=Need.NATURAL_HISTORY,
)
def other_inheritance(case: Case, concept: Concept) -> Found | None:
    """DX-103: inheritance unlike Orphanet's data.

    Orphanet lists the modes that are known; another one may be new, or belong to another entity.

    Source: Orphanet, product 9 (natural history), TypeOfInheritance.
    """
    diagnosis = case.diagnosis
    if diagnosis is None or not diagnosis.inheritance:
        return None
    sent = case.against.profile.value_sets["inheritance"].read(diagnosis.inheritance)
    known = _modes(case, _codes(case, concept, "I"))
    if not sent or not known or {each.means for each in sent} & {each.means for each in known}:
        return None
    message = Message(
        f"{case.shown} : transmission connue d'Orphanet autre que celle envoyée.",
        f"{case.shown}: Orphanet knows another mode of inheritance than the one sent.",
    )
    found = tuple(
        Suggestion(
            code=each.codes["hpo"], label=each.name.fr, reason="connue d'Orphanet", system="hpo"
        )
        for each in known
    )
    return Found(message, found, field="inheritance")


def _modes(case: Case, codes: list[str]) -> list[Value]:
    read = case.against.profile.value_sets["inheritance"].read
    return [value for code in dict.fromkeys(codes) for value in read(code)]


@rule(
    Severity.INFORMATION,
    title=("Âge de début autre que celui connu", "Age at onset unlike what is known"),
    action=("Vérifier l'âge ou le code.", "Be sure of the age and of the code."),
    needs=Need.NATURAL_HISTORY,
)
def other_onset(case: Case, concept: Concept) -> Found | None:
    """DX-104: age at onset unlike Orphanet's data.

    Orphanet gives ages at onset in seven periods; an age well outside all of them may be a wrong
    unit, or another entity.

    Source: Orphanet, product 9 (natural history), AverageAgeOfOnset.
    """
    diagnosis = case.diagnosis
    if diagnosis is None or diagnosis.age_at_onset is None:
        return None
    sent = span_of_life(case, diagnosis.age_at_onset)
    known = list(_periods(_codes(case, concept, "C")))
    if sent is None or not known:
        return None
    if any(start <= sent[1] and sent[0] <= end for start, end in known):
        return None
    message = Message(
        f"{case.shown} : âge de début connu d'Orphanet autre que celui envoyé.",
        f"{case.shown}: Orphanet knows other ages at onset than the one sent.",
    )
    return Found(message, field="age_at_onset")


def _periods(codes: list[str]) -> Iterator[tuple[float, float]]:
    yield from (_ONSETS[code] for code in codes if code in _ONSETS)
