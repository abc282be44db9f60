"""A body of FHIR in, findings out. Field names are a contract (docs/api.md)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from thesaurus.coding.answer import Result, Summary
from thesaurus.coding.check import Checker
from thesaurus.coding.fhir.reading import read
from thesaurus.coding.fhir.shapes import Resource


class ResourceResult(Result):
    """The result of one patient's Conditions."""

    resources: list[str] = Field(
        description="The resource of each diagnosis, in the order of /diagnoses: "
        "Bundle.entry[2].resource."
    )


class ResourceProblem(BaseModel):
    """A Condition that is not of its form."""

    model_config = ConfigDict(frozen=True)

    resource: str
    message: str = Field(description="In French.")
    message_en: str


class FhirAnswer(BaseModel):
    model_config = ConfigDict(frozen=True)

    release: str
    profile: str
    results: list[ResourceResult] = Field(
        description="One for each patient, numbered as they come; no reference is given back."
    )
    problems: list[ResourceProblem]
    passed_over: int = Field(
        description="Resources that are no Condition, and Conditions entered in error."
    )
    summary: Summary


def check_fhir(body: Resource, checker: Checker, most: int) -> FhirAnswer:
    """Check a Condition or the Conditions of a Bundle.

    Args:
        body: the resource as JSON gives it.
        checker: of the release and profile to check with.
        most: Conditions that are taken.

    Raises:
        InvalidResource: neither of the two, not of its form, or too many Conditions.
    """
    found = read(body, most)
    session = checker.session()
    results = [
        ResourceResult(**dict(session.result(submission)), resources=resources)
        for submission, resources in found.submissions
    ]
    return FhirAnswer(
        release=checker.release.id,
        profile=checker.profile.name,
        results=results,
        problems=[
            ResourceProblem(resource=place, message=error.message.fr, message_en=error.message.en)
            for place, error in found.problems
        ],
        passed_over=found.passed_over,
        summary=session.summary(),
    )
