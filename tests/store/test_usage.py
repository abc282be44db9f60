"""Counts of chosen codes, the search log and perimeters, on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import create_engine, text

from ontologies.errors import DatabaseUnavailable, UnknownPerimeter
from thesaurus.store import Database, Perimeters, Searches, SearchTally, Usage, UsageCounts
from thesaurus.store.counting import MOST
from thesaurus.store.searches import KEPT_DAYS, EmptyText

DAY = dt.date(2026, 11, 20)
NEXT = dt.date(2026, 11, 21)


def tally(day: dt.date = DAY) -> SearchTally:
    return SearchTally(
        day,
        searches=10,
        empty=3,
        ranks=Counter({0: 1, 1: 2, 7: 1}),
        codes=Counter({"558": 3, "586": 1}),
        texts=Counter({"marfann": 5}),
    )


def in_threads(work: Callable[[], None], number: int) -> None:
    """Do the same thing from several sides at once; a failure of any fails the test."""
    failed: list[BaseException] = []
    start = threading.Barrier(number)

    def do() -> None:
        start.wait()
        try:
            work()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=do) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


@pytest.fixture
def others(database: Database) -> Iterator[Callable[[], Database]]:
    """More connections of their own to the same data base, as other workers have them."""
    opened: list[Database] = []

    def other() -> Database:
        opened.append(Database(database.url.render_as_string(hide_password=False)))
        return opened[-1]

    yield other
    for each in opened:
        each.dispose()


def test_nothing_is_counted_at_first(database: Database) -> None:
    assert Usage(database).counts() == UsageCounts()
    assert Usage(database).counts().of("558") == 0
    assert Searches(database).since(DAY).days == ()


def test_counts_are_added_to_replaced_and_forgotten(database: Database) -> None:
    usage = Usage(database)
    usage.add({"558": 3, "586": 10, "99": 0})
    usage.add({"558": 4})
    first = usage.counts()
    assert list(first.counts.items()) == [("586", 10), ("558", 7)]
    assert first.version == usage.version()
    usage.replace({"58": 1})
    second = usage.counts()
    assert second.counts == {"58": 1}
    assert second.version > first.version
    assert usage.clear() == 1
    assert usage.counts().counts == {}
    assert usage.version() > second.version


def test_adding_nothing_changes_nothing(database: Database) -> None:
    usage = Usage(database)
    usage.add({})
    usage.add({"558": 0})
    assert usage.version() == 0


def test_a_counter_stays_at_its_bound(database: Database) -> None:
    usage = Usage(database)
    for _ in range(3):
        usage.add({"558": MOST - 1, "586": 10**30})
    assert usage.counts().counts == {"558": MOST, "586": MOST}


def test_workers_that_count_at_once_lose_nothing(
    database: Database, others: Callable[[], Database]
) -> None:
    def worker() -> None:
        searches = Searches(others())
        for _ in range(10):
            searches.write([tally(), tally(NEXT)])

    in_threads(worker, 4)
    assert Usage(database).counts().counts == {"558": 240, "586": 80}
    history = Searches(database).since(DAY)
    assert [(each.day, each.searches, each.empty) for each in history.days] == [
        (DAY, 400, 120),
        (NEXT, 400, 120),
    ]
    assert history.days[0].ranks == {0: 40, 1: 80, 7: 40}
    assert history.texts == (EmptyText("marfann", 400, NEXT),)


def test_a_history_begins_on_its_day(database: Database) -> None:
    searches = Searches(database)
    searches.write([tally(), SearchTally(NEXT, ranks=Counter({2: 1}))])
    history = searches.since(NEXT)
    assert [(each.day, each.searches, each.ranks) for each in history.days] == [(NEXT, 0, {2: 1})]
    assert history.texts == ()


def test_the_most_frequent_texts_come_first(database: Database) -> None:
    searches = Searches(database)
    searches.write([SearchTally(DAY, 9, 9, texts=Counter({"b": 2, "a": 2, "c": 5}))])
    searches.write([SearchTally(NEXT, 1, 1, texts=Counter({"b": 1}))])
    assert searches.since(DAY).texts == (
        EmptyText("c", 5, DAY),
        EmptyText("b", 3, NEXT),
        EmptyText("a", 2, DAY),
    )


def test_old_days_are_deleted_but_not_the_counts_of_codes(database: Database) -> None:
    searches = Searches(database)
    searches.write([tally(DAY)])
    searches.write([tally(DAY + dt.timedelta(days=KEPT_DAYS + 1))])
    history = searches.since(dt.date(2000, 1, 1))
    assert [each.day for each in history.days] == [DAY + dt.timedelta(days=KEPT_DAYS + 1)]
    assert len(history.texts) == 1
    assert Usage(database).counts().of("558") == 6


def test_what_cannot_be_written_is_not_half_written(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE empty_text"))
    with pytest.raises(DatabaseUnavailable):
        Searches(database).write([tally()])
    assert Usage(database).counts() == UsageCounts()


def test_a_perimeter_is_replaced_whole(database: Database) -> None:
    perimeters = Perimeters(database)
    before, nothing = perimeters.everything()
    assert nothing == {}
    perimeters.replace("oscar", ["558", "586", "558"], actor="ana", title="OSCAR")
    perimeters.replace("muco-cftr", ["586"], actor="ana")
    perimeters.replace("oscar", ["99"], actor="bob")
    version, found = perimeters.everything()
    assert list(found) == ["muco-cftr", "oscar"]
    oscar = found["oscar"]
    assert (oscar.codes, oscar.title, oscar.actor) == ({"99"}, "OSCAR", "bob")
    assert dt.datetime.now(dt.UTC) - oscar.at < dt.timedelta(minutes=1)
    assert version == perimeters.version() > before


def test_a_list_that_cannot_be_written_leaves_the_former_one(database: Database) -> None:
    perimeters = Perimeters(database)
    perimeters.replace("oscar", ["558"], actor="ana", title="OSCAR")
    with database.engine.begin() as connection:
        if not database.is_sqlite:  # a refusal by the data base itself, in the middle
            connection.execute(text("ALTER TABLE perimeter_code ADD CHECK (code <> '99')"))
        else:
            connection.execute(
                text(
                    "CREATE TRIGGER refuse BEFORE INSERT ON perimeter_code WHEN new.code = '99' "
                    "BEGIN SELECT RAISE(ABORT, 'no'); END"
                )
            )
    with pytest.raises(Exception, match=r"no|check"):
        perimeters.replace("oscar", ["586", "99"], actor="bob", title="Autre")
    (kept,) = perimeters.everything()[1].values()
    assert (kept.codes, kept.title, kept.actor) == ({"558"}, "OSCAR", "ana")


def test_a_perimeter_is_removed_with_its_codes(database: Database) -> None:
    perimeters = Perimeters(database)
    perimeters.replace("oscar", ["558"], actor="ana")
    with pytest.raises(UnknownPerimeter, match="oscar"):
        perimeters.remove("oskar")
    perimeters.remove("oscar")
    assert perimeters.everything()[1] == {}
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM perimeter_code")) == 0


def test_tables_of_the_first_migration_are_brought_up_to_date(database: Database) -> None:
    """A data base of the version before: its releases stay, the new tables come."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "thesaurus:store/migrations")
    url = database.url.render_as_string(hide_password=False)
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO release (id, system, version, state, date, digest, format, languages,"
                " counts, sources) VALUES (1, 'orphanet', '2023', 'active', '2023-06-21', 'x', 1,"
                " '[]', '{}', '[]')"
            )
        )
    engine.dispose()
    upgraded = Database(url)
    upgraded.upgrade()
    Usage(upgraded).add({"558": 1})
    assert Usage(upgraded).counts().counts == {"558": 1}
    with upgraded.engine.connect() as connection:
        assert connection.scalar(text("SELECT version FROM release")) == "2023"
    upgraded.dispose()
