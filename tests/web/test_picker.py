"""The examples of the picker as HTML."""

import re
from html import unescape

from thesaurus.store import Perimeters

HTML = {"Accept": "text/html"}


def test_the_examples_are_readable_without_a_script(client):
    page = client.get("/picker").text
    assert '<input name="code" id="diagnosis-plain"' in page
    assert "http://testserver/static/orpha-picker.js" in unescape(page)
    assert "Ce service n&#39;a pas de périmètre" in page


def test_what_is_shown_is_what_runs(client):
    page = client.get("/picker").text
    live = re.search(r'<div class="example">\s*(<form.*?</form>)', page, re.DOTALL)[1]
    shown = re.search(r"<pre><code>(&lt;form.*?)</code>", page, re.DOTALL)[1]
    assert unescape(shown) == live


def test_what_the_form_sent_never_becomes_markup(client):
    for path in ("/picker", "/picker/strict"):
        page = client.get(path, params={"code": "<script>alert(1)</script>"}).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_the_strict_page_allows_its_own_scripts_alone(client):
    answer = client.get("/picker/strict?lang=en")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith(
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'none'"
    )
    assert not re.search(r"<style|stylesheet| style=", answer.text)


def test_fields_that_no_form_sends_are_refused(client):
    assert client.get("/picker?other=1", headers=HTML).status_code == 400


def test_perimeters_can_be_chosen(start, own_home, register):
    Perimeters(register.database).replace("oscar", ["558"], actor="ana", title="OSCAR")
    assert '<option value="oscar">OSCAR</option>' in start(own_home).get("/picker").text
