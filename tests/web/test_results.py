"""The search as a page says what ``/v1/search`` says, and lets no text become markup or syntax."""

import csv
import io

import pytest

from search.fulltext.highlighting import Highlighter
from tests.api.asking import codes, get
from tests.web.seeing import see
from thesaurus.related_answers import CodingItem
from thesaurus.store import Perimeters
from thesaurus.web import results

QUERIES = ["syndrome", "type:subtype NOT (marfan OR neurofib*)", "gène:FBN1", "statut:inactif"]
HOSTILE = [
    '"><script>alert(1)</script>',
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {query}",
    "a\x00b\x1b\x07",
    "\u202emarfan\u202c \u2066x",
    "a) OR (status:inactive",
    "marfan' OR 1=1 --",
    "label:" * 300,
    "x" * 9_999,
    "é\u0301" * 900,
    "😀" * 700,
]


def shown(page):
    return page.texts("//ol[@class='results']/li//code")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("q", QUERIES)
def test_the_page_says_what_the_api_says(client, q, lang):
    answer = get(client, "/v1/search", 200, q=q, lang=lang)
    page = see(client, "/search", params={"q": q, "lang": lang})
    assert "".join(filter(str.isdigit, page.text("//h1"))) == str(answer["total"])
    assert shown(page) == [each["curie"] for each in answer["items"]]
    assert page.texts("//ol[@class='results']/li/span/a") == [
        " ".join(each["label"].split()) for each in answer["items"]
    ]
    for field, values in answer["facets"].items():
        counts = page.texts(f"//ul[@aria-labelledby='facet-{field}']/li/span[@class='quiet']")
        assert counts == [str(each["count"]) for each in values]


def test_the_link_to_json_gives_the_same(client):
    address = "/search?q=syndrome&level=subtype&sort=code&status=active"
    page = see(client, address)
    (link,) = page.all("//footer//a[starts-with(@href, '/v1/search')]/@href")
    assert [each["curie"] for each in get(client, link, 200)["items"]] == shown(page)


def test_a_facet_narrows_and_can_be_taken_back(client):
    page = see(client, "/search?q=syndrome")
    (link,) = page.all("//ul[@aria-labelledby='facet-level']//a[.='sous-type de pathologie']/@href")
    narrowed = see(client, link)
    answer = get(client, "/v1/search", 200, q="syndrome level:subtype")
    assert shown(narrowed) == [each["curie"] for each in answer["items"]]
    (chosen,) = narrowed.all("//ul[@class='chosen']//a")
    assert chosen.get("aria-label") == "Retirer\u00a0: sous-type de pathologie"
    assert chosen.get("href") == "/search?q=syndrome"


def test_every_facet_of_the_api_is_a_link_that_finds_as_many(client):
    page = see(client, "/search?q=ehlers+OU+marfan")
    items = page.all("//section[@id='facets']//li[a]")
    assert len(items) > 8
    for item in items:
        (link,), (count,) = item.xpath("./a/@href"), item.xpath("./span")
        (title,) = see(client, link).texts("//h1")
        assert title.split()[0] == count.text


def test_facets_of_one_field_widen_and_of_two_narrow(client):
    both = get(client, "/v1/search", 200, q="marfan", level=["disorder", "subtype"])
    assert both["total"] == 3
    alone = get(client, "/v1/search", 200, q="marfan", level=["subtype"], type=["disease"])
    assert alone["total"] == 0


def test_a_facet_binds_the_whole_query(client):
    answer = get(client, "/v1/search", 200, q="marfan OR noonan", level=["subtype"])
    wanted = get(client, "/v1/search", 200, q="(marfan OR noonan) level:subtype")
    assert codes(answer) == codes(wanted)
    assert answer["total"] == wanted["total"] < 4


@pytest.mark.parametrize(
    ("parameters", "status"),
    [("level=none", 400), ("type=x", 400), ("classification=1", 404), ("perimeter=none", 404),
     ("page=0", 400), ("sort=worth", 400), ("format=xml", 400), ("other=1", 400)],
)  # fmt: skip
def test_what_is_not_known_is_refused(client, parameters, status):
    see(client, f"/search?q=marfan&{parameters}", status)


def test_pages_follow_each_other_without_gap(client):
    answer = get(client, "/v1/search", 200, q="type:disease", page_size=100)
    page, found = see(client, "/search?q=type:disease"), []
    for _ in range(answer["total"] // 20 + 1):
        found += shown(page)
        following = page.all("//a[@rel='next']/@href")
        if not following:
            break
        page = see(client, following[0])
    assert found == [each["curie"] for each in answer["items"]]
    assert page.all("//a[@rel='prev']")


def test_a_page_after_the_last_leads_back(client):
    page = see(client, "/search?q=marfan&page=9")
    assert "La dernière page est la page 1" in page.text()
    assert page.all("//a[.='Aller à la dernière page']/@href") == ["/search?q=marfan&page=1"]


def test_blank_fields_of_a_form_say_nothing(client):
    assert shown(see(client, "/search?q=marfan&level=&page=&perimeter=&release=")) == shown(
        see(client, "/search?q=marfan")
    )


def test_an_inactive_entity_shows_what_replaces_it(client):
    page = see(client, "/search?q=code:79289")
    (item,) = page.texts("//ol[@class='results']/li")
    assert "déprécié" in item
    assert "ORPHA:646 Maladie de Niemann-Pick type C" in item
    assert "/concepts/646" in page.all("//ol[@class='results']//a/@href")


def test_words_that_match_are_marked_with_their_place(client):
    page = see(client, "/search?q=steinert")
    assert set(page.texts("//ol[@class='results']//mark")) == {"Steinert"}
    page = see(client, "/search?q=synonym:hunter")
    (reason, *_) = page.texts("//ol[@class='results']//p[bdi/mark]")
    assert reason.startswith("synonyme")


def test_typos_are_answered_by_near_names(client):
    page = see(client, "/search?q=sindrome+de+marfane")
    wanted = get(client, "/v1/suggest", 200, q="sindrome de marfane", limit=8)["hits"]
    assert page.text("//h1") == "Pas exactement ces mots"
    assert page.text("//title").startswith("Pas exactement ces mots")
    assert page.text("//section/h2") == "Proches de « sindrome de marfane »"
    assert page.texts("//ul[@class='results']/li//code") == [each["curie"] for each in wanted]
    assert wanted[0]["code"] == "558"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("558", ["/concepts/558"]),
        ("ORPHA:558", ["/concepts/558"]),
        ("ORPHA 558", ["/concepts/558"]),
        ("orpha558", ["/concepts/558"]),
        ("FBN1", ["/concepts/HGNC:3603"]),
        ("E75.2", ["/concepts/ICD-10:E75.2", "/translate?code=ICD-10%3AE75.2"]),
        ("marfan", []),
    ],
)
def test_a_code_offers_its_page_first(client, text, links):
    page = see(client, "/search", params={"q": text})
    assert page.all("//p[@class='notice']//a/@href") == links
    assert "Rien trouvé" not in page.response.text


@pytest.mark.parametrize("q", ["154700", "#154700", "* 154700 "])
def test_six_digits_are_a_number_of_omim_where_one_is_loaded(client, monkeypatch, q):
    known = CodingItem(
        system="omim", code="154700", curie="OMIM:154700", label="MARFAN SYNDROME", lang="en"
    )
    knows = {"OMIM:154700": known}.get
    monkeypatch.setattr(results.lookup, "meant", lambda _release, text, _lang: knows(text))
    monkeypatch.setattr("thesaurus.web.results._found", no_results)
    page = see(client, "/search", params={"q": q})
    links = page.all("//p[@class='notice']//a/@href")
    assert links == ["/concepts/OMIM:154700", "/translate?code=OMIM%3A154700"]
    assert page.text("//h1") == "Code reconnu"


async def no_results(*_):
    return None


def test_nothing_is_said_only_where_there_is_nothing(client):
    page = see(client, "/search?q=999999999")
    assert page.text("//h1") == "Rien trouvé"
    assert page.text("//title").startswith("Rien trouvé · « 999999999 »")
    assert not page.all("//ul[@class='results']")


def test_names_are_near_while_the_index_is_built(own_home, start, monkeypatch):
    monkeypatch.setattr("thesaurus.api.search._LOOKS", 1)
    monkeypatch.setattr("thesaurus.searchable.Searchable._make_wanted", lambda self: None)
    waiting = start(own_home)
    page = see(waiting, "/search?q=marfan", 503)
    assert "en construction" in page.text("//p[@class='notice warning']")
    assert page.texts("//ul[@class='results']/li//code")[0] == "ORPHA:558"
    headers = page.response.headers
    assert int(headers["retry-after"]) > 0
    assert headers["cache-control"] == "no-store"
    assert waiting.get("/search?q=marfan&format=csv").status_code == 503
    assert see(waiting, "/search").text("//h1") == "Recherche"


def test_a_label_that_is_marked_needs_no_other_reason(client):
    items = see(client, "/search?q=marfan").all("//ol[@class='results']/li")
    assert [bool(item.xpath("./span//mark")) for item in items] == [True] * 3
    assert not any(item.xpath("./p/bdi") for item in items)


def test_a_code_that_only_another_release_has_offers_its_page_first(client):
    page = see(client, "/search?q=ORPHA:398980&release=demo-2022")
    assert not page.all("//p[@class='notice']//a[@href='/concepts/398980']")
    page = see(client, "/search?q=398980")
    assert page.text("//h1") == "Code d'une autre version"
    assert "la version demo-2022 le connaît" in page.text("//p[@class='notice']")
    (link,) = page.all("//p[@class='notice']//a/@href")
    assert link == "/concepts/398980"
    see(client, link, 404)
    assert not see(client, "/search?q=999999999").all("//p[@class='notice']")


def test_a_linked_name_says_which_terminology_as_people_call_it(client):
    found = get(client, "/v1/search", 200, q="linked:a*")
    assert {each["source"] for hit in found["items"] for each in hit["highlights"]} == {"mondo"}
    reasons = see(client, "/search?q=linked:a*").texts("//ol[@class='results']//p/span")
    assert set(reasons) == {"nom dans Mondo :"}


@pytest.mark.parametrize("field", ["level", "type", "status", "classification"])
def test_thousands_of_values_are_refused_and_equal_ones_count_once(client, field):
    facet = get(client, "/v1/search", 200, q="syndrome")["facets"][field][0]
    value = f"&{field}={facet['value']}"
    for url in ("/search", "/v1/search"):
        assert client.get(f"{url}?q=syndrome{value * 2000}").status_code == 400
    page = see(client, f"/search?q=syndrome{value * 5}")
    assert page.all("//ul[@class='chosen']//a/@href") == ["/search?q=syndrome"]
    assert page.text("//h1").split()[0] == str(facet["count"])


def test_a_wrong_query_is_shown_with_its_place(client):
    page = see(client, "/search?q=marfan+AND+foo:x", 400)
    problem = get(client, "/v1/search", 400, q="marfan AND foo:x", code="invalid_query")
    assert problem["faults"][0]["path"] == "q/11-14"
    assert page.texts("//p[@class='faulty']//mark") == ["foo"]
    assert "Caractère 12" in page.text("//div[@role='alert']")
    assert page.all("//header//input[@name='q']/@value") == ["marfan AND foo:x"]


@pytest.mark.parametrize("q", HOSTILE)
def test_what_was_typed_stays_text(client, q):
    response = client.get("/search", params={"q": q})
    assert response.status_code in (200, 400)
    page = see(client, "/search", response.status_code, params={"q": q})
    assert not page.all("//main//script | //main//img | //*[@onerror]")
    assert page.all("//orpha-picker/@value")
    if q.isprintable():
        assert page.all("//header//input[@name='q']/@value") == [q]
    assert len(page.response.content) < 200_000


def test_a_bracket_cannot_step_out_of_a_facet(client):
    """A query that closes a bracket that it did not open is wrong, whatever is chosen beside it."""
    see(client, "/search", 400, params={"q": "marfan) OR (type:disease", "level": "subtype"})


def test_csv_has_all_pages(client):
    answer = get(client, "/v1/search", 200, q="type:disease", page_size=100)
    response = client.get("/search?q=type:disease&page=2&format=csv")
    assert (
        response.headers["content-disposition"] == 'attachment; filename="recherche-demo-2023.csv"'
    )
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["code", "nom"]
    assert [row[0] for row in rows[1:]] == [each["curie"] for each in answer["items"]]


def test_csv_does_not_look_for_the_words_that_match(client, monkeypatch):
    monkeypatch.setattr(Highlighter, "of", lambda *_: pytest.fail("a file shows no words"))
    assert len(client.get("/search?q=marfan&format=csv").content.splitlines()) == 4


def test_csv_that_a_client_has_is_not_sent_again(client):
    address = "/search?q=marfan&format=csv"
    first = client.get(address)
    for known in (first.headers["etag"], "*"):
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")


def test_a_wrong_query_is_kept_by_nobody(client):
    for address in ("/search?q=a+AND+foo:x", "/search?q=a+AND+foo:x&format=csv"):
        for known in ({}, {"If-None-Match": "*"}):
            headers = see(client, address, 400, headers=known).response.headers
            assert headers["cache-control"] == "no-store"
            assert "etag" not in headers


def test_csv_stops_at_its_bound_and_says_so(client, monkeypatch):
    monkeypatch.setattr(results, "MOST_ROWS", 30)
    page = see(client, "/search?q=type:disease")
    (link,) = page.all("//a[contains(@href, 'format=csv')]")
    assert link.text == "Exporter les 30 premiers résultats en CSV"
    assert len(client.get(link.get("href")).content.splitlines()) == 31


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_example_of_the_language_finds_something(client, lang):
    links = see(client, f"/search?lang={lang}").all("//details[@open]//dt/a/@href")
    assert len(links) == 13
    for link in links:
        assert see(client, link).all("//ol[@class='results']/li"), link


def test_a_perimeter_narrows(own_home, register, start):
    with_codes = Perimeters(register.database)
    with_codes.replace("fava", frozenset({"558"}), title="FAVA-Multi", actor="test")
    client = start(own_home)
    page = see(client, "/search?q=marfan")
    (link,) = page.all("//a[.='FAVA-Multi']/@href")
    assert shown(see(client, link)) == ["ORPHA:558"]


def test_what_is_typed_is_not_counted_as_a_search(client, monkeypatch):
    noted = []
    monkeypatch.setattr(client.app.state.search_log, "note", lambda *each: noted.append(each))
    see(client, "/search?q=nowhere+to+be+found")
    assert not noted
    get(client, "/v1/suggest", 200, q="marfan")
    assert len(noted) == 1
