"""The register, the same behaviour on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

import loaders
from ontologies.errors import Conflict, DamagedRelease, DatabaseUnavailable, UnknownRelease
from ontologies.release import Snapshot
from tests.builders import small_pack
from tests.conftest import DEMONSTRATION
from tests.packs.writer import write_pack
from thesaurus.store import Database, Record, Register, State, content
from thesaurus.store.models import Base


@pytest.fixture(scope="module")
def demonstration() -> Snapshot:
    snapshot, _ = loaders.load([DEMONSTRATION / "2023"])
    return snapshot


def write(
    register: Register, snapshot: Snapshot, version: str = "2023", state: State = State.CHECKED
) -> Record:
    digest, parts = content.encode(snapshot)
    release = replace(snapshot.release, id=version, digest=digest)
    return register.write(release, parts, {"report": "yes"}, state=state, actor="ana")


def test_a_release_comes_back_as_it_was_written(
    register: Register, demonstration: Snapshot
) -> None:
    record = write(register, demonstration)
    back = register.snapshot("2023")
    assert list(back) == list(demonstration)
    assert back.classifications == demonstration.classifications
    assert back.release == record.release
    assert back.release.sources == demonstration.release.sources
    assert register.report("2023") == {"report": "yes"}
    assert register.flags("2023") == {each.code: each.flag for each in demonstration}


def test_the_digest_depends_on_the_content_alone(demonstration: Snapshot) -> None:
    other = demonstration.under(replace(demonstration.release, id="x", counts={}))
    assert content.encode(other)[0] == content.encode(demonstration)[0]
    fewer = Snapshot(demonstration.release, list(demonstration)[1:], ())
    assert content.encode(fewer)[0] != content.encode(demonstration)[0]


def test_history_says_who_did_what_when(register: Register, demonstration: Snapshot) -> None:
    write(register, demonstration)
    register.move("2023", State.TEST, actor="bob", reason="for vendors")
    record = register.move("2023", State.ACTIVE, actor="eve")
    steps = [(each.actor, each.from_state, each.to_state, each.reason) for each in record.history]
    assert steps == [
        ("ana", None, State.DRAFT, None),
        ("ana", State.DRAFT, State.CHECKED, None),
        ("bob", State.CHECKED, State.TEST, "for vendors"),
        ("eve", State.TEST, State.ACTIVE, None),
    ]
    moments = [each.at for each in record.history]
    assert moments == sorted(moments)
    assert all(moment.utcoffset() is not None for moment in moments)


def test_one_release_is_active_at_a_time(register: Register, demonstration: Snapshot) -> None:
    for version in ("2022", "2023"):
        write(register, demonstration, version)
        register.move(version, State.ACTIVE, actor="ana")
    states = {record.id: record.state for record in register.records()}
    assert states == {"2022": State.SUPERSEDED, "2023": State.ACTIVE}
    active = register.active()
    assert active is not None
    assert active.id == "2023"


@pytest.mark.parametrize(
    ("state", "to"),
    [
        (State.DRAFT, State.ACTIVE),
        (State.DRAFT, State.TEST),
        (State.DRAFT, State.CHECKED),
        (State.CHECKED, State.CHECKED),
        (State.CHECKED, State.SUPERSEDED),
    ],
)
def test_steps_that_a_life_does_not_have_are_refused(
    register: Register, demonstration: Snapshot, state: State, to: State
) -> None:
    write(register, demonstration, state=state)
    with pytest.raises(Conflict):
        register.move("2023", to, actor="ana")
    assert register.record("2023").state is state


def test_the_active_release_is_only_left_for_another(
    register: Register, demonstration: Snapshot
) -> None:
    write(register, demonstration)
    register.move("2023", State.ACTIVE, actor="ana")
    for to in State:
        with pytest.raises(Conflict):
            register.move("2023", to, actor="ana")


@pytest.mark.parametrize("state", [State.DRAFT, State.CHECKED])
def test_an_archived_release_goes_back_to_where_it_was(
    register: Register, demonstration: Snapshot, state: State
) -> None:
    write(register, demonstration, state=state)
    register.move("2023", State.ARCHIVED, actor="ana")
    for to in set(State) - {state}:
        with pytest.raises(Conflict):
            register.move("2023", to, actor="ana", force=True)
    assert register.move("2023", state, actor="ana").state is state


def test_force_takes_a_draft_to_active_and_nothing_else(
    register: Register, demonstration: Snapshot
) -> None:
    write(register, demonstration, state=State.DRAFT)
    assert register.move("2023", State.ACTIVE, actor="ana", force=True).state is State.ACTIVE
    with pytest.raises(Conflict):
        register.move("2023", State.ACTIVE, actor="ana", force=True)


def test_an_id_is_never_written_over(register: Register, demonstration: Snapshot) -> None:
    write(register, demonstration)
    with pytest.raises(Conflict, match="2023"):
        write(register, demonstration)
    assert len(register.records()) == 1


def test_unknown_releases_are_named_with_the_known_ones(
    register: Register, demonstration: Snapshot
) -> None:
    write(register, demonstration)
    with pytest.raises(UnknownRelease, match="2023"):
        register.record("1999")


def test_damage_in_the_data_base_is_seen(
    database: Database, register: Register, demonstration: Snapshot
) -> None:
    write(register, demonstration)
    part = content.make_part("labels", [["changed"]])
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE release_part SET payload = :p WHERE name = 'labels'"), {"p": part.payload}
        )
    with pytest.raises(DamagedRelease, match="labels"):
        register.snapshot("2023")
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM release_part WHERE name = 'labels'"))
    with pytest.raises(DamagedRelease, match="labels"):
        register.snapshot("2023")


def test_a_release_of_another_format_is_refused_with_its_number(
    database: Database, register: Register, demonstration: Snapshot
) -> None:
    write(register, demonstration)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE release SET format = 99"))
    with pytest.raises(DamagedRelease, match="99"):
        register.snapshot("2023")


def test_a_write_that_fails_leaves_nothing(
    register: Register, demonstration: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("thesaurus.store.releases.take_step", fail)
    with pytest.raises(RuntimeError):
        write(register, demonstration)
    assert register.records() == ()


def test_simultaneous_activations_leave_one_active(
    register: Register, demonstration: Snapshot
) -> None:
    versions = [f"2023.{number}" for number in range(6)]
    for version in versions:
        write(register, demonstration, version)
    threads = [
        threading.Thread(target=_try_to_activate, args=(register, version)) for version in versions
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    states = [record.state for record in register.records()]
    assert states.count(State.ACTIVE) == 1
    assert states.count(State.SUPERSEDED) == len(versions) - 1


def _try_to_activate(register: Register, version: str) -> None:
    register.move(version, State.ACTIVE, actor=version)


def test_the_migrations_make_the_tables_of_the_models(database: Database) -> None:
    found = inspect(database.engine)
    for table in Base.metadata.sorted_tables:
        columns = {column["name"]: column for column in found.get_columns(table.name)}
        assert set(columns) == {column.name for column in table.columns}
        for column in table.columns:
            assert columns[column.name]["nullable"] == column.nullable, column
        indexes = {index["name"] for index in found.get_indexes(table.name)}
        assert {str(index.name) for index in table.indexes} <= indexes


def test_several_processes_may_upgrade_at_once(database: Database) -> None:
    with database.engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    threads = [threading.Thread(target=database.upgrade) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Register(database).records() == ()


def test_a_data_base_that_is_away_is_said_without_its_password() -> None:
    database = Database("postgresql+psycopg://ana:secret@127.0.0.1:1/none")
    with pytest.raises(DatabaseUnavailable) as caught:
        Register(database).records()
    assert "secret" not in str(caught.value)
    assert "127.0.0.1:1" in str(caught.value)
    database.dispose()


def test_content_of_a_pack_is_the_same_on_any_machine(tmp_path: Path) -> None:
    """The digest is a promise between deployments: if this changes, the format number must."""
    written = write_pack(tmp_path, small_pack(), "fr")
    digest, _ = content.encode(loaders.load([written])[0])
    assert content.FORMAT == 1
    assert digest == "be9faa322de48b6f7cc448e087a73e11f3c470356a0907999cc0c5e595246461"
