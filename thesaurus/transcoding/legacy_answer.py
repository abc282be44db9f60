"""The answers of legacy tables, the same for HTTP and for ``--json``."""

from __future__ import annotations

import datetime as dt

from pydantic import Field

from thesaurus.transcoding.answer import Answer, EndItem, ProposalItem, SignatureItem


class LegacyTableItem(Answer):
    name: str
    title: str | None
    entries: int
    by: str
    date: dt.datetime


class LegacyTablesAnswer(Answer):
    release: str | None = Field(description="The active release, if there is one.")
    items: list[LegacyTableItem]


class LegacyItem(Answer):
    """An entry of a legacy table and what stands for it."""

    code: str = Field(description="The local code.")
    label: str | None
    orpha: str | None = Field(description="The ORPHAcode of the table, as it was written.")
    icd10: str | None = Field(description="The CIM-10 codes of the table, as they were written.")
    targets: list[EndItem] = Field(description="Active codes of the release, where decided.")
    decision: str = Field(description="proposed, accepted or rejected.")
    open: bool
    decided_in: list[str] | None = Field(
        description="The table and the release for which a person decided."
    )
    by: str | None
    date: dt.datetime | None
    comment: str | None
    version: int = Field(description="Of the decision in this table, to be sent as seen_version.")
    proposals: list[ProposalItem] | None = Field(
        default=None, description="Of a row that waits, the surest first; where asked for."
    )
    why: str | None = Field(default=None, description="Why nothing is proposed.")
    why_en: str | None = None


class LegacyAnswer(Answer):
    """A legacy table on its way to a release, or a page of it."""

    release: str
    table: str
    to: str
    signed: SignatureItem | None
    decisions: dict[str, int] = Field(description="Entries by decision, of the whole table.")
    open: int
    total: int = Field(description="Entries that the filters leave.")
    items: list[LegacyItem]


class ProblemItem(Answer):
    line: int
    message: str
    message_en: str


class LegacyLoadedAnswer(Answer):
    """What a load of a legacy table gave."""

    release: str | None
    table: LegacyTableItem
    columns: dict[str, str] = Field(description="Which column holds which field.")
    problems: list[ProblemItem] = Field(description="Rows that were not read; the first 100.")
    problem_count: int
    blanks: int
