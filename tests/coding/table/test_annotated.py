"""The same file with columns added."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.asking import Demonstration
from tests.coding.table.tables import annotated
from thesaurus.coding.answer import Finding, Severity, Suggestion
from thesaurus.coding.table.added import HEADINGS, of_findings
from thesaurus.tables.annotated import new_headings

CELL = st.text(alphabet='a5;"\n é=,', max_size=6)


def rows(data: bytes, encoding: str = "utf-8", delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=6),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_original_cells_stay_as_they_were(
    demonstration: Demonstration, cells: list[list[str]], line_end: str, encoding: str
) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator=line_end).writerows([["id", "code"], *cells])
    sent = written.getvalue()
    back = annotated(demonstration, sent.encode(encoding)).decode(encoding)
    found = list(csv.reader(io.StringIO(back, newline=""), delimiter=";"))
    assert [row[:2] for row in found] == [["id", "code"], *cells]
    assert all(len(row) == 2 + len(HEADINGS) for row in found)
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in found for cell in row[2:])


def test_what_is_added(demonstration: Demonstration) -> None:
    found = rows(annotated(demonstration, "code;label\n558;\n255241;\nabc;\n"))
    assert found[0] == ["code", "label", *HEADINGS]
    assert found[1][2:] == ["ok", "", "", "", "", "", ""]
    check, rule, message, code, label, automatic, _ = found[2][2:]
    assert (check, rule, code, automatic) == ("erreur", "DX-010", "506", "oui")
    assert "255241" in message
    assert label
    assert found[3][2] == "erreur"


def test_without_headings_none_are_added(demonstration: Demonstration) -> None:
    found = rows(annotated(demonstration, "a;558\nb;255241\n"))
    assert [row[:3] for row in found] == [["a", "558", "ok"], ["b", "255241", "erreur"]]


def test_short_and_long_rows_keep_the_columns_in_line(demonstration: Demonstration) -> None:
    found = rows(annotated(demonstration, "code;label;x\n558\n58;a;b;;;\n\n255241;c;d\n"))
    assert [row[3:4] for row in found] == [["contrôle"], ["ok"], ["ok"], [], ["erreur"]]


def test_the_end_of_the_file_stays_as_it_was(demonstration: Demonstration) -> None:
    assert not annotated(demonstration, "code;label\n558;a").endswith(b"\n")
    assert annotated(demonstration, "code;label\n558;a\n\n").endswith(b"\n\n")


def test_rows_at_fault_say_so_or_stay_whole(demonstration: Demonstration) -> None:
    long = b"9" * 1_000_001
    sent = b'code;label\n558;a;b\n"558;c\n' + long + b"\n58;d\n"
    lines = annotated(demonstration, sent).splitlines()
    assert "non contrôlé" in lines[1].decode()
    assert lines[2:4] == [b'"558;c', long]
    assert lines[4].startswith(b"58;d;")


def test_a_checked_file_can_be_checked_again(demonstration: Demonstration) -> None:
    once = annotated(demonstration, "code;label\n255241;x\n")
    twice = rows(annotated(demonstration, once))
    assert twice[0][2:] == [*HEADINGS, *(f"{each} (2)" for each in HEADINGS)]
    assert twice[1][2:9] == twice[1][9:]
    assert new_headings(HEADINGS, ["contrôle", "contrôle (2)"])[0] == "contrôle (3)"


def test_windows_1252_is_kept_where_it_has_all_letters(demonstration: Demonstration) -> None:
    sent = "code;libellé\n558;été\n".encode("cp1252") + b"58;\x81\n"
    back = annotated(demonstration, sent)
    assert back.startswith("code;libellé;contrôle".encode("cp1252"))
    assert b"\n58;\x81;" in back


def test_windows_1252_becomes_utf_8_where_it_lacks_a_letter(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "thesaurus.coding.table.added.FINE", of_findings([finding("α-mannosidose")])
    )
    back = annotated(demonstration, "code;é\n558;été\n".encode("cp1252"))
    assert back.startswith(b"\xef\xbb\xbf")
    assert [row[:2] for row in rows(back, "utf-8-sig")] == [["code", "é"], ["558", "été"]]
    assert "α-mannosidose" in back.decode()


def finding(label: str) -> Finding:
    return Finding(
        rule="DX-010",
        severity=Severity.WARNING,
        path="/diagnoses/0/code",
        message="=1+1",
        message_en="",
        suggestions=[
            Suggestion(code="1", label="@un", reason=""),
            Suggestion(code="2", label=label, reason="", automatic=True),
        ],
    )


def test_nothing_that_is_added_is_a_formula(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thesaurus.coding.table.added.FINE", of_findings([finding("-deux")]))
    found = rows(annotated(demonstration, "code;x\n558;\n"))
    assert found[1][2:] == [
        *("avertissement", "DX-010", "'=1+1", "2", "'-deux", "oui", "ORPHA:1 @un"),
    ]


def test_the_code_of_the_row_is_not_proposed_again() -> None:
    said = [finding("deux")]
    assert of_findings(said, "ORPHA:2").code == ""
    assert of_findings(said, "ORPHA:2").label == "deux"
    assert of_findings(said, "558").code == of_findings(said, "?").code == "2"


def test_rows_that_cannot_be_split_keep_the_columns_in_line(demonstration: Demonstration) -> None:
    sent = 'code;label\n558;"' + "a" * 200_000 + '"\n'
    _, faulty = annotated(demonstration, sent).decode().splitlines()
    assert faulty.startswith(sent.splitlines()[1] + ";non contrôlé;;")
    assert faulty.count(";") == 2 + len(HEADINGS)  # one of them in the message


@pytest.mark.parametrize("title", ["Suivi 2024;;\n", "Suivi 2024\n\n", "Suivi\nCentre\n \n"])
def test_a_title_stays_as_it_was(demonstration: Demonstration, title: str) -> None:
    back = annotated(demonstration, f"{title}IPP;Code ORPHA;x\n1;558;y\n").decode()
    assert back.startswith(f"{title}IPP;Code ORPHA;x;contrôle;")
    assert "\n1;558;y;ok;" in back
