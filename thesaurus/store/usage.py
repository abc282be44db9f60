"""How often each code was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from thesaurus.store.counting import MOST, add_up, changed, revision
from thesaurus.store.engine import Database
from thesaurus.store.models import CodeUsageRow

_TABLE = "code_usage"


@dataclass(frozen=True, slots=True)
class UsageCounts:
    """How often each code was chosen, as last read: code -> count, from 1.

    ``version`` grows with every change, so that what is made of the counts can be kept.
    """

    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    version: int = 0

    def of(self, code: str) -> int:
        return self.counts.get(code, 0)


class Usage:
    """Reads and writes the counts of chosen codes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def version(self) -> int:
        with self._database.reading() as session:
            return revision(session, _TABLE)

    def counts(self) -> UsageCounts:
        """Return every count with the version that they are of, the most chosen first."""
        with self._database.reading() as session:
            version = revision(session, _TABLE)
            rows = session.execute(
                select(CodeUsageRow.code, CodeUsageRow.chosen).order_by(
                    CodeUsageRow.chosen.desc(), CodeUsageRow.code
                )
            )
            return UsageCounts(MappingProxyType(dict(rows.all())), version)

    def add(self, counts: Mapping[str, int]) -> None:
        """Add to the counts; all of them, or none."""
        with self._database.writing() as session:
            add_chosen(session, counts)

    def replace(self, counts: Mapping[str, int]) -> None:
        """Put these counts in the place of all others, or change nothing."""
        with self._database.writing() as session:
            session.execute(delete(CodeUsageRow))
            add_chosen(session, counts)
            changed(session, _TABLE)

    def clear(self) -> int:
        """Forget every count; return of how many codes there was one."""
        with self._database.writing() as session:
            known = session.scalar(select(func.count()).select_from(CodeUsageRow)) or 0
            session.execute(delete(CodeUsageRow))
            changed(session, _TABLE)
            return known


def add_chosen(session: Session, counts: Mapping[str, int]) -> None:
    rows = [{"code": code, "chosen": min(n, MOST)} for code, n in sorted(counts.items()) if n > 0]
    if rows:
        add_up(session, CodeUsageRow, rows, key=["code"], counted=["chosen"])
        changed(session, _TABLE)
