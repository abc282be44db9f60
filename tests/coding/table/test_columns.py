"""Columns: by heading, by cells, as somebody said."""

from __future__ import annotations

import pytest

from ontologies.errors import InvalidRequest
from tests.coding.table.tables import table
from thesaurus.coding.submission import Diagnosis
from thesaurus.coding.table import UnreadableTable
from thesaurus.coding.table.headings import HEADINGS, known_headings


def places(content: str, **options: object) -> dict[str, int]:
    return dict(table(content, **options).columns.places)


def test_every_field_of_a_diagnosis_has_headings() -> None:
    assert set(HEADINGS) == {"id", *Diagnosis.model_fields}
    for field in HEADINGS:
        assert known_headings()[field.replace("_", "")][0] == field


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
    with pytest.raises(UnreadableTable, match="« b »"):
        places("a;b\n1;2\n", columns=given)


def test_no_codes_and_no_labels_lists_the_headings_and_says_what_to_do() -> None:
    with pytest.raises(UnreadableTable) as refused:
        places("Nom;Prénom\nDupont;Jean\n")
    for words in ("« Nom », « Prénom »", "columns=code=3,label=B"):
        assert words in refused.value.message.fr
        assert words in refused.value.message.en or "« Nom »" in words
    assert "Dupont" not in str(refused.value)


def test_what_is_said_of_headings_is_believed() -> None:
    assert table("558\n58\n", header=True).columns.headings == ("558",)
    assert table("code\n558\n", header=False).columns.headings is None
