"""``perimeter``: lists of codes that a search may be bounded to."""

from __future__ import annotations

from typing import Annotated

import typer

from thesaurus import search_report
from thesaurus.cli.output import Json, actor, out, print_json, register
from thesaurus.cli.usage import CodeFile, loaded_codes, say_loaded
from thesaurus.code_lists import perimeter_name, read_codes, readable_title
from thesaurus.store import Perimeter, Perimeters

Name = Annotated[
    str, typer.Argument(help="Minuscules, chiffres, tirets / small letters, digits, hyphens.")
]


def install(app: typer.Typer) -> None:
    group = typer.Typer(
        rich_markup_mode=None,
        no_args_is_help=True,
        help="Périmètres des filières. Lists of codes to search in: load, list, remove.",
    )
    group.command("load")(load_perimeter)
    group.command("list")(list_perimeters)
    group.command("remove")(remove_perimeter)
    app.add_typer(group, name="perimeter")


def load_perimeter(
    name: Name,
    file: CodeFile,
    title: Annotated[
        str | None, typer.Option(help="Titre à montrer / title to show; else the former one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Charger une liste de codes sous ce nom, à la place de l'ancienne. Load a list of codes under
    this name, in the place of the former one.
    """
    fit, shown = perimeter_name(name), readable_title(title)
    read = read_codes(file)
    with register() as known:
        Perimeters(known.database).replace(fit, read.codes, actor=actor(), title=shown)
        answer = loaded_codes(known, read.codes)
    if read.repeated and not as_json:
        out.print(f"Lignes en double / repeated lines: {read.repeated}")
    say_loaded(answer, as_json)


def list_perimeters(as_json: Json = False) -> None:
    """Montrer les périmètres. Show the perimeters."""
    with register() as known:
        _, found = Perimeters(known.database).everything()
        active = known.active()
        flags = known.flags(active.id) if active and found else {}
    items = [_facts(each, flags if active else each.codes) for each in found.values()]
    if as_json:
        print_json({"release": active.id if active else None, "items": items})
        return
    for each in items:
        unknown = f", inconnus / unknown: {each['unknown']}" if each["unknown"] else ""
        out.print(
            f"{each['name']}  {each['title'] or ''}  codes : {each['count']}{unknown}  "
            f"({each['at']:.10}, {each['actor']})"
        )
    if not items:
        out.print("Aucun périmètre / no perimeter")


def _facts(
    perimeter: Perimeter, known: dict[str, int] | frozenset[str]
) -> dict[str, str | int | None]:
    return {
        "name": perimeter.name,
        "title": perimeter.title,
        "count": len(perimeter.codes),
        "unknown": len(search_report.unknown_codes(perimeter.codes, known)),
        "at": perimeter.at.isoformat(),
        "actor": perimeter.actor,
    }


def remove_perimeter(name: Name, as_json: Json = False) -> None:
    """Retirer un périmètre. Forget a perimeter."""
    with register() as known:
        Perimeters(known.database).remove(name)
    if as_json:
        print_json({"removed": name})
    else:
        out.print(f"{name} retiré / removed")
