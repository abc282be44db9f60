from urllib.parse import quote

import pytest

from tests.api.asking import codes, get
from thesaurus.lookup import Relation

WRITTEN = [
    "558",
    "ORPHA:558",
    "orpha558",
    "Orpha-558",
    "ORPHA 558",
    "Orphanet_558",
    "ORDO:558",
    "000558",
    " 558 ",
    "５５８",  # full width, as some keyboards give it
    "http://www.orpha.net/ORDO/Orphanet_558",
    "https://www.orpha.net/ORDO/Orphanet_558/",
    "https://www.orpha.net/fr/disease/detail/558?name=Marfan&mode=name",
    "http://www.orpha.net/consor/cgi-bin/OC_Exp.php?lng=FR&Expert=558",
]


def concept(client, code, **parameters):
    return get(client, f"/v1/concepts/{quote(code, safe='')}", 200, **parameters)


def test_everything_known_of_a_concept(client):
    page = concept(client, "558")
    assert page["release"] == "demo-2023"
    assert (page["code"], page["curie"]) == ("558", "ORPHA:558")
    assert (page["label"], page["lang"]) == ("Syndrome de Marfan", "fr")
    plain = {"raw": None, "scope": None, "status": None}
    assert {"text": "MFS", "lang": "fr", "kind": "synonym", **plain} in page["labels"]
    assert (page["status"], page["level"], page["type"]) == ("active", "disorder", "disease")
    assert page["redirection"] is None
    assert page["aggregation"] == "558"
    assert [parent["code"] for parent in page["parents"]] == ["364526"]
    assert page["children_count"] == 2
    assert [each["id"] for each in page["classifications"]] == ["156", "199"]
    assert page["link"] == "https://www.orpha.net/fr/disease/detail/558"


@pytest.mark.parametrize("written", WRITTEN)
def test_a_code_in_every_written_form(client, written):
    assert concept(client, written)["code"] == "558"


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("view", [*Relation, "paths"])
def test_and_so_in_the_relations(client, written, view):
    url = f"/v1/concepts/{quote(written, safe='')}/{view}"
    assert get(client, url, 200) == get(client, f"/v1/concepts/558/{view}", 200)


def test_slashes_need_not_be_encoded(client):
    address = "/v1/concepts/http://www.orpha.net/ORDO/Orphanet_558"
    assert get(client, address, 200)["code"] == "558"
    assert codes(get(client, f"{address}/parents", 200)) == ["364526"]


def test_what_replaces_an_inactive_concept(client):
    deprecated = concept(client, "255241")
    assert deprecated["status"] == "deprecated"
    assert deprecated["redirection"] == {
        "kind": "moved_to",
        "target": "506",
        "label": "Syndrome de Leigh",
    }
    assert concept(client, "255199")["redirection"]["kind"] == "referred_to"
    assert concept(client, "802")["redirection"] is None


def test_labels_are_served_clean_and_kept_raw(client):
    page = concept(client, "802")
    assert page["label"] == "Sclérose en plaques"
    assert page["labels"][0]["raw"] == "NON RARE EN EUROPE : Sclérose en plaques"


def test_a_missing_language_falls_back_and_says_so(client):
    english = concept(client, "558", lang="en")
    assert (english["label"], english["lang"]) == ("Marfan syndrome", "en")
    assert english["link"] == "https://www.orpha.net/en/disease/detail/558"
    czech = concept(client, "558", lang="cs")
    assert czech["lang"] in ("fr", "en")
    french = {each["id"]: each["lang"] for each in concept(client, "558")["classifications"]}
    assert french == {"156": "en", "199": "fr"}


def test_another_release_by_name_or_by_day(client):
    get(client, "/v1/concepts/398980", 404, code="unknown_code")
    for chosen in ({"release": "demo-2022"}, {"as_of": "2022-12-01"}, {"as_of": "2022-06-14"}):
        page = concept(client, "398980", **chosen)
        assert (page["release"], page["status"]) == ("demo-2022", "active")
    assert concept(client, "558", as_of="2023-06-21")["release"] == "demo-2023"
    get(client, "/v1/concepts/558", 404, code="unknown_release", as_of="2022-06-13")
    get(client, "/v1/concepts/558", 404, code="unknown_release", release="2023")
    get(
        *(client, "/v1/concepts/558", 400),
        code="invalid_parameter",
        release="demo-2022",
        as_of="2022-12-01",
    )


@pytest.mark.parametrize(
    "day", ["2023", "2023-13-01", "hier", "", "99999-01-01", "2023-05-01T10:00"]
)
def test_days_that_are_none(client, day):
    get(client, "/v1/concepts/558", 400, code="invalid_parameter", as_of=day)


def test_an_unknown_code_names_the_nearest(client):
    assert get(client, "/v1/concepts/5588", 404, code="unknown_code")["nearest"] == ["558"]


@pytest.mark.parametrize(
    "text", ["abc", "558a", "-558", "0", "5" * 10, "%00", "%ff", "558/nothing"]
)
def test_texts_that_are_no_code(client, text):
    get(client, f"/v1/concepts/{text}", 400, code="invalid_code")


@pytest.mark.parametrize(
    "url", ["/v1/concepts/", "/v1/concepts//parents", f"/v1/concepts/{'5' * 201}"]
)
def test_paths_that_hold_no_code(client, url):
    get(client, url, 400, code="invalid_parameter")


@pytest.mark.parametrize("as_of", ["1669852800", "0", "2022", "2022-12-01T00:00:00", "2022-13-01"])
def test_a_date_is_a_day_and_nothing_else(client, as_of):
    get(client, "/v1/concepts/558", 400, code="invalid_parameter", as_of=as_of)


@pytest.mark.parametrize("relation", ["parents", "children", "siblings"])
def test_a_depth_is_not_taken_where_it_means_nothing(client, relation):
    get(client, f"/v1/concepts/558/{relation}", 400, code="invalid_parameter", max_depth=2)
