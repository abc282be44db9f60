"""``POST /v1/check``: are these codes fit to be sent?"""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ontologies.errors import InvalidRequest
from thesaurus.api.body import StrictRoute
from thesaurus.api.checking import checker_for, written
from thesaurus.api.context import ReleaseQuery
from thesaurus.api.problems import SENDING, InvalidBody
from thesaurus.coding import CheckAnswer, CheckRequest, Submission
from thesaurus.coding.submission import MOST_IN_A_CALL
from thesaurus.runtime import Runtime

router = APIRouter(prefix="/v1", tags=["check"], responses=SENDING, route_class=StrictRoute)


@router.post("/check", response_model=CheckAnswer)
def check(
    request: Request, body: CheckRequest, query: Annotated[ReleaseQuery, Query()]
) -> Response:
    """Check the diagnoses of one or many submissions. Findings never fail the call, nor does a
    submission that has not the form of one: its result says why.

    At most 20,000 diagnoses in one call, 1,000 in one submission; /v1/check/stream takes any
    number. The release may stand in the body or in the query. With `autocorrect` each result brings
    the submission with deprecated codes replaced, and every change. Nothing of what is sent is
    stored or logged.
    """
    limit: int = request.app.state.settings.max_submissions
    if len(body.submissions) > limit:
        raise InvalidBody(
            f"{len(body.submissions)} envois dans un appel ; {limit} au plus. POST "
            "/v1/check/stream en prend davantage.",
            f"{len(body.submissions)} submissions in one call; {limit} at most. POST "
            "/v1/check/stream takes more.",
        )
    read = (each for each in body.submissions if isinstance(each, Submission))
    diagnoses = sum(len(each.diagnoses) for each in read)
    if diagnoses > MOST_IN_A_CALL:
        raise InvalidBody(
            f"{diagnoses} diagnostics dans un appel ; {MOST_IN_A_CALL} au plus.",
            f"{diagnoses} diagnoses in one call; {MOST_IN_A_CALL} at most.",
        )
    if body.release and query.release:
        raise InvalidRequest(
            "Donner « release » dans le corps ou dans l'adresse, pas les deux.",
            "Give 'release' in the body or in the query, not both.",
        )
    runtime: Runtime = request.app.state.runtime
    release = runtime.at(body.release or query.release, query.as_of)
    autocorrect = body.autocorrect is not None
    named = body.release is not None
    checker = checker_for(request, release, body.profile, named=named, autocorrect=autocorrect)
    return written(checker.check(body.submissions))
