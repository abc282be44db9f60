"""The answers of transcoding, the same for HTTP and for ``--json``."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, validate_by_name=True, serialize_by_alias=True)


class EndItem(Answer):
    """A code at one end of a row."""

    code: str
    curie: str
    label: str
    lang: str = Field(description="Language of the label.")
    level: str | None
    status: str


class ReasonItem(Answer):
    kind: str = Field(description="moved_to, referred_to, name, alignment, gene ...")
    message: str
    message_en: str


class ProposalItem(Answer):
    """A code that may stand for another one."""

    code: str
    curie: str
    label: str
    lang: str
    level: str | None
    status: str
    confidence: float = Field(description="0 to 1: about the share of such proposals that hold.")
    reasons: list[ReasonItem]


class GivenItem(Answer):
    """What a legacy table says of one of its codes, as it was written."""

    orpha: str | None
    icd10: str | None


class TranscodingItem(Answer):
    """One row of a transcoding table."""

    source: EndItem = Field(
        description="As the older release has it; of a new code as the younger one. Of a legacy "
        "table the local code with its label; its status is legacy."
    )
    given: GivenItem | None = Field(
        default=None, description="Of a legacy table: the codes that stand beside the local one."
    )
    targets: list[EndItem] = Field(
        description="Active codes of the younger release; several where a person chose several, "
        "none where nothing stands for the source."
    )
    kind: str
    decision: str = Field(description="automatic, proposed, accepted or rejected.")
    changed: bool = Field(description="Whether the older release said something else of the code.")
    open: bool = Field(description="Whether the row waits for a person.")
    via: str | None = Field(
        description="The last release that knew the code, where the younger one does not."
    )
    decided_in: list[str] | None = Field(
        description="The two releases in whose table a person decided."
    )
    by: str | None = None
    date: dt.datetime | None = None
    comment: str | None = None
    version: int = Field(description="Of the decision in this table, to be sent as seen_version.")
    proposals: list[ProposalItem] | None = Field(
        default=None, description="What may stand for the source, surest first; where asked for."
    )
    why: str | None = Field(default=None, description="Of a legacy table: why nothing is proposed.")
    why_en: str | None = None


class SignatureItem(Answer):
    edition: int
    by: str
    date: dt.datetime
    comment: str | None
    sha256: str = Field(description="Of the signed table.")
    reopened_by: str | None = None
    reopened_at: dt.datetime | None = None
    reopened_why: str | None = None


class CautionItem(Answer):
    """Something to know that is no fault."""

    message: str
    message_en: str


class TranscodingAnswer(Answer):
    """A transcoding table, or a page of it."""

    release: str = Field(description="The younger release.")
    from_: str = Field(alias="from", description="The older release.")
    to: str
    releases: list[str] = Field(description="Those on the way, the oldest first.")
    signed: SignatureItem | None
    counts: dict[str, int] = Field(description="Rows by kind, of the whole table.")
    changed_counts: dict[str, int] = Field(
        description="Those of which the older release said something else; the others were "
        "inactive before."
    )
    decisions: dict[str, int] = Field(description="Rows by decision, of the whole table.")
    open: int = Field(description="Rows that wait for a person before the table can be signed.")
    cautions: list[CautionItem] = Field(
        description="What the releases at both ends do not say, such as levels or inactive codes."
    )
    total: int = Field(description="Rows that the filters leave.")
    selected_counts: dict[str, int] = Field(description="The same by kind.")
    items: list[TranscodingItem] = Field(
        description="By kind, then by the number of the code; of a legacy table as it has them."
    )


class SignaturesAnswer(Answer):
    release: str
    from_: str = Field(alias="from")
    to: str
    items: list[SignatureItem]


class SignatureAnswer(Answer):
    """A signature that was just given, or taken back."""

    release: str
    from_: str = Field(alias="from")
    to: str
    signature: SignatureItem


class DecisionItem(Answer):
    code: str
    version: int
    decision: str
    targets: list[str]
    by: str
    date: dt.datetime
    comment: str | None


class DecisionsAnswer(Answer):
    release: str
    from_: str = Field(alias="from")
    to: str
    items: list[DecisionItem]


class TranscodingHistory(Answer):
    """What was decided and signed in a table, the latest first."""

    release: str
    from_: str = Field(alias="from")
    to: str
    decisions: list[DecisionItem]
    signatures: list[SignatureItem]
