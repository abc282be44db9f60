"""From bytes to the tree of an SDM-MR document, without trust."""

from __future__ import annotations

from typing import NamedTuple

from loaders.xml import Element, Unreadable, read_document
from thesaurus.coding.cda.errors import InvalidDocument
from thesaurus.coding.cda.vocabulary import FORM_OF_VERSION, SDM_MR, cda

LARGEST = 20_000_000
"""Bytes of a document; those of the ANS have 0.1 MB, with a PDF inside a few."""


class Parsed(NamedTuple):
    """A document: its root, and the version of the volet that it names, where it names one."""

    root: Element
    version: str | None


def parse(data: bytes) -> Parsed:
    """Read an SDM-MR document.

    Raises:
        InvalidDocument: it is too large, not XML or not well formed, has a DOCTYPE, is no CDA, or a
            CDA of another kind.
    """
    if len(data) > LARGEST:
        raise InvalidDocument("too-large")
    try:
        root = read_document(data)
    except Unreadable as error:
        raise InvalidDocument(error.reason, error.line) from None
    if root.tag != cda("ClinicalDocument"):
        raise InvalidDocument("wrong-root", root.sourceline)
    for template in root.iterchildren(cda("templateId")):
        if template.get("root") == SDM_MR:
            return Parsed(root, _version(template.get("extension")))
    raise InvalidDocument("not-sdm-mr", root.sourceline)


def _version(written: str | None) -> str | None:
    """What has not the form of a version is not repeated in answers."""
    return written if written and FORM_OF_VERSION.fullmatch(written) else None
