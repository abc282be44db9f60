"""From paths to files: folders, zip archives, gzip and single files, with every guard.

Nothing is ever unpacked to disk. An archive is judged by its directory before a byte is
inflated, and again while it is.
"""

from __future__ import annotations

import gzip
import lzma
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path, PurePosixPath

from loaders.messages import refuse

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
# What zipfile lets through, besides its own error, when it meets damaged bytes.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError,
    NotImplementedError, ValueError, OverflowError,
)  # fmt: skip
_GZIP_START = b"\x1f\x8b"
_GZIP_ERRORS = (OSError, EOFError, zlib.error)
_TAR_MARK = slice(257, 262)
_SMALL = 1_000_000  # below it any ratio is harmless
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read, in bytes; the largest real file has 20 MB, the largest pack 60."""

    file: int = 200_000_000
    total: int = 1_000_000_000
    entries: int = 2_000
    # Orphanet's XML shrinks 10 to 30 times; bombs start at several hundred.
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: its name as the user would recognise it, its size, and its bytes.

    Of a gzip file the name stays as it is, and size and bytes are those of what is inside.

    The name starts at what the user gave (``pack.zip!/folder/file.xml``); where that lies on this
    machine is nobody's business, for names stay with the release and are shown to its readers.
    ``given`` is true for a file that the user named, false for one found in a folder or zip:
    what is not ours is refused in the first case and passed over, with a note, in the second.
    """

    name: str
    size: int
    given: bool
    read: Callable[[], bytes]


def input_files(paths: Iterable[Path], limits: Limits = Limits()) -> Iterator[InputFile]:
    """Yield the files under some paths, in a stable order.

    Raises:
        Refused: a path that does not exist or cannot be read, a symbolic link, a file over the
            limit, an archive that is damaged, abnormal, encrypted or leads out of itself.
    """
    total = 0
    for path in paths:
        for file in _readable(_of_path(path, limits), path):
            total += file.size
            if total > limits.total:
                raise refuse("too-large", file=file.name, size=total, limit=limits.total)
            yield file


def _readable(files: Iterator[InputFile], path: Path) -> Iterator[InputFile]:
    try:
        yield from files
    except OSError as error:
        raise refuse("unreadable", file=str(error.filename or path), why=error.strerror) from None


def measure(paths: Iterable[Path]) -> int:
    """Return how many bytes ``input_files`` will give, for a progress bar; 0 where unreadable."""
    total = 0
    for path in paths:
        with suppress(OSError):
            total += sum(map(_measure, _files_below(Path(path))))
    return total


def _files_below(path: Path) -> Iterable[Path]:
    return (each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]


def _measure(path: Path) -> int:
    size = path.stat().st_size
    try:
        if _first_bytes(path).startswith(_GZIP_START):
            return _announced_by_gzip(path)
        with zipfile.ZipFile(path) as archive:
            return size if _is_office(archive) else sum(i.file_size for i in archive.infolist())
    except ZIP_ERRORS:
        return size


def _announced_by_gzip(path: Path) -> int:
    """Return the size that stands at the end of a gzip file: good enough for a progress bar."""
    with path.open("rb") as stream:
        stream.seek(-4, os.SEEK_END)
        return int.from_bytes(stream.read(4), "little")


def _of_path(path: Path, limits: Limits) -> Iterator[InputFile]:
    if path.is_symlink():
        raise refuse("symbolic-link", file=str(path))
    if path.is_dir():
        for inside in _of_folder(path):
            name = _shown(inside.relative_to(path.parent))
            yield from _of_file(inside, name, limits, given=False)
    elif path.is_file():
        yield from _of_file(path, _shown(Path(path.name)), limits, given=True)
    else:
        raise refuse("not-found", file=str(path))


def _shown(path: Path) -> str:
    """Return a name that can be written anywhere, although the disk's may not be text."""
    return str(path).encode("utf-8", "replace").decode()


def _of_folder(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            raise refuse("symbolic-link", file=str(path))
        if path.is_dir():
            yield from _of_folder(path)
        elif path.is_file() and not path.name.startswith("."):
            yield path


def _of_file(path: Path, name: str, limits: Limits, *, given: bool) -> Iterator[InputFile]:
    size = path.stat().st_size
    if size > limits.file:
        raise refuse("too-large", file=name, size=size, limit=limits.file)
    start = _first_bytes(path)
    if start.startswith(_GZIP_START):
        data = inflate_gzip(_read_file(path), name, limits)
        yield InputFile(name, len(data), given, partial(bytes, data))
        return
    if start.startswith(_ZIP_STARTS):
        with _open_zip(path, name, limits) as archive:
            if not _is_office(archive):
                yield from _of_zip(archive, name, limits)
                return
    yield InputFile(name, size, given, lambda: _read_file(path))


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse("unreadable", file=str(path), why=error.strerror) from None


def _open_zip(source: Path | BytesIO, name: str, limits: Limits) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(source)
    except ZIP_ERRORS as error:
        raise refuse("zip-damaged", file=name, why=error) from None
    inspect_zip(archive, name, limits)
    return archive


def _is_office(archive: zipfile.ZipFile) -> bool:
    """Workbooks and documents (xlsx, docx, odt, epub) are zips too; what is inside tells."""
    return not {"[Content_Types].xml", "mimetype"}.isdisjoint(archive.namelist())


def _of_zip(archive: zipfile.ZipFile, zip_name: str, limits: Limits) -> Iterator[InputFile]:
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        if info.is_dir() or _is_clutter(info.filename):
            continue
        name = f"{zip_name}!/{info.filename}"
        data = _inflate(archive, info, name)
        if data.startswith(_GZIP_START):
            data = inflate_gzip(data, name, limits)
        else:
            _refuse_nested(data, name, limits)
        yield InputFile(name, len(data), False, partial(bytes, data))


def _refuse_nested(data: bytes, name: str, limits: Limits) -> None:
    """Refuse an archive that came out of another one; workbooks are no archives to us."""
    if data.startswith(_GZIP_START) or data[_TAR_MARK] == b"ustar":
        raise refuse("nested-archive", file=name)
    if data.startswith(_ZIP_STARTS):
        with _open_zip(BytesIO(data), name, limits) as inner:
            if not _is_office(inner):
                raise refuse("nested-archive", file=name)


def inflate_gzip(data: bytes, name: str, limits: Limits) -> bytes:
    """Return what a gzip file holds, all members one after the other.

    Raises:
        Refused: it is cut short, damaged or followed by something else, holds an archive, or
            inflates beyond the limit of a file or the ratio of honest files.
    """
    by_ratio = max(_SMALL, limits.ratio * len(data))
    bound = min(limits.file, by_ratio)
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as stream:
            inflated = stream.read(bound + 1)
    except _GZIP_ERRORS as error:
        raise refuse("gzip-damaged", file=name, why=error) from None
    if len(inflated) > limits.file:
        raise refuse("too-large", file=name, size=f"> {limits.file}", limit=limits.file)
    if len(inflated) > by_ratio:
        raise refuse("zip-bomb", file=name, why=f"> {limits.ratio}:1")
    _refuse_nested(inflated, name, limits)
    return inflated


def inspect_zip(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse an archive whose directory announces something abnormal."""
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise refuse("zip-bomb", file=name, why=f"{len(entries)} > {limits.entries} entries")
    if (total := sum(info.file_size for info in entries)) > limits.total:
        raise refuse("zip-bomb", file=name, why=f"{total} > {limits.total} bytes")
    for info in entries:
        _inspect_entry(info, name, limits)


def _inspect_entry(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    inside = PurePosixPath(info.filename.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or _DRIVE.match(info.filename):
        raise refuse("zip-path", file=name, name=info.filename)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refuse("symbolic-link", file=f"{name}!/{info.filename}")
    if info.flag_bits & 0x1:
        raise refuse("zip-encrypted", file=name)
    if info.file_size > limits.file:
        raise refuse(
            "too-large", file=f"{name}!/{info.filename}", size=info.file_size, limit=limits.file
        )
    if info.file_size > _SMALL and info.file_size > limits.ratio * info.compress_size:
        ratio = info.file_size // max(info.compress_size, 1)
        raise refuse("zip-bomb", file=name, why=f"{info.filename}: {ratio}:1 > {limits.ratio}:1")


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Inflate one entry; zipfile itself stops at the announced size and checks the CRC."""
    try:
        with archive.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except ZIP_ERRORS as error:
        raise refuse("zip-damaged", file=name, why=error) from None
    if len(data) != info.file_size:
        raise refuse("zip-damaged", file=name, why=f"{len(data)} / {info.file_size} bytes")
    return data


def _is_clutter(name: str) -> bool:
    """The files that macOS and Windows add to archives."""
    path = PurePosixPath(name)
    return path.name.startswith(".") or "__MACOSX" in path.parts or path.name == "Thumbs.db"
