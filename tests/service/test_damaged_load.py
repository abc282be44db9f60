"""Random damage to a pack never gives a traceback or a half-loaded release."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.builders import small_pack
from tests.packs.writer import pack_files, zip_pack
from thesaurus.cli import app
from thesaurus.store import Database, Register


def _zipped() -> bytes:
    with TemporaryDirectory() as folder:
        return zip_pack(Path(folder) / "pack.zip", small_pack(), "fr").read_bytes()


_SOURCES = {**dict(pack_files(small_pack(), "fr")), "pack.zip": _zipped()}


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """One file of a pack, or the whole zip, with a slice cut out, doubled or overwritten."""
    name = draw(st.sampled_from(sorted(_SOURCES)))
    data = _SOURCES[name]
    start = draw(st.integers(0, len(data) - 1))
    end = draw(st.integers(start, min(len(data), start + 200)))
    middle = draw(st.sampled_from([b"", data[start:end] * 2, b"\x00", b"<", b"&", b"\xff\xfe"]))
    return Path(name).name, data[:start] + middle + data[end:]


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(damaged())
def test_a_damaged_pack_is_loaded_whole_or_refused(tmp_path: Path, sent: tuple[str, bytes]) -> None:
    name, data = sent
    with TemporaryDirectory(dir=tmp_path) as folder:
        (Path(folder) / name).write_bytes(data)
        url = f"sqlite:///{folder}/register.sqlite3"
        result = CliRunner().invoke(
            app, ["load", f"{folder}/{name}"], env={"THESAURUS_DATABASE_URL": url}
        )
        database = Database(url)
        records = Register(database).records()
        if result.exit_code == 0:
            (record,) = records
            assert len(Register(database).snapshot(record.id)) == record.release.counts["entities"]
        else:
            assert result.exit_code == 1
            assert isinstance(result.exception, SystemExit), result.exception
            assert name in result.stderr
            assert records == ()
        database.dispose()
