"""``export``: the alignments of a dataset as SSSOM."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Annotated

import typer

from ontologies.errors import Message, NoDataset
from thesaurus import lookup
from thesaurus.cli.output import opened, out, refuse_unwritable


def install(app: typer.Typer) -> None:
    app.command()(export)


def export(
    dataset: Annotated[
        str, typer.Argument(help="Table active / active dataset: orphanet-icd10, ordo-xrefs ...")
    ],
    output: Annotated[
        Path | None, typer.Option(help="Écrire ici / write here; sinon sur la sortie standard.")
    ] = None,
) -> None:
    """Écrire des alignements en SSSOM. Write the alignments of a dataset as SSSOM."""
    from loaders.sssom_out import SetOfMappings, write  # sssom-pydantic, for this command alone

    if output:
        refuse_unwritable(output)
    with opened(None) as (data, _):
        found = next((each for each in data.related.datasets if each.key == dataset), None)
        if found is None or not found.alignments:
            raise NoDataset(Message(f"les alignements « {dataset} »", f"alignments '{dataset}'"))
        text = io.StringIO()
        write(
            found.alignments,
            text,
            systems=data.related.systems,
            dataset=SetOfMappings.of(found),
            label=lambda coding: lookup.coding_item(data, coding, "en").label,
        )
    if output:
        output.write_text(text.getvalue(), encoding="utf-8")
        out.print(f"{len(found.alignments)} alignements / alignments: {output}")
    else:
        typer.echo(text.getvalue(), nl=False)
