"""The picker as a field of a form: name, value, validity, what is sent."""

import re

from playwright.sync_api import expect

from tests.browser.picker import (
    FORM,
    HTML,
    form_data,
    heard,
    listen,
    options,
    page_of,
    vendor_page,
)


def test_a_name_with_typos_is_picked_by_the_keyboard(tab):
    field = vendor_page(tab, "required label-name='label' release-name='edition'")
    listen(tab)
    field.press_sequentially("marfn")
    expect(options(tab).first).to_contain_text("Syndrome de Marfan ORPHA:558 pathologie")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Syndrome de Marfan")
    expect(options(tab)).to_have_count(0)
    assert form_data(tab) == [
        ["code", "558"],
        ["label", "Syndrome de Marfan"],
        ["edition", "demo-2023"],
    ]
    (event,) = heard(tab)
    assert event["code"] == "558"
    assert event["curie"] == "ORPHA:558"
    assert event["label"] == "Syndrome de Marfan"
    assert event["release"] == "demo-2023"
    assert (event["level"], event["status"]) == ("disorder", "active")
    field.press("Enter")
    expect(tab).to_have_url(re.compile("code=558&label=Syndrome"))


def test_a_label_focuses_and_names_the_field(tab):
    field = vendor_page(tab)
    expect(field).to_have_accessible_name("Diagnostic")
    tab.get_by_text("Diagnostic", exact=True).click()
    expect(field).to_be_focused()


def test_a_required_field_keeps_its_form_back(tab):
    field = vendor_page(tab, "required")
    tab.get_by_role("button", name="Envoyer").click()
    assert tab.url.endswith("/vendor")
    expect(field).to_be_focused()
    assert not tab.evaluate("field.checkValidity()")
    assert tab.evaluate("document.querySelector('orpha-picker:invalid') === field")
    field.fill("marfan")
    field.press("Enter")
    assert tab.url.endswith("/vendor")
    field.press("ArrowDown")
    options(tab).first.click()
    assert tab.evaluate("field.checkValidity()")
    field.press("Enter")
    expect(tab).to_have_url(re.compile("code=558"))


def test_reset_disabled_and_fieldset(tab):
    fieldset = FORM.replace("<label", "<fieldset id='set'><label").replace(
        "<button", "</fieldset><button", 1
    )
    field = vendor_page(tab, "value='558'", body=fieldset)
    expect(field).to_have_value("Syndrome de Marfan")
    field.fill("")
    tab.get_by_role("button", name="Rétablir").click()
    expect(field).to_have_value("Syndrome de Marfan")
    assert form_data(tab) == [["code", "558"]]
    tab.evaluate("document.getElementById('set').disabled = true")
    expect(field).to_be_disabled()
    assert form_data(tab) == []


def test_a_value_is_named_and_its_state_told(tab):
    field = vendor_page(tab, "value='ORPHA:166068'")
    expect(field).to_have_value("Hypoplasie pontocérébelleuse type 5")
    expect(tab.locator("#note")).to_contain_text("ORPHA:166063 le remplace")
    assert form_data(tab) == [["code", "166068"]]
    tab.evaluate("field.value = 558")
    expect(field).to_have_value("Syndrome de Marfan")
    assert tab.evaluate("[field.value, field.concept.label, field.concept.release]") == [
        *("558", "Syndrome de Marfan", "demo-2023")
    ]
    tab.evaluate("field.value = ''")
    expect(field).to_have_value("")


def test_an_unknown_value_is_kept_and_said(tab, watched):
    watched.expected.append("404")
    field = vendor_page(tab, "value='999999'")
    expect(tab.locator("#note")).not_to_be_empty()
    expect(field).to_have_value("999999")
    assert form_data(tab) == [["code", "999999"]]


def test_a_search_field_sends_what_was_typed(tab):
    field = vendor_page(tab, "free")
    field.press_sequentially("crohn")
    expect(options(tab)).to_have_count(1)
    expect(options(tab)).not_to_have_attribute("aria-disabled", "true")
    assert form_data(tab) == [["code", "crohn"]]
    field.press("Enter")
    expect(tab).to_have_url(re.compile("code=crohn"))


def test_the_children_are_no_fields_any_more(tab):
    field = vendor_page(tab)
    field.fill("x")
    assert form_data(tab) == [["code", ""]]
    assert tab.locator("input[name=code]").is_disabled()


def test_enter_before_a_choice_keeps_the_form_back(tab):
    """No option is active until an arrow is pressed: Enter asks for the form, which is invalid."""
    field = vendor_page(tab)
    tab.evaluate("field.addEventListener('invalid', () => (window.kept = true))")
    field.fill("marfan")
    expect(options(tab)).to_have_count(3)
    field.press("Enter")
    assert tab.evaluate("window.kept")
    assert tab.url.endswith("/vendor")
    expect(field).to_be_focused()
    expect(field).to_have_value("marfan")


def test_a_value_is_kept_where_its_name_cannot_be_loaded(tab, watched):
    """A code that the form already has must not be lost."""
    watched.expected.append("ERR_FAILED")
    tab.route("**/v1/concepts/*", lambda route: route.abort())
    field = vendor_page(tab, "value='558'")
    expect(tab.locator("#note")).to_have_text("Le service ne répond pas.")
    expect(field).to_have_value("558")
    assert form_data(tab) == [["code", "558"]]
    assert tab.evaluate("field.checkValidity()")


def test_what_was_begun_before_the_module_came_goes_on(tab):
    held = {}
    module = "**/static/orpha-picker.js"
    tab.route(module, lambda route: held.update(module=route))
    tab.route("**/vendor", lambda route: route.fulfill(body=page_of(FORM), content_type=HTML))
    with tab.expect_request(module):
        tab.goto("/vendor", wait_until="commit")
    tab.locator("#field input").press_sequentially("marf")
    held["module"].continue_()
    field = tab.locator("#field").get_by_role("combobox")
    expect(field).to_be_focused()
    tab.keyboard.type("a")
    expect(field).to_have_value("marfa")
    expect(options(tab)).to_have_count(3)
