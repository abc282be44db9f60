"""The classifications as pages: the API's facts, every node within reach of plain links."""

import csv
import io
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.asking import get
from tests.builders import load_pack, small_pack
from tests.web.seeing import see
from thesaurus.web import tree

GENETIC = "/classifications/156"


def nodes(seen):
    """The nodes of a page as the API words them: code, label, level, children."""
    return [_node(each) for each in seen.all("//div[@data-release]//li")]


def _node(item):
    (row,) = item.xpath("./span[@class='row']")
    (link,) = row.xpath(".//a[contains(@class, 'label')]")
    (curie,) = row.xpath(".//code/@data-copy")
    (level,) = row.xpath(".//*[contains(@class, 'level')]/text()")
    count = "".join(row.xpath(".//*[@class='below']/text()")).split(" ")[0]
    return (curie, link.text_content(), level, int(count or 0))


LEVELS = {
    "group": "groupe de pathologies",
    "disorder": "pathologie",
    "subtype": "sous-type de pathologie",
}


def expected(items):
    return [
        (each["curie"], each["label"], LEVELS[each["level"]], each["children_count"])
        for each in items
    ]


def ids(seen):
    return seen.all("//@id")


def test_the_list_has_what_the_api_has(client):
    listed = get(client, "/v1/classifications", 200)["items"]
    rows = see(client, "/classifications").rows(f"{len(listed)} classifications")
    assert {(row[0], row[2]) for row in rows} == {
        (each["name"], str(each["concepts"])) for each in listed
    }
    for row in rows:
        (one,) = [each for each in listed if each["name"] == row[0]]
        assert all(root["curie"] in row[1] and root["label"] in row[1] for root in one["roots"])
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_every_link_of_the_list_leads_to_its_classification(client):
    seen = see(client, "/classifications")
    for link in seen.all("//tbody//th/a"):
        assert see(client, link.get("href")).text("//h1") == link.text_content()


def test_a_classification_shows_its_head_and_the_first_level(client):
    children = get(client, "/v1/concepts/98053/children", 200, classification="156")["items"]
    head, *first = nodes(see(client, GENETIC))
    assert head[:2] == ("ORPHA:98053", "Maladie génétique rare")
    assert head[3] == len(children)
    assert first == expected(children)


def test_every_code_opens_at_the_places_that_the_api_has(client):
    everything = get(client, "/v1/concepts/98053/descendants", 200, classification="156")["items"]
    assert len(everything) > 100
    for each in everything:
        ways = get(client, f"/v1/concepts/{each['code']}/paths", 200, classification="156")["paths"]
        seen = see(client, f"{GENETIC}?open={each['code']}")
        marked = seen.all("//li[@aria-current]/@id")
        assert marked == ["at-" + ".".join(step["code"] for step in way) for way in ways]
        assert len(ids(seen)) == len(set(ids(seen)))
        assert ids(seen).count(f"orpha-{each['code']}") == 1
        assert seen.all("//li[@aria-current]//a/@id")[0] == f"orpha-{each['code']}"


@pytest.mark.parametrize("written", ["558", "ORPHA:558", "Orphanet_558", "00558", " orpha 558 "])
def test_any_written_form_opens(client, written):
    seen = see(client, GENETIC, params={"open": written})
    assert seen.all("//li[@aria-current]/@id") == ["at-98053.364526.558"]


def test_several_codes_and_places_open_together(client):
    seen = see(client, f"{GENETIC}?open=558&open=98053.536391&open=")
    assert "at-98053.536391.648" in ids(seen)
    assert "orpha-558" in ids(seen)
    assert seen.all("//li[@aria-current]/@id") == ["at-98053.364526.558"]


def test_the_children_of_a_node_come_as_a_piece_of_the_page(client):
    response = client.get(f"{GENETIC}/children?place=98053.68367.68366&lang=fr")
    seen = see(client, f"{GENETIC}/children?place=98053.68367.68366")
    children = get(client, "/v1/concepts/68366/children", 200, classification="156")["items"]
    assert nodes(seen) == expected(children)
    assert ids(seen) == [f"at-98053.68367.68366.{each['code']}" for each in children]
    assert "script-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "place", ["98053.558", "558", "98053.999999", "x", "98053.", "<script>", "1" * 840]
)
def test_a_place_that_is_not_there_has_no_children(client, place):
    see(client, f"{GENETIC}/children", 404, params={"place": place})


def test_marfan_is_within_reach_of_plain_links_and_so_is_the_way_back(client):
    ways, waiting = {GENETIC: None}, [GENETIC]
    goal = None
    while waiting and not goal:
        address = waiting.pop(0)
        seen = see(client, address)
        if seen.all("//a[contains(@class, 'label')][contains(@href, '/concepts/558')]"):
            goal = seen
            break
        for link in seen.all("//a[@class='fold']/@href"):
            if link not in ways:
                ways[link] = address
                waiting.append(link)
    assert goal is not None
    assert goal.all("//li[@id='at-98053.364526.558']")
    (back,) = goal.all("//li[@id='at-98053.364526']/span//a[@class='fold']/@href")
    assert not see(client, back).all("//li[@id='at-98053.364526.558']")


def test_a_link_that_opens_names_the_node_itself(client):
    for link in see(client, f"{GENETIC}?open=558").all("//a[@class='fold']/@href"):
        parts = urlsplit(link)
        opened = parse_qs(parts.query).get("open", [])
        assert parts.fragment in ids(see(client, link)), link
        assert len(opened) <= 1


def test_a_reader_of_another_release_and_language_stays_there(client):
    seen = see(client, f"{GENETIC}?open=558&release=demo-2022&lang=en")
    for link in seen.all("//div[@class='tree']//a/@href"):
        asked = parse_qs(urlsplit(link).query)
        assert (asked["release"], asked["lang"]) == (["demo-2022"], ["en"])
    assert "Marfan syndrome" in seen.text("//li[@aria-current]/span")


def test_a_place_of_another_release_leads_to_its_code(client):
    seen = see(client, f"{GENETIC}?open=98053.93419.558")
    assert seen.all("//li[@aria-current]/@id") == ["at-98053.364526.558"]


def test_a_code_that_stands_elsewhere_says_where(client):
    seen = see(client, "/classifications/150?open=558")
    notice = seen.text("//div[contains(@class, 'notice')]")
    assert "ORPHA:558 Syndrome de Marfan" in notice
    links = seen.all("//div[contains(@class, 'notice')]//li/a/@href")
    others = get(client, "/v1/concepts/558", 200)["classifications"]
    assert sorted(links) == sorted(
        f"/classifications/{each['id']}?open=558#orpha-558" for each in others
    )
    assert not seen.all("//li[@aria-current]")


def test_a_code_that_is_there_links_its_other_classifications(client):
    links = see(client, f"{GENETIC}?open=558").all("//section//li/a/@href")
    assert links == ["/classifications/199?open=558#orpha-558"]


def test_a_code_that_stands_nowhere_says_what_replaces_it(client):
    inactive = get(client, "/v1/search", 200, q="status:deprecated")["items"][0]["code"]
    target = get(client, f"/v1/concepts/{inactive}", 200)["redirection"]["target"]
    seen = see(client, f"{GENETIC}?open={inactive}")
    assert "aucune classification" in seen.text("//div[contains(@class, 'notice')]")
    assert f"/concepts/{target}" in seen.all("//div[contains(@class, 'notice')]//a/@href")


def test_a_name_leads_to_the_entities_that_it_may_mean(client):
    seen = see(client, f"{GENETIC}?open=marfan")
    assert "/classifications/156?open=558#orpha-558" in seen.all("//div/ul/li/a/@href")


def test_what_names_nothing_says_so_and_never_becomes_markup(client):
    seen = see(client, GENETIC, params={"open": "<script>zzzz</script>"})
    assert "<script>zzzz</script>" in seen.text("//div[contains(@class, 'notice')]")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/classifications/999", 404),
        ("/classifications/x?open=558", 404),
        ("/classifications/999/children?place=1", 404),
        (f"{GENETIC}?open=999999", 404),
        (f"{GENETIC}?depth=3", 400),
        (f"{GENETIC}?format=xml", 400),
        (f"{GENETIC}?open={'1' * 201}", 400),
        (f"{GENETIC}?{'open=558&' * 41}", 400),
    ],
)
def test_questions_without_an_answer(client, url, status):
    see(client, url, status)


def test_a_page_that_is_full_says_so(client, monkeypatch):
    monkeypatch.setattr(tree, "MOST_NODES", 60)
    seen = see(client, f"{GENETIC}?open=363700")
    assert "La page est pleine" in seen.text()
    assert len(nodes(seen)) <= 60


def test_children_that_are_left_out_are_a_link_away(client, monkeypatch):
    monkeypatch.setattr(tree, "MOST_CHILDREN", 5)
    seen = see(client, GENETIC)
    (more,) = seen.all("//li[starts-with(@id, 'more-')]//a")
    assert more.get("href") == "/concepts/98053"
    assert more.text_content() == "Encore 17 entités\N{NO-BREAK SPACE}: voir la fiche"


def test_hostile_names_stay_text(own_home, register, start, tmp_path):
    evil = "<img src=x onerror=alert(1)>\"'{{ 7 * 7 }}"
    load_pack(register, tmp_path / "pack", small_pack(label=evil), release="evil", activate=True)
    client = start(own_home)
    for url in ("/classifications/146?open=558", "/classifications/146/children?place=1"):
        seen = see(client, url)
        assert not seen.all("//img")
        assert f"{evil} 558" in [each[1] for each in nodes(seen)]


# -- exports ------------------------------------------------------------------------------


def table(client, url):
    response = client.get(url)
    assert response.status_code == 200, response.text
    text = response.content.decode("utf-8-sig")
    return response, list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_classification_as_a_file_has_every_place(client):
    response, (headings, *rows) = table(client, f"{GENETIC}?format=csv")
    assert 'filename="classification-156-demo-2023.csv"' in response.headers["content-disposition"]
    assert headings[:3] == ["profondeur", "code ORPHA", "libellé"]
    found = {tuple(row[:2]) for row in rows}
    assert found >= {("0", "ORPHA:98053"), ("2", "ORPHA:558"), ("3", "ORPHA:284963")}
    codes = {row[1] for row in rows}
    below = get(client, "/v1/concepts/98053/descendants", 200, classification="156")["items"]
    assert codes == {"ORPHA:98053", *(each["curie"] for each in below)}
    places = sum(
        len(get(client, f"/v1/concepts/{each['code']}/paths", 200, classification="156")["paths"])
        for each in below
    )
    assert len(rows) == places + 1


def test_what_is_below_a_code_as_a_file(client):
    _, (_, *rows) = table(client, f"{GENETIC}?open=558&format=csv&lang=en")
    assert [(row[0], row[1], row[6]) for row in rows] == [
        ("0", "ORPHA:558", ""),
        ("1", "ORPHA:284963", "ORPHA:558"),
        ("1", "ORPHA:284973", "ORPHA:558"),
    ]
    assert rows[0][2:6] == ["Marfan syndrome", "disorder", "disease", "active"]


def test_a_file_that_would_be_too_long_is_refused(client, monkeypatch):
    monkeypatch.setattr("thesaurus.web.classifications.MOST_ROWS", 20)
    seen = see(client, f"{GENETIC}?format=csv", 400)
    assert "L'export dépasse 20 lignes" in seen.text()
    table(client, f"{GENETIC}?format=csv&open=558")


def test_the_exports_that_the_page_names_are_there(client):
    links = see(client, f"{GENETIC}?open=558").all("//footer//a/@href")
    exports = [each for each in links if "/v1/" in each or "format=csv" in each]
    assert len(exports) == 4
    for each in exports:
        assert client.get(each).status_code == 200, each
