"""``POST /v1/check``: are these codes fit to be sent?"""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from ontologies.errors import InvalidRequest
from thesaurus.api.body import StrictRoute
from thesaurus.api.context import ReleaseQuery
from thesaurus.api.problems import SENDING, InvalidBody
from thesaurus.coding import CheckAnswer, Checker, CheckRequest
from thesaurus.runtime import Runtime

_MAX_DIAGNOSES = 20_000

router = APIRouter(prefix="/v1", tags=["check"], responses=SENDING, route_class=StrictRoute)


@router.post("/check")
def check(
    request: Request, body: CheckRequest, query: Annotated[ReleaseQuery, Query()]
) -> CheckAnswer:
    """Check the diagnoses of one or many submissions. Findings never fail the call.

    At most 20,000 diagnoses in one call, 1,000 in one submission.
    The release may stand in the body or in the query. Nothing of what is sent is stored or logged.
    """
    limit: int = request.app.state.settings.max_submissions
    if len(body.submissions) > limit:
        raise InvalidBody(
            f"{len(body.submissions)} envois dans un appel ; {limit} au plus.",
            f"{len(body.submissions)} submissions in one call; {limit} at most.",
        )
    diagnoses = sum(len(each.diagnoses) for each in body.submissions)
    if diagnoses > _MAX_DIAGNOSES:
        raise InvalidBody(
            f"{diagnoses} diagnostics dans un appel ; {_MAX_DIAGNOSES} au plus.",
            f"{diagnoses} diagnoses in one call; {_MAX_DIAGNOSES} at most.",
        )
    if body.release and query.release:
        raise InvalidRequest(
            "Donner « release » dans le corps ou dans l'adresse, pas les deux.",
            "Give 'release' in the body or in the query, not both.",
        )
    runtime: Runtime = request.app.state.runtime
    release = runtime.at(body.release or query.release, query.as_of)
    return Checker(release, runtime.presence(), body.profile).check(body.submissions)
