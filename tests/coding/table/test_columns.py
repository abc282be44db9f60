"""Columns: by heading, by cells, as somebody said."""

from __future__ import annotations

import time

import pytest

from ontologies.errors import InvalidRequest
from tests.coding.table.tables import table, workbook
from thesaurus.coding.submission import Diagnosis
from thesaurus.coding.table import UnreadableTable
from thesaurus.coding.table.headings import DIAGNOSES, FRENCH, HEADINGS


def places(content: str, **options: object) -> dict[str, int]:
    return dict(table(content, **options).columns.places)


def test_every_field_of_a_diagnosis_has_headings() -> None:
    assert set(HEADINGS) == set(FRENCH) == {"id", *Diagnosis.model_fields}
    for field in HEADINGS:
        assert DIAGNOSES.known[field.replace("_", "")][0] == field


@pytest.mark.parametrize("heading", ["Code ORPHA", "orphacode", "code_orpha", " CODE-ORPHA : "])
def test_headings_are_compared_as_people_write_them(heading: str) -> None:
    assert places(f"x;{heading}\n1;558\n") == {"code": 1}


def test_french_and_english_headings() -> None:
    found = places(
        "IPP;Code ORPHA;Libellé;Statut du diagnostic;CIM-10;Gène(s);Signes HPO;"
        "Âge aux premiers signes;Age at diagnosis;Technique\n1;558;;;;;;;;\n"
    )
    assert list(found) == [
        *("id", "code", "label", "status", "icd10", "genes", "phenotypes", "age_at_onset"),
        *("age_at_diagnosis", "techniques"),
    ]
    assert found["genes"] == 5


def test_the_more_telling_of_two_headings_wins() -> None:
    assert places("Code;Code ORPHA\nX;558\n") == {"code": 1}
    assert places("Code ORPHA;Code\n558;X\n") == {"code": 0}


def test_without_headings_the_column_of_known_codes_is_found() -> None:
    rows = "".join(f"{number};558;Marfan;12\n" for number in range(100, 120))
    found = table(rows).columns
    assert (dict(found.places), found.headings) == ({"code": 1}, None)


def test_a_first_row_of_values_is_no_heading() -> None:
    found = table("p1;558;familial\np2;58;sporadique\n").columns
    assert (dict(found.places), found.headings) == ({"code": 1}, None)


def test_codes_below_an_unknown_heading_are_found() -> None:
    found = table("Quoi;Maladie rare codée\na;ORPHA:558\nb;58\n").columns
    assert found.places == {"code": 1}
    assert found.headings == ("Quoi", "Maladie rare codée")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("code=2", {"code": 1}),
        ("code=B, id=a", {"code": 1, "id": 0}),
        ('code="Quoi, là"', {"code": 1}),
        ("code=quoi-la", {"code": 1}),
        ("libellé=3,code=2", {"code": 1, "label": 2}),
    ],
)
def test_columns_given_by_number_letter_and_heading(given: str, expected: dict[str, int]) -> None:
    assert places('x;"Quoi, là";z\n1;abc;d\n', columns=given) == expected


def test_a_given_column_is_taken_from_what_its_heading_says() -> None:
    assert places("code;label\n1;558\n", columns="id=code,code=label") == {"id": 0, "code": 1}


@pytest.mark.parametrize("given", ["code", "code=", "=3", "code=3,,", "nom du chat=1", "code=é=1"])
def test_columns_that_are_not_of_their_form(given: str) -> None:
    with pytest.raises((InvalidRequest, UnreadableTable)):
        places("a;b\n1;2\n", columns=given)


@pytest.mark.parametrize("given", ["code=0", "code=3", "code=ZZ", 'code="c"', "code=9999999999"])
def test_columns_that_are_not_there_are_said_with_those_that_are(given: str) -> None:
    with pytest.raises(UnreadableTable, match="« IPP », « b »"):
        places("IPP;b\n1;2\n", columns=given)


@pytest.mark.parametrize("header", [True, False, None])
@pytest.mark.parametrize("given", [None, "code=7", 'code="x"'])
def test_cells_that_may_be_of_a_patient_are_in_no_message(
    header: bool | None, given: str | None
) -> None:
    with pytest.raises(UnreadableTable, match=r"colonnes A à C|Aucun en-tête") as refused:
        places("Dupont;Jeanne;12/03/1984\nMartin;Paul;01/02/1990\n", columns=given, header=header)
    assert not any(cell in str(refused.value) for cell in ("Dupont", "Jeanne", "1984"))


def test_no_codes_and_no_labels_lists_the_headings_and_says_what_to_do() -> None:
    with pytest.raises(UnreadableTable) as refused:
        places("IPP;Nom;Prénom\n1;Dupont;Jean\n")
    for words in ("« IPP », « Nom », « Prénom »", "columns=code=3,label=B"):
        assert words in refused.value.message.fr
        assert words in refused.value.message.en or "« Nom »" in words
    assert "Dupont" not in str(refused.value)


def test_what_is_said_of_headings_is_believed() -> None:
    assert table("558\n58\n", header=True).columns.headings == ("558",)
    assert table("code\n558\n", header=False).columns.headings is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *((each, "code") for each in ("Code ORPHA (2023)", "Code ORPHA 2022", "Code [ORPHA]")),
        *((each, "label") for each in ("Diagnostic ORPHA", "Maladie", "Libellé ORPHA")),
        *((each, "icd10") for each in ("Diag CIM10", "Code CIM-10 PMSI", "CIM-10 (2024)")),
        *((each, "genes") for each in ("Gène(s) en cause", "Gènes en cause")),
        *((each, "age_at_onset") for each in ("Âge début", "Âge de début", "Age début (années)")),
        *((each, "id") for each in ("NDA", "NIP", "N° dossier")),
        *((each, "label") for each in ("DP", "Diagnostic principal")),
    ],
)
def test_headings_of_hospitals(heading: str, field: str) -> None:
    named = DIAGNOSES.heading_of(heading)
    assert named
    assert named.field == field


@pytest.mark.parametrize("cell", ["ORPHA 558", "ORPHA:558", "ORPHA 558 (Marfan)", "2024", "12"])
def test_values_are_no_headings(cell: str) -> None:
    assert DIAGNOSES.heading_of(cell) is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Diagnostic;x\n558;\nORPHA:58;\n", {"code": 0}),
        ("Code;x\nMaladie d'Alexander;\nMarfan syndrome;\n", {"label": 0}),
        ("Diagnostic;Code\n558;Syndrome de Marfan\n", {"code": 0, "label": 1}),
        ("DP;Code ORPHA\nQ87.4;558\nE10;58\n", {"code": 1, "icd10": 0}),
        ("DP;Code ORPHA\nSyndrome de Marfan;558\n", {"code": 1, "label": 0}),
        ("Diagnostic principal;Code ORPHA\nQ87.4 Marfan;558\n", {"code": 1, "icd10": 0}),
        ("Code ORPHA;x\nSyndrome de Marfan;\n", {"code": 0}),
        ("Code;x\nQ87.4;\n", {"code": 0}),
        ("Libellé;Truc\nMarfan;ORPHA:558\n", {"code": 1, "label": 0}),
        ("Libellé;Truc\nMarfan;558\n", {"label": 0}),
    ],
)
def test_headings_are_judged_by_their_cells(content: str, expected: dict[str, int]) -> None:
    assert places(content) == expected


def test_numbered_headings_are_no_codes() -> None:
    found = table("IPP;ORPHA 1;ORPHA 2\na;558;\nb;58;58\n")
    assert found.columns.places == {"id": 0, "code": 1}
    assert found.columns.unread() == ["ORPHA 2"]
    (note,) = found.notes
    assert "« ORPHA 1 » (B) est lue, « ORPHA 2 » (C) ne l'est pas" in note.fr
    assert "« ORPHA 1 » (B) is read" in note.en
    assert table("a;ORPHA 58\nb;ORPHA 558\n").columns.headings is None


TITLES = {
    "in one of the cells": "Suivi maladies rares 2024;;;\n",
    "alone": "Suivi maladies rares 2024\n\n",
    "with a comma": "Suivi, maladies rares\nCentre de Lyon, 2024\n\n;;;\n",
    "a number": "2024;;;\n",
    "groups of columns": "Patient;;Diagnostic;\n",
    "several": "A\nB\nC\nD\nE\nF\nG\nH\nI\n",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_titles_above_the_headings_are_passed_over(title: str, delimiter: str) -> None:
    below = "IPP;Code ORPHA;Libellé;x\np1;558;a;\np2;58;b;\n".replace(";", delimiter)
    found = table(title.replace(";", delimiter) + below)
    assert found.text.delimiter == delimiter
    assert found.columns.places == {"id": 0, "code": 1, "label": 2}
    line = title.count("\n") + 1
    assert [each.line for each in found.records()] == [line + 1, line + 2]
    assert [each.fr.split(" ;")[0] for each in found.notes] == [
        f"Le tableau commence à la ligne {line}"
    ]


def test_titles_above_unknown_headings_and_above_none() -> None:
    unknown = table("Suivi;;\nQuoi;Truc;x\na;ORPHA:558;\nb;58;\n")
    assert unknown.columns.headings == ("Quoi", "Truc", "x")
    none = table("Suivi;;\np1;558;x\np2;58;x\n")
    assert (none.columns.headings, [each.line for each in none.records()]) == (None, [2, 3])
    assert [each.line for each in table("558;;\n58;a;b\n58;a;b\n").records()] == [1, 2, 3]


def test_rows_of_values_below_are_no_headings() -> None:
    found = table("p1;558;x\np2;58;familial\nIPP;Code ORPHA;Libellé\n")
    assert (dict(found.columns.places), found.columns.headings) == ({"code": 1}, None)
    labels = table("Libellé;x\nMarfan;\nforme 2;type 1\n")
    assert labels.columns.headings == ("Libellé", "x")


def test_a_title_above_the_headings_of_a_sheet() -> None:
    data = workbook({"S": [["Suivi 2024"], [], ["IPP", "Code ORPHA"], ["a", 558]]})
    with table(data) as found:
        assert found.columns.places == {"id": 0, "code": 1}
        assert [each.line for each in found.records()] == [4]


def test_headings_below_a_title_can_be_meant() -> None:
    content = "Suivi;;\nQuoi;Truc;x\na;abc;\n"
    assert places(content, columns="code=Truc") == {"code": 1}


def test_labels_alone_are_said_loudly() -> None:
    (note,) = table("IPP;Libellé\n1;Marfan\n").notes
    assert "AUCUNE COLONNE DE CODES" in note.fr
    assert "NO COLUMN OF CODES" in note.en


@pytest.mark.parametrize("text", [" " * 200_000, "a" * 200_000, "a=" + " " * 200_000 + '"'])
def test_given_columns_are_read_in_linear_time(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises((InvalidRequest, UnreadableTable)):
        places("a;b\n1;2\n", columns=text)
    assert time.perf_counter() - start < 1


def test_very_many_columns_are_told_in_bounded_time() -> None:
    wide = "code;" + ";".join(["x"] * 200_000) + "\n"
    start = time.perf_counter()
    assert places(wide + "558" + wide[4:] * 8) == {"code": 0}
    assert places(wide + wide, columns="code=150000") == {"code": 149_999}
    assert time.perf_counter() - start < 10
