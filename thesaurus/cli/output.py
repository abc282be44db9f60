"""How commands speak: answers on standard output, everything else on standard error.

Exit codes: 0 fine, 1 findings or a job that failed, 2 wrong usage.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from rich.console import Console
from typer.core import TyperGroup

from ontologies.errors import ThesaurusError
from thesaurus.app import configure_logs
from thesaurus.runtime import Open, Runtime
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

Json = Annotated[bool, typer.Option("--json", help="Réponse en JSON / answer as JSON.")]
Lang = Annotated[str, typer.Option(help="Langue des libellés / language of the labels.")]
ReleaseOption = Annotated[
    str | None, typer.Option("--release", help="Version, au lieu de l'active / release id.")
]


class Commands(TyperGroup):
    """Turns the errors that we raise on purpose into a message and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ThesaurusError as error:
            err.print(str(error), style="red")
            raise SystemExit(1) from None
        except BrokenPipeError:  # "thesaurus ... | head"
            sys.stderr.close()
            raise SystemExit(1) from None


def actor() -> str:
    """Who is at the keyboard, for the history of releases."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without an account for its user id
        return f"uid {os.getuid()}"


@contextmanager
def register() -> Iterator[Register]:
    """Open the register, its tables brought up to date."""
    settings = Settings()
    configure_logs("error")
    database = Database(settings.url)
    try:
        database.upgrade()
        yield Register(database)
    finally:
        database.dispose()


@contextmanager
def opened(release: str | None) -> Iterator[tuple[Open, Runtime]]:
    """Open a release, the active one by default."""
    with register() as known:
        runtime = Runtime(known)
        runtime.refresh()
        yield runtime.at(release), runtime


def print_json(value: BaseModel | dict[str, Any]) -> None:
    data = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
