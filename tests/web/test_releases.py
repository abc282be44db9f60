"""``/releases``: the register as a page, and the way to the differences of two releases."""

import csv
import io

from tests.api.asking import ask, get
from tests.api.lived import UNTIL, lived
from tests.builders import load_pack, small_pack
from tests.web.seeing import see

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


def test_the_redirection_stays_on_this_host(client):
    for strange in ("//example.org", "https://example.org/", "..", "a\r\nX: y"):
        answer = client.get(
            "/releases/differences", params={"a": strange, "b": "x"}, follow_redirects=False
        )
        assert answer.headers["location"].startswith("/releases/")
        assert "x" not in answer.headers
        assert client.get(answer.headers["location"]).status_code == 404
    see(client, "/releases/differences?a=demo-2022", 400)


def test_below_a_proxy_path(own_home, start):
    running = start(own_home)
    running.app.root_path = "/thesaurus"
    answer = running.get("/releases/differences?a=x&b=y", follow_redirects=False)
    assert answer.headers["location"] == "/thesaurus/releases/x/differences/y"


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
