"""Counters in tables: added to by several processes at once, and never beyond a bound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from thesaurus.store.models import Base, RevisionRow

MOST = 10**12
"""Where a counter stays: far beyond any real count, far below what the column holds."""


def add_up(
    session: Session,
    table: type[Base],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    counted: Sequence[str],
) -> None:
    """Add numbers to the rows of their keys; rows that are not there are made.

    The data base adds, so that no process works with a number that another has changed since.
    """
    if not rows:
        return
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    statement = (sqlite.insert if on_sqlite else postgresql.insert)(table)
    sums = {name: table.__table__.c[name] + statement.excluded[name] for name in counted}
    session.execute(
        statement.on_conflict_do_update(
            index_elements=list(key),
            set_={name: case((total > MOST, MOST), else_=total) for name, total in sums.items()},
        ),
        [dict(row) for row in rows],
    )


def changed(session: Session, name: str) -> None:
    """Note that a table changed, for those who hold it in memory."""
    rows = [{"name": name, "number": 1}]
    add_up(session, RevisionRow, rows, key=["name"], counted=["number"])


def revision(session: Session, name: str) -> int:
    """Return how often a table changed."""
    found = session.scalar(select(RevisionRow.number).where(RevisionRow.name == name))
    return found or 0
