"""The codes that ``check`` is given: as arguments, in files, on standard input."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import typer

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode
from thesaurus.cli.output import readable

_LONGEST_FILE = 100_000_000
_LONGEST_CODE = 1000
_TEXTS = (".txt", ".text", ".csv", ".tsv", ".tab", ".dat", ".lst", ".log", ".md", ".json", ".xml")
_DOCUMENTS = (".xls", ".xlsx", ".xlsm", ".ods", ".odt", ".doc", ".docx", ".pdf", ".zip", ".gz")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Given:
    """A code and the line of the file that it comes from."""

    code: str
    file: str | None = None
    line: int = 0

    def place(self, several: bool) -> str:
        """Name the line, and the file where there are several sources."""
        if self.file is None:
            return ""
        return f"{self.file}:{self.line}" if several else f"ligne {self.line}"


def given_codes(arguments: Sequence[str]) -> list[Given]:
    """Read codes from arguments, each of which is a code, a file, or - for standard input.

    Raises:
        typer.BadParameter: a file that is not there or not text; no code at all.
    """
    found = [each for argument in arguments for each in _codes_of(argument)]
    if not found:
        raise _wrong("aucun code lu", "no code was read")
    return found


def _codes_of(argument: str) -> Iterator[Given]:
    if argument == "-":
        yield from _lines(sys.stdin.buffer, "-")
        return
    path = Path(argument)
    try:
        there, folder = path.exists(), path.is_dir()
    except (OSError, ValueError):  # too long for a name, on Python before 3.14
        there = folder = False
    shown = readable(argument)
    if there and not folder:
        with path.open("rb") as file:
            yield from _lines(file, readable(path.name))
    elif _is_code(shown):
        yield Given(shown.strip())
    elif folder:
        raise _wrong(f"{shown} est un dossier", f"{shown} is a folder")
    elif _looks_like_a_path(argument):
        raise _wrong(f"le fichier {shown} n'existe pas", f"there is no file {shown}")
    elif shown.strip():
        yield Given(_bounded(shown.strip()))


def _lines(file: BinaryIO, name: str) -> Iterator[Given]:
    for number, line in enumerate(_LINE_END.split(_text(file, name)), 1):
        if code := line.strip():
            yield Given(_bounded(code), name, number)


def _text(file: BinaryIO, name: str) -> str:
    data = file.read(_LONGEST_FILE + 1)
    if len(data) > _LONGEST_FILE:
        raise _wrong(
            f"{name} dépasse {_LONGEST_FILE} octets", f"{name} exceeds {_LONGEST_FILE} bytes"
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise _wrong(
            f"{name} n'est pas un fichier texte ; donner un code par ligne",
            f"{name} is not a text file; give one code a line",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _is_code(text: str) -> bool:
    try:
        parse_code(text)
    except InvalidCode:
        return False
    return True


def _looks_like_a_path(text: str) -> bool:
    if len(text) > _LONGEST_CODE:
        return False
    return os.sep in text or "\\" in text or text.lower().endswith(_TEXTS + _DOCUMENTS)


def _bounded(code: str) -> str:
    """Shorten what cannot be a code; the mark keeps it from becoming one."""
    return code if len(code) <= _LONGEST_CODE else f"{code[:_LONGEST_CODE]}…"


def _wrong(fr: str, en: str) -> typer.BadParameter:
    return typer.BadParameter(f"{fr} / {en}.", param_hint="CODES")
