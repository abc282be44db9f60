"""What cells look like, and columns of codes that are not read."""

from __future__ import annotations

import io

import pytest

from tests.coding.table.tables import workbook
from thesaurus.coding.table.headings import DIAGNOSES
from thesaurus.counting import COUNTED
from thesaurus.tables import UnreadableTable, open_table
from thesaurus.tables.cells import are_ages_or_years, is_code
from thesaurus.tables.overlooked import unread_codes

CODES = frozenset({"558", "506", "58", "15", "1960"})


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("558", True), ("558.0", True), ("559", False), ("559.0", False), ("ORPHA:559", True)],
)
def test_a_bare_number_is_a_code_only_if_it_exists(cell: str, expected: bool) -> None:
    assert is_code(cell, CODES.__contains__) is expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["58", "15.0"], True),
        (["1960", "2023"], True),
        (["58", "1960"], False),
        (["58", "ORPHA:15"], False),
        (["58", "9" * 5000], False),
        (["x"], False),
        ([], False),
    ],
)
def test_ages_and_years(cells: list[str], expected: bool) -> None:
    assert are_ages_or_years(cells) is expected


def unread(content: str) -> list[str]:
    data = io.BytesIO(content.encode())
    with open_table(data, DIAGNOSES, CODES.__contains__) as table:
        return [each.fr for each in unread_codes(table, CODES.__contains__)]


def test_columns_of_codes_that_nobody_reads_are_named() -> None:
    (told,) = unread('code;âge;autre;x\n558;58;506;a\n558;15;"\x00;b\n;15;;\n506;58;506.0;c\n')
    assert "« autre » (C)" in told
    assert told.endswith("columns=code=3.")
    assert unread("code;autre\n558;\n506;\n") == []


def test_of_two_columns_for_a_field_the_other_is_not_named_twice() -> None:
    assert unread("code;codes\n558;506\n558;506\n") == []


def test_a_sheet_without_headings_and_with_two_columns_of_codes() -> None:
    rows = [[558, 506], [506, 558], [558, 558]]
    with pytest.raises(UnreadableTable, match=r"colonnes peuvent être .* : A, B"):
        open_table(io.BytesIO(workbook({"S": rows})), COUNTED, CODES.__contains__)
    sheets = workbook({"S": rows, "T": [["code"], [558]]})
    with open_table(io.BytesIO(sheets), COUNTED, CODES.__contains__) as table:
        assert table.sheet == "T"
    with open_table(io.BytesIO(workbook({"S": rows})), DIAGNOSES, CODES.__contains__) as table:
        assert table.columns.places == {"code": 0}
        assert "« B » (B) ne l'est pas" in table.notes[0].fr
