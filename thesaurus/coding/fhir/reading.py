"""From Conditions to submissions. One patient's Conditions are one submission.

Read are codes, their systems and names, the status and the age at onset; never dates, notes,
narrative, the patient or who wrote it. A patient's reference tells Conditions apart and goes no
further.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode
from ontologies.standard import HPO, ICD10, ORPHA, CodeSystem
from thesaurus.coding.fhir.shapes import (
    Coding,
    InvalidResource,
    Resource,
    age,
    an_object,
    codings,
    items,
    member,
    members,
    text,
)
from thesaurus.coding.submission import (
    MOST_IN_A_CALL,
    MOST_ITEMS,
    MOST_OF_A_PATIENT,
    Diagnosis,
    Submission,
)

_CONDITION = "Condition"
_STATUSES = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
_IN_ERROR = "entered-in-error"


class Placed(NamedTuple):
    """A submission, and for each of its diagnoses the resource that it comes from."""

    submission: Submission
    resources: list[str]


@dataclass
class Read:
    """What a body holds: the submissions, what is wrong with others, how many are none."""

    submissions: list[Placed] = field(default_factory=list)
    problems: list[tuple[str, InvalidResource]] = field(default_factory=list)
    passed_over: int = 0


def read(body: Resource, most: int) -> Read:
    """Read a Condition or a Bundle with Conditions, ``most`` of them.

    Raises:
        InvalidResource: it is neither, the only Condition is not of its form, or they are too many.
    """
    kind = body.get("resourceType")
    found = Read()
    if kind == _CONDITION:
        conditions = [(_CONDITION, body)]
    elif kind == "Bundle":
        conditions = _conditions(body, found)
    else:
        raise InvalidResource("resourceType", "resource")
    if len(conditions) + len(found.problems) > most:
        raise InvalidResource("Bundle.entry", "conditions")
    patients: dict[str, list[tuple[str, Diagnosis]]] = {}
    for place, condition in conditions:
        try:
            _read(place, condition, patients, found)
        except InvalidResource as error:
            if kind == _CONDITION:
                raise
            found.problems.append((place, error))
    found.submissions = _submissions(patients.values())
    return found


def _conditions(bundle: Resource, found: Read) -> list[tuple[str, Resource]]:
    """Return the Conditions of a bundle; an entry that is none is a problem of its own."""
    conditions: list[tuple[str, Resource]] = []
    for entry, place in items(bundle, "entry", "Bundle"):
        try:
            resource = member(an_object(entry, place), "resource", place)
        except InvalidResource as error:
            found.problems.append((place, error))
            continue
        if resource.get("resourceType") == _CONDITION:
            conditions.append((f"{place}.resource", resource))
        elif "resource" in entry:
            found.passed_over += 1
    return conditions


def _read(
    place: str,
    condition: Resource,
    patients: dict[str, list[tuple[str, Diagnosis]]],
    found: Read,
) -> None:
    status = _status(condition, place)
    if status == _IN_ERROR:  # FHIR: such a resource never was
        found.passed_over += 1
        return
    diagnoses = [Diagnosis.model_validate(each) for each in _diagnoses(condition, status, place)]
    patient = patients.setdefault(_patient(condition, place), [])
    patient.extend((place, each) for each in diagnoses)


def _patient(condition: Resource, place: str) -> str:
    """Return what tells a patient's Conditions from those of others; the place without it."""
    subject = member(condition, "subject", place)
    if reference := text(subject, "reference", f"{place}.subject"):
        return reference
    if identifier := member(subject, "identifier", f"{place}.subject"):
        named = (identifier.get("system"), identifier.get("value"))
        return json.dumps(named, default=str)
    return place


def _submissions(patients: Iterable[list[tuple[str, Diagnosis]]]) -> list[Placed]:
    listed = list(patients)
    counts = [len(each) for each in listed]
    if sum(counts) > MOST_IN_A_CALL or max(counts, default=0) > MOST_OF_A_PATIENT:
        raise InvalidResource("Bundle.entry", "diagnoses")
    return [
        Placed(
            Submission(id=str(number), diagnoses=[diagnosis for _, diagnosis in each]),
            [place for place, _ in each],
        )
        for number, each in enumerate(listed, 1)
    ]


def _status(condition: Resource, place: str) -> str | None:
    where = f"{place}.verificationStatus"
    found = [
        each for each in codings(member(condition, "verificationStatus", place), where) if each.code
    ]
    standard = [each for each in found if each.system == _STATUSES]
    return next((each.code for each in (*standard, *found)), None)


def _diagnoses(condition: Resource, status: str | None, place: str) -> list[dict[str, Any]]:
    """Return one diagnosis for each ORPHAcode; without one, one of the first code of any system."""
    concept = member(condition, "code", place)
    found = codings(concept, f"{place}.code")
    words = text(concept, "text", f"{place}.code")
    shared = {
        "status": status,
        "icd10": _items(found, ICD10),
        "phenotypes": _phenotypes(condition, place),
        "age_at_onset": age(condition, "onsetAge", place),
    }
    orpha = _each_once(each for each in found if _is_of(each, ORPHA))
    chosen = orpha or [each for each in found if each.code][:1] or [Coding(None, None, None)]
    return [
        {"code": each.code, "system": each.system, "label": each.display or words, **shared}
        for each in chosen
    ]


def _each_once(found: Iterable[Coding]) -> list[Coding]:
    """Leave out codings that say the same ORPHAcode again, written or identified otherwise."""
    once: dict[str, Coding] = {}
    for each in found:
        code = _read_code(each.code or "")
        first = once.setdefault(code, each)
        once[code] = first._replace(display=first.display or each.display)
    return list(once.values())


def _read_code(written: str) -> str:
    try:
        return parse_code(written)
    except InvalidCode:
        return written


def _phenotypes(condition: Resource, place: str) -> list[dict[str, Any]]:
    """Return the signs of ``evidence``: ``code`` and ``detail`` of R4, ``concept`` of R5."""
    found: list[Coding] = []
    for evidence, where in members(condition, "evidence", place):
        found += codings(member(evidence, "concept", where), f"{where}.concept")
        for name in ("code", "detail"):
            for concept, inside in members(evidence, name, where):
                found += codings(concept, inside)
    signs = _items(found, HPO)
    if len(signs) > MOST_ITEMS:
        raise InvalidResource(f"{place}.evidence", "few")
    return signs


def _items(found: Iterable[Coding], system: CodeSystem) -> list[dict[str, Any]]:
    return [
        {"code": each.code, "system": each.system, "label": each.display}
        for each in found
        if _is_of(each, system)
    ]


def _is_of(coding: Coding, system: CodeSystem) -> bool:
    return bool(coding.code and coding.system and system.is_named_by(coding.system))
