"""The cells of a file of decisions: what its columns are called, and how they are read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ontologies.codes import parse_code
from ontologies.errors import InvalidRequest, Message
from thesaurus.tables import Vocabulary
from thesaurus.tables.vocabulary import folded

SOURCE, TARGETS, DECISION, COMMENT, VERSION = "source", "targets", "decision", "comment", "version"
NAMED = "named"
"""What the source is called; of a legacy table it tells an entry that was replaced since."""

TABLE_SHEET = "Table"
"""Where a workbook of ours has every row, beside the sheet of those to be decided."""

VOCABULARY = Vocabulary(
    {
        SOURCE: ("code ORPHA", "code source", "code local", "orphacode", "code", "from code"),
        DECISION: ("décision",),
        TARGETS: ("cibles", "cible", "target", "codes cibles", "code cible"),
        COMMENT: ("commentaire", "remarque"),
        VERSION: ("version vue", "seen version"),
        NAMED: ("libellé", "source label"),
    },
    {
        SOURCE: "code ORPHA",
        DECISION: "décision",
        TARGETS: "cibles",
        COMMENT: "commentaire",
        VERSION: "version",
        NAMED: "libellé",
    },
    needed=frozenset({DECISION}),
    missing=Message(
        "Aucune colonne de décisions n'est reconnue.", "No column of decisions is recognised."
    ),
    example="source=1,decision=F,cibles=G",
)
"""The headings of a file of decisions, those of our exports among them."""

_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("accepte", "acceptee", "accepted", "accept", "oui"), "accepted"),
    **dict.fromkeys(("refuse", "refusee", "rejete", "rejetee", "rejected", "reject"), "rejected"),
    **dict.fromkeys(("aucuncode", "aucun", "aucune", "none", "nocode"), "none"),
    **dict.fromkeys(("automatique", "automatic", "propose", "proposed", "adecider"), "undecided"),
}
_NONE = frozenset({"none", "aucun", "aucune", "aucuncode", "nocode"})
_SEPARATORS = re.compile(r"[|,;\n]+")
_NUMBER = re.compile(r"[0-9]{1,9}")
_ESCAPED = re.compile(r"\A'(?=[=+\-@\t\r])")
"""What an export puts before a text that would be a formula."""


def said(cell: str) -> str:
    """Read the word of a decision. Raises InvalidRequest."""
    if not cell.strip():
        return "undecided"
    word = _WORDS.get(folded(cell))
    if word is None:
        raise InvalidRequest(*_NO_WORD)
    return word


def targets(cell: str) -> tuple[str, ...] | None:
    """Read a cell of targets; None for an empty one. Raises InvalidCode."""
    if folded(cell) in _NONE:
        return ()
    written = [each.strip() for each in _SEPARATORS.split(cell) if each.strip()]
    return tuple(dict.fromkeys(map(parse_code, written))) or None


def version(cell: str | None) -> int | None:
    if cell is None:
        return None
    if not _NUMBER.fullmatch(cell):
        raise InvalidRequest(*_NO_VERSION)
    return int(cell)


def comment(cell: str | None) -> str | None:
    """Read a comment as it was written, without what an export put before it.

    >>> comment("'=1"), comment("'s Gravenhage l'=1")
    ('=1', "'s Gravenhage l'=1")
    """
    return None if cell is None else _ESCAPED.sub("", cell, count=1)


_NO_WORD = Message(
    "Décision inconnue ; attendu : accepté, refusé, aucun code, ou rien.",
    "Unknown decision; expected: accepted, rejected, none, or nothing.",
)
_NO_VERSION = Message(
    "La version n'est pas un nombre ; la laisser comme elle a été exportée.",
    "The version is no number; leave it as it was exported.",
)
