"""What all pages share: the skip link, the keys, the language, and what must never happen."""

import re

import pytest

from tests.browser.accessibility import faults, focus_order

PAGES = [
    "/check",
    "/releases",
    "/history",
    "/concepts/558",
    "/concepts/255241",
    "/guide",
    "/guide/variables",
    "/classifications",
    "/classifications/156",
    "/rules",
    "/status",
    "/search",
]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_accessible(tab, page, lang):
    tab.goto(f"{page}?lang={lang}")
    assert not faults(tab)


@pytest.mark.parametrize("page", PAGES)
def test_the_first_stop_of_the_keyboard_skips_to_the_content(tab, page):
    tab.goto(page)
    assert focus_order(tab, 1) == ["Aller au contenu"]
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "content"


def test_a_key_shows_the_keys_and_they_can_be_switched_off(tab):
    tab.goto("/history")
    tab.keyboard.press("?")
    dialog = tab.get_by_role("dialog", name="Touches du clavier")
    dialog.get_by_role("checkbox").uncheck()
    tab.keyboard.press("Escape")
    tab.reload()
    tab.keyboard.press("?")
    assert not dialog.is_visible()
    tab.get_by_role("button", name=re.compile("Touches")).click()
    dialog.get_by_role("checkbox").check()
    dialog.get_by_role("button", name="Fermer").click()
    tab.keyboard.press("?")
    assert dialog.is_visible()
