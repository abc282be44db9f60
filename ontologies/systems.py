"""Codes of any system: read as people and files write them, and told apart.

The table of systems is the standard one, which a deployment may extend (``THESAURUS_SYSTEMS``,
docs/operations.md) and to which a dataset may bring a system of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from ontologies.codes import cleaned, parse_code
from ontologies.errors import InvalidCode, UnknownSystem
from ontologies.standard import STANDARD, CodeSystem, bare_identifier


class Coding(NamedTuple):
    """A code in its system, as FHIR calls it: ``Coding("hpo", "HP:0001166")``."""

    system: str
    code: str


_ICD10_PARTS = re.compile(r"([A-Z][0-9]{2})\.?([0-9]{0,3}(?:\+[0-9]{1,2})?)[+*†‡]?")
_PREFIXED = re.compile(r"([A-Za-z][\w.\-]*?(?: CT)?)(?:\s*[:_#]\s*|\s+)(\S+)", re.ASCII)


class CodeSystems:
    """The table of code systems, asked by name, identifier, prefix or code.

    Args:
        systems: the systems; of two of one name the later one counts.
    """

    def __init__(self, systems: Iterable[CodeSystem] = STANDARD) -> None:
        self._by_name = {each.name: each for each in systems}

    def __iter__(self) -> Iterator[CodeSystem]:
        return iter(self._by_name.values())

    @cached_property
    def _by_identifier(self) -> dict[str, CodeSystem]:
        return {key: each for each in self for key in each.identifiers}

    @cached_property
    def _by_prefix(self) -> dict[str, CodeSystem]:
        return {
            prefix.lower(): each
            for each in self
            for prefix in (
                *(each.prefix or each.name, each.name, *each.prefixes),
                *(prefix for prefix, _ in each.parts),
            )
        }

    @cached_property
    def _by_address(self) -> tuple[tuple[str, CodeSystem], ...]:
        pairs = [(_no_scheme(address), each) for each in self for address in each.addresses]
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    def extended(self, systems: Iterable[CodeSystem]) -> CodeSystems:
        """Return the table with further systems; those that it has stay."""
        new = [each for each in systems if each.name not in self._by_name]
        return CodeSystems((*self, *new)) if new else self

    @property
    def digest(self) -> str:
        """Changes when the table does."""
        return hashlib.sha256(repr(tuple(self)).encode()).hexdigest()

    def named(self, identifier: str) -> CodeSystem:
        """Return the system that a name, a URI or an OID means. Raises UnknownSystem."""
        found = self._by_identifier.get(bare_identifier(identifier))
        if found is None:
            raise UnknownSystem(identifier, tuple(self._by_name))
        return found

    def get(self, name: str) -> CodeSystem:
        """Return a system by its key; one that the table lacks is known by its key only."""
        return self._by_name.get(name) or CodeSystem(name, name.upper(), prefix=name.upper())

    def is_prefix(self, word: str) -> bool:
        """Tell whether a word may stand before the codes of a system: ``OMIM``, ``CIM-10``."""
        return word.lower() in self._by_prefix

    def curie(self, coding: Coding) -> str:
        """Return the display form of a code.

        >>> CodeSystems().curie(Coding("hpo", "HP:0001166"))
        'HP:0001166'
        """
        return self.get(coding.system).curie(coding.code)

    def coding(self, curie: str) -> Coding:
        """Read a CURIE or an address, as files of terminologies have them.

        A prefix that the table lacks makes a system of that name, so that nothing is lost.

        Raises:
            InvalidCode: there is no prefix.

        >>> CodeSystems().coding("Orphanet:558"), CodeSystems().coding("ICD-10:E85.4+")
        (Coding(system='orpha', code='558'), Coding(system='icd-10', code='E85.4'))
        """
        text = curie.strip()
        if "://" in text:
            plain = _no_scheme(text)
            for address, system in self._by_address:
                if plain.lower().startswith(address.lower()):
                    return self.of(system, plain[len(address) :])
            raise InvalidCode(curie)
        prefix, colon, local = text.partition(":")
        if not colon or not prefix or not local.strip() or " " in prefix.strip():
            raise InvalidCode(curie)
        known = self._by_prefix.get(prefix.strip().lower())
        return self.of(known, text) if known else Coding(prefix.strip().lower(), local.strip())

    def of(self, system: CodeSystem, written: str) -> Coding:
        """Return a code of a system in the form in which we keep it; any prefix goes or stays.

        >>> CodeSystems().of(HPO, "0001166"), CodeSystems().of(ICD10, "q874")
        (Coding(system='hpo', code='HP:0001166'), Coding(system='icd-10', code='Q87.4'))
        """
        local = written.strip()
        before, colon, after = local.partition(":")
        if colon and self._by_prefix.get(before.strip().lower()) == system:
            beginning = dict(system.parts).get(before.strip().upper(), "")
            local = beginning + after.strip().removeprefix(beginning)
        if system.name == "orpha":
            return Coding("orpha", parse_code(local))
        if system.name == "icd-10":
            return Coding("icd-10", icd10(local))
        return Coding(system.name, f"{system.prefix}:{local}" if system.whole else local)

    def read(self, text: str, system: str | None = None) -> Coding:
        """Read a code as people and programs write it, of any system.

        What may be an ORPHAcode is one, unless ``system`` says otherwise.

        Raises:
            InvalidCode: the text is a code of no system.
            UnknownSystem: ``system`` names none.
        """
        plain = cleaned(text[:200])
        if system is not None:
            return self._in(self.named(system), plain, text)
        try:
            return Coding("orpha", parse_code(plain))
        except InvalidCode:
            pass
        if "://" in plain:
            return self.coding(plain)
        if found := _PREFIXED.fullmatch(plain):
            known = self._by_prefix.get(found[1].lower())
            if known and known.name != "orpha":
                return self._in(known, f"{found[1]}:{found[2]}", text)
        for each in self:
            # Letters alone are a word, were it the number of a chapter.
            if each.bare and re.search("[0-9]", plain) and (code := self._fits(each, plain)):
                return code
        raise InvalidCode(text, "")

    def _in(self, system: CodeSystem, written: str, text: str) -> Coding:
        code = self._fits(system, written)
        if code is None:
            raise InvalidCode(text, system.title)
        return code

    def _fits(self, system: CodeSystem, written: str) -> Coding | None:
        """Return a code as its system writes it: as it stands, else in capitals."""
        return self._fitting(system, written) or self._fitting(system, written.upper())

    def _fitting(self, system: CodeSystem, written: str) -> Coding | None:
        try:
            coding = self.of(system, written)
        except InvalidCode:
            return None
        local = coding.code.removeprefix(f"{system.prefix}:") if system.whole else coding.code
        if system.whole and local.isdigit() and len(local) < 7 and system.form == "[0-9]{7}":
            local = local.zfill(7)  # numbers lose their zeros in spreadsheets
            coding = Coding(system.name, f"{system.prefix}:{local}")
        return coding if re.fullmatch(system.form, local) else None


def icd10(written: str) -> str:
    """Return an ICD-10 code with its dot and without the dagger or asterisk that may end it.

    What is not such a code (a block, a chapter) comes back in capitals as it is.

    >>> [icd10(code) for code in ("Q874", "q87.4", "E85.4+", "R53+0", "Q65-Q79")]
    ['Q87.4', 'Q87.4', 'E85.4', 'R53.+0', 'Q65-Q79']
    """
    plain = written.strip().upper().replace(" ", "")
    found = _ICD10_PARTS.fullmatch(plain)
    if not found:
        return plain
    return f"{found[1]}.{found[2]}" if found[2] else found[1]


def _no_scheme(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.strip())
