"""What ``check`` is given: codes as arguments, files, standard input; and lists read as codes."""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import typer

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode
from thesaurus.cli.output import readable
from thesaurus.tables.scratch import scratch_file

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


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, opened and seekable; ``path`` is None for standard input."""

    name: str
    file: BinaryIO
    path: Path | None = None


def given(arguments: Sequence[str], opened: ExitStack) -> list[Given | Source]:
    """Tell codes from files among arguments, each a code, a file, or - for standard input.

    Args:
        opened: closes the files.

    Raises:
        typer.BadParameter: a file that is not there.
    """
    return [item for argument in arguments for item in _of(argument, opened)]


def _of(argument: str, opened: ExitStack) -> Iterator[Given | Source]:
    if argument == "-":
        file = opened.enter_context(scratch_file())
        shutil.copyfileobj(sys.stdin.buffer, file)
        yield Source("-", file)
        return
    path = Path(argument)
    try:
        there, folder = path.exists(), path.is_dir()
    except (OSError, ValueError):  # too long for a name, on Python before 3.14
        there = folder = False
    shown = readable(argument)
    if there and not folder:
        file = opened.enter_context(_seekable(path, opened))
        yield Source(readable(path.name), file, path)
    elif _is_code(shown):
        yield Given(shown.strip())
    elif folder:
        raise wrong(f"{shown} est un dossier", f"{shown} is a folder")
    elif _looks_like_a_path(argument):
        raise wrong(f"le fichier {shown} n'existe pas", f"there is no file {shown}")
    elif shown.strip():
        yield Given(_bounded(shown.strip()))


def _seekable(path: Path, opened: ExitStack) -> BinaryIO:
    """Open a file; of a pipe (``<(...)``) a copy."""
    file = opened.enter_context(path.open("rb"))
    if file.seekable():
        return file
    copy = scratch_file()
    shutil.copyfileobj(file, copy)
    return copy


def codes_of(source: Source) -> Iterator[Given]:
    """Yield the codes of a plain list, one a line.

    Raises:
        typer.BadParameter: it is not text, or too long.
    """
    for number, line in enumerate(_LINE_END.split(_text(source)), 1):
        if code := line.strip():
            yield Given(_bounded(code), source.name, number)


def _text(source: Source) -> str:
    name = source.name
    source.file.seek(0)
    data = source.file.read(_LONGEST_FILE + 1)
    if len(data) > _LONGEST_FILE:
        raise wrong(
            f"{name} dépasse {_LONGEST_FILE} octets", f"{name} exceeds {_LONGEST_FILE} bytes"
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise wrong(
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


def wrong(fr: str, en: str) -> typer.BadParameter:
    return typer.BadParameter(f"{fr} / {en}.", param_hint="CODES")
