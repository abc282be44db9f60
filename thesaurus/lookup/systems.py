"""The code systems in words."""

from __future__ import annotations

from thesaurus import related_answers as answers
from thesaurus.lookup.alignments import versions
from thesaurus.runtime import Open


def systems(release: Open) -> answers.SystemsAnswer:
    """Every code system with its identifiers, and how much of it is loaded."""
    related = release.related
    return answers.SystemsAnswer(
        release=release.id,
        items=[
            answers.SystemItem(
                name=each.name,
                title=each.title_fr or each.title,
                uri=each.uri or None,
                aliases=list(each.aliases),
                prefix=each.prefix,
                concepts=_concepts(release, each.name),
                aligned=len(related.codes_aligned(each.name)),
            )
            for each in related.systems
        ],
        datasets=versions(release),
    )


def _concepts(release: Open, system: str) -> int:
    if system == "orpha":
        return len(release.snapshot)
    if system == "hgnc":
        return len(release.related.genes.genes)
    return len(release.related.terms(system))
