"""Accounts and their keys."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ontologies.errors import Conflict
from thesaurus.accounts import Account, Key, KeyRecord, Role, UnknownAccount, new_key
from thesaurus.store.engine import Database
from thesaurus.store.models import AccountRow, ApiKeyRow
from thesaurus.store.records import utc


class Accounts:
    """Reads and writes accounts and keys; every change names its actor."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def everything(self) -> Mapping[Account, tuple[KeyRecord, ...]]:
        """Return the accounts in the order of their names, each with its keys, the oldest first."""
        with self._database.reading() as session:
            keys: dict[str, list[KeyRecord]] = defaultdict(list)
            for row in session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.at, ApiKeyRow.id)):
                keys[row.account].append(_key(row))
            found = sorted(map(_account, session.scalars(select(AccountRow))), key=_by_name)
            return {each: tuple(keys[each.name]) for each in found}

    def holder(self, key: Key) -> tuple[Account, KeyRecord] | None:
        """Return the account that a key was made for, whatever became of both since."""
        with self._database.reading() as session:
            row = session.get(ApiKeyRow, key.id)
            if row is None or not (record := _key(row)).is_of(key):
                return None
            return _account(session.get_one(AccountRow, row.account)), record

    def create(self, name: str, roles: frozenset[Role], *, actor: str) -> Account:
        """Raises Conflict: the name is taken, in these letters or in larger or smaller ones."""
        with self._database.writing() as session:
            taken = session.scalar(
                select(AccountRow.name).where(func.lower(AccountRow.name) == name.lower())
            )
            if taken is not None:
                raise Conflict(
                    f"Le compte {taken} existe déjà.", f"The account {taken} exists already."
                )
            row = AccountRow(name=name)
            session.add(row)
            return _changed(row, actor, roles=roles)

    def set_roles(self, name: str, roles: frozenset[Role], *, actor: str) -> Account:
        """Give an account these roles instead of its own. Raises UnknownAccount."""
        with self._database.writing() as session:
            return _changed(_row(session, name), actor, roles=roles)

    def disable(self, name: str, *, actor: str) -> Account:
        """Close an account with all its keys; of one that is closed nothing changes.

        Raises:
            UnknownAccount: there is no account of this name.
        """
        with self._database.writing() as session:
            row = _row(session, name)
            if row.disabled_at:
                return _account(row)
            row.disabled_at = dt.datetime.now(dt.UTC)
            return _changed(row, actor)

    def enable(self, name: str, *, actor: str) -> Account:
        """Open an account again, with those of its keys that stand. Raises UnknownAccount."""
        with self._database.writing() as session:
            row = _row(session, name)
            if not row.disabled_at:
                return _account(row)
            row.disabled_at = None
            return _changed(row, actor)

    def add_key(self, name: str, *, actor: str, expires_at: dt.datetime | None = None) -> Key:
        """Make a key; it is in nobody's hands but the caller's.

        Raises:
            UnknownAccount: there is no account of this name.
            Conflict: it is disabled.
        """
        key = new_key()
        with self._database.writing() as session:
            if _row(session, name).disabled_at:
                raise Conflict(
                    f"Le compte {name} est désactivé ; « thesaurus account enable {name} » le "
                    "rouvre.",
                    f"The account {name} is disabled; 'thesaurus account enable {name}' opens it "
                    "again.",
                )
            session.add(
                ApiKeyRow(
                    id=key.id,
                    account=name,
                    sha256=key.sha256,
                    actor=actor,
                    at=dt.datetime.now(dt.UTC),
                    expires_at=expires_at,
                )
            )
        return key

    def revoke(self, key_id: str, *, actor: str) -> KeyRecord:
        """Close a key for ever; of one that is revoked nothing changes. Raises UnknownAccount."""
        with self._database.writing() as session:
            row = session.get(ApiKeyRow, key_id)
            if row is None:
                raise UnknownAccount("Aucune clé n'a cet identifiant.", "No key has this id.")
            if row.revoked_at is None:
                row.actor, row.revoked_at = actor, dt.datetime.now(dt.UTC)
            return _key(row)


def _row(session: Session, name: str) -> AccountRow:
    row = session.get(AccountRow, name)
    if row is None:
        raise UnknownAccount("Aucun compte ne porte ce nom.", "No account has this name.")
    return row


def _changed(row: AccountRow, actor: str, *, roles: frozenset[Role] | None = None) -> Account:
    if roles is not None:
        row.roles = sorted(roles)
    row.actor, row.at = actor, dt.datetime.now(dt.UTC)
    return _account(row)


def _by_name(account: Account) -> tuple[str, str]:
    return account.name.lower(), account.name


def _account(row: AccountRow) -> Account:
    # A role that a newer program knows gives no right here.
    roles = frozenset(Role(each) for each in row.roles if each in set(Role))
    return Account(row.name, roles, row.actor, utc(row.at), _utc(row.disabled_at))


def _key(row: ApiKeyRow) -> KeyRecord:
    return KeyRecord(
        row.id,
        row.account,
        row.sha256,
        row.actor,
        utc(row.at),
        _utc(row.expires_at),
        _utc(row.revoked_at),
    )


def _utc(moment: dt.datetime | None) -> dt.datetime | None:
    return utc(moment) if moment else None
