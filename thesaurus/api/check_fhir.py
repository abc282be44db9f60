"""``POST /v1/check/fhir``: are the diagnoses of these Conditions fit to be sent?"""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response

from thesaurus.api.body import StrictRoute
from thesaurus.api.checking import CheckQuery, checker_for, written
from thesaurus.api.problems import SENDING
from thesaurus.coding.fhir import FhirAnswer
from thesaurus.coding.fhir import check_fhir as check_conditions
from thesaurus.runtime import Runtime

_BODY: dict[str, Any] = {
    "requestBody": {"content": {"application/fhir+json": {"schema": {"type": "object"}}}}
}

router = APIRouter(prefix="/v1", tags=["check"], responses=SENDING, route_class=StrictRoute)


@router.post("/check/fhir", response_model=FhirAnswer, openapi_extra=_BODY)
def check_fhir(
    request: Request,
    body: Annotated[dict[str, Any], Body(description="A Condition, or a Bundle with some.")],
    query: Annotated[CheckQuery, Query()],
) -> Response:
    """Check the diagnoses of a FHIR Condition, or of those in a Bundle.

    Conditions of one patient (`subject`) are checked together. Nothing of what is sent is stored,
    logged or given back, neither the reference of a patient.
    """
    runtime: Runtime = request.app.state.runtime
    release = runtime.at(query.release, query.as_of)
    checker = checker_for(request, release, query.profile)
    most: int = request.app.state.settings.max_submissions
    return written(check_conditions(body, checker, most))
