"""The picker by keyboard, mouse and finger, and what is announced."""

from importlib.resources import files

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.picker import (
    FORM,
    active,
    form_data,
    options,
    vendor_page,
)


def test_the_module_has_at_most_15_kilobytes():
    assert len(files("thesaurus.web").joinpath("static/orpha-picker.js").read_bytes()) <= 15_000


def test_every_key_of_the_pattern(tab):
    field = vendor_page(tab)
    field.press_sequentially("marfan")
    expect(options(tab)).to_have_count(3)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(active(tab)).to_have_count(0)
    field.press("ArrowUp")
    expect(active(tab)).to_contain_text("type 2")
    field.press("ArrowDown")
    expect(active(tab)).to_contain_text("ORPHA:558")
    assert field.get_attribute("aria-activedescendant") == active(tab).get_attribute("id")
    field.press("ArrowUp")
    expect(active(tab)).to_contain_text("type 2")
    field.press("Home")
    expect(active(tab)).to_have_count(0)
    field.press_sequentially("x")
    expect(field).to_have_value("xmarfan")
    field.press("Backspace")
    field.press("End")
    field.press_sequentially("a")
    expect(field).to_have_value("marfana")
    field.press("Backspace")
    expect(options(tab)).to_have_count(3)
    field.press("Alt+ArrowUp")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(options(tab)).to_have_count(0)
    field.press("Alt+ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(active(tab)).to_have_count(0)
    field.press("Escape")
    expect(options(tab)).to_have_count(0)
    expect(field).to_have_value("marfan")
    field.press("Escape")
    expect(field).to_have_value("")
    assert field.evaluate("node => node.getRootNode().activeElement === node")


def test_tab_leaves_without_picking(tab):
    field = vendor_page(tab)
    field.press_sequentially("marfan")
    expect(options(tab)).to_have_count(3)
    field.press("ArrowDown")
    field.press("Tab")
    expect(tab.get_by_role("button", name="Envoyer")).to_be_focused()
    expect(options(tab)).to_have_count(0)
    assert form_data(tab) == [["code", ""]]
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(tab.get_by_role("status")).to_have_text("Choisissez une maladie dans la liste.")


def test_leaving_moves_nothing_under_the_pointer(tab):
    """A message that appeared at the press of the mouse would make the click miss its button."""
    field = vendor_page(tab, "", body=FORM.replace("<button", "<p><button", 1))
    button = tab.get_by_role("button", name="Envoyer")
    field.fill("marfan")
    expect(options(tab)).to_have_count(3)
    field.press("Escape")
    before = button.bounding_box()
    button.hover()
    tab.mouse.down()
    assert button.bounding_box() == before
    tab.mouse.up()
    expect(field).to_be_focused()  # the form found it invalid


def test_the_mouse_picks_and_the_focus_stays(tab):
    field = vendor_page(tab)
    field.press_sequentially("marfan")
    options(tab).nth(1).click()
    expect(field).to_have_value("Syndrome de Marfan type 1")
    expect(field).to_be_focused()


def test_a_finger_picks(browser, served):
    context = browser.new_context(base_url=served.url, has_touch=True, is_mobile=True)
    tab = context.new_page()
    field = vendor_page(tab)
    field.tap()
    field.press_sequentially("marfan")
    options(tab).first.tap()
    expect(field).to_have_value("Syndrome de Marfan")
    context.close()


def test_the_active_option_is_scrolled_into_view(tab):
    field = vendor_page(tab, "limit='50'")
    field.press_sequentially("syndrome")
    expect(options(tab).nth(12)).to_be_attached()
    field.press("ArrowUp")
    expect(active(tab)).to_be_in_viewport()


def test_what_is_announced(tab):
    field = vendor_page(tab)
    said = tab.locator("#field [role=status]")
    field.press_sequentially("marfan")
    expect(said).to_have_text("Propositions : 3")
    field.press("ArrowDown")
    field.press("Enter")
    expect(said).to_contain_text("Choisi : Syndrome de Marfan, ORPHA:558.")
    field.fill("xqzzkw")
    expect(said).to_contain_text("Aucune proposition")
    expect(field).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_list_is_accessible(tab, scheme):
    tab.emulate_media(color_scheme=scheme)
    head = '<meta name="color-scheme" content="light dark">'
    field = vendor_page(tab, "placeholder='Nom ou code'", body=head + FORM)
    assert not faults(tab)
    field.fill("hemochromatose")
    expect(options(tab).first).to_be_visible()
    field.press("ArrowDown")
    assert not faults(tab)
    field.fill("139491")
    expect(options(tab)).to_have_count(1)
    assert not faults(tab)
