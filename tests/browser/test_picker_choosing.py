"""What the picker proposes, what it says of each hit, and what can be chosen."""

import pytest
from playwright.sync_api import expect

from tests.browser.picker import (
    answering,
    form_data,
    heard,
    hit,
    listen,
    options,
    vendor_page,
)


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
    mondo = {"kind": "linked", "source": "mondo", "text": "Autre"}
    omim = {"kind": "linked", "source": "omim", "text": "Autre"}
    hits = [hit("1", "Un", match=former), hit("2", "Deux", match=mondo), hit("3", "T", match=omim)]
    tab.route("**/v1/suggest?*", answering(*hits))
    field = vendor_page(tab)
    field.fill("x")
    expect(options(tab).first).to_contain_text("nom de la version 2022 : Ancien")
    expect(options(tab).nth(1)).to_contain_text("nom dans Mondo : Autre")
    expect(options(tab).last).to_contain_text("nom dans OMIM : Autre")


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


def test_choices_are_counted_without_what_was_typed(tab):
    field = vendor_page(tab)
    field.press_sequentially("marfn")
    expect(options(tab)).to_have_count(3)
    with tab.expect_request("**/v1/suggest/chosen") as counted:
        options(tab).nth(1).click()
    assert counted.value.post_data_json == {"code": "284963", "rank": 2, "release": "demo-2023"}


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


def test_nothing_is_chosen_where_the_target_cannot_be_loaded(tab, watched):
    """The form must not send a code that no change event told."""
    watched.expected.append("ERR_FAILED")
    tab.route("**/v1/concepts/*", lambda route: route.abort())
    field = vendor_page(tab)
    listen(tab)
    field.fill("166068")
    options(tab).click()
    expect(tab.locator("#field [part=hint]")).to_have_text("Le service ne répond pas.")
    expect(field).to_have_value("166068")
    assert form_data(tab) == [["code", ""]]
    assert not tab.evaluate("field.checkValidity()")
    assert not heard(tab)
    tab.unroute("**/v1/concepts/*")
    field.press("ArrowDown")
    options(tab).click()
    expect(field).to_have_value("Hypoplasie pontocérébelleuse type 4")
    assert [each["code"] for each in heard(tab)] == ["166063"]


def test_a_choice_overtakes_the_one_whose_target_is_awaited(tab):
    old = hit("1", "Ancien", status="deprecated", replaced_by="558")
    tab.route("**/v1/suggest?*", answering(old, hit("2", "Autre")))
    held = {}
    tab.route("**/v1/concepts/*", lambda route: held.update(target=route))
    field = vendor_page(tab, "uncounted")
    listen(tab)
    field.fill("x")
    with tab.expect_request("**/v1/concepts/558?*"):
        options(tab).first.click()
    assert form_data(tab) == [["code", ""]]
    options(tab).last.click()
    expect(field).to_have_value("Autre")
    answering()(held["target"])
    tab.wait_for_load_state("networkidle")
    expect(field).to_have_value("Autre")
    assert form_data(tab) == [["code", "2"]]
    assert [each["code"] for each in heard(tab)] == ["2"]


@pytest.mark.parametrize("lang", ["fr onclick=window.hit=1 id=evil", "not a language", "de"])
def test_a_language_of_an_answer_sets_no_other_attribute(tab, lang):
    match = {"text": "Andere", "lang": lang, "kind": "synonym"}
    tab.route("**/v1/suggest?*", answering(hit("1", "Un", lang=lang, match=match)))
    field = vendor_page(tab, "uncounted")
    field.fill("x")
    expect(options(tab)).to_contain_text(f"synonyme ({lang}) : Andere")
    for each in options(tab).locator("span").all():
        assert each.evaluate("node => [...node.attributes].map(({ name }) => name)") == [
            *("dir", "lang")
        ]
