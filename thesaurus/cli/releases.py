"""``load``, ``releases``, ``activate``, ``rollback`` and ``state``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

import loaders
from loaders import Limits, Options
from loaders.archive import measure
from thesaurus import lookup, releases
from thesaurus.cli.output import Json, actor, err, out, print_json, register
from thesaurus.cli.report import print_report
from thesaurus.settings import Settings
from thesaurus.store import Record, State

Reason = Annotated[str | None, typer.Option(help="Motif, gardé dans l'historique / reason.")]


def install(app: typer.Typer) -> None:
    app.command()(load)
    app.command("releases")(list_releases)
    app.command()(activate)
    app.command()(rollback)
    app.command()(state)


def load(
    paths: Annotated[list[Path], typer.Argument(help="Packs zip, dossiers, fichiers / zips ...")],
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
        typer.Option(min=0, max=1, help="Part de codes inconnus tolérée / accepted share."),
    ] = Options().max_unknown,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Charger une version d'Orphanet. Load a release from packs, folders or files of one year."""
    options = Options(release=release, force=force, max_unknown=max_unknown)
    limits = Limits(file=Settings().max_file_size)
    with register() as known:
        with _progress(paths, quiet=as_json) as progress:
            loaded = releases.load(
                known, paths, actor=actor(), options=options, limits=limits, progress=progress
            )
        if not as_json:
            print_report(loaded)
        record = loaded.record
        if activate and record.state is not State.ACTIVE:
            record = releases.activate(known, record.id, actor=actor(), reason=reason, force=force)
    if as_json:
        answer = {"already_loaded": loaded.already, "state": record.state, "release": record.id}
        print_json({**answer, "digest": record.release.digest, **loaded.report.as_json()})
    else:
        out.print(f"Version / release {record.id}: {record.state}")


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
        print_json(lookup.releases(records))
        return
    if not records:
        out.print("Aucune version chargée / no release loaded: thesaurus load PATH --activate")
        return
    table = Table(
        "version", "état / state", "date", "langues", "entités", "chargée / loaded", "par"
    )
    for record in reversed(records):
        table.add_row(*_row(record))
    out.print(table)


def _row(record: Record) -> tuple[str, ...]:
    release, first = record.release, record.history[0]
    return (
        release.id,
        record.state,
        release.date.isoformat(),
        " ".join(release.languages),
        str(release.counts.get("entities", "?")),
        f"{first.at:%Y-%m-%d %H:%M}",
        first.actor,
    )


def activate(
    release: Annotated[str, typer.Argument(help="Identifiant, par exemple 2023 / release id.")],
    reason: Reason = None,
    force: Annotated[
        bool, typer.Option("--force", help="Malgré des contrôles échoués / despite failed checks.")
    ] = False,
) -> None:
    """Activer une version. Make a release the active one; running services follow."""
    with register() as known:
        record = releases.activate(known, release, actor=actor(), reason=reason, force=force)
    out.print(f"Version active / active release: {record.id}")


def rollback(reason: Reason = None) -> None:
    """Revenir à la version précédente. Make the previously active release active again."""
    with register() as known:
        record = releases.roll_back(known, actor=actor(), reason=reason)
    out.print(f"Version active / active release: {record.id}")


def state(
    release: Annotated[str, typer.Argument(help="Identifiant / release id.")],
    to: Annotated[State, typer.Argument(help="checked, test, archived, superseded.")],
    reason: Reason = None,
) -> None:
    """Changer l'état d'une version (test, archive). Move a release to another state."""
    with register() as known:
        record = known.move(release, to, actor=actor(), reason=reason)
    out.print(f"{record.id}: {record.state}")
