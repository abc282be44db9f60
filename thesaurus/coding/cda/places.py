"""Where in a document something stands: the line, and an XPath that finds the one element.

Both are worked out only when they are asked for, which is for what has findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from loaders.xml import Element
from thesaurus.coding.cda.vocabulary import cda

_CDA = cda("")
_LONGEST_TAG = 50


class Place(NamedTuple):
    line: int | None
    xpath: str


class Places:
    """The places of a document, by JSON pointer into its submission.

    Args:
        elements: the elements whose pointers are known, "" among them.
        data: the document as it came, to find the lines.
    """

    def __init__(self, elements: Mapping[str, Element], data: bytes) -> None:
        self._elements = elements
        self._data = data
        self._lines: list[bytes] = []
        self._steps: dict[Element, dict[Element, str]] = {}

    def of(self, pointer: str) -> Place:
        """Return the place of an item; of one that is not there, of what it is missing in."""
        while pointer not in self._elements:
            pointer = pointer.rpartition("/")[0]
        element = self._elements[pointer]
        return Place(self._line(element), self._xpath(element))

    def _line(self, element: Element) -> int | None:
        """Return the line on which a tag begins; the parser tells the one on which it ends."""
        last: int | None = element.sourceline
        if last is None:
            return None
        self._lines = self._lines or self._data.split(b"\n")
        prefix = f"{element.prefix}:" if element.prefix else ""
        beginning = f"<{prefix}{_local(element)}".encode()
        for line in range(last, max(0, last - _LONGEST_TAG), -1):
            if beginning in self._lines[line - 1]:
                return line
        return last

    def _xpath(self, element: Element) -> str:
        parent = element.getparent()
        if parent is None:
            return f"/cda:{_local(element)}"
        if parent not in self._steps:
            self._steps[parent] = _steps(parent)
        return f"{self._xpath(parent)}/{self._steps[parent][element]}"


def _steps(parent: Element) -> dict[Element, str]:
    """Return the step of an XPath to each child; the position where the name does not do."""
    children = list(parent.iterchildren("*"))
    totals = Counter(child.tag for child in children)
    seen: Counter[object] = Counter()
    steps = {}
    for number, child in enumerate(children, 1):
        seen[child.tag] += 1
        name = f"cda:{_local(child)}"
        if not str(child.tag).startswith(_CDA):
            steps[child] = f"*[{number}]"
        elif totals[child.tag] > 1:
            steps[child] = f"{name}[{seen[child.tag]}]"
        else:
            steps[child] = name
    return steps


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
