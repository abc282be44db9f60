"""What is asked of a count. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from ontologies.counting import Row
from ontologies.recipe import RECIPES, Recipe, Redirect
from thesaurus.lookup import LevelKey

MOST_IN_A_CALL = 100_000
"""Rows of one call; a file has more."""

Symbol = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class CountedRow(TypedDict, total=False):
    """One code of one patient.

    No model: 100,000 of these are read while no other request is served, and a dictionary takes an
    eighth of the time.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", coerce_numbers_to_str=True)  # type: ignore[misc]

    code: Annotated[
        str | None, Field(max_length=2000, description="An ORPHAcode in any written form.")
    ]
    patient: Annotated[
        str | None,
        Field(
            max_length=200,
            description="Any token that is the same for all rows of a patient; neither kept nor "
            "logged. A row without one counts as a patient of its own.",
        ),
    ]
    genes: Annotated[
        tuple[Symbol, ...],
        Field(max_length=100, description="Genes of the patient, for specify."),
    ]


class RecipeChoice(BaseModel):
    """What is done before counting, and what is counted. What is left out is as the recipe says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    recipe: Literal["plain", "national"] = Field(
        default="plain",
        description="plain: every active code counts; national: without groups, subtypes as their "
        "disorder, by preferential parent.",
    )
    redirect: Redirect | None = Field(
        default=None, description="Which redirections are followed; moved in both recipes."
    )
    specify: bool | None = Field(
        default=None, description="Make codes more precise by the genes of their rows."
    )
    groups: bool | None = Field(default=None, description="Count the rows coded with a group.")
    aggregate: bool | None = Field(default=None, description="Count subtypes as their disorder.")
    by_specialty: bool | None = Field(
        default=None,
        description="Count each entity for itself and its preferential parent, not along a "
        "classification; needs the linearisation.",
    )
    classification: str | None = Field(
        default=None, max_length=20, description="Id of one classification; all merged without."
    )
    level: tuple[LevelKey, ...] = Field(
        default=(), max_length=3, description="Only the counts of codes of these levels."
    )
    perimeter: str | None = Field(
        default=None,
        max_length=40,
        description="Only the counts of the codes of this perimeter (a filière).",
    )
    within: str | None = Field(
        default=None,
        max_length=200,
        description="Only the counts of this code and of what stands below it.",
    )

    def chosen(self) -> Recipe:
        """Return the recipe with what was changed in it."""
        given: dict[str, Any] = {
            "redirect": self.redirect,
            "specify": self.specify,
            "groups": self.groups,
            "aggregate": self.aggregate,
            "by_specialty": self.by_specialty,
        }
        changed = {key: value for key, value in given.items() if value is not None}
        return replace(RECIPES[self.recipe], **changed)


class CountRequest(RecipeChoice):
    """Rows to count, and how."""

    rows: tuple[CountedRow, ...] = Field(max_length=MOST_IN_A_CALL)

    def counted(self, *, by_genes: bool) -> Iterator[Row]:
        """Yield the rows to count; an empty patient is none."""
        for row in self.rows:
            patient = (row.get("patient") or "").strip() or None
            yield row.get("code") or "", patient, row.get("genes", ()) if by_genes else ()
