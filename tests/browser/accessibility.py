"""Accessibility of an open page: axe-core's rules of WCAG 2.2 A and AA, and the order of focus."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong: roles, names, contrast, headings, landmarks ..."""
    found = _AXE.run(page, options={"runOnly": {"type": "tag", "values": _RULES}})
    return [
        f"{each['id']}: {each['help']}: {node['html'][:200]} {node['failureSummary']}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


def focus_order(page: Page, most: int = 60) -> list[str]:
    """Press Tab through the page; return what takes the focus, by name, in that order."""
    page.evaluate("document.activeElement?.blur()")
    order: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        name = page.evaluate(
            """() => {
                let at = document.activeElement;
                while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                if (!at || at === document.body) return null;
                return at.ariaLabel || at.textContent.trim() || at.name || at.tagName;
            }"""
        )
        if name is None:
            break
        order.append(" ".join(name.split()))
    return order
