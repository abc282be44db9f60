"""The history of the register: who did what, when and why, the latest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict

from pydantic import Field

from thesaurus.answers import Answer, EventItem
from thesaurus.dating import active_of
from thesaurus.store import Record


class HistoryItem(EventItem):
    """A step in the life of a release; from a state to the same one: its window was changed."""

    release: str
    system: str


class HistoryAnswer(Answer):
    release: str | None = Field(description="The active release of the nomenclature.")
    total: int = Field(description="How many steps there are, those over the limit counted.")
    items: list[HistoryItem]


def history(
    records: Iterable[Record],
    nomenclature: Iterable[Record],
    *,
    release: str | None = None,
    since: dt.date | None = None,
    limit: int | None = None,
) -> HistoryAnswer:
    """Put the steps of releases together.

    Args:
        records: the releases whose steps are wanted.
        nomenclature: those among which the active release is looked for.
        release: the id of one of them only.
        since: the first day (UTC).
        limit: how many steps at most, of the latest.
    """
    steps = [
        HistoryItem(**asdict(event), release=record.id, system=record.release.system)
        for record in records
        if release in (None, record.id)
        for event in record.history
        if since is None or event.at.date() >= since
    ]
    # Steps of one moment stay in their order, which sorting keeps.
    latest_first = sorted(steps, key=lambda each: each.at)[::-1]
    active = active_of(nomenclature)
    return HistoryAnswer(
        release=active.id if active else None, total=len(steps), items=latest_first[:limit]
    )
