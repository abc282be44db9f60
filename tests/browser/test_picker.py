"""The picker used by hand: keys, mouse, what the list says of each hit, what the form gets."""

import re
from importlib.resources import files

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.picker import FORM, answering, form_data, heard, hit, listen, vendor_page


def options(tab):
    return tab.get_by_role("option")


def active(tab):
    return tab.locator("[role=option][aria-selected=true]")


def test_the_module_has_at_most_15_kilobytes():
    assert len(files("thesaurus.web").joinpath("static/orpha-picker.js").read_bytes()) <= 15_000


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
    assert (event["level"], event["status"], event["query"]) == ("disorder", "active", "marfn")
    field.press("Enter")
    expect(tab).to_have_url(re.compile("code=558&label=Syndrome"))


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


def test_editing_after_a_choice_clears_it(tab):
    field = vendor_page(tab)
    listen(tab)
    field.press_sequentially("marfan")
    options(tab).first.click()
    field.press("Backspace")
    assert form_data(tab) == [["code", ""]]
    assert [each["code"] for each in heard(tab)] == ["558", None]


def test_marks_stand_on_the_letters_with_their_accents(tab):
    field = vendor_page(tab)
    field.press_sequentially("phenylcetonurie class")
    expect(options(tab).first.locator("mark")).to_have_text(["Phénylcétonurie", "class"])
    assert options(tab).first.locator("span").first.text_content() == "Phénylcétonurie classique"


def test_marks_count_characters_beyond_the_first_plane_once(tab):
    tab.route(
        "**/v1/suggest?*", answering(hit("1", "𝛼𝛽 déficit", match={"spans": [[1, 2], [3, 6]]}))
    )
    field = vendor_page(tab)
    field.press_sequentially("d")
    expect(options(tab).locator("mark")).to_have_text(["𝛽", "déf"])
    expect(options(tab).locator("span")).to_have_text("𝛼𝛽 déficit")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("pompe", "synonyme : Maladie de Pompe"),
        ("cystic fibrosis", "nom en anglais : Cystic fibrosis"),
        ("Q87.4", "exact : CIM-10:Q87.4"),
        ("FBN1", "gène causal : FBN1"),
        ("hemochromatose type 4", "nom : Hémochromatose type 4, nom de ORPHA:139491 (inactif)"),
    ],
)
def test_a_hit_says_why_it_is_there(tab, typed, reason):
    field = vendor_page(tab)
    field.fill(typed)
    expect(options(tab).first).to_contain_text(reason)


def test_a_former_name_and_a_name_elsewhere_say_where(tab):
    former = {"kind": "former", "source": "2022", "text": "Ancien"}
    linked = {"kind": "linked", "source": "omim", "text": "Autre"}
    tab.route(
        "**/v1/suggest?*", answering(hit("1", "Un", match=former), hit("2", "Deux", match=linked))
    )
    field = vendor_page(tab)
    field.fill("x")
    expect(options(tab).first).to_contain_text("nom de la version 2022 : Ancien")
    expect(options(tab).last).to_contain_text("nom dans omim : Autre")


def test_a_deprecated_code_leads_to_its_target(tab):
    field = vendor_page(tab)
    field.fill("166068")
    expect(options(tab)).to_contain_text("déprécié")
    expect(options(tab)).to_contain_text("ORPHA:166068 est déprécié : ORPHA:166063 le remplace.")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Hypoplasie pontocérébelleuse type 4")
    assert form_data(tab) == [["code", "166063"]]
    expect(tab.locator("#note")).to_contain_text("ORPHA:166068 est déprécié")


@pytest.mark.parametrize(
    ("typed", "words"), [("139491", "obsolète"), ("crohn", "non rare en Europe")]
)
def test_obsolete_and_non_rare_entities_cannot_be_picked(tab, typed, words):
    field = vendor_page(tab)
    field.fill(typed)
    expect(options(tab)).to_have_attribute("aria-disabled", "true")
    expect(options(tab)).to_contain_text(words)
    expect(options(tab)).to_contain_text("Ne se code pas.")
    field.press("ArrowDown")
    field.press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("Ne se code pas.")
    options(tab).click(force=True)
    assert form_data(tab) == [["code", ""]]


def test_a_group_warns_and_a_category_more(tab):
    group = hit("1", "Un groupe", level="group", type="clinical_group")
    tab.route("**/v1/suggest?*", answering(group, hit("2", "Tout", level="group", type="category")))
    field = vendor_page(tab, "uncounted")
    field.fill("g")
    options(tab).first.click()
    expect(tab.get_by_text("à ne coder que si rien de plus précis")).to_be_visible()
    assert form_data(tab) == [["code", "1"]]
    field.fill("g")
    options(tab).last.click()
    expect(tab.get_by_text("Catégorie : choisir plus bas.")).to_be_visible()


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
    tab.evaluate("field.setCustomValidity('Non.')")
    field.press("ArrowDown")
    options(tab).first.click()
    assert not tab.evaluate("field.checkValidity()")
    tab.evaluate("field.setCustomValidity('')")
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
    assert tab.evaluate("[field.value, field.label, field.release, field.concept.level]") == [
        *("558", "Syndrome de Marfan", "demo-2023", "disorder")
    ]
    tab.evaluate("field.value = ''")
    expect(field).to_have_value("")


def test_an_unknown_value_is_kept_and_said(tab, watched):
    watched.expected.append("404")
    field = vendor_page(tab, "value='999999'")
    expect(tab.locator("#note")).not_to_be_empty()
    expect(field).to_have_value("999999")
    assert form_data(tab) == [["code", "999999"]]


def test_english_by_attribute_or_by_the_page(tab):
    field = vendor_page(tab, lang="en-GB")
    field.fill("marfan")
    expect(options(tab).first).to_contain_text("Marfan syndrome ORPHA:558 disorder")
    expect(tab.get_by_role("listbox", name="Suggestions")).to_be_visible()


def test_attributes_are_asked(tab):
    field = vendor_page(
        tab,
        "level='disorder subtype' type='disease' within='98006' limit='5' release='demo-2022' "
        "system='orpha' classification='181' perimeter='fava' include-inactive",
    )
    with tab.expect_request("**/v1/suggest?*") as asked:
        tab.route("**/v1/suggest?*", answering())
        field.fill("steinert")
    query = asked.value.url.partition("?")[2]
    assert query == (
        "q=steinert&limit=5&level=disorder&level=subtype&type=disease&system=orpha&within=98006"
        "&classification=181&perimeter=fava&include_inactive=true&lang=fr&release=demo-2022"
    )


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


def test_choices_are_counted_without_what_was_typed(tab):
    field = vendor_page(tab)
    field.press_sequentially("marfn")
    expect(options(tab)).to_have_count(3)
    with tab.expect_request("**/v1/suggest/chosen") as counted:
        options(tab).nth(1).click()
    assert counted.value.post_data_json == {"code": "284963", "rank": 2, "release": "demo-2023"}


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


def test_text_of_an_answer_never_becomes_markup(tab):
    evil = "<img src=x onerror=alert(1)>"
    text = {"text": f"{evil}é", "kind": "synonym", "spans": [[0, 4]]}
    tab.route("**/v1/suggest?*", answering(hit("1", evil, match=text, curie=f"<b>{evil}")))
    field = vendor_page(tab, "uncounted")
    field.fill("x")
    expect(options(tab)).to_contain_text(evil)
    assert options(tab).locator("img, b").count() == 0
    options(tab).click()
    expect(field).to_have_value(evil)
    assert tab.locator("img").count() == 0
