"""Counts of tables: what is read of a file, how much of it, and what is written."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ontologies.recipe import Reason
from tests.coding.table.tables import workbook
from thesaurus.counting import (
    COUNTED,
    Choice,
    CodeCount,
    CountAnswer,
    FileCountAnswer,
    RecipeChoice,
    add_table,
    table,
    write_csv,
    write_xlsx,
)
from thesaurus.counting.headings import new_codes
from thesaurus.runtime import Open, Runtime
from thesaurus.settings import Settings
from thesaurus.store import Database, Register
from thesaurus.tables import Columns, Options, UnreadableTable, open_table
from thesaurus.transcoding.recoding.headings import HEADINGS


@pytest.fixture(scope="module")
def release(loaded_demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    home = shutil.copytree(loaded_demonstration, tmp_path_factory.mktemp("counting") / "home")
    database = Database(Settings(home=home).database)
    runtime = Runtime(Register(database))
    runtime.refresh()
    yield runtime.current()
    database.dispose()


def no_perimeter(name: str) -> frozenset[str]:
    raise LookupError(name)


def counted(
    release: Open, content: str | bytes, options: Options = Options(), **asked: Any
) -> FileCountAnswer:
    data = content.encode() if isinstance(content, str) else content
    count = CodeCount(release, Choice.of(release, RecipeChoice(**asked), no_perimeter))
    with open_table(io.BytesIO(data), COUNTED, release.snapshot.__contains__, options) as opened:
        notes = add_table(count, opened)
    return FileCountAnswer(file=notes, **dict(count.answer()))


TABLE = "Numéro patient;Libellé;Code ORPHA\né1;Marfan;558\né1;Marfan;284963\né2;Leigh;506\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_gives_the_same_count(release: Open, encoding: str) -> None:
    answer = counted(release, TABLE.encode(encoding), level=("disorder",))
    assert {each.code: each.patients for each in answer.items} == {"558": 1, "506": 1}
    assert answer.file.columns == {
        "id": "Numéro patient",
        "code": "Code ORPHA",
        "label": "Libellé",
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_gives_the_same_count(release: Open, delimiter: str) -> None:
    answer = counted(release, TABLE.replace(";", delimiter))
    assert (answer.total.counted.rows, answer.total.counted.patients) == (3, 2)


def test_columns_that_somebody_names(release: Open) -> None:
    options = Options(columns="code=2,patient=A", header=False)
    answer = counted(release, "a;558;x\na;506;x\nb;558;x\n", options)
    assert answer.total.counted.patients == 2
    assert answer.file.columns == {"id": "A", "code": "B"}


def test_the_sheet_of_a_workbook(release: Open) -> None:
    patients: list[Sequence[Any]] = [["patient", "code"], ["a", 558], ["a", 506], [7, 506]]
    sheets: dict[str, Iterable[Sequence[Any]]] = {"Notes": [["x"]], "Patients": patients}
    answer = counted(release, workbook(sheets))
    assert answer.file.sheet == "Patients"
    assert answer.total.counted.patients == 2
    with pytest.raises(UnreadableTable):
        counted(release, workbook(sheets), Options(sheet="Autre"))


def test_a_file_beyond_all_bounds_is_refused(
    release: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MOST_ROWS", 9_000)
    monkeypatch.setattr(table, "_REPORTED", 1_000)
    counted(release, "code\n" + "558\n" * 9_000)
    with pytest.raises(UnreadableTable):
        counted(release, "code\n" + "558\n" * 12_000)


def test_progress_is_told(release: Open) -> None:
    told: list[float] = []
    count = CodeCount(release, Choice.of(release, RecipeChoice(), no_perimeter))
    content = io.BytesIO(b"code\n" + b"558\n" * 20_000)
    with open_table(content, COUNTED, release.snapshot.__contains__) as opened:
        add_table(count, opened, told.append)
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1


def test_only_the_first_problems_are_told_and_all_are_counted(release: Open) -> None:
    answer = counted(release, "patient;code\n" + "a;558;x\n" * 1_200)
    assert (answer.file.problems, len(answer.file.first_problems)) == (1_200, 1_000)
    assert answer.dropped[Reason.UNREADABLE_ROW].rows == 1_200


CELL = st.sampled_from(["558", "ORPHA:506", "284963", "802", "98053", "", "x", "999999"])
FAULTY = st.sampled_from(["a;b", '"558" x'])
PATIENT = st.sampled_from(["1", "2", "é", "", '"3"'])


@given(rows=st.lists(st.tuples(PATIENT, CELL | FAULTY), max_size=30))
def test_no_line_of_a_file_is_lost(release: Open, rows: list[tuple[str, str]]) -> None:
    lines = [f"{patient};{code}" for patient, code in rows]
    answer = counted(release, "\n".join(["patient;code", "0;558", *lines]) + "\n")
    total, dropped = answer.total, answer.dropped.values()
    assert total.read.rows + answer.file.blank == 1 + len(rows)
    assert total.read.rows == total.counted.rows + sum(each.rows for each in dropped)
    assert total.read.patients == total.counted.patients + sum(each.patients for each in dropped)


# -- written ---------------------------------------------------------------------------------


def named(answer: CountAnswer, label: str) -> CountAnswer:
    """The same with a label that a spreadsheet program would take for a formula."""
    items = [each.model_copy(update={"label": label}) for each in answer.items]
    return answer.model_copy(update={"items": items})


@pytest.mark.parametrize("label", ["=1+1", "@SUM(A1)", "+1", "-1"])
def test_no_cell_is_a_formula(release: Open, label: str) -> None:
    answer = named(counted(release, TABLE), label)
    out = io.BytesIO()
    write_csv(out, answer)
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert {row[1] for row in rows[1:]} == {f"'{label}"}
    book_file = io.BytesIO()
    write_xlsx(book_file, answer)
    cells = [row[1] for row in load_workbook(book_file)["Comptage"].iter_rows(min_row=2)]
    assert {(cell.value, cell.data_type) for cell in cells} == {(label, "s")}


def test_nothing_to_count_can_be_written(release: Open) -> None:
    answer = counted(release, "code;x\n;1\n", Options(columns="code=1"))
    assert answer.items == []
    for write in (write_csv, write_xlsx):
        out = io.BytesIO()
        write(out, answer)
        assert out.getvalue()


def test_a_recoding_is_recognised_by_its_heading() -> None:
    assert new_codes(Columns({"code": 0}, ("Code", HEADINGS[0], f"{HEADINGS[0]} (2)"), 3)) == [2, 1]
    assert new_codes(Columns({"code": 1}, ("Code", HEADINGS[0]), 2)) == []
