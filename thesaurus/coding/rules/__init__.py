"""The rules of the check, DX-001 to DX-104 (domain rules, section 4), by what they judge.

The table of the rules that ``GET /v1/rules`` and docs/rules.md show is made of these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ontologies.concept import Concept
from thesaurus.coding.case import Against, Case, Patient
from thesaurus.coding.rules import (
    genes,
    icd10,
    items,
    labels,
    levels,
    natural_history,
    patients,
    presence,
    releases,
    signs,
    status,
    undetermined,
    writing,
)
from thesaurus.coding.rules.rule import Found, Rule
from thesaurus.coding.submission import Diagnosis

__all__ = ["RULES", "Found", "Rule"]

OfText = Rule[Callable[[Case], Found | None]]
OfAbsence = Rule[Callable[[Case, str], Found | None]]
OfConcept = Rule[Callable[[Case, Concept], Found | None]]
OfItems = Rule[Callable[[Case, Diagnosis], list[Found]]]
OfCoded = Rule[Callable[[Case], Found | None]]
OfPair = Rule[Callable[[Case, Case, Concept], Found | None]]
OfPatient = Rule[Callable[[Patient], list[tuple[Case, Found]]]]
OfCall = Rule[Callable[[Against], Found | None]]

TEXT: tuple[OfText, ...] = (
    writing.no_code,
    writing.unreadable,
    writing.not_canonical,
    undetermined.undetermined_without_code,
    writing.wrong_system,
    writing.other_oid,
    writing.sign_as_diagnosis,
)
"""Of what was written, wherever it stands."""

ABSENT: tuple[OfAbsence, ...] = (presence.unknown, presence.not_yet, presence.gone)
"""Of an ORPHAcode that the release does not have."""

ENTITY: tuple[OfConcept, ...] = (
    status.deprecated,
    status.obsolete,
    status.obsolete_for_good,
    status.non_rare,
    status.historic,
    labels.other_label,
    labels.former_label,
)
"""Of an entity, wherever its code stands."""

DIAGNOSIS: tuple[OfConcept, ...] = (
    levels.group,
    levels.category,
    levels.confirmed_group,
    levels.subtypes,
    undetermined.not_investigated,
    undetermined.without_signs,
    status.particular_situation,
    genes.one_fits,
    natural_history.other_inheritance,
    natural_history.other_onset,
)
"""Of an entity as a diagnosis."""

ITEMS: tuple[OfItems, ...] = (
    items.not_in_value_set,
    items.diagnosed_before_signs,
    items.absent_item,
)
"""Of the items of a diagnosis that are no codes of a terminology."""

GENE: tuple[OfCoded, ...] = (genes.unknown_gene,)
GENE_AND_CODE: tuple[OfPair, ...] = (genes.unrelated_gene,)
SIGN: tuple[OfCoded, ...] = (signs.unknown_sign,)
ICD10: tuple[OfCoded, ...] = (icd10.french_extension,)
ICD10_AND_CODE: tuple[OfPair, ...] = (icd10.not_aligned,)

PATIENT: tuple[OfPatient, ...] = (
    undetermined.beside_confirmed,
    patients.same_code,
    patients.code_and_ancestor,
    patients.same_disorder,
    patients.too_many,
)
"""Of all diagnoses of a patient together."""

CALL: tuple[OfCall, ...] = (releases.older_release,)
"""Of what was asked, the same for every submission of a call."""

_EVERY: tuple[tuple[Rule[Any], ...], ...] = (
    *(TEXT, ABSENT, ENTITY, DIAGNOSIS, ITEMS, GENE, GENE_AND_CODE, SIGN, ICD10, ICD10_AND_CODE),
    *(PATIENT, CALL),
)
RULES: Mapping[str, Rule[Any]] = {
    each.id: each
    for each in sorted((rule for kind in _EVERY for rule in kind), key=lambda each: each.id)
}
"""Every rule by its id, in order."""
