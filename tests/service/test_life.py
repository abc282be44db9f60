"""The life of releases over a year: windows, patches, roll-backs, and the history of it all."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from ontologies.errors import Conflict, InvalidRequest, UnknownRelease
from ontologies.release import ORPHANET, Release
from tests.builders import load_pack, small_pack
from thesaurus import releases
from thesaurus.history import history
from thesaurus.patches import free_id, patch_of
from thesaurus.presence import Presence
from thesaurus.runtime import Runtime
from thesaurus.store import Record, Register, State

TODAY = dt.datetime.now(dt.UTC).date()
LATER = TODAY + dt.timedelta(days=60)
LATEST = TODAY + dt.timedelta(days=90)


@pytest.fixture
def year(register: Register, tmp_path: Path) -> Register:
    """2023 active; 2024 and its patch 2024.1, and what comes after, wait."""
    days = ("2023-06-21", "2024-06-21", "2024-09-01", "2024-10-01", "2022-06-21")
    for number, day in enumerate(days):
        pack = small_pack(day, label=f"Maladie {number}")
        load_pack(register, tmp_path / day, pack, activate=number == 0)
    return register


def windows(register: Register) -> dict[str, dt.date]:
    return {each.id: each.accepted_until for each in register.records() if each.accepted_until}


def states(register: Register) -> dict[str, str]:
    return {each.id: each.state.value for each in register.records()}


def taken_until(register: Register, days: int) -> dict[str, dt.date | None]:
    """Until when each release is taken by a profile of the check that gives so many days."""
    presence = Presence((), register.records())
    return {each.id: presence.last_day(each.id, days) for each in register.records()}


# -- the window ----------------------------------------------------------------------------------


def test_an_activation_gives_the_release_that_is_left_its_window(year: Register) -> None:
    active = releases.activate(year, "2024", actor="ana", accepted_until=LATER)
    assert active.accepted_until is None
    assert windows(year) == {"2023": LATER}
    left = year.record("2023")
    assert left.history[-1].reason == f"→ 2024 (admise jusqu'au {LATER})"


def test_a_patch_does_not_end_the_window_of_last_years_release(year: Register) -> None:
    releases.activate(year, "2024", actor="ana", accepted_until=LATEST)
    releases.activate(year, "2024.1", actor="ana", accepted_until=LATER)
    assert windows(year) == {"2023": LATEST, "2024": LATER}
    until = taken_until(year, 10)
    assert (until["2023"], until["2024"]) == (LATEST, LATER)


def test_nor_does_it_where_the_profile_says_how_long(year: Register) -> None:
    for version in ("2024", "2024.1"):
        releases.activate(year, version, actor="ana")
    tenth = TODAY + dt.timedelta(days=10)
    until = taken_until(year, 10)
    assert (until["2023"], until["2024"]) == (tenth, tenth)
    assert until["2022"] is None, "it is of the year before"
    releases.activate(year, "2024.2", actor="ana")
    until = taken_until(year, 10)
    assert [until[name] for name in ("2023", "2024", "2024.1")] == [tenth] * 3


def test_last_years_patch_is_taken_and_not_what_it_corrected(
    register: Register, tmp_path: Path
) -> None:
    for day in ("2023-06-21", "2023-09-01", "2024-06-21"):
        load_pack(register, tmp_path / day, small_pack(day, label=day), activate=True)
    until = taken_until(register, 10)
    assert until["2023"] is None
    assert until["2023.1"] == TODAY + dt.timedelta(days=10)


def test_a_window_is_changed_and_taken_back(year: Register) -> None:
    releases.activate(year, "2024", actor="ana", accepted_until=LATER)
    changed = releases.accept_until(year, "2023", LATEST, actor="bob", reason="sites en retard")
    last = changed.history[-1]
    assert changed.accepted_until == LATEST
    assert (last.actor, last.from_state, last.to_state) == ("bob", "superseded", "superseded")
    assert last.reason == f"admise jusqu'au {LATEST} : sites en retard"
    assert releases.accept_until(year, "2023", None, actor="bob").accepted_until is None
    assert taken_until(year, 10)["2023"] == TODAY + dt.timedelta(days=10)


def test_a_day_that_is_gone_ends_a_window(year: Register) -> None:
    releases.activate(year, "2024", actor="ana")
    yesterday = TODAY - dt.timedelta(days=1)
    releases.accept_until(year, "2023", yesterday, actor="ana")
    assert taken_until(year, 180)["2023"] == yesterday


@pytest.mark.parametrize("version", ["2023", "2024"])
def test_only_superseded_releases_have_a_window(year: Register, version: str) -> None:
    before = year.records()
    with pytest.raises(Conflict):
        releases.accept_until(year, version, LATER, actor="ana")
    with pytest.raises(UnknownRelease):
        releases.accept_until(year, "1999", LATER, actor="ana")
    assert year.records() == before


def test_a_window_that_ended_before_it_began_activates_nothing(year: Register) -> None:
    with pytest.raises(InvalidRequest):
        releases.activate(year, "2024", actor="ana", accepted_until=TODAY - dt.timedelta(days=1))
    assert states(year)["2023"] == "active"


def test_datasets_have_no_window(register: Register) -> None:
    other = register.of("hpo")
    with pytest.raises(InvalidRequest):
        releases.accept_until(other, "2023", LATER, actor="ana")
    with pytest.raises(InvalidRequest):
        releases.activate(other, "2023", actor="ana", accepted_until=LATER)


def test_an_archived_release_shows_no_window_until_it_is_back(year: Register) -> None:
    releases.activate(year, "2024", actor="ana", accepted_until=LATER)
    year.move("2023", State.ARCHIVED, actor="ana")
    assert windows(year) == {}
    year.move("2023", State.SUPERSEDED, actor="ana")
    assert windows(year) == {"2023": LATER}


def test_a_running_service_follows_a_window_without_opening_anything(year: Register) -> None:
    releases.activate(year, "2024", actor="ana")
    runtime = Runtime(year)
    runtime.refresh()
    served = runtime.current()
    releases.accept_until(year, "2023", LATER, actor="ana")
    assert runtime.refresh() is False
    assert runtime.current() is served
    assert runtime.presence(served).last_day("2023", 1) == LATER


# -- roll-backs ----------------------------------------------------------------------------------


def test_a_roll_back_takes_the_window_back_and_gives_none(year: Register) -> None:
    releases.activate(year, "2024", actor="ana", accepted_until=LATER)
    active = releases.roll_back(year, actor="ana", reason="libellé faux")
    assert (active.id, windows(year)) == ("2023", {})
    with year.database.engine.connect() as connection:
        asked = text("SELECT count(*) FROM release WHERE accepted_until IS NOT NULL")
        assert connection.scalar(asked) == 0, "nor does the table say another thing"
    releases.activate(year, "2024", actor="ana")
    releases.roll_back(year, actor="ana", accepted_until=LATER)
    assert windows(year) == {"2024": LATER}


def test_roll_backs_over_a_patch_and_a_year(year: Register) -> None:
    releases.activate(year, "2024", actor="ana", accepted_until=LATEST)
    releases.activate(year, "2024.1", actor="ana", accepted_until=LATER)
    assert releases.roll_back(year, actor="ana").id == "2024"
    assert windows(year) == {"2023": LATEST}, "last year's release is not concerned"
    assert releases.roll_back(year, actor="ana").id == "2023"
    assert windows(year) == {}
    with pytest.raises(Conflict, match="2023"):
        releases.roll_back(year, actor="ana")
    assert releases.activate(year, "2024.2", actor="ana").id == "2024.2"
    assert releases.roll_back(year, actor="ana").id == "2023"


def test_a_dataset_rolls_back_by_itself(register: Register, tmp_path: Path) -> None:
    load_pack(register, tmp_path, small_pack(), activate=True)
    names = register.of("mondo-rare")
    for number, day in enumerate(("2023-08-07", "2024-08-07", "2025-08-07")):
        path = tmp_path / f"names_{day}.tsv"
        path.write_text(f"ID\tLABEL\tSYNONYMS\nMONDO:0007947\tMarfan {number}\t\n", "utf-8")
        releases.activate(names, releases.load(register, [path], actor="ana").record.id, actor="a")
    assert releases.roll_back(names, actor="ana").id == "2024-08-07"
    assert releases.roll_back(names, actor="ana").id == "2023-08-07"
    assert states(names) == {
        "2023-08-07": "active",
        "2024-08-07": "superseded",
        "2025-08-07": "superseded",
    }
    assert states(register)["2023"] == "active"


# -- patches -------------------------------------------------------------------------------------


def corrected(register: Register) -> dict[str, str | None]:
    records = register.records()
    return {each.id: patch_of(each, records) for each in records}


def test_a_patch_says_which_release_it_corrects(year: Register) -> None:
    assert corrected(year) == {
        "2022": None,
        "2023": None,
        "2024": None,
        "2024.1": "2024",
        "2024.2": "2024.1",
    }


def record(name: str, year: int, system: str = ORPHANET) -> Record:
    return Record(Release(name, dt.date(year, 6, 21), ("fr",), system=system), State.CHECKED, ())


@pytest.mark.parametrize(
    "name", ["1999.1", "2023.", "2023.01", "2023.0", "2023.²", "2023." + "9" * 35, "x.1", "2023"]
)
def test_an_id_that_looks_like_a_patch_is_none(name: str) -> None:
    known = (record("1999", 2001), record("2023", 2023), record("x", 2023, "hpo"))
    assert patch_of(record(name, 2023), known) is None


@given(st.text("2023.", min_size=1, max_size=40), st.integers(1, 12))
def test_each_patch_corrects_the_one_before_it(version: str, number: int) -> None:
    line: list[Record] = []
    for _ in range(number):
        line.append(record(free_id(version, line), 2023))
    assert [patch_of(each, line) for each in line[1:]] == [each.id for each in line[:-1]]
    assert all(len(each.id) <= 40 for each in line)


def test_no_release_takes_the_address_of_the_history(register: Register, tmp_path: Path) -> None:
    with pytest.raises(InvalidRequest):
        load_pack(register, tmp_path, small_pack(), release="history")


# -- the history ---------------------------------------------------------------------------------


def told(register: Register, **asked: object) -> list[tuple[str, str | None, str]]:
    found = history(register.records(), register.records(), **asked)  # type: ignore[arg-type]
    return [(each.release, each.from_state, each.to_state) for each in found.items]


def test_the_history_tells_it_in_order(year: Register) -> None:
    before = history(year.records(), year.records()).total
    releases.activate(year, "2024", actor="ana", reason="bascule nationale", accepted_until=LATER)
    releases.accept_until(year, "2023", LATEST, actor="bob")
    releases.roll_back(year, actor="eve", reason="libellé faux")
    assert told(year)[: -before or None] == [
        ("2023", "superseded", "active"),
        ("2024", "active", "superseded"),
        ("2023", "superseded", "superseded"),
        ("2024", "checked", "active"),
        ("2023", "active", "superseded"),
    ]
    found = history(year.records(), year.records(), limit=2)
    assert (found.release, found.total, len(found.items)) == ("2023", before + 5, 2)
    assert found.items[0].actor == "eve"
    assert found.items[0].reason == "libellé faux"


def test_the_history_of_one_release_and_of_some_days(year: Register) -> None:
    assert {release for release, *_ in told(year, release="2024")} == {"2024"}
    assert told(year, since=TODAY + dt.timedelta(days=1)) == []
    assert len(told(year, since=TODAY)) == len(told(year))


# -- at once -------------------------------------------------------------------------------------


def test_activations_at_once_leave_one_active_and_each_other_its_window(year: Register) -> None:
    versions = ["2024", "2024.1", "2024.2"]
    meet = threading.Barrier(len(versions), timeout=30)

    def activate(version: str) -> None:
        meet.wait()
        releases.activate(year, version, actor=version, accepted_until=LATER)

    with ThreadPoolExecutor(len(versions)) as pool:
        list(pool.map(activate, versions))
    found = [states(year)[each] for each in ("2023", *versions)]
    assert sorted(found) == ["active", "superseded", "superseded", "superseded"]
    assert len(windows(year)) == 3
    assert ordered(year)


def test_two_roll_backs_at_once_go_back_once_or_twice_and_never_halfway(year: Register) -> None:
    for version in ("2024", "2024.1"):
        releases.activate(year, version, actor="ana")

    def roll_back(actor: str) -> bool:
        try:
            releases.roll_back(year, actor=actor)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        went = sum(pool.map(roll_back, ("bob", "eve")))
    active = [name for name, state in states(year).items() if state == "active"]
    assert active == {1: ["2024"], 2: ["2023"]}[went]
    assert ordered(year)


def ordered(register: Register) -> bool:
    """Tell whether the steps, in their order, never make two releases active."""
    steps = told(register)[::-1]
    active = 0
    for _, before, after in steps:
        active += _counts(after) - _counts(before)
        if active not in (0, 1):
            return False
    return active == 1


def _counts(state: str | None) -> int:
    return int(state == State.ACTIVE)
