"""``overlap``: how long a release that was left is still taken, and the options that say so."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from ontologies.release import ORPHANET
from thesaurus import releases
from thesaurus.cli.output import Json, actor, out, print_json, register
from thesaurus.settings import Settings

Reason = Annotated[
    str | None, typer.Option(help="Motif, gardé dans l'historique / reason, kept in the history.")
]
OverlapDays = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=3660,
        help="Jours pendant lesquels la version quittée reste admise / days for which the release "
        "that is left is still taken.",
    ),
]
OverlapUntil = Annotated[
    dt.datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="AAAA-MM-JJ",
        help="Ou le dernier de ces jours / or the last of these days (YYYY-MM-DD).",
    ),
]


def install(app: typer.Typer) -> None:
    app.command()(overlap)


def overlap(
    release: Annotated[str, typer.Argument(help="Version remplacée / superseded release.")],
    until: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="AAAA-MM-JJ",
            help="Dernier jour où elle est admise / last day on which it is taken (YYYY-MM-DD).",
        ),
    ] = None,
    none: Annotated[
        bool,
        typer.Option(
            "--none",
            help="Aucun jour fixé : les profils du contrôle décident / no day of its own: the "
            "profiles of the check say how long.",
        ),
    ] = False,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Changer la fenêtre d'une version remplacée. Change how long a superseded release is taken."""
    if (until is not None) == none:
        raise typer.BadParameter("--until AAAA-MM-JJ ou / or --none.")
    day = until.date() if until else None
    with register() as known:
        record = releases.accept_until(known, release, day, actor=actor(), reason=reason)
    if as_json:
        said = record.accepted_until.isoformat() if record.accepted_until else None
        print_json({"release": record.id, "accepted_until": said})
    else:
        said = str(day) if day else "selon les profils / as the profiles say"
        out.print(f"{record.id} : admise jusqu'au / taken until: {said}")


def window(days: int | None, until: dt.datetime | None) -> dt.date | None:
    """Read the options: the last day on which the release that is left is still taken."""
    if days is not None and until is not None:
        raise typer.BadParameter("--overlap-days ou --overlap-until, pas les deux / not both.")
    if days is not None:
        return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days)
    return until.date() if until else None


def usual_window(system: str) -> dt.date | None:
    """The window that this deployment gives where an activation names none."""
    return window(Settings().overlap_days, None) if system == ORPHANET else None
