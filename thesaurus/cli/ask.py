"""``suggest``: finding codes in a terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from search import Filters
from thesaurus import lookup
from thesaurus.answers import HitItem
from thesaurus.cli import words
from thesaurus.cli.output import (
    AsOf,
    Json,
    Lang,
    ReleaseOption,
    opened,
    out,
    print_json,
    readable,
)
from thesaurus.lookup import LevelKey


def install(app: typer.Typer) -> None:
    app.command()(suggest)


def suggest(  # noqa: PLR0913, PLR0917  (its options)
    text: Annotated[list[str], typer.Argument(help="Quelques lettres / a few letters.")],
    lang: Lang = "fr",
    limit: Annotated[
        int, typer.Option(min=1, max=100, help="Réponses au plus / most answers.")
    ] = 10,
    include_inactive: Annotated[
        bool,
        typer.Option(
            "--include-inactive",
            help="Avec les entités inactives / with entities that are not for new coding.",
        ),
    ] = False,
    level: Annotated[
        LevelKey | None, typer.Option(help="Niveau seulement / only this level.")
    ] = None,
    within: Annotated[
        str | None, typer.Option(help="Sous ce code seulement / only below this code.")
    ] = None,
    perimeter: Annotated[
        str | None, typer.Option(help="Dans ce périmètre / only in this perimeter.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Détailler le score / show the parts of the score.")
    ] = False,
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Trouver un diagnostic. Find a diagnosis from a few letters."""
    with opened(release, as_of) as (data, runtime):
        filters = Filters(
            levels=frozenset([level] if level else []),
            within=lookup.find(data, within).code if within else None,
            perimeter=runtime.perimeter(perimeter) if perimeter else None,
            include_inactive=include_inactive,
        )
        query = readable(" ".join(text))
        answer = lookup.suggestions(
            data, query, lang=lang, limit=limit, filters=filters, explain=explain
        )
    if as_json:
        print_json(answer)
        return
    for hit in answer.hits:
        replaced = f"  → ORPHA:{hit.replaced_by}" if hit.replaced_by else ""
        status = "" if hit.status == "active" else f" [{words.status(hit.status)}]"
        level_name = words.level(hit.level)
        out.print(f"{hit.curie:<14}{hit.label}{_reason(hit)}  {level_name}{status}{replaced}")
        if hit.explanation:
            out.print("    " + ", ".join(f"{k} {v}" for k, v in hit.explanation.items()))
    if not answer.hits:
        out.print("Aucun résultat / no result")
        raise typer.Exit(1)


def _reason(hit: HitItem) -> str:
    """Say why a concept is there, where its label does not."""
    match = hit.match
    if match.text in (hit.label, hit.curie):
        return ""
    found = [match.text]
    if match.kind == "code" and match.relation:
        found.append(words.code_relation(match.relation))
    elif match.kind == "former":
        found.append(f"nom de la version {match.source}")
    elif match.source:
        found.append(match.source)
    if match.bearer:
        found.append(f"ORPHA:{match.bearer}")
    return f"  ({', '.join(found)})"
