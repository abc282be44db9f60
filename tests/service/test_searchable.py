"""Full-text indexes on disk and in a process: whole or not there, of exactly one release."""

from __future__ import annotations

import errno
import multiprocessing
import os
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from ontologies.errors import InvalidSetting
from search.fulltext import building
from tests.builders import load_pack, small_pack
from tests.search import releases as small
from thesaurus.index_folder import IndexFolder, key_of
from thesaurus.runtime import Open, Runtime
from thesaurus.searchable import IndexNotReady, IndexUnavailable, Searchable
from thesaurus.store import Database, Register


@pytest.fixture
def own_register(tmp_path: Path) -> Iterator[Register]:
    database = Database(tmp_path / "register.sqlite3")
    database.upgrade()
    yield Register(database)
    database.dispose()


@pytest.fixture
def runtime(own_register: Register, tmp_path: Path) -> Runtime:
    """Two small releases, the second one active."""
    load_pack(own_register, tmp_path / "a", small_pack("2022-06-01", ("58",), "Ancienne"))
    load_pack(own_register, tmp_path / "b", small_pack("2023-06-01", label="Neuve"), activate=True)
    runtime = Runtime(own_register)
    runtime.refresh()
    return runtime


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "home" / "search"


@pytest.fixture
def started(root: Path, runtime: Runtime) -> Iterator[Searchable]:
    searchable = Searchable(IndexFolder(root, keep=2), look_seconds=0.05)
    searchable.start(runtime.current)
    yield searchable
    searchable.stop()


def total(searchable: Searchable, release: Open, query: str) -> int:
    """Ask until the index is there."""
    end = time.monotonic() + 20
    while True:
        try:
            index = searchable.of(release)
            return index.search(release.snapshot, release.related, query).total
        except IndexNotReady:
            assert time.monotonic() < end
            time.sleep(0.01)


def indexes(root: Path) -> set[str]:
    return {each.name for each in root.iterdir() if len(each.name) == 32}


def left(root: Path) -> list[str]:
    return [each.name for each in root.glob(".building-*")]


def test_the_active_release_is_indexed_without_being_asked(
    started: Searchable, runtime: Runtime, root: Path
) -> None:
    end = time.monotonic() + 20
    while not (root.is_dir() and indexes(root)):
        assert time.monotonic() < end
        time.sleep(0.01)
    assert indexes(root) == {key_of(runtime.current())}
    assert root.stat().st_mode & 0o077 == 0


def test_each_release_is_answered_from_its_own_index(started: Searchable, runtime: Runtime) -> None:
    for release, old, new in ((runtime.at("2022"), 1, 0), (runtime.current(), 0, 2)):
        assert total(started, release, "ancienne SAUF level:group") == old
        assert total(started, release, "neuve SAUF level:group") == new


def test_until_it_is_there_the_index_is_not_ready(root: Path, runtime: Runtime) -> None:
    searchable = Searchable(IndexFolder(root, keep=2))
    with pytest.raises(IndexNotReady) as refused:
        searchable.of(runtime.current())
    assert refused.value.retry_after > 0


def test_what_was_built_is_opened_and_not_built_again(
    started: Searchable, root: Path, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    total(started, runtime.current(), "neuve")
    monkeypatch.setattr(building, "build", None)
    again = Searchable(IndexFolder(root, keep=2))
    assert len(again.made(runtime.current(), lambda: pytest.fail("built again"))) == 3


def killed_build(root: Path) -> None:
    """Build in a process that dies in the middle."""
    release = small_open()
    IndexFolder(root, keep=2).build(key_of(release), release, pause=lambda: os._exit(9))


def small_open() -> Open:
    """The small release as a runtime would open it, as far as indexes are concerned."""
    snapshot = small.snapshot()
    record = type("Record", (), {"release": snapshot.release, "id": "2023"})()
    return Open(record, snapshot, None, small.related())  # type: ignore[arg-type]


def run(target: object, *arguments: object) -> BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=target, args=arguments)  # type: ignore[arg-type]
    process.start()
    return process


def test_a_killed_build_leaves_nothing_that_is_taken_for_an_index(root: Path) -> None:
    process = run(killed_build, root)
    process.join(30)
    assert process.exitcode == 9
    assert left(root)
    assert not indexes(root)
    release = small_open()
    index = IndexFolder(root, keep=2).build(key_of(release), release)
    assert index.search(release.snapshot, release.related, "marfan").total == 4
    assert not left(root)


def build_once(root: Path, noted: Path) -> None:
    release = small_open()

    def pause() -> None:
        time.sleep(0.05)
        with noted.open("a") as file:
            file.write(f"{os.getpid()}\n")

    index = IndexFolder(root, keep=2).build(key_of(release), release, pause=pause)
    assert index.search(release.snapshot, release.related, "marfan").total == 4


def test_of_two_processes_one_builds_and_the_other_waits(root: Path, tmp_path: Path) -> None:
    workers = [run(build_once, root, tmp_path / "noted") for _ in range(2)]
    for each in workers:
        each.join(30)
    assert [each.exitcode for each in workers] == [0, 0]
    assert indexes(root) == {key_of(small_open())}
    assert not left(root)


@pytest.mark.parametrize("name", ["about.json", "sizes.json", "*.pst", "*.trm", "*.toc"])
def test_a_damaged_index_is_built_anew(root: Path, name: str) -> None:
    folder, release = IndexFolder(root, keep=2), small_open()
    folder.build(key_of(release), release).close()
    (damaged,) = (root / key_of(release)).glob(name)
    damaged.write_bytes(damaged.read_bytes()[:10])
    assert folder.open(key_of(release)) is None
    index = folder.build(key_of(release), release)
    assert index.search(release.snapshot, release.related, "marfan").total == 4


@pytest.mark.parametrize(
    "error", [OSError(errno.EMFILE, os.strerror(errno.EMFILE)), MemoryError(), PermissionError()]
)
def test_an_index_that_cannot_be_read_now_stays(
    root: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, release = IndexFolder(root, keep=2), small_open()
    folder.build(key_of(release), release).close()

    def refuse(_: Path) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("thesaurus.index_folder.FullText", refuse)
        with pytest.raises(type(error)):
            folder.open(key_of(release))
    assert indexes(root) == {key_of(release)}
    assert folder.open(key_of(release)) is not None


def test_an_index_that_cannot_be_read_now_is_said_to_be_unavailable(
    root: Path, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = runtime.current()
    IndexFolder(root, keep=2).build(key_of(release), release).close()

    def refuse(_: Path) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("thesaurus.index_folder.FullText", refuse)
    searchable = Searchable(IndexFolder(root, keep=2), look_seconds=0.02)
    searchable.start(runtime.current)
    try:
        with pytest.raises(IndexUnavailable, match="Too many open files"):
            total(searchable, release, "neuve")
    finally:
        searchable.stop()
    assert indexes(root) == {key_of(release)}


@pytest.mark.parametrize("name", ["about.json", "*.pst", "*.toc"])
def test_an_index_without_one_of_its_files_is_damaged(root: Path, name: str) -> None:
    folder, release = IndexFolder(root, keep=2), small_open()
    folder.build(key_of(release), release).close()
    (missing,) = (root / key_of(release)).glob(name)
    missing.unlink()
    assert folder.open(key_of(release)) is None
    assert not indexes(root)


def test_the_longest_unused_indexes_go(root: Path) -> None:
    folder, release = IndexFolder(root, keep=2), small_open()
    for number in range(4):
        folder.build(str(number) * 32, release).close()
        os.utime(root / (str(number) * 32), (number, number))
    assert indexes(root) == {"2" * 32, "3" * 32}


def test_a_folder_that_others_may_write_into_is_refused(root: Path) -> None:
    folder, release = IndexFolder(root, keep=2), small_open()
    folder.build(key_of(release), release).close()
    root.chmod(0o777)
    with pytest.raises(InvalidSetting, match="chmod 700"):
        folder.open(key_of(release))


def test_a_folder_that_cannot_be_written_is_said_once_and_the_service_lives(
    root: Path, runtime: Runtime, capsys: pytest.CaptureFixture[str]
) -> None:
    root.parent.parent.mkdir(exist_ok=True)
    root.parent.write_text("a file where the folder should be")
    searchable = Searchable(IndexFolder(root, keep=2), look_seconds=0.02)
    searchable.start(runtime.current)
    end, told = time.monotonic() + 20, ""
    while time.monotonic() < end:
        try:
            searchable.of(runtime.current())
        except IndexNotReady:
            time.sleep(0.01)
        except IndexUnavailable as error:
            told = error.message.en
            break
    assert "directory" in told.lower() or "exist" in told.lower()
    assert str(root) not in told
    time.sleep(0.2)
    searchable.stop()
    said = "".join(capsys.readouterr())
    assert said.count("search index not built") == 1


def test_a_service_that_ends_gives_up_its_build(
    root: Path, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(folder: Path, *_: object, pause: object) -> None:
        while True:
            pause()  # type: ignore[operator]

    monkeypatch.setattr(building, "build", endless)
    searchable = Searchable(IndexFolder(root, keep=2), look_seconds=0.01)
    searchable.start(runtime.current)
    time.sleep(0.2)
    start = time.monotonic()
    searchable.stop()
    assert time.monotonic() - start < 2
    assert not left(root)
