"""``transcoding``: show, decide, sign and export the table from one release to a later one."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ontologies.transcoding import Decision, Kind
from thesaurus.cli.output import (
    Json,
    Lang,
    opened,
    out,
    print_json,
    readable,
    refuse_unwritable,
)
from thesaurus.cli.table_files import whole
from thesaurus.cli.transcoding_deciding import (
    Older,
    Younger,
    decide,
    history,
    import_decisions,
    opened_ways,
    reopen,
    sign,
)
from thesaurus.local import Local
from thesaurus.opening import Open
from thesaurus.settings import Settings
from thesaurus.store import Database
from thesaurus.systems import code_systems
from thesaurus.transcoding.answer import TranscodingAnswer
from thesaurus.transcoding.editions import signed_way
from thesaurus.transcoding.exporting import write_table
from thesaurus.transcoding.sssom import mappings_of
from thesaurus.transcoding.table import Selection, page
from thesaurus.transcoding.text import table_lines
from thesaurus.transcoding.ways import Way, Ways

_SHOWN = 20
_FORMS = {".csv": "csv", ".sssom.tsv": "sssom", ".xlsx": "xlsx"}


def install(app: typer.Typer) -> None:
    group = typer.Typer(
        rich_markup_mode=None,
        no_args_is_help=True,
        help="Tables de transcodage d'une version à une autre. Transcoding tables from one release "
        "to a later one: show, decide, import, sign, reopen, history.",
    )
    group.command("show")(show)
    group.command("decide")(decide)
    group.command("import")(import_decisions)
    group.command("sign")(sign)
    group.command("reopen")(reopen)
    group.command("history")(history)
    app.add_typer(group, name="transcoding")


def show(  # noqa: PLR0913, PLR0917  (its options)
    a: Older,
    b: Younger,
    kind: Annotated[
        list[Kind] | None, typer.Option(help="Natures seulement / only these kinds.")
    ] = None,
    decision: Annotated[
        list[Decision] | None, typer.Option(help="Décisions seulement / only these decisions.")
    ] = None,
    open_: Annotated[
        bool, typer.Option("--open", help="Ce qui attend une décision / what waits for one.")
    ] = False,
    changed: Annotated[
        bool | None,
        typer.Option(
            "--changed/--all",
            help="Sans les codes inactifs avant déjà, ou tout ; en JSON et dans un fichier tout / "
            "without codes that were inactive before, or all; as JSON and in a file all.",
        ),
    ] = None,
    perimeter: Annotated[
        str | None, typer.Option(help="Codes de ce périmètre / only codes of this perimeter.")
    ] = None,
    lang: Lang = "fr",
    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            help=f"Lignes au plus de chaque nature, en JSON de la table ; sans elle {_SHOWN}, "
            "toutes en JSON et dans un fichier / most rows of each kind, as JSON of the table; "
            f"else {_SHOWN}, all as JSON and in a file.",
        ),
    ] = None,
    proposals: Annotated[
        bool,
        typer.Option("--proposals", help="Avec des propositions / with proposals for open rows."),
    ] = False,
    edition: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1_000_000,
            help="Comme elle fut signée dans cette édition / as it was signed in this edition.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Écrire ici / write here: .csv, .sssom.tsv, .xlsx.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Montrer ou exporter une table. Show or export a table: what becomes of each code."""
    if output:
        _refuse_unfit(output, as_json, limit)
    whole_table = as_json or output is not None
    only_changed = not whole_table if changed is None else changed
    most = _SHOWN if limit is None else limit
    workbook = output is not None and _form(output) == ".xlsx"
    selection = Selection(
        frozenset(kind or ()),
        frozenset(decision or ()),
        open=True if open_ else None,
        changed=True if only_changed else None,
    )
    with ExitStack() as stack:
        workbook = output is not None and _form(output) == "xlsx"
        ways, database = stack.enter_context(opened_ways())
        target = stack.enter_context(opened(readable(b)))[0] if proposals or workbook else None
        way = _way(ways, readable(a), readable(b), edition)
        selection = replace(selection, within=_perimeter(database, perimeter))
        if output:
            _write(output, way, selection, lang, target)
        answer = page(
            way,
            selection,
            limit=limit,
            of_each_kind=None if whole_table else most,
            lang=lang,
            target=target if not output else None,
        )
    if as_json:
        print_json(answer)
    elif output:
        out.print(f"{output} : lignes / rows: {answer.total}")
        if _form(output) == "sssom":
            out.print(_said_of_mappings(answer))
    else:
        for line in table_lines(answer):
            out.print(line)


def _said_of_mappings(answer: TranscodingAnswer) -> str:
    written, same, undecided = mappings_of(answer.items)
    return (
        f"Correspondances écrites : {written} ; sans : {same} lignes de codes nouveaux ou dont le "
        f"libellé seul change, {undecided} sans décision qui vaille.\n"
        f"Mappings written: {written}; none of {same} rows of codes that are new or only have "
        f"another name, and of {undecided} that nobody has accepted."
    )


def _way(ways: Ways, source: str, target: str, edition: int | None) -> Way:
    if edition is None:
        return ways.between(source, target)
    return signed_way(ways, source, target, edition)


def _perimeter(database: Database, name: str | None) -> frozenset[str] | None:
    if name is None:
        return None
    local = Local(database)
    local.follow()
    return local.perimeter(readable(name))


def _refuse_unfit(output: Path, as_json: bool, limit: int | None) -> None:
    if as_json or limit is not None:
        raise typer.BadParameter("--output sans --json ni --limit / without --json and --limit.")
    if _form(output) is None:
        raise typer.BadParameter(f"{', '.join(_FORMS)} ?", param_hint="--output")
    refuse_unwritable(output)


def _form(output: Path) -> str | None:
    name = output.name.lower()
    return next((form for suffix, form in _FORMS.items() if name.endswith(suffix)), None)


def _write(output: Path, way: Way, selection: Selection, lang: str, target: Open | None) -> None:
    systems = code_systems(Settings().systems)
    with whole(output) as file:
        form = _form(output) or ""
        write_table(file, form, way, selection, lang=lang, systems=systems, target=target)
