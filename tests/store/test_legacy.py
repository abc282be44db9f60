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
    written = tables.replace("cemara", ENTRIES, actor="Anne", title="CEMARA 2012")
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
