"""The answers of the service, the same for HTTP and for ``--json``.

Field names are a contract (see docs/api.md): fields may be added, never renamed.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


Code = Annotated[str, Field(description="Orphanet's OrphaCode, digits only; FHIR: code.")]
Label = Annotated[
    str,
    Field(
        description="Preferred term (Orphanet's Name, FHIR's display) in the language asked for, "
        "else in another."
    ),
]
Level = Annotated[
    str | None, Field(description="Orphanet's DisorderGroup: group, disorder or subtype.")
]
Type = Annotated[
    str | None, Field(description="Orphanet's DisorderType: disease, clinical_group, category ...")
]
Status = Annotated[
    str,
    Field(
        description="Orphanet's Totalstatus: active, active_historic, deprecated, obsolete or "
        "non_rare."
    ),
]


class ConceptItem(Answer):
    """A concept in a list."""

    code: Code
    curie: str = Field(description="ORPHA: and the code, the form to show.")
    label: Label
    lang: str = Field(description="Language of the label.")
    level: Level
    type: Type
    status: Status
    children_count: int


class LabelItem(Answer):
    text: str
    lang: str
    kind: str = Field(
        description="preferred (Orphanet's Name) or synonym (Synonym); FHIR: designation.use."
    )
    raw: str | None = Field(description="The text as in the file, where it differs.")
    scope: str | None = Field(
        default=None, description="Of a synonym in an ontology: exact, broad, narrow or related."
    )
    status: str | None = Field(
        default=None, description="Of a translation: official, candidate or changed."
    )


class RedirectionItem(Answer):
    kind: str = Field(
        description="Orphanet's DisorderDisorderAssociation: moved_to (binding) or referred_to "
        "(a suggestion)."
    )
    target: str
    label: str


class ClassificationItem(Answer):
    id: str
    name: str
    lang: str


class RelationAnswer(Answer):
    release: str
    code: str
    total: int
    items: list[ConceptItem]


class PathsAnswer(Answer):
    release: str
    code: str
    truncated: bool
    paths: list[list[ConceptItem]]


class CommonAncestorsAnswer(Answer):
    release: str
    items: list[ConceptItem]


class SubsumesAnswer(Answer):
    release: str
    a: str
    b: str
    subsumes: bool = Field(description="True when b is a or stands below it; FHIR: $subsumes.")


class ClassificationEntry(ClassificationItem):
    number: str | None
    roots: list[ConceptItem]
    concepts: int
    edges: int


class ClassificationsAnswer(Answer):
    release: str
    items: list[ClassificationEntry]


class MatchItem(Answer):
    text: str
    lang: str = Field(description="Empty for a code.")
    kind: str = Field(description="preferred, synonym, linked, former or code.")
    source: str | None = Field(
        default=None,
        description="The code system of a code or of a linked name, the release of a former name.",
    )
    relation: str | None = Field(
        default=None,
        description="How a code of another system that was typed stands to the entity: E, NTBT, "
        "BTNT ... as in translate; sign for a sign of it, causal or associated for a gene.",
    )
    bearer: str | None = Field(
        default=None,
        description="The inactive entity whose name it is, where that led to this one.",
    )
    spans: list[tuple[int, int]] = Field(description="Character ranges in text, end excluded.")


class HitItem(Answer):
    code: Code
    curie: str
    label: Label
    lang: str
    match: MatchItem
    level: Level
    type: Type
    status: Status
    replaced_by: str | None
    score: float
    explanation: dict[str, int | str] | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        description="With explain=1 only: the parts of the score, the weightiest first.",
    )


class SuggestAnswer(Answer):
    release: str
    query: str
    hits: list[HitItem]


class EventItem(Answer):
    at: dt.datetime
    actor: str
    from_state: str | None
    to_state: str
    reason: str | None


class ReleaseItem(Answer):
    id: str
    system: str
    state: str
    date: dt.date
    languages: list[str]
    licence: str | None
    digest: str
    counts: dict[str, int]
    files: int
    history: list[EventItem]
    accepted_until: dt.date | None = Field(
        default=None,
        description="The last day on which the release, superseded, is still taken; null where "
        "nobody set one and the profiles of the check say how long (DX-062).",
    )
    patch_of: str | None = Field(
        default=None,
        description="The release that this one corrects; what it changed: "
        "/v1/releases/{patch_of}/differences/{id}.",
    )


class ReleaseAnswer(ReleaseItem):
    release: str


class ReportAnswer(Answer):
    """The load report of a release; what a later loader adds is given as well."""

    model_config = ConfigDict(frozen=True, extra="allow")

    release: str
    date: dt.date = Field(description="The latest extraction date in the files.")
    licence: str | None
    files: list[dict[str, Any]]
    counts: dict[str, int]
    checks: list[dict[str, Any]]
    repairs: list[dict[str, Any]]
    oddities: list[dict[str, Any]]


class ReleasesAnswer(Answer):
    release: str | None = Field(description="The active release.")
    items: list[ReleaseItem]


class RedirectItem(Answer):
    code: str
    target: str | None = Field(
        default=None, description="The code to use: the code itself where nothing replaces it."
    )
    kind: str | None = Field(default=None, description="moved_to, referred_to, or null.")
    known: bool = Field(default=True, description="False for a code the release does not have.")


class RedirectAnswer(Answer):
    release: str
    items: list[RedirectItem]


class AggregateItem(Answer):
    code: str
    aggregation: str | None = Field(
        default=None, description="The disorder to count, null where none applies."
    )
    known: bool = Field(default=True, description="False for a code the release does not have.")


class AggregateAnswer(Answer):
    release: str
    items: list[AggregateItem]


class LiveAnswer(Answer):
    status: str = "live"


class ReadyAnswer(Answer):
    status: str = "ready"
    release: str
    sandbox: bool = Field(description="Whether a release in test answers for the active one.")
