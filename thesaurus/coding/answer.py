"""What the check says of a submission. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Severity(StrEnum):
    """How much a finding matters, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Suggestion(BaseModel):
    """A code to use instead. Only the target of a deprecated code may be applied unseen."""

    model_config = ConfigDict(frozen=True)

    code: str
    label: str
    reason: str
    automatic: bool = False
    system: str | None = Field(
        default="orpha", description="Key of its code system; null for a value of a list or an OID."
    )

    @property
    def shown(self) -> str:
        return f"ORPHA:{self.code}" if self.system == "orpha" else self.code


class Finding(BaseModel):
    model_config = ConfigDict(frozen=True)

    rule: str = Field(description="DX-001 ... (docs/rules.md, GET /v1/rules).")
    severity: Severity
    path: str = Field(description="JSON pointer into the submission.")
    message: str
    message_en: str
    suggestions: list[Suggestion] = []


class PlacedFinding(Finding):
    """A finding in a document or table, with its place there.

    Attributes:
        line: of the file, counted from 1.
        xpath: of a document, with the prefix ``cda`` for ``urn:hl7-org:v3``.
        column: the heading of the column of a table.
    """

    line: int | None = None
    xpath: str | None = None
    column: str | None = None


class Normalized(BaseModel):
    """A diagnosis as we read it; code and label are null where it could not be read."""

    model_config = ConfigDict(frozen=True)

    code: str | None
    label: str | None


class Change(BaseModel):
    """What a correction replaced: the value at ``path`` in the submission."""

    model_config = ConfigDict(frozen=True)

    path: str
    before: str | None
    after: str
    rule: str


class Result(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    valid: bool = Field(description="True when no finding is an error.")
    severity: Severity | None = Field(description="The worst finding, null where there is none.")
    findings: list[Finding]
    normalized: list[Normalized]


class CorrectedResult(Result):
    """A result with the submission as it stands once deprecated codes are replaced.

    ``corrected`` has the items of the submission that the check knows; ``changes`` is empty where
    nothing had to be replaced, or nothing could without a person. ``remaining`` is what would be
    found of the corrected submission.
    """

    corrected: dict[str, Any]
    changes: list[Change]
    remaining: list[Finding]


class FaultItem(BaseModel):
    model_config = ConfigDict(frozen=True)

    path: str = Field(description="JSON pointer into the submission.")
    message: str = Field(description="In English.")


class RefusedResult(Result):
    """The result of a submission that has not the form of one: nothing of it was judged."""

    message: str
    message_en: str
    faults: list[FaultItem]


class Summary(BaseModel):
    model_config = ConfigDict(frozen=True)

    submissions: int
    problems: int = Field(default=0, description="Submissions that could not be read.")
    diagnoses: int
    valid: int
    errors: int
    warnings: int
    informations: int
    rules: dict[str, int]
    suggestions_left_out: int = Field(
        default=0,
        description="Findings that come without suggestions by name, because the call had more "
        "different labels to search than one call may.",
    )
    not_applied: dict[str, str] = Field(
        default={},
        description="Rules that could not judge, and the dataset that is not loaded for them.",
    )


class CheckAnswer(BaseModel):
    model_config = ConfigDict(frozen=True)

    release: str
    profile: str
    results: list[Result | CorrectedResult | RefusedResult]
    summary: Summary
