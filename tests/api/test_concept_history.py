"""``GET /v1/concepts/{code}/history``: a code over the releases."""

import pytest

from ontologies.differences import Kind, differences
from ontologies.errors import DamagedRelease
from tests.api.asking import get
from tests.builders import load_pack, small_pack
from tests.packs import displays
from tests.packs.model import Classification, Entity, Pack, moved_to, tree
from thesaurus.lookup.traces import Remembered
from thesaurus.store import State

TOLD = {Kind.ADDED, Kind.REMOVED, Kind.STATUS, Kind.LEVEL, Kind.TYPE, Kind.RENAMED}
TOLD |= {Kind.REDIRECTION, Kind.AGGREGATION}


def history(client, code, **query):
    return get(client, f"/v1/concepts/{code}/history", 200, **query)


def told(answer):
    return [(each["release"], each["known"], each["changes"]) for each in answer["items"]]


def test_a_code_that_stays_as_it_is(client):
    answer = history(client, "558")
    assert (answer["release"], answer["code"]) == ("demo-2023", "558")
    assert told(answer) == [("demo-2023", True, []), ("demo-2022", True, [])]
    assert answer["items"][0] == {
        "release": "demo-2023",
        "date": "2023-06-21",
        "state": "active",
        "known": True,
        "label": "Syndrome de Marfan",
        "lang": "fr",
        "status": "active",
        "level": "disorder",
        "type": "disease",
        "redirection": None,
        "aggregation": "558",
        "aggregation_known": True,
        "changes": [],
    }


def test_a_code_that_went_is_told_by_every_release(client):
    for release in ("demo-2022", "demo-2023"):
        answer = history(client, "398980", release=release)
        assert answer["release"] == release
        assert told(answer) == [("demo-2023", False, ["removed"]), ("demo-2022", True, [])]
    gone = answer["items"][0]
    assert {gone[name] for name in ("label", "status", "level", "redirection")} == {None}


def test_labels_are_in_the_language_that_is_asked_for(client):
    english = history(client, "558", lang="en")["items"]
    assert {each["label"] for each in english} == {"Marfan syndrome"}


def test_every_written_form_and_a_system_but_no_other_system(client):
    assert history(client, "Orphanet_558") == history(client, "558", system="orpha")
    for code in ("FBN1", "Q87.4"):
        get(client, f"/v1/concepts/{code}/history", 400, code="invalid_parameter")
    get(client, "/v1/concepts/abc/history", 400, code="invalid_code")


def test_a_code_that_no_release_has(client):
    problem = get(client, "/v1/concepts/5588/history", 404, code="unknown_code")
    assert problem["nearest"] == ["558"]


def test_what_changed_is_what_a_comparison_of_both_releases_says(client):
    runtime = client.app.state.runtime
    compared = differences(runtime.snapshot("demo-2022"), runtime.snapshot("demo-2023"))
    expected = {code: {*kinds} & TOLD for code, kinds in compared.kinds.items() if {*kinds} & TOLD}
    codes = {*runtime.snapshot("demo-2022").concepts, *runtime.snapshot("demo-2023").concepts}
    items = {code: history(client, code)["items"][0] for code in codes}
    found = {code: {*each["changes"]} for code, each in items.items() if each["changes"]}
    assert found == expected
    assert len(found) > 10


def changing(day, name, **changes):
    """A year of an entity (100) and of the one above it, to which it may be moved (200)."""
    head = small_pack(day).entities[0]
    entity = Entity("100", {"fr": name}, **changes)
    edges = [("1", "200"), *([("200", "100")] if entity.active else [])]
    classification = Classification("146", "156265", {"fr": "Classification"}, (tree("1", edges),))
    return Pack(day, (head, Entity("200", {"fr": "Autre"}), entity), (classification,))


def test_each_change_has_its_name(register, own_home, start, tmp_path):
    subtype = {"type_id": displays.CLINICAL_SUBTYPE, "level_id": displays.SUBTYPE}
    moved = {"flag": displays.DEPRECATED, "redirection": moved_to("200")}
    years = [
        changing("2018-06-01", "Un", aggregation="100"),
        changing("2019-06-01", "Deux", aggregation="200", **subtype),
        changing("2020-06-01", "Deux", aggregation="200", **moved, **subtype),
    ]
    for number, year in enumerate(years):
        assert load_pack(register, tmp_path / str(number), year).state is State.CHECKED
    items = history(start(own_home), "100", release="2020")["items"]
    changes = {each["release"]: each["changes"] for each in items}
    assert changes == {
        "demo-2023": [],
        "demo-2022": ["removed"],
        "2020": ["status", "redirection"],
        "2019": ["level", "type", "renamed", "aggregation"],
        "2018": [],
    }
    target = {"kind": "moved_to", "target": "200", "label": "Autre"}
    assert [each["redirection"] for each in items] == [None, None, target, None, None]


@pytest.mark.parametrize("state", ["checked", "test", "archived"])
def test_a_release_that_waits_is_told_in_test_or_where_it_is_asked(
    register, own_home, start, tmp_path, state
):
    record = load_pack(register, tmp_path / "pack", small_pack("2030-06-01"))
    if state != "checked":
        register.move(record.id, State(state), actor="test")
    client = start(own_home)
    names = [each["release"] for each in history(client, "558")["items"]]
    assert names == [*(["2030"] if state == "test" else []), "demo-2023", "demo-2022"]
    if state == "checked":
        asked = history(client, "558", release="2030")["items"]
        assert [each["release"] for each in asked] == ["2030", *names]


def test_the_tag_changes_when_another_release_comes(register, own_home, start, tmp_path):
    client = start(own_home)
    before = client.get("/v1/concepts/558/history").headers["etag"]
    again = client.get("/v1/concepts/558/history", headers={"If-None-Match": before})
    assert again.status_code == 304
    load_pack(register, tmp_path / "pack", small_pack("2010-06-01"))
    client.app.state.runtime.refresh()
    after = client.get("/v1/concepts/558/history", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert [each["release"] for each in after.json()["items"]][-1] == "2010"


def test_a_sealed_release_is_read_once(register, own_home, start, monkeypatch):
    client = start(own_home)
    runtime = client.app.state.runtime
    read = []
    client.app.state.remembered = Remembered(runtime)  # nothing is read ahead
    snapshot = runtime.snapshot
    monkeypatch.setattr(runtime, "snapshot", lambda name: read.append(name) or snapshot(name))
    for code in ("558", "58", "398980"):
        history(client, code)
    assert sorted(read) == ["demo-2022", "demo-2023"]


def test_a_damaged_release_is_left_out(register, own_home, start, tmp_path, monkeypatch):
    client = start(own_home)
    runtime = client.app.state.runtime
    client.app.state.remembered = Remembered(runtime)  # nothing is read ahead
    snapshot = runtime.snapshot

    def damaged(name):
        if name == "demo-2022":
            raise DamagedRelease("abîmée", "damaged")
        return snapshot(name)

    monkeypatch.setattr(runtime, "snapshot", damaged)
    assert [each["release"] for each in history(client, "558")["items"]] == ["demo-2023"]
