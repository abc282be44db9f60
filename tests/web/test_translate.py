"""From one code system to another as a page: what ``/v1/translate`` says, in words."""

import csv
import io

import pytest

from tests.api.asking import codes, get
from tests.web.seeing import see
from thesaurus import loading, releases
from thesaurus.web import translation

RELATIONS = {
    "E": "équivalent à",
    "NTBT": "plus précis que",
    "BTNT": "plus large que",
    "unspecified": "lié à (relation non précisée)",
}
CIM10 = (
    "E75   |3|NNN|3|SPHINGOLIPIDOSES|Anomalies du métabolisme des sphingolipides",
    "E752  |0|OOO|0|AUTRES SPHINGOLIPIDOSES|Autres sphingolipidoses",
    "E753  |0|OOO|0|SPHINGOLIPIDOSE SAI|Sphingolipidose, sans précision",
    "E7520 |0|OOO|0|FABRY|Sphingolipidose à extension",
)
HOSTILE = [
    '"><script>alert(1)</script>',
    "a\x00\x1b",
    "\u202e\u2066",
    "x" * 200,
    "{code}",
    "é" * 99,
]


def rows(page):
    """Relation, code and everything of each row."""
    return [
        (relation.split(" approché")[0], code, " ".join(rest))
        for (relation, *rest), code in zip(
            page.rows(""), page.texts("//tbody/tr/th/code"), strict=True
        )
    ]


@pytest.mark.parametrize("code", ["E75.2", "Q87.4", "Q8740", "Q87", "OMIM:154700", "MONDO:0010526"])
def test_the_page_says_what_the_api_says(client, code):
    response = client.get("/v1/translate", params={"code": code})
    if response.status_code != 200:
        see(client, "/translate", response.status_code, params={"code": code})
        return
    answer = response.json()
    page = see(client, "/translate", params={"code": code})
    assert [(relation, shown) for relation, shown, _ in rows(page)] == [
        (RELATIONS[each["relation"]], each["curie"]) for each in answer["items"]
    ]
    for each, (_, _, text) in zip(answer["items"], rows(page), strict=True):
        assert each["label"] in text
        assert all(one["dataset"] in text for one in each["provenance"])


def test_an_orphacode_goes_to_icd10_by_itself(client):
    page = see(client, "/translate?code=ORPHA:324")
    (row,) = rows(page)
    assert row[:2] == ("plus précis que", "E75.2")
    assert page.all("//tbody//code/@data-copy") == ["E75.2"]
    assert page.all("//h1/@data-copy") == ["ORPHA:324"]
    assert page.all("//a[.='Traduire en sens inverse']/@href") == [
        "/translate?code=ICD-10%3AE75.2&target=orpha"
    ]


def test_a_target_may_be_chosen(client):
    answer = get(client, "/v1/translate?code=MONDO:0010526&target=icd-10", 200)
    page = see(client, "/translate?code=MONDO:0010526&target=icd-10")
    assert [row[1] for row in rows(page)] == codes(answer)
    assert page.all("//select[@name='target']/option[@selected]/@value") == ["icd-10"]
    assert "par ORPHA:324" in rows(page)[0][2]


def test_the_place_in_icd10_and_the_validation_are_said(client):
    (marfan, *_) = rows(see(client, "/translate?code=Q87.4"))
    assert marfan[:2] == ("équivalent à", "ORPHA:558")
    assert "code spécifique, validé" in marfan[2]


def test_a_french_extension_is_said_to_be_approximate(client):
    page = see(client, "/translate?code=Q87.40")
    (warning,) = page.texts("//div[contains(@class, 'warning')]")
    assert warning == (
        "Réponse approchée : le code Q87.40 n'est pas aligné lui-même. "
        "Réponses par le code OMS Q87.4."
    )
    assert "par Q87.4" in rows(page)[0][2]
    assert len(page.texts("//tbody//span[.='approché']")) == len(rows(page))


def test_several_candidates_are_ranked_and_not_chosen(client):
    assert "il ne choisit pas" in see(client, "/translate?code=E75.2").text()
    assert "il ne choisit pas" not in see(client, "/translate?code=ORPHA:324").text()


def test_pages_and_levels(client, monkeypatch):
    monkeypatch.setattr(translation, "LIMIT", 2)
    answer = get(client, "/v1/translate?code=Q87.4", 200)
    first = see(client, "/translate?code=Q87.4")
    second = see(client, first.all("//a[@rel='next']/@href")[0])
    assert [row[1] for row in rows(first) + rows(second)] == [e["curie"] for e in answer["items"]]
    assert second.all("//a[@rel='prev']/@href") == ["/translate?code=Q87.4"]
    options = first.texts("//select[@name='level']/option")
    assert options == ["tous", "pathologie (1)", "sous-type de pathologie (2)"]
    narrowed = see(client, "/translate?code=Q87.4&level=subtype")
    assert [row[1] for row in rows(narrowed)] == [
        each["curie"] for each in answer["items"] if each["level"] == "subtype"
    ]
    assert "Rien à cette place" in see(client, "/translate?code=Q87.4&offset=90").text()


def test_the_api_filters_by_level_and_counts_all(client):
    whole = get(client, "/v1/translate?code=Q87.4", 200)
    narrowed = get(client, "/v1/translate?code=Q87.4&level=subtype", 200)
    assert narrowed["levels"] == whole["levels"] == {"disorder": 1, "subtype": 2}
    assert (whole["total"], narrowed["total"]) == (3, 2)
    assert get(client, "/v1/translate?code=558&target=icd-10", 200)["levels"] == {}


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ("code=zzz", 400),
        ("code=999999&target=icd-10", 404),
        ("code=E75.2&target=none", 400),
        ("code=Q80-Q89", 400),
        ("code=558&target=orpha", 400),
        ("code=FBN1", 400),
        ("code=558&target=meddra", 404),
    ],
)
def test_what_goes_wrong_is_said_beside_the_field(client, parameters, status):
    page = see(client, f"/translate?{parameters}", status)
    target = "" if "target" in parameters else "&target=orpha"
    problem = client.get(f"/v1/translate?{parameters}{target}").json()
    assert problem["status"] == status
    assert page.text("//*[@id='wrong']") == " ".join(problem["detail"].split())
    (field,) = page.all("//input[@id='code']")
    assert field.get("aria-describedby") == "wrong"
    assert f"code={field.get('value')}" in parameters


def test_what_goes_wrong_is_kept_by_nobody(client):
    for address in ("/translate?code=zzz", "/translate?code=999999&format=csv"):
        status = client.get(address).status_code
        for known in ({}, {"If-None-Match": "*"}):
            headers = see(client, address, status, headers=known).response.headers
            assert headers["cache-control"] == "no-store"
            assert "etag" not in headers


def test_a_mistyped_orphacode_offers_its_neighbours(client):
    page = see(client, "/translate?code=ORPHA:5588", 404)
    assert "/translate?code=558" in page.all("//main//a/@href")


@pytest.mark.parametrize("code", HOSTILE)
def test_what_was_typed_stays_text(client, code):
    page = see(client, "/translate", 400, params={"code": code})
    assert not page.all("//main//script")
    if code.isprintable():
        assert page.all("//input[@id='code']/@value") == [code]
    see(client, "/translate", 400, params={"code": "x" * 201})


def test_csv_has_every_row(client, monkeypatch):
    monkeypatch.setattr(translation, "LIMIT", 1)
    answer = get(client, "/v1/translate?code=Q87.4", 200)
    (link,) = see(client, "/translate?code=Q87.4&offset=1").all("//a[.='Exporter en CSV']/@href")
    text = client.get(link).content.decode("utf-8-sig")
    heading, *lines = csv.reader(io.StringIO(text), delimiter=";")
    assert heading[:3] == ["code demandé", "relation du code demandé", "code"]
    assert [line[:3] for line in lines] == [
        ["ICD-10:Q87.4", RELATIONS[each["relation"]], each["curie"]] for each in answer["items"]
    ]


def test_nearby_codes_where_the_terminology_is_loaded(own_home, register, start, tmp_path):
    table = tmp_path / "LIBCIM10MULTI_2023-01-01.TXT"
    table.write_bytes("".join(f"{row}\r\n" for row in CIM10).encode("cp1252"))
    (loaded,) = loading.load_all(register, [table], actor="test")
    cim10 = register.of("cim-10")
    releases.activate(cim10, loaded.record.id, actor="test")
    client = start(own_home)
    assert see(client, "/translate?code=E75.2").texts("//section[@aria-labelledby='near']//dd") == [
        "E75 Anomalies du métabolisme des sphingolipides",
        "E75.20 Sphingolipidose à extension",
        "E75.3 Sphingolipidose, sans précision",
    ]
    assert not see(client, "/translate?code=ORPHA:324").all("//section[@aria-labelledby='near']")


def test_the_empty_page_helps(client):
    page = see(client, "/translate")
    links = page.all("//main//ul//a/@href")
    assert len(links) == 4
    for link in links:
        assert rows(see(client, link)), link
