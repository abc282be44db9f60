"""What the readers of Orphanet's other products share: entities one at a time, codes in our form.

The products (Orphadata's product1, product6 and product7, and the mappings and linearisation of
the pack) list <Disorder> elements as the nomenclature does, with other things in them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from loaders.orphanet.reading import Notebook, licence_of, source_of
from loaders.xml import events, forget, read_root
from ontologies.errors import InvalidCode, UnknownSystem
from ontologies.release import SourceFile
from ontologies.standard import CodeSystem
from ontologies.systems import CodeSystems, Coding

FOUNDATION = "http://id.who.int/icd/entity/"
LICENCE = "CC-BY-4.0"  # of Orphadata, for tables that bear none


class Entities:
    """The <Disorder> elements of a file, in file order and once each; freed when the next is asked.

    Iterating gives (ORPHAcode, element). Once it has ended, ``count`` and ``source`` are known.

    Raises:
        Refused: while iterating, any fault of the XML, a bad or repeated code, declared counts
            that differ from what is there (with ``force`` only noted).
    """

    def __init__(self, notebook: Notebook, data: bytes) -> None:
        self.notebook = notebook
        self._data = data
        self._lines: dict[str, int | None] = {}
        self._languages: Counter[str] = Counter()
        self._licence: str | None = None

    def __iter__(self) -> Iterator[tuple[str, etree._Element]]:
        tags = ("Licence", "DisorderList", "Disorder")
        for event, element in events(self.notebook.file, self._data, *tags):
            if event == "start":
                continue
            if element.tag == "Disorder":
                yield self._code(element), element
                forget(element)
            elif element.tag == "Licence":
                self._licence = licence_of(element)
            else:
                self.notebook.check_count(element, len(self._lines))

    @property
    def count(self) -> int:
        return len(self._lines)

    def source(self, kind: str) -> SourceFile:
        """Describe the file by its header. Raises Refused for a date that is none."""
        root = read_root(self.notebook.file, self._data)
        found = source_of(self.notebook.file, self._data, kind, root)
        if found.date and not _is_day(found.date):
            raise self.notebook.refuse("bad-value", 1, value=found.date, what="date")
        lang = self._languages.most_common(1)[0][0] if self._languages else None
        return replace(found, lang=lang, licence=self._licence)

    def _code(self, element: etree._Element) -> str:
        code, line = self.notebook.code(element), element.sourceline
        if code in self._lines:
            raise self.notebook.refuse("duplicate-code", line, orpha=code, first=self._lines[code])
        self._lines[code] = line
        self._languages[self.notebook.lang(element, "Name")] += 1
        self.notebook.check_counts(element)
        return code


def _is_day(written: str) -> bool:
    try:
        dt.date.fromisoformat(written)
    except ValueError:
        return False
    return True


def orpha_end(source: SourceFile) -> Mapping[str, str]:
    """Return the version of the Orphanet end of alignments: the year of the data, where known."""
    return {"orpha": source.date[:4]} if source.date else {}


@dataclass(slots=True)
class Codes:
    """Puts the codes that Orphanet gives of other systems in the form in which we keep them."""

    notebook: Notebook
    systems: CodeSystems
    _strange: set[str] = field(default_factory=set)

    def system(self, source: str, line: int | None) -> CodeSystem:
        """Return the system that a file calls ``source``; an unknown one is kept and noted once."""
        try:
            return self.systems.named(source)
        except UnknownSystem:
            system = self.systems.get("-".join(source.lower().split()))
        known = {each.name for each in self.systems}
        if system.name not in known | self._strange:
            self._strange.add(system.name)
            self.notebook.note("unknown-source", line=line, source=source)
        return system

    def read(
        self, system: CodeSystem, written: str, orpha: str | None, line: int | None
    ) -> tuple[Coding, str | None]:
        """Return (code in our form, the code as written where it says more or something else).

        A code that has not the form of its system is kept as it is, and noted.
        """
        try:
            coding = self.systems.of(system, written)
        except InvalidCode:
            raise self.notebook.refuse(
                "bad-value", line, value=written[:40], what=system.title
            ) from None
        local = coding.code.removeprefix(f"{system.prefix}:") if system.whole else coding.code
        if not re.fullmatch(system.form, local):
            self.notebook.note(
                "unfit-code", line=line, orpha=orpha, value=written[:40], system=system.title
            )
        return coding, None if written in (local, coding.code) else written


def number_of(notebook: Notebook, element: etree._Element, what: str) -> str:
    """Return the ``id`` of an element. Raises Refused where it is no number."""
    number = element.get("id", "")
    if not (number.isascii() and number.isdigit()):
        raise notebook.bad_value(element, what, number)
    return number


def child_of(notebook: Notebook, element: etree._Element, tag: str) -> etree._Element:
    """Return a child that must be there. Raises Refused."""
    found = element.find(tag)
    if found is None:
        raise notebook.refuse(
            "missing-element", element.sourceline, element=tag, parent=element.tag
        )
    return found
