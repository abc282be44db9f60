"""What the routes of the check share: what may be asked, and the checker that answers."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import Request, Response
from pydantic import BaseModel, Field

from thesaurus.api.context import ReleaseQuery
from thesaurus.coding import Checker, Profiles
from thesaurus.coding.profiles import DEFAULT
from thesaurus.runtime import Open, Runtime

Autocorrect = Literal["deprecated"]


class CheckQuery(ReleaseQuery):
    """What may be asked of a check whose body is the data alone."""

    profile: str = Field(
        default=DEFAULT, max_length=40, description="Profile of the check (GET /v1/profiles)."
    )


def written(answer: BaseModel) -> Response:
    """Return a long answer as it is; FastAPI would take it apart and check it again first, which
    takes as long as the check itself.
    """
    return Response(answer.model_dump_json(), media_type="application/json")


def checker_for(request: Request, release: Open, profile: str, **options: Any) -> Checker:
    """Return the checker of a release and a profile of this deployment.

    Raises:
        UnknownProfile
    """
    runtime: Runtime = request.app.state.runtime
    profiles: Profiles = request.app.state.profiles
    return Checker(release, runtime.presence(), profiles[profile], **options)
