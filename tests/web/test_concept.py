"""The pages of codes: the same facts as the API's, never any markup of the data."""

from __future__ import annotations

import csv
import io

import lxml.html
import pytest

from tests.builders import load_pack, small_pack
from tests.packs.model import Classification, Entity, Pack, tree
from tests.web.facts import of_api, of_page

HTML = {"Accept": "text/html"}
HOSTILE = "<script>alert(1)</script><b>\"'&amp;</b>{{ 7*7 }}"


def read(client, address, status=200):
    answer = client.get(address, headers=HTML)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


def text(html):
    return " ".join(lxml.html.fromstring(html).text_content().split())


@pytest.mark.parametrize("release", ["demo-2022", "demo-2023"])
def test_every_page_says_what_the_api_says(client, release):
    def ask(path):
        joined = "&" if "?" in path else "?"
        answer = client.get(f"{path}{joined}release={release}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    codes = list(client.app.state.runtime.snapshot(release).concepts)
    for code in codes:
        page = read(client, f"/concepts/{code}?release={release}")
        assert of_page(page) == of_api(ask, code), code
    assert len(codes) > 150


def test_what_replaces_an_inactive_code_comes_first(client):
    deprecated = text(read(client, "/concepts/255241"))
    assert "Code déprécié" in deprecated
    assert deprecated.index("Remplacé par ORPHA:506 Syndrome de Leigh") < deprecated.index("Noms")
    obsolete = text(read(client, "/concepts/255199"))
    assert "Ce n'est pas un remplacement" in obsolete
    assert "il n'y a rien à coder en ORPHA" in text(read(client, "/concepts/802"))
    assert "Remplacé" not in text(read(client, "/concepts/558")).replace("Remplacée", "")


def test_relations_are_said_from_this_concept(client):
    page = lxml.html.fromstring(read(client, "/concepts/284963"))
    rows = page.xpath("//*[@data-system='icd-10']")
    said = {row.get("data-relation"): text(lxml.html.tostring(row)) for row in rows}
    assert "ce code est plus large" in said["NTBT"]


def test_a_code_in_every_written_form_and_of_every_system(client):
    for written in ("ORPHA:558", "http://www.orpha.net/ORDO/Orphanet_558", "Orphanet_558"):
        assert 'data-copy="ORPHA:558"' in read(client, f"/concepts/{written}")
    assert "Syndrome de Marfan" in text(read(client, "/concepts/Q87.4"))
    gene = text(read(client, "/concepts/FBN1"))
    assert "HGNC:3603" in gene
    assert "ORPHA:284963" in gene
    assert "Sans nom connu" not in gene
    assert "154700" in text(read(client, "/concepts/154700?system=omim", 404))
    assert "ne se lit pas comme un code" in text(read(client, "/concepts/abc", 400))


def test_links_keep_language_and_release(client):
    page = lxml.html.fromstring(read(client, "/concepts/558?lang=en&release=demo-2022"))
    inside = set(page.xpath("//main//a[not(ancestor::tr)]/@href[contains(., '/concepts/')]"))
    inside -= set(page.xpath("//main//a[@rel]/@href | //main/p[1]/a/@href"))
    assert len(inside) > 3
    assert all("release=demo-2022" in each and "lang=en" in each for each in inside)


def test_every_link_to_a_code_leads_to_a_page(client):
    followed = set()
    for code in ("558", "284963", "FBN1", "Q87.4"):
        page = lxml.html.fromstring(read(client, f"/concepts/{code}"))
        followed.update(page.xpath("//main//a/@href[starts-with(., '/concepts/')]"))
    for address in followed:
        read(client, address)
    assert len(followed) > 12


def test_a_code_that_only_another_release_has(client):
    page = read(client, "/concepts/398980", 404)
    assert "ORPHA:398980 n'est pas dans la version demo-2023" in text(page)
    assert "Carcinome séreux/papillaire primitif du péritoine" in page
    assert 'href="/concepts/398980?release=demo-2022"' in page
    answer = client.get("/concepts/398980", headers=HTML)
    assert "etag" not in answer.headers
    assert "le code sort" in text(answer.text)
    never = read(client, "/concepts/5588", 404)
    assert "Code inconnu" in never
    assert client.get("/concepts/398980").headers["content-type"].startswith("text/html")


def test_the_facts_as_a_file(client):
    answer = client.get("/concepts/558?format=csv")
    assert answer.headers["content-disposition"] == (
        'attachment; filename="ORPHA_558_demo-2023.csv"'
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["rubrique", "donnée", "code", "libellé"]
    assert ["entité", "code", "ORPHA:558", "Syndrome de Marfan", "fr", "", "", ""] in rows
    assert {"noms", "autres systèmes", "gènes", "parents", "enfants", "historique"} <= {
        row[0] for row in rows
    }
    assert {len(row) for row in rows} == {8}
    for code in ("FBN1", "Q87.4", "255241"):
        assert client.get(f"/concepts/{code}?format=csv&lang=en").text.startswith("\ufeffsection;")


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    first = client.get("/concepts/558", headers=HTML)
    again = client.get("/concepts/558", headers=HTML | {"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    other = client.get(
        "/concepts/558?lang=en", headers=HTML | {"If-None-Match": first.headers["etag"]}
    )
    assert other.status_code == 200


def hostile_pack(name):
    """Every text of it is markup."""
    head = small_pack("2030-06-21").entities[0]
    synonyms = {"fr": (f"{name} synonyme",)}
    entity = Entity("58", {"fr": name}, synonyms, definitions={"fr": f"{name} définition"})
    group = Classification("146", "156265", {"fr": name}, (tree("1", [("1", "58")]),))
    return Pack("2030-06-21", (head, entity), (group,))


def test_texts_with_markup_never_become_markup(register, own_home, start, tmp_path):
    load_pack(register, tmp_path / "pack", hostile_pack(HOSTILE), activate=True)
    client = start(own_home)
    kept = client.get("/v1/concepts/58").json()
    for address in ("/concepts/58", "/concepts/58?lang=en", "/concepts/1"):
        page = read(client, address)
        tree_of_page = lxml.html.fromstring(page)
        assert not tree_of_page.xpath("//main//script | //main//b | //main//style")
        assert "49" not in text(page)
        assert " ".join(kept["label"].split()) in text(page)
    assert "<script>" in kept["label"]


def test_nothing_of_a_page_is_run_or_styled_by_itself(client):
    for code in ("558", "255241", "398980", "FBN1", "Q87.4"):
        page = lxml.html.fromstring(client.get(f"/concepts/{code}", headers=HTML).text)
        assert not page.xpath("//style | //*[@style] | //script[not(@src)]")
        assert not page.xpath("//@*[starts-with(name(), 'on')]")
