import pytest

from tests.api.asking import codes, get


def related(client, code, relation, **parameters):
    return get(client, f"/v1/concepts/{code}/{relation}", 200, **parameters)


def lca(client, *asked, **parameters):
    query = "&".join(f"code={each}" for each in asked)
    return get(client, f"/v1/lca?{query}", 200, **parameters)


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        ("parents", ["364526"]),
        ("children", ["284963", "284973"]),
        ("siblings", ["636", "2772", "15", "666", "646139"]),
        ("ancestors", ["364526", "98053", "93419"]),
        ("descendants", ["284963", "284973"]),
    ],
)
def test_the_five_relations(client, relation, expected):
    answer = related(client, "558", relation)
    assert (answer["release"], answer["code"]) == ("demo-2023", "558")
    assert codes(answer) == expected
    assert answer["total"] == len(expected)


def test_items_say_what_they_are(client):
    assert related(client, "558", "parents")["items"] == [
        {
            "code": "364526",
            "curie": "ORPHA:364526",
            "label": "Dysplasie osseuse primaire",
            "lang": "fr",
            "level": "group",
            "type": "category",
            "status": "active",
            "children_count": 6,
        }
    ]


def test_one_classification_or_all_merged(client):
    assert len(codes(related(client, "636", "parents"))) == 5
    assert codes(related(client, "636", "parents", classification="202")) == ["634518"]
    assert codes(related(client, "558", "parents", classification="202")) == []
    url = "/v1/concepts/636/parents"
    get(client, url, 404, code="unknown_classification", classification="9")


def test_not_deeper_than_asked(client):
    near = related(client, "636", "ancestors", max_depth=1)
    assert codes(near) == codes(related(client, "636", "parents"))
    assert related(client, "636", "ancestors", max_depth=100) == related(client, "636", "ancestors")
    for depth in (0, 101, "deep", "1.5"):
        url = "/v1/concepts/636/ancestors"
        get(client, url, 400, code="invalid_parameter", max_depth=depth)


def test_paths_lead_from_a_root_down_to_the_concept(client):
    answer = get(client, "/v1/concepts/558/paths", 200)
    ways = [[each["code"] for each in way] for way in answer["paths"]]
    assert sorted(ways) == [["93419", "364526", "558"], ["98053", "364526", "558"]]
    assert answer["truncated"] is False
    bone = get(client, "/v1/concepts/558/paths", 200, classification="199")
    assert [each["code"] for each in bone["paths"][0]] == ["93419", "364526", "558"]


def test_relations_of_another_release_and_language(client):
    old = related(client, "636", "parents", release="demo-2022", lang="en")
    assert old["release"] == "demo-2022"
    assert "634518" not in codes(old)
    assert {item["lang"] for item in old["items"]} == {"en"}
    get(client, "/v1/concepts/634518/children", 404, code="unknown_code", as_of="2022-12-01")


def test_the_lowest_common_ancestors_are_a_set(client):
    assert codes(lca(client, "636", "637")) == ["634518"]
    assert set(codes(lca(client, "558", "579"))) == {"98053", "93419"}
    assert codes(lca(client, "558", "ORPHA:558")) == ["558"]


def test_common_ancestors_in_one_classification_and_release(client):
    assert codes(lca(client, "558&code=579&classification=199")) == ["93419"]
    assert lca(client, "558&release=demo-2022")["release"] == "demo-2022"


def test_common_ancestors_of_nothing_or_of_too_many(client):
    get(client, "/v1/lca", 400, code="invalid_parameter")
    get(client, "/v1/lca?" + "&".join(["code=558"] * 101), 400, code="invalid_parameter")
    get(client, "/v1/lca?code=558&code=999999999", 404, code="unknown_code")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("98053", "558", True),
        ("558", "98053", False),
        ("558", "558", True),
        ("ORPHA:364526", "Orphanet_284963", True),
        ("558", "579", False),
    ],
)
def test_subsumes(client, a, b, expected):
    answer = get(client, "/v1/subsumes", 200, a=a, b=b)
    assert answer["subsumes"] is expected
    assert answer["a"].isdigit()
    assert answer["release"] == "demo-2023"


def test_subsumes_in_one_classification_and_release(client):
    asked = {"a": "98053", "b": "558"}
    assert get(client, "/v1/subsumes", 200, **asked, classification="199")["subsumes"] is False
    old = get(client, "/v1/subsumes", 200, a="634518", b="636", release="demo-2023")
    assert old["subsumes"] is True
    get(client, "/v1/subsumes", 404, code="unknown_code", a="634518", b="636", as_of="2022-12-01")
    get(client, "/v1/subsumes", 400, code="invalid_parameter", a="558")


def test_the_classifications(client):
    answer = get(client, "/v1/classifications", 200)
    by_id = {each["id"]: each for each in answer["items"]}
    assert list(by_id) == ["146", "150", "156", "181", "184", "187", "199", "202", "235"]
    assert by_id["199"]["name"] == "Classification Orphanet des maladies osseuses rares"
    assert [root["code"] for root in by_id["199"]["roots"]] == ["93419"]
    assert by_id["156"]["lang"] == "en"
    assert (by_id["235"]["concepts"], by_id["235"]["edges"]) == (1, 0)
    english = get(client, "/v1/classifications", 200, lang="en", release="demo-2022")
    assert english["release"] == "demo-2022"
    assert {each["lang"] for each in english["items"]} == {"en"}
