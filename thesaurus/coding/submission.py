"""What is sent to be checked, and what comes back. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

_TEXT = 2000


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Diagnosis(BaseModel):
    """One coded diagnosis. Items that no rule of this version reads are accepted and ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    code: str | None = Field(default=None, max_length=_TEXT)
    system: str | None = Field(default=None, max_length=_TEXT)
    label: str | None = Field(default=None, max_length=_TEXT)
    status: str | None = Field(default=None, max_length=_TEXT)


class Submission(BaseModel):
    """The diagnoses of one patient. The id is any opaque token; it is given back, never kept."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: str = Field(max_length=200)
    diagnoses: list[Diagnosis] = Field(max_length=1000)


class CheckRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str = Field(default="bamara", max_length=40)
    release: str | None = Field(default=None, max_length=40)
    submissions: list[Submission]


class Suggestion(BaseModel):
    """A code to use instead. Only the target of a deprecated code may be applied unseen."""

    model_config = ConfigDict(frozen=True)

    code: str
    label: str
    reason: str
    automatic: bool = False


class Finding(BaseModel):
    model_config = ConfigDict(frozen=True)

    rule: str = Field(description="DX-001 ... (see docs/rules.md).")
    severity: Severity
    path: str = Field(description="JSON pointer into the submission.")
    message: str
    message_en: str
    suggestions: list[Suggestion] = []


class Normalized(BaseModel):
    """A diagnosis as we read it; code and label are null where it could not be read."""

    model_config = ConfigDict(frozen=True)

    code: str | None
    label: str | None


class Result(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    valid: bool = Field(description="True when no finding is an error.")
    severity: Severity | None = Field(description="The worst finding, null where there is none.")
    findings: list[Finding]
    normalized: list[Normalized]


class Summary(BaseModel):
    model_config = ConfigDict(frozen=True)

    submissions: int
    diagnoses: int
    valid: int
    errors: int
    warnings: int
    informations: int
    rules: dict[str, int]


class CheckAnswer(BaseModel):
    model_config = ConfigDict(frozen=True)

    release: str
    profile: str
    results: list[Result]
    summary: Summary
