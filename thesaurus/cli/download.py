"""``download``: fetch Orphanet's public files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from loaders.catalogue import LANGUAGES, PRODUCTS, addresses
from loaders.download import Download, Limits, download
from thesaurus.app import configure_logs
from thesaurus.cli import words
from thesaurus.cli.output import Json, err, out, print_json
from thesaurus.settings import Settings


class Source(StrEnum):
    ORPHANET = "orphanet"


def install(app: typer.Typer) -> None:
    app.command("download")(fetch)


def fetch(
    source: Annotated[Source, typer.Argument(help="Source / source: orphanet.")],
    lang: Annotated[str, typer.Option(help=f"Langue / language: {' '.join(LANGUAGES)}.")] = "fr",
    product: Annotated[
        list[str] | None,
        typer.Option(help=f"Produit / product: {' '.join(each.key for each in PRODUCTS)}."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Dossier / folder.")] = None,
    max_size: Annotated[
        int, typer.Option(min=1, help="Octets au plus / most bytes.")
    ] = Limits().max_bytes,
    max_seconds: Annotated[
        float, typer.Option(min=1, help="Secondes au plus / most seconds.")
    ] = Limits().total,
    base: Annotated[str, typer.Option(hidden=True)] = "https://www.orphadata.com",
    as_json: Json = False,
) -> None:
    """Télécharger les fichiers d'Orphanet. Fetch the pack or Orphadata's files, if they changed."""
    known = {each.key for each in PRODUCTS}
    products = product or ["pack"]
    if lang not in LANGUAGES:
        raise typer.BadParameter(f"{lang}: {' '.join(LANGUAGES)}", param_hint="--lang")
    if unknown := set(products) - known:
        raise typer.BadParameter(
            f"{unknown.pop()}: {' '.join(sorted(known))}", param_hint="--product"
        )
    configure_logs("error")
    folder = output or Settings().home / "downloads" / source.value
    fetched = download(
        addresses(lang, products, base=base),
        folder,
        limits=Limits(max_bytes=max_size, total=max_seconds),
        progress=None if as_json or not err.is_terminal else _show,
    )
    if as_json:
        print_json({"files": [_as_json(each) for each in fetched]})
        return
    for each in fetched:
        out.print(f"{each.path}  {each.size} octets  {'reçu' if each.modified else 'inchangé'}")


def _show(name: str, received: int, expected: int | None) -> None:
    share = f" / {words.decimal(expected / 1e6)}" if expected else ""
    err.print(f"{name} : {words.decimal(received / 1e6)}{share} Mo", end="\r")


def _as_json(each: Download) -> dict[str, object]:
    return {
        "url": each.url,
        "path": str(each.path),
        "sha256": each.sha256,
        "size": each.size,
        "modified": each.modified,
    }
