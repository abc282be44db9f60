"""The answer of a count. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from pydantic import Field

from ontologies.recipe import Reason, Redirect
from thesaurus.answers import Answer, Code, Label, Level, Status


class Numbers(Answer):
    rows: int
    patients: int = Field(
        description="Distinct patients of these rows; a row without a patient is one of its own."
    )


class RecipeItem(Answer):
    """What was done before counting."""

    name: str
    redirect: Redirect
    specify: bool
    groups: bool
    aggregate: bool
    by_specialty: bool


class Scope(Answer):
    """Which codes are listed."""

    level: list[str]
    perimeter: str | None
    within: str | None


class Total(Answer):
    """``read`` is the sum of ``counted`` and of all that was dropped, in rows and in patients."""

    read: Numbers
    counted: Numbers
    selected: Numbers = Field(
        description="Those that count for at least one of the codes that are listed."
    )
    unassigned: Numbers | None = Field(
        description="By specialty: those of entities without a preferential parent."
    )


class CountItem(Answer):
    """What a code was counted: with all below it, and alone."""

    code: Code
    curie: str
    label: Label
    lang: str
    level: Level
    rows: int
    patients: int
    direct: int = Field(description="Patients of the code itself.")
    preferential_parent: str | None = Field(
        description="By specialty: the specialty of an entity; null of a specialty."
    )


class DroppedItem(Answer):
    """Rows that were not counted although the release has their code."""

    code: Code
    curie: str
    label: Label
    lang: str
    level: Level
    status: Status
    reason: Reason
    rows: int
    patients: int


class CountAnswer(Answer):
    release: str
    classification: str | None = Field(description="Null: all merged, or by specialty.")
    recipe: RecipeItem
    scope: Scope
    datasets: dict[str, str] = Field(
        description="Versions of the datasets that the count went by: genes, linearisation."
    )
    total: Total
    dropped: dict[Reason, Numbers] = Field(
        description="A patient is dropped where none of his rows counts, for one reason."
    )
    dropped_codes: list[DroppedItem]
    items: list[CountItem] = Field(description="The codes with most patients first.")
