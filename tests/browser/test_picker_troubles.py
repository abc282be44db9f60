"""The picker where the service is slow, down, busy, away, or on another host."""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import reading
from tests.browser.picker import FORM, answering, form_data, hit, vendor_page

SUGGEST = re.compile("/v1/suggest\\?")


def options(tab):
    return tab.get_by_role("option")


def hint(tab):
    return tab.locator("#field [part=hint]")


def hold(tab):
    """Keep back every answer; return the questions with their routes, to answer at will."""
    held = {}
    tab.route(
        SUGGEST,
        lambda route: held.setdefault(parse_qs(urlsplit(route.request.url).query)["q"][0], route),
    )
    return held


def wait_for(tab, held, text):
    while text not in held:
        tab.wait_for_timeout(10)
    return held[text]


def test_a_service_that_is_down_is_said_and_the_next_key_tries_again(tab, watched):
    watched.expected.append("ERR_FAILED")
    field = vendor_page(tab)
    tab.route(SUGGEST, lambda route: route.abort())
    field.press_sequentially("marf")
    expect(hint(tab)).to_have_text("Le service ne répond pas.")
    expect(tab.locator("#field [role=status]")).to_have_text("Le service ne répond pas.")
    expect(field).to_have_attribute("aria-expanded", "false")
    tab.unroute(SUGGEST)
    field.press_sequentially("a")
    expect(options(tab)).to_have_count(3)
    expect(hint(tab)).to_be_hidden()


@pytest.mark.parametrize("body", ["", "<html>Bad gateway</html>", '{"status": 500}'])
def test_a_failure_of_the_service_is_said(tab, watched, body):
    watched.expected.append("500")
    field = vendor_page(tab)
    tab.route(SUGGEST, lambda route: route.fulfill(status=500, body=body))
    field.fill("marfan")
    expect(hint(tab)).to_have_text("Le service ne répond pas.")
    tab.unroute(SUGGEST)
    field.press("ArrowDown")
    expect(options(tab)).to_have_count(3)


def test_a_wrong_attribute_is_said_in_words(tab, watched):
    watched.expected.append("404")
    field = vendor_page(tab, "perimeter='nowhere'")
    field.fill("marfan")
    expect(hint(tab)).to_contain_text("nowhere")


def test_no_network_is_said(tab, watched):
    watched.expected.append("ERR_INTERNET_DISCONNECTED")
    field = vendor_page(tab)
    tab.context.set_offline(True)
    field.fill("marfan")
    expect(hint(tab)).to_have_text("Hors ligne.")
    tab.context.set_offline(False)
    field.press("ArrowDown")
    expect(options(tab)).to_have_count(3)


def test_a_slow_answer_keeps_the_former_hits_and_says_so(tab):
    field = vendor_page(tab)
    field.fill("marfan")
    expect(options(tab)).to_have_count(3)
    held = hold(tab)
    field.fill("marfan type 1")
    route = wait_for(tab, held, "marfan type 1")
    expect(tab.locator("#field [role=listbox]")).to_have_attribute("aria-busy", "true")
    expect(hint(tab)).to_have_text("Recherche…")
    expect(options(tab)).to_have_count(3)
    route.continue_()
    expect(hint(tab)).to_be_hidden()
    expect(options(tab).first).to_contain_text("Syndrome de Marfan type 1")
    expect(tab.locator("#field [role=listbox]")).not_to_have_attribute("aria-busy", "true")


def test_an_answer_that_never_comes_is_given_up(tab):
    tab.clock.install()
    field = vendor_page(tab)
    held = hold(tab)
    field.fill("marfan")
    tab.clock.run_for(100)
    wait_for(tab, held, "marfan")
    tab.clock.run_for(5000)
    expect(hint(tab)).to_have_text("Le service ne répond pas.")


def test_answers_out_of_order_show_the_latest_question(tab):
    field = vendor_page(tab)
    held = hold(tab)
    field.fill("first")
    early = wait_for(tab, held, "first")
    field.fill("second")
    answering(hit("2", "Second"))(wait_for(tab, held, "second"))
    expect(options(tab)).to_have_text(re.compile("Second"))
    answering(hit("1", "First"))(early)
    tab.wait_for_load_state("networkidle")
    expect(options(tab)).to_have_text(re.compile("Second"))


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_left_alone_for_as_long_as_it_asks(tab, watched, status):
    watched.expected.append(str(status))
    asked = []

    def refuse(route):
        asked.append(route.request.url)
        route.fulfill(status=status, body="{}", headers={"Retry-After": "2"})

    field = vendor_page(tab)
    tab.route(SUGGEST, refuse)
    field.fill("marf")
    expect(hint(tab)).to_have_text("Le service ne répond pas.")
    tab.unroute(SUGGEST)
    tab.on("request", lambda request: SUGGEST.search(request.url) and asked.append(request.url))
    field.press_sequentially("an", delay=150)
    assert len(asked) == 1
    expect(options(tab)).to_have_count(3)
    assert len(asked) == 2


def test_keys_in_a_burst_ask_twice_at_most(tab):
    field = vendor_page(tab)
    asked = []
    tab.on("request", lambda request: SUGGEST.search(request.url) and asked.append(request.url))
    field.focus()
    field.evaluate(
        """(field) => {
            for (const text of ["m", "ma", "mar", "marf", "marfa", "marfan"]) {
                field.value = text;
                field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
            }
        }"""
    )
    expect(options(tab)).to_have_count(3)
    assert 1 <= len(asked) <= 2
    assert "q=marfan&" in asked[-1]


def test_an_answer_after_the_field_was_left_opens_nothing(tab):
    field = vendor_page(tab)
    held = hold(tab)
    field.fill("marfan")
    route = wait_for(tab, held, "marfan")
    field.press("Tab")
    with tab.expect_response(SUGGEST):
        route.continue_()
    expect(options(tab)).to_have_count(0)
    assert form_data(tab) == [["code", ""]]


@contextmanager
def another_host(page):
    """Serve one page on another port of the loopback, which is another origin."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in page["headers"].items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page["body"].encode())

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_of_another_host_with_a_strict_policy(browser, served):
    policy = (
        f"default-src 'none'; script-src {served.url}; connect-src {served.url}; "
        "style-src 'none'; img-src data:"
    )
    body = (
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>DPI</title>'
        '<link rel="icon" href="data:,">'
        f'<script type="module" src="{served.url}/static/orpha-picker.js"></script>'
        + FORM.replace("{attributes}", "")
    )
    page = {"body": body, "headers": {"Content-Security-Policy": policy}}
    with another_host(page) as host, reading(browser, host) as (tab, watched):
        watched.allowed.add(urlsplit(served.url).netloc)
        tab.goto("/patient/1234567")
        field = tab.locator("#field").get_by_role("combobox")
        field.press_sequentially("marfn")
        with tab.expect_request(SUGGEST) as asked:
            field.press("Backspace")
        assert "1234567" not in json.dumps(asked.value.all_headers())
        with tab.expect_response("**/v1/suggest/chosen") as counted:
            options(tab).first.click()
        assert counted.value.status == 202
        assert form_data(tab) == [["code", "558"]]
        assert field.evaluate("node => getComputedStyle(node).borderTopLeftRadius") == "4.8px"
