"""``/releases``: the register as a page, and the way to the differences of two releases."""

import csv
import io

import pytest

from tests.api.asking import ask, get
from tests.api.lived import UNTIL, lived
from tests.builders import load_pack, small_pack
from tests.web.seeing import see
from thesaurus import loading

__all__ = ["lived"]


def test_the_page_says_what_the_api_says(client):
    items = get(client, "/v1/releases", 200)["items"]
    rows = see(client, "/releases").rows("Versions de la nomenclature")
    assert [row[0] for row in rows] == [each["id"] for each in items]
    assert [row[4] for row in rows] == [str(each["counts"]["entities"]) for each in items]
    assert [row[3] for row in rows] == [" ".join(each["languages"]) for each in items]
    others = [e for e in get(client, "/v1/releases", 200, system="all")["items"] if e not in items]
    beside = see(client, "/releases").rows("Terminologies")
    assert {(row[0], row[1]) for row in beside} == {(e["system"], e["id"]) for e in others}


def test_states_windows_and_patches(lived, register, tmp_path):
    for number, day in enumerate(("2024-06-21", "2024-09-01")):
        load_pack(register, tmp_path / day, small_pack(day, label=f"L{number}"))
    lived.app.state.runtime.refresh()
    rows = {row[0]: row for row in see(lived, "/releases").rows("Versions de la nomenclature")}
    assert rows["demo-2022"][1] == "remplacée"
    assert rows["demo-2022"][7] == f"{UNTIL:%d/%m/%Y}"
    assert rows["2024.1"][6] == "2024"
    assert rows["2024.1"][8] == "depuis 2024"


def test_the_day_of_loading_is_no_day_of_the_data(own_home, register, start, tmp_path):
    names = tmp_path / "names.tsv"
    names.write_text("ID\tLABEL\tSYNONYMS\nMONDO:0007947\tMarfan syndrome\t\n", encoding="utf-8")
    (loaded,) = loading.load_all(register, [names], actor="test")
    running = start(own_home)
    rows = {row[1]: row for row in see(running, "/releases").rows("Terminologies")}
    assert rows[loaded.record.id][3] == "sans date"
    saved = running.get("/releases?format=csv").content.decode("utf-8-sig")
    days = {row[1]: row[3] for row in csv.reader(io.StringIO(saved), delimiter=";")}
    assert days[loaded.record.id] == "sans date"
    assert days["demo-2023"] == "2023-06-22"


def test_every_link_leads_somewhere(client):
    seen = see(client, "/releases?lang=en")
    for address in set(seen.all("//main//a/@href | //footer//a/@href")):
        assert ask(client, "GET", address, 200).content


def test_two_releases_are_chosen_in_a_form(client):
    seen = see(client, "/releases?lang=en")
    (form,) = seen.all("//main//form")
    chosen = dict(form.form_values())
    assert chosen == {"lang": "en", "a": "demo-2022", "b": "demo-2023"}
    answer = client.get(form.action, params=chosen, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/releases/demo-2022/differences/demo-2023?lang=en"


@pytest.mark.parametrize("strange", ["//example.org", "https://example.org/", "..", "a\r\nX: y"])
def test_only_releases_that_exist_become_an_address(client, strange):
    get(client, "/releases/differences", 404, code="unknown_release", a=strange, b="demo-2023")


def test_a_choice_that_lacks_one(client):
    see(client, "/releases/differences?a=demo-2022", 400)


def test_below_a_proxy_path(own_home, start):
    running = start(own_home, root_path="/thesaurus")
    url = "/releases/differences?a=demo-2022&b=demo-2023"
    answer = running.get(url, follow_redirects=False)
    assert answer.headers["location"] == "/thesaurus/releases/demo-2022/differences/demo-2023"
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_csv(client):
    response = ask(client, "GET", "/releases?format=csv", 200)
    assert response.headers["content-disposition"] == 'attachment; filename="versions.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    everything = get(client, "/v1/releases", 200, system="all")["items"]
    assert {tuple(row[:2]) for row in rows[1:]} == {(e["system"], e["id"]) for e in everything}
    assert rows[0][0] == "Terminologie ou table"
    assert {len(row) for row in rows} == {9}


def test_a_service_without_a_release(start, tmp_path):
    seen = see(start(tmp_path / "empty"), "/releases")
    assert "Aucune version n'est chargée" in seen.text()
    assert not seen.all("//main//form | //main//table")
