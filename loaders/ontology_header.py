"""What an ontology says of itself: its name, its version, its language, its licence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.messages import refuse
from loaders.related import day_in

if TYPE_CHECKING:
    from pronto.ontology import Ontology
    from pronto.pv import PropertyValue

_LOCAL = re.compile(r"[^:/#_]*$")
_EXTENSION = re.compile(r"\.(?:obo|owl|json)$", re.IGNORECASE)
_LABEL_LANGUAGE = re.compile(rb"<rdfs:label\b[^<>]*\bxml:lang\s*=\s*[\"']([A-Za-z]{2,3})")
_LICENCES = (
    (re.compile(r"publicdomain/zero/1\.0"), "CC0-1.0"),
    (re.compile(r"licenses/by/([1-4]\.0)"), "CC-BY-{}"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """The head of an ontology.

    Attributes:
        name: its short name, such as ``hp``; empty where it has none.
        version: its day, else the version as written.
        date: an ISO day.
        lang: of its names and definitions.
    """

    name: str
    version: str | None
    date: str | None
    licence: str | None
    lang: str


def read_header(name: str, data: bytes, ontology: Ontology) -> Header:
    """Read the head.

    Args:
        name: the file's name, for messages.
        data: the file, whose labels tell their language in OWL.

    Raises:
        Refused: labels in several languages, which pronto does not tell apart.
    """
    metadata = ontology.metadata
    said = {local_name(each.property): value_of(each) for each in metadata.annotations}
    stated = metadata.data_version or ""
    informed = said.get("versionInfo", "")
    day = day_in(stated) or day_in(informed)
    return Header(
        name=_short(metadata.ontology or ""),
        version=day or informed.strip() or _numbered(stated),
        date=day or (metadata.date.date().isoformat() if metadata.date else None),
        licence=_licence(said.get("license", "")),
        lang=_language(name, data, said.get("language", "")),
    )


def local_name(iri: str) -> str:
    """Return the last part of a property's name: ``exactMatch`` of ``skos:exactMatch``."""
    found = _LOCAL.search(iri)
    return found[0] if found else iri


def value_of(annotation: PropertyValue) -> str:
    """Return what a property says, an identifier or a text."""
    return str(getattr(annotation, "resource", None) or getattr(annotation, "literal", None) or "")


def _short(ontology: str) -> str:
    last = ontology.strip().rstrip("/#").rpartition("/")[2]
    return re.sub(r"[^a-z0-9]+", "-", _EXTENSION.sub("", last).lower()).strip("-")


def _numbered(version: str) -> str | None:
    """Return the last part of a version's address that has a number."""
    parts = [_EXTENSION.sub("", part) for part in version.split("/")]
    return next((part for part in reversed(parts) if re.search(r"\d", part)), version or None)


def _licence(said: str) -> str | None:
    for form, short in _LICENCES:
        if found := form.search(said):
            return str(short.format(*found.groups()))
    return said.strip() or None


def _language(name: str, data: bytes, said: str) -> str:
    tagged = sorted({found.decode().lower() for found in _LABEL_LANGUAGE.findall(data)})
    if len(tagged) > 1:
        raise refuse("several-languages", file=name, languages=", ".join(tagged))
    if tagged:
        return str(tagged[0])
    return said.lower()[:2] if re.fullmatch(r"[A-Za-z]{2}(?:-\w+)?", said) else "en"
