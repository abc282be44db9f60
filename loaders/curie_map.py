"""The prefixes of an SSSOM file: which code system each one means, and whether its address agrees.

Source: SSSOM specification, "Mapping set" (slot ``curie_map``); the code systems are our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from loaders.messages import refuse
from loaders.report import Finding
from ontologies.errors import InvalidCode
from ontologies.standard import CodeSystem
from ontologies.systems import CodeSystems, Coding

if TYPE_CHECKING:
    from curies import Converter

VOCABULARIES: Mapping[str, str] = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
    "oio": "http://www.geneontology.org/formats/oboInOwl#",
}
"""The prefixes of predicates."""
_REGISTRY = {"infores": "https://w3id.org/information-resource-registry/"}
_BUILT_IN = frozenset({"semapv", "sssom", "orcid", "rdf", "xsd", "linkml"})
# Sites that give addresses to the codes of many systems; the path names the system.
_SHARED_HOSTS = (
    "identifiers.org",
    "n2t.net",
    "bioregistry.io",
    "bioontology.org",
    "obolibrary.org",
)


class CurieMap:
    """The ``curie_map`` of a file beside the code systems that we know.

    Args:
        file: for messages.
        prefixes: prefix -> address, as the header has them.
        lines: prefix -> line of the header.

    Raises:
        Refused: an address contradicts what its prefix means to us.
    """

    def __init__(
        self,
        file: str,
        prefixes: Mapping[str, str],
        systems: CodeSystems,
        lines: Mapping[str, int] = {},
    ) -> None:
        self._file = file
        self._prefixes = prefixes
        self._systems = systems
        self._lines = lines
        self._found: dict[str, CodeSystem] = {}
        self._known = {each.name: each for each in systems}
        for prefix, address in prefixes.items():
            self._compare(prefix, address)

    def coding(self, curie: str, line: int) -> Coding:
        """Read a CURIE of a row.

        Raises:
            Refused: it has no prefix, a prefix that nothing explains, or no code of the system.
        """
        prefix, colon, local = curie.partition(":")
        if not colon or not prefix or not local.strip() or local.startswith("//"):
            raise refuse("bad-code", file=self._file, line=line, value=curie)
        system = self._found.get(prefix)
        if system is None:
            system = self._found[prefix] = self._system(prefix, line)
        try:
            return self._systems.of(system, local)
        except InvalidCode:
            raise refuse("bad-code", file=self._file, line=line, value=curie) from None

    def spelled(self, coding: Coding, written: str) -> str:
        """Return a CURIE of a row with the prefix under which ``converter`` knows it."""
        return self._systems.curie(coding) if coding.system in self._known else written

    def findings(self) -> tuple[Finding, ...]:
        """Note each address that has several prefixes."""
        shared: dict[str, list[str]] = {}
        for prefix, address in self._prefixes.items():
            shared.setdefault(address, []).append(prefix)
        return tuple(
            Finding(
                "two-prefixes",
                self._file,
                self._lines.get(prefixes[1]),
                values={"address": address, "prefixes": ", ".join(prefixes)},
            )
            for address, prefixes in shared.items()
            if len(prefixes) > 1
        )

    def converter(self) -> Converter:
        """Return what expands every prefix of the file and of the systems that we know."""
        import curies
        from sssom_pydantic.constants import BUILTIN_CONVERTER

        return curies.chain([_converter(self._prefixes), BUILTIN_CONVERTER, self._own])

    @cached_property
    def _own(self) -> Converter:
        return _converter(addresses_of(self._systems) | dict(VOCABULARIES) | _REGISTRY)

    def _system(self, prefix: str, line: int) -> CodeSystem:
        """What a prefix means: by our table, else by its address, else a system of its own."""
        if known := self._by_prefix(prefix):
            return known
        if address := self._prefixes.get(prefix):
            return self._by_address(address) or CodeSystem(prefix.lower())
        if prefix in _BUILT_IN:
            return CodeSystem(prefix)
        raise refuse("unknown-prefix", file=self._file, line=line, prefix=prefix)

    def _by_prefix(self, prefix: str) -> CodeSystem | None:
        try:
            return self._known.get(self._systems.coding(f"{prefix}:1").system)
        except InvalidCode:
            return None

    def _by_address(self, address: str) -> CodeSystem | None:
        try:
            return self._known.get(self._systems.coding(f"{address}1").system)
        except InvalidCode:
            return None

    def _compare(self, prefix: str, address: str) -> None:
        vocabulary = VOCABULARIES.get(prefix)
        system = self._by_prefix(prefix)
        if vocabulary and vocabulary != address:
            meant = vocabulary
        elif system and not self._is_of(system, address):
            meant = system.title
        else:
            return
        raise refuse(
            "wrong-prefix",
            file=self._file,
            line=self._lines.get(prefix),
            prefix=prefix,
            address=address,
            system=meant,
        )

    def _is_of(self, system: CodeSystem, address: str) -> bool:
        """Whether an address may be one of a system; without addresses of its own, most may."""
        if owner := self._by_address(address):
            return owner == system
        site = _site(address)
        if site in _SHARED_HOSTS:
            path = re.split(r"[^\w\-]|_", address)
            return any(self._by_prefix(part) == system for part in path if part)
        if not system.addresses:
            return True
        return site in map(_site, (*system.addresses, system.uri, *system.aliases))


def addresses_of(systems: Iterable[CodeSystem]) -> dict[str, str]:
    """Return prefix -> address; where a system has none, one in the manner of the Bioregistry."""
    prefixes = {each.prefix or each.name.upper(): each.addresses for each in systems}
    return {
        prefix: addresses[0] if addresses else f"https://bioregistry.io/{prefix.lower()}:"
        for prefix, addresses in prefixes.items()
    }


def _converter(prefixes: Mapping[str, str]) -> Converter:
    """Build a converter; several prefixes of one address are synonyms."""
    from curies import Converter, Record

    by_address: dict[str, list[str]] = {}
    for prefix, address in prefixes.items():
        by_address.setdefault(address, []).append(prefix)
    return Converter(
        [
            Record(prefix=first, prefix_synonyms=others, uri_prefix=address)
            for address, (first, *others) in by_address.items()
        ]
    )


def _site(address: str) -> str:
    """Return the last two parts of the host of a web address."""
    host = urlsplit(address).hostname or ""
    return ".".join(host.split(".")[-2:])
