"""Check a list in a browser: paste or drop, read the findings, take the report along."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.chromium import reading

PASTED = "IPP\tCode ORPHA\tLibellé\n1\t558\tSyndrome de Marfan\n2\t255241\tx\n3\t98249\ty\n"
FILE = PASTED.replace("\t", ";").encode()
DROP = """
(content) => {
  const carried = new DataTransfer();
  carried.items.add(new File([content], "depose.csv", { type: "text/csv" }));
  return carried;
}
"""


def codes(tab):
    return tab.get_by_label("Codes ou tableau")


def check(tab):
    tab.get_by_role("button", name="Contrôler", exact=True).click()
    expect(tab.get_by_role("heading", name="Résultat du contrôle")).to_be_focused()


def findings(tab):
    return tab.get_by_role("table", name="Constats, les plus graves d'abord")


def lines_of(download):
    book = load_workbook(io.BytesIO(Path(download.path()).read_bytes()))
    return [[cell.value for cell in row] for row in book["Lignes"].iter_rows()]


def test_paste_check_read_and_take_the_report(tab):
    tab.goto("/check")
    codes(tab).fill(PASTED)
    check(tab)
    row = findings(tab).get_by_role("row").filter(has_text="DX-010")
    expect(row).to_contain_text("ORPHA:255241 est déprécié")
    expect(row.get_by_role("link", name="Syndrome de Leigh")).to_have_attribute(
        "href", "/concepts/506"
    )
    assert codes(tab).input_value() == PASTED
    assert tab.url.endswith("/check")
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Rapport XLSX").last.click()
    assert saved.value.suggested_filename == "controle.xlsx"
    assert any("255241" in map(str, line) for line in lines_of(saved.value))
    expect(tab.locator("#progress")).to_have_text("Téléchargé : controle.xlsx")


def test_the_keyboard_alone(tab):
    tab.goto("/check")
    codes(tab).focus()
    tab.keyboard.insert_text("255241, 558")
    for _ in range(10):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.value") == "page":
            break
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Résultat du contrôle")).to_be_focused()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent").startswith("DX-")


def test_severities_are_shown_and_hidden(tab):
    tab.goto("/check")
    codes(tab).fill(PASTED)
    check(tab)
    warning = findings(tab).get_by_role("row").filter(has_text="DX-020")
    expect(warning).to_be_visible()
    tab.get_by_role("checkbox", name="Avertissements").uncheck()
    expect(warning).to_be_hidden()
    expect(findings(tab).get_by_role("row").filter(has_text="DX-010")).to_be_visible()


def test_a_proposal_is_copied_with_a_key(tab):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto("/check")
    codes(tab).fill(PASTED)
    check(tab)
    tab.get_by_role("link", name="Syndrome de Leigh").focus()
    tab.keyboard.press("c")
    expect(tab.locator("#said")).to_have_text("ORPHA:506 copié")


def test_drop_a_file_anywhere_and_check_it(tab):
    tab.goto("/check")
    carried = tab.evaluate_handle(DROP, FILE.decode())
    tab.dispatch_event("h1", "dragover", {"dataTransfer": carried})
    tab.dispatch_event("h1", "drop", {"dataTransfer": carried})
    expect(tab.locator("#progress")).to_have_text("Fichier choisi : depose.csv")
    tab.keyboard.press("Enter")  # the focus is on the button
    expect(findings(tab)).to_contain_text("DX-010")
    with tab.expect_download() as saved:  # the file is still chosen
        tab.get_by_role("button", name="Fichier annoté CSV").last.click()
    content = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert content.startswith("IPP;Code ORPHA;Libellé;contrôle;")
    assert not tab.get_by_text("à choisir de nouveau").count()


def test_what_cannot_be_read_is_said_and_mended(tab, watched):
    watched.expected.append("422")
    tab.goto("/check")
    tab.get_by_role("button", name="Contrôler", exact=True).click()
    alert = tab.get_by_role("alert")
    expect(alert).to_contain_text("Rien à contrôler")
    expect(alert).to_be_focused()
    assert not faults(tab)
    codes(tab).fill("558")
    tab.get_by_label("Ou un fichier").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": FILE}
    )
    tab.get_by_role("button", name="Contrôler", exact=True).click()
    expect(alert).to_contain_text("lequel contrôler")
    tab.get_by_role("button", name="Retirer le fichier").click()
    check(tab)
    expect(tab.locator("#result")).to_contain_text("Aucun constat")


def test_a_service_that_is_away_loses_nothing(tab, watched):
    watched.expected.append("ERR_FAILED")
    tab.goto("/check")
    codes(tab).fill(PASTED)
    tab.route("**/check*", lambda route: route.abort())
    tab.get_by_role("button", name="Contrôler", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("Le service n'a pas répondu")
    assert codes(tab).input_value() == PASTED
    tab.unroute("**/check*")
    check(tab)


def test_it_says_that_it_is_busy(tab):
    tab.goto("/check")
    codes(tab).fill("558")
    waiting = []

    def hold(route):
        waiting.append(route)

    tab.route("**/check*", hold)
    tab.get_by_role("button", name="Contrôler", exact=True).click()
    expect(tab.locator("#progress")).to_have_text("Contrôle en cours…")
    expect(tab.locator("#check")).to_have_attribute("aria-busy", "true")
    waiting[0].continue_()
    expect(tab.locator("#check")).to_have_attribute("aria-busy", "false")
    expect(tab.locator("#progress")).to_be_empty()


def test_a_file_that_is_too_large_is_not_sent(tab):
    tab.goto("/check")
    tab.evaluate("document.getElementById('progress').dataset.largest = '10'")
    tab.get_by_label("Ou un fichier").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": FILE}
    )
    sent = []
    tab.on("request", lambda request: sent.append(request.method))
    tab.get_by_role("button", name="Contrôler", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("trop volumineux")
    assert "POST" not in sent


def test_without_a_script(browser, served):
    with reading(browser, served.url, java_script_enabled=False) as (tab, _):
        tab.goto("/check?release=demo-2022")
        assert not tab.get_by_text("déposé n'importe où").is_visible()
        codes(tab).fill("558, 255241")
        tab.get_by_role("button", name="Contrôler", exact=True).click()
        expect(tab.get_by_role("heading", name="Résultat du contrôle")).to_be_visible()
        assert codes(tab).input_value() == "558, 255241"
        assert "demo-2022" in tab.locator("#result dl").inner_text()
        with tab.expect_download() as saved:
            tab.get_by_role("button", name="Rapport XLSX").last.click()
        assert len(lines_of(saved.value)) > 2
        codes(tab).fill("")
        tab.get_by_label("Ou un fichier").set_input_files(
            {"name": "a.csv", "mimeType": "text/csv", "buffer": FILE}
        )
        tab.get_by_role("button", name="Contrôler", exact=True).click()
        expect(findings(tab)).to_be_visible()
        expect(tab.get_by_text("Le fichier est à choisir de nouveau").first).to_be_visible()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_text_that_is_too_long_is_told_to_become_a_file(browser, served, scripted):
    with reading(browser, served.url, java_script_enabled=scripted) as (tab, watched):
        watched.expected.append("413")
        tab.goto("/check")
        codes(tab).evaluate("field => { field.value = '558\\n'.repeat(130_000); }")
        tab.get_by_role("button", name="Contrôler", exact=True).click()
        expect(tab.get_by_role("alert")).to_contain_text("choisissez ce fichier")
        if scripted:
            assert codes(tab).evaluate("field => field.value.length") == 520_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_findings_are_accessible(browser, served, scheme):
    with reading(browser, served.url, color_scheme=scheme) as (tab, _):
        tab.goto("/check")
        codes(tab).fill(PASTED)
        check(tab)
        assert not faults(tab)


@pytest.mark.parametrize("width", [360, 1920])
def test_nothing_scrolls_sideways(browser, served, width):
    viewport = {"width": width, "height": 800}
    with reading(browser, served.url, viewport=viewport) as (tab, _):
        tab.goto("/check")
        codes(tab).fill(f"IPP;code;libellé\n{'p' * 150};{'9' * 300};{'x' * 300}\n1;255241;y\n")
        check(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
