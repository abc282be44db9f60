"""CIM-10 to ORPHA and back, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults

PAGES = ["/translate", "/translate?code=Q87.40", "/translate?code=E75.2", "/translate?code=zzz"]


@pytest.mark.parametrize(("lang", "scheme"), [("fr", "light"), ("en", "dark")])
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_accessible_and_fit_a_telephone(tab, watched, page, lang, scheme):
    watched.expected.append("400 (Bad Request)")
    tab.emulate_media(color_scheme=scheme)
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(f"{page}{'&' if '?' in page else '?'}lang={lang}")
    assert not faults(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_there_and_back_with_the_keyboard(tab):
    tab.goto("/translate")
    field = tab.get_by_role("textbox", name="Code")
    expect(field).to_be_focused()
    tab.keyboard.type("E75.2")
    tab.keyboard.press("Enter")
    fabry = tab.get_by_role("row", name="Maladie de Fabry")
    expect(fabry).to_contain_text("plus large que")
    expect(tab.get_by_text("il ne choisit pas")).to_be_visible()
    fabry.get_by_role("link").first.focus()
    tab.keyboard.press("c")
    expect(tab.get_by_role("status").filter(has_text="copié")).to_have_text("ORPHA:324 copié")
    field.focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("ORPHA:324")
    tab.keyboard.press("Enter")
    icd = tab.get_by_role("row", name="E75.2").last
    expect(icd).to_contain_text("plus précis que")
    icd.get_by_role("link").first.focus()
    tab.keyboard.press("c")
    expect(tab.get_by_role("status").filter(has_text="copié")).to_have_text("E75.2 copié")


def test_a_mistake_keeps_the_field_and_its_focus(tab, watched):
    watched.expected.append("400 (Bad Request)")
    tab.goto("/translate?code=zzz&lang=en")
    field = tab.get_by_role("textbox", name="Code")
    expect(field).to_have_value("zzz")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("zzz"))
    tab.keyboard.press("Control+a")
    tab.keyboard.type("Q87.4")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("row", name="Syndrome de Marfan").or_(
        tab.get_by_role("row", name="Marfan syndrome")
    ).first).to_be_visible()  # fmt: skip
    expect(tab).to_have_url(re.compile("lang=en"))


def test_a_level_is_chosen_and_the_release_kept(tab):
    tab.goto("/translate?code=Q87.4&release=demo-2023")
    tab.get_by_label("Niveau").select_option(label="sous-type de pathologie (2)")
    tab.get_by_role("button", name="Traduire").click()
    expect(tab.locator("tbody tr")).to_have_count(2)
    expect(tab).to_have_url(re.compile("release=demo-2023"))


def test_from_an_extension_to_the_code_that_is_aligned(tab):
    tab.goto("/translate?code=Q87.40")
    tab.get_by_text("Réponse approchée").get_by_role("link", name="Q87.4").click()
    expect(tab.get_by_role("row", name="Syndrome de Marfan").first).to_contain_text("équivalent à")
    expect(tab.get_by_text("Réponse approchée")).to_have_count(0)
