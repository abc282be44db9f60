"""Codes of any system and symbols of genes, typed into the search box: the entities they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ontologies.codes import curie, parse_code
from ontologies.errors import InvalidCode
from ontologies.related import Related
from ontologies.release import Snapshot
from ontologies.systems import Coding
from ontologies.translation import translate

MAX_CODE = 200  # letters; no code is longer
_OMIM_DIGITS = 6
_DIGIT = re.compile("[0-9]")
# As OMIM itself writes: # for a phenotype, * for a gene.
_OMIM_MARKED = re.compile(
    r"(?:OMIM[ :]*)?[#*+%^] ?([1-6][0-9]{5})\.?|([1-6][0-9]{5})\.", re.IGNORECASE
)
_ORPHA = re.compile("orpha|ordo", re.IGNORECASE)


class Meant(NamedTuple):
    """An entity that a typed code means.

    Attributes:
        orpha: its ORPHAcode.
        system: the code system of what was typed.
        text: what was typed, in the form in which the system writes it.
        relation: how the typed code stands to the entity, as ``Relation.key``; ``sign`` for a
            sign of the entity, ``causal`` and ``associated`` for a gene; None for its own code.
        alone: the text can only be a code, so that no name need be looked for.
    """

    orpha: str
    system: str
    text: str
    relation: str | None = None
    alone: bool = True


def meant_by(snapshot: Snapshot, related: Related, text: str) -> Iterator[Meant]:
    """Yield the entities that a text means if it is a code, the surest first.

    An ORPHAcode is answered whatever its status. Digits alone are an ORPHAcode, and an OMIM number
    where there are six; they may stand in a name as well, and so may a code of ICD without its
    name and the symbol of a gene.
    """
    text = text.strip()
    if len(text) > MAX_CODE:
        return
    if _DIGIT.search(text):
        if _is_name(related, text):
            return
        yield from _of_code(snapshot, related, text)
    elif " " not in text and related.genes:
        yield from _of_gene(related, text, alone=False)


def _is_name(related: Related, text: str) -> bool:
    """Tell at a glance that words with a number are no code: ``glycogénose type 2``."""
    head, blank, _ = text.partition(" ")
    if not blank or ":" in text or len(head) == 1:
        return False
    return not (_ORPHA.match(head) or head.isdigit() or related.systems.is_prefix(head))


def is_orpha(text: str) -> bool:
    """Tell whether a text is an ORPHAcode and nothing else, known or not."""
    if text.isascii() and not _ORPHA.search(text):  # all forms but digits alone have the word
        return False
    if not _DIGIT.search(text) or text.strip().isdigit():
        return False
    try:
        parse_code(text)
    except InvalidCode:
        return False
    return True


def _of_code(snapshot: Snapshot, related: Related, text: str) -> Iterator[Meant]:
    if found := _OMIM_MARKED.fullmatch(text):
        text = f"OMIM:{found[1] or found[2]}"
    bare = text.isdigit()
    try:
        code = parse_code(text)
    except InvalidCode:
        yield from _of_other_system(related, text)
        return
    if code in snapshot:
        yield Meant(code, "orpha", curie(code), alone=not bare)
    omim = Coding("omim", text)
    if bare and len(text) == _OMIM_DIGITS and omim in related:
        yield from _translated(related, omim, alone=False)


def _of_other_system(related: Related, text: str) -> Iterator[Meant]:
    named = ":" in text or " " in text.strip()[2:]  # OMIM 154700, but not Q 87
    try:
        coding = related.systems.read(text)
    except InvalidCode:
        pass
    else:
        if coding in related or coding.system == "icd-10":
            yield from _translated(related, coding, alone=named)
    yield from _of_gene(related, text, alone=named)


def _translated(related: Related, coding: Coding, *, alone: bool) -> Iterator[Meant]:
    shown = related.systems.curie(coding)
    found: dict[str, None] = {}
    for each in translate(related, coding, "orpha"):
        found.setdefault(each.coding.code)
        relation = each.confirmed.relation if each.confirmed else each.relation
        yield Meant(each.coding.code, coding.system, shown, relation.key, alone)
    if coding.system == "hpo":
        for orpha in related.with_sign(coding.code):
            if orpha not in found:
                yield Meant(orpha, "hpo", shown, "sign", alone)


def _of_gene(related: Related, text: str, *, alone: bool) -> Iterator[Meant]:
    """Yield the entities of a gene: those that it causes before those that it is tied to. A synonym
    that several genes share means none of them.
    """
    genes = related.genes.named(text)
    if len(genes) != 1:
        return
    links = sorted(related.genes.links_with(genes[0]), key=lambda link: not link.is_causal)
    for link in links:
        relation = "causal" if link.is_causal else "associated"
        yield Meant(link.orpha, "hgnc", genes[0].symbol, relation, alone)
