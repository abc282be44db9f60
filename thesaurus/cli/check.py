"""``check``: codes, lists of codes, tables of diagnoses and documents in a terminal."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from loaders.archive import ZIP_ERRORS
from ontologies.errors import ThesaurusError, UnknownProfile
from thesaurus.cli import words
from thesaurus.cli.codes import Given, Source, codes_of, given, wrong
from thesaurus.cli.documents import CheckerFor, check_cda, check_json
from thesaurus.cli.output import (
    AsOf,
    Json,
    ReleaseOption,
    opened,
    out,
    print_json,
    refuse_unwritable,
)
from thesaurus.cli.tables import FORMS, check_table, counts, finding_lines, refuse_together, short
from thesaurus.coding import CheckAnswer, Checker, Profiles
from thesaurus.coding.check import of_codes
from thesaurus.coding.profiles import DEFAULT
from thesaurus.coding.suggestions import MAX_SEARCHES, MAX_SEARCHES_OF_A_FILE
from thesaurus.coding.table import Options, is_tabular
from thesaurus.presence import Presence
from thesaurus.runtime import Open
from thesaurus.settings import Settings

_LONGEST_LIST = 2_000_000


class Kind(Enum):
    """What a file may be, as far as it can be told by looking at it."""

    TEXT = auto()
    TABLE = auto()
    CDA = auto()
    JSON = auto()


def kind_of(file: BinaryIO) -> Kind:
    """Tell what a file is; what is none of the others is taken for text.

    >>> kind_of(BytesIO(b"<ClinicalDocument")), kind_of(BytesIO(b"558"))
    (<Kind.CDA: 3>, <Kind.TEXT: 1>)
    """
    file.seek(0)
    start = file.read(512).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<") or start[:8].replace(b"\0", b"").strip(b"\xff\xfe").startswith(b"<"):
        return Kind.CDA
    if start.startswith((b"{", b"[")):
        return Kind.JSON
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.TABLE if _is_office(file) else Kind.CDA
    return Kind.TEXT


def _is_office(file: BinaryIO) -> bool:
    """Tell a document of Office from another zip; a damaged one is refused as a workbook."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except ZIP_ERRORS:
        return True


def install(app: typer.Typer) -> None:
    app.command()(check)


def check(  # noqa: PLR0913, PLR0917  (its options)
    codes: Annotated[
        list[str],
        typer.Argument(
            help="Codes, fichiers ou - / codes, files or -: liste / list, CSV, XLSX, CDA (XML, "
            "zip), FHIR, JSON, NDJSON."
        ),
    ],
    profile: Annotated[
        str | None,
        typer.Option(
            help="Profil / profile: bamara (par défaut / default), cda-2022, cda-2024, stat, pmsi "
            "... ; un document choisit le sien / a document chooses its own."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="Écrire la réponse ici ; d'un tableau : .csv (complété), .json, .xlsx (rapport) / "
            "write the answer here; of a table: .csv (completed), .json, .xlsx (report)."
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            help='Colonnes non reconnues / columns not recognised: code=3,label=B,status="Statut".'
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Feuille du classeur / sheet of the workbook.")
    ] = None,
    no_header: Annotated[
        bool,
        typer.Option("--no-header", help="Sans ligne d'en-tête / there is no row of headings."),
    ] = False,
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Contrôler des codes ou un fichier. Check codes or files; exit 1 where one is at fault."""
    asked = _Asked(
        Options(columns=columns, header=False if no_header else None, sheet=sheet),
        profile,
        output,
        as_json,
    )
    with ExitStack() as files:
        items = given(codes, files)
        kinds = {each: asked.kind_of(each) for each in items if isinstance(each, Source)}
        tables = [each for each, kind in kinds.items() if kind is Kind.TABLE]
        documents = [each for each, kind in kinds.items() if kind in (Kind.CDA, Kind.JSON)]
        listed = [] if tables or documents else _listed(items)
        if output:
            refuse_unwritable(output)
        _refuse_together(items, documents, asked)
        if tables:
            refuse_together(items, tables, output, as_json=as_json)
        with opened(release, as_of) as (data, runtime):
            checker_for = asked.checkers(data, runtime.presence(), bounded=bool(listed))
            fine = [asked.check(each, kinds[each], checker_for) for each in (*tables, *documents)]
            if listed:
                fine = [_check_codes(listed, checker_for(None), output, as_json=as_json)]
    if not all(fine):
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Asked:
    """What the options of the command ask for."""

    options: Options
    profile: str | None
    output: Path | None
    as_json: bool

    def kind_of(self, source: Source) -> Kind:
        """Tell what a file is; a plain list (``TEXT``) is answered line by line."""
        kind = kind_of(source.file)
        if kind is not Kind.TEXT:
            return kind
        named = self.options != Options()
        form = self.output.suffix.lower() if self.output else ""
        if named or form in FORMS - {".json"} or source.file.seek(0, 2) > _LONGEST_LIST:
            return Kind.TABLE
        with suppress(ThesaurusError):  # what is no text is refused as a list
            return Kind.TABLE if is_tabular(source.file) else Kind.TEXT
        return Kind.TEXT

    def checkers(self, release: Open, presence: Presence, *, bounded: bool) -> CheckerFor:
        """Return what gives the checker of a profile; the one that was asked for overrules all.

        Raises:
            typer.BadParameter: there is no such profile.
        """
        profiles = Profiles(Settings().profiles)
        try:
            chosen = profiles[self.profile or DEFAULT]
        except UnknownProfile as error:
            raise typer.BadParameter(str(error), param_hint="--profile") from None
        searches = MAX_SEARCHES if bounded else MAX_SEARCHES_OF_A_FILE

        def checker_for(name: str | None) -> Checker:
            profile = chosen if self.profile or name is None else profiles[name]
            return Checker(release, presence, profile, searches=searches)

        return checker_for

    def check(self, source: Source, kind: Kind, checker_for: CheckerFor) -> bool:
        """Check a file; tell whether it is fine."""
        output, as_json = self.output, self.as_json
        if kind is Kind.CDA:
            return check_cda(source, checker_for, self.profile, output, as_json=as_json)
        if kind is Kind.JSON:
            return check_json(source, checker_for, output, as_json=as_json)
        return check_table(source, self.options, checker_for(None), output, as_json=as_json)


def _refuse_together(
    items: Sequence[Given | Source], documents: Sequence[Source], asked: _Asked
) -> None:
    """Refuse what has no one answer."""
    if documents and len(items) > len(documents):
        raise wrong(
            "documents, codes et tableaux se contrôlent séparément",
            "documents, codes and tables are checked one after the other",
        )
    if len(documents) > 1 and (asked.output or asked.as_json):
        raise wrong(
            "un seul document à la fois avec --output ou --json",
            "one document at a time with --output or --json",
        )


def _listed(items: Sequence[Given | Source]) -> list[Given]:
    """Return the codes of arguments and plain lists."""
    found: list[Given] = []
    for item in items:
        found.extend([item] if isinstance(item, Given) else codes_of(item))
    if not found:
        raise wrong("aucun code lu", "no code was read")
    return found


def _check_codes(
    listed: Sequence[Given], checker: Checker, output: Path | None, *, as_json: bool
) -> bool:
    answer = checker.check(of_codes(each.code for each in listed))
    if output:
        output.write_text(answer.model_dump_json(indent=2), encoding="utf-8")
    if as_json:
        print_json(answer)
    else:
        for line in _findings(answer, listed):
            out.print(line)
    return not (answer.summary.errors or answer.summary.warnings)


def _findings(answer: CheckAnswer, given: Sequence[Given]) -> Iterator[str]:
    several = len({each.file for each in given}) > 1
    places = [each.place(several) for each in given]
    codes = [short(each.code) for each in given]
    place_width = max(map(len, places))
    code_width = max(map(len, codes))
    for result, place, code in zip(answer.results, places, codes, strict=True):
        worst = words.SEVERITIES[result.severity] if result.severity else "ok"
        label = result.normalized[0].label or "?"
        start = f"{place:<{place_width}}  " if place_width else ""
        yield f"{start}{code:<{code_width}}  {worst:<13}  {label}"
        for finding in result.findings:
            yield from finding_lines(finding)
    yield counts("codes", answer.summary, answer.release, answer.profile)
