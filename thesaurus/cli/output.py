"""How commands speak: answers on standard output, everything else on standard error.

Exit codes: 0 fine, 1 findings or a job that failed, 2 wrong usage.
"""

from __future__ import annotations

import datetime as dt
import getpass
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from os import W_OK, access
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import BaseModel, ValidationError
from rich.console import Console
from typer.core import TyperGroup

from ontologies.errors import ThesaurusError
from thesaurus.app import configure_logs
from thesaurus.runtime import Open, Runtime
from thesaurus.settings import Settings
from thesaurus.store import Database, Register
from thesaurus.systems import code_systems

_INTERRUPTED = "Interrompu ; rien n'est écrit à moitié.\nInterrupted; nothing is left half written."
out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

Json = Annotated[bool, typer.Option("--json", help="Réponse en JSON / answer as JSON.")]
Lang = Annotated[str, typer.Option(help="Langue des libellés / language of the labels.")]
ReleaseOption = Annotated[
    str | None,
    typer.Option(
        "--release", help="Version, au lieu de l'active / release, instead of the active one."
    ),
]
AsOf = Annotated[
    dt.datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        metavar="AAAA-MM-JJ",
        help="Version en vigueur à cette date / release of that date (YYYY-MM-DD).",
    ),
]


class Commands(TyperGroup):
    """Words the errors that are ours: exit code 1, or 2 for a wrong setting. No traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")  # a console must not fail on a letter
        return super().main(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        try:
            return self._invoke(ctx)
        except KeyboardInterrupt:
            _stop(_INTERRUPTED, code=130)

    def _invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ThesaurusError as error:
            _stop(str(error))
        except ValidationError as error:
            if error.title != Settings.__name__:
                raise
            _stop(_wrong_settings(error), code=2)
        except UnicodeEncodeError as error:  # a file name with bytes that are no letters
            if error.reason != "surrogates not allowed":
                raise
            _stop(
                "Un nom de fichier ou de dossier n'est pas écrit en UTF-8 ; le renommer.\n"
                "The name of a file or folder is not UTF-8; rename it."
            )
        except RuntimeError as error:  # of Path.home(), for a user without one
            if "home directory" not in str(error):
                raise
            _stop(
                "Aucun dossier personnel pour les données ; régler THESAURUS_HOME.\n"
                "No home folder for the data; set THESAURUS_HOME.",
                code=2,
            )
        except BrokenPipeError:  # "thesaurus ... | head"
            sys.stderr.close()
            raise SystemExit(1) from None
        except OSError as error:
            _stop(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _stop(message: str, code: int = 1) -> NoReturn:
    err.print(message, style="red")
    raise SystemExit(code) from None


def _wrong_settings(error: ValidationError) -> str:
    """Name the environment variables at fault."""
    lines = []
    for each in error.errors(include_url=False):
        name = "THESAURUS_" + "_".join(map(str, each["loc"])).upper()
        shown = "***" if name.endswith("_TOKEN") else each["input"]
        lines.append(
            f"Réglage {name} : valeur « {shown} » refusée.\n"
            f"Setting {name}: value '{shown}' is refused: {each['msg']}."
        )
    return "\n".join(lines)


def readable(text: str) -> str:
    """Replace the bytes of an argument that are no letters in the terminal's encoding."""
    return text.encode("utf-8", errors="replace").decode()


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
    database = Database(settings.database)
    try:
        database.upgrade()
        yield Register(database)
    finally:
        database.dispose()


@contextmanager
def opened(release: str | None, as_of: dt.datetime | None = None) -> Iterator[tuple[Open, Runtime]]:
    """Open a release, the active one by default."""
    if release is not None and as_of is not None:
        raise typer.BadParameter("--release ou --as-of, pas les deux / not both.")
    with register() as known:
        runtime = Runtime(known, systems=code_systems(Settings().systems))
        runtime.refresh()
        yield runtime.at(release, as_of.date() if as_of else None), runtime


def print_json(value: BaseModel | dict[str, Any]) -> None:
    """Print JSON; where the console does not write UTF-8, other letters are escaped."""
    data = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    typer.echo(json.dumps(data, ensure_ascii=plain, indent=2))


def refuse_unwritable(output: Path) -> None:
    """Say before the work that its answer could not be written."""
    if output.is_dir():
        why = "est un dossier / is a folder"
    elif not output.parent.is_dir():
        why = "son dossier n'existe pas / its folder does not exist"
    elif not access(output if output.exists() else output.parent, W_OK):
        why = "écriture interdite / no right to write"
    else:
        return
    raise typer.BadParameter(f"{output} : {why}.", param_hint="--output")
