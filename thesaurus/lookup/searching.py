"""The coders' search in words."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from ontologies.codes import curie
from ontologies.errors import UnknownClassification
from search.fulltext import VALUES, FullText, FullTextHit, Highlight, Only, Sort
from thesaurus import search_answers as answers
from thesaurus.runtime import Open


def search(  # noqa: PLR0913  (how to answer)
    release: Open,
    index: FullText,
    query: str,
    *,
    page: int = 1,
    page_size: int = 20,
    sort: Sort = Sort.RELEVANCE,
    lang: str = "fr",
    perimeter: frozenset[str] | None = None,
    only: Only = MappingProxyType({}),
    highlighted: bool = True,
) -> answers.SearchAnswer:
    """Answer a query of the coders' language (docs/search.md).

    Args:
        index: the full-text index of this very release.
        perimeter: only these codes; None means all.
        only: as of facets, only what has any of these values of each field.
        highlighted: whether to say in which texts the words stand.

    Raises:
        InvalidQuery: with the place in the query.
        UnknownClassification: among those of ``only``.
    """
    known = release.snapshot.classifications
    for each in only.get("classification", ()):
        if each not in known:
            raise UnknownClassification(each, tuple(known))
    found = index.search(
        release.snapshot,
        release.related,
        query,
        page=page,
        page_size=page_size,
        sort=sort,
        lang=lang,
        perimeter=perimeter,
        only=only,
        highlighted=highlighted,
    )
    return answers.SearchAnswer(
        release=release.id,
        query=query,
        total=found.total,
        page=page,
        pages=-(-found.total // page_size),
        page_size=page_size,
        items=[_item(hit, lang) for hit in found.hits],
        facets=answers.Facets(
            **{
                field: _facet(release, field, counts, lang)
                for field, counts in found.facets.items()
            }
        ),
        did_you_mean=found.did_you_mean,
    )


def _item(hit: FullTextHit, lang: str) -> answers.FoundItem:
    concept, label = hit.concept, hit.concept.preferred(lang)
    return answers.FoundItem(
        code=concept.code,
        curie=curie(concept.code),
        label=label.text,
        lang=label.lang,
        level=concept.level.key if concept.level else None,
        type=concept.type.key if concept.type else None,
        status=concept.status,
        replaced_by=concept.redirection.target if concept.redirection else None,
        score=round(hit.score, 6),
        highlights=[_highlight(each) for each in hit.highlights],
    )


def _highlight(each: Highlight) -> answers.HighlightItem:
    return answers.HighlightItem(
        field=each.field.key,
        lang=each.lang,
        text=each.text,
        source=each.source,
        spans=[tuple(span) for span in each.spans],
    )


def _facet(
    release: Open, field: str, counts: Sequence[tuple[str, int]], lang: str
) -> list[answers.FacetItem]:
    names = {each.key: each.names[0 if lang == "fr" else 1] for each in VALUES.get(field, ())}
    if field == "classification":
        classifications = release.snapshot.classifications
        names = {each.id: each.name(lang)[1] for each in classifications.values()}
    return [
        answers.FacetItem(value=value, label=names.get(value, value), count=count)
        for value, count in counts
    ]
