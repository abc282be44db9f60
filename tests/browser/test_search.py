"""The home page and the search, as a coder in a hurry uses them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.chromium import reading

PAGES = [
    "/",
    "/search?q=syndrome",
    "/search?q=ehlers&level=subtype&classification=199",
    "/search?q=sindrome+de+marfane",
    "/search?q=marfan+AND",
    "/search?q=E75.2",
]
FIELD = "Nom, sigle, gène ou code"


@pytest.mark.parametrize(("lang", "scheme"), [("fr", "light"), ("en", "dark")])
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_accessible_and_fit_a_telephone(tab, watched, page, lang, scheme):
    watched.expected.append("400 (Bad Request)")
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{page}{'&' if '?' in page else '?'}lang={lang}")
    assert not faults(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_misspelt_name_is_picked_with_the_keyboard(tab):
    tab.goto("/")
    expect(tab.get_by_role("combobox", name=FIELD)).to_be_focused()
    tab.keyboard.type("sindrome de marfane")
    expect(tab.get_by_role("option").first).to_contain_text("Syndrome de Marfan")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/concepts/558$"))


def test_a_text_that_is_not_picked_is_searched(tab):
    tab.goto("/?release=demo-2022&lang=en")
    expect(tab.get_by_role("combobox")).to_be_focused()
    tab.keyboard.type("marfan NOT type")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/search\?"))
    expect(tab.get_by_role("heading", name="1 entity found", exact=True)).to_be_visible()
    expect(tab.get_by_text("You are reading release demo-2022")).to_be_visible()
    assert tab.url.count("q=") == 1


def test_from_a_facet_to_a_page_and_back(tab):
    tab.goto("/search?q=type:disease")
    number = tab.get_by_role("heading", level=1).inner_text()
    facets = tab.get_by_role("region", name="Affiner")
    facets.get_by_role("link", name="historique").click()
    expect(tab.get_by_role("heading", level=1)).not_to_have_text(number)
    tab.get_by_role("link", name="Retirer").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(number)
    first = tab.locator("ol.results code").first.inner_text()
    tab.get_by_role("link", name="Suivants").click()
    expect(tab.get_by_text("Page 2 sur")).to_be_visible()
    tab.locator("ol.results a").first.click()
    expect(tab).to_have_url(re.compile(r"/concepts/\d+$"))
    tab.go_back()
    expect(tab.get_by_text("Page 2 sur")).to_be_visible()
    tab.get_by_role("link", name="Précédents").click()
    expect(tab.locator("ol.results code").first).to_have_text(first)


def test_language_and_release_are_switched_where_one_is(tab):
    tab.goto("/search?q=marfan&sort=code")
    tab.get_by_role("link", name="English").click()
    expect(tab.get_by_role("heading", name="3 entities found", exact=True)).to_be_visible()
    expect(tab.get_by_role("link", name="Marfan syndrome", exact=True)).to_be_visible()
    tab.get_by_text(re.compile("^Release demo-2023")).click()
    tab.get_by_role("link", name="demo-2022", exact=True).click()
    expect(tab).to_have_url(re.compile(r"\?q=marfan&sort=code&lang=en&release=demo-2022$"))
    expect(tab.get_by_role("heading", level=1)).to_contain_text("found")


def test_a_typo_leads_to_what_was_meant(tab):
    tab.goto("/search?q=marfna")
    tab.get_by_role("link", name="marfan", exact=True).click()
    expect(tab.get_by_role("heading", name="3 entités trouvées", exact=True)).to_be_visible()
    expect(tab.get_by_role("combobox", name=FIELD)).to_have_value("marfan")


def test_the_facets_are_reached_at_once_on_a_telephone(tab):
    tab.set_viewport_size({"width": 360, "height": 600})
    tab.goto("/search?q=syndrome")
    tab.get_by_role("link", name="Affiner").click()
    expect(tab.get_by_role("heading", name="Affiner")).to_be_in_viewport()


def test_a_row_is_copied_with_a_key(tab):
    tab.goto("/search?q=marfan")
    tab.get_by_role("link", name="Syndrome de Marfan type 1").focus()
    tab.keyboard.press("c")
    expect(tab.get_by_role("status").filter(has_text="copié")).to_have_text("ORPHA:284963 copié")


def test_everything_goes_without_scripts(browser, served):
    with reading(browser, served.url, java_script_enabled=False) as (tab, _):
        tab.goto("/")
        tab.get_by_role("searchbox", name=FIELD).fill("sindrome de marfane")
        tab.get_by_role("button", name="Chercher").click()
        tab.get_by_role("link", name="Syndrome de Marfan", exact=True).click()
        assert tab.url.endswith("/concepts/558")


@pytest.mark.parametrize(
    "q", ['"><script>window.hit=1</script>', "<img src=x onerror=window.hit=1>"]
)
def test_what_was_typed_never_runs(tab, watched, q):
    watched.expected.append("400 (Bad Request)")
    tab.goto("/")
    tab.get_by_role("combobox", name=FIELD).fill(q)
    tab.get_by_role("button", name="Chercher").click()
    expect(tab).to_have_url(re.compile("/search"))
    expect(tab.get_by_role("combobox", name=FIELD)).to_have_value(q)
    assert tab.evaluate("window.hit") is None
