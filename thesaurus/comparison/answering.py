"""The answer about a comparison: counts, a page of items, what could not be compared."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ontologies.differences import ClassificationChanges
from thesaurus.comparison import answer
from thesaurus.comparison.comparing import Comparison
from thesaurus.comparison.filters import Kept
from thesaurus.comparison.items import Wording


def answer_of(
    kept: Kept, *, lang: str = "fr", offset: int = 0, limit: int | None = None
) -> answer.DifferencesAnswer:
    """Word a comparison as far as filters leave it.

    Args:
        offset: items to pass over.
        limit: the most items to give; None for all.
    """
    comparison, wording = kept.comparison, Wording(kept.comparison, lang)
    found = comparison.differences
    end = None if limit is None else offset + limit
    page = islice(kept.kinds.items(), offset, end)
    return answer.DifferencesAnswer(
        release=found.after.id,
        before=found.before.id,
        after=found.after.id,
        languages=list(found.languages),
        counts=dict(found.counts),
        filtered=dict(kept.counts),
        total=len(kept.kinds),
        offset=offset,
        limit=len(kept.kinds) if limit is None else limit,
        items=[wording.item(code, kinds) for code, kinds in page],
        classifications=list(classification_differences(wording)),
        datasets=_datasets(comparison),
        not_compared=[
            answer.NotComparedItem(
                facet=each.facet,
                reason=each.reason.fr,
                reason_en=each.reason.en,
                entities=each.entities,
            )
            for each in found.not_compared
        ],
    )


def classification_differences(wording: Wording) -> Iterator[answer.ClassificationDifference]:
    found = wording.comparison.differences
    for each in found.classifications:
        yield _changed(wording, each)
    for gone in found.classifications_removed:
        lang, name = gone.name(wording.lang)
        yield answer.ClassificationDifference(
            id=gone.id, name=name, lang=lang, what="removed", former_name=None,
            edges_added=0, edges_removed=len(gone.edges),
        )  # fmt: skip
    for new in found.classifications_added:
        lang, name = new.name(wording.lang)
        yield answer.ClassificationDifference(
            id=new.id, name=name, lang=lang, what="added", former_name=None,
            edges_added=len(new.edges), edges_removed=0,
        )  # fmt: skip


def _changed(wording: Wording, changes: ClassificationChanges) -> answer.ClassificationDifference:
    lang, name = wording.classification(changes.id)
    return answer.ClassificationDifference(
        id=changes.id,
        name=name,
        lang=lang,
        what="changed",
        former_name=next((each.before for each in changes.names if each.lang == lang), None),
        edges_added=len(changes.edges_added),
        edges_removed=len(changes.edges_removed),
    )


def _datasets(comparison: Comparison) -> list[answer.ComparedDataset]:
    return [
        answer.ComparedDataset(
            dataset=each.dataset,
            before=each.before.id if each.before else None,
            after=each.after.id if each.after else None,
        )
        for each in comparison.datasets
    ]
