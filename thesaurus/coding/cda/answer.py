"""What the check says of clinical documents. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from thesaurus.coding.answer import Normalized, PlacedFinding, Result, Severity, Summary
from thesaurus.coding.cda.notes import Note

_FROZEN = ConfigDict(frozen=True)


class PlacedResult(BaseModel):
    """A result of the check whose findings tell their place in the document."""

    model_config = _FROZEN

    id: str
    valid: bool
    severity: Severity | None
    findings: list[PlacedFinding]
    normalized: list[Normalized]


class DocumentProblem(BaseModel):
    """Why a document could not be read."""

    model_config = _FROZEN

    message: str = Field(description="In French.")
    message_en: str
    line: int | None


class CheckedDocument(BaseModel):
    """One document: its result, or the problem that kept it from being read.

    Attributes:
        name: of the file in the archive, or ``document``.
        version: of the SDM-MR volet, as the document names it.
        profile: the one it was checked with.
        notes: what could not be read of it.
    """

    model_config = _FROZEN

    name: str
    version: str | None = None
    profile: str | None = None
    result: PlacedResult | None = None
    problem: DocumentProblem | None = None
    notes: list[Note] = []


class DocumentsAnswer(BaseModel):
    model_config = _FROZEN

    release: str
    profile: str | None = Field(
        description="Null where documents of different versions had different ones."
    )
    documents: list[CheckedDocument]
    results: list[Result] = Field(
        description="Those of the documents that could be read, as POST /v1/check gives them."
    )
    summary: Summary
