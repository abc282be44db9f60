"""The guides: pages made of the documents, and documents that say what is so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup, escape

from thesaurus.coding.profiles import Profiles
from thesaurus.coding.rules import RULES
from thesaurus.coding.submission import Diagnosis
from thesaurus.coding.values import value_set
from thesaurus.web.guides import GUIDES, document_of
from thesaurus.web.markdown import Document, read

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "thesaurus/web/templates"
DOCS = {each.file: (ROOT / "docs" / each.file).read_text(encoding="utf-8") for each in GUIDES}
VARIABLES = DOCS["guide-variables.md"]

HEADINGS = {
    "status": "Statut",
    "age": "Âges",
    "assessment": "Appréciation",
    "technique": "Techniques",
    "familial": "Familial",
    "inheritance": "Transmission",
}
"""Item with a list of values -> the section of the guide that shows it."""
LISTS = {"BaMaRa": "bamara", "ANS": "ans", "FHIR": "fhir", "HPO": "hpo"}


def html(document: Document) -> Markup:
    return document.html(lambda page: f"/root{page}")


def rows(section: str) -> Iterator[list[str]]:
    """Yield the cells of the last table of a section, its headings first."""
    text = VARIABLES.split(f"\n## {section}\n")[1].split("\n## ")[0]
    for line in re.findall(r"^\|(.*)\|$", text, re.MULTILINE):
        if set(line) - set("|-"):
            yield [cell.strip().strip("`") for cell in line.split("|")]


def test_a_link_to_another_guide_leads_to_its_page_and_one_to_any_other_document_is_left_out():
    shown = html(
        read(
            "# T\n\n[a](faq.md#x), [b](api.md), [c](#y), [d](https://e.f)\n",
            {"faq.md": "/guide/faq"},
        )
    )
    assert shown == (
        '<p><a href="/root/guide/faq#x">a</a>, b, <a href="#y">c</a>, <a href="https://e.f">d</a></p>\n'
    )


@pytest.mark.parametrize(
    ("code", "linked"),
    [
        ("/check", True),
        ("/concepts/558?release=2022", True),
        ("/", False),
        ("/v1/check", False),
        ("/elsewhere", False),
        ("558", False),
    ],
)
def test_the_address_of_a_page_is_a_link_to_it(code, linked):
    found = html(read(f"# T\n\nSee `{code}`.\n", {}))
    assert found == (
        f'<p>See <a href="/root{code}"><code>{code}</code></a>.</p>\n'
        if linked
        else f"<p>See <code>{code}</code>.</p>\n"
    )


def test_the_number_of_a_rule_is_a_link_to_it_unless_it_is_in_one():
    shown = html(read("# T\n\nDX-010, `DX-011`, [DX-012](#x), [DX-013](api.md)\n", {}))
    assert shown == (
        '<p><a href="/root/rules#DX-010">DX-010</a>, <code>DX-011</code>, <a href="#x">DX-012</a>, '
        '<a href="/root/rules#DX-013">DX-013</a></p>\n'
    )


def test_tags_in_a_document_are_text():
    shown = html(read("# T\n\n<script>x</script> <b>y</b> [z](javascript:alert)\n", {}))
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "href" not in shown


def test_headings_have_the_anchors_that_links_on_github_use():
    document = read("# T\n\n## L'année, à ORPHA\n\n### `x` ?\n\n## L'année, à ORPHA\n", {})
    assert document.title == "T"
    assert [(each.level, each.anchor) for each in document.headings] == [
        (2, "lannée-à-orpha"),
        (3, "x-"),
        (2, "lannée-à-orpha-1"),
    ]
    assert 'id="lannée-à-orpha-1"' in html(document)


def test_cells_of_a_table_name_themselves():
    shown = html(read("# T\n\n## S\n\n| A | `B` |\n|---|---|\n| 1 | 2 |\n", {}))
    assert '<table role="table" aria-labelledby="s">' in shown
    assert '<th role="rowheader" scope="row">1</th>' in shown
    assert '<td role="cell" data-name="B">2</td>' in shown


def test_a_section_alone_can_be_a_guide():
    document = read("# T\n\nA\n\n## S\n\nB\n\n## U\n\nC\n", {}, "S")
    assert document.title == "S"
    assert html(document) == "<p>B</p>\n"
    with pytest.raises(KeyError):
        read("# T\n", {}, "S")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_guide_is_a_page_in_both_languages(client, guide):
    french = client.get(f"/guide/{guide.name}")
    assert french.status_code == 200
    assert escape(document_of(guide)[0].title) in french.text
    english = client.get(f"/guide/{guide.name}", params={"lang": "en"})
    assert "The guides are in French." in english.text
    assert '<div class="text" lang="fr">' in english.text


def test_the_list_leads_to_every_guide(client):
    shown = client.get("/guide").text
    for guide in GUIDES:
        assert f'href="/guide/{guide.name}"' in shown
    assert 'href="/rules"' in shown


def test_links_of_a_guide_keep_language_and_release(client):
    shown = client.get("/guide/utilisateur", params={"lang": "en", "release": "demo-2022"}).text
    assert 'href="/check?release=demo-2022&amp;lang=en"' in shown
    assert 'href="/guide/faq?release=demo-2022&amp;lang=en"' in shown


def test_a_guide_that_did_not_change_is_not_sent_again(client):
    etag = client.get("/guide/faq").headers["ETag"]
    assert client.get("/guide/faq", headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/guide/variables", headers={"If-None-Match": etag}).status_code == 200


def test_an_unknown_guide_is_a_404(client):
    answer = client.get("/guide/unknown", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "Introuvable" in answer.text


def test_the_wheel_has_every_guide():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {
        f"docs/{each.file}": f"thesaurus/web/documents/{each.file}" for each in GUIDES
    }


def test_every_anchor_that_is_linked_exists():
    anchors = {
        each.file: {found.anchor for found in document_of(each)[0].headings} for each in GUIDES
    }
    pages = {f"/guide/{each.name}": each.file for each in GUIDES}
    for file, text in DOCS.items():
        for target, anchor in re.findall(r"\]\(([\w.-]*)#([^)]+)\)", text):
            if not target or target in anchors:
                assert anchor in anchors[target or file], (file, target, anchor)
    for template in TEMPLATES.rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        for page, anchor in re.findall(r'link\("(/guide/\w+)"\) ?~ ?"#([^"]+)"', source):
            assert anchor in anchors[pages[page]], (template.name, page, anchor)
        for page, anchor in re.findall(r'link\("(/guide/\w+)"\) ?}}#([^"]+)"', source):
            assert anchor in anchors[pages[page]], (template.name, page, anchor)


@pytest.mark.parametrize("file", DOCS)
def test_every_rule_that_a_guide_names_exists(file):
    assert set(re.findall(r"DX-\d{3}", DOCS[file])) <= set(RULES)


def test_the_guide_to_the_variables_names_every_rule():
    assert set(re.findall(r"DX-\d{3}", VARIABLES)) == set(RULES)


@pytest.mark.parametrize("item", HEADINGS)
def test_the_lists_of_values_of_the_guide_are_those_of_the_check(item):
    headings, *shown = rows(HEADINGS[item])
    lists = [LISTS[each] for each in headings[1:]]
    values = value_set(item).values
    assert shown == [
        [each.name.fr, *(each.codes.get(name, "") for name in lists)] for each in values
    ]
    assert set(lists) == {name for each in values for name in each.codes}


def test_the_mandatory_items_of_the_guide_are_those_of_the_profiles():
    headings, *shown = rows("Vue d'ensemble")
    fields = {row[2] for row in shown}
    assert fields == set(Diagnosis.model_fields) - {"system", "null_flavor", "type"}
    profiles = Profiles()
    for column, name in enumerate(headings[3:], start=3):
        mandatory = {row[2] for row in shown if row[column] == "oui"}
        assert mandatory == set(profiles[name].mandatory)
    for name in ("bamara", "stat", "pmsi"):
        assert not profiles[name].mandatory
