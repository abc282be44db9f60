"""``search``: the coders' search in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from search.fulltext import FRENCH_NAMES, InvalidQuery, Sort
from thesaurus import lookup
from thesaurus.cli import words
from thesaurus.cli.output import (
    AsOf,
    Json,
    Lang,
    ReleaseOption,
    err,
    opened,
    out,
    print_json,
    readable,
)
from thesaurus.search_answers import FacetItem, FoundItem, SearchAnswer
from thesaurus.searchable import searchable_of
from thesaurus.settings import Settings

_MOST_FACETS = 5
_IN_FRENCH = {"level": words.level, "type": words.entity_type, "status": words.status}


def install(app: typer.Typer) -> None:
    app.command()(search)


def search(  # noqa: PLR0913, PLR0917  (its options)
    text: Annotated[
        list[str],
        typer.Argument(
            help="Une requête, entre apostrophes si elle a des guillemets ou des parenthèses / a "
            "query, in single quotes where it has quotation marks or brackets: "
            "'marfan type:sous-type'."
        ),
    ],
    page: Annotated[int, typer.Option(min=1, max=10_000, help="Page.")] = 1,
    page_size: Annotated[
        int, typer.Option(min=1, max=100, help="Réponses par page / answers a page.")
    ] = 20,
    sort: Annotated[
        Sort, typer.Option(help="Ordre / order: relevance, label, code, level.")
    ] = Sort.RELEVANCE,
    perimeter: Annotated[
        str | None, typer.Option(help="Dans ce périmètre / only in this perimeter.")
    ] = None,
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Chercher avec le langage des codeurs. Search with the coders' query language."""
    with opened(release, as_of) as (data, runtime), _wrong_usage():
        codes = runtime.perimeter(perimeter) if perimeter else None
        index = searchable_of(Settings()).made(data, _note)
        answer = lookup.search(
            data,
            index,
            readable(" ".join(text)),
            page=page,
            page_size=page_size,
            sort=sort,
            lang=lang,
            perimeter=codes,
        )
    if answer.total and not answer.items:
        err.print(
            f"Pas de page {page} : la dernière est la page {answer.pages}.\n"
            f"There is no page {page}: the last one is page {answer.pages}."
        )
    if as_json:
        print_json(answer)
    else:
        _show(answer)
    if not answer.total:
        raise typer.Exit(1)


@contextmanager
def _wrong_usage() -> Iterator[None]:
    """A query that is not of the language was typed wrongly; it is no job that failed."""
    try:
        yield
    except InvalidQuery as error:
        raise typer.BadParameter(str(error), param_hint="TEXT") from None


def _note() -> None:
    err.print(
        "Construction de l'index de recherche, une fois par version (une dizaine de secondes).\n"
        "Building the search index, once for each release (some ten seconds)."
    )


def _show(answer: SearchAnswer) -> None:
    for item in answer.items:
        out.print(_line(item))
    if answer.did_you_mean:
        out.print(f"Essayer / did you mean: {answer.did_you_mean}")
    if not answer.total:
        out.print("Aucun résultat / no result")
        return
    if not answer.items:  # after the last page; that is said on standard error
        return
    out.print(
        f"{answer.total} résultat(s) / results, page {answer.page}/{answer.pages} "
        f"(version {answer.release})"
    )
    for field, found in answer.facets:
        if found:
            shown = ", ".join(f"{_named(field, each)} ({each.count})" for each in _first(found))
            out.print(f"  {FRENCH_NAMES[field]} : {shown}")


def _line(item: FoundItem) -> str:
    replaced = f"  → ORPHA:{item.replaced_by}" if item.replaced_by else ""
    status = "" if item.status == "active" else f" [{words.status(item.status)}]"
    first = item.highlights[0].text if item.highlights else item.label
    found = "" if first == item.label else f"  ({first})"
    level = words.level(item.level)
    return f"{item.curie:<14}{item.label}{found}  {level}{status}{replaced}"


def _named(field: str, item: FacetItem) -> str:
    """Say a value in French, in words that a query takes: ``niveau:pathologie``."""
    if field == "classification":
        return f"{item.value} {item.label}"
    return _IN_FRENCH[field](item.value)


def _first(found: list[FacetItem]) -> list[FacetItem]:
    return found[:_MOST_FACETS]
