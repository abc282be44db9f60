"""The pages of codes: the same facts as the API's, never any markup of the data."""

from __future__ import annotations

import csv
import io

import lxml.html
import pytest

from tests.builders import load_pack, small_pack
from tests.packs.model import Classification, Entity, Pack, tree
from tests.web.facts import of_api, of_page
from thesaurus import releases
from thesaurus.web.concept.shown import justified

HTML = {"Accept": "text/html"}
HOSTILE = "<script>alert(1)</script><b>\"'&amp;</b>{{ 7*7 }}"


def read(client, address, status=200):
    answer = client.get(address, headers=HTML)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


def table(client, address):
    """A file as one reads it: rows by heading."""
    content = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


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


RELATIONS = {
    # A type of Marfan under Q87.4; cystic fibrosis over E84.0; Fabry and others under E75.2.
    ("284963", "Q87.4", "fr"): "ce code est plus large",
    ("284963", "Q87.4", "en"): "this code is broader",
    ("586", "E84.0", "fr"): "ce code est plus précis",
    ("586", "E84.0", "en"): "this code is narrower",
    ("558", "Q87.4", "fr"): "exact : ce code désigne",
    ("E75.2", "324", "fr"): "E75.2 est plus large",
    ("E75.2", "324", "en"): "E75.2 is broader",
    ("E84.0", "586", "fr"): "cette entité est plus large que E84.0",
    ("E84.0", "586", "en"): "this entity is broader than E84.0",
    ("Q87.4", "558", "fr"): "exact : cette entité",
}


@pytest.mark.parametrize(("code", "other", "lang"), RELATIONS)
def test_which_of_both_codes_is_the_broader_one(client, code, other, lang):
    page = lxml.html.fromstring(read(client, f"/concepts/{code}?lang={lang}"))
    (cell,) = page.xpath(
        "//tr[@data-field='alignment'][@data-code=$other]//*[starts-with(@class, 'relation')]",
        other=other,
    )
    expected = RELATIONS[code, other, lang]
    assert " ".join(cell.text_content().split()).startswith(expected)


BROADER = {"fr": ("plus précis", "plus large"), "en": ("narrower", "broader")}


@pytest.mark.parametrize("lang", BROADER)
def test_the_file_says_so_of_the_code_that_was_asked(client, lang):
    heading = {"fr": "relation du code demandé", "en": "relation of the code asked"}[lang]
    below, above = BROADER[lang]
    for code, other, expected in (
        ("284963", "ICD-10:Q87.4", below),
        ("586", "ICD-10:E84.0", above),
        ("E75.2", "ORPHA:324", above),
        ("E84.0", "ORPHA:586", below),
    ):
        rows = table(client, f"/concepts/{code}?format=csv&lang={lang}")
        assert {row[heading] for row in rows if row["code"] == other} == {expected}


def test_a_code_in_every_written_form_and_of_every_system(client):
    for written in ("ORPHA:558", "http://www.orpha.net/ORDO/Orphanet_558", "Orphanet_558"):
        assert 'data-copy="ORPHA:558"' in read(client, f"/concepts/{written}")
    assert "Syndrome de Marfan" in text(read(client, "/concepts/Q87.4"))
    gene = text(read(client, "/concepts/FBN1"))
    assert "HGNC:3603" in gene
    assert "ORPHA:284963" in gene
    assert "sans nom connu" not in gene
    assert "154700" in text(read(client, "/concepts/154700?system=omim", 404))
    assert "ne se lit pas comme un code" in text(read(client, "/concepts/abc", 400))


def brief(page, field):
    return [" ".join(each.split()) for each in page.xpath(f"//dd[@data-field='{field}']//text()")]


def test_the_brief_has_the_icd10_codes_and_none_where_none_is_aligned(client):
    page = lxml.html.fromstring(read(client, "/concepts/586"))
    said = " ".join(brief(page, "icd"))
    assert "E84.0" in said
    assert "(plus précis)" in said
    (section,) = {*page.xpath("//dd[@data-field='icd']/a/@href")}
    assert page.xpath("//*[@id=$anchor]", anchor=section.removeprefix("#"))
    unaligned = lxml.html.fromstring(read(client, "/concepts/98053"))
    assert not brief(unaligned, "icd")
    assert not unaligned.xpath("//main//a[contains(@href, '/translate')]")


def test_a_code_without_a_name_goes_by_itself(client):
    page = lxml.html.fromstring(read(client, "/concepts/E88.8"))
    (heading,) = page.xpath("//h1")
    assert " ".join(heading.text_content().split()) == "E88.8 sans nom connu"


def test_an_unknown_number_is_offered_as_the_code_of_another_system(client):
    answer = client.get("/concepts/0010526", headers=HTML)
    assert answer.status_code == 404
    page = lxml.html.fromstring(answer.text)
    (link,) = page.xpath("//main//a[text()='MONDO:0010526']/@href")
    assert "ORPHA:324" in text(read(client, link))
    (translated,) = page.xpath("//main//a[contains(@href, '/translate')]/@href")
    assert "ORPHA:324" in text(read(client, translated))


def test_an_unknown_french_extension_is_offered_its_translation(client):
    page = lxml.html.fromstring(read(client, "/concepts/Q87.40", 404))
    (link,) = page.xpath("//main//a[contains(@href, '/translate')]/@href")
    assert "Réponse approchée" in text(read(client, link))
    assert "/translate?" not in read(client, "/concepts/Z99.99", 404)


def test_codes_written_almost_alike_are_named_once(client):
    for address in ("/concepts/5588", "/translate?code=5588"):
        page = text(read(client, address, 404))
        assert page.count("Codes qui s'écrivent presque ainsi") == 1
        assert "Codes proches" not in page


def test_how_an_alignment_was_found_is_said_in_words():
    assert justified("semapv:ManualMappingCuration", "fr") == "établi à la main"
    assert justified("semapv:LexicalMatching", "en") == "by the words"
    assert justified("semapv:UnspecifiedMatching", "fr") == justified(None, "fr") == ""
    assert justified("semapv:Divination", "fr") == "semapv:Divination"


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
    assert ["entité", "code", "ORPHA:558", "Syndrome de Marfan", "fr", "", "", "", ""] in rows
    assert {"noms", "autres systèmes", "gènes", "parents", "enfants", "historique"} <= {
        row[0] for row in rows
    }
    assert {len(row) for row in rows} == {9}
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


def test_a_page_is_sent_again_when_another_release_has_something_to_say(
    register, own_home, start, tmp_path
):
    """Its history is of all releases: an older one is loaded, another one made active."""
    client = start(own_home)
    address = "/concepts/558?release=demo-2023"

    def is_sent_again(tag):
        client.app.state.runtime.refresh()
        answer = client.get(address, headers=HTML | {"If-None-Match": tag})
        return answer.status_code == 200

    def tag():
        return client.get(address, headers=HTML).headers["etag"]

    known = tag()
    assert not is_sent_again(known)
    load_pack(register, tmp_path / "old", small_pack("2019-06-21", label="Autrefois"))
    assert is_sent_again(known)
    assert "Autrefois 558" in text(read(client, address))
    known = tag()
    assert not is_sent_again(known)
    releases.activate(register, "demo-2022", actor="ana")
    assert is_sent_again(known)


def crowded_pack():
    """An entity over 54 others in one classification, over 4 in another; 2 of them are the same."""
    first, second = ([str(code) for code in range(start, end)] for start, end in CHILDREN)
    small = small_pack("2030-06-21", codes=("58", *sorted({*first, *second})))
    roots = (
        tree("1", [("1", "58"), *(("58", each) for each in below)]) for below in (first, second)
    )
    names = ("Première", "Seconde")
    classifications = tuple(
        Classification(f"{number}", f"15626{number}", {"fr": name}, (root,))
        for number, (name, root) in enumerate(zip(names, roots, strict=True), start=146)
    )
    return Pack(small.date, small.entities, classifications)


CHILDREN = ((1000, 1054), (1052, 1056))


def test_what_a_page_leaves_out_stands_in_the_classifications_and_in_the_file(
    register, own_home, start, tmp_path
):
    load_pack(register, tmp_path / "pack", crowded_pack(), activate=True)
    client = start(own_home)
    page = lxml.html.fromstring(read(client, "/concepts/58"))
    assert len(page.xpath("//*[@data-field='child']")) == 50
    neighbours = " ".join(page.xpath("//section[@aria-labelledby='neighbours']")[0].itertext())
    assert "Les 50 premiers sur 56" in " ".join(neighbours.split())
    further = page.xpath("//*[@data-field='children-of']")
    said = [" ".join(each.text_content().split()) for each in further]
    assert said == ["Première (54 enfants)", "Seconde (4 enfants)"]
    for each in further:
        name = each.get("data-id")
        below = client.get(f"/v1/concepts/58/children?classification={name}").json()["items"]
        assert len(below) == int(each.get("data-count"))
        (link,) = each.xpath("./a/@href")
        assert link == f"/classifications/{name}?open=58#orpha-58"
        read(client, link)
    saved = table(client, "/concepts/58?format=csv")
    assert len([row for row in saved if row["rubrique"] == "enfants"]) == 56


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
