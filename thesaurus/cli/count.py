"""``count``: the patients of a file, counted along the classifications."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal

import typer

from ontologies.recipe import Redirect
from thesaurus.cli import words
from thesaurus.cli.codes import Source
from thesaurus.cli.output import (
    AsOf,
    Json,
    Lang,
    ReleaseOption,
    opened,
    out,
    print_json,
    readable,
    refuse_unwritable,
)
from thesaurus.cli.table_files import (
    bar,
    few_collections,
    one_file,
    opened_table,
    whole,
    with_option,
)
from thesaurus.counting import (
    COUNTED,
    Choice,
    CodeCount,
    FileCountAnswer,
    RecipeChoice,
    count_table,
    mostly_unread,
    write_csv,
    write_xlsx,
)
from thesaurus.counting import words as counting
from thesaurus.counting.answer import CountItem, Numbers
from thesaurus.tables import Options
from thesaurus.tables.trouble import listing

_FORMS = (".csv", ".json", ".xlsx")
_MOST_DROPPED = 10
_MOST_PROBLEMS = 10


class _Level(Enum):
    """The levels by their keys: of an option that is repeated typer wants an enumeration."""

    GROUP = "group"
    DISORDER = "disorder"
    SUBTYPE = "subtype"


def install(app: typer.Typer) -> None:
    app.command()(count)


def count(  # noqa: PLR0913, PLR0917  (its options)
    file: Annotated[str, typer.Argument(help="CSV, XLSX ou - / CSV, XLSX or -.")],
    recipe: Annotated[
        Literal["plain", "national"], typer.Option(help="Recette / recipe.")
    ] = "plain",
    classification: Annotated[
        str | None, typer.Option(help="Une classification / one classification: 146 ...")
    ] = None,
    level: Annotated[
        list[_Level] | None, typer.Option(help="Niveaux seulement / only these levels.")
    ] = None,
    perimeter: Annotated[
        str | None, typer.Option(help="Codes de ce périmètre / only codes of this perimeter.")
    ] = None,
    within: Annotated[
        str | None, typer.Option(help="Ce code et dessous / only this code and below.")
    ] = None,
    redirect: Annotated[
        Redirect | None,
        typer.Option(help="Redirections suivies / redirections followed (moved)."),
    ] = None,
    specify: Annotated[
        bool | None,
        typer.Option(
            "--specify/--no-specify", help="Préciser par les gènes / more precise by the genes."
        ),
    ] = None,
    groups: Annotated[
        bool | None,
        typer.Option("--groups/--no-groups", help="Compter les groupes / count groups."),
    ] = None,
    aggregate: Annotated[
        bool | None,
        typer.Option(
            "--aggregate/--no-aggregate",
            help="Sous-types comptés comme leur pathologie / subtypes as their disorder.",
        ),
    ] = None,
    by_specialty: Annotated[
        bool | None,
        typer.Option(
            "--by-specialty/--no-by-specialty",
            help="Par parent préférentiel / by preferential parent.",
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            help="Colonnes non reconnues / columns not recognised: code=3,patient=B (numéro, "
            "lettre, en-tête / number, letter, heading)."
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Feuille du classeur / sheet of the workbook.")
    ] = None,
    no_header: Annotated[
        bool,
        typer.Option("--no-header", help="Sans ligne d'en-tête / there is no row of headings."),
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="Écrire ici / write here: .csv, .xlsx, .json.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, help="Codes montrés au plus / most codes shown.")
    ] = 30,
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Compter des patients. Count the patients of a file for each code and all codes above; exit 1
    where rows, or most codes, cannot be read.
    """
    asked = RecipeChoice(
        recipe=recipe,
        redirect=redirect,
        specify=specify,
        groups=groups,
        aggregate=aggregate,
        by_specialty=by_specialty,
        classification=classification,
        level=tuple(each.value for each in level or ()),
        perimeter=perimeter,
        within=readable(within) if within else None,
    )
    options = Options(columns=columns, header=False if no_header else None, sheet=sheet)
    with ExitStack() as files:
        source = one_file(file, files)
        if output:
            _refuse_output(output, source)
        with opened(release, as_of) as (data, runtime):
            counted = CodeCount(data, Choice.of(data, asked, runtime.perimeter))
            answer = _counted(source, counted, options, lang)
    if output:
        _write(output, answer, source.name)
    if as_json:
        print_json(answer)
    else:
        for line in _shown(answer, source.name, 0 if output else limit):
            out.print(line)
    if answer.file.problems or mostly_unread(answer):
        raise typer.Exit(1)


def _refuse_output(output: Path, source: Source) -> None:
    if output.suffix.lower() not in _FORMS:
        raise typer.BadParameter(f"{', '.join(_FORMS)} ?", param_hint="--output")
    if source.path and output.exists() and output.samefile(source.path):
        raise typer.BadParameter(
            "c'est le fichier à compter ; donner un autre nom / this is the file that is counted; "
            "give another name.",
            param_hint="--output",
        )
    refuse_unwritable(output)


def _counted(source: Source, counted: CodeCount, options: Options, lang: str) -> FileCountAnswer:
    known = counted.release.snapshot.__contains__
    with (
        opened_table(source.file, COUNTED, known, options) as table,
        bar("Comptage / count") as advance,
        few_collections(),
    ):
        return count_table(counted, table, lang, advance)


def _write(output: Path, answer: FileCountAnswer, name: str) -> None:
    with whole(output) as file:
        match output.suffix.lower():
            case ".csv":
                write_csv(file, answer)
            case ".xlsx":
                write_xlsx(file, answer, name)
            case _:
                file.write(answer.model_dump_json(indent=2).encode())


def _shown(answer: FileCountAnswer, name: str, limit: int) -> Iterator[str]:
    file, total = answer.file, answer.total
    sheet = f", feuille {file.sheet}" if file.sheet is not None else ""
    listed = ", ".join(f"{field} = {heading}" for field, heading in file.columns.items())
    yield f"{name}{sheet} ; colonnes : {listed}"
    for note in file.notes:
        yield f"attention : {with_option(note.message)}"
    if file.unread.columns:
        yield f"colonnes non lues : {listing(file.unread.columns)}"
    if file.unread.sheets:
        yield f"feuilles non lues : {listing(file.unread.sheets)}"
    yield from map(_line, answer.items[:limit])
    if limit and len(answer.items) > limit:
        yield f"... {len(answer.items)} codes en tout (--limit, --output)"
    yield from _left_out(answer)
    yield f"lus : {_numbers(total.read)} ; comptés : {_numbers(total.counted)}"
    if scope := counting.scope(answer):
        yield f"dans les codes listés ({scope}) : {_numbers(total.selected)}"
    if total.unassigned:
        yield f"sans parent préférentiel : {_numbers(total.unassigned)}"
    recipe = counting.recipe(answer.recipe)
    yield f"version {answer.release}, {counting.hierarchy(answer)} ; recette {recipe}"


def _line(item: CountItem) -> str:
    level = f" ({words.level(item.level)})" if item.level else ""
    direct = f" dont {item.direct} codés ainsi" if 0 < item.direct < item.patients else ""
    return f"{item.patients:>9}  {item.curie:<13} {item.label}{level}{direct}"


def _left_out(answer: FileCountAnswer) -> Iterator[str]:
    for reason, numbers in answer.dropped.items():
        yield f"non comptés, {counting.REASONS[reason].fr} : {_numbers(numbers)}"
    for each in answer.dropped_codes[:_MOST_DROPPED]:
        why = counting.REASONS[each.reason].fr
        yield f"    {each.rows:>9}  {each.curie:<13} {each.label} ({why})"
    if len(answer.dropped_codes) > _MOST_DROPPED:
        yield f"    ... {len(answer.dropped_codes)} codes non comptés en tout (--output .xlsx)"
    for problem in answer.file.first_problems[:_MOST_PROBLEMS]:
        yield f"    ligne {problem.line} : {problem.message}"
    if answer.file.problems > _MOST_PROBLEMS:
        yield f"    ... {answer.file.problems} lignes illisibles en tout"


def _numbers(numbers: Numbers) -> str:
    patients = "patient" if numbers.patients < 2 else "patients"
    rows = "ligne" if numbers.rows < 2 else "lignes"
    return f"{numbers.patients} {patients}, {numbers.rows} {rows}"
