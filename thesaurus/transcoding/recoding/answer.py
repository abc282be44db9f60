"""What is asked of a recoding and what it answers. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ontologies.errors import Message
from thesaurus.coding.table.answer import FileFacts, Note, Unread
from thesaurus.transcoding.answer import Answer, EndItem, ProposalItem
from thesaurus.transcoding.recoding import words
from thesaurus.transcoding.recoding.codes import Outcome, Recoded
from thesaurus.transcoding.recoding.recoder import Recoder
from thesaurus.transcoding.recoding.sums import Counts, Sort, Sums, number, site_name

MOST_IN_A_CALL = 20_000
"""Codes of one call; a file has more."""

ReleaseId = Annotated[str, StringConstraints(min_length=1, max_length=80)]
_BODY = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class CodeToRecode(BaseModel):
    """A code of an old record."""

    model_config = _BODY

    id: str | None = Field(
        default=None, max_length=200, description="Any token; it comes back and is not kept."
    )
    code: str | None = Field(max_length=2000, description="A code in any written form.")
    site: str | None = Field(
        default=None, max_length=200, description="Who keeps the record, for the work list."
    )


class RecodeRequest(BaseModel):
    model_config = _BODY

    from_: ReleaseId = Field(
        alias="from", description="The release, or legacy table, that the codes are of."
    )
    to: ReleaseId = Field(description="A later release.")
    items: tuple[CodeToRecode, ...] = Field(max_length=MOST_IN_A_CALL)


class Totals(Answer):
    """``rows`` is the sum of the seven outcomes: no record is lost or counted twice."""

    rows: int
    unchanged: int
    recoded: int
    to_decide: int = Field(description="No one code stands for it yet.")
    no_code: int = Field(description="No code stands for it: not rare, or so decided.")
    unknown: int = Field(description="No release on the way has the code.")
    unreadable: int = Field(description="No code can be read.")
    blank: int = Field(description="Rows without a code, blank lines among them.")
    waiting: int = Field(
        description="Of these the records that a person must look at: to_decide, unknown, "
        "unreadable, and no_code where nobody decided."
    )


class SiteTotals(Totals):
    site: str = Field(description="Empty where none is named.")


class RecodeSummary(Answer):
    """What became of the records, without them."""

    release: str = Field(description="The later release.")
    from_: str = Field(alias="from", description="The older release, or legacy table.")
    to: str
    releases: list[str] = Field(description="Those on the way, the oldest first.")
    signed: bool = Field(description="Whether the transcoding table is signed.")
    open: int = Field(description="Rows of the table that wait for a person.")
    totals: Totals
    kinds: dict[str, int] = Field(
        description="Records by kind of their row in the table; those without a row are unchanged, "
        "unknown, unreadable or blank."
    )
    sites: list[SiteTotals] = Field(description="Those with most records that wait first.")
    proposals_left_out: int = Field(description="Codes without proposals, being too many.")


class RecodedCode(Answer):
    """What becomes of one record."""

    site: str | None
    code: str | None = Field(description="As it was sent.")
    source: str | None = Field(
        description="Digits only, a local code as its table has it; null where none can be read."
    )
    outcome: Outcome
    target: EndItem | None = Field(description="The code that stands for it, be it itself.")
    kind: str | None = Field(description="Of the row of the table; null without one.")
    decision: str | None = Field(description="automatic, proposed, accepted or rejected.")
    message: str
    message_en: str


class RecodeItem(RecodedCode):
    id: str | None


class RecodeAnswer(RecodeSummary):
    proposals: dict[str, list[ProposalItem]] = Field(
        description="By source, for codes that are to be decided upon: what may stand for them, "
        "surest first; what a person chose, where it is several codes."
    )
    items: list[RecodeItem]


class RecodedRow(RecodedCode):
    """A row of a file."""

    line: int


class RecodedFile(FileFacts):
    """How the file was read."""

    columns: dict[str, str] = Field(description="The column of each field.")
    unread: Unread
    notes: list[Note]


class RecodeFileSummary(RecodeSummary):
    """What became of the rows of a file, without them."""

    file: RecodedFile


class RecodeFileAnswer(RecodeFileSummary):
    """What became of the rows of a file; those that are unchanged or blank are not listed."""

    proposals: dict[str, list[ProposalItem]]
    items: list[RecodedRow]


def recode_items(recoder: Recoder, request: RecodeRequest) -> RecodeAnswer:
    """Recode the codes of a call."""
    sums = Sums()
    items = []
    for each in request.items:
        recoded = recoder.of(each.code or "")
        recoder.proposals(recoded)
        sums.add(site_name(each.site), Sort.of(recoded))
        why = words.reason(recoded, recoder.rows, each.code or "")
        code = of_code(recoder, each.code, recoded, why)
        items.append(RecodeItem(id=each.id, site=each.site, **code))
    return RecodeAnswer(
        **summary(recoder, sums),
        proposals={code: list(found) for code, found in recoder.proposed.items()},
        items=items,
    )


def of_code(
    recoder: Recoder, written: str | None, recoded: Recoded, why: Message
) -> dict[str, Any]:
    """Return the fields of an item that depend on its code alone."""
    return {
        "code": written,
        "source": recoded.code,
        "outcome": recoded.outcome,
        "target": recoder.end(recoded.target) if recoded.target else None,
        "kind": recoded.kind,
        "decision": recoded.decision,
        "message": why.fr,
        "message_en": why.en,
    }


def summary(recoder: Recoder, sums: Sums) -> dict[str, Any]:
    """Return the fields of a ``RecodeSummary``."""
    rows = recoder.rows
    found = sums.all
    sites = [
        SiteTotals(site=site, **totals(counts).model_dump()) for site, counts in sums.sites.items()
    ]
    return {
        "release": rows.target,
        "from_": rows.source,
        "to": rows.target,
        "releases": list(rows.releases),
        "signed": rows.signed,
        "open": rows.open,
        "totals": totals(found),
        "kinds": _kinds(found),
        "sites": sorted(sites, key=lambda each: (-each.waiting, -each.rows, each.site)),
        "proposals_left_out": recoder.left_out,
    }


def totals(counts: Counts) -> Totals:
    by_outcome = {
        outcome.value: number(counts, lambda sort, wanted=outcome: sort.outcome is wanted)  # type: ignore[misc]
        for outcome in Outcome
    }
    return Totals(
        rows=sum(counts.values()), waiting=number(counts, lambda sort: sort.waits), **by_outcome
    )


def _kinds(counts: Counts) -> dict[str, int]:
    found: dict[str, int] = {}
    for sort, count in counts.items():
        if sort.kind:
            found[sort.kind.value] = found.get(sort.kind.value, 0) + count
    return dict(sorted(found.items()))
