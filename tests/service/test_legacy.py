"""From a legacy table to a release: read from a file, decided, carried on to later years."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from ontologies.errors import Conflict, InvalidRequest, UnknownRelease
from ontologies.transcoding import Decision, Kind
from tests.builders import load_pack, small_pack
from tests.coding.table.tables import workbook
from tests.packs import displays
from tests.packs.model import Entity, Pack, moved_to, referred_to
from thesaurus.comparison import Sealed
from thesaurus.store import Register
from thesaurus.store.legacy import LegacyEntry
from thesaurus.store.transcoding import Wanted
from thesaurus.tables import Options, UnreadableTable
from thesaurus.transcoding.deciding import decide, sign
from thesaurus.transcoding.legacy import AllWays, LegacyWay
from thesaurus.transcoding.legacy_file import LegacyFile, read_legacy

CODES = ("58", "558", "60", "61")
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

    def test_codes_that_differ_by_zeros_alone_are_not_confused(self, ways: AllWays) -> None:
        ways.legacy.replace("x", [LegacyEntry("01"), LegacyEntry("001")], actor="test")
        way = ways.between("x", "2022")
        assert way.code_of("1") == "1"
        assert way.code_of("01") == "01"

    def test_a_code_that_left_the_table_has_no_row(self, ways: AllWays) -> None:
        accept(ways, "2022", "001", "558")
        ways.legacy.replace("cemara", ENTRIES[1:], actor="test")
        assert list(ways.between("cemara", "2022").rows) == ["A/4", "b2"]


class TestNames:
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
