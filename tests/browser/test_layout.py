"""What all pages share: the skip link, the keys, the language, and what must never happen."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults, focus_order
from tests.web.pages import BARE, ERRORS, PAGES, untested

ERROR = ERRORS[0][0]
NOT_SEEN_DARK_ELSEWHERE = ["/check", "/classifications", "/guide", "/history", ERROR]


def test_no_page_is_forgotten():
    assert not untested()


@pytest.mark.parametrize(
    ("page", "scheme"),
    [
        *((each, "light") for each in (*PAGES, ERROR)),
        *((each, "dark") for each in NOT_SEEN_DARK_ELSEWHERE),
    ],
)
def test_every_page_is_accessible(tab, watched, page, scheme):
    """In French; in the dark where no other file looks: axe takes its time."""
    watched.expected.append("404 (Not Found)")
    tab.emulate_media(color_scheme=scheme)
    tab.goto(page)
    assert not faults(tab)


@pytest.mark.parametrize("page", [*(each for each in PAGES if each != BARE), ERROR])
def test_the_first_stop_of_the_keyboard_skips_to_the_content(tab, watched, page):
    watched.expected.append("404 (Not Found)")
    tab.goto(page)
    stand_before_everything(tab)
    assert focus_order(tab, 1) == ["Aller au contenu"]
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "content"


def stand_before_everything(tab):
    """Tab goes on from where the focus was, be it gone: some pages put it into their field."""
    tab.evaluate(
        """() => {
            const start = document.createElement("span");
            start.tabIndex = -1;
            document.body.prepend(start);
            start.focus();
            start.remove();
        }"""
    )


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


@pytest.mark.parametrize("page", ["/classifications/156#%", "/concepts/558#%E9"])
def test_an_address_that_ends_with_what_cannot_be_read(tab, page):
    tab.goto(page)
    assert tab.get_by_role("main").is_visible()
    tab.evaluate("location.hash = '#%F'")
    if tab.get_by_role("tree").count():
        tab.get_by_role("tree").get_by_role("treeitem").first.press("ArrowRight")
        expect(tab.get_by_role("treeitem", level=2).first).to_be_focused()
