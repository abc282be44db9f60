"""The real packs of 2022 and 2023, and the thin releases of 2019 and 2025, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import loaders
from ontologies.concept import Level, Status
from ontologies.differences import Differences, Facet, Kind, apply, differences
from ontologies.release import Snapshot
from tests.real.files import Pack
from thesaurus.settings import Settings
from thesaurus.store import Database, Register

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def register(complete_home: Path) -> Iterator[Register]:
    database = Database(Settings(home=complete_home).database)
    yield Register(database)
    database.dispose()


@pytest.fixture(scope="module")
def french_2022(register: Register) -> Snapshot:
    return register.snapshot("2022")


@pytest.fixture(scope="module")
def packs_2023(register: Register) -> Snapshot:
    """In French and English."""
    return register.snapshot("2023")


@pytest.fixture(scope="module")
def list_2025(real_data: Path) -> Snapshot:
    return loaders.load([real_data / "en_2025"])[0]


@pytest.fixture(scope="module")
def a_year(french_2022: Snapshot, packs_2023: Snapshot) -> Differences:
    return differences(french_2022, packs_2023)


@pytest.fixture(scope="module")
def to_2025(packs_2023: Snapshot, list_2025: Snapshot) -> Differences:
    return differences(packs_2023, list_2025)


FIGURES = {
    "added": 165,
    "removed": 1,
    "renamed": 149,
    "status": 58,
    "level": 13,
    "type": 15,
    "parents": 140,
    "synonyms": 146,
    "edges_added": 380,
    "edges_removed": 154,
}


def test_the_figures_of_the_domain_rules(a_year: Differences) -> None:
    """Domain rules, section 6; the file of 2022 has a stray byte in one of the 149 names."""
    assert {name: a_year.counts[name] for name in FIGURES} == FIGURES
    assert a_year.counts["redirections"] == 50
    preferred = [each for changes in a_year.changes.values() for each in changes.preferred]
    assert Counter(each.respelled for each in preferred) == {False: 148, True: 1}
    assert a_year.languages == ("fr",)
    assert {each.facet for each in a_year.not_compared} == {
        *(Facet.LABELS, Facet.DEFINITION, Facet.AGGREGATION, Facet.ALIGNMENTS),
    }


def test_the_files_read_a_second_time_say_the_same(
    a_year: Differences, packs: dict[str, Pack]
) -> None:
    """Facts and edges counted without any of our readers."""
    old, new = packs["fr_2022"], packs["fr_2023"]
    both = old.entities.keys() & new.entities.keys()
    assert a_year.added.keys() == new.entities.keys() - old.entities.keys()
    assert a_year.removed.keys() == old.entities.keys() - new.entities.keys()
    for kind, name in ((Kind.LEVEL, "level"), (Kind.TYPE, "type"), (Kind.REDIRECTION, None)):
        field = name or "redirection"
        told = {code for code, kinds in a_year.kinds.items() if kind in kinds}
        assert told == {
            code
            for code in both
            if getattr(old.entities[code], field) != getattr(new.entities[code], field)
        }
    edges = [
        {edge for tree in pack.edges.values() for edge in tree if edge[0]} for pack in (old, new)
    ]
    assert set(a_year.edges_added) == edges[1] - edges[0]
    assert set(a_year.edges_removed) == edges[0] - edges[1]


def test_the_route_gives_them(complete: TestClient) -> None:
    answer = complete.get("/v1/releases/2022/differences/2023", params={"limit": 5000})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert {name: found["counts"][name] for name in FIGURES} == FIGURES
    assert found["total"] == len(found["items"]) == 564
    assert found["filtered"]["parents"] == 140


def test_applied_to_2022_they_give_2023(
    french_2022: Snapshot, packs_2023: Snapshot, a_year: Differences
) -> None:
    again = apply(french_2022, a_year)
    assert facts(again) == facts(packs_2023)
    back = differences(packs_2023, french_2022)
    assert facts(apply(packs_2023, back)) == facts(french_2022)


def facts(snapshot: Snapshot) -> dict[str, Any]:
    """What both years say: not the aggregation, of which 2022 says less."""
    found: dict[str, Any] = {
        each.code: (
            each.status,
            each.level,
            each.type,
            {(label.kind, label.text) for label in each.labels if label.lang == "fr"},
            each.redirection,
        )
        for each in snapshot
    }
    return found | {
        f"tree {key}": (set(each.roots), set(each.edges))
        for key, each in snapshot.classifications.items()
    }


def test_codes_that_are_named_in_the_description_of_the_data(
    a_year: Differences, to_2025: Differences
) -> None:
    assert list(a_year.removed) == ["398980"]
    assert to_2025.added["398980"].status is Status.OBSOLETE  # it came back, inactive
    cowden = to_2025.changes["201"].level
    assert cowden
    assert (cowden.before, cowden.after) == (Level.DISORDER, Level.SUBTYPE)


def test_2023_to_the_list_of_2025(to_2025: Differences, list_2025: Snapshot) -> None:
    counts = to_2025.counts
    assert (counts["added"], counts["removed"]) == (400, 6)
    assert (counts["newly_inactive"], counts["reactivated"]) == (92, 7)
    inactive = {
        code: list_2025.concepts[code]
        for code, changes in to_2025.changes.items()
        if changes.status and changes.status.before.is_active and not changes.status.after.is_active
    }
    targets = {code: each.redirection.target for code, each in inactive.items() if each.redirection}
    assert len(inactive) == 92
    assert targets["202"] == "123"
    assert all(list_2025.concepts[target].status.is_active for target in targets.values())
    assert all(each.redirection or each.status is Status.OBSOLETE for each in inactive.values())


def test_what_the_list_of_2025_does_not_say_is_no_change(to_2025: Differences) -> None:
    for name in ("type", "parents", "edges_added", "edges_removed", "definitions", "aggregations"):
        assert to_2025.counts[name] == 0
    assert to_2025.languages == ("en",)
    unknown = {each.facet: each.entities for each in to_2025.not_compared}
    assert unknown.keys() == set(Facet) - {Facet.LEVEL}
    assert unknown[Facet.CODES] == 138  # entities that are not rare in Europe
    assert not any(each.status is Status.NON_RARE for each in to_2025.removed.values())


def test_classifications_alone(real_data: Path, french_2022: Snapshot) -> None:
    """2019: no inactive entity, no synonym, three classifications absent."""
    old = loaders.load([real_data / "classifications_2019_fr"])[0]
    found = differences(old, french_2022)
    assert all(each.status.is_active for each in found.added.values())
    assert found.counts["synonyms"] == 0
    assert {each.id for each in found.classifications_removed} == {"149", "229"}
    assert not found.classifications_added
    missing = next(each for each in found.not_compared if each.facet is Facet.CLASSIFICATIONS)
    assert "147, 156, 235" in missing.reason.fr
