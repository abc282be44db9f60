"""Lists of codes that a deployment writes itself: one code a line, in text or CSV.

The first column holds the code in any written form, unless a line of column names says which one
does. Columns end with ``;``, ``,`` or a tab. Lines that start with ``#`` are comments, and so is
what follows a blank and ``#``.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from loaders.table import decoded
from ontologies.codes import parse_code
from ontologies.errors import InvalidCode, InvalidRequest, Message, Refused
from search.text import fold

_LARGEST = 10_000_000
_LONGEST_SHOWN = 60
_LONGEST_TITLE = 200
_LINE_END = re.compile(r"\r\n|\r|\n")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_DELIMITERS = (";", "\t", ",")
_CODE_NAMES = frozenset(
    {"code", "codes", "orpha", "orphacode", "orphacodes", "codeorpha", "codesorpha", "orphanet"}
    | {"codeorphanet", "orphanumber", "numeroorpha", "curie"}
)
_COUNT_NAMES = frozenset({"count", "counts", "number", "n", "nombre", "effectif", "chosen"})
_COUNT = re.compile(r"[0-9]{1,12}")
_NAME = re.compile(r"[a-z0-9-]{1,40}")

Row = tuple[int, tuple[str, ...]]
"""The number of a line, from 1, and its wanted cells, trimmed."""


@dataclass(frozen=True, slots=True)
class CodeList:
    """The distinct codes of a file in their order; ``repeated`` lines held one of them again."""

    codes: tuple[str, ...]
    repeated: int = 0


def read_codes(file: Path) -> CodeList:
    """Read a list of codes.

    Raises:
        Refused: not text in UTF-8, too large, a line that starts with no code, no code at all.
    """
    counted: Counter[str] = Counter()
    for line, (written,) in _rows(file, (_CODE_NAMES,)):
        counted[_code(file, line, written)] += 1
    if not counted:
        raise _no_code(file)
    return CodeList(tuple(counted), counted.total() - len(counted))


def read_counts(file: Path) -> Mapping[str, int]:
    """Read a table of codes with their counts; those of a repeated code are summed.

    Raises:
        Refused: as ``read_codes``; a count that is no whole number from 0 up.
    """
    counts: Counter[str] = Counter()
    for line, (written, number) in _rows(file, (_CODE_NAMES, _COUNT_NAMES)):
        code = _code(file, line, written)
        if not _COUNT.fullmatch(number):
            why = Message(
                f"« {_short(number)} » n'est pas un nombre entier ; attendu : code,nombre",
                f"'{_short(number)}' is not a whole number; expected: code,count",
            )
            raise Refused("bad-count", why, file=file.name, line=line)
        counts[code] += int(number)
    if not counts:
        raise _no_code(file)
    return counts


def perimeter_name(name: str) -> str:
    """Return a name that is fit for a perimeter. Raises InvalidRequest."""
    if _NAME.fullmatch(name):
        return name
    raise InvalidRequest(
        f"« {_short(name)} » ne convient pas comme nom de périmètre : minuscules sans accent, "
        "chiffres, tirets, 40 caractères au plus.",
        f"'{_short(name)}' is not fit to name a perimeter: small letters, digits, hyphens, 40 "
        "characters at most.",
    )


def readable_title(title: str | None) -> str | None:
    """Return a title without outer blanks; None for an empty one. Raises InvalidRequest."""
    kept = (title or "").strip()
    if len(kept) <= _LONGEST_TITLE and kept.isprintable():
        return kept or None
    raise InvalidRequest(
        f"Titre trop long ou illisible ; {_LONGEST_TITLE} caractères au plus.",
        f"The title is too long or not readable; {_LONGEST_TITLE} characters at most.",
    )


def _rows(file: Path, wanted: Sequence[frozenset[str]]) -> Iterator[Row]:
    """Yield the wanted cells of each line; a cell that is not there is empty."""
    text = _text(file)
    delimiter = _delimiter(text)
    places: Sequence[int] | None = None
    for line, written in enumerate(_LINE_END.split(text), 1):
        kept = _COMMENT.sub("", written)
        if not kept.strip():
            continue
        cells = _cells(kept, delimiter)
        if places is None:
            named = _places(cells, wanted)
            places = named or range(len(wanted))
            if named:
                continue
        yield line, tuple(cells[each] if each < len(cells) else "" for each in places)


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        data = opened.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        why = Message(f"plus de {_LARGEST} octets", f"more than {_LARGEST} bytes")
        raise Refused("too-large", why, file=file.name)
    if data.startswith((b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff")):
        why = Message(
            "ce n'est pas un texte en UTF-8 ; l'enregistrer comme CSV (UTF-8)",
            "this is not text in UTF-8; save it as CSV (UTF-8)",
        )
        raise Refused("not-text", why, file=file.name)
    return decoded(file.name, data)


def _delimiter(text: str) -> str:
    """The first sign that the first line holds."""
    lines = (_COMMENT.sub("", line) for line in _LINE_END.split(text))
    first = next((line for line in lines if line.strip()), "")
    return next((sign for sign in _DELIMITERS if sign in first), ";")


def _cells(written: str, delimiter: str) -> list[str]:
    try:
        (cells,) = csv.reader([written], delimiter=delimiter)
    except csv.Error:  # a cell beyond the bound of the module
        cells = written.split(delimiter)
    return [cell.strip() for cell in cells]


def _places(cells: Sequence[str], wanted: Sequence[frozenset[str]]) -> list[int] | None:
    """Where the wanted columns stand, if the line names them."""
    names = [re.sub(r"[\W_]+", "", fold(cell)) for cell in cells]
    places = [next((n for n, name in enumerate(names) if name in each), None) for each in wanted]
    found = [place for place in places if place is not None]
    return found if len(found) == len(wanted) else None


def _code(file: Path, line: int, written: str) -> str:
    try:
        return parse_code(written)
    except InvalidCode as error:
        raise Refused("bad-code", error.message, file=file.name, line=line) from None


def _no_code(file: Path) -> Refused:
    why = Message("aucun code dans ce fichier", "no code in this file")
    return Refused("no-code", why, file=file.name)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
