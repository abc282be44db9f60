"""Wrong settings, data bases that cannot be used, poor consoles: said, never a traceback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from ontologies.errors import DatabaseUnavailable
from tests.builders import small_pack
from tests.packs.writer import write_pack
from thesaurus.cli.demo import load_demonstration
from thesaurus.settings import Settings
from thesaurus.store import Database, Register, engine

Run = Callable[..., Result]


@pytest.mark.parametrize(
    ("name", "value"), [("FOLLOW_SECONDS", "soon"), ("OPEN_RELEASES", "0"), ("LOG_LEVEL", "warn")]
)
def test_a_wrong_setting_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"THESAURUS_{name}", value)
    for command in ("releases", "serve", "demo"):
        shown = run(command, code=2).stderr
        assert f"THESAURUS_{name}" in shown
        assert f"« {value} »" in shown


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("foo", "adresse mal formée"),
        ("postgresql+psycopg://ana:secret@host:port/x", "adresse mal formée"),
        ("mysql://ana:secret@host/x", "seuls sqlite"),
        ("postgresql+asyncpg://ana:secret@host/x", "seuls sqlite"),
        ("postgresql+psycopg://ana:secret@127.0.0.1:1/x?nonsense=1", "nonsense"),
        ("sqlite:////dev/null/x/y", "/dev/null/x"),
        ("sqlite:////tmp", "ne s'ouvre pas"),
    ],
)
def test_an_address_that_leads_nowhere_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch, url: str, why: str
) -> None:
    monkeypatch.setenv("THESAURUS_DATABASE_URL", url)
    shown = run("releases", code=1).stderr
    assert why in shown
    assert "THESAURUS_DATABASE_URL" in shown
    assert "secret" not in shown


def test_a_user_without_a_home_is_told_the_setting(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: object) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("THESAURUS_HOME")
    monkeypatch.setattr(Path, "home", classmethod(none))
    assert "THESAURUS_HOME" in run("releases", code=2).stderr


def test_a_missing_driver_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseUnavailable, match=r"pip install \"\.\[postgres\]\""):
        Database("postgresql+psycopg://ana:secret@host/x")


def test_a_file_that_is_no_data_base_is_said(tmp_path: Path) -> None:
    file = tmp_path / "text.sqlite3"
    file.write_text("Maladie d'Alexander " * 100, encoding="utf-8")
    with pytest.raises(DatabaseUnavailable, match="not a SQLite data base"):
        _upgrade(file)
    assert file.read_text(encoding="utf-8").startswith("Maladie")


def test_a_newer_schema_is_said(tmp_path: Path) -> None:
    file = tmp_path / "newer.sqlite3"
    _upgrade(file)
    _execute(file, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnavailable, match=f"9999, is unknown .* up to {engine.HEAD}"):
        _upgrade(file)


def test_a_refused_statement_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "damaged.sqlite3"
    _upgrade(file)
    for table in ("release_event", "release_part", "release"):
        _execute(file, f"DROP TABLE {table}")
    database = Database(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable, match="no such table") as caught:
        Register(database).records()
    database.dispose()
    assert "SELECT" not in str(caught.value)


def _upgrade(file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    try:
        database.upgrade()
    finally:
        database.dispose()


def _execute(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_poor_console_shows_what_it_can(encoding: str) -> None:
    for words in (("show", "166068"), ("show", "166068", "--json"), ("releases",), ("--help",)):
        result = _process(*words, PYTHONIOENCODING=encoding)
        assert result.returncode == 0, result.stderr
        assert result.stdout
    answer = _process("show", "166068", "--json", PYTHONIOENCODING=encoding).stdout
    assert b"c\\u00e9r\\u00e9belleuse" in answer


def test_a_file_name_that_is_no_text_is_no_trouble_or_said(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/\xff"
    Path(os.fsdecode(folder)).mkdir()
    codes = Path(os.fsdecode(folder + b"/\xfe.txt"))
    codes.write_text("nothing", encoding="utf-8")
    write_pack(Path(os.fsdecode(folder)), small_pack(), "fr")
    loaded = _process("load", folder, "--activate")
    assert b"Traceback" not in loaded.stderr
    assert loaded.returncode == 0 or b"UTF-8" in loaded.stderr
    if loaded.returncode:
        database = Database(Settings().database)
        load_demonstration(Register(database))
        database.dispose()
    checked = _process("check", os.fsencode(codes), "558")
    assert b"?.txt:1" in checked.stdout


def test_a_file_that_is_not_there_is_said_whatever_its_name(tmp_path: Path) -> None:
    for words in (("load",), ("check",)):
        result = _process(*words, os.fsencode(tmp_path) + b"/\xff.xml")
        assert result.returncode in (1, 2)
        assert b"Traceback" not in result.stderr
        assert b".xml" in result.stderr


def _process(*words: str | bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "thesaurus.cli", *words],
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )
