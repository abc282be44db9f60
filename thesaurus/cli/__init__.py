"""The commands: ``thesaurus --help``."""

import typer

from thesaurus.cli import (
    ask,
    download,
    evaluate,
    export,
    load,
    perimeter,
    releases,
    search,
    serve,
    show,
    usage,
)
from thesaurus.cli.output import Commands

app = typer.Typer(
    name="thesaurus",
    cls=Commands,
    help="Thésaurus et codage des maladies rares (Orphanet). Rare-disease thesaurus and coding.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (
    serve,
    load,
    releases,
    ask,
    search,
    show,
    export,
    download,
    evaluate,
    usage,
    perimeter,
):
    room.install(app)
