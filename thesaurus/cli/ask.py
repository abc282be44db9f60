"""``suggest``, ``show`` and ``check``: the questions of the service, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from os import W_OK, access
from pathlib import Path
from typing import Annotated

import typer

from search import Filters
from thesaurus import answers, lookup
from thesaurus.cli import words
from thesaurus.cli.codes import Given, given_codes
from thesaurus.cli.output import AsOf, Json, Lang, ReleaseOption, opened, out, print_json, readable
from thesaurus.coding import CheckAnswer, Checker
from thesaurus.coding.check import of_codes

_WIDEST = 40


def install(app: typer.Typer) -> None:
    app.command()(suggest)
    app.command()(show)
    app.command()(check)


def suggest(
    text: Annotated[list[str], typer.Argument(help="Quelques lettres / a few letters.")],
    lang: Lang = "fr",
    limit: Annotated[
        int, typer.Option(min=1, max=100, help="Réponses au plus / most answers.")
    ] = 10,
    include_inactive: Annotated[
        bool,
        typer.Option(
            "--include-inactive",
            help="Avec les entités inactives / with entities that are not for new coding.",
        ),
    ] = False,
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Trouver un diagnostic. Find a diagnosis from a few letters."""
    filters = Filters(include_inactive=include_inactive)
    with opened(release, as_of) as (data, _):
        query = readable(" ".join(text))
        answer = lookup.suggestions(data, query, lang=lang, limit=limit, filters=filters)
    if as_json:
        print_json(answer)
        return
    for hit in answer.hits:
        found = "" if hit.match.text == hit.label else f"  ({hit.match.text})"
        replaced = f"  → ORPHA:{hit.replaced_by}" if hit.replaced_by else ""
        status = "" if hit.status == "active" else f" [{words.status(hit.status)}]"
        level = words.level(hit.level)
        out.print(f"{hit.curie:<14}{hit.label}{found}  {level}{status}{replaced}")
    if not answer.hits:
        out.print("Aucun résultat / no result")
        raise typer.Exit(1)


def show(
    code: Annotated[str, typer.Argument(help="Code / code: 558, ORPHA:558, Orphanet_558 ...")],
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Montrer une entité. Show everything known of a code."""
    with opened(release, as_of) as (data, _):
        page = lookup.concept_page(data, readable(code), lang)
    if as_json:
        print_json(page)
        return
    for line in _page(page):
        out.print(line)


def _page(page: answers.ConceptAnswer) -> Iterator[str]:
    yield f"{page.curie}  {page.label}"
    kind = f"{words.level(page.level)} / {words.entity_type(page.type)}"
    yield f"  {kind}, {words.status(page.status)}, version {page.release}"
    if page.redirection:
        target = f"ORPHA:{page.redirection.target} {page.redirection.label}"
        yield f"  {words.redirection(page.redirection.kind)} : {target}"
    if page.aggregation:
        yield f"  agrégation : ORPHA:{page.aggregation}"
    for label in page.labels:
        yield f"  {label.lang}  {words.LABELS.get(label.kind, label.kind):<10}{label.text}"
    if page.definition:
        yield f"  {page.definition_lang}  définition : {page.definition}"
    for alignment in page.alignments:
        yield f"  {alignment.system}  {alignment.code} ({alignment.relation})"
    for parent in page.parents:
        yield f"  parent    {parent.curie} {parent.label}"
    yield f"  enfants : {page.children_count}"
    for each in page.classifications:
        yield f"  classification {each.id} {each.name}"


def check(
    codes: Annotated[
        list[str],
        typer.Argument(
            help="Codes, fichiers (un code par ligne) ou - / codes, files (one code a line) or -."
        ),
    ],
    profile: Annotated[
        str, typer.Option(help="Profil / profile: bamara, cda-2022, cda-2024, stat, pmsi.")
    ] = "bamara",
    output: Annotated[
        Path | None, typer.Option(help="Écrire la réponse JSON ici / write the JSON answer here.")
    ] = None,
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Contrôler des codes. Check codes; exit 1 where one is at fault."""
    given = given_codes(codes)
    if output:
        _refuse_unwritable(output)
    submissions = of_codes(each.code for each in given)
    with opened(release, as_of) as (data, runtime):
        answer = Checker(data, runtime.presence(), profile).check(submissions)
    if output:
        output.write_text(answer.model_dump_json(indent=2), encoding="utf-8")
    if as_json:
        print_json(answer)
    else:
        for line in _findings(answer, given):
            out.print(line)
    if answer.summary.errors or answer.summary.warnings:
        raise typer.Exit(1)


def _refuse_unwritable(output: Path) -> None:
    """Say before the work that its answer could not be written."""
    if output.is_dir():
        why = "est un dossier / is a folder"
    elif not output.parent.is_dir():
        why = "son dossier n'existe pas / its folder does not exist"
    elif not access(output if output.exists() else output.parent, W_OK):
        why = "écriture interdite / no right to write"
    else:
        return
    raise typer.BadParameter(f"{output} : {why}.", param_hint="--output")


def _findings(answer: CheckAnswer, given: list[Given]) -> Iterator[str]:
    several = len({each.file for each in given}) > 1
    places = [each.place(several) for each in given]
    codes = [
        each.code if len(each.code) <= _WIDEST else f"{each.code[:_WIDEST]}…" for each in given
    ]
    place_width = max(map(len, places))
    code_width = max(map(len, codes))
    for result, place, code in zip(answer.results, places, codes, strict=True):
        worst = words.SEVERITIES[result.severity] if result.severity else "ok"
        label = result.normalized[0].label or "?"
        start = f"{place:<{place_width}}  " if place_width else ""
        yield f"{start}{code:<{code_width}}  {worst:<13}  {label}"
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
