"""The data base: SQLite or PostgreSQL, its transactions and its migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from ontologies.errors import DatabaseUnavailable, Message

HEAD = "0004"
"""The newest migration; a test compares it with the folder ``migrations``."""

_ONE_WRITER = 0x7E5A  # any number that no other use of the same data base takes
_BUSY_SECONDS = 30
_DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")

_ADDRESS = Message(
    "adresse mal formée ; attendu : postgresql+psycopg://compte:mot-de-passe@serveur/base ou "
    "sqlite:////dossier/fichier",
    "malformed address; expected: postgresql+psycopg://user:password@host/base or "
    "sqlite:////folder/file",
)
_NO_PSYCOPG = Message(
    'le pilote psycopg manque : pip install ".[postgres]"',
    'the driver psycopg is missing: pip install ".[postgres]"',
)
_SAID_BY_SQLITE = {
    "file is not a database": Message(
        "ce fichier n'est pas une base SQLite", "this file is not a SQLite data base"
    ),
    "attempt to write a readonly database": Message("elle est en lecture seule", "it is read-only"),
    "unable to open database file": Message(
        "le fichier ne s'ouvre pas", "the file cannot be opened"
    ),
    "database is locked": Message("un autre programme l'occupe", "another program keeps it busy"),
    "database or disk is full": Message("le disque est plein", "the disk is full"),
    "database disk image is malformed": Message("elle est endommagée", "it is damaged"),
}


class Database:
    """A data base that holds the register.

    Args:
        url: a SQLAlchemy URL, or the path of a SQLite file, whose folder is made where it is
            missing.
    """

    def __init__(self, url: str | Path) -> None:
        # A path may hold signs that mean something in an address, such as "?".
        self.url = _parsed(url) if isinstance(url, str) else URL.create("sqlite", database=str(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            self._make_folder(Path(self.url.database).parent)
        try:
            self.engine = create_engine(self.url, pool_pre_ping=not self.is_sqlite)
        except ImportError as error:
            raise DatabaseUnavailable(str(self.url), _NO_PSYCOPG) from error
        except (ArgumentError, TypeError, ValueError) as error:  # what follows "?" in the address
            raise DatabaseUnavailable(str(self.url), _ADDRESS) from error
        if self.is_sqlite:
            _own_the_transactions(self.engine)

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            why = Message(
                f"le dossier {folder} ne peut être créé : {error.strerror}",
                f"the folder {folder} cannot be made: {error.strerror}",
            )
            raise DatabaseUnavailable(str(self.url), why) from error

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the data base and changes nothing."""
        # SQLite's transactions see one state anyhow; PostgreSQL's see each other's commits.
        engine = self.engine
        if not self.is_sqlite:
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with self._answering(), Session(engine) as session:
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
                self._migrate(connection)

    def _migrate(self, connection: Connection) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            found = _revision(connection)
            why = Message(
                f"son schéma, {found}, est inconnu de ce programme, qui va jusqu'à {HEAD} : elle "
                "vient d'une version plus récente ; mettre le programme à jour",
                f"its schema, {found}, is unknown to this program, which goes up to {HEAD}: it "
                "comes from a newer version; update the program",
            )
            raise DatabaseUnavailable(str(self.url), why) from error

    def _wait_for_turn(self, connection: Connection) -> None:
        """SQLite has waited already, when the transaction began as IMMEDIATE."""
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ONE_WRITER})

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Word the failures of the data base itself: no SQL, no parameters, no password."""
        try:
            yield
        except IntegrityError:  # callers tell what it means
            raise
        except DBAPIError as error:
            raise DatabaseUnavailable(str(self.url), _why(error)) from error

    def dispose(self) -> None:
        self.engine.dispose()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:  # not shown: it may hold a password
        raise DatabaseUnavailable("THESAURUS_DATABASE_URL", _ADDRESS) from error
    if parsed.drivername not in _DRIVERS:
        why = Message(
            "seuls sqlite et postgresql+psycopg sont pris en charge",
            "only sqlite and postgresql+psycopg are supported",
        )
        raise DatabaseUnavailable(str(parsed), why)
    return parsed


def _why(error: DBAPIError) -> str | Message:
    """Say the reason; the first line only, as PostgreSQL quotes the statement below it."""
    lines = str(error.orig or "").strip().splitlines()
    said = lines[0] if lines else type(error.orig).__name__
    return _SAID_BY_SQLITE.get(said, said)


def _revision(connection: Connection) -> str | None:
    """Read alembic's own table, so that a start at the newest form need not import alembic."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


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
