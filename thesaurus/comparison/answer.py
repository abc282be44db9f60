"""The shape of an answer about the differences of two releases, for HTTP and ``--json``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from ontologies.differences import Facet
from thesaurus.answers import Answer, Code, Label, Level, RedirectionItem, Status, Type


class NamedCode(Answer):
    """A code with its name."""

    code: Code
    label: str | None = Field(description="Null for a code that neither release has.")


class PresenceChange(Answer):
    """The code is in one of the two releases only."""

    kind: Literal["added", "removed"]
    parents: list[NamedCode] = Field(description="In the release that has it.")
    redirection: RedirectionItem | None


class StatusChange(Answer):
    kind: Literal["status"]
    before: str
    after: str
    redirection: RedirectionItem | None = Field(description="Where it points now.")
    aggregation: NamedCode | None = Field(description="The disorder under which it is counted now.")


class ValueChange(Answer):
    kind: Literal["level", "type"]
    before: str
    after: str


class LabelChange(Answer):
    kind: Literal["renamed"]
    lang: str
    before: str | None
    after: str | None
    respelled: bool = Field(
        description="True where the clean texts are equal: only stray characters in the file of "
        "one release, which loading repairs, make the difference."
    )


class SynonymsChange(Answer):
    kind: Literal["synonyms"]
    lang: str
    added: list[str]
    removed: list[str]


class DefinitionChange(Answer):
    kind: Literal["definition"]
    lang: str
    before: str | None
    after: str | None


class RedirectionChange(Answer):
    kind: Literal["redirection"]
    before: RedirectionItem | None
    after: RedirectionItem | None


class AggregationChange(Answer):
    kind: Literal["aggregation"]
    before: NamedCode | None = Field(description="Null where aggregation does not apply.")
    after: NamedCode | None


class ParentsChange(Answer):
    """The parents of all classifications merged."""

    kind: Literal["parents"]
    before: list[NamedCode]
    after: list[NamedCode]
    added: list[str] = Field(description="Codes that are in after only.")
    removed: list[str] = Field(description="Codes that are in before only.")


class PlaceItem(Answer):
    id: str
    name: str
    lang: str
    before: list[str] | None = Field(
        description="Parents in this classification; null where the code does not stand in it."
    )
    after: list[str] | None


class ClassificationsChange(Answer):
    """The classifications in which it has other parents, stands no more or stands now."""

    kind: Literal["classifications"]
    places: list[PlaceItem]


class AlignmentState(Answer):
    relation: str = Field(description="How the ORPHAcode stands to the other code: E, NTBT ...")
    icd_relation: str | None
    validated: bool | None
    uri: str | None


class AlignmentsChange(Answer):
    """One alignment that came, went, or says something else of the same two codes."""

    kind: Literal["alignments"]
    what: Literal["added", "updated", "removed"]
    dataset: str
    system: str
    code: str
    before: AlignmentState | None
    after: AlignmentState | None


ChangeItem = Annotated[
    PresenceChange
    | StatusChange
    | ValueChange
    | LabelChange
    | SynonymsChange
    | DefinitionChange
    | RedirectionChange
    | AggregationChange
    | ParentsChange
    | ClassificationsChange
    | AlignmentsChange,
    Field(discriminator="kind"),
]


class DifferenceItem(Answer):
    """A code with its changes; its values are those of ``to``, else of ``from``, and so is its name
    where that has one in the language asked for.
    """

    code: Code
    curie: str
    label: Label
    lang: str
    level: Level
    type: Type
    status: Status
    changes: list[ChangeItem]


class ClassificationDifference(Answer):
    """What changed of a classification as a whole."""

    id: str
    name: str
    lang: str
    what: Literal["added", "removed", "changed"]
    former_name: str | None = Field(description="Where it has another one now, in that language.")
    edges_added: int
    edges_removed: int


class ComparedDataset(Answer):
    """A dataset of alignments and its releases of the two years, null where there is none."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    dataset: str
    before: str | None = Field(serialization_alias="from")
    after: str | None = Field(serialization_alias="to")


class NotComparedItem(Answer):
    facet: Facet
    reason: str
    reason_en: str
    entities: int | None = Field(description="How many it leaves out; null where not countable.")


class DifferencesAnswer(Answer):
    """What changed from one release to another.

    ``counts`` are of the whole comparison, ``filtered`` of what the filters leave; both have the
    same names, save classifications_..., which no filter concerns.
    """

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    release: str = Field(description="The same as to.")
    before: str = Field(serialization_alias="from")
    after: str = Field(serialization_alias="to")
    languages: list[str] = Field(description="Those in which names were compared.")
    counts: dict[str, int]
    filtered: dict[str, int]
    total: int = Field(description="Codes that the filters leave; items are a page of them.")
    offset: int
    limit: int
    items: list[DifferenceItem]
    classifications: list[ClassificationDifference]
    datasets: list[ComparedDataset]
    not_compared: list[NotComparedItem]
