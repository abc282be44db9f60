"""Which release is answered, and how a newly activated one takes over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from ontologies.errors import DamagedRelease, InvalidRequest, NoActiveRelease, UnknownRelease
from tests.builders import load_pack, small_pack
from thesaurus import lookup, releases
from thesaurus.runtime import Open, Runtime
from thesaurus.store import Database, Register, State


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """SQLite is enough here: the register is tested on both."""
    opened = Database(f"sqlite:///{tmp_path / 'register.sqlite3'}")
    opened.upgrade()
    yield opened
    opened.dispose()


@pytest.fixture
def runtime(register: Register, tmp_path: Path) -> Runtime:
    """2021 and 2022 loaded, 2022 active, 2023 waiting, a draft of 2024."""
    for day in ("2021-06-21", "2022-06-21", "2023-06-21"):
        load_pack(register, tmp_path / day, small_pack(day), activate=day.startswith("2022"))
    odd = small_pack("2024-06-21", codes=("7",))
    pack = type(odd)(odd.date, odd.entities, ())
    load_pack(register, tmp_path / "draft", pack)
    found = Runtime(register, keep=2)
    found.refresh()
    return found


def test_the_active_release_answers_by_default(runtime: Runtime) -> None:
    assert runtime.at().id == "2022"
    assert runtime.current() is runtime.at()


@pytest.mark.parametrize("name", ["2021", "2022", "2023"])
def test_any_release_answers_by_name(runtime: Runtime, name: str) -> None:
    assert runtime.at(name).id == name
    assert runtime.at(name).snapshot.release.id == name


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-06-21", "2021"),
        ("2022-06-20", "2021"),
        ("2022-06-21", "2022"),
        ("2022-12-01", "2022"),
        # 2023 waits for its activation: it is answered by name only.
        ("2023-12-01", "2022"),
        ("2031-01-01", "2022"),
    ],
)
def test_a_date_gives_the_release_of_that_day(runtime: Runtime, day: str, expected: str) -> None:
    assert runtime.at(as_of=dt.date.fromisoformat(day)).id == expected


def test_a_patch_that_nobody_activated_does_not_answer_dates(
    runtime: Runtime, register: Register, tmp_path: Path
) -> None:
    for number, day in enumerate(("2022-06-21", "2022-09-01", "2021-06-21")):
        load_pack(register, tmp_path / f"patch-{number}", small_pack(day, label=f"P{number}"))
    runtime.refresh()
    assert runtime.at("2022.2").id == "2022.2"
    for day in ("2022-06-21", "2022-12-01", "2031-01-01"):
        assert runtime.at(as_of=dt.date.fromisoformat(day)).id == "2022"


def test_a_damaged_release_that_nobody_asks_harms_nobody(
    database: Database, register: Register, tmp_path: Path
) -> None:
    load_pack(register, tmp_path / "a", small_pack("2022-06-21"), activate=True)
    load_pack(register, tmp_path / "b", small_pack("2023-06-21", codes=("7",)))
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE release SET format = 99 WHERE version = '2023'"))
    runtime = Runtime(register)
    runtime.refresh()
    assert runtime.current().id == "2022"
    assert runtime.presence().holding("7") == ()
    with pytest.raises(DamagedRelease):
        runtime.at("2023")


def test_a_damaged_active_release_does_not_hide_the_others(
    database: Database, register: Register, tmp_path: Path
) -> None:
    load_pack(register, tmp_path / "a", small_pack("2022-06-21"), activate=True)
    load_pack(register, tmp_path / "b", small_pack("2023-06-21"), activate=True)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE release SET format = 99 WHERE version = '2023'"))
    restarted = Runtime(register)
    with pytest.raises(DamagedRelease):
        restarted.refresh()
    assert [record.id for record in restarted.records] == ["2022", "2023"]
    assert restarted.at("2022").id == "2022"
    with pytest.raises(NoActiveRelease):
        restarted.current()


def test_a_date_before_all_data_is_refused(runtime: Runtime) -> None:
    with pytest.raises(UnknownRelease, match="2021") as refused:
        runtime.at(as_of=dt.date(2020, 1, 1))
    oldest = runtime.records[0].release.date
    for said in refused.value.message:
        assert "2020-01-01" in said
        assert str(oldest) in said


def test_name_and_date_together_are_refused(runtime: Runtime) -> None:
    with pytest.raises(InvalidRequest):
        runtime.at("2022", dt.date(2022, 1, 1))


def test_archived_releases_are_not_answered(runtime: Runtime, register: Register) -> None:
    register.move("2021", State.ARCHIVED, actor="ana")
    runtime.refresh()
    with pytest.raises(UnknownRelease):
        runtime.at("2021")


def former(opened: Open) -> list[tuple[str, str | None]]:
    """What the former name "Ancien nom 558" finds: codes, each with the release that had it."""
    hits = lookup.suggestions(opened, "ancien nom 558").hits
    return [(hit.code, hit.match.source) for hit in hits if hit.match.kind == "former"]


@pytest.fixture
def renamed(register: Register, tmp_path: Path) -> Runtime:
    """2021 had other names than 2022, which is active; 2023 was never activated."""
    load_pack(register, tmp_path / "a", small_pack("2021-06-21", label="Ancien nom"), activate=True)
    load_pack(register, tmp_path / "b", small_pack("2022-06-21"), activate=True)
    load_pack(register, tmp_path / "c", small_pack("2023-06-21"))
    found = Runtime(register)
    found.refresh()
    return found


def test_names_of_an_archived_release_are_former_ones_no_more(
    renamed: Runtime, register: Register
) -> None:
    before, digest = renamed.current(), renamed.current().digest
    assert former(before) == [("558", "2021")]
    register.move("2021", State.ARCHIVED, actor="ana")
    assert renamed.current() is before, "the register was not looked at since"
    assert renamed.refresh() is True
    assert former(renamed.current()) == []
    assert renamed.current().digest != digest, "no ETag of before is good any more"
    assert former(before) == [("558", "2021")], "a request that runs keeps what it has"


def test_names_of_a_release_that_comes_back_are_former_ones_again(
    renamed: Runtime, register: Register
) -> None:
    digest = renamed.current().digest
    for state in (State.ARCHIVED, State.SUPERSEDED):
        register.move("2021", state, actor="ana")
        renamed.refresh()
    assert former(renamed.current()) == [("558", "2021")]
    assert renamed.current().digest == digest


def test_names_of_an_archived_release_leave_those_that_are_asked_by_name(
    renamed: Runtime, register: Register
) -> None:
    assert former(renamed.at("2023")) == [("558", "2021")]
    register.move("2021", State.ARCHIVED, actor="ana")
    renamed.refresh()
    assert former(renamed.at("2023")) == []


def test_without_an_active_release_nothing_is_answered(register: Register) -> None:
    runtime = Runtime(register)
    assert runtime.refresh() is False
    with pytest.raises(NoActiveRelease):
        runtime.at()


def test_an_activation_is_followed_and_the_old_answer_stays_whole(
    runtime: Runtime, register: Register
) -> None:
    before = runtime.current()
    releases.activate(register, "2023", actor="ana")
    assert runtime.current() is before
    assert runtime.refresh() is True
    assert runtime.current().id == "2023"
    assert before.snapshot.release.id == "2022"
    assert runtime.opened("2022") is before, "last year's release stays open"
    assert runtime.refresh() is False


def test_only_so_many_releases_stay_open(
    runtime: Runtime, register: Register, tmp_path: Path
) -> None:
    for day in ("2018-06-21", "2019-06-21", "2020-06-21"):
        load_pack(register, tmp_path / day, small_pack(day))
    runtime.refresh()
    for name in ("2018", "2019", "2020"):
        runtime.at(name)
    assert runtime.opened("2018") is None
    assert runtime.opened("2019") is not None
    assert runtime.opened("2020") is not None


def test_a_release_that_does_not_open_leaves_the_served_one(
    runtime: Runtime, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases.activate(register, "2023", actor="ana")

    def damaged(*_: object) -> None:
        raise DamagedRelease("abîmée", "damaged")

    monkeypatch.setattr(register, "snapshot", damaged)
    with pytest.raises(DamagedRelease):
        runtime.refresh()
    assert runtime.current().id == "2022"


def test_presence_knows_codes_of_every_release(runtime: Runtime) -> None:
    assert runtime.presence().holding("7") == ("2024",)
    assert runtime.presence().holding("558") == ("2021", "2022", "2023")
    assert runtime.presence().holding("0") == ()


def test_following_survives_a_register_that_is_away(
    runtime: Runtime, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise ConnectionError

    monkeypatch.setattr(register, "records", away)
    runtime.start()
    runtime.stop()
    assert runtime.current().id == "2022"


def test_a_release_is_warm_before_it_is_served_in_place_of_another(
    runtime: Runtime, register: Register
) -> None:
    """The first text after a swap must not wait for what a start leaves for later."""
    assert not _is_warm(runtime.current())
    assert _is_warm(runtime.at("2021"))
    releases.activate(register, "2023", actor="test")
    assert runtime.refresh()
    assert _is_warm(runtime.current())


def _is_warm(release: Open) -> bool:
    return "sounds" in vars(release.index.vocabulary)
