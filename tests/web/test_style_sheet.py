"""The style sheet: colours that can be told apart by day and by night, files that are given."""

import re

import pytest

from tests.api.asking import ask, get

TEXTS = [
    *((text, behind, 7) for text in ("ink", "quiet", "link") for behind in ("paper", "band")),
    *((text, behind, 7) for text, behind in (("warn", "warn-band"), ("bad", "bad-band"))),
    *(("on-brand", "brand", 7), ("good", "paper", 7), ("good", "band", 7), ("ink", "mark", 7)),
    *(("edge", "paper", 3), ("edge", "band", 3)),
]


@pytest.fixture(scope="session")
def sheet(client):
    return ask(client, "GET", "/static/thesaurus.css", 200).text


def contrast(first, second):
    """WCAG 2.2: the contrast of two colours as #rrggbb."""

    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05

    one, other = sorted((light(first), light(second)), reverse=True)
    return one / other


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "behind", "least"), TEXTS)
def test_what_is_read_can_be_told_from_what_is_behind_it(sheet, scheme, text, behind, least):
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    if scheme == "dark":
        assert "prefers-color-scheme: dark" in sheet
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))
    assert contrast(colours[text], colours[behind]) >= least


def test_the_sheet_is_ours_alone(client, sheet):
    assert "http" not in sheet
    assert "@import" not in sheet
    assert "@media print" in sheet
    response = ask(client, "GET", "/static/thesaurus.css", 200)
    assert response.headers["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("name", ["..%2fwording.py", "%2e%2e%2fpage.py", "base.html", "x"])
def test_nothing_else_is_given(client, name):
    get(client, f"/static/{name}", 404, code="not_found")
