"""From a legacy table to a release: read from a file, decided, carried on to later years."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from ontologies.errors import Conflict, InvalidRequest, UnknownRelease
from ontologies.transcoding import Decision, Kind
from tests.builders import load_pack, small_pack
from tests.coding.table.tables import workbook
from tests.packs import displays
from tests.packs.model import Entity, Pack, moved_to, referred_to
from thesaurus.comparison import Sealed
from thesaurus.store import Register, State
from thesaurus.store.legacy import LegacyEntry
from thesaurus.store.transcoding import Wanted
from thesaurus.tables import Options, UnreadableTable
from thesaurus.transcoding.deciding import decide, sign
from thesaurus.transcoding.decision_file import read_decisions, write_decisions
from thesaurus.transcoding.legacy.file import LegacyFile, read_legacy
from thesaurus.transcoding.legacy.ways import AllWays, LegacyWay

CODES = ("58", "558", "60", "61")
LONG = (
    "Syndrome de malformations multiples avec anomalies des membres et du visage, " + "forme " * 6
)
ENTRIES = [LegacyEntry(code, f"libellé {code}") for code in ("001", "A/4", "b2")]


def read(content: str | bytes, **options: str) -> LegacyFile:
    data = content.encode() if isinstance(content, str) else content
    return read_legacy(io.BytesIO(data), set(CODES).__contains__, Options(**options))


class TestTheFile:
    def test_columns_by_their_headings(self) -> None:
        found = read("Code CEMARA;Libellé;Code ORPHA;CIM-10\n001;Marfan;558;Q87.4\n002;;;\n")
        assert list(found.entries.values()) == [
            LegacyEntry("001", "Marfan", "558", "Q87.4"),
            LegacyEntry("002"),
        ]
        assert found.columns == {
            "local_code": "Code CEMARA",
            "label": "Libellé",
            "code": "Code ORPHA",
            "icd10": "CIM-10",
        }

    def test_a_workbook(self) -> None:
        found = read(workbook({"Feuille": [("id", "libellé"), ("X1", "Marfan")]}))
        assert found.entries["X1"].label == "Marfan"

    def test_numbers_of_a_local_thesaurus_are_no_orphacodes(self) -> None:
        found = read("code;libellé\n58;Maladie de Marfan\n558;Autre maladie\n")
        assert list(found.entries) == ["58", "558"]
        assert all(entry.orpha is None for entry in found.entries.values())

    def test_without_local_codes_the_labels_are_the_codes(self) -> None:
        found = read("libellé;CIM-10\nMarfan;Q87.4\n")
        assert found.entries == {"Marfan": LegacyEntry("Marfan", "Marfan", None, "Q87.4")}

    def test_a_row_at_fault_costs_that_row_only(self) -> None:
        found = read(
            "code local;libellé\nA;Marfan\nA;Fabry\nA;Marfan\n;\n\nB;x\x07\n"
            f"{'C' * 101};long\nD;Gaucher\n"
        )
        assert list(found.entries) == ["A", "D"]
        assert [each.line for each in found.problems] == [3, 7, 8]
        assert "plus haut avec un autre contenu" in found.problems[0].message.fr
        assert found.blanks == 2

    def test_several_codes_in_a_cell(self) -> None:
        given = "ORPHA:558 | ORPHA:166068"
        address = "http://www.orpha.net/ORDO/Orphanet_558"
        found = read(
            f"code local;libellé;code ORPHA\nA;x;{given}\nB;y;{address}\nC;z;{'5' * 201}\n"
        )
        assert [entry.orpha for entry in found.entries.values()] == [given, address]
        assert [each.line for each in found.problems] == [4]

    def test_long_labels_that_begin_alike_are_two_codes(self) -> None:
        found = read(f"libellé;CIM-10\n{LONG} type 1;Q87.4\n{LONG} type 2;Q87.4\n")
        assert [entry.label for entry in found.entries.values()] == [
            f"{LONG} type 1",
            f"{LONG} type 2",
        ]
        assert all(len(code) <= 100 for code in found.entries)
        assert not found.problems

    def test_a_label_that_no_record_may_bear_is_no_code(self) -> None:
        found = read(f"libellé;CIM-10\n{'x' * 200};\n{'y' * 201};\n")
        assert len(found.entries) == 1
        assert [each.line for each in found.problems] == [3]
        assert found.problems[0].message.fr.startswith("Un libellé de plus de 200 caractères")

    def test_columns_somebody_names(self) -> None:
        found = read("x;y\n7;Marfan\n", columns="local_code=1,label=2")
        assert found.entries["7"].label == "Marfan"

    @pytest.mark.parametrize("content", ["", "a;b\n1;2\n", "\x00\x01"])
    def test_what_is_no_such_table(self, content: str) -> None:
        with pytest.raises(UnreadableTable):
            read(content)


def later(day: str, *inactive: Entity) -> Pack:
    """A year in which some codes are active no more, and stand in no classification."""
    gone = {each.code for each in inactive}
    pack = small_pack(day, tuple(code for code in CODES if code not in gone))
    return Pack(day, (*pack.entities, *inactive), pack.classifications)


@pytest.fixture
def ways(register: Register, tmp_path: Path) -> AllWays:
    gone = Entity("60", {"fr": "Maladie 60"}, flag=displays.OBSOLETE, redirection=referred_to("61"))
    moved = Entity("58", {"fr": "Maladie 58"}, flag=displays.DEPRECATED, redirection=moved_to("61"))
    load_pack(register, tmp_path / "a", small_pack("2022-06-14", CODES), activate=True)
    load_pack(register, tmp_path / "b", later("2023-06-21", gone, moved), activate=True)
    ways = AllWays(Sealed(register), register.database)
    ways.legacy.replace("cemara", ENTRIES, actor="test")
    return ways


def told(way: object, code: str) -> tuple[str, ...]:
    assert isinstance(way, LegacyWay)
    row = way.rows[code]
    return (row.decision, *row.targets)


def accept(ways: AllWays, release: str, code: str, *targets: str) -> None:
    wanted = [Wanted(code, Decision.ACCEPTED, targets)]
    decide(ways, ways.between("cemara", release), wanted, actor="Anne")


class TestTheWay:
    def test_every_code_waits_at_first(self, ways: AllWays) -> None:
        way = ways.between("cemara", "2022")
        assert [row.source for row in way.open] == ["001", "A/4", "b2"]
        assert {row.kind for row in way.rows.values()} == {Kind.LEGACY}

    def test_what_is_decided_is_carried_on(self, ways: AllWays) -> None:
        accept(ways, "2022", "001", "558")
        accept(ways, "2022", "A/4", "58")
        accept(ways, "2022", "b2", "60")
        way = ways.between("cemara", "2023")
        assert told(way, "001") == ("accepted", "558")
        assert told(way, "A/4") == ("accepted", "61")
        assert told(way, "b2") == ("proposed", "61")
        assert [row.source for row in way.open] == ["b2"]

    def test_what_was_decided_outlives_its_release(self, ways: AllWays, register: Register) -> None:
        accept(ways, "2022", "A/4", "58")
        register.move("2022", State.ARCHIVED, actor="test")
        later = AllWays(Sealed(register), register.database)
        assert told(later.between("cemara", "2023"), "A/4") == ("accepted", "61")

    def test_a_decision_for_the_later_release_wins_there_only(self, ways: AllWays) -> None:
        accept(ways, "2022", "b2", "60")
        accept(ways, "2023", "b2", "558")
        assert told(ways.between("cemara", "2023"), "b2") == ("accepted", "558")
        assert told(ways.between("cemara", "2022"), "b2") == ("accepted", "60")

    def test_nothing_stands_and_refused(self, ways: AllWays) -> None:
        accept(ways, "2022", "001")
        refused = [Wanted("A/4", Decision.REJECTED)]
        decide(ways, ways.between("cemara", "2022"), refused, actor="Anne")
        way = ways.between("cemara", "2023")
        assert told(way, "001") == ("accepted",)
        assert told(way, "A/4") == ("rejected",)

    def test_a_decision_taken_back_leaves_the_older_one(self, ways: AllWays) -> None:
        accept(ways, "2022", "001", "558")
        accept(ways, "2023", "001", "61")
        back = [Wanted("001", Decision.PROPOSED)]
        decide(ways, ways.between("cemara", "2023"), back, actor="Anne")
        assert told(ways.between("cemara", "2023"), "001") == ("accepted", "558")

    def test_what_is_signed_stays(self, ways: AllWays) -> None:
        for code in ("001", "A/4", "b2"):
            accept(ways, "2022", code, "58")
        sign(ways, ways.between("cemara", "2022"), actor="Anne")
        way = ways.between("cemara", "2022")
        assert way.signature
        assert told(way, "b2") == ("accepted", "58")
        with pytest.raises(Conflict):
            accept(ways, "2022", "001", "558")
        assert told(ways.between("cemara", "2023"), "b2") == ("accepted", "61")

    def test_targets_are_active_codes(self, ways: AllWays) -> None:
        with pytest.raises(InvalidRequest, match="ORPHA:60"):
            accept(ways, "2023", "001", "60")
        with pytest.raises(InvalidRequest, match="zzz"):
            accept(ways, "2023", "zzz", "558")

    @pytest.mark.parametrize(
        ("written", "code"), [(" 001 ", "001"), ("1", "001"), ("a/4", "A/4"), ("9", "9")]
    )
    def test_codes_as_files_have_them(self, ways: AllWays, written: str, code: str) -> None:
        assert ways.between("cemara", "2022").code_of(written) == code

    @pytest.mark.parametrize("write", [str, str.upper, " {} ".format])
    def test_long_labels_are_found_again(self, ways: AllWays, write: Callable[[str], str]) -> None:
        label = f"{LONG} type 1"
        assert len(label) > 100
        written = write(label)
        entries = read(f"libellé;CIM-10\n{label};Q87.4\n{LONG} type 2;\n").entries
        ways.legacy.replace("words", entries.values(), actor="test")
        way = ways.between("words", "2022")
        assert way.code_of(written) == next(iter(entries))
        assert way.asked(way.code_of(written))
        assert way.code_of(way.code_of(written)) == next(iter(entries))
        assert not way.asked(way.code_of(f"{LONG} type 3"))

    def test_codes_that_differ_by_zeros_alone_are_not_confused(self, ways: AllWays) -> None:
        ways.legacy.replace("x", [LegacyEntry("01"), LegacyEntry("001")], actor="test")
        way = ways.between("x", "2022")
        assert way.code_of("1") == "1"
        assert way.code_of("01") == "01"

    def test_a_code_that_left_the_table_has_no_row(self, ways: AllWays) -> None:
        accept(ways, "2022", "001", "558")
        ways.legacy.replace("cemara", ENTRIES[1:], actor="test")
        assert list(ways.between("cemara", "2022").rows) == ["A/4", "b2"]

    def test_an_entry_that_says_something_else_waits_again(self, ways: AllWays) -> None:
        accept(ways, "2022", "001", "558")
        accept(ways, "2022", "A/4", "558")
        anew = [LegacyEntry("001", "autre chose"), *ENTRIES[1:]]
        assert ways.legacy.replace("cemara", anew, actor="test").taken_back == 1
        for release in ("2022", "2023"):
            way = ways.between("cemara", release)
            assert told(way, "001") == ("proposed",)
            assert told(way, "A/4") == ("accepted", "558")

    def test_who_looked_before_a_reload_signs_nothing(self, ways: AllWays) -> None:
        for code in ("001", "A/4", "b2"):
            accept(ways, "2022", code, "58")
        way = ways.between("cemara", "2022")
        ways.legacy.replace("cemara", [LegacyEntry("c")], actor="test")
        with pytest.raises(Conflict):
            sign(ways, way, actor="Anne")

    def test_it_is_worked_out_once(self, ways: AllWays) -> None:
        way = ways.between("cemara", "2022")
        assert ways.between("cemara", "2022") is way
        assert ways.between("cemara", "2023") is not way
        accept(ways, "2022", "001", "558")
        assert told(ways.between("cemara", "2022"), "001") == ("accepted", "558")

    def test_other_processes_are_seen(self, ways: AllWays, register: Register) -> None:
        ways.between("cemara", "2022")
        other = AllWays(Sealed(register), register.database)
        other.legacy.replace("cemara", [LegacyEntry("c")], actor="test")
        assert list(ways.between("cemara", "2022").rows) == ["c"]


class TestFilesThatComeBack:
    def test_a_decision_upon_an_entry_that_was_replaced_is_refused(self, ways: AllWays) -> None:
        file = "source;source_label;decision;targets;version\n001;libellé 001;accepted;558;0\n"
        ways.legacy.replace("cemara", [LegacyEntry("001", "autre"), *ENTRIES[1:]], actor="test")
        way = ways.between("cemara", "2022")
        (fault,) = read_decisions(way, io.BytesIO(file.encode()))[0].faults
        assert "a changé depuis l'export, « autre »" in fault.message
        ways.legacy.replace("cemara", ENTRIES, actor="test")
        way = ways.between("cemara", "2022")
        answer = write_decisions(ways, way, io.BytesIO(file.encode()), actor="Anne")
        assert answer.written == 1


class TestNames:
    def test_a_release_takes_none(self, ways: AllWays, register: Register, tmp_path: Path) -> None:
        with pytest.raises(Conflict, match="cemara est le nom d'une table ancienne"):
            load_pack(register, tmp_path / "c", small_pack("2024-06-14", CODES), release="cemara")
        assert isinstance(ways.between("cemara", "2023"), LegacyWay)

    @pytest.mark.parametrize("name", ["", "Cemara", "a b", "é", "1a", "a" * 41, "../x"])
    def test_unfit(self, ways: AllWays, name: str) -> None:
        with pytest.raises(InvalidRequest):
            ways.legacy.replace(name, ENTRIES, actor="test")

    def test_releases_go_before_legacy_tables(self, ways: AllWays) -> None:
        with pytest.raises(UnknownRelease):
            ways.between("autre", "2023")
        assert not isinstance(ways.between("2022", "2023"), LegacyWay)

    def test_an_empty_table_changes_nothing(self, ways: AllWays) -> None:
        with pytest.raises(InvalidRequest):
            ways.legacy.replace("cemara", [], actor="test")
        assert len(ways.legacy.store.entries("cemara")) == 3
