"""``show``, ``translate`` and ``specify``: what is known of a code, in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from thesaurus import lookup, related_answers
from thesaurus.cli import words
from thesaurus.cli.output import AsOf, Json, Lang, ReleaseOption, opened, out, print_json, readable
from thesaurus.related_answers import ConceptAnswer, TermAnswer

Code = Annotated[
    str,
    typer.Argument(
        help="Code de tout système / code of any system: 558, HP:0001166, Q87.4, FBN1 ..."
    ),
]
System = Annotated[
    str | None,
    typer.Option(help="Système, s'il ne se devine pas / system of the code: omim, hgnc ..."),
]
_SHOWN = 12
_MOST_ALIGNMENTS = 30


def install(app: typer.Typer) -> None:
    app.command()(show)
    app.command()(translate)
    app.command()(specify)


def show(
    code: Code,
    system: System = None,
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Montrer un code. Show everything known of a code of any system."""
    with opened(release, as_of) as (data, _):
        page = lookup.concept_page(data, readable(code), lang, system=system)
    if as_json:
        print_json(page)
        return
    for line in _entity(page) if isinstance(page, ConceptAnswer) else _term(page):
        out.print(line)


def _entity(page: ConceptAnswer) -> Iterator[str]:
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
    yield from _alignments(page.alignments, page.curie)
    yield from _genes(page.genes or [], own=page.code)
    yield from _signs(page.signs or [])
    for parent in page.parents:
        preferential = " (préférentiel)" if parent.code == page.preferential_parent else ""
        yield f"  parent    {parent.curie} {parent.label}{preferential}"
    yield f"  enfants : {page.children_count}"
    for each in page.classifications:
        yield f"  classification {each.id} {each.name}"


def _alignments(alignments: list[related_answers.AlignmentItem], page_code: str) -> Iterator[str]:
    """One line a code, whatever the number of sources that say the same."""
    lines: dict[str, list[str]] = {}
    for each in alignments:
        icd = f", {words.icd_relation(each.icd_relation)}" if each.icd_relation else ""
        relation = f"{words.relation(each.relation, page_code)}{icd}"
        name = f" {each.label}" if each.label else ""
        lines.setdefault(f"{each.curie}{name} ({relation})", []).append(each.provenance.dataset)
    for line, datasets in list(lines.items())[:_MOST_ALIGNMENTS]:
        yield f"  aligné    {line}  [{', '.join(dict.fromkeys(datasets))}]"
    if len(lines) > _MOST_ALIGNMENTS:
        yield f"  alignements : {_MOST_ALIGNMENTS} montrés (translate les donne tous)"


def _genes(genes: list[related_answers.GeneItem], own: str) -> Iterator[str]:
    for each in genes:
        of = "" if each.entity.code == own else f", {each.entity.curie} {each.entity.label}"
        assessed = "" if each.assessed else ", non évalué"
        yield f"  gène      {each.symbol}  {each.association_label}{assessed}{of}"


def _signs(signs: list[related_answers.SignItem]) -> Iterator[str]:
    for each in signs[:_SHOWN]:
        absent = "absent : " if each.excluded else ""
        frequency = f" ({each.frequency_label})" if each.frequency_label else ""
        yield f"  signe     {each.code} {absent}{each.label or '?'}{frequency}"
    if len(signs) > _SHOWN:
        yield f"  signes : {len(signs)} en tout (--json les donne)"


def _term(page: TermAnswer) -> Iterator[str]:
    yield f"{page.curie}  {page.label or '(sans nom / no name)'}"
    status = words.status(page.status) if page.status else "connu par ses alignements seulement"
    yield f"  {page.system}, {status}"
    for item in page.replaced_by:
        yield f"  remplacé par : {item.curie} {item.label}"
    for label in page.labels:
        marks = ", ".join(words.MARKS.get(m, m) for m in (label.scope, label.status) if m)
        kind = words.LABELS.get(label.kind, label.kind)
        yield f"  {label.lang}  {kind:<10}{label.text}{f' ({marks})' if marks else ''}"
    if page.definition:
        yield f"  {page.definition_lang}  définition : {page.definition}"
    if page.gene:
        yield f"  {page.gene.name} ; locus : {', '.join(page.gene.loci) or '?'}"
        yield f"  synonymes : {', '.join(page.gene.synonyms) or '-'}"
    for disease in page.diseases or []:
        assessed = "" if disease.assessed else ", non évalué"
        entity = f"{disease.entity.curie} {disease.entity.label}"
        yield f"  maladie   {entity}  {disease.association_label}{assessed}"
    yield from _alignments(page.alignments, page.curie)
    for parent in page.parents:
        yield f"  parent    {parent.curie} {parent.label}"
    yield f"  enfants : {page.children_count}"


def translate(
    code: Code,
    to: Annotated[
        str, typer.Option(help="Système voulu / wanted system: orpha, mondo, omim, icd-10 ...")
    ] = "orpha",
    system: System = None,
    lang: Lang = "fr",
    limit: Annotated[
        int, typer.Option(min=1, max=10_000, help="Réponses au plus / most answers.")
    ] = 20,
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Traduire un code. Translate a code to another system, the surest answer first."""
    with opened(release, as_of) as (data, _):
        answer = lookup.translation(data, readable(code), to, system=system, lang=lang, limit=limit)
    if as_json:
        print_json(answer)
    else:
        for line in _translations(answer):
            out.print(line)
    if not answer.items:
        raise typer.Exit(1)


def _translations(answer: related_answers.TranslateAnswer) -> Iterator[str]:
    yield f"{answer.source.curie}  {answer.source.label or ''}".rstrip()
    for each in answer.items:
        icd = f", {words.icd_relation(each.icd_relation)}" if each.icd_relation else ""
        through = " → ".join(step.curie for step in each.path[1:-1])
        way = f"  par {through}" if through else ""
        approximate = "  approché" if each.approximate else ""
        status = f" [{words.status(each.status)}]" if each.status not in ("active", None) else ""
        if each.system == "orpha" and each.status is None:
            status = f" [absent de la version {answer.release}]"
        level = f"  {words.level(each.level)}" if each.level else ""
        confirmed = f" ; {_confirmed(each)}" if each.confirmed else ""
        relation = f"{words.relation(each.relation, answer.source.curie)}{icd}"
        label = each.label or ("?" if each.system == "orpha" else "")
        yield (
            f"  {each.curie:<14}  {label}{status}{level}{'  ' if label else ''}"
            f"({relation}{confirmed}){approximate}{way}"
        )
    if not answer.items:
        yield "Aucun code aligné / no aligned code"
    elif answer.total > len(answer.items):
        yield f"  ... {answer.total} en tout / in all (--limit)"


def _confirmed(item: related_answers.TranslationItem) -> str:
    assert item.confirmed  # noqa: S101  (only such items come here)
    through = " → ".join(step.curie for step in item.confirmed.path[1:-1])
    return f"{words.relation(item.confirmed.relation, item.confirmed.path[0].curie)} par {through}"


def specify(
    code: Annotated[str, typer.Argument(help="Code ORPHA / ORPHAcode.")],
    genes: Annotated[
        list[str], typer.Argument(help="Symboles ou codes HGNC / symbols or HGNC codes.")
    ],
    lang: Lang = "fr",
    release: ReleaseOption = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Préciser un code par les gènes. Make a code more precise by the genes of a patient."""
    with opened(release, as_of) as (data, _):
        answer = lookup.specification(data, readable(code), map(readable, genes), lang)
    if as_json:
        print_json(answer)
        return
    if answer.redirection:
        kind = words.redirection(answer.redirection.kind)
        target = f"ORPHA:{answer.redirection.target} {answer.redirection.label}"
        out.print(f"ORPHA:{answer.code} {words.status(answer.status)}, {kind} : {target}")
    elif not answer.status.startswith("active"):
        out.print(f"ORPHA:{answer.code} : {words.status(answer.status)}")
    changed = "précisé / more precise" if answer.changed else "inchangé / unchanged"
    out.print(f"ORPHA:{answer.result.code}  {answer.result.label}  ({changed})")
    for gene in answer.genes:
        meant = " ou ".join(gene.symbols)
        read = "" if meant.upper() == gene.given.upper() else f" = {meant}"
        if not gene.symbols:
            out.print(f"  {gene.given} : gène inconnu / unknown gene")
        elif not gene.linked:
            out.print(
                f"  {gene.given}{read} : aucun lien causal évalué avec ce code ni en dessous / no "
                "assessed causal link here or below"
            )
        elif read:
            out.print(f"  {gene.given}{read}")
    if not answer.changed:
        for each in answer.candidates:
            out.print(f"  candidat / candidate: {each.curie} {each.label}")
