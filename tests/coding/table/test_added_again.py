"""Columns that an earlier call added are written anew, and nothing else changes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thesaurus.coding.table.headings import DIAGNOSES
from thesaurus.tables import open_table
from thesaurus.tables.annotated import Annotated

HEADINGS = ("nouveau", "pourquoi")


def written(content: bytes, *, again: bool = True) -> bytes:
    with open_table(io.BytesIO(content), DIAGNOSES, {"558", "58"}.__contains__) as table:
        additions = ((line.record, (line.values.get("code", ""), "a;b")) for line in table.lines())
        return b"".join(Annotated(table, HEADINGS, again=again).pieces(list(additions)))


CELL = st.text(alphabet='a5;" é=,', max_size=6)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_a_second_time_gives_the_same_bytes(cells: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([("code", "x"), *(("558", a + b) for a, b in cells)])
    once = written(out.getvalue().encode())
    assert written(once) == once
    assert written(once, again=False) != once


@pytest.mark.parametrize("row", ["558;x", "558", "558;x;;;;", '558;"x;y"', "558;x;;"])
def test_the_cells_that_are_replaced_are_the_added_ones(row: str) -> None:
    once = written(f"code;x;nouveau;pourquoi\r\n{row}\r\n".encode()).decode()
    heading, first = once.splitlines()
    assert heading == "code;x;nouveau;pourquoi"
    (cells,) = csv.reader([first], delimiter=";")
    assert cells[2:] == ["558", "a;b"]


def test_columns_of_that_name_elsewhere_stay() -> None:
    once = written(b"nouveau;code;pourquoi\nx;558;y\n").decode().splitlines()
    assert once[0] == "nouveau;code;pourquoi;nouveau (2);pourquoi (2)"
    assert once[1].startswith("x;558;y;558;")
