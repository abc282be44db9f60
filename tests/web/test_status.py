"""The status page answers whatever is away, and names nothing of the machine."""

import threading

import pytest

from ontologies.errors import DamagedRelease, DatabaseUnavailable
from tests.api.asking import get
from tests.api.serving import until
from tests.web.seeing import see
from thesaurus import __version__
from thesaurus.searchable import IndexUnavailable
from thesaurus.store import Register
from thesaurus.web import status
from thesaurus.web.texts import CATALOGUE


def fact(seen, name):
    return seen.text(f"//dt[normalize-space()='{name}']/following-sibling::dd[1]")


def notice(seen):
    return seen.text("//p[@role='status'][contains(@class, 'notice')]")


@pytest.fixture
def indexed(client):
    """The service once its search index is there."""
    until(lambda: client.get("/v1/search?q=marfan").status_code == 200, 30)
    return client


def test_all_is_well(indexed):
    seen = see(indexed, "/status")
    assert notice(seen) == "Le service fonctionne."
    assert seen.texts("//ul[@class='checks']/li") == [
        "bon Une version répond.",
        "bon La base de données répond.",
        "bon L'index de recherche est prêt.",
    ]


def test_the_active_release_is_that_of_the_api(client):
    release = get(client, "/v1/releases/demo-2023", 200)
    seen = see(client, "/status?lang=en")
    assert fact(seen, "Release").startswith("demo-2023 (active)")
    assert fact(seen, "Data of") == release["date"]
    assert fact(seen, "Languages") == ", ".join(release["languages"])
    assert fact(seen, "Licence") == release["licence"]
    assert fact(seen, "Entities") == str(release["counts"]["entities"])
    assert fact(seen, "Classifications") == str(release["counts"]["classifications"])
    assert fact(seen, "Version of the program") == __version__


def test_active_entities_are_counted_by_level(indexed):
    answer = get(indexed, "/v1/search", 200, q="status:active OR status:active_historic")
    levels = answer["facets"]["level"]
    assert len(levels) == 3
    seen = see(indexed, "/status")
    for each in levels:
        name = f"Entités actives, {each['label'][0].lower()}{each['label'][1:]}"
        assert fact(seen, name) == str(each["count"])


def test_datasets_are_those_of_the_register(client):
    listed = get(client, "/v1/releases", 200, system="all")["items"]
    active = [each for each in listed if each["state"] == "active" and each["system"] != "orphanet"]
    rows = see(client, "/status").rows("Données chargées")
    assert len(rows) == len(active) > 3
    for row, each in zip(rows, active, strict=True):
        assert row[0].endswith(each["system"])
        assert (row[1], row[5]) == (each["id"], each["licence"] or "–")


def test_every_unit_has_words():
    assert all(f"status.size_{each}" in CATALOGUE for each in status.SIZES)


def test_systems_are_those_of_the_api(client):
    systems = get(client, "/v1/systems", 200)["items"]
    rows = see(client, "/status?lang=en").rows("Code systems")
    assert [(row[1], row[3], row[4]) for row in rows] == [
        (each["prefix"], f"{each['concepts']:,}", f"{each['aligned']:,}")
        for each in systems
        if each["concepts"] or each["aligned"]
    ]


def test_machines_are_told_where_to_ask(client):
    links = see(client, "/status").all("//ul[@class='machines']//a/@href")
    assert links == ["/health/live", "/health/ready", "/metrics"]
    assert all(client.get(each).status_code == 200 for each in links)


def test_without_a_release_it_says_so(tmp_path, start):
    seen = see(start(tmp_path / "empty"), "/status", 503)
    assert "aucune version n'est active" in notice(seen)
    assert "en panne" in seen.text("//ul[@class='checks']")
    assert "Rien d'autre n'est chargé." in seen.text()


def test_with_the_data_base_away_it_serves_and_warns(client, monkeypatch):
    def away(_register):
        raise DatabaseUnavailable("postgresql://secret-host/thesaurus", "connection refused")

    monkeypatch.setattr(Register, "active", away)
    seen = see(client, "/status")
    assert "avec une réserve" in notice(seen)
    assert "La base de données ne répond pas" in seen.text()
    assert "secret-host" not in seen.response.text


def test_a_data_base_that_hangs_is_not_waited_for(client, monkeypatch):
    free = threading.Event()
    monkeypatch.setattr(Register, "active", lambda _register: free.wait(20))
    monkeypatch.setattr(status, "_PATIENCE_SECONDS", 0.05)
    try:
        for _ in range(4):  # more than may wait at once
            assert "La base de données ne répond pas" in see(client, "/status").text()
        assert client.get("/v1/concepts/558").status_code == 200
    finally:
        free.set()


def test_a_search_index_that_cannot_be_built_is_a_reservation(client, monkeypatch):
    def fail(_release):
        raise IndexUnavailable("No space left on /secret/folder")

    monkeypatch.setattr(client.app.state.searchable, "of", fail)
    seen = see(client, "/status")
    assert "ne peut pas être construit" in seen.text()
    assert "/secret" not in seen.response.text


def test_a_dataset_that_cannot_be_read_is_named(own_home, register, start, monkeypatch):
    broken = "orphanet-genes"
    datasets = type(register).dataset

    def damaged(self, *asked):
        if self.system == broken:
            raise DamagedRelease("abîmé", "damaged")
        return datasets(self, *asked)

    monkeypatch.setattr(Register, "dataset", damaged)
    seen = see(start(own_home), "/status")
    (row,) = [each for each in seen.rows("Données chargées") if broken in each[0]]
    assert "laissé de côté" in row[0]
    assert "avec une réserve" in notice(seen)


def test_a_sandbox_says_so(own_home, start):
    assert "Bac à sable" in see(start(own_home, sandbox=True), "/status").text()


def test_releases_that_are_open_are_counted(own_home, start):
    client = start(own_home)
    name = "Versions ouvertes dans ce processus"
    assert fact(see(client, "/status"), name) == "1 (demo-2023)"
    get(client, "/v1/concepts/558", 200, release="demo-2022")
    assert fact(see(client, "/status"), name) == "2 (demo-2023, demo-2022)"


def test_nothing_is_kept(client):
    response = see(client, "/status", headers={"If-None-Match": "*"}).response
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_a_reader_of_an_open_release_stays_there(client):
    get(client, "/v1/concepts/558", 200, release="demo-2022")
    links = see(client, "/status?release=demo-2022").all("//nav//a/@href")
    assert all("release=demo-2022" in each for each in links)
    see(client, "/status?release=none", 404)


def test_nothing_of_the_machine_is_told(client, demonstration_home):
    text = see(client, "/status").response.text
    assert str(demonstration_home) not in text
    assert "sqlite" not in text
