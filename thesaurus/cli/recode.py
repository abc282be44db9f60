"""``recode``: a file of old records brought to a later release."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from ontologies.errors import Conflict, Message
from thesaurus.cli.codes import Source
from thesaurus.cli.output import (
    Json,
    Lang,
    err,
    out,
    print_json,
    readable,
    refuse_unwritable,
    register,
)
from thesaurus.cli.recode_shown import lines
from thesaurus.cli.table_files import bar, few_collections, one_file, opened_table, whole
from thesaurus.runtime import Runtime
from thesaurus.settings import Settings
from thesaurus.systems import code_systems
from thesaurus.tables import LABEL, Options
from thesaurus.transcoding.legacy.ways import AllWays
from thesaurus.transcoding.recoding.answer import RecodeFileSummary
from thesaurus.transcoding.recoding.codes import Rows
from thesaurus.transcoding.recoding.headings import vocabulary_of
from thesaurus.transcoding.recoding.pieces import json_pieces
from thesaurus.transcoding.recoding.recoder import Recoder
from thesaurus.transcoding.recoding.sources import rows_between
from thesaurus.transcoding.recoding.table import FileRun
from thesaurus.transcoding.recoding.workbook import write_workbook
from thesaurus.transcoding.recoding.worklist import WorkList

_FORMS = (".csv", ".xlsx", ".json")
_IN_UTF_8 = (
    "Le fichier est écrit en UTF-8 : un libellé contient une lettre qui manque à son encodage.\n"
    "The file is written in UTF-8: a label has a letter that its encoding lacks."
)


def install(app: typer.Typer) -> None:
    app.command()(recode)


def recode(  # noqa: PLR0913, PLR0917  (its options)
    file: Annotated[str, typer.Argument(help="CSV, XLSX ou - / CSV, XLSX or -.")],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            help="Version, ou table ancienne, des codes / release, or legacy table, of the codes.",
        ),
    ],
    target: Annotated[str, typer.Option("--to", help="Version plus récente / a later release.")],
    output: Annotated[
        Path | None,
        typer.Option(
            help="Écrire ici / write here: .csv (le fichier complété / the file completed), .xlsx, "
            ".json."
        ),
    ] = None,
    worklist: Annotated[
        Path | None,
        typer.Option(help="Liste de travail par site / work list, a sheet for each site: .xlsx."),
    ] = None,
    patients: Annotated[
        bool,
        typer.Option(
            "--patients",
            help="Identifiants de patients dans la liste / patients' identifiers in the work list.",
        ),
    ] = False,
    require_signed: Annotated[
        bool,
        typer.Option(
            "--require-signed",
            help="Refuser si la table n'est pas signée / refuse unless the table is signed.",
        ),
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            help="Colonnes non reconnues / columns not recognised: code=3,site=B (numéro, lettre, "
            "en-tête / number, letter, heading)."
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Feuille du classeur / sheet of the workbook.")
    ] = None,
    header: Annotated[
        bool | None,
        typer.Option(
            "--header/--no-header", help="Ligne d'en-têtes ou non / a row of headings or none."
        ),
    ] = None,
    lang: Lang = "fr",
    as_json: Json = False,
) -> None:
    """Recoder un fichier. Recode a file to a later release: what is settled gets its new code in
    columns that are added, the rest is listed; exit 1 where records wait for a person.
    """
    asked = _Asked(Options(columns=columns, header=header, sheet=sheet), output, worklist, patients)
    with ExitStack() as files:
        given_file = one_file(file, files)
        asked.refuse_wrong(given_file)
        with _opened(source, target) as (rows, runtime):
            _warn_unsigned(rows, require_signed=require_signed)
            recoder = Recoder(rows, lambda: runtime.at(target), lang=lang)
            summary = asked.run(given_file, recoder)
    if as_json:
        print_json(summary)
    else:
        for line in lines(summary, given_file.name):
            out.print(line)
    if summary.totals.waiting:
        raise typer.Exit(1)


@contextmanager
def _opened(source: str, target: str) -> Iterator[tuple[Rows, Runtime]]:
    with register() as known:
        runtime = Runtime(known, systems=code_systems(Settings().systems))
        runtime.refresh()
        yield (
            rows_between(AllWays(runtime, known.database), readable(source), readable(target)),
            runtime,
        )


def _warn_unsigned(rows: Rows, *, require_signed: bool) -> None:
    if rows.signed:
        return
    table = f"{rows.source} → {rows.target}"
    message = Message(
        f"La table {table} n'est pas signée : {rows.open} de ses lignes attendent une décision.",
        f"The table {table} is not signed: {rows.open} of its rows wait for a decision.",
    )
    if not rows.open:
        message = Message(
            f"La table {table} n'est pas signée : toutes ses lignes sont décidées, il n'y manque "
            "que la signature.",
            f"The table {table} is not signed: all its rows are decided upon, only the signature "
            "is missing.",
        )
    if require_signed:
        raise Conflict(*message)
    err.print(str(message), style="yellow")


@dataclass(frozen=True)
class _Asked:
    """What the options of the command ask for."""

    options: Options
    output: Path | None
    worklist: Path | None
    patients: bool

    def refuse_wrong(self, source: Source) -> None:
        """Refuse before the work what could not be written, or would overwrite what is read."""
        if self.output and self.output.suffix.lower() not in _FORMS:
            raise typer.BadParameter(f"{', '.join(_FORMS)} ?", param_hint="--output")
        if self.worklist and self.worklist.suffix.lower() != ".xlsx":
            raise typer.BadParameter(".xlsx ?", param_hint="--worklist")
        if self.patients and not self.worklist:
            raise typer.BadParameter("avec / with --worklist.", param_hint="--patients")
        if self.output and self.worklist and self.output.resolve() == self.worklist.resolve():
            raise typer.BadParameter("le même fichier / the same file.", param_hint="--worklist")
        for option, path in (("--output", self.output), ("--worklist", self.worklist)):
            if path:
                _refuse_path(path, source, option)

    def run(self, source: Source, recoder: Recoder) -> RecodeFileSummary:
        """Recode the file and write what is wanted; nothing is written in part."""
        vocabulary, known = vocabulary_of(recoder.rows), recoder.rows.__contains__
        with (
            ExitStack() as written,
            opened_table(source.file, vocabulary, known, self.options) as table,
            bar("Transcodage / recoding") as advance,
            few_collections(),
        ):
            listed = self._listed(written, recoder, labels=LABEL in table.columns.places)
            also = listed.take if listed else None
            run = FileRun(table, recoder, progress=advance, also=also)
            self._write(run, written)
            summary = run.summary
            if listed:
                listed.finish(summary)
        return summary

    def _listed(self, written: ExitStack, recoder: Recoder, *, labels: bool) -> WorkList | None:
        if self.worklist is None:
            return None
        file = written.enter_context(whole(self.worklist))
        made = WorkList(file, recoder, patients=self.patients, labels=labels)
        return written.enter_context(made)

    def _write(self, run: FileRun, written: ExitStack) -> None:
        if self.output is None:
            for _ in run.steps():
                pass
            return
        file = written.enter_context(whole(self.output))
        _write(run, file, self.output.suffix.lower())


def _write(run: FileRun, file: BinaryIO, form: str) -> None:
    if form == ".xlsx":
        write_workbook(file, run)
    elif form == ".json":
        file.writelines(json_pieces(run))
    else:
        file.writelines(run.pieces())
        if run.annotated.encoding != run.table.text.written:
            err.print(_IN_UTF_8)


def _refuse_path(path: Path, source: Source, option: str) -> None:
    if source.path and path.exists() and path.samefile(source.path):
        raise typer.BadParameter(
            "c'est le fichier à recoder ; donner un autre nom / this is the file that is recoded; "
            "give another name.",
            param_hint=option,
        )
    refuse_unwritable(path)
