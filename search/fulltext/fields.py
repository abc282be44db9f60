"""The fields of the query language: their names in French and English, and their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from ontologies.concept import EntityType, Level, Numbered, Status
from search.text import fold, words


class Kind(IntEnum):
    """Where a word stands, the place that counts most first."""

    LABEL = 0
    SYNONYM = 1
    LINKED = 2
    DEFINITION = 3

    @property
    def key(self) -> str:
        return self.name.lower()


NAMES = frozenset({Kind.LABEL, Kind.SYNONYM, Kind.LINKED})
TEXT_FIELDS: Mapping[str, frozenset[Kind]] = {
    "name": NAMES,
    "label": frozenset({Kind.LABEL}),
    "synonym": frozenset({Kind.SYNONYM}),
    "linked": frozenset({Kind.LINKED}),
    "definition": frozenset({Kind.DEFINITION}),
    "text": frozenset(Kind),
}
VALUE_FIELDS = ("type", "level", "status", "classification")
PLACE_FIELDS = ("within", "parent")
CODE_FIELDS = ("code", "gene")
KNOWN = (*TEXT_FIELDS, *CODE_FIELDS, *VALUE_FIELDS, *PLACE_FIELDS)
FRENCH_NAMES: Mapping[str, str] = {
    "name": "nom",
    "label": "libellé",
    "synonym": "synonyme",
    "linked": "lié",
    "definition": "définition",
    "text": "texte",
    "code": "code",
    "gene": "gène",
    "type": "type",
    "level": "niveau",
    "status": "statut",
    "classification": "classification",
    "within": "sous",
    "parent": "parent",
}
"""The name of each field in French, as a query takes it and as it is shown."""


def plain_name(written: str) -> str:
    """Return the name of a field without accents, case, hyphens and underscores."""
    return fold(written).replace("-", "").replace("_", "").strip()


_ALIASES = {plain_name(french): name for name, french in FRENCH_NAMES.items()} | {
    "dans": "within",
    "orpha": "code",
    "orphacode": "code",
    "orphanet": "code",
    "hgnc": "gene",
}


def field_named(written: str) -> tuple[str, str | None]:
    """Return the name of a field and the language after its dot; unknown names stay.

    >>> field_named("Libellé.fr"), field_named("CIM-10")
    (('label', 'fr'), ('cim10', None))
    """
    name, dot, lang = written.partition(".")
    plain = plain_name(name)
    return _ALIASES.get(plain, plain), fold(lang) if dot else None


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field: its key, and the names under which it may be asked."""

    key: str
    names: tuple[str, ...]


_STATUS_NAMES = {
    Status.ACTIVE: ("actif", "active"),
    Status.HISTORIC: ("historique", "historic"),
    Status.DEPRECATED: ("déprécié", "deprecated"),
    Status.OBSOLETE: ("obsolète", "obsolete"),
    Status.NON_RARE: ("non rare en Europe", "non rare in Europe"),
}
_INACTIVE = frozenset({"inactive", "inactif", "inactifs", "inactives"})


def _numbered(kinds: Iterable[Numbered]) -> tuple[Value, ...]:
    return tuple(Value(each.key, (each.fr, each.en)) for each in kinds)


VALUES: Mapping[str, tuple[Value, ...]] = {
    "level": _numbered(Level),
    "type": _numbered(EntityType),
    "status": tuple(Value(each.value, _STATUS_NAMES[each]) for each in Status),
}


def meant(field: str, written: str, values: Iterable[Value]) -> tuple[str, ...]:
    """Return the keys that a value means; none where it means nothing.

    A key or a whole name counts first; else all values whose key or name has all the words:
    ``type:subtype`` means the three types of subtypes.

    >>> meant("type", "Maladie", VALUES["type"]), meant("status", "non rare", VALUES["status"])
    (('disease',), ('non_rare',))
    >>> meant("status", "rare", VALUES["status"])
    ()
    """
    if field == "status" and fold(written) in _INACTIVE:
        return tuple(each.value for each in Status if not each.is_active)
    asked = words(written)
    listed = [(each.key, [words(name) for name in (each.key.replace("_", " "), *each.names)])
              for each in values]  # fmt: skip
    whole = tuple(key for key, names in listed if asked in names)
    if whole or not asked:
        return whole
    wanted = set(asked)
    return tuple(key for key, names in listed if any(_within(wanted, name) for name in names))


def _within(wanted: set[str], name: list[str]) -> bool:
    """Tell whether a name has all the words; « rare » is not within « non rare »."""
    return wanted <= set(name) and ("non" in wanted or "non" not in name)
