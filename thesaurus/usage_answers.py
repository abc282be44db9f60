"""The answers about searches, choices and perimeters, the same for HTTP and for ``--json``."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from thesaurus.answers import Answer, Code


class ChosenAnswer(Answer):
    """A choice that was taken note of."""

    release: str
    code: Code
    curie: str


class RankItem(Answer):
    rank: str = Field(description="1, 2, 3, 4-5, 6-10 or 11-100.")
    count: int


class ChosenItem(Answer):
    """The hits that were chosen, and where they stood."""

    count: int = Field(description="Choices, those without a rank among them.")
    ranks: list[RankItem]
    mean_reciprocal_rank: float | None = Field(
        description="1 where the first hit was always the chosen one; null without a rank."
    )


class EmptyTextItem(Answer):
    """A text that came several times and found nothing, folded."""

    text: str
    count: int
    last: dt.date


class SearchDayItem(Answer):
    day: dt.date = Field(description="In UTC.")
    searches: int
    empty: int
    chosen: int
    mean_reciprocal_rank: float | None


class SearchesAnswer(Answer):
    """What was searched, without who searched and for whom."""

    since: dt.date
    searches: int = Field(description="By suggest, those that were answered 304 among them.")
    empty: int = Field(description="Searches that found nothing.")
    empty_share: float | None = Field(description="From 0 to 1; null without searches.")
    chosen: ChosenItem
    empty_texts: list[EmptyTextItem] = Field(description="At most 100, the most frequent first.")
    per_day: list[SearchDayItem] = Field(description="Days with searches or choices.")


class PerimeterItem(Answer):
    name: str
    title: str | None
    count: int = Field(description="Codes in the list.")
    unknown: int = Field(description="Those of them that this release does not have.")


class PerimetersAnswer(Answer):
    release: str
    items: list[PerimeterItem]


class UsageItem(Answer):
    code: Code
    label: str | None = Field(description="None where the active release does not have the code.")
    count: int


class UsageAnswer(Answer):
    """The codes that were chosen most often."""

    release: str | None
    codes: int
    total: int
    items: list[UsageItem]


class LoadedCodesAnswer(Answer):
    """What a list of codes became; ``unknown`` ones of the active release are kept all the same."""

    release: str | None
    codes: int
    unknown: list[str]
