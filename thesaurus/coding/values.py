"""The values that an item of a diagnosis may have, in the lists that name them.

BaMaRa's words, the codes of the ANS and FHIR's do not match one to one (domain rules, section 3.1),
so a value has a meaning of its own, and each list names those that it knows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from ontologies.errors import Message
from search.text import fold

LISTS = ("ans", "bamara", "fhir", "hpo")
ITEMS = ("status", "age", "technique", "familial", "assessment", "inheritance")
NULL_FLAVORS = frozenset(
    [
        *("NI", "INV", "DER", "OTH", "NINF", "PINF", "UNC", "MSK", "NA", "UNK", "ASKU", "NAV"),
        *("NASK", "NAVU", "QS", "TRC", "NP"),
    ]
)
"""HL7's reasons for which a value is not there; an item that has one is not absent."""
_FILE = Path(__file__).parent / "values.toml"


@dataclass(frozen=True)
class Value:
    """One value of an item.

    Attributes:
        means: our key for the meaning: ``confirmed``, ``neonatal``.
        name: how a person says it.
        codes: list -> what that list calls it.
        near: list -> what comes nearest there, where the list has no such value.
        also: other words for it, in no list.
        order: its place among the values of the item.
    """

    means: str
    name: Message
    codes: Mapping[str, str]
    near: Mapping[str, str]
    also: tuple[str, ...]
    order: int


@dataclass(frozen=True)
class ValueSet:
    """The values of an item, and the lists of which a profile accepts codes.

    Without any list everything is accepted, and known values are still understood.
    """

    item: str
    values: tuple[Value, ...]
    lists: tuple[str, ...] = ()
    _accepted: frozenset[str] = field(init=False, repr=False)
    _meanings: Mapping[str, tuple[Value, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        accepted = (each.codes.get(name) for each in self.values for name in self.lists)
        known = frozenset(key for code in accepted if code for key in (code, key_of(code)))
        object.__setattr__(self, "_accepted", known)
        meanings: dict[str, dict[str, Value]] = {}
        for each in self.values:
            for word in (*each.codes.values(), *each.near.values(), *each.also, *each.name):
                for key in {word, key_of(word)}:
                    meanings.setdefault(key, {})[each.means] = each
        values = {key: tuple(found.values()) for key, found in meanings.items()}
        object.__setattr__(self, "_meanings", values)

    def accepts(self, written: str) -> bool:
        accepted = self._accepted
        return not self.lists or written in accepted or key_of(written) in accepted

    def read(self, written: str) -> tuple[Value, ...]:
        """Return what a text may mean: several values where a list has one code for them."""
        return self._meanings.get(written) or self._meanings.get(key_of(written), ())

    def meanings(self, written: str) -> frozenset[str]:
        """Return the meanings that a text may have, by their keys."""
        return frozenset([each.means for each in self.read(written)])

    def mapped(self, written: str) -> Sequence[tuple[str, Value]]:
        """Return the accepted code for each thing that a text may mean: that of the first list
        that has one, else the nearest.
        """
        found: dict[str, Value] = {}
        for each in self.read(written):
            own = (each.codes.get(name) for name in self.lists)
            near = (each.near.get(name) for name in self.lists)
            if code := next((code for code in chain(own, near) if code), None):
                found.setdefault(code, each)
        return tuple(found.items())

    @property
    def shown(self) -> str:
        """The values that are accepted, in the words or codes of the first list."""
        first = [each.codes.get(name) for name in self.lists[:1] for each in self.values]
        return ", ".join(each for each in first if each)


def key_of(text: str) -> str:
    """Fold a word or code of a list: case, accents and blanks say nothing."""
    return " ".join(fold(text).replace("’", "'").split())


def value_set(item: str, lists: Iterable[str] = ()) -> ValueSet:
    """Return the values of an item with the lists that are accepted."""
    return ValueSet(item, _values()[item], tuple(lists))


@cache
def _values() -> Mapping[str, tuple[Value, ...]]:
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        item: tuple(_value(each, order) for order, each in enumerate(tables[item]))
        for item in ITEMS
    }


def _value(table: Mapping[str, Any], order: int) -> Value:
    return Value(
        means=table["means"],
        name=Message(table["fr"], table["en"]),
        codes={name: table[name] for name in LISTS if name in table},
        near=table.get("near", {}),
        also=tuple(table["also"]),
        order=order,
    )
