"""Records: every byte is in one of them, and a fault costs its own row."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thesaurus.tables import records
from thesaurus.tables.records import Record, Records, Splitter
from thesaurus.tables.trouble import LONG_LINE, OPEN_QUOTE, UNDECODABLE, ZERO_BYTE

SIGNS = st.text(alphabet='ab;,"\n\r é\t', max_size=80)
CELLS = st.text(alphabet='ab;" \né', max_size=8)


def read(data: bytes, **options: bool) -> list[Record]:
    return list(Records(io.BytesIO(data), ";", **options).read())


def split(data: bytes) -> list[object]:
    return [Splitter(";", "utf-8").cells(each) for each in read(data)]


@given(SIGNS)
def test_every_byte_stands_in_one_record_and_every_line_has_its_number(text: str) -> None:
    data = text.encode()
    found = read(data)
    assert b"".join(each.raw for each in found) == data
    for each in found:
        assert data[each.offset : each.offset + each.size] == each.raw
        assert each.line == data.count(b"\n", 0, each.offset) + 1


@given(SIGNS)
def test_a_record_asked_by_its_place_is_the_same_also_in_between(text: str) -> None:
    data = text.encode()
    source = Records(io.BytesIO(data), ";")
    plain = read(data)
    for each in source.read():
        assert source.at(each.offset, each.line) == each
        assert source.at(plain[0].offset, plain[0].line) == plain[0]
    assert list(source.read()) == plain


@given(SIGNS, st.integers(0, 3))
def test_one_cell_is_that_of_all_cells(text: str, place: int) -> None:
    splitter = Splitter(";", "utf-8")
    for record in read(text.encode()):
        cells, cell = splitter.cells(record), splitter.cell(record, place)
        if isinstance(cells, list):
            assert (cell or "").strip() == (cells[place].strip() if place < len(cells) else "")
        else:
            assert cell is None


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_a_program_writes_is_read_as_it_was_meant(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerows(rows)
    assert split(written.getvalue().encode()) == rows


def test_a_quote_inside_a_cell_is_a_sign_like_others() -> None:
    assert split(b'taille 5";558\n"a"b;c\n') == [['taille 5"', "558"], ["ab", "c"]]


def test_after_an_open_quote_the_next_line_is_read() -> None:
    data = b'1;"open\n' + b"2;558\n" * 60
    first, *others = read(data)
    assert (first.line, first.raw, first.fault) == (1, b'1;"open\n', OPEN_QUOTE)
    assert [each.line for each in others] == list(range(2, 62))


def test_a_quoted_cell_may_have_fifty_lines_and_no_more() -> None:
    fits = b'1;"' + b"a\n" * 49 + b'"\n2;558\n'
    assert [each.line for each in read(fits)] == [1, 51]
    beyond = b'1;"' + b"a\n" * 50 + b'"\n'
    assert read(beyond)[0].fault == OPEN_QUOTE


def test_a_quoted_cell_of_over_a_megabyte_is_an_open_quote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(records, "LONGEST", 100)
    first, second, *_ = read(b'1;"' + b"a" * 60 + b"\n" + b"b" * 60 + b'"\n2;558\n')
    assert (first.fault, second.line) == (OPEN_QUOTE, 2)


def test_a_long_line_is_passed_over_without_being_held() -> None:
    data = b"1;558\n" + b"x" * 30_000_000 + b"\n2;558\n"
    file = io.BytesIO(data)
    tracemalloc.start()
    found = list(Records(file, ";").read())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(each.line, each.fault) for each in found] == [(1, None), (2, LONG_LINE), (3, None)]
    assert found[1].size == 30_000_001
    assert peak < 5_000_000


def test_lines_of_a_sheet_are_counted_by_record() -> None:
    assert [each.line for each in read(b'"a\nb";1\nc;2\n', by_record=True)] == [1, 2]
    assert [each.line for each in read(b'"a\nb";1\nc;2\n')] == [1, 3]


def test_bytes_that_are_no_text_are_named() -> None:
    assert split(b"1;\xff\n2;5\x0058\n3;558") == [UNDECODABLE, ZERO_BYTE, ["3", "558"]]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_the_copy_of_a_sheet_is_read_as_it_was_written(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\n").writerows(rows)
    found = read(written.getvalue().encode(), by_record=True)
    assert [Splitter(";", "utf-8").cells(each) for each in found] == rows
    assert [each.line for each in found] == list(range(1, len(rows) + 1))


def test_a_row_of_a_sheet_may_have_any_number_of_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'1;"' + b'a""\n' * 500 + b'"\n2;558\n'
    first, second = read(data, by_record=True)
    assert (first.fault, second.line, second.raw) == (None, 2, b"2;558\n")
    monkeypatch.setattr(records, "LONGEST", 100)
    first, second = read(data, by_record=True)
    assert (first.fault, first.raw, first.size) == (LONG_LINE, b"", len(data) - 6)
    assert (second.line, second.raw) == (2, b"2;558\n")
    source = Records(io.BytesIO(data), ";", by_record=True)
    assert source.at(0, 1) == first
