"""Autocomplete in words."""

from __future__ import annotations

from typing import Literal

from ontologies.codes import curie
from search import Filters, Hit, suggest
from search.rank import TIERS
from thesaurus import answers
from thesaurus.runtime import Open

LevelKey = Literal["group", "disorder", "subtype"]
TypeKey = Literal[
    "category",
    "clinical_group",
    "disease",
    "clinical_syndrome",
    "malformation_syndrome",
    "biological_anomaly",
    "morphological_anomaly",
    "particular_clinical_situation",
    "etiological_subtype",
    "clinical_subtype",
    "histopathological_subtype",
]


def suggestions(
    release: Open,
    query: str,
    *,
    lang: str = "fr",
    limit: int = 10,
    filters: Filters = Filters(),
    explain: bool = False,
) -> answers.SuggestAnswer:
    """Autocomplete."""
    hits = suggest(
        release.index, query, lang=lang, limit=limit, filters=filters, related=release.related
    )
    return answers.SuggestAnswer(
        release=release.id, query=query, hits=[_hit(hit, lang, explain) for hit in hits]
    )


def _hit(hit: Hit, lang: str, explain: bool) -> answers.HitItem:
    concept, label, match = hit.concept, hit.concept.preferred(lang), hit.match
    return answers.HitItem(
        code=concept.code,
        curie=curie(concept.code),
        label=label.text,
        lang=label.lang,
        match=answers.MatchItem(
            text=match.text,
            lang=match.lang,
            kind=match.kind,
            source=match.source,
            relation=match.relation,
            bearer=match.bearer,
            spans=[tuple(span) for span in match.spans],
        ),
        level=concept.level.key if concept.level else None,
        type=concept.type.key if concept.type else None,
        status=concept.status,
        replaced_by=concept.redirection.target if concept.redirection else None,
        score=hit.score,
        explanation=_explanation(hit) if explain else None,
    )


def _explanation(hit: Hit) -> dict[str, int | str]:
    if hit.rank is None:
        return {"tier": "code"}
    return {**hit.parts, "tier": TIERS[hit.parts["tier"]]}
