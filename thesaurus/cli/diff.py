"""``diff``: what changed from one release to another."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from ontologies.concept import Level
from ontologies.differences import Kind
from thesaurus.cli.output import (
    Json,
    Lang,
    out,
    print_json,
    readable,
    refuse_unwritable,
    register,
)
from thesaurus.comparison import (
    Comparisons,
    Filters,
    Kept,
    Sealed,
    answer_of,
    keep,
    text_lines,
    write_csv,
    write_xlsx,
)
from thesaurus.local import Local

_WRITERS = {".csv": write_csv, ".xlsx": write_xlsx}
_SHOWN = 20


class _Level(Enum):
    """The levels by their keys: of an option that is repeated typer wants an enumeration."""

    GROUP = "group"
    DISORDER = "disorder"
    SUBTYPE = "subtype"


def install(app: typer.Typer) -> None:
    app.command()(diff)


def diff(  # noqa: PLR0913, PLR0917  (its options)
    a: Annotated[
        str, typer.Argument(metavar="A", help="Version de départ / release to start from: 2022.")
    ],
    b: Annotated[
        str, typer.Argument(metavar="B", help="Version d'arrivée / release to go to: 2023.")
    ],
    kind: Annotated[
        list[Kind] | None,
        typer.Option(help="Natures de changement seulement / only these kinds of change."),
    ] = None,
    level: Annotated[
        list[_Level] | None, typer.Option(help="Niveaux seulement / only these levels.")
    ] = None,
    classification: Annotated[
        str | None, typer.Option(help="Une classification / one classification: 146 ...")
    ] = None,
    perimeter: Annotated[
        str | None, typer.Option(help="Codes de ce périmètre / only codes of this perimeter.")
    ] = None,
    lang: Lang = "fr",
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            help=f"Codes au plus ; sans elle {_SHOWN} par nature, tous en JSON / most codes; else "
            f"{_SHOWN} of each kind, all as JSON.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(help="Écrire tout dans ce fichier / write everything here: .xlsx, .csv."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Comparer deux versions de la nomenclature. Tell what changed from one release to another."""
    if output:
        _refuse_unfit(output, as_json)
    with register() as known:
        within = None
        if perimeter is not None:
            local = Local(known.database)
            local.follow()
            within = local.perimeter(readable(perimeter))
        filters = Filters(
            kinds=frozenset(kind or ()),
            levels=frozenset(Level.of_key(each.value) for each in level or ()),
            classification=readable(classification) if classification else None,
            perimeter=within,
        )
        comparisons = Comparisons(Sealed(known))
        pairing = comparisons.pairing(readable(a), readable(b))
        kept = keep(comparisons.of(pairing), filters)
    if output:
        _write(output, kept, lang)
    elif as_json:
        print_json(answer_of(kept, lang=lang, limit=limit))
    else:
        for line in text_lines(kept, lang=lang, limit=limit or _SHOWN):
            out.print(line)


def _refuse_unfit(output: Path, as_json: bool) -> None:
    if as_json:
        raise typer.BadParameter("--output ou --json, pas les deux / not both.")
    if output.suffix.lower() not in _WRITERS:
        expected = ", ".join(sorted(_WRITERS))
        raise typer.BadParameter(f"{output} : {expected}.", param_hint="--output")
    refuse_unwritable(output)


def _write(output: Path, kept: Kept, lang: str) -> None:
    with output.open("wb") as file:
        _WRITERS[output.suffix.lower()](file, kept, lang=lang)
    out.print(f"{len(kept.kinds)} codes changés / changed codes: {output}")
