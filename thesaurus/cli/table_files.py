"""Tables that a command reads, and files that it writes whole."""

from __future__ import annotations

import gc
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import typer
from rich import progress

from ontologies.errors import InvalidRequest
from thesaurus.cli.codes import Source, given
from thesaurus.cli.output import err, readable
from thesaurus.tables import Known, Options, Table, Vocabulary, open_table
from thesaurus.tables.trouble import NoSuchColumn, NoSuchSheet, UnknownColumns

_OPTION = re.compile(r'\bcolumns=(\w+=\d(?:,\S+?="[^"]*")?)')
_ALLOCATIONS = 100_000


def one_file(file: str, files: ExitStack) -> Source:
    """Return the file that an argument names, - for standard input; a code is wrong usage."""
    try:
        found = given([file], files)
    except typer.BadParameter as error:
        error.param_hint = "FILE"
        raise
    if len(found) == 1 and isinstance(found[0], Source):
        return found[0]
    shown = readable(file)
    raise typer.BadParameter(f"il faut un fichier / not a file: {shown}", param_hint="FILE")


def opened_table(file: BinaryIO, vocabulary: Vocabulary, known: Known, options: Options) -> Table:
    """Open a table; what does not fit of the options is wrong usage."""
    try:
        return open_table(file, vocabulary, known, options)
    except (InvalidRequest, NoSuchColumn) as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None
    except NoSuchSheet as error:
        raise typer.BadParameter(str(error), param_hint="--sheet") from None
    except UnknownColumns as error:
        raise UnknownColumns(*map(with_option, error.message)) from None


def with_option(text: str) -> str:
    """Name the option of a command in the place of the parameter of the API.

    >>> with_option("columns=code=3")
    "--columns 'code=3'"
    """
    return _OPTION.sub(r"--columns '\1'", text)


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for circles of objects rarely: a row leaves none, and the search costs a tenth."""
    usual = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def bar(what: str) -> Iterator[Callable[[float], None] | None]:
    """Show how far the work is, where somebody watches."""
    if not err.is_terminal:
        yield None
        return
    columns = (
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TimeElapsedColumn(),
    )
    with progress.Progress(*columns, console=err, transient=True) as shown:
        task = shown.add_task(what, total=1.0)
        yield lambda done: shown.update(task, completed=done)


@contextmanager
def whole(output: Path) -> Iterator[BinaryIO]:
    """Write a file under another name, and give it its own once it is whole."""
    part = output.with_name(f".{output.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb+") as file:
            yield file
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
