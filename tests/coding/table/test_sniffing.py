"""What a file is, told by its content."""

from __future__ import annotations

import io

import pytest

from tests.coding.asking import Demonstration
from tests.coding.table.tables import annotated, answer, table
from thesaurus.coding.table import UnreadableTable, is_tabular

TEXT = "IPP;Libellé;code\r\n1;Maladie d'Alexander, été;58\r\n"


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_are_told_and_kept(
    demonstration: Demonstration, encoding: str, written: str
) -> None:
    data = TEXT.encode(encoding)
    found = answer(demonstration, data)
    assert (found.file.encoding, found.columns["label"]) == (written, "Libellé")
    assert [each.lines for each in found.results] == [[2]]
    back = annotated(demonstration, data).decode(encoding)
    assert back.splitlines()[1].startswith("1;Maladie d'Alexander, été;58;")
    assert back.count("\r\n") == 2


def test_utf_16_of_the_other_order_is_kept(demonstration: Demonstration) -> None:
    data = b"\xfe\xff" + TEXT.encode("utf-16-be")
    back = annotated(demonstration, data)
    assert back.startswith(b"\xfe\xff")
    assert "contrôle" in back[2:].decode("utf-16-be")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters(delimiter: str) -> None:
    rows = ["id", "code", "libellé"], ["1", "558", '"Marfan; ou, autre"'], ["2", "58", "x"]
    found = table("\n".join(delimiter.join(each) for each in rows))
    assert found.text.delimiter == delimiter
    assert found.columns.width == 3


def test_a_delimiter_that_the_file_names() -> None:
    found = table("sep=,\r\ncode,label\r\n558,a;b;c\r\n")
    assert (found.text.delimiter, found.columns.places) == (",", {"code": 0, "label": 1})
    assert [each.line for each in found.records()] == [3]


def test_the_only_accent_may_stand_on_the_last_line() -> None:
    data = b"code;label\n" + b"558;a\n" * 300_000 + "58;été\n".encode("cp1252")
    assert table(data).text.encoding == "cp1252"


def test_a_stray_byte_does_not_change_the_encoding() -> None:
    assert table("code;é\n558;é\n58;é\n".encode() + b"58;\xe9\n").text.encoding == "utf-8"


def test_line_ends_of_old_macs(demonstration: Demonstration) -> None:
    back = annotated(demonstration, b"code;label\r558;Marfan\r58;x\r")
    assert back.count(b"\r") == 3
    assert b"\n" not in back
    assert b"\r558;Marfan;" in back


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b" \r\n\n", "vide"),
        (b"\xef\xbb\xbf", "vide"),
        (b"\xff\xfe", "vide"),
        (b";;;\n;;\n", "vide"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "texte"),
        (b"%PDF-1.7\n558\n", "texte"),
        (bytes(range(256)) * 20, "texte"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(500), "mot de passe"),
    ],
)
def test_files_that_are_no_tables(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableTable, match=words):
        table(data)


@pytest.mark.parametrize(
    ("text", "expected"), [("558\n58", False), ("code orpha\n58", True), ("558;Marfan\n", True)]
)
def test_tables_are_told_from_lists(text: str, expected: bool) -> None:
    assert is_tabular(table(text, columns="code=1").text.file) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Suivi 2024\n\nIPP;Code ORPHA\nDupont;558\n", True),
        ("Suivi\n\nNom;Quoi\nDupont;558\n", True),
        ("Liste\nCode ORPHA\n558\n", True),
        ("558\nMarfan, syndrome\n58\n", False),
        ("ORPHA 558\nORPHA 58\n", False),
        ("ORPHA:58\nMarfan; forme\n558\n", False),
        ("Suivi\n558\n58\n", False),
    ],
)
def test_tables_below_a_title_are_told_from_lists(text: str, expected: bool) -> None:
    assert is_tabular(io.BytesIO(text.encode())) is expected


@pytest.mark.parametrize(
    "text",
    ["<?xml version='1.0'?><ClinicalDocument/>", "\ufeff\n<ClinicalDocument>", "<!DOCTYPE html>"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_documents_are_sent_elsewhere(text: str, encoding: str) -> None:
    with pytest.raises(UnreadableTable, match="/v1/check/cda"):
        table(text.encode(encoding))
