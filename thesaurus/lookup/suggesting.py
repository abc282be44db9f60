"""Autocomplete in words."""

from __future__ import annotations

from typing import Literal

from ontologies.codes import curie
from search import Filters, Hit, suggest
from thesaurus import answers
from thesaurus.runtime import Open

LevelKey = Literal["group", "disorder", "subtype"]


def suggestions(
    release: Open,
    query: str,
    *,
    lang: str = "fr",
    limit: int = 10,
    filters: Filters = Filters(),
) -> answers.SuggestAnswer:
    """Autocomplete."""
    hits = suggest(release.index, query, lang=lang, limit=limit, filters=filters)
    return answers.SuggestAnswer(
        release=release.id, query=query, hits=[_hit(hit, lang) for hit in hits]
    )


def _hit(hit: Hit, lang: str) -> answers.HitItem:
    concept, label = hit.concept, hit.concept.preferred(lang)
    return answers.HitItem(
        code=concept.code,
        curie=curie(concept.code),
        label=label.text,
        lang=label.lang,
        match=answers.MatchItem(
            text=hit.match.text,
            lang=hit.match.lang,
            kind=hit.match.kind,
            source=hit.match.source,
            spans=[tuple(span) for span in hit.match.spans],
        ),
        level=concept.level.key if concept.level else None,
        type=concept.type.key if concept.type else None,
        status=concept.status,
        replaced_by=concept.redirection.target if concept.redirection else None,
        score=hit.score,
    )
