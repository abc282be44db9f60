"""``/guide`` and ``/guide/{name}``: the guides of ``docs/`` as pages. They are in French."""

from __future__ import annotations

from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Annotated, NamedTuple
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from thesaurus.runtime import Open
from thesaurus.web.links import Links
from thesaurus.web.markdown import Document, read
from thesaurus.web.page import ReleasePageQuery, mark_page, open_page, page

router = APIRouter(include_in_schema=False)


class Guide(NamedTuple):
    """A guide: its page, its document, and its French section where the rest is in English."""

    name: str
    file: str
    section: str | None = None


GUIDES = (
    Guide("utilisateur", "guide-utilisateur.md"),
    Guide("variables", "guide-variables.md"),
    Guide("faq", "faq.md"),
    Guide("recherche", "search.md", "Pour les codeurs"),
    Guide("picker", "picker.md"),
    Guide("connecter", "connecter.md"),
    Guide("terminal", "guide-terminal.md"),
)
_BY_NAME = {each.name: each for each in GUIDES}
_PAGES = {each.file: f"/guide/{each.name}" for each in GUIDES} | {"rules.md": "/rules"}


@router.get("/guide")
async def get_guides(
    request: Request, response: Response, query: Annotated[ReleasePageQuery, Query()]
) -> HTMLResponse:
    """The guides, with a sentence about each."""
    release = await _release(request, response, query)
    return page(request, response, "guides.html", query, release=release, guides=GUIDES)


@router.get("/guide/{name}")
async def get_guide(
    request: Request,
    response: Response,
    name: Annotated[str, Path(max_length=40)],
    query: Annotated[ReleasePageQuery, Query()],
) -> HTMLResponse:
    """One guide, with the list of its sections."""
    if name not in _BY_NAME:
        raise HTTPException(404)
    document, digest = document_of(_BY_NAME[name])
    release = await _release(request, response, query, digest)
    links = Links(request, query.lang, release.id if release else None)
    return page(
        request,
        response,
        "guide.html",
        query,
        release=release,
        name=name,
        document=document,
        text=document.html(partial(_address, links)),
    )


@cache
def document_of(guide: Guide) -> tuple[Document, str]:
    """Return a guide as it was read once, and the digest of its file."""
    text = folder().joinpath(guide.file).read_text(encoding="utf-8")
    return read(text, _PAGES, guide.section), sha256(text.encode()).hexdigest()


def folder() -> Traversable:
    """Return where the documents are: in the package, or beside it in a tree of development."""
    packed = files("thesaurus.web").joinpath("documents")
    return packed if packed.is_dir() else FilePath(__file__).parents[2] / "docs"


async def _release(
    request: Request, response: Response, query: ReleasePageQuery, *state: str
) -> Open | None:
    """A guide is of no release, but links on to the one in which its reader reads."""
    if query.release or query.as_of:
        return await open_page(request, response, query, *state)
    mark_page(request, response, *state)
    return None


def _address(links: Links, target: str) -> str:
    """``/search?q=marfan#top`` as seen from a page."""
    parts = urlsplit(target)
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    return links.to(parts.path, **parse_qs(parts.query)) + anchor
