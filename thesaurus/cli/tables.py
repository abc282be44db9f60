"""Whole tables in a terminal: checked with a bar, answered in a file, summed up on the screen."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import typer

from thesaurus.cli import words
from thesaurus.cli.codes import Given, Source, wrong
from thesaurus.cli.output import err, out
from thesaurus.cli.table_files import bar, few_collections, opened_table, whole, with_option
from thesaurus.coding import Checker, table
from thesaurus.coding.answer import Finding, Summary
from thesaurus.coding.check import Session
from thesaurus.coding.table.answer import unread
from thesaurus.coding.table.headings import DIAGNOSES
from thesaurus.coding.table.rows import Row
from thesaurus.tables.trouble import listing

_WIDEST = 40
_MOST_RULES = 10
_IN_UTF_8 = (
    "Écrit en UTF-8 : des lettres ajoutées n'existent pas en Windows-1252.\n"
    "Written in UTF-8: some letters that were added do not exist in Windows-1252."
)
FORMS = frozenset({".csv", ".json", ".xlsx"})


def refuse_together(
    items: Sequence[Given | Source], tables: Sequence[Source], output: Path | None, *, as_json: bool
) -> None:
    """Refuse what has no one answer."""
    if len(items) > len(tables):
        raise wrong(
            "codes, listes et tableaux se contrôlent séparément",
            "codes, lists and tables are checked one after the other",
        )
    if len(tables) > 1 and (output or as_json):
        raise wrong(
            "un seul tableau à la fois avec --output ou --json",
            "one table at a time with --output or --json",
        )
    if output and output.suffix.lower() not in FORMS:
        raise typer.BadParameter(f"{', '.join(sorted(FORMS))} ?", param_hint="--output")
    given = [each.path for each in tables if each.path]
    if output and output.exists() and any(output.samefile(each) for each in given):
        raise typer.BadParameter(
            "c'est le fichier à contrôler ; donner un autre nom / this is the file that is "
            "checked; give another name.",
            param_hint="--output",
        )


def check_table(
    source: Source, options: table.Options, checker: Checker, output: Path | None, *, as_json: bool
) -> bool:
    """Check one table; tell whether it is fine."""
    known = checker.release.snapshot.__contains__
    with (
        opened_table(source.file, DIAGNOSES, known, options) as opened,
        bar("Contrôle / check") as advance,
        few_collections(),
    ):
        run = _Run(opened, checker, checker.session(), table.Digest())
        steps = run.digest.watch(table.check_table(opened, run.session, advance))
        if as_json:
            for piece in run.json(steps):
                sys.stdout.buffer.write(piece)
        elif output is None:
            for _ in steps:
                pass
        else:
            with whole(output) as file:
                run.write(output.suffix.lower(), file, steps, source.name)
    summary = run.session.summary()
    if not as_json:
        for line in run.shown(source.name, summary):
            out.print(line)
    return not (summary.errors or summary.warnings or run.digest.problem_count)


@dataclass(frozen=True)
class _Run:
    """One check of one table."""

    opened: table.Table
    checker: Checker
    session: Session
    digest: table.Digest

    def write(self, form: str, file: BinaryIO, steps: Iterator[table.Step], name: str) -> None:
        if form == ".xlsx":
            release, profile = self.checker.release.id, self.checker.profile.name
            table.write_report(
                file, self.opened, steps, self.session, release=release, profile=profile, name=name
            )
        elif form == ".json":
            file.writelines(self.json(steps))
        else:
            annotated = table.Annotated(self.opened, table.HEADINGS)
            file.writelines(annotated.pieces(table.additions(steps)))
            if annotated.encoding != self.opened.text.written:
                err.print(_IN_UTF_8)

    def json(self, steps: Iterator[table.Step]) -> Iterator[bytes]:
        release, profile = self.checker.release.id, self.checker.profile.name
        return table.json_pieces(self.opened, steps, self.session, release=release, profile=profile)

    def shown(self, name: str, summary: Summary) -> Iterator[str]:
        """Say in some lines what was found."""
        digest, columns = self.digest, self.opened.columns.named()
        sheet = f", feuille {self.opened.sheet}" if self.opened.sheet is not None else ""
        listed = ", ".join(f"{field} = {heading}" for field, heading in columns.items())
        rows = _counted(digest.rows, "ligne", "lignes")
        yield f"{name}{sheet} : {rows} ; colonnes : {listed}"
        yield from self._cautions()
        for row, finding in digest.findings:
            yield from _placed(row, finding)
        if digest.finding_count > len(digest.findings):
            more = digest.finding_count - len(digest.findings)
            yield f"... et {_counted(more, 'autre constat', 'autres constats')} (--output)"
        for problem in digest.problems:
            yield f"ligne {problem.line}  non contrôlée  {problem.message.fr}"
        if digest.problem_count > len(digest.problems):
            more = digest.problem_count - len(digest.problems)
            kind = _counted(more, "autre ligne non contrôlée", "autres lignes non contrôlées")
            yield f"... et {kind}"
        rules = sorted(summary.rules.items(), key=lambda each: -each[1])[:_MOST_RULES]
        if rules:
            yield "règles : " + ", ".join(f"{rule} {count}" for rule, count in rules)
        if digest.problem_count:
            yield f"lignes non contrôlées : {digest.problem_count}"
        yield counts("diagnostics", summary, self.checker.release.id, self.checker.profile.name)

    def _cautions(self) -> Iterator[str]:
        """Say what was not read, and what to know of the rest."""
        left = unread(self.opened)
        if left.columns:
            yield f"colonnes non lues : {listing(left.columns)}"
        if left.sheets:
            yield f"feuilles non lues : {listing(left.sheets)}"
        for note in self.opened.notes:
            yield f"attention : {with_option(note.fr)}"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _placed(row: Row, finding: Finding) -> Iterator[str]:
    sent = row.diagnosis and (row.diagnosis.code or row.diagnosis.label)
    severity = words.SEVERITIES[finding.severity]
    yield f"ligne {row.line}  {short(sent or '-')}  {severity}"
    yield from finding_lines(finding)


def finding_lines(finding: Finding) -> Iterator[str]:
    yield f"    {finding.rule} {finding.message}"
    for each in finding.suggestions:
        mark = " (automatique)" if each.automatic else ""
        yield f"      → {each.shown} {each.label} [{each.reason}]{mark}"


def counts(what: str, summary: Summary, release: str, profile: str) -> str:
    return (
        f"{what} : {summary.diagnoses}, valides : {summary.valid}, erreurs : {summary.errors}, "
        f"avertissements : {summary.warnings}, informations : {summary.informations} "
        f"(version {release}, profil {profile})"
    )


def short(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"
