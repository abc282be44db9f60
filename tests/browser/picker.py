"""Pages with the picker as a vendor writes them, and what one sees of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Route

HTML = "text/html; charset=utf-8"
FORM = """
<form action="/picker" id="form">
  <label for="field">Diagnostic</label>
  <orpha-picker id="field" name="code" {attributes}><input name="code"></orpha-picker>
  <button>Envoyer</button><button type="reset">Rétablir</button>
</form>
"""
_PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Essai</title>
<link rel="icon" href="data:,">
<style>button {{ min-height: 2rem }}</style>
<script type="module" src="{src}/static/orpha-picker.js"></script>
<main><h1>Essai</h1>{body}</main></html>"""


def page_of(body: str, *, lang: str = "fr", src: str = "") -> str:
    """A page with the module."""
    return _PAGE.format(lang=lang, src=src, body=body.replace("{attributes}", ""))


def options(tab: Page) -> Locator:
    return tab.locator("li[role=option]:visible")  # not those of a select


def active(tab: Page) -> Locator:
    return tab.locator("[role=option][aria-selected=true]")


def vendor_page(
    tab: Page,
    attributes: str = "",
    *,
    body: str = FORM,
    lang: str = "fr",
    src: str = "",
    at: str = "/vendor",
    headers: dict[str, str] | None = None,
) -> Locator:
    """Open a page with a form of its own; return the field, once the picker is there."""
    text = page_of(body.replace("{attributes}", attributes), lang=lang, src=src)
    tab.route(
        lambda url: url.endswith(at),
        lambda route: route.fulfill(body=text, content_type=HTML, headers=headers or {}),
    )
    tab.goto(at)
    field = tab.locator("#field").get_by_role("combobox")
    field.wait_for()
    return field


def heard(tab: Page) -> list[dict[str, Any]]:
    """Return the details of the change events since ``listen``."""
    found: list[dict[str, Any]] = tab.evaluate("window.heard")
    return found


def listen(tab: Page) -> None:
    tab.evaluate(
        """() => {
            window.heard = [];
            document.addEventListener("change", ({ detail }) => detail && heard.push(detail));
        }"""
    )


def form_data(tab: Page) -> list[list[str]]:
    found: list[list[str]] = tab.evaluate("[...new FormData(document.getElementById('form'))]")
    return found


def hit(code: str, label: str, **other: Any) -> dict[str, Any]:
    """A hit as the service answers it."""
    match = {"text": label, "lang": "fr", "kind": "preferred", "source": None, "relation": None}
    return {
        "code": code,
        "curie": f"ORPHA:{code}",
        "label": label,
        "lang": "fr",
        "match": {**match, "bearer": None, "spans": [], **other.pop("match", {})},
        "level": "disorder",
        "type": "disease",
        "status": "active",
        "replaced_by": None,
        **other,
    }


def answering(*hits: dict[str, Any]) -> Callable[[Route], None]:
    """Answer a question in the place of the service."""
    body = json.dumps({"release": "2023", "query": "", "hits": list(hits)})
    return lambda route: route.fulfill(body=body, content_type="application/json")
