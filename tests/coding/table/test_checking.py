"""Rows as submissions: the rows of a patient together, wherever they stand; a fault alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontologies.standard import HPO, ICD10, ORPHA
from tests.coding.asking import Demonstration, submission
from tests.coding.table.tables import annotated, answer, table
from thesaurus.coding.submission import Diagnosis
from thesaurus.coding.table import checking, patients
from thesaurus.coding.table.answer import FileAnswer
from thesaurus.coding.table.rows import RowReader

CODES = st.sampled_from(["558", "255241", "802", "98053", "abc", "65753", ""])
LIMITS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def by_patient(found: FileAnswer) -> dict[str | None, Any]:
    """What is found of each patient, without the places in the file."""

    def said(message: str) -> str:
        return re.sub(r"à la ligne \d+", "ailleurs", message)

    return {
        each.id: [(f.rule, f.path, said(f.message)) for f in each.findings]
        for each in found.results
    }


@LIMITS
@given(
    rows=st.lists(st.tuples(st.sampled_from("abcd"), CODES), min_size=1, max_size=12),
    order=st.randoms(use_true_random=False),
    near=st.integers(0, 3),
)
def test_scattered_rows_are_checked_as_if_they_stood_together(
    demonstration: Demonstration, rows: list[tuple[str, str]], order: Any, near: int
) -> None:
    head = "id;code;Libellé\n"
    shuffled = list(rows)
    order.shuffle(shuffled)
    together = sorted(shuffled, key=lambda row: row[0])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "_NEAR_ROWS", near)
        apart = answer(demonstration, head + "".join(f"{i};{c};x\n" for i, c in shuffled))
    plain = answer(demonstration, head + "".join(f"{i};{c};x\n" for i, c in together))
    assert by_patient(apart) == by_patient(plain)
    assert apart.summary == plain.summary
    for each in apart.results:
        own = [line for line, row in enumerate(shuffled, 2) if row[0] == each.id]
        assert each.lines == own


@LIMITS
@given(rows=st.lists(st.tuples(st.sampled_from("ab"), CODES), min_size=1, max_size=9))
def test_a_table_gets_the_findings_of_a_submission(
    demonstration: Demonstration, rows: list[tuple[str, str]]
) -> None:
    found = answer(demonstration, "id;code;label\n" + "".join(f"{i};{c};y\n" for i, c in rows))
    sent = [
        submission(*({"code": c or None, "label": "y"} for i, c in rows if i == name), name=name)
        for name in dict.fromkeys(i for i, _ in rows)
    ]
    expected = demonstration.checker(searches=200).check(sent)
    assert [(each.id, each.valid, each.severity) for each in found.results] == [
        (each.id, each.valid, each.severity) for each in expected.results
    ]
    assert [len(each.findings) for each in found.results] == [
        len(each.findings) for each in expected.results
    ]


def test_findings_say_line_and_column(demonstration: Demonstration) -> None:
    found = answer(demonstration, "IPP;Quand;Code ORPHA\na;1;558\n\nb;2;255241\na;3;255241\n")
    placed = [(r.id, f.line, f.column, f.rule) for r in found.results for f in r.findings]
    assert placed == [("a", 5, "Code ORPHA", "DX-010"), ("b", 4, "Code ORPHA", "DX-010")]
    assert found.results[0].lines == [2, 5]
    assert found.summary.rows == 3


def test_rows_without_an_id_stand_alone(demonstration: Demonstration) -> None:
    with_column = answer(demonstration, "id;code\n;558\n;58\n")
    without = answer(demonstration, "code;label\n558;\n58;\n")
    for found in (with_column, without):
        assert [(each.id, each.lines) for each in found.results] == [(None, [2]), (None, [3])]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('1;"558;x', "Guillemet"),
        ("1;55\0008;x", "octet nul"),
        ("1;558;a;b;c", "5 cellules pour 3 colonnes"),
        ("1;558;" + "x" * 2001, "colonne label"),
        ("1;" + "9" * 1_000_001 + ";x", "1 Mo"),
        ("i" * 201 + ";558;x", "colonne id"),
    ],
)
def test_a_fault_costs_its_row_only(demonstration: Demonstration, row: str, words: str) -> None:
    found = answer(demonstration, f"id;code;label\n1;558;a\n{row}\n1;255241;b\n2;58;c\n")
    (problem,) = found.problems
    assert problem.line == 3
    assert words in problem.message
    assert problem.message_en != problem.message
    assert [each.lines for each in found.results] == [[2, 4], [5]]
    assert found.summary.problems == 1
    assert found.summary.rows == 4


def test_undecodable_bytes_cost_their_row(demonstration: Demonstration) -> None:
    data = "code;é\n558;é\n".encode() + b"558;\xe9\n" + "58;é\n".encode()
    found = answer(demonstration, data)
    assert [each.line for each in found.problems] == [3]
    assert [each.lines for each in found.results] == [[2], [4]]


def test_where_the_first_row_of_a_patient_is_at_fault_the_next_one_leads(
    demonstration: Demonstration,
) -> None:
    found = answer(demonstration, "id;code\na;1;2;3\nb;558\na;58;4\na;255241\na;558\n")
    assert [each.line for each in found.problems] == [2, 4]
    assert [(each.id, each.lines) for each in found.results] == [("b", [3]), ("a", [5, 6])]


def test_a_patient_of_too_many_rows(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patients, "MOST_ROWS", 3)
    data = "id;code\n" + "a;558\nb;58\n" * 5
    found = answer(demonstration, data)
    assert [each.lines for each in found.results] == [[2, 4, 6], [3, 5, 7]]
    assert [each.line for each in found.problems] == [8, 9, 10, 11]
    assert annotated(demonstration, data).decode().count("non contrôlé") == 4


def test_what_is_added_waits_in_a_file_when_it_is_much(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = "id;code\n" + "a;558\nb;abc\nc;255241\n" * 6
    plain = annotated(demonstration, data)
    monkeypatch.setattr("thesaurus.coding.table.added._HELD", 2)
    assert annotated(demonstration, data) == plain
    assert plain.count(b"DX-010") == 6


def test_cells_become_the_diagnosis_that_json_would_give() -> None:
    headings = (
        "code;label;status;type;icd10;genes;phenotypes;description;familial;age_at_onset;"
        "age_at_diagnosis;techniques;null_flavor;system;inheritance"
    )
    row = (
        " ORPHA:558 ;Marfan;confirmé;type 2;Q87.4|Q87;FBN1, TGFBR2 ;HP:0001166;"
        '"CIM-10:Q87.4 | ORPHA:58, HP:0001250;autre";familial;5 mo;12;"a;b";UNK;ORPHA;AD'
    )
    opened = table(f"{headings}\n{row}\n")
    (record,) = opened.records()
    assert RowReader(opened).row(record).diagnosis == Diagnosis.model_validate(
        {
            "code": "ORPHA:558",
            "label": "Marfan",
            "status": "confirmé",
            "type": "type 2",
            "icd10": ["Q87.4", "Q87"],
            "genes": ["FBN1", "TGFBR2"],
            "phenotypes": ["HP:0001166"],
            "description": [
                {"system": ICD10.name, "code": "Q87.4"},
                {"system": ORPHA.name, "code": "ORPHA:58"},
                {"system": HPO.name, "code": "HP:0001250"},
                "autre",
            ],
            "familial": "familial",
            "age_at_onset": "5 mo",
            "age_at_diagnosis": "12",
            "techniques": ["a", "b"],
            "null_flavor": "UNK",
            "system": "ORPHA",
            "inheritance": "AD",
        }
    )


def test_the_work_is_told_from_time_to_time(demonstration: Demonstration) -> None:
    told: list[float] = []
    opened = table("id;code\n" + "a;558\nb;58\n" * 3000)
    for _ in checking.check_table(opened, demonstration.checker().session(), told.append):
        pass
    assert told == sorted(told)
    assert told[0] < 0.01
    assert 0.8 < told[-1] <= 1


def test_messages_name_lines_and_not_numbers_of_diagnoses(demonstration: Demonstration) -> None:
    found = answer(demonstration, "Titre;\nid;code\na;558\nb;58\na;\na;1;2\na;558\n")
    (twice,) = [f for each in found.results for f in each.findings if f.rule == "DX-040"]
    assert "à la ligne 3" in twice.message
    assert "on line 3" in twice.message_en
    assert twice.line == 7
    assert "n°" not in twice.message
