"""The page of examples: the picker in five situations."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.chromium import reading
from tests.browser.picker import options


def pick(field, text):
    field.press_sequentially(text)
    options(field.page).first.click()


def test_a_plain_form_sends_code_label_and_release(tab):
    tab.goto("/picker")
    field = tab.locator("#diagnosis").get_by_role("combobox")
    tab.get_by_role("button", name="Envoyer").click()
    expect(field).to_be_focused()
    pick(field, "marfn")
    tab.get_by_role("button", name="Rétablir").click()
    expect(field).to_have_value("")
    pick(field, "marfn")
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.locator(".sent")).to_have_text(
        re.compile(r"code\s*558\s*label\s*Syndrome de Marfan\s*edition\s*demo-2023")
    )


def test_filters_bound_the_search_and_the_event_is_shown(tab):
    tab.goto("/picker")
    field = tab.locator("#filtered").get_by_role("combobox")
    field.fill("marfan")
    expect(tab.locator("#filtered [part=hint]")).to_contain_text("Aucune proposition")
    tab.get_by_label("Niveau").select_option("subtype")
    field.fill("steinert")
    expect(options(tab).first).to_contain_text("sous-type")
    options(tab).first.click()
    shown = json.loads(tab.locator("output").inner_text())
    assert shown["level"] == "subtype"
    assert shown["code"]


def test_a_page_that_allows_no_style(tab):
    answer = tab.goto("/picker/strict")
    assert "style-src 'none'" in answer.headers["content-security-policy"]
    field = tab.locator("#diagnosis").get_by_role("combobox")
    assert field.evaluate("node => getComputedStyle(node).borderTopLeftRadius") == "4.8px"
    pick(field, "marfn")
    field.press("Enter")
    expect(tab.get_by_text("Syndrome de Marfan")).to_be_visible()


def test_a_dark_theme_in_english(tab):
    tab.goto("/picker")
    field = tab.get_by_role("combobox", name="Diagnosis")
    field.fill("marfan")
    expect(options(tab).first).to_contain_text("Marfan syndrome ORPHA:558 disorder")
    assert field.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(29, 18, 48)"
    assert not faults(tab)


def test_two_made_by_a_script_in_a_dialog_and_in_a_component(tab):
    tab.goto("/picker")
    tab.get_by_role("button", name="Ouvrir la fenêtre").click()
    first = tab.get_by_role("dialog").get_by_role("combobox", name="Diagnostic", exact=True)
    expect(first).to_have_value("Syndrome de Marfan")
    second = tab.get_by_role("combobox", name="Second diagnostic")
    second.press_sequentially("pompe")
    expect(options(tab).first).to_be_in_viewport()
    options(tab).first.click()
    expect(second).to_have_value("Glycogénose par déficit en maltase acide")
    second.press("Escape")
    expect(second).to_have_value("")
    expect(tab.get_by_role("dialog")).to_be_visible()
    assert not faults(tab)
    second.press("Escape")
    expect(tab.get_by_role("dialog")).to_be_hidden()


def test_the_source_of_each_example_can_be_copied(tab):
    tab.goto("/picker")
    tab.get_by_text("Code source").first.click()
    expect(tab.locator("pre", has_text='<orpha-picker id="diagnosis"')).to_be_visible()
    expect(tab.get_by_role("button", name="Copier le code source").first).to_be_visible()


def test_without_scripts_the_plain_field_is_sent(browser, served):
    with reading(browser, served.url, java_script_enabled=False) as (tab, _):
        tab.goto("/picker")
        tab.locator("#diagnosis input").fill("ORPHA:558")
        tab.get_by_role("button", name="Envoyer").click()
        expect(tab.locator(".sent")).to_contain_text("ORPHA:558")


@pytest.mark.parametrize("width", [360, 1920])
def test_the_list_stays_in_the_window(tab, width):
    tab.set_viewport_size({"width": width, "height": 640})
    tab.goto("/picker")
    field = tab.locator("#diagnosis").get_by_role("combobox")
    field.evaluate("node => node.scrollIntoView({ block: 'end' })")
    field.fill("syndrome")
    expect(options(tab).nth(3)).to_be_in_viewport()
    box = tab.locator("#diagnosis [part=popup]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 640
