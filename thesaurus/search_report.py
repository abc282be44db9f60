"""What was counted of searches and of perimeters, in words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable, Mapping

from thesaurus import usage_answers as answers
from thesaurus.runtime import Open
from thesaurus.store import Perimeter, SearchHistory

_RANKS = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 10), (11, 100))


def searches(history: SearchHistory, since: dt.date) -> answers.SearchesAnswer:
    """Sum up the days of a history."""
    total = sum(day.searches for day in history.days)
    empty = sum(day.empty for day in history.days)
    ranks: Counter[int] = Counter()
    for day in history.days:
        ranks.update(day.ranks)
    return answers.SearchesAnswer(
        since=since,
        searches=total,
        empty=empty,
        empty_share=round(empty / total, 4) if total else None,
        chosen=_chosen(ranks),
        empty_texts=[
            answers.EmptyTextItem(text=each.text, count=each.count, last=each.last)
            for each in history.texts
        ],
        per_day=[
            answers.SearchDayItem(
                day=day.day,
                searches=day.searches,
                empty=day.empty,
                chosen=day.ranks.total(),
                mean_reciprocal_rank=mean_reciprocal_rank(day.ranks),
            )
            for day in history.days
        ],
    )


def _chosen(ranks: Counter[int]) -> answers.ChosenItem:
    return answers.ChosenItem(
        count=ranks.total(),
        ranks=[
            answers.RankItem(
                rank=str(first) if first == last else f"{first}-{last}",
                count=sum(ranks[rank] for rank in range(first, last + 1)),
            )
            for first, last in _RANKS
        ],
        mean_reciprocal_rank=mean_reciprocal_rank(ranks),
    )


def mean_reciprocal_rank(ranks: Mapping[int, int]) -> float | None:
    """Return the mean of 1/rank over the choices whose rank is known; rank 0 is not.

    >>> mean_reciprocal_rank({0: 7, 1: 1, 2: 1})
    0.75
    """
    known = {rank: count for rank, count in ranks.items() if rank}
    total = sum(known.values())
    return round(sum(n / rank for rank, n in known.items()) / total, 4) if total else None


def perimeters(release: Open, known: Iterable[Perimeter]) -> answers.PerimetersAnswer:
    """The perimeters beside a release."""
    return answers.PerimetersAnswer(
        release=release.id,
        items=[
            answers.PerimeterItem(
                name=each.name,
                title=each.title,
                count=len(each.codes),
                unknown=len(unknown_codes(each.codes, release.snapshot.concepts)),
            )
            for each in known
        ],
    )


def unknown_codes(codes: Iterable[str], known: Container[str]) -> list[str]:
    """Return the codes that are not among the known ones, by number."""
    return sorted((code for code in codes if code not in known), key=int)
