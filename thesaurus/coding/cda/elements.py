"""Small questions to the elements of a document: its codes, their systems, its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from loaders.xml import Element
from ontologies.standard import ORPHA
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.vocabulary import (
    CAUSE_OF_DEATH,
    CAUSE_OF_DEATH_WORDS,
    DIAGNOSIS,
    ITEMS,
    PROBLEM_TEMPLATE,
    Section,
    cda,
)
from thesaurus.coding.submission import LONGEST_TEXT

SECTION = cda("section")
OBSERVATION = cda("observation")
_ACT = cda("act")
_ENTRY_RELATIONSHIP = cda("entryRelationship")
_TRANSLATION = cda("translation")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]*)?(?:[eE][+-]?[0-9]{1,3})?")
_TRUE = ("true", "1")
_LARGEST_NUMBER = 1_000_000
_LONGEST_TOKEN = 20
_LONGEST_NUMBER = 30


class Coded(NamedTuple):
    """A coded value (CD): what it says, and the element that says it."""

    element: Element
    code: str | None
    system: str | None
    label: str | None
    null_flavor: str | None

    @property
    def says_something(self) -> bool:
        return self.code is not None or self.null_flavor is not None

    @property
    def is_orpha(self) -> bool:
        return bool(self.code and self.system and ORPHA.is_named_by(self.system))


def attribute(element: Element, name: str, longest: int = LONGEST_TEXT) -> str | None:
    """Return an attribute as it is written, None where it is absent or empty.

    Raises:
        InvalidDocument: it is too long for what it is.
    """
    found = element.get(name)
    if found and len(found) > longest:
        raise InvalidDocument("too-long", element.sourceline)
    return found or None


def coded(element: Element) -> Coded:
    return Coded(
        element,
        attribute(element, "code"),
        attribute(element, "codeSystem"),
        attribute(element, "displayName"),
        attribute(element, "nullFlavor", _LONGEST_TOKEN),
    )


def value_of(observation: Element) -> Coded | None:
    """Return the value of an observation: an ORPHAcode among its translations where it is null."""
    element = observation.find(cda("value"))
    if element is None:
        return None
    main = coded(element)
    return main if main.code is not None else _orpha_translation(main) or main


def orpha_of(observation: Element) -> Coded | None:
    """Return the ORPHAcode that an observation gives as its value or as a translation of it."""
    element = observation.find(cda("value"))
    if element is None:
        return None
    main = coded(element)
    return main if main.is_orpha else _orpha_translation(main)


def _orpha_translation(main: Coded) -> Coded | None:
    translations = map(coded, main.element.iterchildren(_TRANSLATION))
    return next((each for each in translations if each.is_orpha), None)


def number(element: Element) -> float | None:
    """Return the value of a quantity (PQ), None where it is no number that an age may have."""
    written = element.get("value", "").strip()
    if len(written) > _LONGEST_NUMBER or not _NUMBER.fullmatch(written):
        return None
    found = float(written.replace(",", "."))
    return found if found <= _LARGEST_NUMBER else None


def unit(element: Element) -> str | None:
    return attribute(element, "unit", _LONGEST_TOKEN)


def code_of(element: Element) -> str | None:
    """Return the code that says what a section or an observation is about."""
    found = element.find(cda("code"))
    return None if found is None else found.get("code")


def is_section(element: Element, section: Section) -> bool:
    return code_of(element) == section.loinc or _has_template(element, section.template)


def is_diagnosis(observation: Element) -> bool:
    code = code_of(observation)
    return code == DIAGNOSIS or (code not in ITEMS and _has_template(observation, PROBLEM_TEMPLATE))


def is_cause_of_death(observation: Element) -> bool:
    found = observation.find(cda("code"))
    return found is not None and (
        found.get("code") in CAUSE_OF_DEATH
        or CAUSE_OF_DEATH_WORDS.search(found.get("displayName", "")) is not None
    )


def is_negated(observation: Element) -> bool:
    """Tell whether an observation, or the act that it is a part of, is said not to be so."""
    around = observation.iterancestors(_ACT)
    return any(each.get("negationInd") in _TRUE for each in (observation, *around))


def observations_below(element: Element) -> Iterator[Element]:
    """Yield the observations that an act or an observation is directly related to."""
    for relation in element.iterchildren(_ENTRY_RELATIONSHIP):
        yield from relation.iterchildren(OBSERVATION)


def _has_template(element: Element, root: str) -> bool:
    return any(each.get("root") == root for each in element.iterchildren(cda("templateId")))
