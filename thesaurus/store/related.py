"""A related dataset as sealed parts, and back; the parts are those of ``content``.

Codes that come again and again (parents, both ends of alignments) are written once, in a table,
and are one object in memory once they are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from ontologies.alignment import Alignment, IcdRelation, Provenance, Relation
from ontologies.concept import Label, LabelKind
from ontologies.dataset import Dataset, Sign
from ontologies.genes import Association, Gene, GeneLink
from ontologies.release import Release
from ontologies.systems import Coding
from ontologies.terminology import Term
from thesaurus.store.content import Part, make_part, part_value

_CODINGS, _TERMS, _LABELS, _DEFINITIONS = "codings", "terms", "labels", "definitions"
_ALIGNMENTS, _GENES, _LINKS, _SIGNS, _PARENTS = (
    "alignments",
    "genes",
    "gene_links",
    "signs",
    "preferential_parents",
)
_ENDS = "ends"
_KINDS = {kind.value: kind for kind in LabelKind}
_ICD_RELATIONS = {relation.key: relation for relation in IcdRelation}
_label_facts = attrgetter("text", "lang", "kind", "raw", "scope", "status")
_sign_facts = attrgetter("orpha", "code", "frequency", "excluded", "onset", "aspect", "sex")


def encode(dataset: Dataset) -> tuple[str, tuple[Part, ...]]:
    """Return the digest of a dataset and its parts."""
    table: dict[Coding, int] = {}
    values = {
        _TERMS: [_term_facts(term, table) for term in dataset.terms],
        _LABELS: [[_label_facts(label) for label in term.labels] for term in dataset.terms],
        _DEFINITIONS: [term.definitions for term in dataset.terms],
        _ALIGNMENTS: [_alignment_facts(each, table) for each in dataset.alignments],
        _GENES: [_gene_facts(gene, table) for gene in dataset.genes],
        _LINKS: [
            [link.orpha, link.gene, link.association.key, link.assessed, link.sources]
            for link in dataset.gene_links
        ],
        _SIGNS: [_sign_facts(sign) for sign in dataset.signs],
        _PARENTS: dict(dataset.preferential_parents),
        _ENDS: dict(dataset.ends),
    }
    parts = (make_part(_CODINGS, list(table)), *(make_part(*item) for item in values.items()))
    sealed = "".join(f"{part.name} {part.sha256}\n" for part in parts)
    return hashlib.sha256(sealed.encode()).hexdigest(), parts


def decode(
    release: Release, parts: Mapping[str, Part], known: dict[Coding, Coding] | None = None
) -> Dataset:
    """Return the dataset that the parts hold.

    Args:
        known: codes of other datasets, to share: most stand in several, and there are 300,000.

    Raises:
        DamagedRelease: a part is absent or damaged.
    """

    def value(name: str) -> Any:
        return part_value(release, parts, name)

    ends = value(_ENDS)
    table = {} if known is None else known
    written = (Coding(system, code) for system, code in value(_CODINGS))
    codings = [table.setdefault(coding, coding) for coding in written]
    source = Provenance(release.system, release.id, ends)
    return Dataset(
        release,
        terms=tuple(_terms(value(_TERMS), value(_LABELS), value(_DEFINITIONS), codings)),
        alignments=tuple(_alignments(value(_ALIGNMENTS), codings, source)),
        genes=tuple(_genes(value(_GENES), codings)),
        gene_links=tuple(
            GeneLink(orpha, gene, Association.of_key(key), assessed, tuple(sources))
            for orpha, gene, key, assessed, sources in value(_LINKS)
        ),
        signs=tuple(_signs(value(_SIGNS))),
        preferential_parents=value(_PARENTS),
        ends=ends,
    )


def _number(coding: Coding, table: dict[Coding, int]) -> int:
    return table.setdefault(coding, len(table))


def _term_facts(term: Term, table: dict[Coding, int]) -> list[Any]:
    system = term.coding.system
    others = (term.parents, term.alternates, term.replaced_by, term.consider)
    return [
        _number(term.coding, table),
        *([_number(Coding(system, code), table) for code in codes] for codes in others),
        term.obsolete,
    ]


def _terms(facts: Any, labels: Any, definitions: Any, codings: list[Coding]) -> Iterator[Term]:
    codes = [coding.code for coding in codings]
    for fact, names, texts in zip(facts, labels, definitions, strict=True):
        number, parents, alternates, replaced_by, consider, obsolete = fact
        yield Term(
            coding=codings[number],
            labels=tuple(
                [
                    Label(text, lang, _KINDS[kind], raw, scope, status)
                    for text, lang, kind, raw, scope, status in names
                ]
            ),
            definitions=tuple([(lang, text) for lang, text in texts]),
            parents=tuple([codes[each] for each in parents]),
            alternates=tuple([codes[each] for each in alternates]),
            obsolete=obsolete,
            replaced_by=tuple([codes[each] for each in replaced_by]),
            consider=tuple([codes[each] for each in consider]),
        )


def _alignment_facts(each: Alignment, table: dict[Coding, int]) -> list[Any]:
    return [
        _number(each.subject, table),
        _number(each.object, table),
        each.relation.key,
        each.icd_relation.key if each.icd_relation else None,
        each.validated,
        each.uri,
        each.written,
        each.justification,
        each.confidence,
    ]


def _alignments(rows: Any, codings: list[Coding], source: Provenance) -> Iterator[Alignment]:
    texts: dict[str | None, str | None] = {}
    for subject, object_, relation, icd, validated, uri, written, why, confidence in rows:
        yield Alignment(
            codings[subject],
            codings[object_],
            Relation.of_key(relation),
            _ICD_RELATIONS[icd] if icd else None,
            validated,
            uri,
            written,
            texts.setdefault(why, why),
            confidence,
            source,
        )


def _gene_facts(gene: Gene, table: dict[Coding, int]) -> list[Any]:
    return [
        gene.id,
        _number(gene.coding, table) if gene.coding else None,
        gene.symbol,
        gene.name,
        gene.synonyms,
        gene.loci,
        [_number(reference, table) for reference in gene.references],
        gene.type,
    ]


def _genes(rows: Any, codings: list[Coding]) -> Iterator[Gene]:
    for identity, coding, symbol, name, synonyms, loci, references, kind in rows:
        yield Gene(
            identity,
            None if coding is None else codings[coding],
            symbol,
            name,
            tuple(synonyms),
            tuple(loci),
            tuple([codings[each] for each in references]),
            kind,
        )


def _signs(rows: Iterable[Any]) -> Iterator[Sign]:
    # 115,000 rows with 9,000 codes: each text is kept once.
    texts: dict[Any, Any] = {}
    for row in rows:
        yield Sign(*[texts.setdefault((type(each), each), each) for each in row])
