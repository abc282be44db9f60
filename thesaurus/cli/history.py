"""``history``: who did what with which release, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from ontologies.errors import UnknownRelease, UnknownSystem
from ontologies.release import ORPHANET
from thesaurus.cli.output import Json, out, print_json, register
from thesaurus.history import HistoryItem, history
from thesaurus.store import Record


def install(app: typer.Typer) -> None:
    app.command("history")(show_history)


def show_history(
    release: Annotated[
        str | None, typer.Argument(help="Une version seulement / one release only.")
    ] = None,
    system: Annotated[
        str,
        typer.Option(
            help="Terminologie ou table, all pour toutes / terminology or table, all for all."
        ),
    ] = ORPHANET,
    since: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="AAAA-MM-JJ", help="À partir de ce jour / from this day."
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option(min=1, help="Nombre d'étapes au plus / steps at most.")
    ] = 50,
    as_json: Json = False,
) -> None:
    """Montrer qui a fait quoi, quand et pourquoi. Show who did what, when and why."""
    with register() as known:
        everything = known.everything()
    records = [each for each in everything if system in ("all", each.release.system)]
    _refuse_unknown(everything, records, system, release)
    own = [each for each in everything if each.release.system == ORPHANET]
    first_day = since.date() if since else None
    found = history(records, own, release=release, since=first_day, limit=limit)
    if as_json:
        print_json(found)
        return
    print_columns(_HEADINGS, [_row(step) for step in found.items])
    if found.total > len(found.items):
        out.print(f"{found.total - len(found.items)} étapes de plus / more steps: --limit")


def _refuse_unknown(
    everything: Sequence[Record], records: Sequence[Record], system: str, release: str | None
) -> None:
    if not records and system not in ("all", ORPHANET):
        raise UnknownSystem(system, sorted({each.release.system for each in everything}))
    names = [each.id for each in records]
    if release is not None and release not in names:
        raise UnknownRelease(release, names)


_HEADINGS = ("date (UTC)", "système", "version", "étape", "par", "motif")


def _row(step: HistoryItem) -> tuple[str, ...]:
    if step.from_state == step.to_state:
        moved = "fenêtre / window"
    else:
        moved = f"{step.from_state} → {step.to_state}" if step.from_state else step.to_state
    system = "" if step.system == ORPHANET else step.system
    moment = f"{step.at.astimezone(dt.UTC):%Y-%m-%d %H:%M}"
    return moment, system, step.release, moved, step.actor, step.reason or ""


def print_columns(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns as wide as what stands in them; empty columns are left out.

    A line break in a cell does not break the row.
    """
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    columns = [
        (heading, *column)
        for heading, *column in zip(headings, *cells, strict=True)
        if any(column) or not column
    ]
    widths = [max(map(len, column)) for column in columns]
    for row in zip(*columns, strict=True):
        line = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        out.print("  ".join(line).rstrip())
