"""The tree of a classification in a browser: the keyboard, what is asked for, no JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.chromium import reading

GENETIC = "/classifications/156"
MARFAN = "Syndrome de Marfan ORPHA:558"


def node(tab, name, level=None):
    """A node by the beginning of what a reader of the screen says of it."""
    start = re.compile("^" + re.escape(name))
    return tab.get_by_role("treeitem", name=start, **({"level": level} if level else {}))


def pieces(tab):
    """Ask to be told of every request for children; returns the growing list of places."""
    asked = []
    tab.on("request", lambda each: "/children?" in each.url and asked.append(each.url))
    return asked


def focused(tab):
    return tab.evaluate("document.activeElement.id")


def press(tab, *keys):
    for key in keys:
        tab.keyboard.press(key)


@pytest.fixture
def tree(tab):
    """The tree of genetic diseases, its head with the focus."""
    tab.goto(GENETIC)
    node(tab, "Maladie génétique rare").focus()
    return tab


def test_from_the_head_down_to_marfan_by_keyboard_and_back_up_by_links(tree):
    tab = tree
    asked = pieces(tab)
    press(tab, *"dysplasie")
    expect(node(tab, "Dysplasie osseuse primaire")).to_be_focused()
    press(tab, "ArrowRight")
    expect(node(tab, "Dysplasie osseuse primaire")).to_have_attribute("aria-expanded", "true")
    press(tab, "ArrowRight", "ArrowDown")
    expect(node(tab, MARFAN)).to_be_focused()
    assert len(asked) == 1
    press(tab, "Enter")
    tab.wait_for_url("**/concepts/558")
    tab.locator('a[href*="/classifications/156?"][href*="558"]').first.click()
    expect(node(tab, MARFAN)).to_be_focused()
    tab.get_by_role("link", name="Toute la classification", exact=True).click()
    tab.wait_for_url(f"**{GENETIC}")
    expect(node(tab, "Maladie génétique rare")).to_be_visible()


def test_a_deep_link_opens_at_the_code_with_the_focus_there(tab):
    tab.goto(f"{GENETIC}?open=ORPHA:558")
    marfan = node(tab, MARFAN)
    expect(marfan).to_be_focused()
    expect(marfan).to_be_in_viewport()
    expect(marfan).to_have_attribute("aria-current", "true")
    tab.goto(f"{GENETIC}?open=636#at-98053.634518.636")
    assert focused(tab) == "at-98053.634518.636"


def test_arrows_walk_what_is_shown(tree):
    tab = tree
    press(tab, "ArrowRight")
    expect(node(tab, "RASopathie")).to_be_focused()
    press(tab, "ArrowDown", "ArrowUp", "ArrowUp")
    expect(node(tab, "Maladie génétique rare")).to_be_focused()
    press(tab, "End")
    expect(node(tab, "Syndrome DICER1")).to_be_focused()
    press(tab, "ArrowDown")
    expect(node(tab, "Syndrome DICER1")).to_be_focused()
    press(tab, "ArrowLeft")
    expect(node(tab, "Maladie génétique rare")).to_be_focused()
    press(tab, "ArrowLeft")
    expect(node(tab, "Maladie génétique rare")).to_have_attribute("aria-expanded", "false")
    assert tab.get_by_role("treeitem").count() == 1
    press(tab, "ArrowRight", "End", "Home")
    expect(node(tab, "Maladie génétique rare")).to_be_focused()


def test_a_node_is_asked_for_once_however_often_it_opens(tree):
    tab = tree
    asked = pieces(tab)
    press(tab, "ArrowRight", "ArrowRight", "ArrowRight")
    expect(node(tab, "Syndrome de Noonan", 3)).to_be_visible()
    node(tab, "RASopathie").focus()
    press(tab, "ArrowLeft")
    expect(node(tab, "Syndrome de Noonan", 3)).to_have_count(0)
    press(tab, "ArrowRight")
    expect(node(tab, "Syndrome de Noonan", 3)).to_be_visible()
    node(tab, "RASopathie").locator("> .row .fold").click()
    expect(node(tab, "RASopathie")).to_have_attribute("aria-expanded", "false")
    assert len(asked) == 1


def test_nodes_say_their_level_and_place_and_whether_they_fold(tree):
    tab = tree
    press(tab, "ArrowRight", "ArrowRight")
    noonan = node(tab, "Syndrome de Noonan", 3)
    expect(noonan).to_have_attribute("aria-posinset", "1")
    expect(noonan).to_have_attribute("aria-setsize", "2")
    assert noonan.get_attribute("aria-expanded") is None
    expect(noonan).to_have_accessible_name("Syndrome de Noonan ORPHA:648 pathologie")
    expect(node(tab, "RASopathie")).to_have_accessible_name(
        "RASopathie ORPHA:536391 groupe de pathologies 2 enfants"
    )


def test_tab_stops_once_in_the_tree(tree):
    tab = tree
    press(tab, "ArrowDown", "ArrowDown", "Tab")
    assert not tab.evaluate("document.querySelector('.tree').contains(document.activeElement)")
    press(tab, "Shift+Tab")
    expect(node(tab, "Anomalie biologique")).to_be_focused()
    press(tab, "Shift+Tab")
    assert not tab.evaluate("document.querySelector('.tree').contains(document.activeElement)")


def test_the_address_says_what_is_open(tree):
    tab = tree
    node(tab, "Dysplasie osseuse primaire").focus()
    press(tab, "ArrowRight")
    expect(node(tab, MARFAN)).to_be_visible()
    node(tab, "RASopathie").focus()
    press(tab, "ArrowRight")
    expect(node(tab, "Syndrome de Noonan", 3)).to_be_visible()
    tab.wait_for_url("**open=98053.536391&open=98053.364526#at-98053.536391")
    tab.reload()
    expect(node(tab, MARFAN)).to_be_visible()
    expect(node(tab, "Syndrome de Noonan", 3)).to_be_visible()
    expect(node(tab, "RASopathie")).to_be_focused()
    press(tab, "ArrowLeft")
    tab.wait_for_url("**open=98053.364526#at-98053.536391")


def test_a_marked_code_stays_in_the_address_until_a_way_to_it_closes(tab):
    tab.goto(f"{GENETIC}?open=558")
    node(tab, "RASopathie").focus()
    press(tab, "ArrowRight")
    tab.wait_for_url("**open=558&open=98053.536391*")
    node(tab, "Dysplasie osseuse primaire").focus()
    press(tab, "ArrowLeft")
    tab.wait_for_url(re.compile(r"\?open=98053\.536391#"))


def test_letters_go_to_the_next_name_and_codes_too(tree):
    tab = tree
    tab.clock.install()
    press(tab, "e")
    expect(node(tab, "Erreurs innées")).to_be_focused()
    tab.clock.run_for(1000)
    press(tab, "m", "m")
    expect(node(tab, "Maladie lysosomale")).to_be_focused()
    tab.clock.run_for(1000)
    press(tab, *"9819")
    expect(node(tab, "Syndrome malformatif")).to_be_focused()
    tab.clock.run_for(1000)
    press(tab, *"hypertension art")
    expect(node(tab, "Hypertension artérielle pulmonaire")).to_be_focused()


def test_the_keys_of_the_page_keep_their_meaning(opened, served, tree):
    tab = tree
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    node(tab, "RASopathie").focus()
    press(tab, "c")
    expect(tab.get_by_text("ORPHA:536391 copié")).to_be_visible()
    assert tab.evaluate("navigator.clipboard.readText()") == "ORPHA:536391"
    press(tab, "?")
    expect(tab.get_by_role("dialog")).to_be_visible()


def test_a_piece_that_does_not_come_says_so_and_the_link_still_works(tree, watched):
    tab = tree
    watched.expected.append("503")
    tab.route("**/children?**", lambda route: route.fulfill(status=503))
    node(tab, "RASopathie").focus()
    press(tab, "ArrowRight")
    alert = tab.get_by_role("alert")
    expect(alert).to_contain_text("n'ont pas pu être lues")
    expect(node(tab, "RASopathie")).to_have_attribute("aria-expanded", "false")
    press(tab, "ArrowRight")
    expect(alert).to_have_count(1)
    alert.get_by_role("link").click()
    expect(node(tab, "Syndrome de Noonan", 3)).to_be_visible()
    expect(node(tab, "RASopathie")).to_be_focused()


def test_when_another_release_answers_the_page_is_read_anew(tree):
    tab = tree
    other = '<div data-release="other"><ul></ul></div>'
    tab.route("**/children?**", lambda route: route.fulfill(body=other, content_type="text/html"))
    node(tab, "RASopathie").focus()
    press(tab, "ArrowRight")
    tab.wait_for_url("**?open=98053.536391#at-98053.536391")
    expect(node(tab, "Syndrome de Noonan", 3)).to_be_visible()


def test_places_of_a_code_are_a_link_apart(tab):
    tab.goto(f"{GENETIC}?open=636")
    tab.get_by_role("link", name="endroit 3").click()
    third = tab.locator(".tree [aria-current]").nth(2)
    expect(third).to_be_focused()
    expect(third).to_be_in_viewport()


def test_a_list_of_classifications_is_filtered_as_one_types(tab):
    tab.goto("/classifications")
    field = tab.get_by_role("searchbox", name="Filtrer cette liste")
    field.fill("GENETIC")
    expect(tab.get_by_role("row")).to_have_count(2)
    expect(tab.get_by_text("1 classification", exact=True)).to_be_visible()
    field.fill("metaboliques rares")
    tab.get_by_role("link", name="maladies métaboliques rares").click()
    expect(tab.get_by_role("tree")).to_be_visible()


def test_without_javascript_links_lead_to_marfan_and_back(browser, served):
    with reading(browser, served.url, java_script_enabled=False) as (tab, _):
        tab.goto("/classifications")
        assert not tab.get_by_role("searchbox", name="Filtrer").is_visible()
        tab.get_by_role("link", name="genetic diseases").click()
        tab.get_by_role("link", name="Ouvrir Dysplasie osseuse primaire").click()
        tab.get_by_role("link", name="Ouvrir Syndrome de Marfan", exact=True).click()
        expect(tab.get_by_role("link", name="Syndrome de Marfan type 1")).to_be_in_viewport()
        assert not tab.get_by_role("tree").count()
        assert not faults_without_script(tab)
        tab.get_by_role("link", name="Fermer Dysplasie osseuse primaire").click()
        expect(tab.get_by_role("link", name="Syndrome de Marfan", exact=True)).to_have_count(0)
        tab.get_by_label("Ouvrir à cette entité").last.fill("ORPHA:558")
        tab.get_by_role("button", name="Ouvrir").click()
        expect(tab.locator(".tree [aria-current] > .row .label")).to_have_text("Syndrome de Marfan")


def faults_without_script(tab):
    """axe needs a script; what it would see of roles stands in the page as it came."""
    return tab.locator('[role^="tree"], [role="group"], [tabindex="0"]').count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_tree_is_accessible(tab, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(f"{GENETIC}?open=636&open=558&open=fibro&open=97929")
    assert not faults(tab)


@pytest.mark.parametrize("width", [360, 1920])
def test_a_deep_tree_never_scrolls_sideways(tab, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto("/classifications/146?open=558&open=15&open=97929")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.goto(f"{GENETIC}?open=93473")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_tree_prints_without_what_is_only_for_hands(tab):
    tab.goto(f"{GENETIC}?open=558")
    tab.emulate_media(media="print")
    assert not tab.locator(".keys").is_visible()
    assert not tab.get_by_role("button", name="Ouvrir").is_visible()
    expect(node(tab, MARFAN)).to_be_visible()


def test_the_field_opens_the_tree_at_an_entity_by_name(tab):
    tab.goto(GENETIC)
    tab.get_by_role("combobox", name="Ouvrir à cette entité").click()
    tab.keyboard.type("marfan")
    expect(tab.get_by_role("option", name=re.compile("Syndrome de Marfan")).first).to_be_visible()
    press(tab, "ArrowDown", "Enter", "Enter")
    tab.wait_for_url("**/classifications/156?open=558")
    expect(node(tab, MARFAN)).to_be_focused()
