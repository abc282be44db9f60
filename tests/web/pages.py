"""All pages, each once, for tests of what every page must hold to."""

from __future__ import annotations

import re

from starlette.routing import Route

from thesaurus.web import PAGES as ROUTES

PAGES = (
    "/",
    "/check",
    "/classifications",
    "/classifications/156",
    "/concepts/255241",
    "/concepts/398980?release=demo-2022",
    "/concepts/558",
    "/concepts/FBN1",
    "/concepts/Q87.4",
    "/guide",
    "/guide/variables",
    "/history",
    "/picker",
    "/picker/strict",
    "/releases",
    "/releases/demo-2022/differences/demo-2023?kind=status",
    "/rules",
    "/search",
    "/search?q=marfan",
    "/status",
    "/translate",
    "/translate?code=E75.2",
)
"""Addresses on the demonstration releases that answer 200."""

BARE = "/picker/strict"
"""A page of a hospital with the picker in it: neither our layout nor our policy, by design."""

ERRORS = (
    ("/nothing", 404),
    ("/concepts/398980", 404),
    ("/concepts/5588", 404),
    ("/history?lang=de", 400),
    ("/history?q=1", 400),
)
"""Addresses that answer an error, as a page, and its status."""

NO_PAGES = {
    "/classifications/{classification}/children": "a piece of the tree",
    "/releases/differences": "leads on to the page of the differences",
    "/static/{name}": "files",
}
"""Routes beside the pages and what they answer."""


def untested() -> set[str]:
    """The routes of pages of which ``PAGES`` has no address."""
    addresses = [each.partition("?")[0] for each in PAGES]
    shown = {each.path: each.path_regex for each in ROUTES if _is_page(each)}
    return {
        path
        for path, regex in shown.items()
        if not any(re.match(regex, address) for address in addresses)
    }


def _is_page(route: object) -> bool:
    return (
        isinstance(route, Route) and "GET" in (route.methods or ()) and route.path not in NO_PAGES
    )
