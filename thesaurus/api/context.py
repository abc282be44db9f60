"""What every route asks first: which release, in which language, and is it news to the client."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Annotated, Any

from fastapi import Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from thesaurus import __version__
from thesaurus.runtime import Open, Runtime

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "If-None-Match names the answer that would be given."}
}

_EMPTY = "-0"
"""Ends the tag of an answer that found nothing: a 304 is given before the answer is worked out, and
the search log wants to know."""

CodeText = Annotated[str, StringConstraints(min_length=1, max_length=200)]


def _iso(day: Any) -> Any:
    """A number would be read as seconds since 1970."""
    if isinstance(day, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        raise ValueError("not a day of the form 2023-05-01")
    return day


Day = Annotated[dt.date, BeforeValidator(_iso)]


class ReleaseQuery(BaseModel):
    """Which release to ask; the active one where neither is given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    release: str | None = Field(
        default=None, max_length=40, description="Id of a release, such as 2023."
    )
    as_of: Day | None = Field(
        default=None,
        description="A day: the latest release whose data are not younger is asked.",
    )


class LabelQuery(ReleaseQuery):
    lang: str = Field(
        default="fr",
        pattern="^[a-z]{2,3}$",
        description="Language of the labels; another one is given where a label is missing.",
    )


class HierarchyQuery(LabelQuery):
    classification: str | None = Field(
        default=None, max_length=20, description="Id of one classification; all merged without."
    )


class NotModified(Exception):
    """The client has this answer already."""

    def __init__(self, etag: str) -> None:
        self.etag = etag

    @property
    def empty(self) -> bool:
        """Tell whether the answer found nothing; only routes that ``mark_empty`` say so."""
        return self.etag.endswith(f'{_EMPTY}"')


async def not_modified(_request: Request, error: Exception) -> Response:
    assert isinstance(error, NotModified)  # noqa: S101
    return Response(status_code=304, headers=_headers(error.etag))


async def open_for(request: Request, response: Response, query: ReleaseQuery, *state: str) -> Open:
    """Return the release to answer from and set the answer's ETag.

    A release that is not open yet is read in a thread; those that are cost nothing. ``state`` is
    what else the answer depends on.

    Raises:
        NotModified: If-None-Match names the answer that would be given.
    """
    runtime: Runtime = request.app.state.runtime
    found = runtime.opened(query.release, query.as_of)
    if found is None:
        found = await run_in_threadpool(runtime.at, query.release, query.as_of)
    if request.method == "GET":
        mark(request, response, found.id, found.digest, *state)
    return found


def mark(request: Request, response: Response, *state: str) -> None:
    """Set the ETag of an answer that depends on the question, this program and ``state`` alone.

    Raises:
        NotModified: If-None-Match names the answer that would be given.
    """
    asked = "\n".join((__version__, *state, request.url.path, request.url.query))
    digest = hashlib.sha256(asked.encode()).hexdigest()[:24]
    known = request.headers.get("if-none-match", "")
    tags = _tags(known)
    for etag in (f'"{digest}"', f'"{digest}{_EMPTY}"'):
        if etag in tags:
            raise NotModified(etag)
    response.headers.update(_headers(f'"{digest}"'))
    if known.strip() == "*":  # true of any answer, not of the errors that may still come
        response.status_code = 304


def mark_empty(response: Response) -> None:
    """Say in the ETag that the answer found nothing."""
    plain = response.headers["etag"].removesuffix('"')
    response.headers["etag"] = f'{plain}{_EMPTY}"'


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "no-cache"}
