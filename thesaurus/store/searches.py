"""What is counted of searches, by day: how many, how many found nothing, which rank was chosen."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from thesaurus.store.counting import add_up
from thesaurus.store.engine import Database
from thesaurus.store.models import ChosenRankRow, EmptyTextRow, SearchDayRow
from thesaurus.store.usage import add_chosen

KEPT_DAYS = 400
"""Older days are deleted: a year can be compared with the one before, and no more is needed."""

_DAILY = (SearchDayRow, ChosenRankRow, EmptyTextRow)
_MOST_TEXTS = 100


@dataclass(slots=True)
class SearchTally:
    """What one process counted on one day (UTC), to be added to the tables.

    Attributes:
        ranks: rank of the chosen hit -> how often; rank 0 where the client did not say.
        codes: chosen code -> how often.
        texts: text that found nothing and may be kept -> how often.
    """

    day: dt.date
    searches: int = 0
    empty: int = 0
    ranks: Counter[int] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class EmptyText:
    """A text that found nothing: how often, and when last."""

    text: str
    count: int
    last: dt.date


@dataclass(frozen=True, slots=True)
class SearchHistory:
    """What was counted since a day: the days from the earliest, the texts that came most often."""

    days: tuple[SearchTally, ...]
    texts: tuple[EmptyText, ...]


class Searches:
    """Reads and writes what is counted of searches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(self, tallies: Iterable[SearchTally]) -> None:
        """Add to the counts in one transaction, the chosen codes among them: all, or nothing."""
        with self._database.writing() as session:
            latest = max((_add(session, tally) for tally in tallies), default=None)
            if latest:
                for table in _DAILY:
                    gone = latest - dt.timedelta(days=KEPT_DAYS)
                    session.execute(delete(table).where(table.day < gone))

    def since(self, day: dt.date) -> SearchHistory:
        """Return what was counted on that day and after."""
        days: dict[dt.date, SearchTally] = {}
        with self._database.reading() as session:
            for each in session.scalars(select(SearchDayRow).where(SearchDayRow.day >= day)):
                days[each.day] = SearchTally(each.day, each.searches, each.empty)
            for rank in session.scalars(select(ChosenRankRow).where(ChosenRankRow.day >= day)):
                tally = days.setdefault(rank.day, SearchTally(rank.day))
                tally.ranks[rank.rank] = rank.chosen
            texts = _texts(session, day)
        return SearchHistory(tuple(days[each] for each in sorted(days)), texts)


def _add(session: Session, tally: SearchTally) -> dt.date:
    day = tally.day
    if tally.searches:
        row = {"day": day, "searches": tally.searches, "empty": tally.empty}
        add_up(session, SearchDayRow, [row], key=["day"], counted=["searches", "empty"])
    ranks = [{"day": day, "rank": rank, "chosen": n} for rank, n in sorted(tally.ranks.items())]
    add_up(session, ChosenRankRow, ranks, key=["day", "rank"], counted=["chosen"])
    texts = [{"day": day, "text": text, "searches": n} for text, n in sorted(tally.texts.items())]
    add_up(session, EmptyTextRow, texts, key=["day", "text"], counted=["searches"])
    add_chosen(session, tally.codes)
    return day


def _texts(session: Session, day: dt.date) -> tuple[EmptyText, ...]:
    count = func.sum(EmptyTextRow.searches).label("count")
    last = func.max(EmptyTextRow.day).label("last")
    rows = session.execute(
        select(EmptyTextRow.text, count, last)
        .where(EmptyTextRow.day >= day)
        .group_by(EmptyTextRow.text)
        .order_by(count.desc(), last.desc(), EmptyTextRow.text)
        .limit(_MOST_TEXTS)
    )
    return tuple(EmptyText(text, int(number), latest) for text, number, latest in rows)
