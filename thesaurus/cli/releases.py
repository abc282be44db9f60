"""``releases``, ``activate``, ``rollback``, ``state`` and ``remove``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ontologies.release import ORPHANET
from thesaurus import registry, releases
from thesaurus.cli import words
from thesaurus.cli.history import print_columns
from thesaurus.cli.output import Json, actor, out, print_json, register
from thesaurus.cli.overlap import OverlapDays, OverlapUntil, Reason, usual_window, window
from thesaurus.patches import patch_of
from thesaurus.settings import Settings
from thesaurus.store import Record, Register, State

System = Annotated[
    str, typer.Option(help="Terminologie ou table / terminology or table: hpo, orphanet-genes ...")
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
    app.command("releases")(list_releases)
    app.command()(activate)
    app.command()(rollback)
    app.command()(state)
    app.command()(remove)


def list_releases(
    system: Annotated[
        str | None,
        typer.Option(help="Une terminologie ou table seulement / one terminology or table only."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Montrer le registre. Show the register of releases."""
    with register() as known:
        everything = known.everything()
    records = [each for each in everything if system in (None, each.release.system)]
    if as_json:
        print_json(registry.releases(records))
        return
    if not records:
        out.print(
            "Aucune version chargée : thesaurus load CHEMIN --activate\n"
            "No release loaded: thesaurus load PATH --activate"
        )
        return
    latest_first = records[::-1]
    rows = [_row(record, records) for record in sorted(latest_first, key=_by_system)]
    print_columns(_HEADINGS, rows)


_HEADINGS = (
    *("système", "version", "état", "données", "langues", "contenu", "chargée", "activée"),
    *("admise jusqu'au", "corrige"),
)


def _by_system(record: Record) -> tuple[bool, str]:
    """The nomenclature first; of each system the latest data first, as they come."""
    return record.release.system != ORPHANET, record.release.system


def _row(record: Record, known: list[Record]) -> tuple[str, ...]:
    release = record.release
    return (
        release.system,
        release.id,
        record.state,
        release.date.isoformat(),
        " ".join(release.languages),
        words.size(release.counts),
        f"{record.history[0].at:%Y-%m-%d}",
        str(record.activated_on or "-"),
        str(record.accepted_until or ""),
        patch_of(record, known) or "",
    )


def activate(
    release: Annotated[
        str, typer.Argument(help="Identifiant, par exemple 2023 / release id, e.g. 2023.")
    ],
    system: System = ORPHANET,
    reason: Reason = None,
    force: Annotated[
        bool, typer.Option("--force", help="Malgré des contrôles échoués / despite failed checks.")
    ] = False,
    overlap_days: OverlapDays = None,
    overlap_until: OverlapUntil = None,
    as_json: Json = False,
) -> None:
    """Activer une version. Make a release the active one; running services follow."""
    until = window(overlap_days, overlap_until) or usual_window(system)
    with register() as every:
        known = every.of(system)
        left = known.active()
        record = releases.activate(
            known,
            release,
            actor=actor(),
            reason=reason,
            force=force,
            accepted_until=until,
            signed=Settings().signed_transcoding,
        )
        _answer_active(known, record, left, as_json=as_json)


def rollback(
    system: System = ORPHANET,
    reason: Reason = None,
    overlap_days: OverlapDays = None,
    overlap_until: OverlapUntil = None,
    as_json: Json = False,
) -> None:
    """Revenir à la version précédente. Make the previously active release active again; the one
    that is left is not taken for a time unless an option says so.
    """
    until = window(overlap_days, overlap_until)
    with register() as every:
        known = every.of(system)
        left = known.active()
        record = releases.roll_back(known, actor=actor(), reason=reason, accepted_until=until)
        _answer_active(known, record, left, as_json=as_json)


def _answer_active(known: Register, record: Record, left: Record | None, *, as_json: bool) -> None:
    before = known.record(left.id) if left else None
    if not as_json:
        say_active(record, before)
        return
    answer = {
        "system": record.release.system,
        "release": record.id,
        "state": record.state,
        "left": before.id if before else None,
    }
    if before and before.accepted_until:
        answer["left_accepted_until"] = before.accepted_until.isoformat()
    print_json(answer)


def say_active(record: Record, left: Record | None) -> None:
    before = ""
    if left:
        taken = f" ; admise jusqu'au / taken until {left.accepted_until}"
        before = f" (quittée / left: {left.id}{taken if left.accepted_until else ''})"
    out.print(f"Version active / active release: {_named(record)}{before}")


def _named(record: Record) -> str:
    system = record.release.system
    return record.id if system == ORPHANET else f"{system} {record.id}"


def state(
    release: Annotated[str, typer.Argument(help="Identifiant / release id.")],
    to: Annotated[Step, typer.Argument(help="Nouvel état / new state: test, checked, archived.")],
    system: System = ORPHANET,
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Changer l'état d'une version (test, archive). Move a release to another state."""
    with register() as every:
        record = every.of(system).move(release, State(to.value), actor=actor(), reason=reason)
    if as_json:
        print_json({"system": system, "release": record.id, "state": record.state})
    else:
        out.print(f"{_named(record)}: {record.state}")


def remove(
    system: Annotated[
        str, typer.Argument(help="Terminologie ou table / terminology or table: hpo, mondo ...")
    ],
    reason: Reason = None,
    as_json: Json = False,
) -> None:
    """Retirer une terminologie voisine. Take a dataset beside the nomenclature out of service: all
    its releases are archived; the others stay, and activate brings one back.
    """
    with register() as every:
        records = releases.remove(every.of(system), actor=actor(), reason=reason)
    if as_json:
        print_json({"system": system, "archived": [record.id for record in records]})
    else:
        named = ", ".join(record.id for record in records)
        out.print(f"{system} retiré / removed: {named}")
