"""Two releases compared in a browser, by keyboard; another release for a page."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.chromium import reading

DIFFERENCES = "/releases/demo-2022/differences/demo-2023"


def test_choose_two_releases_and_filter_by_keyboard(tab):
    tab.goto("/releases")
    tab.get_by_label("De la version").focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**{DIFFERENCES}")
    tab.get_by_role("checkbox", name="niveau", exact=True).focus()
    tab.keyboard.press("Space")
    tab.get_by_role("combobox", name="Classification").focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**?kind=level*")
    expect(tab.get_by_role("heading", level=2, name="Niveau")).to_be_visible()
    expect(tab.get_by_role("heading", level=2, name="Codes entrants")).to_have_count(0)
    expect(tab.get_by_role("checkbox", name="niveau", exact=True)).to_be_checked()
    tab.get_by_role("link", name="Tout montrer").click()
    expect(tab.get_by_role("heading", level=2, name="Codes entrants")).to_be_visible()


def test_a_count_leads_to_its_codes_and_a_code_to_its_page(tab):
    tab.goto(DIFFERENCES)
    tab.get_by_role("link", name="codes sortants").click()
    row = tab.get_by_role("table", name="Codes sortants").get_by_role("row").nth(1)
    row.get_by_role("link").first.click()
    tab.wait_for_url("**/concepts/*?release=demo-2022")


def test_another_release_for_the_check(tab):
    tab.goto("/check")
    tab.get_by_role("link", name="demo-2022").first.click()
    expect(tab.locator("main")).to_contain_text("contre la version demo-2022")
    expect(tab.get_by_text("qui n'est pas la version active")).to_be_visible()
    tab.get_by_label("Codes ou tableau").fill("558")
    tab.get_by_role("button", name="Contrôler", exact=True).click()
    expect(tab.locator("#result dl")).to_contain_text("demo-2022")


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("/releases", "dark"),
        *((f"{DIFFERENCES}?kind={kind}", "light") for kind in ("status", "classifications")),
        (f"{DIFFERENCES}?kind=renamed&lang=en", "dark"),
    ],
)
def test_accessible_by_day_and_by_night(browser, served, scheme, address):
    with reading(browser, served.url, color_scheme=scheme) as (tab, _):
        tab.goto(address)
        assert not faults(tab)


@pytest.mark.parametrize("address", ["/releases", DIFFERENCES, "/history"])
def test_nothing_scrolls_sideways_on_a_telephone(browser, served, address):
    with reading(browser, served.url, viewport={"width": 360, "height": 740}) as (tab, _):
        tab.goto(address)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_a_script(browser, served):
    with reading(browser, served.url, java_script_enabled=False) as (tab, _):
        tab.goto("/releases")
        tab.get_by_role("button", name="Voir les différences").click()
        tab.get_by_role("checkbox", name="statut", exact=True).check()
        tab.get_by_role("button", name="Appliquer").click()
        assert tab.url.endswith("kind=status&classification=")
        expect(tab.get_by_role("table", name="Statut")).to_be_visible()
