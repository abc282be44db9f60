"""The guides: read in light and dark, on a narrow screen, by their contents."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.chromium import reading
from thesaurus.web.guides import GUIDES

NAMES = [each.name for each in GUIDES]


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_is_accessible_in_the_dark_and_on_a_narrow_screen(tab, name):
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"/guide/{name}")
    assert not faults(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_contents_lead_to_the_sections(tab):
    tab.goto("/guide/utilisateur")
    contents = tab.get_by_role("navigation", name="Dans ce guide")
    for link in contents.get_by_role("link").all():
        link.click()
        name = link.inner_text()
        expect(tab.get_by_role("heading", name=name, exact=True)).to_be_in_viewport()


def test_links_of_a_guide_lead_to_the_pages_that_it_names(tab):
    tab.goto("/guide")
    tab.get_by_role("link", name="Questions fréquentes").click()
    tab.get_by_role("link", name="description clinique").first.click()
    expect(tab).to_have_url(re.compile("/guide/variables#description-clinique$"))
    expect(tab.get_by_role("heading", name="Description clinique")).to_be_in_viewport()


def test_a_guide_is_read_without_scripts(browser, served):
    with reading(browser, served.url, java_script_enabled=False) as (page, _):
        page.goto("/guide/faq?lang=en")
        expect(page.get_by_text("The guides are in French.")).to_be_visible()
        expect(page.locator(".text[lang=fr]")).to_be_visible()
