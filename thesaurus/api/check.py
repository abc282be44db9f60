"""``POST /v1/check``: are these codes fit to be sent?"""

from fastapi import APIRouter, Request

from ontologies.errors import InvalidRequest
from thesaurus.api.problems import PROBLEM_RESPONSES
from thesaurus.coding import CheckAnswer, Checker, CheckRequest
from thesaurus.runtime import Runtime

router = APIRouter(tags=["check"], responses=PROBLEM_RESPONSES)


@router.post("/check")
def check(request: Request, body: CheckRequest) -> CheckAnswer:
    """Check the diagnoses of one or many submissions. Findings never fail the call.

    Nothing of what is sent is stored or logged.
    """
    limit: int = request.app.state.settings.max_submissions
    if len(body.submissions) > limit:
        raise InvalidRequest(
            f"{len(body.submissions)} envois dans un appel ; {limit} au plus.",
            f"{len(body.submissions)} submissions in one call; {limit} at most.",
        )
    runtime: Runtime = request.app.state.runtime
    checker = Checker(runtime.at(body.release), runtime.presence(), body.profile)
    return checker.check(body.submissions)
