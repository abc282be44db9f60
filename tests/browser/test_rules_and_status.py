"""The rules and the status page in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.chromium import reading


def rule(tab, number):
    return tab.get_by_role("article", name=re.compile(f"^{number}"))


def test_a_profile_and_a_filter_are_chosen_in_a_form(tab):
    tab.goto("/rules")
    expect(rule(tab, "DX-020")).to_contain_text("avertissement")
    tab.get_by_label("Profil", exact=True).select_option(label="Document SDM-MR 2024.01")
    tab.get_by_label("Gravité", exact=True).select_option("erreur")
    tab.get_by_label("Mots ou numéro").fill("groupe")
    tab.keyboard.press("Enter")
    expect(rule(tab, "DX-020")).to_contain_text("erreur")
    expect(tab.get_by_role("article")).to_have_count(1)
    tab.get_by_role("link", name="Toutes les règles").click()
    expect(tab.get_by_role("article")).not_to_have_count(1)
    expect(tab.get_by_label("Profil", exact=True)).to_have_value("cda-2024")


def test_an_anchor_leads_to_a_rule_and_its_number_is_copied(tab):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto("/rules#DX-102")
    expect(rule(tab, "DX-102")).to_be_in_viewport()
    tab.get_by_role("link", name="DX-102").focus()
    tab.keyboard.press("c")
    expect(tab.get_by_text("DX-102 copié")).to_be_visible()


def test_why_and_the_lists_of_values_unfold(tab):
    tab.goto("/rules?profile=cda-2024")
    tab.locator("summary", has_text="statut du diagnostic").click()
    expect(tab.get_by_role("row", name=re.compile("^confirmé"))).to_contain_text("255545003")
    rule(tab, "DX-010").get_by_text("Pourquoi").click()
    expect(rule(tab, "DX-010").get_by_text("Source")).to_be_visible()


def test_the_rules_need_no_javascript(browser, served):
    with reading(browser, served.url, java_script_enabled=False) as (tab, _):
        tab.goto("/rules")
        tab.get_by_label("Mots ou numéro").fill("DX-010")
        tab.get_by_role("button", name="Afficher").click()
        expect(tab.get_by_role("article")).to_have_count(1)


def test_the_status_says_what_works(tab):
    tab.goto("/status")
    expect(tab.get_by_text("La base de données répond.")).to_be_visible()
    tab.get_by_role("link", name="Toutes les versions").click()
    tab.wait_for_url("**/releases")


@pytest.mark.parametrize("page", ["/rules?profile=cda-2024&q=hpo", "/status"])
def test_both_are_accessible_in_the_dark(tab, page):
    tab.emulate_media(color_scheme="dark")
    tab.goto(page)
    tab.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert not faults(tab)


@pytest.mark.parametrize("page", ["/rules", "/status", "/classifications"])
@pytest.mark.parametrize("width", [360, 1920])
def test_none_scrolls_sideways(tab, page, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(page)
    tab.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
