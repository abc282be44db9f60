"""The answers of legacy tables, the same for HTTP and for ``--json``."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from thesaurus.store.legacy import LegacyTable, Replaced
from thesaurus.transcoding.answer import Answer
from thesaurus.transcoding.legacy.file import LegacyFile

MOST_PROBLEMS = 100


class LegacyTableItem(Answer):
    name: str
    title: str | None
    entries: int
    by: str
    date: dt.datetime


class LegacyTablesAnswer(Answer):
    release: str | None = Field(description="The active release, if there is one.")
    items: list[LegacyTableItem]


class ProblemItem(Answer):
    line: int
    message: str
    message_en: str


class LegacyLoadedAnswer(Answer):
    """What a load of a legacy table gave."""

    release: str | None = Field(description="The active release, if there is one.")
    table: LegacyTableItem
    taken_back: int = Field(
        description="Decisions taken back: upon entries that say something else now, or are gone."
    )
    columns: dict[str, str] = Field(description="Which column holds which field.")
    notes: list[str] = Field(description="What to know of how the file was read, in French.")
    blanks: int = Field(description="Rows without anything.")
    problem_count: int = Field(description="Rows that were not read.")
    problems: list[ProblemItem] = Field(description=f"The first {MOST_PROBLEMS} of them.")


def table_item(table: LegacyTable) -> LegacyTableItem:
    return LegacyTableItem(
        name=table.name,
        title=table.title,
        entries=table.entries,
        by=table.actor,
        date=table.at,
    )


def loaded(replaced: Replaced, file: LegacyFile, release: str | None) -> LegacyLoadedAnswer:
    return LegacyLoadedAnswer(
        release=release,
        table=table_item(replaced.table),
        taken_back=replaced.taken_back,
        columns=dict(file.columns),
        notes=[note.fr for note in file.notes],
        blanks=file.blanks,
        problem_count=len(file.problems),
        problems=[
            ProblemItem(line=each.line, message=each.message.fr, message_en=each.message.en)
            for each in file.problems[:MOST_PROBLEMS]
        ],
    )
