"""A legacy table as a file: local codes, labels, and what ORPHA and CIM-10 codes there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

from ontologies.errors import Message
from thesaurus.store.legacy import LegacyEntry
from thesaurus.tables import CODE, ICD10, LABEL, Known, Options, Problem, Vocabulary, open_table
from thesaurus.transcoding.recoding.codes import LONGEST as LONGEST_WRITTEN

LOCAL_CODE = "local_code"
MOST_ENTRIES = 200_000
LONGEST_CODE, LONGEST_LABEL, LONGEST_CODES = 100, 2000, 200
_BEGINNING, _DIGEST = 80, 10

LEGACY = Vocabulary(
    headings={
        LOCAL_CODE: (
            *("code local", "local code", "code CEMARA", "CEMARA", "code source", "source code"),
            *("ancien code", "code ancien", "code interne", "identifiant local", "code thésaurus"),
            *("code maladie", "code diagnostic", "identifiant", "id", "code"),
        ),
        LABEL: (
            *("libellé local", "libellé CEMARA", "libellé source", "ancien libellé"),
            *("libellé du diagnostic", "libellé diagnostic", "libellé de la maladie"),
            *("libellé maladie", "libellé", "label", "intitulé", "désignation", "diagnostic"),
            *("diagnosis", "maladie", "disease", "pathologie", "nom"),
        ),
        CODE: (
            *("code ORPHA", "orphacode", "orpha", "code orphanet", "orphanet", "orphanumber"),
            *("numéro orpha", "n° orpha"),
        ),
        ICD10: ("CIM-10", "ICD-10", "code CIM-10", "code CIM 10", "ICD-10 code", "CIM", "ICD"),
    },
    french={
        LOCAL_CODE: "code local",
        LABEL: "libellé",
        CODE: "code ORPHA",
        ICD10: "CIM-10",
    },
    needed=frozenset({LOCAL_CODE, LABEL}),
    missing=Message(
        "Aucune colonne de codes locaux ni de libellés n'est reconnue.",
        "No column of local codes or labels is recognised.",
    ),
    example="local_code=A,label=B,code=C,icd10=D",
)
"""Tables of the codes of another thesaurus, one a row."""

_LONGEST = {
    LOCAL_CODE: LONGEST_CODE,
    LABEL: LONGEST_LABEL,
    CODE: LONGEST_CODES,
    ICD10: LONGEST_CODES,
}


@dataclass(frozen=True, slots=True)
class LegacyFile:
    """What a file gave.

    Attributes:
        entries: by code, in the order of the file.
        columns: of each field that was found.
        notes: what to know of how the file was read.
        problems: rows that were not read, each with its line; the others were.
        blanks: rows without anything.
    """

    entries: Mapping[str, LegacyEntry]
    columns: Mapping[str, str]
    notes: tuple[Message, ...]
    problems: tuple[Problem, ...]
    blanks: int


def read_legacy(file: BinaryIO, known: Known, options: Options = Options()) -> LegacyFile:
    """Read a legacy table, CSV or XLSX.

    A table without local codes goes by its labels. A row that repeats another one word for word
    counts once; one that gives the same code another meaning is a problem.

    Args:
        known: tells whether an ORPHAcode exists, to recognise their column.

    Raises:
        UnreadableTable: not such a table; the message says why.
        InvalidRequest: ``options.columns`` is not of its form.
    """
    entries: dict[str, LegacyEntry] = {}
    problems: list[Problem] = []
    blanks = 0
    with open_table(file, LEGACY, known, options) as table:
        for line in table.lines():
            if line.blank or not (line.values or line.problem):
                blanks += 1
                continue
            wrong = line.problem or _wrong(line.record.line, line.values, entries)
            if wrong:
                problems.append(wrong)
            else:
                entry = _entry(line.values)
                entries[entry.code] = entry
        return LegacyFile(entries, table.columns.named(), table.notes, tuple(problems), blanks)


def local_code(written: str) -> str:
    """Return what a local code, or a label in its place, is in a table.

    A long one goes by its beginning and a digest of the whole, whatever its case.

    >>> local_code("Maladie de Marfan")
    'Maladie de Marfan'
    """
    if len(written) <= LONGEST_CODE:
        return written
    digest = sha256(written.casefold().encode(errors="replace")).hexdigest()
    return f"{written[:_BEGINNING]} … {digest[:_DIGEST]}"


def _entry(values: Mapping[str, str]) -> LegacyEntry:
    label = values.get(LABEL)
    code = values.get(LOCAL_CODE) or local_code(label or "")
    return LegacyEntry(code, label, values.get(CODE), values.get(ICD10))


def _wrong(
    line: int, values: Mapping[str, str], entries: Mapping[str, LegacyEntry]
) -> Problem | None:
    if wrong := _wrong_cell(values):
        return Problem(line, wrong)
    entry = _entry(values)
    if entries.get(entry.code, entry) != entry:
        return Problem(line, _TWICE)
    if len(entries) >= MOST_ENTRIES:
        return Problem(line, _TOO_MANY)
    return None


def _wrong_cell(values: Mapping[str, str]) -> Message | None:
    for field, cell in values.items():
        if len(cell) > _LONGEST[field]:
            return _too_long(LEGACY.french[field], _LONGEST[field])
        if not cell.isprintable():
            return _not_text(LEGACY.french[field])
    if LOCAL_CODE in values:
        return None
    if LABEL not in values:
        return _NO_CODE
    return _NO_CODE_SO_LONG if len(values[LABEL]) > LONGEST_WRITTEN else None


def _too_long(column: str, longest: int) -> Message:
    return Message(
        f"Plus de {longest} caractères dans la colonne {column}.",
        f"More than {longest} characters in the column {column}.",
    )


def _not_text(column: str) -> Message:
    return Message(
        f"Caractères de commande dans la colonne {column} ; les enlever.",
        f"Control characters in the column {column}; remove them.",
    )


_NO_CODE = Message(
    "Ni code local ni libellé ; cette ligne n'a rien à transcoder.",
    "Neither local code nor label; there is nothing to transcode in this row.",
)
_NO_CODE_SO_LONG = Message(
    f"Un libellé de plus de {LONGEST_WRITTEN} caractères ne tient pas lieu de code local ; en "
    "donner un.",
    f"A label of more than {LONGEST_WRITTEN} characters cannot stand for a local code; give one.",
)
_TWICE = Message(
    "Ce code local se trouve plus haut avec un autre contenu ; n'en garder qu'un.",
    "This local code stands further up with another content; keep one of them.",
)
_TOO_MANY = Message(
    f"Plus de {MOST_ENTRIES} lignes ; celle-ci n'est pas lue. Couper le fichier.",
    f"More than {MOST_ENTRIES} rows; this one is not read. Split the file.",
)
