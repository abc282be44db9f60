"""Rules of the other items of a diagnosis: their values, their order in time, their presence."""

from __future__ import annotations

from collections.abc import Iterator

from ontologies.errors import Message
from thesaurus.coding.answer import Severity, Suggestion
from thesaurus.coding.case import SHOWN, Case
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.coding.submission import Age, Diagnosis
from thesaurus.coding.values import NULL_FLAVORS, ValueSet

ONSET = "age_at_onset"
DIAGNOSED = ("age_at_diagnosis", "age_at_clinical_diagnosis", "age_at_genetic_diagnosis")


@rule(
    Severity.ERROR,
    title=("Valeur hors de la liste du profil", "Value that is not in the profile's list"),
    action=("Prendre la valeur proposée.", "Take the value proposed."),
)
def not_in_value_set(case: Case, diagnosis: Diagnosis) -> list[Found]:
    """DX-100: status not in the profile's value set.

    BaMaRa, the ANS and FHIR name the status each in its way, and not one to one: what is sent must
    be in the list of who receives it. The value of the same meaning is proposed, else the nearest.
    Other items with a list (ages, techniques, familial, assessment) are warnings.

    Source: ANS SDM-MR 2024.01, JDV_StatutActuelDiagnostic; BaMaRa; FHIR R4 condition-ver-status
    (domain rules, section 3.1).
    """
    return [
        _outside(value_set, written, field)
        for field, value_set, written in _coded(case, diagnosis)
        if written.strip() and written not in NULL_FLAVORS and not value_set.accepts(written)
    ]


def _coded(case: Case, diagnosis: Diagnosis) -> Iterator[tuple[str, ValueSet, str]]:
    """Yield the items that have a list of values, with what was written in them."""
    sets = case.against.profile.value_sets
    if diagnosis.status:
        yield "status", sets["status"], diagnosis.status
    for name in (ONSET, *DIAGNOSED):
        age: Age | None = getattr(diagnosis, name)
        if age and age.period:
            yield name, sets["age"], age.period
    for number, each in enumerate(diagnosis.techniques):
        if each.code:
            yield f"techniques/{number}", sets["technique"], each.code
    if diagnosis.familial:
        yield "familial", sets["familial"], diagnosis.familial
    if diagnosis.assessment:
        yield "assessment", sets["assessment"], diagnosis.assessment


def _outside(value_set: ValueSet, written: str, field: str) -> Found:
    found = tuple(
        Suggestion(code=code, label=value.name.fr, reason="valeur de la liste", system=None)
        for code, value in value_set.mapped(written)
    )
    known_fr, known_en = ("", "") if found else (f" ({value_set.shown})",) * 2
    message = Message(
        f"« {written[:SHOWN]} » n'est pas dans la liste des valeurs{known_fr}.",
        f"'{written[:SHOWN]}' is not in the list of values{known_en}.",
    )
    return Found(message, found, field, None if field == "status" else Severity.WARNING)


_DAYS = {
    **dict.fromkeys(["a", "an", "ans", "année", "années", "y", "year", "years"], 365.25),
    **dict.fromkeys(["mo", "mois", "month", "months"], 30.4375),
    **dict.fromkeys(["wk", "sem", "semaine", "semaines", "week", "weeks"], 7.0),
    **dict.fromkeys(["d", "j", "jour", "jours", "day", "days"], 1.0),
    **dict.fromkeys(["h", "heure", "heures", "hour", "hours"], 1 / 24),
}
_LIFE = 150 * _DAYS["a"]
# Days of life in which a period lies; an age is one within a life.
_PERIODS = {
    "antenatal": (-300.0, 0.0),
    "neonatal": (0.0, 28.0),
    "lifetime": (0.0, _LIFE),
    "post_mortem": (_LIFE, _LIFE),
}


@rule(
    Severity.WARNING,
    title=("Diagnostic avant les premiers signes", "Diagnosis before the first signs"),
    action=("Vérifier les deux âges.", "Be sure of both ages."),
)
def diagnosed_before_signs(case: Case, diagnosis: Diagnosis) -> list[Found]:
    """DX-101: age at diagnosis before age at first signs.

    That happens where a family is screened, and then there is no sign to be dated; mostly two ages
    were exchanged, or one has the wrong unit.

    Source: ANS SDM-MR 2024.01, PAT-013, PAT-062, PAT-064; domain rules, section 4.
    """
    signs = span_of_life(case, diagnosis.age_at_onset)
    if signs is None:
        return []
    return [
        Found(
            Message(
                "Âge au diagnostic avant l'âge aux premiers signes.",
                "Age at diagnosis before age at first signs.",
            ),
            field=name,
        )
        for name in DIAGNOSED
        if (known := span_of_life(case, getattr(diagnosis, name))) and known[1] <= signs[0]
    ]


def span_of_life(case: Case, age: Age | None) -> tuple[float, float] | None:
    """Return the first and the last day of life that an age may mean; None where it says none.

    A completed unit lasts until the next one: ``1 a`` is any day of the second year.
    """
    if age is None or (not age.period and age.value is None):
        return None
    means = "lifetime"
    if age.period:
        known = case.against.profile.value_sets["age"].read(age.period)
        if len(known) != 1 or known[0].means not in _PERIODS:
            return None
        means = known[0].means
    per_unit = _DAYS.get((age.unit or "a").casefold())
    if means != "lifetime" or age.value is None or per_unit is None:
        return _PERIODS[means]
    completed = per_unit if age.value == int(age.value) else 0.0
    return age.value * per_unit, age.value * per_unit + completed


@rule(
    Severity.WARNING,
    title=("Item obligatoire absent", "Mandatory item absent"),
    action=("Remplir l'item, ou dire pourquoi il est vide.", "Fill it in, or say why it is empty."),
)
def absent_item(case: Case, diagnosis: Diagnosis) -> list[Found]:
    """DX-102: mandatory item absent.

    The profile names the items that must be there; one that is said to be unknown (nullFlavor) is.
    A confirmed diagnosis without a code is DX-001.

    Source: ANS SDM-MR 2024.01 and 2022.01, items marked as mandatory (domain rules, section 3.1).
    """
    mandatory = case.against.profile.mandatory
    if not mandatory:
        return []
    missing = [name for name in mandatory if _is_absent(diagnosis, name)]
    if case.is_confirmed and "code" in missing:
        missing.remove("code")
    return [
        Found(
            Message(
                f"Item obligatoire absent : {ITEM_NAMES[name].fr}.",
                f"Mandatory item absent: {ITEM_NAMES[name].en}.",
            ),
            field=name,
        )
        for name in missing
    ]


def _is_absent(diagnosis: Diagnosis, name: str) -> bool:
    value = getattr(diagnosis, name)
    if name == "code" and diagnosis.null_flavor in NULL_FLAVORS:
        return False
    if isinstance(value, Age):
        return not (value.period or "").strip() and value.value is None
    if isinstance(value, str):
        return not value.strip()
    # An item without a code is one that is said to be unknown; one with a blank code is nothing.
    return not value or all(each.code is not None and not each.code.strip() for each in value)


ITEM_NAMES = {
    "code": Message("maladie rare", "rare disease"),
    "system": Message("système de codes", "code system"),
    "label": Message("libellé", "label"),
    "status": Message("statut actuel du diagnostic (MED-072)", "status (MED-072)"),
    "null_flavor": Message("nullFlavor", "nullFlavor"),
    "type": Message("type", "type"),
    "icd10": Message("CIM-10", "ICD-10"),
    "genes": Message("gène (MED-552)", "gene (MED-552)"),
    "phenotypes": Message("signes HPO", "HPO signs"),
    "description": Message("description clinique (MED-1284)", "clinical description (MED-1284)"),
    "familial": Message("cas sporadique ou familial (MED-073)", "sporadic or familial (MED-073)"),
    "age_at_onset": Message("âge aux premiers signes (PAT-013)", "age at first signs (PAT-013)"),
    "assessment": Message(
        "appréciation du diagnostic à l'entrée (MED-071)", "diagnosis on arrival (MED-071)"
    ),
    "age_at_diagnosis": Message("âge au diagnostic (PAT-015)", "age at diagnosis (PAT-015)"),
    "age_at_clinical_diagnosis": Message(
        "âge au diagnostic clinique (PAT-062)", "age at clinical diagnosis (PAT-062)"
    ),
    "age_at_genetic_diagnosis": Message(
        "âge au diagnostic génétique (PAT-064)", "age at genetic diagnosis (PAT-064)"
    ),
    "techniques": Message("technique (MED-1286)", "technique (MED-1286)"),
    "investigations": Message("investigations (ORG-017)", "investigations (ORG-017)"),
    "inheritance": Message("mode de transmission", "mode of inheritance"),
}
