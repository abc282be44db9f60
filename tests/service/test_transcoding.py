"""Transcoding tables of three built years: what stands, what waits, what is signed, what leaves as
a file and comes back.
"""

from __future__ import annotations

import csv
import io
import warnings
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from ontologies.errors import Conflict, DamagedRelease, InvalidCode, InvalidRequest, UnknownRelease
from ontologies.transcoding import Decision, Kind
from tests.builders import load_pack
from tests.packs import displays
from tests.packs.model import (
    Classification,
    Entity,
    Pack,
    Redirection,
    moved_to,
    referred_to,
    tree,
)
from thesaurus.comparison import Sealed
from thesaurus.opening import Open
from thesaurus.runtime import Runtime
from thesaurus.store import Register, State
from thesaurus.store.models import TranscodingSignatureRow
from thesaurus.store.transcoding import Wanted
from thesaurus.systems import code_systems
from thesaurus.tables import Options, UnreadableTable
from thesaurus.transcoding.answer import TranscodingAnswer, TranscodingItem
from thesaurus.transcoding.deciding import decide, reopen, sign
from thesaurus.transcoding.decision_file import (
    DecisionFileAnswer,
    FaultyFile,
    read_decisions,
    write_decisions,
)
from thesaurus.transcoding.exporting import write_table
from thesaurus.transcoding.table import Selection, page
from thesaurus.transcoding.ways import Way, Ways

HOSTILE = '=HYPERLINK("http://x";"<b>ouvrir</b>") | a;b\n\'"\tfin é'


def active(code: str, name: str = "", level: int = displays.DISORDER) -> Entity:
    return Entity(code, {"fr": name or f"Maladie {code}"}, level_id=level)


def gone(code: str, flag: int, to: Redirection | None = None) -> Entity:
    return Entity(code, {"fr": f"Maladie {code}"}, flag=flag, redirection=to)


def obsolete(code: str, target: str | None = None) -> Entity:
    return gone(code, displays.OBSOLETE, referred_to(target) if target else None)


def year(day: str, *entities: Entity) -> Pack:
    head = Entity(
        "1",
        {"fr": "Maladies rares"},
        flag=displays.HEAD_OF_CLASSIFICATION,
        type_id=displays.CATEGORY,
        level_id=displays.GROUP,
    )
    edges = [("1", each.code) for each in entities if each.active]
    classification = Classification("146", "156265", {"fr": "Toutes"}, (tree("1", edges),))
    return Pack(day, (head, *entities), (classification,))


FIRST = year("2021-07-01", *map(active, ("58", "59", "61", "62", "63", "64", "65")), obsolete("80"))
SECOND = year(
    "2022-07-01",
    *(obsolete("58", "62"), obsolete("59"), gone("64", displays.NON_RARE_IN_EUROPE)),
    *map(active, ("61", "62", "63", "65")),
    obsolete("80"),
)
THIRD = year(
    "2023-07-01",
    *(obsolete("58", "62"), obsolete("59"), gone("64", displays.NON_RARE_IN_EUROPE)),
    gone("61", displays.DEPRECATED, moved_to("62")),
    obsolete("63"),
    active("62", "Maladie 62 (nouveau nom)"),
    active("80"),
)


@pytest.fixture
def register(home: Register, tmp_path: Path) -> Register:
    for pack in (FIRST, SECOND, THIRD):
        load_pack(home, tmp_path / pack.year, pack, activate=pack is THIRD)
    return home


@pytest.fixture
def ways(register: Register) -> Ways:
    return ways_of(register)


def ways_of(register: Register) -> Ways:
    return Ways(Sealed(register), register.database)


def accepted(code: str, *targets: str, **given: Any) -> Wanted:
    return Wanted(code, Decision.ACCEPTED, targets, **given)


def settle(ways: Ways, source: str, target: str, *wanted: Wanted) -> Way:
    decide(ways, ways.between(source, target), wanted, actor="marie")
    return ways.between(source, target)


def told(way: Way, code: str) -> tuple[str, ...]:
    row = way.rows[code]
    return (row.kind, row.decision, *row.targets)


def waiting(way: Way) -> list[str]:
    return [row.source for row in way.open]


class TestTheWay:
    def test_one_year(self, ways: Ways) -> None:
        way = ways.between("2021", "2022")
        assert told(way, "58") == ("obsolete-manual", "proposed", "62")
        assert told(way, "64") == ("non-rare-none", "proposed")
        assert waiting(way) == ["58", "59", "64"]
        assert "80" in way.rows
        assert way.asked("65") is None

    def test_two_years(self, ways: Ways) -> None:
        way = ways.between("2021", "2023")
        assert way.releases == ("2021", "2022", "2023")
        assert told(way, "61") == ("deprecated-automatic", "automatic", "62")
        assert told(way, "62") == ("label-only", "automatic", "62")
        assert told(way, "65") == ("removed", "proposed")
        assert way.rows["65"].via == "2022"
        assert told(way, "80") == ("reactivated", "automatic", "80")

    def test_a_decision_on_the_way_stands_and_its_target_is_followed(self, ways: Ways) -> None:
        settle(ways, "2021", "2022", accepted("58", "61"), accepted("59", "63"), accepted("64"))
        way = ways.between("2021", "2023")
        assert told(way, "58") == ("obsolete-manual", "accepted", "62")
        assert way.rows["58"].decided == ("2021", "2022")
        assert way.authors["58"].actor == "marie"
        assert told(way, "64") == ("non-rare-none", "accepted")
        assert way.rows["59"].open, "63 became obsolete since"
        assert waiting(way) == ["59", "63", "65"]

    def test_a_code_that_came_back_is_itself_again(self, ways: Ways) -> None:
        settle(ways, "2021", "2022", accepted("80", "62"))
        assert told(ways.between("2021", "2022"), "80") == ("obsolete-manual", "accepted", "62")
        assert told(ways.between("2021", "2023"), "80") == ("reactivated", "automatic", "80")

    def test_a_decision_taken_back_is_none(self, ways: Ways) -> None:
        settle(ways, "2021", "2022", accepted("58", "61"))
        way = settle(ways, "2021", "2022", Wanted("58", Decision.PROPOSED))
        assert waiting(way) == ["58", "59", "64"]
        assert (way.own_version("58"), way.own_version("59")) == (2, 0)

    def test_only_to_a_later_release_that_is_known(self, ways: Ways) -> None:
        with pytest.raises(InvalidRequest, match="older"):
            ways.between("2023", "2021")
        for pair in (("2021", "2030"), ("x", "2023")):
            with pytest.raises(UnknownRelease):
                ways.between(*pair)
            with pytest.raises(UnknownRelease):
                ways.state(*pair)
        assert list(ways.between("2021", "2021").rows.values()) == [
            row for row in ways.between("2021", "2021").rows.values() if not row.changed
        ]

    def test_the_state_changes_with_what_is_decided(self, ways: Ways) -> None:
        before = ways.state("2021", "2022")
        assert ways.state("2021", "2022") == before
        settle(ways, "2021", "2022", accepted("58", "61"))
        assert ways.state("2021", "2022") != before


class TestDeciding:
    @pytest.mark.parametrize(
        ("wanted", "why"),
        [
            (accepted("61", "62"), "asks for no decision"),
            (accepted("999"), "asks for no decision"),
            (accepted("58", "999"), "no active code"),
            (accepted("58", "59"), "no active code"),
            (accepted("58", *map(str, range(1, 12))), "at most 10"),
            (Wanted("58", Decision.AUTOMATIC), "accepted, rejected or proposed"),
            (Wanted("58", Decision.REJECTED, ("62",)), "no target"),
            (Wanted("59", Decision.ACCEPTED), "nothing is proposed"),
            (accepted("58", "62", comment="x" * 2001), "2000"),
            (accepted("58", "62", comment="a\0b"), "control"),
            (accepted("58", "62", comment="a\x1b[31mb"), "control"),
            (accepted("58", "62", comment="\ud800"), "control"),
            (accepted("58", "62", comment="a\u202eb"), "control"),
            (accepted("58", "62", comment="a\u2066b"), "control"),
        ],
    )
    def test_what_is_refused(self, ways: Ways, wanted: Wanted, why: str) -> None:
        with pytest.raises(InvalidRequest, match=why):
            settle(ways, "2021", "2022", accepted("64"), wanted)
        assert ways.store.history("2021", "2022") == []

    def test_what_is_no_code(self, ways: Ways) -> None:
        for wanted in (accepted("x"), accepted("58", "x")):
            with pytest.raises(InvalidCode):
                settle(ways, "2021", "2022", wanted)

    def test_one_decision_for_a_code(self, ways: Ways) -> None:
        with pytest.raises(InvalidRequest, match="ORPHA:58"):
            settle(ways, "2021", "2022", accepted("58", "62"), accepted("ORPHA:58", "61"))

    def test_what_is_proposed_is_meant_where_no_target_is_named(self, ways: Ways) -> None:
        way = settle(
            ways,
            *("2021", "2022"),
            Wanted("ORPHA:58", Decision.ACCEPTED, comment="  vu  "),
            Wanted("64", Decision.ACCEPTED),
        )
        assert told(way, "58") == ("obsolete-manual", "accepted", "62")
        assert told(way, "64") == ("non-rare-none", "accepted")
        assert way.authors["58"].comment == "vu"


class TestSigning:
    def test_not_while_rows_wait(self, ways: Ways) -> None:
        way = settle(ways, "2021", "2022", accepted("58", "61"))
        with pytest.raises(Conflict, match="2021 → 2022 still waits for decisions, 2 in all"):
            sign(ways, way, actor="anne")

    def test_not_what_somebody_changed_meanwhile(self, ways: Ways) -> None:
        way = settle(ways, "2021", "2022", accepted("58"), accepted("59"), accepted("64"))
        settle(ways, "2021", "2022", accepted("58", "62"))
        with pytest.raises(Conflict, match="meanwhile"):
            sign(ways, way, actor="anne")

    def test_a_signed_table_stays_as_it_was(self, register: Register, tmp_path: Path) -> None:
        ways = ways_of(register)
        settle(ways, "2021", "2022", accepted("58", "61", comment="avant"))
        way = settle(
            ways, "2021", "2023", accepted("59"), accepted("63"), accepted("64"), accepted("65")
        )
        before = page(way)
        signature = sign(ways, way, actor="anne", comment="réunion")
        settle(ways, "2021", "2022", accepted("58", "63", comment="après"))
        patch = year("2022-09-01", obsolete("58", "59"), active("59"), active("99"), obsolete("80"))
        load_pack(register, tmp_path / "patch", patch)
        signed = ways_of(register).between("2021", "2023")
        assert signed.signature == signature
        after = page(signed)
        assert after.signed
        assert after.signed.comment == "réunion"
        assert after.model_copy(update={"signed": None}) == before
        assert next(item for item in after.items if item.source.code == "58").comment == "avant"
        again = reopen(ways_of(register), "2021", "2023", actor="paul", why="correctif")
        assert again.sha256 == signature.sha256
        now = ways_of(register).between("2021", "2023")
        assert now.releases == ("2021", "2022", "2022.1", "2023")
        assert now.rows["58"] != signed.rows["58"]

    def test_a_signed_row_of_a_release_that_is_archived_since(
        self, register: Register, tmp_path: Path
    ) -> None:
        load_pack(register, tmp_path / "patch", year("2022-09-01", active("99"), active("62")))
        ways = ways_of(register)
        way = ways.between("2021", "2023")
        wanted = [accepted(row.source) for row in way.open]
        sign(ways, settle(ways, "2021", "2023", *wanted), actor="anne")
        register.move("2022.1", State.ARCHIVED, actor="anne", reason=None)
        after = page(ways_of(register).between("2021", "2023"))
        assert {"99"} <= {item.source.code for item in after.items}

    def test_a_damaged_signature_can_be_taken_back(self, ways: Ways, register: Register) -> None:
        way = settle(ways, "2021", "2022", accepted("58"), accepted("59"), accepted("64"))
        sign(ways, way, actor="anne")
        with register.database.writing() as session:
            session.execute(update(TranscodingSignatureRow).values(payload=b"x"))
        with pytest.raises(DamagedRelease):
            ways_of(register).between("2021", "2022")
        reopen(ways, "2021", "2022", actor="paul", why="abîmée")
        assert ways_of(register).between("2021", "2022").rows == way.rows

    def test_reopening_needs_a_reason_and_a_signature(self, ways: Ways) -> None:
        with pytest.raises(InvalidRequest, match="reason"):
            reopen(ways, "2021", "2022", actor="paul", why="  ")
        with pytest.raises(Conflict, match="not signed"):
            reopen(ways, "2021", "2022", actor="paul", why="x")


# -- files ---------------------------------------------------------------------------------


@pytest.fixture
def target(register: Register) -> Open:
    runtime = Runtime(register)
    runtime.refresh()
    return runtime.at("2023")


def exported(
    way: Way, form: str, target: Open | None = None, selection: Selection = Selection()
) -> io.BytesIO:
    out = io.BytesIO()
    write_table(out, form, way, selection, lang="fr", systems=code_systems(), target=target)
    out.seek(0)
    return out


def csv_rows(file: io.BytesIO) -> list[dict[str, str]]:
    text = file.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def csv_file(*lines: str) -> io.BytesIO:
    return io.BytesIO("\r\n".join(lines).encode())


def take(ways: Ways, file: io.BytesIO) -> DecisionFileAnswer:
    return write_decisions(ways, ways.between("2021", "2023"), file, actor="jean")


def comparable(way: Way) -> list[tuple[Any, ...]]:
    """A table without what tells who wrote it and when."""
    return [(item, way.decision(item) and one(way, item.source)) for item in way.rows.values()]


def one(way: Way, code: str) -> str:
    return " ".join((way.authors[code].comment or "").split())


DECIDED = (
    accepted("58", "62", comment=HOSTILE),
    accepted("59"),
    accepted("63", "62", "80", comment="+1"),
    accepted("64", comment="-"),
    Wanted("65", Decision.REJECTED, comment="@vu"),
)


class TestCsv:
    def test_the_columns(self, ways: Ways) -> None:
        way = settle(ways, "2021", "2023", *DECIDED)
        rows = {row["source"]: row for row in csv_rows(exported(way, "csv"))}
        assert list(rows) == ["61", "58", "59", "63", "64", "80", "62", "65"], "by kind, number"
        assert list(rows["63"])[:8] == [
            *("from", "to", "source", "source_label", "source_level", "targets", "target_labels"),
            "kind",
        ]
        assert rows["63"]["targets"] == "62 | 80"
        assert rows["63"]["target_labels"] == "Maladie 62 (nouveau nom) | Maladie 80"
        assert rows["59"]["targets"] == "none"
        assert rows["65"]["targets"] == ""
        assert (rows["65"]["decision"], rows["65"]["via"]) == ("rejected", "2022")
        assert (rows["80"]["changed"], rows["80"]["open"]) == ("true", "false")
        assert rows["58"]["version"] == "1"

    def test_no_cell_is_a_formula(self, ways: Ways) -> None:
        way = settle(ways, "2021", "2023", *DECIDED)
        for row in csv_rows(exported(way, "csv")):
            for cell in row.values():
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))

    def test_proposals_where_asked_for(self, ways: Ways, target: Open) -> None:
        (row,) = csv_rows(
            exported(ways.between("2021", "2023"), "csv", target, Selection(within={"58"}))  # type: ignore[arg-type]
        )
        assert row["proposals"].startswith("62 0.")

    def test_it_comes_back_and_changes_nothing(self, ways: Ways) -> None:
        way = settle(ways, "2021", "2023", *DECIDED)
        answer = take(ways, exported(way, "csv"))
        assert (answer.written, answer.unchanged) == (0, len(DECIDED))
        assert answer.undecided == len(way.rows) - len(DECIDED)

    def test_it_says_the_same_elsewhere(self, ways: Ways) -> None:
        way = settle(ways, "2021", "2023", *DECIDED)
        before, file = comparable(way), exported(way, "csv")
        back = [Wanted(each.code, Decision.PROPOSED) for each in DECIDED]
        assert len(settle(ways, "2021", "2023", *back).open) == len(DECIDED)
        with pytest.raises(Conflict):
            take(ways, file)
        rows = [{**row, "version": ""} for row in csv_rows(file)]
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]), delimiter=",")
        writer.writeheader()
        writer.writerows(rows)
        assert take(ways, io.BytesIO(text.getvalue().encode())).written == len(DECIDED)
        assert comparable(ways.between("2021", "2023")) == before


class TestWorkbook:
    def test_what_a_reviewer_sees(self, ways: Ways, target: Open) -> None:
        settle(ways, "2021", "2023", accepted("59", comment=HOSTILE), accepted("64"))
        book = load_workbook(exported(ways.between("2021", "2023"), "xlsx", target))
        assert book.sheetnames == ["À décider", "Table", "Résumé"]
        sheet = book["À décider"]
        assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [58, 63, 65]
        headings = [cell.value for cell in sheet[1]]
        first = dict(zip(headings, (cell.value for cell in sheet[2]), strict=True))
        assert (first["cibles"], first["décision"], first["version"]) == (62, None, 0)
        assert first["proposition 1"] == 62
        assert "associé à ce code" in first["raisons 1"]
        (choices,) = sheet.data_validations.dataValidation
        assert choices.formula1 == '"accepté,refusé,aucun code"'
        assert str(choices.sqref) == "F2:F4"
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(headings)).column_letter}4"
        table = book["Table"]
        assert table.max_row == len(ways.between("2021", "2023").rows) + 1
        summary = {row[0].value: row[1].value for row in book["Résumé"].iter_rows()}
        assert summary["lignes en attente d'une décision"] == 3
        assert summary["signature"] == "non signée"

    def test_no_cell_is_a_formula_or_a_link(self, ways: Ways, target: Open) -> None:
        settle(ways, "2021", "2023", *DECIDED)
        book = load_workbook(exported(ways.between("2021", "2023"), "xlsx", target))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert HOSTILE in {cell.value for cell in cells}
        assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)

    def test_filled_in_it_comes_back(self, ways: Ways, target: Open) -> None:
        file = exported(ways.between("2021", "2023"), "xlsx", target)
        said = {
            58: ("accepté", 61, None),  # inactive in 2023
            59: ("Accepté ", "ORPHA:62, 80", HOSTILE),
            63: ("aucun code", None, None),
            64: ("accepté", None, "non rare"),
            65: (None, None, "à voir"),
        }
        fill(file, said)
        with pytest.raises(FaultyFile) as faulty:
            take(ways, file)
        assert [(each.line, each.code) for each in faulty.value.faults] == [(2, "58")]
        assert "ORPHA:61 n'est pas un code actif" in str(faulty.value)
        assert ways.store.history("2021", "2023") == []
        fill(file, said | {58: ("refusé", 62, None)})
        answer = take(ways, file)
        assert (answer.written, answer.undecided, answer.file.sheet) == (4, 1, "À décider")
        way = ways.between("2021", "2023")
        assert told(way, "58") == ("obsolete-manual", "rejected")
        assert told(way, "59") == ("obsolete-manual", "accepted", "62", "80")
        assert way.authors["59"].comment == HOSTILE
        assert told(way, "63") == ("obsolete-manual", "accepted")
        assert waiting(way) == ["65"]
        again = take(ways, file)
        assert (again.written, again.unchanged, again.undecided) == (0, 4, 1)

    def test_somebody_decided_meanwhile(self, ways: Ways, target: Open) -> None:
        file = exported(ways.between("2021", "2023"), "xlsx", target)
        undecided = dict.fromkeys((59, 64, 65), (None, None, None))
        fill(file, undecided | {58: ("accepté", 62, None), 63: ("aucun code", None, None)})
        settle(ways, "2021", "2023", accepted("58"), accepted("63"))
        with pytest.raises(Conflict, match="line 2: ORPHA:58"):
            take(ways, file)
        answer, _ = read_decisions(ways.between("2021", "2023"), file)
        assert [(each.line, each.code) for each in answer.conflicts] == [(2, "ORPHA:58")]
        assert "marie" in answer.conflicts[0].message
        assert answer.unchanged == 1, "nothing stands for 63, as was decided"

    def test_what_was_changed_in_the_sheet_of_the_whole_table(
        self, ways: Ways, target: Open
    ) -> None:
        file = exported(ways.between("2021", "2023"), "xlsx", target)
        assert read(ways, file).notes == []
        write(file, "Table", 61, "cibles", 80)  # automatic, and stays so
        answer = read(ways, file)
        assert "1 de ses lignes" in answer.notes[-1].message
        assert (answer.decisions, answer.cautions) == (0, [])
        whole = read(ways, file, Options(sheet="Table"))
        assert [each.code for each in whole.cautions] == ["ORPHA:61"]
        assert "rien n'est décidé" in whole.cautions[0].message
        assert whole.undecided == 8
        write(file, "Table", 61, "décision", "accepté")
        assert read(ways, file, Options(sheet="Table")).decisions == 1

    def test_targets_that_look_like_errors(self, ways: Ways) -> None:
        file = csv_file("code;décision;cibles", "58;accepté;1", "63;accepté;62")
        answer = read(ways, file)
        assert [(each.line, each.code) for each in answer.cautions] == [(2, "ORPHA:58")]
        assert "est un groupe" in answer.cautions[0].message
        assert (answer.decisions, answer.faults) == (2, [])


def read(ways: Ways, file: io.BytesIO, options: Options = Options()) -> DecisionFileAnswer:
    return read_decisions(ways.between("2021", "2023"), file, options)[0]


def write(file: io.BytesIO, sheet: str, code: int, heading: str, value: Any) -> None:
    """Write into one cell of a workbook."""
    book = load_workbook(file)
    headings = [cell.value for cell in book[sheet][1]]
    for row in book[sheet].iter_rows(min_row=2):
        if row[0].value == code:
            row[headings.index(heading)].value = value
    file.seek(0)
    file.truncate()
    book.save(file)


def fill(file: io.BytesIO, said: dict[int, tuple[Any, Any, Any]]) -> None:
    """Write decisions into the workbook, as a reviewer does."""
    file.seek(0)
    book = load_workbook(file)
    sheet = book["À décider"]
    headings = [cell.value for cell in sheet[1]]
    places = [headings.index(name) for name in ("décision", "cibles", "commentaire")]
    for row in sheet.iter_rows(min_row=2):
        for place, value in zip(places, said[row[0].value], strict=True):
            row[place].value = value
            if isinstance(value, str):
                row[place].data_type = "s"
    file.seek(0)
    file.truncate()
    book.save(file)


class TestFaults:
    def test_every_fault_is_told_with_its_line(self, ways: Ways) -> None:
        file = csv_file(
            "source;decision;targets;version;comment",
            "58;accepted;62;0;bien",
            "x;accepted;62;0;",
            "999;none;;0;",
            "59;peut-être;;0;",
            "59;accepted;abc;0;",
            "63;none;80;0;",
            "64;rejected;;un;",
            "58;none;;0;",
            "59;???;;0;",
            ";;;;",
            '65;"accepted',
        )
        answer, wanted = read_decisions(ways.between("2021", "2023"), file)
        assert [each.code for each in wanted] == ["58"]
        assert [each.line for each in answer.faults] == [3, 4, 5, 6, 7, 8, 9, 10, 12]
        assert all(each.message != each.message_en for each in answer.faults)
        assert answer.decisions == 1
        with pytest.raises(FaultyFile, match="9 rows are to be corrected"):
            take(ways, file)
        assert ways.store.version() == 0

    def test_accepted_where_the_targets_were_cleared(self, ways: Ways) -> None:
        file = csv_file("code;décision;cibles", "58;accepté;")
        answer, _ = read_decisions(ways.between("2021", "2023"), file)
        assert "cibles" in answer.faults[0].message
        without = csv_file("code;décision;autre", "58;accepté;x")
        _, (wanted,) = read_decisions(ways.between("2021", "2023"), without)
        assert wanted.targets == ("62",)

    @pytest.mark.parametrize("text", ["a;b\n1;2", "décision;x\naccepté;1", "", "code;x\n58;1"])
    def test_what_is_no_file_of_decisions(self, ways: Ways, text: str) -> None:
        with pytest.raises(UnreadableTable):
            take(ways, io.BytesIO(text.encode()))

    def test_a_signed_table_takes_none(self, ways: Ways) -> None:
        sign(ways, settle(ways, "2021", "2023", *DECIDED), actor="anne")
        with pytest.raises(Conflict, match="signed"):
            take(ways, csv_file("code;décision", "58;aucun code"))


class TestSssom:
    @pytest.fixture
    def read(self, ways: Ways) -> tuple[list[Any], Any]:
        settle(ways, "2021", "2022", accepted("58", "61", comment=HOSTILE))
        way = settle(ways, "2021", "2023", *DECIDED[1:])
        sign(ways, way, actor="anne | paul", comment="a: b #c\n'\"")
        return sssom(exported(ways.between("2021", "2023"), "sssom"))

    def test_what_leads_where(self, read: tuple[list[Any], Any]) -> None:
        found: dict[str, list[tuple[str, str]]] = {}
        for each in read[0]:
            found.setdefault(each.subject_id, []).append((each.predicate_id, each.object_id))
        assert found == {
            "ORPHA:58": [("IAO:0100001", "ORPHA:62")],
            "ORPHA:59": [("IAO:0100001", "sssom:NoTermFound")],
            "ORPHA:61": [("IAO:0100001", "ORPHA:62")],
            "ORPHA:63": [("oboInOwl:consider", "ORPHA:62"), ("oboInOwl:consider", "ORPHA:80")],
            "ORPHA:64": [("IAO:0100001", "sssom:NoTermFound")],
            "ORPHA:80": [("skos:exactMatch", "ORPHA:80")],
        }

    def test_who_says_so(self, read: tuple[list[Any], Any]) -> None:
        rows = {each.subject_id: each for each in read[0]}
        by_a_person, by_orphanet = rows["ORPHA:58"], rows["ORPHA:61"]
        assert by_a_person.mapping_justification == "semapv:ManualMappingCuration"
        assert by_orphanet.mapping_justification == "semapv:UnspecifiedMatching"
        assert (by_a_person.author_label, by_orphanet.author_label) == (["marie"], None)
        assert by_a_person.mapping_date
        assert "decided from 2021 to 2022" in by_a_person.comment
        assert by_a_person.comment.endswith(" ".join(HOSTILE.split()))
        assert by_a_person.subject_source_version == "2021"
        assert by_a_person.object_source_version == "2023"

    def test_the_header_says_what_was_signed(self, read: tuple[list[Any], Any]) -> None:
        header = read[1]
        assert header.version == "2023-edition-1"
        assert "Signed by anne | paul" in header.description
        assert header.description.endswith("a: b #c '\"")
        assert str(header.license) == "https://spdx.org/licenses/CC-BY-4.0"

    @pytest.mark.parametrize(("left", "said"), [(1, "1 row waits"), (2, "2 rows wait")])
    def test_the_header_says_how_many_rows_wait(self, ways: Ways, left: int, said: str) -> None:
        waiting = {row.source for row in ways.between("2021", "2023").open}
        decided = [each for each in DECIDED if each.code in waiting]
        way = settle(ways, "2021", "2023", *decided[left:])
        assert len(way.open) == left
        assert f"Not signed: {said} for a decision." in sssom(exported(way, "sssom"))[1].description


def sssom(file: io.BytesIO) -> tuple[list[Any], Any]:
    """Read a file back with the library alone: its rows as they stand, and its header."""
    import sssom_pydantic

    text = file.getvalue().decode()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mappings, _, header = sssom_pydantic.read(io.StringIO(text))
        records = sssom_pydantic.read_unprocessed(io.StringIO(text))[0]
    assert len(list(mappings)) == len(records)
    return list(records), header


def test_a_page_of_a_table(ways: Ways, target: Open) -> None:
    way = settle(ways, "2021", "2023", accepted("59"))
    whole = page(way)
    assert whole.counts == {
        "deprecated-automatic": 1,
        "label-only": 1,
        "non-rare-none": 1,
        "obsolete-manual": 3,
        "reactivated": 1,
        "removed": 1,
    }
    assert whole.decisions == {"accepted": 1, "automatic": 3, "proposed": 4}
    assert (whole.open, whole.total) == (4, 8)
    assert whole.changed_counts == whole.counts
    assert whole.cautions == []
    obsolete = Selection(kinds=frozenset({Kind.OBSOLETE}))
    first = page(way, obsolete, of_each_kind=2)
    assert sources(first) == ["58", "63"], "what waits stands first"
    assert (first.total, first.selected_counts) == (3, {"obsolete-manual": 3})
    assert sources(page(way, obsolete)) == ["58", "59", "63"]
    part = page(way, Selection(open=True), offset=0, limit=3, target=target)
    assert part.total == 4
    assert proposed(part) == {"58": True, "63": False, "64": False}
    assert page(way, limit=0).items == []


def test_a_label_of_a_release_on_the_way_goes_before_another_language(
    register: Register, tmp_path: Path
) -> None:
    english = Entity("62", {"en": "Disease 62"}), Entity("66", {"en": "Disease 66"})
    pack = year("2024-07-01", *english)
    load_pack(register, tmp_path / "english", pack, lang="en")
    way = ways_of(register).between("2022", "2024")
    rows = {item.source.code: item for item in page(way).items}
    (target,) = rows["58"].targets
    assert (target.label, target.lang) == ("Maladie 62 (nouveau nom)", "fr")
    assert rows["66"].source.label == "Disease 66"
    runtime = Runtime(register)
    runtime.refresh()
    (row,) = page(way, Selection(within=frozenset({"58"})), target=runtime.at("2024")).items
    assert row.proposals
    assert (row.proposals[0].label, row.proposals[0].lang) == ("Maladie 62 (nouveau nom)", "fr")


def sources(answer: TranscodingAnswer) -> list[str]:
    return [item.source.code for item in answer.items]


def proposed(answer: TranscodingAnswer) -> dict[str, bool]:
    def some(item: TranscodingItem) -> bool:
        return bool(item.proposals)

    return {item.source.code: some(item) for item in answer.items}


class TestArchived:
    def test_what_was_decided_and_signed_outlives_its_releases(self, register: Register) -> None:
        ways = ways_of(register)
        rows = ways.between("2021", "2022").open
        settle(ways, "2021", "2022", *(accepted(row.source, *row.targets) for row in rows))
        sign(ways, ways.between("2021", "2022"), actor="anne")
        before = ways.between("2021", "2022").rows
        onward = ways.between("2021", "2023").rows
        for release in ("2021", "2022"):
            register.move(release, State.ARCHIVED, actor="test")
        later = ways_of(register)
        assert later.between("2021", "2022").rows == before
        assert later.between("2021", "2022").signature
        assert set(later.between("2021", "2023").rows) == set(onward)
