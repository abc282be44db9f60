"""Questions to resources of FHIR as plain dictionaries: lenient with what is not asked for, strict
with the shape of what is.

What is wrong is told by its place, in FHIR's names, and never by what stands there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ontologies.errors import Message, ThesaurusError
from thesaurus.coding.submission import LONGEST_TEXT, MOST_ITEMS

Resource = dict[str, Any]

_EXPECTED = {
    "object": Message("objet attendu", "an object is expected"),
    "list": Message("liste attendue", "a list is expected"),
    "text": Message(
        f"texte de {LONGEST_TEXT} caractères au plus attendu",
        f"a text of at most {LONGEST_TEXT} characters is expected",
    ),
    "unit": Message("unité attendue", "a unit is expected"),
    "age": Message("nombre positif attendu", "a positive number is expected"),
    "few": Message(f"plus de {MOST_ITEMS} valeurs", f"more than {MOST_ITEMS} values"),
    "resource": Message("Condition ou Bundle attendu", "a Condition or a Bundle is expected"),
    "conditions": Message("trop de Condition dans un appel", "too many Conditions in one call"),
    "diagnoses": Message(
        "plus de 1000 diagnostics d'un patient, ou de 20 000 en tout",
        "more than 1,000 diagnoses of one patient, or 20,000 in all",
    ),
}


class InvalidResource(ThesaurusError):
    """A resource that is not of its form.

    Args:
        place: where, such as ``Condition.code.coding[0].system``.
        expected: which of the messages above.

    Attributes:
        said: the message with the place, in both languages.
    """

    slug = "invalid_body"

    def __init__(self, place: str, expected: str) -> None:
        said = _EXPECTED[expected]
        super().__init__(f"{place} : {said.fr}.", f"{place}: {said.en}.")


class Coding(NamedTuple):
    system: str | None
    code: str | None
    display: str | None


def an_object(value: Any, place: str) -> Resource:
    if not isinstance(value, dict):
        raise InvalidResource(place, "object")
    return value


def member(resource: Resource, name: str, place: str) -> Resource:
    """Return an object in another one; an empty one where it is absent."""
    value = resource.get(name)
    return {} if value is None else an_object(value, f"{place}.{name}")


def items(resource: Resource, name: str, place: str) -> list[tuple[Any, str]]:
    """Return what a list holds, each with its place; nothing where it is absent."""
    value = resource.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidResource(f"{place}.{name}", "list")
    return [(each, f"{place}.{name}[{index}]") for index, each in enumerate(value)]


def members(resource: Resource, name: str, place: str) -> list[tuple[Resource, str]]:
    """Return the objects of a list, each with its place; none where it is absent."""
    return [(an_object(each, where), where) for each, where in items(resource, name, place)]


def text(
    resource: Resource, name: str, place: str, *, longest: int = LONGEST_TEXT, kind: str = "text"
) -> str | None:
    """Return a text; None where it is absent or empty."""
    value = resource.get(name)
    if value is not None and (not isinstance(value, str) or len(value) > longest):
        raise InvalidResource(f"{place}.{name}", kind)
    return value or None


def codings(concept: Resource, place: str) -> list[Coding]:
    """Return the codings of a CodeableConcept."""
    found = members(concept, "coding", place)
    if len(found) > MOST_ITEMS:
        raise InvalidResource(f"{place}.coding", "few")
    return [
        Coding(*(text(each, name, where) for name in ("system", "code", "display")))
        for each, where in found
    ]


def age(resource: Resource, name: str, place: str) -> dict[str, Any] | None:
    """Return value and unit of an Age, the UCUM code before the word."""
    if resource.get(name) is None:
        return None
    where = f"{place}.{name}"
    found = an_object(resource[name], where)
    value = found.get("value")
    if value is not None and not _is_age(value):
        raise InvalidResource(f"{where}.value", "age")
    units = [text(found, each, where, longest=20, kind="unit") for each in ("code", "unit")]
    return {"value": value, "unit": units[0] or units[1]}


def _is_age(value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and 0 <= value <= 1_000_000
