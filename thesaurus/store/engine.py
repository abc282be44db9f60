"""The data base: SQLite or PostgreSQL, its transactions and its migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from ontologies.errors import DatabaseUnavailable

HEAD = "0001"
"""The newest migration; a test compares it with the folder ``migrations``."""

_ONE_WRITER = 0x7E5A  # any number that no other use of the same data base takes
_BUSY_SECONDS = 30


class Database:
    """A data base that holds the register.

    Args:
        url: a SQLAlchemy URL. The parent folder of a SQLite file is made where it is missing.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.engine = create_engine(self.url, pool_pre_ping=not self.is_sqlite)
        if self.is_sqlite:
            _own_the_transactions(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the data base and changes nothing."""
        with self._answering(), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: all of it happens, or none of it.

        One writer at a time on either data base: writes are rare, and steps such as "the active
        one is superseded, this one becomes active" must not interleave.
        """
        engine = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        with (
            self._answering(),
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            self._wait_for_turn(session.connection())
            yield session

    def upgrade(self) -> None:
        """Bring the tables to the newest form; several processes may call it at once."""
        with self._answering(), self.engine.connect() as connection:
            if _revision(connection) == HEAD:
                return
        engine = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        with self._answering(), engine.begin() as connection:
            self._wait_for_turn(connection)
            if _revision(connection) != HEAD:
                _migrate(connection)

    def _wait_for_turn(self, connection: Connection) -> None:
        """SQLite has waited already, when the transaction began as IMMEDIATE."""
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_WRITER})

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Word the failures of the data base itself, without the password of its URL."""
        try:
            yield
        except (OperationalError, InterfaceError) as error:
            why = str(error.orig or error).strip().splitlines()[0]
            raise DatabaseUnavailable(str(self.url), why) from error

    def dispose(self) -> None:
        self.engine.dispose()


def _revision(connection: Connection) -> str | None:
    """Read alembic's own table, so that a start at the newest form need not import alembic."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _own_the_transactions(engine: Engine) -> None:
    """Let SQLAlchemy begin SQLite's transactions, with the lock that the work needs.

    The driver would begin late and upgrade a read lock to a write lock, which fails under
    contention instead of waiting.
    """

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {_BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")
