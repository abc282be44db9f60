"""``/releases/{a}/differences/{b}``: tables that say what the API says, filtered alike."""

import pytest

from ontologies.differences import Kind
from tests.api.asking import ask, get
from tests.builders import load_pack, small_pack
from tests.web.seeing import see
from thesaurus.store import Perimeters
from thesaurus.web.changed_words import changed_words

URL = "/releases/demo-2022/differences/demo-2023"
API = f"/v1{URL}"
MORE = [str(number) for number in range(1000, 1205)]
HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }}"


def section(seen, kind):
    return seen.all(f"//section[@aria-labelledby='of-{kind}']")[0]


def codes_of(seen, kind):
    """The codes of the rows of a table, in their order."""
    rows = section(seen, kind).xpath(".//tbody//th//*[@data-copy]/@data-copy")
    return list(dict.fromkeys(each.removeprefix("ORPHA:") for each in rows))


def test_counts_are_those_of_the_api(client):
    counts = get(client, API, 200)["counts"]
    rows = {row[0]: row[1] for row in see(client, URL).rows("Combien de codes")}
    assert rows["codes entrants"] == str(counts["added"])
    assert rows["dont devenus inactifs"] == str(counts["newly_inactive"])
    assert rows["liens parent-enfant sortants"] == str(counts["edges_removed"])
    shown = {key: value for key, value in counts.items() if value}
    wholes = {"classifications_added", "classifications_removed", "classifications_renamed"}
    assert len(rows) == len(shown.keys() - wholes)


@pytest.mark.parametrize("kind", [each.value for each in Kind])
def test_each_kind_has_the_codes_of_the_api(client, kind):
    answer = get(client, API, 200, kind=kind, limit=100)
    seen = see(client, f"{URL}?kind={kind}")
    if answer["total"]:
        assert codes_of(seen, kind) == [each["code"] for each in answer["items"]]
    else:
        assert "Aucun code de ce filtre" in seen.text("//main/p[contains(@class, 'notice')]")


def test_changes_in_words(client):
    seen = see(client, f"{URL}?kind=status")
    rows = {row[0].split()[0]: row for row in seen.rows("Statut")}
    answer = get(client, API, 200, kind="status")
    (change,) = next(e for e in answer["items"] if e["code"] == "255241")["changes"]
    assert rows["ORPHA:255241"][1:3] == ["actif", "déprécié"]
    assert rows["ORPHA:255241"][3] == (f"déplacé vers ORPHA:506 {change['redirection']['label']}")
    levels = {r[0].split()[0]: r[1:] for r in see(client, f"{URL}?kind=level").rows("Niveau")}
    assert levels["ORPHA:506"] == ["groupe de pathologies", "pathologie"]


def test_a_code_leads_to_its_page_in_the_release_that_has_it(client):
    links = section(see(client, f"{URL}?kind=removed"), "removed").xpath(".//th//a/@href")
    assert links
    assert all(link.endswith("?release=demo-2022") for link in links)
    links = section(see(client, f"{URL}?kind=added"), "added").xpath(".//th//a/@href")
    assert all(link.endswith("?release=demo-2023") for link in links)
    ask(client, "GET", links[0], 200)


@pytest.mark.parametrize(
    "query",
    ["level=group", "classification=156", "level=disorder&level=subtype&classification=156"],
)
def test_filters_are_those_of_the_api(client, query):
    answer = ask(client, "GET", f"{API}?{query}&limit=1000", 200).json()
    seen = see(client, f"{URL}?{query}")
    rows = {row[0]: row[1] for row in seen.rows("Combien de codes")}
    assert rows["codes entrants"] == str(answer["filtered"]["added"])
    assert rows["statut"] == str(answer["filtered"]["status"])
    chosen = seen.all("//form[@class='filters']//input[@checked]/@value")
    assert chosen == [each[6:] for each in query.split("&") if each.startswith("level")]


def test_exports_have_the_same_filters(client):
    seen = see(client, f"{URL}?kind=level&kind=status&level=group&lang=en")
    links = [each for each in seen.all("//footer//a/@href") if each.startswith("/v1/")]
    assert len(links) == 3
    for link in links:
        assert "kind=level&kind=status&level=group" in link
        ask(client, "GET", link, 200)
    answer = ask(client, "GET", links[-1], 200).json()
    wanted = f"{API}?kind=level&kind=status&level=group&lang=en"
    assert answer == ask(client, "GET", wanted, 200).json()


def test_classifications_as_a_whole(client):
    names = {each["name"] for each in get(client, API, 200)["classifications"]}
    assert {row[0] for row in see(client, URL).rows("Classifications entières")} == names


@pytest.fixture
def grown(own_home, register, start, tmp_path):
    """A service with two releases, the second one with the codes 1000 to 1204 more."""
    load_pack(register, tmp_path / "a", small_pack("2024-06-21", codes=("58",)))
    load_pack(register, tmp_path / "b", small_pack("2025-06-21", codes=("58", *MORE)))
    return start(own_home)


def test_without_a_kind_the_first_of_each_and_a_way_to_all(grown):
    seen = see(grown, "/releases/2024/differences/2025")
    assert codes_of(seen, "added") == MORE[:10]
    (way,) = section(seen, "added").xpath("./p//a/@href")
    assert way == "/releases/2024/differences/2025?kind=added"
    assert codes_of(see(grown, way), "added") == MORE[:100]


def test_pages(grown):
    url = "/releases/2024/differences/2025?kind=added"
    seen = see(grown, f"{url}&page=3")
    assert codes_of(seen, "added") == MORE[200:]
    assert "Page 3 sur 3" in seen.text("//nav[contains(@class, 'pages')]")
    assert seen.all("//a[@rel='prev']/@href") == [f"{url}&page=2"]
    assert not seen.all("//a[@rel='next']")
    assert not codes_of(see(grown, f"{url}&page=9"), "added")


def test_what_was_not_compared_is_said_with_its_reason(client):
    expected = get(client, API, 200)["not_compared"]
    for lang, reason in (("fr", "reason"), ("en", "reason_en")):
        caption = "Ce qui n" if lang == "fr" else "What was not compared"
        rows = see(client, f"{URL}?lang={lang}").rows(caption)
        assert [row[1] for row in rows] == [" ".join(e[reason].split()) for e in expected]


def test_the_same_release_twice(client):
    seen = see(client, "/releases/demo-2023/differences/demo-2023")
    assert "Aucune différence" in seen.text("//main/p[contains(@class, 'notice')]")


def test_a_perimeter(own_home, register, start):
    Perimeters(register.database).replace("filiere", ["98249", "506"], actor="test")
    seen = see(start(own_home), f"{URL}?perimeter=filiere&kind=level")
    assert codes_of(seen, "level") == ["506"]
    assert seen.all("//select[@id='perimeter']/option[@selected]")[0].text == "filiere"


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/releases/demo-2022/differences/2023", 404),
        (f"{URL}?classification=9", 404),
        (f"{URL}?perimeter=oscar", 404),
        (f"{URL}?kind=other", 400),
        (f"{URL}?page=0", 400),
        (f"{URL}?release=1999", 404),
    ],
)
def test_wrong_questions(client, url, status):
    see(client, url, status)


def test_names_never_become_markup(own_home, register, start, tmp_path):
    load_pack(register, tmp_path / "a", small_pack("2024-06-21", label="Ancienne"))
    load_pack(register, tmp_path / "b", small_pack("2025-06-21", label=HOSTILE))
    seen = see(start(own_home), "/releases/2024/differences/2025")
    assert HOSTILE in seen.text()
    assert not seen.all("//main//script | //main//img")
    assert "<script>alert" not in seen.response.text


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("Syndrome de Marfan", "Syndrome de Marfan", ([], [])),
        ("Maladie d'Alexander type I", "Maladie d'Alexander type II", (["I"], ["II"])),
        ("", "Nouvelle", ([], ["Nouvelle"])),
        ("a b c", "a c", (["b "], [])),
        ("x " * 500, "y " * 500, ([], [])),
    ],
)
def test_changed_words(before, after, marked):
    first, second = changed_words(before, after)
    assert [before[start:end] for start, end in first] == marked[0]
    assert [after[start:end] for start, end in second] == marked[1]


def test_changed_words_are_marked(client):
    seen = see(client, f"{URL}?kind=renamed")
    assert section(seen, "renamed").xpath(".//td//mark")
