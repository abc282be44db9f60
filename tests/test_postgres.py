from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.postgres import fresh_database, postgres_missing, running_postgres

REASON = postgres_missing()


def servers_in(folder: Path) -> list[int]:
    """The processes that were started with that folder in their command line."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if bytes(folder) in command:
            found.append(int(process.name))
    return found


class TestFailed(Exception):
    """What a failed assertion is to the server."""

    __test__ = False


def use_and_fail(seen: list[Path]) -> None:
    with ExitStack() as after, running_postgres() as url:
        folder = Path(str(make_url(url).query["host"]))
        seen.append(folder)
        assert servers_in(folder)
        first, second = fresh_database(url), fresh_database(url)
        assert first != second
        engine = create_engine(first)
        after.callback(engine.dispose)  # so that a connection is open when the server stops
        with engine.connect() as connection:
            assert connection.scalar(text("select 1")) == 1
            assert connection.scalar(text("show fsync")) == "off"
            raise TestFailed


@pytest.mark.postgres
@pytest.mark.skipif(REASON is not None, reason=str(REASON))
def test_a_server_starts_answers_and_leaves_nothing_behind() -> None:
    seen: list[Path] = []
    with pytest.raises(TestFailed):
        use_and_fail(seen)
    (folder,) = seen
    assert folder.name.startswith("pg-")
    assert not folder.exists()
    assert not servers_in(folder)
