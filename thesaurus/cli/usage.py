"""``usage``: how often each code was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from ontologies.codes import curie
from thesaurus import search_report
from thesaurus.cli.output import Json, Lang, out, print_json, register
from thesaurus.code_lists import read_counts
from thesaurus.store import Register, Usage
from thesaurus.usage_answers import LoadedCodesAnswer, UsageAnswer, UsageItem

_EXAMPLES = 10

CodeFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="Texte ou CSV en UTF-8 / text or CSV.")
]


def install(app: typer.Typer) -> None:
    group = typer.Typer(rich_markup_mode=None)
    group.callback(invoke_without_command=True)(usage)
    group.command("load")(load_usage)
    group.command("clear")(clear_usage)
    app.add_typer(group, name="usage")


def usage(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option(min=1, max=100_000, help="Codes au plus / most codes.")
    ] = 20,
    lang: Lang = "fr",
    as_json: Json = False,
) -> None:
    """Montrer les codes les plus choisis. Show the codes that were chosen most often."""
    if context.invoked_subcommand:
        return
    with register() as known:
        answer = _most_chosen(known, limit, lang)
    if as_json:
        print_json(answer)
        return
    for each in answer.items:
        out.print(f"{each.count:>9}  {curie(each.code):<14}{each.label or '?'}")
    out.print(f"codes : {answer.codes}, choix / choices: {answer.total}")


def _most_chosen(known: Register, limit: int, lang: str) -> UsageAnswer:
    found = Usage(known.database).counts()
    active = known.active() if found.counts else None
    concepts = known.snapshot(active.id).concepts if active else {}
    return UsageAnswer(
        release=active.id if active else None,
        codes=len(found.counts),
        total=sum(found.counts.values()),
        items=[
            UsageItem(
                code=code,
                label=concepts[code].preferred(lang).text if code in concepts else None,
                count=count,
            )
            for code, count in islice(found.counts.items(), limit)
        ],
    )


def load_usage(
    file: CodeFile,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="À la place des nombres gardés / instead of the counts that are kept."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Charger une table code,nombre. Load a table code,count; it is added to what is counted."""
    counts = read_counts(file)
    with register() as known:
        kept = Usage(known.database)
        if replace:
            kept.replace(counts)
        else:
            kept.add(counts)
        answer = loaded_codes(known, counts)
    say_loaded(answer, as_json)


def clear_usage(as_json: Json = False) -> None:
    """Oublier tous les nombres. Forget every count; the search log stays."""
    with register() as known:
        forgotten = Usage(known.database).clear()
    if as_json:
        print_json({"forgotten": forgotten})
    else:
        out.print(f"Codes oubliés / codes forgotten: {forgotten}")


def loaded_codes(known: Register, codes: Iterable[str]) -> LoadedCodesAnswer:
    """Compare loaded codes with the active release."""
    kept = frozenset(codes)
    active = known.active()
    unknown = search_report.unknown_codes(kept, known.flags(active.id)) if active else []
    return LoadedCodesAnswer(
        release=active.id if active else None, codes=len(kept), unknown=unknown
    )


def say_loaded(answer: LoadedCodesAnswer, as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    out.print(f"Codes chargés / codes loaded: {answer.codes}")
    if answer.release is None:
        out.print("Aucune version active : codes non comparés / no active release to compare with")
    elif answer.unknown:
        shown = ", ".join(answer.unknown[:_EXAMPLES])
        more = " ..." if len(answer.unknown) > _EXAMPLES else ""
        out.print(
            f"Inconnus de la version {answer.release}, gardés / unknown, kept: "
            f"{len(answer.unknown)} ({shown}{more})"
        )
