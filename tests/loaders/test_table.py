"""Delimited text as rows."""

from __future__ import annotations

import pytest

from loaders.table import Row, decoded, rows
from ontologies.errors import Refused

COLUMNS = ("code", "label")


def read(text: str, delimiter: str = "\t") -> list[Row]:
    return list(rows("t.tsv", text, COLUMNS, delimiter=delimiter))


def refusal(text: str) -> tuple[str, str | None, int | None]:
    with pytest.raises(Refused) as caught:
        read(text)
    return caught.value.reason, caught.value.file, caught.value.line


def test_columns_in_any_order_with_their_lines() -> None:
    text = "#made by hand\n\nlabel\tnote\tcode\n un \tx\tA:1\n\ndeux\t\tA:2\n#trois\t\tA:3"
    assert read(text) == [(4, ("A:1", "un")), (6, ("A:2", "deux")), (7, ("A:3", "#trois"))]


def test_line_ends_of_windows() -> None:
    assert read('code\tlabel\r\nA:1\tun\r\nA:2\t"d""eux"\r\n') == [
        (2, ("A:1", "un")),
        (3, ("A:2", 'd"eux')),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"anneau ""de feu"""', 'anneau "de feu"'),
        ('"un"', "un"),
        ('""', ""),
        ('"un" anneau', '"un" anneau'),
        ('anneau "un"', 'anneau "un"'),
        ('"un', '"un'),
        ('"', '"'),
    ],
)
def test_quotes_go_where_they_hold_a_whole_cell(written: str, meant: str) -> None:
    assert read(f"label\tcode\n{written}\tA:1") == [(2, ("A:1", meant))]
    assert read(f"code\tlabel\nA:1\t{written}") == [(2, ("A:1", meant))]


def test_a_delimiter_inside_quotes() -> None:
    assert read('code\tlabel\n"A\t1"\tun') == [(2, ("A\t1", "un"))]
    assert read('code,label\nA:1,"un, deux"', ",") == [(2, ("A:1", "un, deux"))]
    assert read('code;label\n"";"un;"', ";") == [(2, ("", "un;"))]


def test_damage() -> None:
    assert refusal("code\tname\nA:1\tun") == ("missing-column", "t.tsv", 1)
    assert refusal("#c\ncode\nA:1") == ("missing-column", "t.tsv", 2)
    assert refusal("code\tlabel\nA:1\tun\nA:2") == ("bad-row", "t.tsv", 3)
    assert refusal("code\tlabel\nA:1\tun\tde trop") == ("bad-row", "t.tsv", 2)
    assert refusal("") == ("missing-column", "t.tsv", 1)
    # An open quotation mark holds no second cell.
    assert refusal('code\tlabel\n"A:1\tun\tdeux') == ("bad-row", "t.tsv", 2)


def test_text() -> None:
    assert decoded("t", b"\xef\xbb\xbfl\xc3\xa8vre") == "lèvre"
    assert decoded("t", "lèvre".encode("utf-16"), "utf-16") == "lèvre"


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [
        (b"code\nl\xe8vre", 2, "0xE8"),
        (b"\xef\xbb\xbfcode\n\nl\xe8vre", 3, "0xE8"),
        (b"code\nun\x00deux", 2, "0x00"),
        ("code".encode("utf-16"), 1, "0xFF"),
    ],
)
def test_not_text(data: bytes, line: int, byte: str) -> None:
    with pytest.raises(Refused) as caught:
        decoded("t.tsv", data)
    assert (caught.value.reason, caught.value.file, caught.value.line) == (
        "not-text",
        "t.tsv",
        line,
    )
    assert byte in caught.value.message.en
