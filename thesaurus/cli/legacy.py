"""``legacy``: tables of the codes of another thesaurus, on their way to ORPHAcodes."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from ontologies.errors import Message
from thesaurus.cli.output import Json, actor, opened, out, print_json, readable, register
from thesaurus.comparison import Sealed
from thesaurus.store.legacy import LegacyTables
from thesaurus.tables import Options
from thesaurus.transcoding import deciding
from thesaurus.transcoding.legacy.answer import LegacyTablesAnswer, loaded, table_item
from thesaurus.transcoding.legacy.file import LegacyFile, read_legacy
from thesaurus.transcoding.legacy.proposals import sure_ones
from thesaurus.transcoding.legacy.ways import AllWays, LegacyWay

_SHOWN = 20
_LEAST = 0.9

Name = Annotated[str, typer.Argument(metavar="NOM", help="Nom de la table / its name: cemara.")]


def install(app: typer.Typer) -> None:
    group = typer.Typer(
        rich_markup_mode=None,
        no_args_is_help=True,
        help="Tables anciennes (CEMARA, bases locales). Legacy tables: load, list, accept; then "
        "transcoding show, decide, import, sign with the name of the table.",
    )
    group.command("load")(load)
    group.command("list")(list_tables)
    group.command("accept")(accept)
    app.add_typer(group, name="legacy")


def load(
    name: Name,
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="CSV ou XLSX / CSV or XLSX.")
    ],
    title: Annotated[str | None, typer.Option(help="Titre / title.")] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            help="Colonnes non reconnues / columns not recognised: local_code=A,label=B,code=C."
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Feuille du classeur / sheet of the workbook.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Charger une table ancienne, à la place de la précédente. Load a legacy table in the place of
    the former one of that name; exit 1 where rows could not be read.
    """
    options = Options(
        columns=None if columns is None else readable(columns),
        sheet=None if sheet is None else readable(sheet),
    )
    with register() as known:
        ways = AllWays(Sealed(known), known.database)
        active = known.active()
        codes = known.flags(active.id) if active else {}
        with file.open("rb") as opened_file:
            read = read_legacy(opened_file, codes.__contains__, options)
        replaced = ways.legacy.replace(
            readable(name),
            read.entries.values(),
            actor=actor(),
            title=None if title is None else readable(title),
        )
    if as_json:
        print_json(loaded(replaced, read, active.id if active else None))
    else:
        table = replaced.table
        out.print(f"{table.name} : {table.entries} codes chargés / codes loaded")
        _say(read)
        if replaced.taken_back:
            out.print(
                f"décisions reprises, l'entrée a changé ou n'est plus là : {replaced.taken_back}"
            )
    if read.problems:
        raise typer.Exit(1)


def _say(read: LegacyFile) -> None:
    out.print("colonnes : " + ", ".join(f"{field} = {at}" for field, at in read.columns.items()))
    for note in read.notes:
        out.print(f"attention : {note.fr}")
    for each in read.problems[:_SHOWN]:
        out.print(f"ligne {each.line}  non lue  {each.message.fr}")
    if len(read.problems) > _SHOWN:
        out.print(f"... et {len(read.problems) - _SHOWN} autres lignes non lues")
    if read.blanks:
        out.print(f"lignes vides : {read.blanks}")


def list_tables(as_json: Json = False) -> None:
    """Montrer les tables anciennes. Show the legacy tables."""
    with register() as known:
        active = known.active()
        tables = LegacyTables(known.database).tables()
    if as_json:
        items = [table_item(each) for each in tables]
        print_json(LegacyTablesAnswer(release=active.id if active else None, items=items))
        return
    for each in tables:
        title = f"  {each.title}" if each.title else ""
        out.print(f"{each.name}  {each.entries} codes  {each.actor}, {each.at:%Y-%m-%d}{title}")
    if not tables:
        out.print(
            "Aucune table ancienne : thesaurus legacy load NOM FICHIER\n"
            "No legacy table: thesaurus legacy load NAME FILE"
        )


def accept(
    name: Name,
    release: Annotated[str, typer.Argument(metavar="VERSION", help="Version visée / release.")],
    least: Annotated[
        float,
        typer.Option(min=0.5, max=1.0, help="Confiance minimale / least confidence."),
    ] = _LEAST,
    check: Annotated[
        bool, typer.Option("--check", help="Montrer sans écrire / show, write nothing.")
    ] = False,
    author: Annotated[
        str | None, typer.Option("--author", metavar="NOM", help="Qui décide / who decides.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Accepter les premières propositions assez sûres. Accept the first proposals that are sure
    enough and that no other one comes near; the others wait for a person.
    """
    with ExitStack() as stack:
        target, runtime = stack.enter_context(opened(readable(release)))
        known = stack.enter_context(register())
        ways = AllWays(runtime, known.database)
        way = ways.between(readable(name), target.id)
        if not isinstance(way, LegacyWay):
            raise typer.BadParameter(str(_NOT_LEGACY), param_hint="NOM")
        wanted = list(sure_ones(way, target, least))
        if wanted and not check:
            by = readable(author).strip() if author else actor()
            deciding.decide(ways, way, wanted, actor=by)
        left = len(way.open) - len(wanted)
    if as_json:
        codes = {each.code: list(each.targets or ()) for each in wanted}
        print_json({"release": target.id, "from": way.source, "accepted": codes, "open": left})
        return
    for each in wanted:
        (code,) = each.targets or ("",)
        label = target.snapshot.concepts[code].preferred("fr").text
        out.print(f"{each.code}  → ORPHA:{code} {label}  {each.comment}")
    done = "à accepter / to accept" if check else "acceptées / accepted"
    out.print(f"{len(wanted)} propositions {done}, en attente / waiting: {left}")


_NOT_LEGACY = Message(
    "ce n'est pas une table ancienne ; thesaurus legacy list", "not a legacy table"
)
