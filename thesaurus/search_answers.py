"""The answer of the coders' search. Field names are a contract, as in ``answers``."""

from __future__ import annotations

from pydantic import Field

from thesaurus.answers import Answer, Code, Label, Level, Status, Type


class HighlightItem(Answer):
    """A text of the concept in which words of the query stand."""

    field: str = Field(description="label, synonym, linked or definition.")
    lang: str
    text: str
    source: str | None = Field(description="Of a linked name: the code system it comes from.")
    spans: list[tuple[int, int]] = Field(
        description="Character ranges in text, end excluded; nothing is marked up."
    )


class FoundItem(Answer):
    """A concept that matches."""

    code: Code
    curie: str = Field(description="ORPHA: and the code, the form to show.")
    label: Label
    lang: str = Field(description="Language of the label.")
    level: Level
    type: Type
    status: Status
    replaced_by: str | None = Field(description="Of an inactive code: what it points to.")
    score: float = Field(description="Only its order means something.")
    highlights: list[HighlightItem]


class FacetItem(Answer):
    value: str = Field(description="As the query takes it: level:disorder.")
    label: str
    count: int


class Facets(Answer):
    """How many of all concepts that match have each value; values that none has are left out."""

    level: list[FacetItem]
    type: list[FacetItem]
    status: list[FacetItem]
    classification: list[FacetItem]


class SearchAnswer(Answer):
    release: str
    query: str
    total: int
    page: int
    pages: int
    page_size: int
    items: list[FoundItem]
    facets: Facets
    did_you_mean: str | None = Field(
        description="The query with its unknown words replaced, where that finds more."
    )
