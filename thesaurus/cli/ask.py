"""``suggest``, ``show`` and ``check``: the questions of the service, in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ontologies.errors import InvalidRequest
from thesaurus import answers, lookup
from thesaurus.cli.output import Json, Lang, ReleaseOption, opened, out, print_json
from thesaurus.coding import CheckAnswer, Checker
from thesaurus.coding.check import of_codes

_LONGEST_FILE = 100_000_000


def install(app: typer.Typer) -> None:
    app.command()(suggest)
    app.command()(show)
    app.command()(check)


def suggest(
    text: Annotated[list[str], typer.Argument(help="Quelques lettres / a few letters.")],
    lang: Lang = "fr",
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    release: ReleaseOption = None,
    as_json: Json = False,
) -> None:
    """Trouver un diagnostic. Find a diagnosis from a few letters."""
    with opened(release) as (data, _):
        answer = lookup.suggestions(data, " ".join(text), lang=lang, limit=limit)
    if as_json:
        print_json(answer)
        return
    for hit in answer.hits:
        found = "" if hit.match.text == hit.label else f"  ({hit.match.text})"
        replaced = f"  → ORPHA:{hit.replaced_by}" if hit.replaced_by else ""
        status = "" if hit.status == "active" else f" [{hit.status}]"
        out.print(f"{hit.curie:<14}{hit.label}{found}  {hit.level or ''}{status}{replaced}")
    if not answer.hits:
        out.print("Rien trouvé / nothing found")
        raise typer.Exit(1)


def show(
    code: Annotated[str, typer.Argument(help="558, ORPHA:558, Orphanet_558 ...")],
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_json: Json = False,
) -> None:
    """Montrer une entité. Show everything known of a code."""
    with opened(release) as (data, _):
        page = lookup.concept_page(data, code, lang)
    if as_json:
        print_json(page)
        return
    for line in _page(page):
        out.print(line)


def _page(page: answers.ConceptAnswer) -> Iterator[str]:
    yield f"{page.curie}  {page.label}"
    yield f"  {page.level or '?'} / {page.type or '?'}, {page.status}, version {page.release}"
    if page.redirection:
        target = f"ORPHA:{page.redirection.target} {page.redirection.label}"
        yield f"  {page.redirection.kind}: {target}"
    if page.aggregation:
        yield f"  agrégation / aggregation: ORPHA:{page.aggregation}"
    for label in page.labels:
        yield f"  {label.lang}  {label.kind:<10}{label.text}"
    if page.definition:
        yield f"  {page.definition_lang}  définition: {page.definition}"
    for alignment in page.alignments:
        yield f"  {alignment.system}  {alignment.code} ({alignment.relation})"
    for parent in page.parents:
        yield f"  parent    {parent.curie} {parent.label}"
    yield f"  enfants / children: {page.children_count}"
    for each in page.classifications:
        yield f"  classification {each.id} {each.name}"


def check(
    codes: Annotated[
        list[str],
        typer.Argument(help="Codes, fichier (un code par ligne) ou - / codes or file."),
    ],
    profile: Annotated[
        str, typer.Option(help="bamara, cda-2022, cda-2024, stat, pmsi.")
    ] = "bamara",
    output: Annotated[
        Path | None, typer.Option(help="Écrire la réponse JSON ici / write the JSON answer here.")
    ] = None,
    release: ReleaseOption = None,
    as_json: Json = False,
) -> None:
    """Contrôler des codes. Check codes; exit 1 where one is at fault."""
    submissions = of_codes(_codes(codes))
    with opened(release) as (data, runtime):
        answer = Checker(data, runtime.presence(), profile).check(submissions)
    if output:
        output.write_text(answer.model_dump_json(indent=2), encoding="utf-8")
    if as_json:
        print_json(answer)
    else:
        written = [each.diagnoses[0].code or "" for each in submissions]
        for line in _findings(answer, written):
            out.print(line)
    if answer.summary.errors or answer.summary.warnings:
        raise typer.Exit(1)


def _codes(given: list[str]) -> list[str]:
    """Take an argument as a file where there is one of that name, else as a code."""
    found: list[str] = []
    for each in given:
        if each == "-":
            found.extend(sys.stdin.read(_LONGEST_FILE).splitlines())
        elif Path(each).is_file():
            found.extend(_read(Path(each)).splitlines())
        else:
            found.append(each)
    return [line.strip() for line in found if line.strip()]


def _read(path: Path) -> str:
    if path.stat().st_size > _LONGEST_FILE:
        raise InvalidRequest(
            f"{path} dépasse {_LONGEST_FILE} octets.", f"{path} exceeds {_LONGEST_FILE} bytes."
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return path.read_text(encoding="cp1252", errors="replace")


def _findings(answer: CheckAnswer, written: list[str]) -> Iterator[str]:
    for result, code in zip(answer.results, written, strict=True):
        label = result.normalized[0].label or "?"
        yield f"{code:<16}{'ok' if not result.findings else result.severity}  {label}"
        for finding in result.findings:
            yield f"    {finding.rule} {finding.message}"
            for each in finding.suggestions:
                mark = " (automatique)" if each.automatic else ""
                yield f"      → ORPHA:{each.code} {each.label} [{each.reason}]{mark}"
    summary = answer.summary
    yield (
        f"codes : {summary.diagnoses}, valides : {summary.valid}, erreurs : {summary.errors}, "
        f"avertissements : {summary.warnings}, informations : {summary.informations} "
        f"(version {answer.release}, profil {answer.profile})"
    )
