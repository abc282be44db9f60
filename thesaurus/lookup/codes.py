"""From codes to the codes that replace them or count for them."""

from __future__ import annotations

from collections.abc import Iterable

from ontologies.aggregation import aggregate, redirect
from ontologies.codes import parse_code
from ontologies.concept import Concept
from ontologies.errors import InvalidCode
from thesaurus import answers
from thesaurus.runtime import Open


def redirections(
    release: Open, written: Iterable[str], *, referred: bool = False
) -> answers.RedirectAnswer:
    """Replace inactive codes: "moved to" always, "referred to" only when asked for.

    A code that the release does not have stays as it is and is marked; it fails no batch.
    """
    return answers.RedirectAnswer(
        release=release.id, items=[_redirect(release, each, referred) for each in written]
    )


def _redirect(release: Open, written: str, referred: bool) -> answers.RedirectItem:
    concept = _known(release, written)
    if concept is None:
        return answers.RedirectItem(code=written, known=False)
    target = redirect(release.snapshot, concept.code, referred=referred)
    followed = concept.redirection if target != concept.code else None
    return answers.RedirectItem(
        code=concept.code, target=target, kind=followed.kind.key if followed else None
    )


def aggregations(release: Open, written: Iterable[str]) -> answers.AggregateAnswer:
    """The disorder under which each code is counted; unknown codes are marked."""
    return answers.AggregateAnswer(
        release=release.id, items=[_aggregate(release, each) for each in written]
    )


def _aggregate(release: Open, written: str) -> answers.AggregateItem:
    concept = _known(release, written)
    if concept is None:
        return answers.AggregateItem(code=written, known=False)
    return answers.AggregateItem(
        code=concept.code, aggregation=aggregate(release.snapshot, concept.code)
    )


def _known(release: Open, written: str) -> Concept | None:
    try:
        return release.snapshot.concepts.get(parse_code(written))
    except InvalidCode:
        return None
