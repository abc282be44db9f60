"""What every page has: language, release, layout, and headers that let nothing foreign in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ontologies.errors import NoActiveRelease
from thesaurus.api.context import ReleaseQuery, mark, open_for
from thesaurus.api.releases import state_of
from thesaurus.runtime import Open, Runtime
from thesaurus.store import Record
from thesaurus.web import wording
from thesaurus.web.links import Links
from thesaurus.web.static import static_address
from thesaurus.web.texts import number, say

Lang = Literal["fr", "en"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TEMPLATES = Environment(
    loader=PackageLoader("thesaurus.web"),
    autoescape=True,  # what people wrote never becomes markup
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_READABLE = frozenset({"active", "superseded", "test"})
_NOT_MODIFIED = 304
_WRONG = 400


class PageQuery(BaseModel):
    """What every page may be asked; forms send fields that are empty, which say nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Lang = Field(default="fr", description="Language of the page.")

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, sent: Any) -> Any:
        if not isinstance(sent, dict):
            return sent
        return {name: value for name, value in sent.items() if value not in ("", [""], None)}


class ReleasePageQuery(PageQuery, ReleaseQuery):
    """What a page of one release may be asked."""


_MADE_OF = (".html", ".toml", ".css", ".js", ".svg", ".py")


def _files(folder: Traversable) -> Iterator[bytes]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _files(each)
        elif each.name.endswith(_MADE_OF):
            yield each.read_bytes()


EDITION = hashlib.sha256(b"\0".join(_files(files("thesaurus.web")))).hexdigest()
"""Changes when the program of the pages does: what a browser keeps is then asked anew."""


async def open_page(
    request: Request, response: Response, query: ReleasePageQuery, *state: str
) -> Open:
    """Return the release of a page and set the page's ETag.

    Args:
        state: what else the page depends on.

    Raises:
        NotModified, UnknownRelease, NoActiveRelease
    """
    return await open_for(request, response, query, *_of_register(request), *state)


def mark_page(request: Request, response: Response, *state: str) -> None:
    """Set the ETag of a page that is of no release. Raises NotModified."""
    mark(request, response, *_of_register(request), *state)


async def open_if_asked(
    request: Request, response: Response, query: ReleasePageQuery, *state: str
) -> Open | None:
    """Return the release that a reader of a page of no release comes from, if the address says it.

    Raises:
        NotModified, UnknownRelease
    """
    if query.release is None and query.as_of is None:
        mark_page(request, response, *state)
        return None
    return await open_page(request, response, query, *state)


def _of_register(request: Request) -> list[str]:
    """The layout names the releases."""
    runtime: Runtime = request.app.state.runtime
    return [EDITION, *map(state_of, runtime.records)]


def page(
    request: Request,
    response: Response,
    template: str,
    query: PageQuery,
    *,
    release: Open | None = None,
    **values: Any,
) -> HTMLResponse:
    """Render a template.

    Every template knows ``say`` (a text of the catalogue), ``link`` and ``here`` (addresses),
    ``static``, ``words`` (keys of the API in words), ``number``, ``day`` and ``moment``.

    Args:
        response: its headers, such as the ETag, and its status are taken over.
        release: what the page is about; None for a page of no release.
    """
    asked = getattr(query, "release", None) or getattr(query, "as_of", None)
    links = Links(request, query.lang, release.id if release and asked else None)
    text = _TEMPLATES.get_template(template).render(
        **_tools(links, query.lang),
        release=release,
        asked_release=release.id if release and asked else None,
        releases=_readable(request),
        active=_active(request),
        **values,
    )
    headers = {**HEADERS, "Content-Language": query.lang, **headers_of(response)}
    status = response.status_code or 200
    return HTMLResponse("" if status == _NOT_MODIFIED else text, status, headers)


def headers_of(response: Response) -> dict[str, str]:
    """The headers that an answer takes over; what went wrong is kept by nobody."""
    headers = dict(response.headers)
    if (response.status_code or 200) >= _WRONG:
        headers.pop("etag", None)
        headers["cache-control"] = "no-store"
    return headers


def _tools(links: Links, lang: str) -> dict[str, Any]:
    return {
        "lang": lang,
        "root": links.root,
        "link": links.to,
        "here": links.here,
        "carried": links.carried(),
        "static": lambda name: f"{links.root}{static_address(name)}",
        "say": partial(_say, lang),
        "number": lambda value: number(value, lang),
        "words": wording.Words(lang),
        "day": lambda value: wording.day(value, lang),
        "moment": lambda value: wording.moment(value, lang),
    }


def _say(lang: str, key: str, **values: Any) -> str:
    return say(key, lang, **values)


def _readable(request: Request) -> list[Record]:
    """The releases that a reader may turn to, the latest data first."""
    runtime: Runtime = request.app.state.runtime
    return [each for each in reversed(runtime.records) if each.state in _READABLE]


def _active(request: Request) -> str | None:
    """The id of the release that answers where none is named."""
    runtime: Runtime = request.app.state.runtime
    with suppress(NoActiveRelease):
        return runtime.current().id
    return None
