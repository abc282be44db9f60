"""``load``, ``releases``, ``activate``, ``rollback`` and ``state``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

import loaders
from loaders import Limits, Options
from loaders.archive import measure
from thesaurus import registry, releases
from thesaurus.cli.output import Json, actor, err, out, print_json, register
from thesaurus.cli.report import conclusion, print_report
from thesaurus.settings import Settings
from thesaurus.store import Record, Register, State

Reason = Annotated[
    str | None, typer.Option(help="Motif, gardé dans l'historique / reason, kept in the history.")
]


class Step(StrEnum):
    """The states that a person gives; active comes with ``activate`` and ``rollback``.

    Draft and superseded only bring an archived release back to where it was.
    """

    TEST = "test"
    CHECKED = "checked"
    ARCHIVED = "archived"
    SUPERSEDED = "superseded"
    DRAFT = "draft"


def install(app: typer.Typer) -> None:
    app.command()(load)
    app.command("releases")(list_releases)
    app.command()(activate)
    app.command()(rollback)
    app.command()(state)


def load(
    paths: Annotated[
        list[Path], typer.Argument(help="Zips, dossiers, fichiers / zips, folders, files.")
    ],
    activate: Annotated[
        bool, typer.Option("--activate", help="L'activer ensuite / activate it then.")
    ] = False,
    release: Annotated[
        str | None, typer.Option(help="Identifiant, au lieu de l'année / id instead of the year.")
    ] = None,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Accepter les nombres annoncés faux et, avec --activate, les contrôles échoués / "
            "accept wrong declared counts and, with --activate, failed checks.",
        ),
    ] = False,
    max_unknown: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Part tolérée de codes inconnus / accepted share of unknown codes."
        ),
    ] = Options().max_unknown,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Charger une version d'Orphanet. Load a release from packs, folders or files of one year."""
    options = Options(release=release, force=force, max_unknown=max_unknown)
    largest = Settings().max_file_size
    limits = Limits(file=largest, total=5 * largest)
    with register() as known:
        with _progress(paths, quiet=as_json) as progress:
            loaded = releases.load(
                known,
                paths,
                actor=actor(),
                options=options,
                limits=limits,
                progress=progress,
                reason=reason,
            )
        record, left = loaded.record, None
        wanted = activate and record.state is not State.ACTIVE
        if not as_json:
            print_report(loaded)
            for line in conclusion(
                loaded, activates=wanted and (force or not loaded.report.failed)
            ):
                out.print(line)
        if wanted:
            left = _active(known)
            record = releases.activate(known, record.id, actor=actor(), reason=reason, force=force)
    if as_json:
        answer = {"already_loaded": loaded.already, "state": record.state, "release": record.id}
        print_json({**answer, "digest": record.release.digest, **loaded.report.as_json()})
    elif wanted:
        _say_active(record, left)


@contextmanager
def _progress(paths: list[Path], *, quiet: bool) -> Iterator[loaders.Progress | None]:
    """Show a bar while files are read, where somebody watches."""
    if quiet or not err.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("Lecture / reading", total=measure(paths) or None)

        def advance(name: str, size: int) -> None:
            bar.update(task, advance=size, description=name.rpartition("/")[2][:60])

        yield advance


def list_releases(as_json: Json = False) -> None:
    """Montrer le registre. Show the register of releases."""
    with register() as known:
        records = known.records()
    if as_json:
        print_json(registry.releases(records))
        return
    if not records:
        out.print(
            "Aucune version chargée : thesaurus load CHEMIN --activate\n"
            "No release loaded: thesaurus load PATH --activate"
        )
        return
    table = Table(
        *("version", "état", "données", "langues", "entités", "chargée", "activée"),
        box=None,
        padding=(0, 2, 0, 0),
    )
    for record in reversed(records):
        table.add_row(*_row(record))
    out.print(table)


def _row(record: Record) -> tuple[str, ...]:
    release = record.release
    activated = [event.at for event in record.history if event.to_state is State.ACTIVE]
    return (
        release.id,
        record.state,
        release.date.isoformat(),
        " ".join(release.languages),
        str(release.counts.get("entities", "?")),
        f"{record.history[0].at:%Y-%m-%d}",
        f"{activated[-1]:%Y-%m-%d}" if activated else "-",
    )


def activate(
    release: Annotated[
        str, typer.Argument(help="Identifiant, par exemple 2023 / release id, e.g. 2023.")
    ],
    reason: Reason = None,
    force: Annotated[
        bool, typer.Option("--force", help="Malgré des contrôles échoués / despite failed checks.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Activer une version. Make a release the active one; running services follow."""
    with register() as known:
        left = _active(known)
        record = releases.activate(known, release, actor=actor(), reason=reason, force=force)
    _answer_active(record, left, as_json)


def rollback(reason: Reason = None, as_json: Json = False) -> None:
    """Revenir à la version précédente. Make the previously active release active again."""
    with register() as known:
        left = _active(known)
        record = releases.roll_back(known, actor=actor(), reason=reason)
    _answer_active(record, left, as_json)


def _active(known: Register) -> str | None:
    record = known.active()
    return record.id if record else None


def _answer_active(record: Record, left: str | None, as_json: bool) -> None:
    if as_json:
        print_json({"release": record.id, "state": record.state, "left": left})
    else:
        _say_active(record, left)


def _say_active(record: Record, left: str | None) -> None:
    before = f" (quittée / left: {left})" if left else ""
    out.print(f"Version active / active release: {record.id}{before}")


def state(
    release: Annotated[str, typer.Argument(help="Identifiant / release id.")],
    to: Annotated[Step, typer.Argument(help="Nouvel état / new state: test, checked, archived.")],
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Changer l'état d'une version (test, archive). Move a release to another state."""
    with register() as known:
        record = known.move(release, State(to.value), actor=actor(), reason=reason)
    if as_json:
        print_json({"release": record.id, "state": record.state})
    else:
        out.print(f"{record.id}: {record.state}")
