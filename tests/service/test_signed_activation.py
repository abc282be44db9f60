"""Activation may demand that somebody signed what becomes of the codes."""

from pathlib import Path

import pytest

from ontologies.errors import Conflict
from tests.builders import load_pack, small_pack
from thesaurus import releases
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Register, State
from thesaurus.transcoding import deciding
from thesaurus.transcoding.ways import Ways


@pytest.fixture
def years(register: Register, tmp_path: Path) -> Register:
    """2022 is active, 2023 waits; one code of 2022 has another name in 2023."""
    load_pack(register, tmp_path / "a", small_pack("2022-06-14"), activate=True)
    load_pack(register, tmp_path / "b", small_pack("2023-06-21", label="Syndrome"))
    return register


def signed(register: Register, source: str, target: str) -> None:
    runtime = Runtime(register)
    runtime.refresh()
    ways = Ways(runtime, register.database)
    deciding.sign(ways, ways.between(source, target), actor="Anne")


def reopen(register: Register) -> None:
    runtime = Runtime(register)
    runtime.refresh()
    ways = Ways(runtime, register.database)
    deciding.reopen(ways, "2022", "2023", actor="Anne", why="oubli")


def active(register: Register) -> str:
    found = register.active()
    assert found
    return found.id


def test_an_unsigned_table_keeps_the_active_release(years: Register) -> None:
    with pytest.raises(Conflict, match="transcoding sign 2022 2023"):
        releases.activate(years, "2023", actor="test", signed=True)
    assert active(years) == "2022"


def test_a_signed_one_lets_the_next_in(years: Register) -> None:
    signed(years, "2022", "2023")
    releases.activate(years, "2023", actor="test", signed=True)
    assert active(years) == "2023"


def test_force_goes_against_it_and_the_history_says_so(years: Register) -> None:
    record = releases.activate(
        years, "2023", actor="test", reason="urgent", signed=True, force=True
    )
    assert record.state is State.ACTIVE
    assert record.history[-1].reason == "urgent (--force : transcodage non signé)"


def test_a_table_that_was_reopened_counts_no_more(years: Register) -> None:
    signed(years, "2022", "2023")
    reopen(years)
    with pytest.raises(Conflict):
        releases.activate(years, "2023", actor="test", signed=True)


def test_the_first_release_and_a_roll_back_need_no_table(
    register: Register, tmp_path: Path
) -> None:
    load_pack(register, tmp_path / "a", small_pack("2022-06-14"))
    releases.activate(register, "2022", actor="test", signed=True)
    load_pack(register, tmp_path / "b", small_pack("2023-06-21", label="x"), activate=True)
    releases.activate(register, "2022", actor="test", signed=True)
    assert active(register) == "2022"


def test_one_that_was_gone_back_from_needs_its_table_again(years: Register) -> None:
    signed(years, "2022", "2023")
    releases.activate(years, "2023", actor="test", signed=True)
    releases.roll_back(years, actor="test")
    reopen(years)
    with pytest.raises(Conflict, match="transcoding sign 2022 2023"):
        releases.activate(years, "2023", actor="test", signed=True)
    signed(years, "2022", "2023")
    releases.activate(years, "2023", actor="test", signed=True)
    assert active(years) == "2023"


def test_a_patch_with_the_same_date_needs_a_table(years: Register, tmp_path: Path) -> None:
    releases.activate(years, "2023", actor="test")
    load_pack(years, tmp_path / "c", small_pack("2023-06-21", label="Autre"), release="2023.1")
    with pytest.raises(Conflict, match=r"transcoding sign 2023 2023\.1"):
        releases.activate(years, "2023.1", actor="test", signed=True)
    signed(years, "2023", "2023.1")
    releases.activate(years, "2023.1", actor="test", signed=True)
    releases.activate(years, "2023", actor="test", signed=True)
    assert active(years) == "2023"


def test_a_table_that_is_reopened_while_the_release_is_tried_counts_no_more(
    years: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(years, "2022", "2023")
    monkeypatch.setattr(releases, "open_release", lambda register, _: reopen(register))
    with pytest.raises(Conflict, match="transcoding sign 2022 2023"):
        releases.activate(years, "2023", actor="test", signed=True)
    assert active(years) == "2022"


def test_without_the_demand_nothing_is_asked(years: Register, database: Database) -> None:
    releases.activate(years, "2023", actor="test")
    assert active(years) == "2023"
