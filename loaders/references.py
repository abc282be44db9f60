"""What identifiers in an ontology stand for: its own concepts, codes elsewhere, or neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ontologies.errors import InvalidCode
from ontologies.standard import CodeSystem
from ontologies.systems import CodeSystems, Coding

# Articles, books, people and pages: they support a statement and are no codes of a concept.
_NO_CODES = frozenset(
    {"doi", "goc", "http", "https", "isbn", "isbn-10", "isbn-13", "issn", "orcid"}
    | {"pmc", "pmcid", "pmid", "pubmed", "url", "wikipedia"}
)
_LAST_PART = re.compile(r"(.*[/#_])([^/#_]+)")


def concept_of(identifier: str, systems: CodeSystems) -> Coding | None:
    """Read the id of a term; one of an address that the table lacks is split at its last part.

    >>> concept_of("HP:0001166", CodeSystems())
    Coding(system='hpo', code='HP:0001166')
    >>> concept_of("http://example.org/onto#A1", CodeSystems())
    Coding(system='http://example.org/onto#', code='A1')
    """
    try:
        return systems.coding(identifier)
    except InvalidCode:
        found = _LAST_PART.fullmatch(identifier) if "://" in identifier else None
        return Coding(found[1], found[2]) if found else None


class Concepts:
    """The terms of an ontology: which are its own, and under what code.

    Its own system is the one of most of its terms; the others came with imports.
    """

    def __init__(self, ids: Iterable[str], systems: CodeSystems) -> None:
        self._systems = systems
        self._found = {each: concept_of(each, systems) for each in ids}
        counts = Counter(coding.system for coding in self._found.values() if coding)
        self._prefix = self.system = counts.most_common(1)[0][0] if counts else ""

    def name(self, system: str) -> None:
        """Name the system, unless the table has a name for it."""
        if all(each.name != self._prefix for each in self._systems):
            self.system = system

    def own(self, identifier: str) -> Coding | None:
        """Return the coding of one of the ontology's own concepts, None for another one."""
        if identifier not in self._found:  # the id of a term that was merged into another one
            self._found[identifier] = concept_of(identifier, self._systems)
        coding = self._found[identifier]
        if coding is None or coding.system != self._prefix:
            return None
        if self.system == self._prefix:
            return coding
        # Of a system that the table lacks the prefix stays, for codes to be read by it.
        prefix, colon, _ = identifier.partition(":")
        known = colon and "://" not in identifier
        return Coding(self.system, f"{prefix}:{coding.code}" if known else coding.code)


class Reference(NamedTuple):
    """A code elsewhere, and as the file writes it where that differs (``E85.4+``)."""

    coding: Coding
    written: str | None = None


class References:
    """Reads the references of a file and counts them per system."""

    def __init__(self, systems: CodeSystems) -> None:
        self._systems = systems
        self._named = {each.name: each for each in systems}
        self.counts: Counter[str] = Counter()

    def read(self, written: str, kind: str = "xrefs") -> Reference | None:
        """Read a reference; one that is no code is counted as such."""
        reference = self.code(written)
        self.counts[kind] += 1
        if reference is None:
            self.counts[f"{kind}_no_codes"] += 1
        elif reference.coding.system in self._named:
            self.counts[f"{kind}_{reference.coding.system}"] += 1
        else:
            self.counts[f"{kind}_other_systems"] += 1
        return reference

    def code(self, written: str) -> Reference | None:
        """Read a code of any system, None for what is no code."""
        try:
            coding = self._systems.coding(written)
        except InvalidCode:
            return None
        if not self._is_code(coding):
            return None
        local = written.partition(":")[2].strip()
        differs = coding.system == "icd-10" and local != coding.code
        return Reference(coding, local if differs else None)

    def _is_code(self, coding: Coding) -> bool:
        """Codes have digits; where a system's prefix is a part of its codes, their form is strict.

        ``HPO:probinson`` is a person, although HPO is the name of a system.
        """
        if coding.system in _NO_CODES or any(map(str.isspace, coding.code)):
            return False
        system = self._named.get(coding.system)
        if system and re.fullmatch(system.form, _local(system, coding)):
            return True
        return not (system and system.whole) and any(map(str.isdigit, coding.code))


def _local(system: CodeSystem, coding: Coding) -> str:
    return coding.code.removeprefix(f"{system.prefix}:") if system.whole else coding.code
