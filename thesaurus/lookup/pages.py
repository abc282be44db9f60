"""The page of a concept: everything known of it, in any system."""

from __future__ import annotations

from collections.abc import Iterable

from ontologies.aggregation import aggregate
from ontologies.codes import curie
from ontologies.concept import Concept, Label
from ontologies.dataset import FREQUENCIES, Sign
from ontologies.genes import Gene
from ontologies.systems import Coding
from ontologies.terminology import Term
from thesaurus import answers
from thesaurus.lookup.alignments import alignment_items, coding_item, versions
from thesaurus.lookup.finding import (
    any_item,
    coding_of,
    find,
    items,
    redirection_item,
    term_of,
)
from thesaurus.lookup.genes import diseases_of, gene_detail, genes_of
from thesaurus.related_answers import ConceptAnswer, SignItem, TermAnswer
from thesaurus.runtime import Open

_ORPHANET_PAGE = "https://www.orpha.net/{lang}/disease/detail/{code}"
# Obligate, very frequent, frequent, occasional, very rare, excluded.
# HPO's French list leaves two of them in English.
_FREQUENCIES_FR = dict(
    zip(
        FREQUENCIES,
        ("Obligatoire", "Très fréquent", "Fréquent", "Occasionnel", "Très rare", "Exclu"),
        strict=True,
    )
)


def concept_page(
    release: Open, written: str, lang: str = "fr", *, system: str | None = None
) -> ConceptAnswer | TermAnswer:
    """Everything known of one concept of any system.

    Raises:
        InvalidCode, UnknownCode, UnknownSystem
    """
    coding = coding_of(release, written, system)
    if coding.system == "orpha":
        return orpha_page(release, coding.code, lang)
    return term_page(release, coding, lang)


def orpha_page(release: Open, written: str, lang: str = "fr") -> ConceptAnswer:
    """Everything known of an entity of the nomenclature. Raises InvalidCode, UnknownCode."""
    concept = find(release, written)
    code, related = concept.code, release.related
    label = concept.preferred(lang)
    definition = concept.definition(lang)
    return ConceptAnswer(
        release=release.id,
        system_uri=related.systems.get("orpha").uri,
        code=code,
        curie=curie(code),
        label=label.text,
        lang=label.lang,
        labels=_label_items(concept.labels),
        definition=definition[1] if definition else None,
        definition_lang=definition[0] if definition else None,
        status=concept.status,
        flag=concept.flag,
        level=concept.level.key if concept.level else None,
        type=concept.type.key if concept.type else None,
        is_head=concept.is_head,
        redirection=redirection_item(release, concept, lang),
        aggregation=aggregate(release.snapshot, code),
        aggregation_known=concept.aggregation.known,
        preferential_parent=related.preferential_parent(code),
        parents=items(release, release.snapshot.merged.parents(code), lang),
        children_count=release.snapshot.merged.children_count(code),
        classifications=_classifications_of(release, concept, lang),
        alignments=alignment_items(release, Coding("orpha", code), lang),
        genes=genes_of(release, code, lang),
        signs=_sign_items(release, code, lang),
        datasets=versions(release),
        link=_ORPHANET_PAGE.format(lang="fr" if lang == "fr" else "en", code=code),
    )


def _label_items(labels: Iterable[Label]) -> list[answers.LabelItem]:
    return [
        answers.LabelItem(
            text=each.text,
            lang=each.lang,
            kind=each.kind,
            raw=each.raw,
            scope=each.scope,
            status=each.status,
        )
        for each in labels
    ]


def _classifications_of(
    release: Open, concept: Concept, lang: str
) -> list[answers.ClassificationItem]:
    ids = release.snapshot.classifications_of(concept.code)
    names = ((each, release.snapshot.classifications[each].name(lang)) for each in ids)
    return [
        answers.ClassificationItem(id=each, name=name, lang=language)
        for each, (language, name) in names
    ]


def _sign_items(release: Open, code: str, lang: str) -> list[SignItem] | None:
    if not release.related.has_signs:
        return None
    # How a disease is inherited and when it begins are no signs of it.
    signs = [each for each in release.related.signs(code) if each.aspect not in "IC"]
    ordered = sorted(signs, key=_frequency)
    return [_sign_item(release, sign, lang) for sign in ordered]


def _frequency(sign: Sign) -> tuple[bool, int]:
    """Order signs: excluded ones last, else by frequency; one that is not graded after those."""
    return sign.excluded, sign.rarity


def _sign_item(release: Open, sign: Sign, lang: str) -> SignItem:
    name = coding_item(release, Coding("hpo", sign.code), lang)
    frequency = _FREQUENCIES_FR.get(sign.frequency or "") if lang == "fr" else None
    if frequency is None and sign.frequency in FREQUENCIES:
        frequency = coding_item(release, Coding("hpo", sign.frequency or ""), lang).label
    return SignItem(
        code=sign.code,
        label=name.label,
        lang=name.lang,
        frequency=sign.frequency,
        frequency_label=frequency or sign.frequency,
        excluded=sign.excluded,
        onset=sign.onset,
        aspect=sign.aspect,
    )


def term_page(release: Open, coding: Coding, lang: str = "fr") -> TermAnswer:
    """Everything known of a concept of another system, or of a gene. Raises UnknownCode."""
    term = term_of(release, coding)
    coding = term.coding if term else coding
    system = release.related.systems.get(coding.system)
    gene = _gene(release, coding)
    name = coding_item(release, coding, lang)
    definition = term.definition(lang) if term else None
    hierarchy = release.related.hierarchy(coding.system)
    return TermAnswer(
        release=release.id,
        system=coding.system,
        system_uri=system.uri or None,
        code=coding.code,
        curie=name.curie,
        label=gene.symbol if gene else name.label,
        lang="en" if gene else name.lang,
        labels=_label_items(term.labels if term else ()),
        definition=definition[1] if definition else None,
        definition_lang=definition[0] if definition else None,
        status=_status(term, gene),
        replaced_by=_items(release, coding.system, term.replaced_by if term else (), lang),
        consider=_items(release, coding.system, term.consider if term else (), lang),
        alternates=list(term.alternates) if term else [],
        parents=_items(release, coding.system, hierarchy.parents(coding.code), lang),
        children_count=hierarchy.children_count(coding.code),
        alignments=alignment_items(release, coding, lang),
        alignments_total=len(release.related.alignments(coding)),
        gene=gene_detail(release, gene, lang) if gene else None,
        diseases=diseases_of(release, gene, lang) if gene else None,
        datasets=versions(release),
    )


def _status(term: Term | None, gene: Gene | None) -> str | None:
    """The status of a code; None where alignments name it and nothing else."""
    if term is None:
        return "active" if gene else None
    return term.status


def _gene(release: Open, coding: Coding) -> Gene | None:
    if coding.system != "hgnc":
        return None
    return next(iter(release.related.genes.named(coding.code)), None)


def _items(
    release: Open, system: str, codes: Iterable[str], lang: str
) -> list[answers.ConceptItem]:
    return [any_item(release, Coding(system, code), lang) for code in codes]
