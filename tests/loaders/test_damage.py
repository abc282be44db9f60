"""Random damage to the files of a small pack: read, or refused; never anything else.

The same damage each time; ``DAMAGE_EXAMPLES=5000 pytest tests/loaders/test_damage.py`` tries as
many others, at random.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from loaders import Limits, Options
from loaders.messages import REFUSALS
from ontologies.dataset import Dataset
from ontologies.errors import Refused
from ontologies.release import Snapshot
from tests.loaders.small import PACK, classification, nomenclature
from tests.loaders.sound_files import FILES
from tests.loaders.test_workbooks import ACTIVE, COVER, ICD10, ICD11, INACTIVE, book
from tests.packs.writer import zip_pack

THOROUGH = os.environ.get("DAMAGE_EXAMPLES")
MANY = settings(max_examples=int(THOROUGH or 60), derandomize=not THOROUGH, deadline=None)

# Lying headers must not make the tests slow.
LIMITS = Limits(file=2_000_000, total=10_000_000)

Damage = Callable[[bytes], bytes]


def _bytes_of(write: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write(path)
        return path.read_bytes()


SOUND = {
    "nomenclature": nomenclature(),
    "classification": classification(),
    "zip": _bytes_of(lambda path: zip_pack(path, PACK, "fr")),
    "list": _bytes_of(lambda path: book(path, COVER, ACTIVE, INACTIVE)),
    "master": _bytes_of(lambda path: book(path, ICD10, ICD11)),
    **FILES,
}


@st.composite
def damages(draw: st.DrawFn) -> Damage:
    """One to three faults, at places told as shares of the file so that they fit every file."""
    faults = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["flip", "delete", "insert", "double", "move", "line", "cut"]),
                st.floats(0, 1, exclude_max=True),
                st.floats(0, 1, exclude_max=True),
                st.integers(1, 60),
                st.binary(min_size=1, max_size=8),
            ),
            min_size=1,
            max_size=3,
        )
    )

    def damage(data: bytes) -> bytes:
        for kind, share, other_share, length, extra in faults:
            start, other = int(share * len(data)), int(other_share * len(data))
            data = _damaged(data, kind, start, other, length, extra)
        return data

    return damage


def _damaged(data: bytes, kind: str, start: int, other: int, length: int, extra: bytes) -> bytes:
    piece = data[start : start + length]
    match kind:
        case "flip":
            return data[:start] + bytes(byte ^ extra[0] for byte in piece[:1]) + data[start + 1 :]
        case "delete":
            return data[:start] + data[start + length :]
        case "insert":
            return data[:start] + extra + data[start:]
        case "double" | "move":
            place = start if kind == "double" else other
            return data[:place] + piece + data[place:]
        case "line":
            lines = data.split(b"\n")
            lines[data.count(b"\n", 0, other)] = lines[data.count(b"\n", 0, start)]
            return b"\n".join(lines)
        case _:
            return data[:start]


def attempt(data: bytes, options: Options) -> tuple[str, str]:
    """What a load gives, as values that can be compared; nothing but Refused may be raised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        try:
            loaded = loaders.load_all([path], options, LIMITS)
        except Refused as refusal:
            fr, en = refusal.message
            assert fr
            assert en
            return refusal.reason, str(refusal).replace(folder, "")
        shown = [{**each.report.as_json(), "seconds": 0} for each in loaded]
        assert str(shown)
        return repr([_said(each.content) for each in loaded]), repr(shown).replace(folder, "")


def _said(content: Snapshot | Dataset) -> object:
    if isinstance(content, Dataset):
        return content
    return dict(content.concepts), dict(content.classifications), content.release.date


@pytest.mark.parametrize("name", SOUND)
@given(damage=damages(), force=st.booleans())
@MANY
def test_damaged_bytes_are_read_or_refused(name: str, damage: Damage, force: bool) -> None:
    data = damage(SOUND[name])
    options = Options(force=force)
    assert attempt(data, options) == attempt(data, options)


@pytest.mark.parametrize("name", ["zip", "list", "master"])
@given(damage=damages(), part=st.integers(0, 20))
@MANY
def test_damage_to_a_part_inside_an_archive(name: str, damage: Damage, part: int) -> None:
    """With a right checksum, so that the damage reaches the readers of what is inside."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOUND[name])) as old, zipfile.ZipFile(stream, "w") as new:
        names = old.namelist()
        for inside in names:
            content = old.read(inside)
            if inside == names[part % len(names)]:
                content = damage(content)
            new.writestr(zipfile.ZipInfo(inside), content)
    data = stream.getvalue()
    assert attempt(data, Options()) == attempt(data, Options())


@pytest.mark.parametrize("name", SOUND)
def test_what_is_not_damaged_is_read(name: str) -> None:
    assert attempt(SOUND[name], Options(force=True))[0] not in REFUSALS
