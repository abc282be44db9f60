"""Paths, folders and archives that are refused before anything in them is read."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

import loaders
from loaders import Limits
from loaders.archive import input_files, measure
from loaders.report import tally
from tests.loaders.small import (
    PACK,
    nomenclature,
    refused,
    write,
    zipped,
)
from tests.packs.writer import zip_pack

# --- Archives -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    ["../evil.xml", "a/../../evil.xml", "/etc/evil.xml", "..\\evil.xml", "\\evil.xml",
     "C:\\evil.xml", "c:evil.xml", "D:/evil.xml"],
)  # fmt: skip
def test_a_path_out_of_the_archive(tmp_path: Path, inside: str) -> None:
    path = zipped(tmp_path / "pack.zip", {"fr.xml": nomenclature(), inside: b"x"})
    error = refused(path, "zip-path", names=path)
    assert inside in error.message.fr


def test_a_name_that_only_looks_so_is_read(tmp_path: Path) -> None:
    name = "a..b/ORPHA: fr..xml"
    snapshot, _ = loaders.load([zipped(tmp_path / "pack.zip", {name: nomenclature()})])
    assert "558" in snapshot


def test_symbolic_links(tmp_path: Path) -> None:
    real = write(tmp_path / "real" / "fr.xml", nomenclature())
    link = tmp_path / "link.xml"
    link.symlink_to(real)
    refused(link, "symbolic-link", names=link)
    (tmp_path / "folder").symlink_to(tmp_path / "real", target_is_directory=True)
    refused(tmp_path / "folder", "symbolic-link", names="folder")
    inside = tmp_path / "real" / "z.xml"
    inside.symlink_to("/etc/passwd")
    refused(tmp_path / "real", "symbolic-link", names=inside)


def test_a_symbolic_link_in_an_archive(tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("link.xml")
    entry.external_attr = 0o120777 << 16
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    refused(path, "symbolic-link", names=f"{path.name}!/link.xml")


def test_larger_than_the_limit(tmp_path: Path) -> None:
    data = nomenclature()
    small, exact = Limits(file=len(data) - 1), Limits(file=len(data))
    path = write(tmp_path / "fr.xml", data)
    error = refused(path, "too-large", names=path, limits=small)
    assert str(len(data)) in error.message.fr
    assert "THESAURUS_MAX_FILE_SIZE" in error.message.en
    loaders.load([path], limits=exact)
    packed = zipped(tmp_path / "pack.zip", {"fr.xml": data})
    refused(packed, "too-large", names=f"{packed.name}!/fr.xml", limits=small)
    both = [path, write(tmp_path / "en.xml", nomenclature("en"))]
    total = Limits(total=len(data) + 1)
    refused(both, "too-large", names="en.xml", limits=total)


def test_a_bomb_by_its_ratio(tmp_path: Path) -> None:
    path = zipped(tmp_path / "pack.zip", {"bomb.xml": b"<" + b" " * 5_000_000})
    error = refused(path, "zip-bomb", names=path)
    assert "bomb.xml" in error.message.fr
    assert ":1" in error.message.en


def test_a_bomb_by_its_total_or_its_number_of_entries(tmp_path: Path) -> None:
    path = zipped(tmp_path / "pack.zip", {f"{number}.txt": b"x" * 50 for number in range(20)})
    refused(path, "zip-bomb", names=path, limits=Limits(total=999))
    refused(path, "zip-bomb", names=path, limits=Limits(entries=19))
    refused(path, "nothing-to-load", names=path, limits=Limits(total=1000, entries=20))


def sizes_in(data: bytes, size: int, said: int) -> bytes:
    """The archive with another size announced, in front of the entry and in the directory."""
    old, new = struct.pack("<I", size), struct.pack("<I", said)
    assert data.count(old) >= 2
    return data.replace(old, new)


@pytest.mark.parametrize("said", [100, 10_000_000])
def test_headers_that_lie_about_the_size(tmp_path: Path, said: int) -> None:
    data = nomenclature() + b" " * 900_000
    path = zipped(tmp_path / "pack.zip", {"fr.xml": data})
    path.write_bytes(sizes_in(path.read_bytes(), len(data), said))
    limits = Limits(ratio=1_000_000)
    refused(path, "zip-damaged", names=f"{path.name}!/fr.xml", limits=limits)


def test_an_encrypted_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path / "pack.zip", {"fr.xml": nomenclature()})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    refused(path, "zip-encrypted", names=path)


def test_an_archive_in_an_archive(tmp_path: Path) -> None:
    inner = zip_pack(tmp_path / "inner.zip", PACK, "fr").read_bytes()
    path = zipped(tmp_path / "outer.zip", {"inner.zip": inner})
    refused(path, "nested-archive", names=f"{path.name}!/inner.zip")


def test_a_damaged_archive(tmp_path: Path) -> None:
    whole = zip_pack(tmp_path / "pack.zip", PACK, "fr").read_bytes()
    cut = write(tmp_path / "cut.zip", whole[:-30])
    refused(cut, "zip-damaged", names=cut)
    middle = bytearray(whole)
    middle[200:210] = b"0123456789"
    spoilt = write(tmp_path / "spoilt.zip", bytes(middle))
    refused(spoilt, "zip-damaged", names=spoilt)


def test_a_doctype_in_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    stream = io.BytesIO()
    Workbook().save(stream)
    for encoding in ("utf-8", "utf-16"):
        path = tmp_path / f"{encoding}.xlsx"
        with zipfile.ZipFile(stream) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                text = source.read(name).decode()
                if name == "xl/workbook.xml":
                    start = text.index("<workbook")
                    prologue = f"<!--{'x' * 5000}--><!DOCTYPE workbook>"
                    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
                    text = f"{declared}{prologue}{text[start:]}"
                target.writestr(name, text.encode(encoding if "workbook.xml" in name else "utf-8"))
        refused(path, "doctype", names=f"{path.name}!/xl/workbook.xml", line=1)


def test_another_workbook_and_another_document(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = tmp_path / "book.xlsx"
    Workbook().save(book)
    refused(book, "other-product", names=book)
    letter = zipped(tmp_path / "letter.docx", {"[Content_Types].xml": b"<Types/>"})
    refused(letter, "not-xml", names=letter)
    write(tmp_path / "pack/fr.xml", nomenclature())
    for each in (book, letter):
        each.rename(tmp_path / "pack" / each.name)
    _, report = loaders.load([tmp_path / "pack"])
    assert tally(report.findings)["file-skipped"] == 2


def test_a_damaged_workbook(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook"}
    path = zipped(tmp_path / "book.xlsx", parts)
    refused(path, "bad-workbook", names=path)


# --- gzip ---------------------------------------------------------------------------------------


def names(path: Path) -> list[tuple[str, int, bool]]:
    return [(file.name, file.size, file.given) for file in input_files([path])]


def test_a_gzip_file_keeps_its_name_and_shows_what_is_inside(tmp_path: Path) -> None:
    data = nomenclature()
    path = write(tmp_path / "pack" / "fr.xml.gz", gzip.compress(data))
    [file] = input_files([path])
    assert (file.name, file.size, file.given) == ("fr.xml.gz", len(data), True)
    assert file.read() == data
    snapshot, report = loaders.load([path])
    assert "558" in snapshot
    assert [each.name for each in report.files] == ["fr.xml.gz"]
    assert measure([path]) == len(data)
    zipped(tmp_path / "pack" / "all.zip", {"in/fr.xml.gz": gzip.compress(data)})
    assert names(tmp_path / "pack") == [
        ("pack/all.zip!/in/fr.xml.gz", len(data), False),
        ("pack/fr.xml.gz", len(data), False),
    ]


def test_gzip_files_of_several_members(tmp_path: Path) -> None:
    data = nomenclature()
    members = b"".join(gzip.compress(part) for part in (data[:1000], b"", data[1000:]))
    for number, padding in enumerate((b"", b"\0" * 512)):
        [file] = input_files([write(tmp_path / f"{number}.gz", members + padding)])
        assert file.read() == data


@pytest.mark.parametrize("damage", ["cut", "short", "garbage", "checksum", "middle"])
def test_a_damaged_gzip_file(tmp_path: Path, damage: str) -> None:
    whole = gzip.compress(nomenclature())
    data = {
        "cut": whole[: len(whole) // 2],
        "short": whole[:5],
        "garbage": whole + b"<x/>",
        "checksum": whole[:-8] + b"\1\2\3\4" + whole[-4:],
        "middle": whole[:200] + b"0123456789" + whole[210:],
    }[damage]
    refused(write(tmp_path / "fr.xml.gz", data), "gzip-damaged", names="fr.xml.gz")
    path = zipped(tmp_path / "pack.zip", {"fr.xml.gz": data})
    refused(path, "gzip-damaged", names="pack.zip!/fr.xml.gz")


def test_a_gzip_file_beyond_the_limits(tmp_path: Path) -> None:
    data = nomenclature()
    path = write(tmp_path / "fr.xml.gz", gzip.compress(data))
    loaders.load([path], limits=Limits(file=len(data)))
    refused(path, "too-large", names=path, limits=Limits(file=len(data) - 1))
    bomb = write(tmp_path / "bomb.gz", gzip.compress(b" " * 5_000_000))
    error = refused(bomb, "zip-bomb", names=bomb)
    assert "200:1" in error.message.en
    # What is inflated counts for the whole load, not what lies on the disk.
    both = [path, write(tmp_path / "en.xml.gz", gzip.compress(data))]
    refused(both, "too-large", names="en.xml.gz", limits=Limits(total=2 * len(data) - 1))


def test_an_archive_in_a_gzip_file(tmp_path: Path) -> None:
    tar = b"fr.xml".ljust(257, b"\0") + b"ustar\x0000"
    inner = zip_pack(tmp_path / "inner.zip", PACK, "fr").read_bytes()
    for number, data in enumerate((gzip.compress(b"<x/>"), inner, tar)):
        path = write(tmp_path / f"{number}.gz", gzip.compress(data))
        refused(path, "nested-archive", names=path)
    path = zipped(tmp_path / "outer.zip", {"a.gz": gzip.compress(inner)})
    refused(path, "nested-archive", names="outer.zip!/a.gz")


def test_a_workbook_in_a_gzip_file_is_no_archive(tmp_path: Path) -> None:
    book = zipped(tmp_path / "book.xlsx", {"[Content_Types].xml": b"<Types/>"}).read_bytes()
    [file] = input_files([write(tmp_path / "book.xlsx.gz", gzip.compress(book))])
    assert file.read() == book


# --- Paths --------------------------------------------------------------------------------------


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere.zip", "not-found", names="nowhere.zip")
    refused(tmp_path / ("x" * 300), "unreadable", names="xxx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = write(tmp_path / "closed" / "fr.xml", nomenclature())
    path.chmod(0)
    refused(path, "unreadable", names=path)
    path.parent.chmod(0)
    try:
        refused(path, "unreadable", names=path)
        refused(path.parent, "unreadable", names="closed")
    finally:
        path.parent.chmod(0o700)


def test_the_measure_of_a_progress_bar(tmp_path: Path) -> None:
    """What is read in all, zero for what cannot be read."""
    size = len(nomenclature())
    single = write(tmp_path / "packs" / "fr.xml", nomenclature())
    zipped(tmp_path / "packs" / "en.zip", {"en.xml": nomenclature()})
    damaged = write(tmp_path / "damaged.zip", b"PK\x03\x04")
    assert measure([single, tmp_path / "packs"]) == 3 * size
    assert measure([tmp_path / "nowhere", tmp_path / ("x" * 300), damaged]) == 4


def test_reading_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also as root: a disk that gives an error in the middle."""

    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    path = write(tmp_path / "fr.xml", nomenclature())
    monkeypatch.setattr(Path, "read_bytes", fail)
    refused(path, "unreadable", names=path)
