"""What is sent to be checked, and what comes back. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from ontologies.standard import ORPHA

LONGEST_TEXT = 2000
# A confirmed diagnosis, in BaMaRa's word, the ANS value set (255545003, "définitif") and FHIR's.
_CONFIRMED = ("confirmé", "confirme", "confirmed", "définitif", "definitif", "255545003")


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Diagnosis(BaseModel):
    """One coded diagnosis. Items that no rule of this version reads are accepted and ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    code: str | None = Field(default=None, max_length=LONGEST_TEXT)
    system: str | None = Field(
        default=None,
        max_length=LONGEST_TEXT,
        description="The code system; ORPHA when absent. Identifiers of ORPHA: "
        f"{', '.join((ORPHA.name, ORPHA.uri, *ORPHA.aliases))}. OIDs also without urn:oid:.",
    )
    label: str | None = Field(
        default=None,
        max_length=LONGEST_TEXT,
        description="The diagnosis in words; suggestions are searched with it.",
    )
    status: str | None = Field(
        default=None,
        max_length=LONGEST_TEXT,
        description="Any text. These count as confirmed, in capitals too: "
        f"{', '.join(_CONFIRMED)}.",
    )

    @property
    def is_confirmed(self) -> bool:
        return self.status is not None and self.status.strip().casefold() in _CONFIRMED


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

    rule: str = Field(description="DX-001 ... (see docs/guide-utilisateur.md).")
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
    suggestions_left_out: int = Field(
        default=0,
        description="Findings that come without suggestions by name, because the call had more "
        "different labels to search than one call may.",
    )


class CheckAnswer(BaseModel):
    model_config = ConfigDict(frozen=True)

    release: str
    profile: str
    results: list[Result]
    summary: Summary
