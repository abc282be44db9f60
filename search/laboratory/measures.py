"""Figures: how often the right answer stands among the first, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

DEPTHS = (1, 5, 10)
DEEPEST = max(DEPTHS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one query.

    Attributes:
        rank: the place of the first right answer, from 1; None where it is not among the first ten.
        seconds: how long the answer took.
    """

    rank: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of some queries.

    Attributes:
        count: how many queries.
        recall: share of queries with a right answer among the first 1, 5 and 10.
        mrr: mean of 1 / rank of the first right answer, 0 where it is not among the first ten.
        p50: seconds within which half of the queries are answered.
        p99: seconds within which 99 of 100 queries are answered.
    """

    count: int
    recall: tuple[float, float, float]
    mrr: float
    p50: float
    p99: float


def rank(answers: Sequence[str], right: Iterable[str]) -> int | None:
    """Return the place of the first right answer, from 1."""
    wanted = set(right)
    return next((n for n, code in enumerate(answers, 1) if code in wanted), None)


def score(outcomes: Sequence[Outcome]) -> Score:
    """Sum up outcomes; there is at least one.

    >>> score([Outcome(1, 0.1), Outcome(4, 0.3)]).mrr
    0.625
    """
    ranks = [each.rank for each in outcomes]
    one, five, ten = (
        sum(1 for each in ranks if each and each <= depth) / len(ranks) for depth in DEPTHS
    )
    seconds = [each.seconds for each in outcomes]
    return Score(
        count=len(ranks),
        recall=(one, five, ten),
        mrr=sum(1 / each for each in ranks if each) / len(ranks),
        p50=percentile(seconds, 50),
        p99=percentile(seconds, 99),
    )


def percentile(values: Sequence[float], share: int) -> float:
    """Return the smallest value that at least ``share`` % of the values do not exceed.

    >>> percentile([4, 1, 3, 2], 50)
    2
    """
    return sorted(values)[ceil(len(values) * share / 100) - 1]
