"""Documents written in Markdown, read once, as parts of a page.

Links between documents become links between pages; those to documents that are no pages are left
as words. The address of a page that stands as code, ``/check``, is a link to it, and so is the
number of a rule, ``DX-010``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

Address = Callable[[str], str]
"""From the address of a page, ``/guide/faq#codes``, to what stands in a link to it."""

_FOREIGN = re.compile(r"[a-z]+:", re.IGNORECASE)
_PAGE = re.compile(
    r"/(?:search|translate|concepts|classifications|check|releases|rules|status|history|guide"
    r"|picker)(?:/[A-Za-z0-9.-]+)*(?:\?[^\s#]+)?"
)
_RULE = re.compile(r"(DX-[0-9]{3})")
_NO_BREAK, _THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
_LEVELS = ("h2", "h3")
_ROLES: dict[str, dict[str, str | int | float]] = {
    "table_open": {"role": "table"},
    "thead_open": {"role": "rowgroup"},
    "tbody_open": {"role": "rowgroup"},
    "tr_open": {"role": "row"},
    "th_open": {"role": "columnheader", "scope": "col"},
}


class Heading(NamedTuple):
    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Document:
    """One document without its title.

    Attributes:
        title: its first heading, of level 1.
        headings: those of levels 2 and 3, in their order.
    """

    title: str
    headings: tuple[Heading, ...]
    _body: tuple[Token, ...]

    def html(self, address: Address) -> Markup:
        """Return the text as HTML; tags that stand in the Markdown itself are shown as text."""
        return Markup(_MARKDOWN.renderer.render(self._body, _MARKDOWN.options, {"at": address}))  # noqa: S704


def read(text: str, pages: dict[str, str], section: str | None = None) -> Document:
    """Read a document.

    Args:
        text: Markdown with tables.
        pages: file name of a document -> address of its page.
        section: read what stands below this heading of level 2 alone, which is then the title.
    """
    tokens = _MARKDOWN.parse(text if section is None else _only(text, section))
    title = "".join(each.content for each in tokens[1].children or ())
    body = tokens[3:]
    headings = tuple(_headings(body))
    _name_tables(body)
    for token in body:
        if token.children:
            token.children = list(_linked(token.children, pages))
            _space(token.children)
    return Document(_spaced(title), headings, tuple(body))


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it.

    >>> anchor_of("De la CIM-10 à ORPHA, et retour")
    'de-la-cim-10-à-orpha-et-retour'
    """
    kept = re.sub(r"[^\w\- ]", "", heading.casefold())
    return kept.replace(" ", "-")


def _only(text: str, section: str) -> str:
    _, found, rest = text.partition(f"\n## {section}\n")
    if not found:
        raise KeyError(section)
    alone = rest.partition("\n## ")[0]
    return f"# {section}\n{alone}"


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    taken: dict[str, int] = {}
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = "".join(each.content for each in inline.children or ())
        anchor = anchor_of(text)
        taken[anchor] = taken.get(anchor, -1) + 1
        anchor = f"{anchor}-{taken[anchor]}" if taken[anchor] else anchor
        opening.attrSet("id", anchor)
        if opening.tag in _LEVELS:
            yield Heading(int(opening.tag[1]), anchor, _spaced(text))


def _name_tables(tokens: Sequence[Token]) -> None:
    """Give tables what ours have (tables.html): a name, roles, and cells that name themselves."""
    heading, column = "", 0
    names: list[str] = []
    for token, after in pairwise(tokens):
        token.attrs |= _ROLES.get(token.type, {})
        match token.type:
            case "heading_open":
                heading = str(token.attrGet("id"))
            case "table_open":
                token.attrSet("aria-labelledby", heading)
                names = []
            case "tr_open":
                column = 0
            case "th_open":
                names.append(after.content)
            case "td_open" if column == 0:
                token.tag, token.attrs = "th", {"role": "rowheader", "scope": "row"}
            case "td_open":
                token.attrs = {"role": "cell", "data-name": names[column].replace("`", "")}
            case "td_close":
                token.tag = "td" if column else "th"
                column += 1


def _linked(tokens: Sequence[Token], pages: dict[str, str]) -> Iterator[Token]:
    within = kept = False
    for token in tokens:
        if token.type == "link_open":
            target = _target(str(token.attrGet("href")), pages)
            within, kept = True, target is not None
            token.attrSet("href", target or "")
        if token.type not in ("link_open", "link_close"):
            yield from [token] if within and kept else _pages_named(token)
        elif kept:
            yield token
        if token.type == "link_close":
            within = kept = False


def _pages_named(token: Token) -> Iterator[Token]:
    """Make links of the addresses and rules that a text names."""
    if token.type == "code_inline" and _PAGE.fullmatch(token.content):
        yield from _link(token.content, token)
    elif token.type == "text":
        for number, part in enumerate(_RULE.split(token.content)):
            text = Token("text", "", 0, content=part)
            yield from _link(f"/rules#{part}", text) if number % 2 else [text]
    else:
        yield token


def _link(to: str, shown: Token) -> Iterator[Token]:
    yield Token("link_open", "a", 1, {"href": to})
    yield shown
    yield Token("link_close", "a", -1)


def _target(written: str, pages: dict[str, str]) -> str | None:
    """Where a link leads; None where that is no page."""
    if _FOREIGN.match(written) or written.startswith("#"):
        return written
    name, mark, anchor = written.partition("#")
    page = pages.get(unquote(name))
    return f"{page}{mark}{anchor}" if page else None


def _space(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type == "text":
            token.content = _spaced(token.content)


def _spaced(text: str) -> str:
    r"""French typography: no line breaks within guillemets, or before : ; ? ! and %.

    >>> _spaced("« déjà » ?").split(" ") == ["«\u00a0déjà\u00a0»\u202f?"]
    True
    """
    text = re.sub(r" (?=[:»])", _NO_BREAK, text.replace("« ", f"«{_NO_BREAK}"))
    return re.sub(r" (?=[;?!%])", _THIN, text)


class _Renderer(RendererHTML):
    """Links are as seen from the page in which the text stands."""

    def link_open(self, tokens: Sequence[Token], index: int, _: Any, env: Any) -> str:
        href = str(tokens[index].attrGet("href"))
        to = env["at"](href) if href.startswith("/") else href
        return f'<a href="{Markup.escape(to)}">'


_MARKDOWN = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("table")
