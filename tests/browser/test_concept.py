"""The pages of codes in a browser: follow, unfold, copy, switch, print."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults, focus_order
from tests.browser.chromium import reading

PAGES = ["558", "255241", "FBN1", "Q87.4"]


@pytest.mark.parametrize("code", PAGES)
def test_pages_are_accessible_in_the_dark(tab, code):
    tab.emulate_media(color_scheme="dark")
    tab.goto(f"/concepts/{code}")
    tab.locator("details.place").evaluate_all("all => all.forEach((each) => (each.open = true))")
    assert not faults(tab)


@pytest.mark.parametrize("code", [*PAGES, "255199", "802", "98053"])
def test_no_page_scrolls_sideways_on_a_narrow_screen(tab, code):
    tab.set_viewport_size({"width": 360, "height": 700})
    tab.goto(f"/concepts/{code}")
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    if tab.locator("svg.drawing").count():
        assert tab.locator("svg.drawing:visible").count() == 1


def test_an_obsolete_code_leads_to_its_hint_and_a_deprecated_one_to_its_successor(tab):
    tab.goto("/concepts/255199")
    notice = tab.locator(".notice")
    expect(notice).to_contain_text("à vous de choisir")
    notice.get_by_role("link").first.click()
    expect(tab.locator("h1 .code")).not_to_have_text("ORPHA:255199")
    expect(tab.get_by_text("actif", exact=True).first).to_be_visible()
    tab.goto("/concepts/255241")
    tab.get_by_role("link", name="Syndrome de Leigh").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Syndrome de Leigh ORPHA:506")


def test_a_classification_is_unfolded_with_the_keyboard(tab):
    tab.goto("/concepts/58")
    place = tab.locator("details.place").last
    was_open = place.get_attribute("open") is not None
    summary = place.locator("summary")
    summary.focus()
    way = place.get_by_role("listitem").first
    tab.keyboard.press("Enter")
    expect(way).to_be_visible(visible=not was_open)
    tab.keyboard.press("Space")
    expect(way).to_be_visible(visible=was_open)


def test_a_way_down_is_walked_up_and_back(tab):
    tab.goto("/concepts/558")
    places = tab.get_by_role("region", name="Place dans les classifications")
    places.get_by_role("link", name="Dysplasie osseuse primaire").first.click()
    expect(tab.locator("h1 .code")).to_have_text("ORPHA:364526")
    children = tab.get_by_role("region", name="Voisinage").locator(".entities")
    children.get_by_role("link", name="Syndrome de Marfan", exact=True).click()
    expect(tab.locator("h1 .code")).to_have_text("ORPHA:558")


def test_the_drawing_has_links_with_names_that_the_keyboard_reaches(tab):
    tab.goto("/concepts/558")
    drawing = tab.get_by_role("group", name="Syndrome de Marfan entre ses parents")
    parent = drawing.get_by_role("link", name="ORPHA:364526 Dysplasie osseuse primaire")
    parent.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("h1 .code")).to_have_text("ORPHA:364526")
    order = focus_order(tab, 40)
    assert any("ORPHA:558 Syndrome de Marfan" in each for each in order)


def test_the_facts_of_the_drawing_stand_in_the_lists(tab):
    tab.goto("/concepts/364526")
    boxes = tab.locator("svg.drawing:visible a.box:not(.own, .more)")
    drawn = {each.get_attribute("href") for each in boxes.all()}
    listed = {each.get_attribute("href") for each in tab.locator(".neighbours .entities a").all()}
    assert drawn
    assert drawn <= listed


def test_a_key_copies_the_code_of_the_page_or_of_the_row(browser, served):
    rights = {"permissions": ["clipboard-read", "clipboard-write"]}
    with reading(browser, served.url, **rights) as (tab, _):
        tab.goto("/concepts/558")
        tab.keyboard.press("c")
        expect(tab.locator("#said")).to_have_text("ORPHA:558 copié")
        assert tab.evaluate("navigator.clipboard.readText()") == "ORPHA:558"
        tab.locator(".entities a").first.focus()
        tab.keyboard.press("c")
        expect(tab.locator("#said")).to_have_text("ORPHA:364526 copié")
        tab.get_by_role("button", name="Copier ORPHA:558").click()
        expect(tab.locator("#said")).to_have_text("ORPHA:558 copié")
        tab.goto("/concepts/Q87.4")
        tab.keyboard.press("c")
        expect(tab.locator("#said")).to_have_text("Q87.4 copié")


def test_language_and_release_change_and_the_concept_stays(tab):
    tab.goto("/concepts/558")
    tab.get_by_role("link", name="English").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Marfan syndrome ORPHA:558")
    tab.locator("details.releases summary").click()
    tab.get_by_role("contentinfo").get_by_role("link", name="demo-2022").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Marfan syndrome ORPHA:558")
    expect(tab.locator(".notice.warning").first).to_contain_text("demo-2022")
    tab.get_by_role("row", name="demo-2023").get_by_role("link", name="demo-2023").click()
    expect(tab).to_have_url(re.compile("lang=en"))
    expect(tab).to_have_url(re.compile("release=demo-2023"))


def test_a_code_that_went_leads_to_the_release_that_has_it(tab, watched):
    watched.expected.append("404")
    tab.goto("/concepts/398980")
    assert not faults(tab)
    tab.get_by_role("link", name="Lire sa page dans la version demo-2022").click()
    expect(tab.locator("h1 .code")).to_have_text("ORPHA:398980")


def test_what_is_folded_is_read_on_paper(tab):
    tab.goto("/concepts/558")
    folded = tab.locator("details.place:not([open]) .ways-down")
    tab.locator("details.place[open] > summary").first.click()
    expect(folded.first).to_be_hidden()
    tab.emulate_media(media="print")
    expect(folded.first).to_be_visible()
    expect(tab.get_by_role("button", name="Copier ORPHA:558")).to_be_hidden()
