"""Workbooks: as they come from hospitals, and as somebody made them to do harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from tests.coding.asking import Demonstration
from tests.coding.table.tables import annotated, answer, table, workbook
from thesaurus.coding.rules import RULES
from thesaurus.coding.table import UnreadableTable, check_table, write_report
from thesaurus.coding.table.added import Added
from thesaurus.tables.lines import NO_VALUE
from thesaurus.tables.workbook import _text

PLAIN = workbook({"S": [["IPP", "Code ORPHA"], [12.0, 558.0], ["a", "255241"]]})


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return written.getvalue()


def test_numbers_dates_and_words_are_read_as_people_see_them(demonstration: Demonstration) -> None:
    rows = [
        ["IPP", "x", "Code ORPHA", "Libellé"],
        [],
        [12.0, date(2023, 5, 1), 558.0, "a\nb"],
        ["é", True, "ORPHA:255241", None],
        [None, None, None, None],
        [1.5, "", 58],
    ]
    found = answer(demonstration, workbook({"S": rows}))
    assert [(each.id, each.lines) for each in found.results] == [
        ("12", [3]),
        ("é", [4]),
        ("1.5", [6]),
    ]
    worst = found.results[1].findings[0]
    assert (worst.line, worst.rule, worst.column) == (4, "DX-010", "Code ORPHA")
    assert (found.file.sheet, found.file.delimiter) == ("S", None)


def test_the_first_sheet_with_codes_is_taken_or_the_one_that_is_named() -> None:
    data = workbook(
        {"Lisez-moi": [["Bonjour"]], "A": [["code"], ["558"]], "B": [["label"], ["Marfan"]]}
    )
    with table(data) as first, table(data, sheet="B") as named:
        assert first.sheet == "A"
        assert named.columns.places == {"label": 0}
    with pytest.raises(UnreadableTable, match="« Lisez-moi », « A », « B »"):
        table(data, sheet="C")
    with pytest.raises(UnreadableTable, match="Aucun en-tête connu"):
        table(data, sheet="Lisez-moi")


def test_a_formula_without_a_value_is_named(demonstration: Demonstration) -> None:
    data = workbook(
        {"S": [["id", "x", "code"], ["1", "=1+1", "558"], ["2", "", '=A1&""'], ["3", "", "58"]]}
    )
    found = answer(demonstration, data)
    (problem,) = found.problems
    assert problem.line == 3
    assert "C3" in problem.message
    assert "coller les valeurs" in problem.message
    assert [each.lines for each in found.results] == [[2], [4]]


def test_the_saved_value_of_a_formula_is_read(demonstration: Demonstration) -> None:
    data = workbook({"S": [["code", "label"], ["=500+58", "x"]]})
    valued = changed(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb"<v\s*/>|<v></v>", b"<v>558</v>", xml),
    )
    found = answer(demonstration, valued)
    assert found.results[0].normalized[0].code == "558"


def test_a_formula_without_a_value_is_an_empty_cell_of_the_csv(
    demonstration: Demonstration,
) -> None:
    data = workbook({"S": [["=1+1", "x"], ["id", "=A1", "code"], ["1", "=1+1", "558"]]})
    lines = annotated(demonstration, data).decode("utf-8-sig").splitlines()
    assert lines[0] == ";x"
    assert lines[1].startswith("id;;code;contrôle;")
    assert lines[2].startswith("1;;558;ok;")
    assert answer(demonstration, data).unread.columns == []


def test_cells_of_many_lines_stay_in_their_row(demonstration: Demonstration) -> None:
    many = 'a"b\r\n' * 300
    data = workbook({"S": [["code", "x"], ["558", many], ["58", "_x000D_a"], ["802", "b"]]})
    found = answer(demonstration, data)
    assert [each.lines for each in found.results] == [[2], [3], [4]]
    assert found.problems == []


def test_columns_far_to_the_right_are_not_read_and_said(demonstration: Demonstration) -> None:
    wide = workbook({"S": [["code"], *(["558", *[None] * 16_382, "x"] for _ in range(4))]})
    with table(wide) as opened:
        assert opened.size < 1000
    found = answer(demonstration, wide)
    assert [each.message for each in found.notes] == [
        "Seules les 500 premières colonnes de la feuille sont lues ; il y en a d'autres."
    ]
    assert found.problems == []
    assert found.summary.rows == 4


def test_the_copy_of_a_sheet_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thesaurus.tables.workbook._LARGEST_COPY", 50_000)
    with pytest.raises(UnreadableTable, match="Feuille trop grande") as refused:
        table(workbook({"S": [["code", "x"], *(["558", "y" * 1000] for _ in range(100))]}))
    assert "too large" in refused.value.message.en


def test_a_cell_is_no_longer_than_programs_write_it() -> None:
    with table(workbook({"S": [["code", "x"], ["558", "y"]]})) as opened:
        (record,) = opened.records()
    assert opened.splitter.cells(record) == ["558", "y"]
    assert len(_text("y" * 100_000)) == 32_767
    assert _text(f"{NO_VALUE}a\r\nb\rc") == "a\nb\nc"


def test_what_is_not_read_is_said(demonstration: Demonstration) -> None:
    data = workbook({"A": [["Code ORPHA", "Code ORPHA", "Ville"], [558, 58, "Lyon"]], "B": [["x"]]})
    found = answer(demonstration, data)
    assert found.unread.columns == ["Code ORPHA", "Ville"]
    assert found.unread.sheets == ["B"]
    assert found.file.headings_line == 1
    (note,) = found.notes
    assert "« Code ORPHA » (A) est lue, « Code ORPHA » (B) ne l'est pas" in note.message


def test_a_workbook_as_csv(demonstration: Demonstration) -> None:
    lines = annotated(demonstration, PLAIN).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("IPP;Code ORPHA;contrôle;")
    assert lines[1].startswith("12;558;ok;")


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04\0\0", "abîmé"),
        (PLAIN[:-200], "abîmé"),
        (PLAIN[:300] + bytes(50) + PLAIN[350:], "abîmé"),
        (changed(PLAIN, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]), "abîmé"),
        (changed(PLAIN, "xl/workbook.xml", lambda _: b"<x/>"), "abîmé"),
        (changed(PLAIN, "xl/workbook.xml", lambda xml: DOCTYPE + xml), "DOCTYPE"),
        (changed(PLAIN, "xl/styles.xml", lambda xml: b"<!-- -->" * 9999 + DOCTYPE), "DOCTYPE"),
        (
            changed(PLAIN, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 30_000_000),
            "anormale",
        ),
    ],
)  # fmt: skip
def test_workbooks_that_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableTable, match=words):
        table(data)


def test_other_zips_are_no_workbooks() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    with pytest.raises(UnreadableTable, match="Archive zip"):
        table(written.getvalue())


def test_rows_far_below_are_bounded() -> None:
    far = changed(
        PLAIN, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="3"', b'r="1999999"')
    )
    with pytest.raises(UnreadableTable, match="abîmé"):
        table(far)


class TestReport:
    @staticmethod
    def book(demonstration: Demonstration, content: str | bytes) -> Workbook:
        session = demonstration.checker().session()
        out = io.BytesIO()
        with table(content) as opened:
            write_report(
                out,
                opened,
                check_table(opened, session),
                session,
                release="demo-2023",
                profile="bamara",
                name="mes codes.csv",
            )
        return load_workbook(out)

    def written(
        self, demonstration: Demonstration, content: str | bytes
    ) -> dict[str, list[list[str]]]:
        book = self.book(demonstration, content)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                assert all(cell.data_type in "sn" and cell.hyperlink is None for cell in row)
        return {
            sheet.title: [["" if c is None else str(c) for c in row] for row in sheet.values]
            for sheet in book.worksheets
        }

    def test_a_coder_finds_what_to_do(self, demonstration: Demonstration) -> None:
        found = self.written(
            demonstration,
            'IPP;code;x\n1;558;=cmd|x\n"2";255241;http://a.b\n3;558;a;b\n4;"x\n',
        )
        assert list(found) == ["Résumé", "À traiter", "Lignes"]
        summary = {row[0]: row[1] for row in found["Résumé"]}
        assert summary["fichier"] == "mes codes.csv"
        assert summary["version"] == "demo-2023"
        assert summary["lignes"] == "4"
        assert summary["lignes non contrôlées"] == "2"
        assert summary[f"DX-010 {RULES['DX-010'].title.fr}"] == "1"
        heading, *to_do = found["À traiter"]
        assert heading[-2:] == ["décision", "commentaire"]
        by_line = {row[0]: row for row in to_do}
        assert by_line["3"][1:6] == ["2", "255241", "", "erreur", "DX-010"]
        assert by_line["3"][7].startswith("ORPHA:506 ")
        assert by_line["3"][7].endswith("(automatique)")
        assert by_line["4"][4] == by_line["5"][4] == "non contrôlé"
        assert [row[:4] for row in found["Lignes"][:3]] == [
            ["IPP", "code", "x", "contrôle"],
            ["1", "558", "=cmd|x", found["Lignes"][1][3]],
            ["2", "255241", "http://a.b", "erreur"],
        ]

    def test_more_rows_than_a_sheet_has_go_on_in_the_next(
        self, demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("thesaurus.coding.table.report._MOST_ROWS", 3)
        found = self.written(demonstration, "code;x\n" + "558;y\n" * 5)
        assert list(found) == ["Résumé", "À traiter", "Lignes", "Lignes 2"]
        assert (len(found["Lignes"]), len(found["Lignes 2"])) == (4, 3)

    def test_a_workbook_comes_back_as_a_workbook(self, demonstration: Demonstration) -> None:
        found = self.written(demonstration, PLAIN)
        assert [row[:3] for row in found["Lignes"]] == [
            ["IPP", "Code ORPHA", "contrôle"],
            ["12", "558", "ok"],
            ["a", "255241", "erreur"],
        ]

    def test_sheets_can_be_sorted_filtered_and_decided(self, demonstration: Demonstration) -> None:
        book = self.book(demonstration, "code;Ville\n255241;x\n0558;=y\nabc;z\n")
        to_do, lines = book["À traiter"], book["Lignes"]
        assert [lines.cell(row, 1).value for row in (2, 3, 4)] == [255241, "0558", "abc"]
        assert lines["B3"].value == "=y"
        assert lines["F2"].value == 506
        assert (to_do["A2"].value, to_do["C2"].value) == (2, 255241)
        assert to_do["G2"].alignment.wrap_text
        assert lines["E2"].alignment.wrap_text
        assert to_do.auto_filter.ref == f"A1:N{to_do.max_row}"
        assert lines.auto_filter.ref == "A1:I4"
        (choice,) = to_do.data_validations.dataValidation
        assert choice.formula1 == '"accepté,refusé,à revoir"'
        assert str(choice.sqref) == f"M2:M{to_do.max_row}"

    def test_the_summary_says_what_was_read(self, demonstration: Demonstration) -> None:
        rows = [["Suivi"], ["Maladie", "Ville"], ["Marfan", "Lyon"], ["Alexander", "Nice"]]
        found = self.written(demonstration, workbook({"A": rows, "B": [["x"]]}))
        summary = {row[0]: row[1] for row in found["Résumé"]}
        assert re.fullmatch(r"\d\d/\d\d/20\d\d \d\d:\d\d", summary["date du contrôle"])
        assert summary["colonnes lues"] == "libellé : Maladie"
        assert summary["colonnes non lues"] == "« Ville »"
        assert summary["feuilles non lues"] == "« B »"
        assert summary["ligne des en-têtes"] == "2"
        assert "AUCUNE COLONNE DE CODES" in summary["à savoir"]

    def test_nothing_found_is_an_empty_list(self, demonstration: Demonstration) -> None:
        book = self.book(demonstration, "code;x\n558;y\n")
        assert book["À traiter"].auto_filter.ref == "A1:N1"
        assert not book["À traiter"].data_validations.dataValidation

    def test_texts_have_no_apostrophe(
        self, demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "thesaurus.coding.table.added.FINE", Added(check="ok", messages="=1+1", label="-x")
        )
        found = self.written(demonstration, "code;x\n558;y\n")
        assert found["Lignes"][1][2:7] == ["ok", "", "=1+1", "", "-x"]
