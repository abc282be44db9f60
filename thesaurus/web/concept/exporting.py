"""The facts of a page as rows, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from thesaurus import answers
from thesaurus.lookup.life import LifeItem
from thesaurus.related_answers import (
    AlignmentItem,
    CodingItem,
    ConceptAnswer,
    GeneItem,
    SignItem,
    TermAnswer,
)
from thesaurus.web.texts import say
from thesaurus.web.wording import Words

COLUMNS = (
    *("section", "item", "code", "label", "language"),
    *("relation", "value", "detail", "source"),
)


class Row(NamedTuple):
    """A fact; sections and items are keys of the catalogue, ``concept.section_names``.

    Attributes:
        relation: how the code of the page stands to the one of the row.
        value: how often a sign is seen, how a gene is tied, the status in a release.
    """

    section: str
    item: str = ""
    code: str = ""
    label: str = ""
    lang: str = ""
    relation: str = ""
    value: str = ""
    detail: str = ""
    source: str = ""


def headings(lang: str) -> list[str]:
    return [say(f"concept.column_{each}", lang) for each in COLUMNS]


def entity_rows(
    page: ConceptAnswer,
    children: Iterable[answers.ConceptItem],
    lives: Iterable[LifeItem],
    lang: str,
) -> Iterator[Row]:
    """The facts of an entity."""
    words = Words(lang)
    yield Row("entity", "release", label=page.release)
    yield Row("entity", "code", page.curie, page.label, page.lang)
    yield Row("entity", "status", page.status, words.status(page.status))
    yield Row("entity", "level", page.level or "", words.level(page.level))
    yield Row("entity", "type", page.type or "", words.type(page.type))
    if page.redirection:
        target = page.redirection
        kind = words.redirection(target.kind)
        yield Row("entity", "redirection", f"ORPHA:{target.target}", target.label, relation=kind)
    if page.aggregation:
        yield Row("entity", "aggregation", f"ORPHA:{page.aggregation}")
    yield from _names(page.labels)
    if page.definition:
        yield Row("definition", label=page.definition, lang=page.definition_lang or "")
    yield from _alignments(page.alignments, words)
    yield from _genes(page.genes or ())
    yield from _signs(page.signs or (), lang)
    yield from _concepts("parents", page.parents, words)
    yield from _concepts("children", children, words)
    for each in page.classifications:
        yield Row("classifications", code=each.id, label=each.name, lang=each.lang)
    for life in lives:
        yield _life(life, words)


def term_rows(
    page: TermAnswer, children: Iterable[answers.ConceptItem], lang: str
) -> Iterator[Row]:
    """The facts of a code of another system."""
    words = Words(lang)
    yield Row("entity", "release", label=page.release)
    yield Row("entity", "code", page.curie, page.label or "", page.lang or "")
    if page.status:
        yield Row("entity", "status", page.status, words.status(page.status))
    yield from _names(page.labels)
    if page.definition:
        yield Row("definition", label=page.definition, lang=page.definition_lang or "")
    yield from _concepts("replaced_by", page.replaced_by, words)
    yield from _concepts("consider", page.consider, words)
    for code in page.alternates:
        yield Row("alternates", code=code)
    yield from _alignments(page.alignments, words)
    if page.gene:
        yield Row("gene", "gene", page.gene.symbol, page.gene.name)
        for name in page.gene.synonyms:
            yield Row("gene", "synonym", label=name)
        for locus in page.gene.loci:
            yield Row("gene", "locus", label=locus)
    yield from _genes(page.diseases or ())
    yield from _concepts("parents", page.parents, words)
    yield from _concepts("children", children, words)


def worded(row: Row, lang: str) -> tuple[str, ...]:
    """Write the section and the item of a row in words."""
    section = say(f"concept.section_{row.section}", lang)
    item = say(f"concept.item_{row.item}", lang) if row.item else ""
    return (section, item, *row[2:])


def _names(labels: Iterable[answers.LabelItem]) -> Iterator[Row]:
    for each in labels:
        kind = "preferred" if each.kind == "preferred" else "synonym"
        yield Row("names", kind, label=each.text, lang=each.lang, detail=each.raw or "")


def _alignments(alignments: Iterable[AlignmentItem], words: Words) -> Iterator[Row]:
    for each in alignments:
        icd = words.icd_relation(each.icd_relation) if each.icd_relation else ""
        source = f"{each.provenance.dataset} {each.provenance.version}"
        relation = words.relation(each.relation)
        yield Row("alignments", "", *_named(each), relation, detail=icd, source=source)


def _named(each: CodingItem) -> tuple[str, str, str]:
    return each.curie, each.label or "", each.lang or ""


def _genes(genes: Iterable[GeneItem]) -> Iterator[Row]:
    for each in genes:
        entity = f"{each.entity.curie} {each.entity.label}"
        sources = ", ".join(each.sources)
        tie = each.association_label
        yield Row("genes", "", each.symbol, each.name, "en", "", tie, entity, sources)


def _signs(signs: Iterable[SignItem], lang: str) -> Iterator[Row]:
    for each in signs:
        often = say("concept.absent", lang) if each.excluded else each.frequency_label or ""
        yield Row("signs", "", each.code, each.label or "", each.lang or "", value=often)


def _concepts(section: str, items: Iterable[answers.ConceptItem], words: Words) -> Iterator[Row]:
    for each in items:
        level = words.level(each.level) if each.level else ""
        yield Row(section, "", each.curie, each.label, each.lang, detail=level)


def _life(life: LifeItem, words: Words) -> Row:
    status = words.status(life.status) if life.status else ""
    changes = ", ".join(life.changes)
    label, lang = life.label or "", life.lang or ""
    return Row("history", "release", life.release, label, lang, "", status, changes, str(life.date))
