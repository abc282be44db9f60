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


def checker_for(
    request: Request, release: Open, profile: str, *, named: bool = False, **options: Any
) -> Checker:
    """Return the checker of a release and a profile of this deployment.

    Args:
        named: whether the body names the release; otherwise the query may.

    Raises:
        UnknownProfile
    """
    runtime: Runtime = request.app.state.runtime
    profiles: Profiles = request.app.state.profiles
    presence = runtime.presence(None if named or _names(request) else release)
    return Checker(release, presence, profiles[profile], **options)


def _names(request: Request) -> bool:
    """Tell whether the query names a release, be it by a date."""
    return "release" in request.query_params or "as_of" in request.query_params
