"""Legacy tables in the data base: loaded whole, replaced whole, never under a signature."""

import pytest

from ontologies.errors import Conflict, UnknownLegacyTable
from ontologies.transcoding import Decision
from thesaurus.store import Database
from thesaurus.store.legacy import LegacyEntry, LegacyTables
from thesaurus.store.transcoding import Transcodings, Wanted

ENTRIES = [LegacyEntry("2", "Marfan", None, "Q87.4"), LegacyEntry("1", None, "558")]


@pytest.fixture
def tables(database: Database) -> LegacyTables:
    return LegacyTables(database)


def test_entries_come_back_in_their_order(tables: LegacyTables) -> None:
    written = tables.replace("cemara", ENTRIES, actor="Anne", title="CEMARA 2012").table
    assert (written.entries, written.title, written.actor) == (2, "CEMARA 2012", "Anne")
    assert list(tables.entries("cemara").values()) == ENTRIES
    assert [each.name for each in tables.tables()] == ["cemara"]


def test_a_load_replaces_the_table_and_keeps_its_title(tables: LegacyTables) -> None:
    tables.replace("cemara", ENTRIES, actor="Anne", title="CEMARA 2012")
    before = tables.version()
    tables.replace("cemara", [LegacyEntry("3")], actor="Béa")
    (table,) = tables.tables()
    assert (table.entries, table.title, table.actor) == (1, "CEMARA 2012", "Béa")
    assert tables.version() > before


def test_unknown(tables: LegacyTables) -> None:
    tables.replace("cemara", ENTRIES, actor="Anne")
    with pytest.raises(UnknownLegacyTable, match="cemara"):
        tables.entries("autre")


def test_a_signed_table_is_not_replaced(tables: LegacyTables, database: Database) -> None:
    tables.replace("cemara", ENTRIES, actor="Anne")
    decided = Transcodings(database)
    decided.decide("cemara", "2023", [Wanted("1", Decision.ACCEPTED, ("558",))], actor="Anne")
    decided.sign("cemara", "2023", {"rows": []}, actor="Anne", seen=decided.version(), comment=None)
    with pytest.raises(Conflict, match="signé"):
        tables.replace("cemara", ENTRIES, actor="Anne")
    decided.reopen("cemara", "2023", actor="Anne", why="oubli")
    tables.replace("cemara", ENTRIES, actor="Anne")


def accept(decided: Transcodings, code: str, *targets: str, release: str = "2023") -> None:
    decided.decide("cemara", release, [Wanted(code, Decision.ACCEPTED, targets)], actor="Anne")


CHANGES = [
    [LegacyEntry("1", "Fabry"), LegacyEntry("2", "Gaucher")],
    [LegacyEntry("1", "Marfan", "324"), LegacyEntry("2", "Gaucher")],
    [LegacyEntry("1", "Marfan", None, "E75.2"), LegacyEntry("2", "Gaucher")],
    [LegacyEntry("2", "Gaucher")],
]


@pytest.mark.parametrize("now", CHANGES, ids=["label", "orpha", "icd10", "gone"])
def test_decisions_upon_what_changed_are_taken_back(
    tables: LegacyTables, database: Database, now: list[LegacyEntry]
) -> None:
    decided = Transcodings(database)
    tables.replace("cemara", [LegacyEntry("1", "Marfan"), LegacyEntry("2", "Gaucher")], actor="A")
    for release in ("2022", "2023"):
        accept(decided, "1", "558", release=release)
        accept(decided, "2", "355", release=release)
    assert tables.replace("cemara", now, actor="Béa").taken_back == 2
    for release in ("2022", "2023"):
        stands = decided.tables()["cemara", release]
        assert stands["1"].verdict is None
        assert (stands["1"].version, stands["1"].actor) == (2, "Béa")
        assert "rechargement du" in (stands["1"].comment or "")
        assert stands["2"].targets == ("355",)
    assert decided.history("cemara", "2023", "1")[-1].targets == ("558",)
    assert tables.replace("cemara", now, actor="Béa").taken_back == 0


def test_decisions_upon_entries_that_only_moved_stay(
    tables: LegacyTables, database: Database
) -> None:
    decided = Transcodings(database)
    tables.replace("cemara", ENTRIES, actor="Anne")
    accept(decided, "1", "558")
    moved = [LegacyEntry("0", "Fabry"), *reversed(ENTRIES)]
    assert tables.replace("cemara", moved, actor="Béa").taken_back == 0
    assert decided.tables()["cemara", "2023"]["1"].targets == ("558",)


def test_a_code_that_comes_back_waits_again(tables: LegacyTables, database: Database) -> None:
    decided = Transcodings(database)
    tables.replace("cemara", ENTRIES, actor="Anne")
    accept(decided, "1", "558")
    tables.replace("cemara", ENTRIES[:1], actor="Anne")
    assert tables.replace("cemara", ENTRIES, actor="Anne").taken_back == 0
    assert decided.tables()["cemara", "2023"]["1"].verdict is None


def test_decisions_of_other_tables_stay(tables: LegacyTables, database: Database) -> None:
    decided = Transcodings(database)
    tables.replace("cemara", ENTRIES, actor="Anne")
    decided.decide("autre", "2023", [Wanted("1", Decision.ACCEPTED, ("558",))], actor="Anne")
    assert tables.replace("cemara", ENTRIES[:1], actor="Anne").taken_back == 0
    assert decided.tables()["autre", "2023"]["1"].targets == ("558",)


def test_what_was_replaced_meanwhile_is_not_signed(
    tables: LegacyTables, database: Database
) -> None:
    tables.replace("cemara", ENTRIES, actor="Anne")
    decided = Transcodings(database)
    seen = decided.version()
    tables.replace("cemara", [LegacyEntry("9")], actor="Béa")
    with pytest.raises(Conflict):
        decided.sign("cemara", "2023", {"rows": []}, actor="Anne", seen=seen, comment=None)


def test_a_cell_holds_several_codes(tables: LegacyTables) -> None:
    cell = " | ".join(["http://www.orpha.net/ORDO/Orphanet_558"] * 4)
    tables.replace("cemara", [LegacyEntry("1", None, cell)], actor="Anne")
    assert tables.entries("cemara")["1"].orpha == cell


def test_decisions_of_legacy_tables_are_left_out_where_they_are_not_wanted(
    tables: LegacyTables, database: Database
) -> None:
    """Every worker follows those between releases; a legacy table may have 200,000."""
    tables.replace("cemara", ENTRIES, actor="Anne")
    decided = Transcodings(database)
    decided.decide("cemara", "2023", [Wanted("1", Decision.ACCEPTED, ("558",))], actor="Anne")
    decided.decide("2022", "2023", [Wanted("58", Decision.ACCEPTED, ("558",))], actor="Anne")
    assert set(decided.tables()) == {("cemara", "2023"), ("2022", "2023")}
    assert set(decided.tables(legacy=False)) == {("2022", "2023")}
