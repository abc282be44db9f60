"""Accounts and keys, on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from ontologies.errors import Conflict
from thesaurus.accounts import Key, Role, UnknownAccount, new_key
from thesaurus.store import Accounts, Database

EDITOR = frozenset({Role.EDITOR})
BOTH = frozenset(Role)


@pytest.fixture
def accounts(database: Database) -> Accounts:
    return Accounts(database)


def test_what_is_made_is_read_again(accounts: Accounts) -> None:
    before = dt.datetime.now(dt.UTC)
    made = accounts.create("marie", BOTH, actor="root")
    accounts.create("Anne", EDITOR, actor="admin")
    first, second = (accounts.add_key("marie", actor=who) for who in ("root", "admin"))
    anne, marie = accounts.everything().items()
    assert (anne[0].name, anne[0].roles, anne[0].actor, anne[1]) == ("Anne", EDITOR, "admin", ())
    assert marie[0] == made
    assert before <= made.at <= dt.datetime.now(dt.UTC)
    assert [(each.id, each.actor) for each in marie[1]] == [
        (first.id, "root"),
        (second.id, "admin"),
    ]


@pytest.mark.parametrize("name", ["marie", "Marie", "MARIE"])
def test_a_name_is_given_once(accounts: Accounts, name: str) -> None:
    accounts.create("marie", EDITOR, actor="root")
    with pytest.raises(Conflict, match="marie"):
        accounts.create(name, BOTH, actor="root")
    (kept,) = accounts.everything()
    assert kept.roles == EDITOR


def test_of_two_that_make_an_account_at_once_one_is_told(accounts: Accounts) -> None:
    told: list[Conflict] = []
    start = Barrier(2, timeout=30)

    def make() -> None:
        start.wait()
        try:
            accounts.create("marie", EDITOR, actor="root")
        except Conflict as error:
            told.append(error)

    threads = [Thread(target=make) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(told) == 1
    assert len(accounts.everything()) == 1


def test_a_key_leads_to_its_account(accounts: Accounts) -> None:
    for name in ("marie", "anne"):
        accounts.create(name, EDITOR, actor="root")
    end = dt.datetime(2031, 5, 1, 8, 30, tzinfo=dt.UTC)
    key, other = accounts.add_key("marie", actor="root", expires_at=end), new_key()
    found = accounts.holder(key)
    assert found is not None
    assert (found[0].name, found[1].id, found[1].expires_at) == ("marie", key.id, end)
    assert accounts.holder(other) is None
    assert accounts.holder(Key(key.id, other.secret)) is None
    assert accounts.holder(Key(other.id, key.secret)) is None


def test_the_secret_is_not_kept(accounts: Accounts, database: Database) -> None:
    accounts.create("marie", EDITOR, actor="root")
    key = accounts.add_key("marie", actor="root")
    with database.reading() as session:
        kept = [tuple(row) for row in session.execute(text("SELECT * FROM api_key"))]
    assert key.sha256 in kept[0]
    assert key.secret not in repr(kept)


def test_roles_are_replaced(accounts: Accounts) -> None:
    accounts.create("marie", EDITOR, actor="root")
    key = accounts.add_key("marie", actor="root")
    accounts.set_roles("marie", frozenset({Role.SIGNER}), actor="admin")
    found = accounts.holder(key)
    assert found is not None
    assert (found[0].roles, found[0].actor) == ({Role.SIGNER}, "admin")


def test_a_role_of_a_newer_program_gives_no_right(accounts: Accounts, database: Database) -> None:
    accounts.create("marie", EDITOR, actor="root")
    with database.writing() as session:
        session.execute(text("""UPDATE account SET roles = '["emperor", "editor"]'"""))
    (kept,) = accounts.everything()
    assert kept.roles == EDITOR


def test_disabled_and_enabled_again(accounts: Accounts) -> None:
    accounts.create("marie", EDITOR, actor="root")
    key = accounts.add_key("marie", actor="root")
    closed = accounts.disable("marie", actor="admin")
    assert closed.disabled_at is not None
    assert closed.actor == "admin"
    assert accounts.disable("marie", actor="late") == closed
    with pytest.raises(Conflict, match="account enable marie"):
        accounts.add_key("marie", actor="root")
    opened = accounts.enable("marie", actor="root")
    assert (opened.disabled_at, opened.actor) == (None, "root")
    assert accounts.enable("marie", actor="late") == opened
    assert accounts.holder(key) is not None


def test_a_key_is_revoked_for_ever(accounts: Accounts) -> None:
    accounts.create("marie", EDITOR, actor="root")
    key, other = (accounts.add_key("marie", actor="root") for _ in range(2))
    revoked = accounts.revoke(key.id, actor="admin")
    assert revoked.revoked_at is not None
    assert revoked.actor == "admin"
    assert accounts.revoke(key.id, actor="late") == revoked
    ((_, keys),) = accounts.everything().items()
    assert {each.id: each.revoked_at for each in keys} == {
        key.id: revoked.revoked_at,
        other.id: None,
    }


def test_what_is_not_there_is_said(accounts: Accounts) -> None:
    for attempt in (
        lambda: accounts.set_roles("marie", EDITOR, actor="root"),
        lambda: accounts.disable("marie", actor="root"),
        lambda: accounts.enable("marie", actor="root"),
        lambda: accounts.add_key("marie", actor="root"),
        lambda: accounts.revoke("0" * 16, actor="root"),
    ):
        with pytest.raises(UnknownAccount):
            attempt()
    assert not accounts.everything()
