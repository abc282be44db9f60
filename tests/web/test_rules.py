"""The rules as a page: what GET /v1/rules says, for each profile, with a filter."""

import csv
import io

import pytest

from tests.api.asking import get
from tests.web.seeing import see
from thesaurus.coding import Profiles
from thesaurus.coding.rules import RULES
from thesaurus.web.rules import group_of
from thesaurus.web.texts import CATALOGUE, say


def shown(seen):
    """Each rule of a page: its number, the words of its severity."""
    return [
        (each.get("id"), each.xpath("string(.//*[contains(@class, 'severity')])"))
        for each in seen.all("//article")
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("profile", list(Profiles()))
def test_the_page_says_what_the_api_says(client, profile, lang):
    rules = get(client, "/v1/rules", 200, profile=profile)["items"]
    seen = see(client, f"/rules?profile={profile}&lang={lang}")
    assert shown(seen) == [
        (each["rule"], say(f"rules.{each['severity'] or 'off'}", lang)) for each in rules
    ]
    suffix = "" if lang == "fr" else "_en"
    for each in rules:
        text = seen.text(f"//article[@id='{each['rule']}']")
        for key in (f"title{suffix}", f"action{suffix}", "reason", "source"):
            assert " ".join(each[key].split()) in text
        assert (each["needs"] or "") in text


def test_every_rule_has_a_subject():
    assert all(f"rules.group_{group_of(each)}" in CATALOGUE for each in RULES)


def test_every_profile_of_ours_says_what_it_is_for(client):
    seen = see(client, "/rules")
    assert "établissement" not in seen.text("//section[@aria-labelledby='profiles']")


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("q=déprécié", {"DX-010"}),
        ("q=dx-07", {"DX-070", "DX-071", "DX-072"}),
        ("q=DEPRECIE code", {"DX-010"}),
        ("q=zzzz", set()),
        ("q=groupe&severity=error&profile=cda-2024", {"DX-020"}),
        ("q=groupe&severity=error&profile=bamara", set()),
    ],
)
def test_a_filter_leaves_some(client, asked, numbers):
    found = {rule for rule, _ in shown(see(client, f"/rules?{asked}"))}
    assert found == numbers


@pytest.mark.parametrize("severity", ["error", "warning", "information", "off"])
def test_severities_part_the_rules(client, severity):
    rules = get(client, "/v1/rules", 200, profile="stat")["items"]
    found = shown(see(client, f"/rules?profile=stat&severity={severity}"))
    assert [rule for rule, _ in found] == [
        each["rule"] for each in rules if (each["severity"] or "off") == severity
    ]


def test_a_form_with_empty_fields_filters_nothing(client):
    assert len(shown(see(client, "/rules?profile=bamara&severity=&q="))) == len(RULES)


def test_the_lists_of_values_are_those_of_the_profile(client):
    profiles = get(client, "/v1/profiles", 200)["items"]
    (ours,) = [each for each in profiles if each["profile"] == "cda-2024"]
    seen = see(client, "/rules?profile=cda-2024")
    tables = seen.all("//details[@class='values']")
    assert len(tables) == len(ours["value_sets"])
    for table, values in zip(tables, ours["value_sets"], strict=True):
        text = table.text_content()
        for each in values["values"]:
            assert all(word in text for word in (each["label"], *each["codes"].values()))


def test_a_profile_of_the_deployment_is_one_to_choose(own_home, start, tmp_path):
    (tmp_path / "chu.toml").write_text(
        'extends = "bamara"\ntitle = "CHU <b>d\'Exemple</b>"\nmandatory = ["familial", "type"]\n'
        '[severity]\nDX-003 = "off"\n'
    )
    seen = see(start(own_home, profiles=tmp_path), "/rules?profile=chu")
    assert dict(shown(seen))["DX-003"] == "désactivée"
    assert seen.texts("//option[@selected]")[0] == "CHU <b>d'Exemple</b>"
    (row,) = [each for each in seen.rows("Profils") if "d'Exemple" in each[0]]
    assert row[2] == "sporadique ou familial, type"


def test_the_rules_as_a_file(client):
    response = client.get("/rules?format=csv&profile=pmsi&severity=warning&lang=en")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    listed = get(client, "/v1/rules", 200, profile="pmsi")["items"]
    assert [(row[0], row[3], row[6]) for row in rows[1:]] == [
        (each["rule"], each["title_en"], each["source"])
        for each in listed
        if each["severity"] == "warning"
    ]
    assert {row[1] for row in rows[1:]} == {"warning"}


@pytest.mark.parametrize("query", ["profile=none", "severity=fatal", f"q={'x' * 201}", "rule=1"])
def test_questions_without_an_answer(client, query):
    see(client, f"/rules?{query}", 400)


def test_what_is_searched_never_becomes_markup(client):
    seen = see(client, "/rules", params={"q": '"><script>alert(1)</script>'})
    assert seen.all("//input[@id='words']/@value") == ['"><script>alert(1)</script>']


def test_anchors_name_rules_once(client):
    numbers = see(client, "/rules").all("//@id")
    assert len(numbers) == len(set(numbers))
    assert "DX-010" in numbers


def test_a_page_that_did_not_change_is_not_sent_again(client):
    first = client.get("/rules?profile=stat")
    again = {"If-None-Match": first.headers["etag"]}
    assert client.get("/rules?profile=stat", headers=again).status_code == 304
    assert client.get("/rules?profile=pmsi", headers=again).status_code == 200
