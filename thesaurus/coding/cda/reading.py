"""From an SDM-MR document to the submission that it makes, and where each item of it stands.

Only codes are read, with their systems, names and reasons for being absent, and ages; of no other
part of the document: neither its header nor its narrative, dates, identifiers or free text. What is
said not to be so (negationInd) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from loaders.xml import Element
from thesaurus.coding.cda.elements import (
    OBSERVATION,
    SECTION,
    Coded,
    code_of,
    is_cause_of_death,
    is_diagnosis,
    is_negated,
    is_section,
    number,
    observations_below,
    orpha_of,
    unit,
    value_of,
)
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.notes import Note, note
from thesaurus.coding.cda.vocabulary import (
    DIAGNOSES,
    FAMILY_HISTORY,
    LISTS,
    MEASURES,
    PERIODS,
    PROBLEMS,
    TEXTS,
    Section,
    cda,
)
from thesaurus.coding.submission import MOST_ITEMS, MOST_OF_A_PATIENT, Submission

_MOST_NOTES = 100

Values = dict[str, Any]


class Reading(NamedTuple):
    """A document as the check reads it.

    Attributes:
        submission: what it says.
        elements: by JSON pointer into the submission, the element that says it; "" is the document.
        notes: what could not be read.
    """

    submission: Submission
    elements: Mapping[str, Element]
    notes: tuple[Note, ...]


@dataclass
class _Found:
    """What is read so far."""

    elements: dict[str, Element] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def place(self, element: Element, *paths: str) -> None:
        for path in paths:
            self.elements.setdefault(path, element)

    def remark(self, key: str, element: Element) -> None:
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(note(key, element.sourceline))


def read(root: Element, name: str) -> Reading:
    """Read a document; ``name`` becomes the id of the submission.

    Raises:
        InvalidDocument: more diagnoses or values than a submission may have, or longer ones.
    """
    found = _Found()
    found.place(root, "")
    values: Values = {
        "id": name,
        "diagnoses": [
            _diagnosis(case, f"/diagnoses/{index}", found)
            for index, case in enumerate(_cases(root, found))
        ],
        "problems": _rare_diseases(_of_section(root, PROBLEMS), "/problems", found),
        "cause_of_death": _rare_diseases(_causes_of_death(root), "/cause_of_death", found),
        "family_history": _rare_diseases(
            _of_section(root, FAMILY_HISTORY), "/family_history", found
        ),
    }
    if not values["diagnoses"]:
        found.notes.append(note("no-diagnosis"))
    return Reading(Submission.model_validate(values), found.elements, tuple(found.notes))


@dataclass
class _Case:
    """A diagnosis in a document: its observation, if it has one, and those of its items."""

    home: Element
    observation: Element | None
    items: list[Element]


def _cases(root: Element, found: _Found) -> list[_Case]:
    cases: list[_Case] = []
    for section in root.iter(SECTION):
        if is_section(section, DIAGNOSES):
            found.place(section, "/diagnoses")
            for entry in section.iterchildren(cda("entry")):
                cases.extend(case for case in _cases_of(entry) if not _is_negated(case, found))
    if len(cases) > MOST_OF_A_PATIENT:
        raise InvalidDocument("too-many", cases[MOST_OF_A_PATIENT].home.sourceline)
    return cases


def _is_negated(case: _Case, found: _Found) -> bool:
    """Tell whether a diagnosis is not one, and say so in a note."""
    if case.observation is None or not is_negated(case.observation):
        return False
    found.remark("negated", case.observation)
    return True


def _cases_of(entry: Element) -> list[_Case]:
    """Return the diagnoses of an entry; at least one, for an entry means one.

    In 2024 items stand inside the observation of their diagnosis, in 2022 beside it: those belong
    to the diagnosis before them, and to the first one if there is none before.
    """
    cases: list[_Case] = []
    beside: list[Element] = []
    for observation in _direct_observations(entry):
        if is_diagnosis(observation):
            cases.append(_Case(observation, observation, list(observations_below(observation))))
        else:
            (cases[-1].items if cases else beside).append(observation)
    if not cases:
        return [_Case(entry, None, beside)]
    cases[0].items.extend(beside)
    return cases


def _direct_observations(entry: Element) -> Iterator[Element]:
    for child in entry.iterchildren(cda("act"), OBSERVATION):
        if child.tag == OBSERVATION:
            yield child
        else:
            yield from observations_below(child)


def _diagnosis(case: _Case, path: str, found: _Found) -> Values:
    found.place(case.home, path)
    values: Values = {}
    value = None if case.observation is None else value_of(case.observation)
    if value is not None:
        fields = ("code", "system", "label", "null_flavor")
        values = {name: getattr(value, name) for name in fields}
        found.place(value.element, *(f"{path}/{name}" for name in fields))
        if not value.says_something:
            found.remark("not-coded", value.element)
    for item in case.items:
        if is_negated(item):
            continue
        code = code_of(item) or ""
        for fields_by_code, reader in _READERS:
            if code in fields_by_code:
                reader(item, fields_by_code[code], path, values, found)
    return values


def _text(item: Element, name: str, path: str, values: Values, found: _Found) -> None:
    """Read one code; a nullFlavor stands for it, so that it is told from what is not there."""
    value = _single(item, name, path, found)
    if value is not None:
        values[name] = value.code or value.null_flavor


def _period(item: Element, name: str, path: str, values: Values, found: _Found) -> None:
    value = _single(item, f"{name}/period", path, found)
    if value is not None:
        values.setdefault(name, {})["period"] = value.code or value.null_flavor
        found.place(value.element, f"{path}/{name}")


def _measure(item: Element, name: str, path: str, values: Values, found: _Found) -> None:
    element = item.find(cda("value"))
    if element is None:
        return
    if f"{path}/{name}/value" in found.elements:
        found.remark("twice", element)
        return
    found.place(element, f"{path}/{name}/value", f"{path}/{name}/unit", f"{path}/{name}")
    measured = number(element)
    if measured is None and element.get("nullFlavor") is None:
        found.remark("not-a-number", element)
    values.setdefault(name, {}).update(value=measured, unit=unit(element))


def _listed(item: Element, name: str, path: str, values: Values, found: _Found) -> None:
    """Read one of several codes."""
    value = value_of(item)
    if value is None:
        return
    if not value.says_something:
        found.remark("not-coded", value.element)
        return
    _append(value, values.setdefault(name, []), f"{path}/{name}", found)


_READERS: tuple[
    tuple[Mapping[str, str], Callable[[Element, str, str, Values, _Found], None]], ...
] = ((TEXTS, _text), (PERIODS, _period), (MEASURES, _measure), (LISTS, _listed))


def _single(item: Element, name: str, path: str, found: _Found) -> Coded | None:
    """Return the value of an item that a diagnosis has once."""
    value = value_of(item)
    if value is None:
        return None
    if f"{path}/{name}" in found.elements:
        found.remark("twice", value.element)
        return None
    if not value.says_something:
        found.remark("not-coded", value.element)
        return None
    found.place(value.element, f"{path}/{name}")
    return value


def _append(value: Coded, values: list[Values], path: str, found: _Found) -> None:
    """Add a value; one with a nullFlavor is an item without code, so that the list is not empty."""
    if len(values) == MOST_ITEMS:
        raise InvalidDocument("too-many", value.element.sourceline)
    found.place(value.element, f"{path}/{len(values)}", path)
    values.append({"code": value.code, "system": value.system, "label": value.label})


def _rare_diseases(observations: Iterator[Element], path: str, found: _Found) -> list[Values]:
    values: list[Values] = []
    for observation in observations:
        if not is_negated(observation) and (value := orpha_of(observation)):
            _append(value, values, path, found)
    return values


def _of_section(root: Element, wanted: Section) -> Iterator[Element]:
    for section in root.iter(SECTION):
        if is_section(section, wanted):
            for observation in section.iter(OBSERVATION):
                if not is_cause_of_death(observation):
                    yield observation


def _causes_of_death(root: Element) -> Iterator[Element]:
    return (each for each in root.iter(OBSERVATION) if is_cause_of_death(each))
