"""What is kept of searches, and what never is."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontologies.errors import DatabaseUnavailable, UnknownPerimeter
from search.text import fold
from thesaurus.local import Local
from thesaurus.runtime import Runtime
from thesaurus.search_texts import RepeatedTexts, fit_text
from thesaurus.store import Database, Perimeters, Register, Searches, SearchHistory, Usage
from thesaurus.usage import ChoiceBound, SearchLog

TYPED = st.text(max_size=120) | st.from_regex(r"[a-zéè' @./0-9-]{0,60}", fullmatch=True)
LONG_AGO = dt.date(2000, 1, 1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """SQLite is enough here: the tables are tested on both."""
    opened = Database(f"sqlite:///{tmp_path / 'usage.sqlite3'}")
    opened.upgrade()
    yield opened
    opened.dispose()


def history(database: Database) -> SearchHistory:
    return Searches(database).since(LONG_AGO)


def kept(database: Database) -> dict[str, int]:
    return {each.text: each.count for each in history(database).texts}


# -- which texts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Syndrome  de Marfan", "syndrome de marfan"),
        ("délétion 22q11.2", "deletion 22q11 2"),
        ("lymphome ALK+", "lymphome alk+"),
        ("type 2A2", "type 2a2"),
        ("a" * 80, "a" * 80),
        ("un deux trois quatre cinq six sept huit", "un deux trois quatre cinq six sept huit"),
    ],
)
def test_names_of_diseases_may_be_kept(typed: str, folded: str) -> None:
    assert fit_text(typed) == folded


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "?!",
        "Dupont 1961",
        "Dupont 12/03/61",
        "Dupont 12 mars 1961",
        "1 61 03 75 116 001 23",
        "06.12.34.56.78",
        "①②③④",
        "x²²²²",
        "١٩٦١",
        "jean@hopital.fr",
        "a" * 81,
        "un deux trois quatre cinq six sept huit neuf",
        "x " * 1000,
    ],
)
def test_what_may_be_about_a_patient_is_not(typed: str) -> None:
    assert fit_text(typed) is None


@given(TYPED)
def test_no_text_with_a_number_an_address_or_a_sentence_is_fit(typed: str) -> None:
    found = fit_text(typed)
    if found is None:
        return
    assert "@" not in typed
    assert len(found) <= 80
    assert len(found.split()) <= 8
    run = 0
    for letter in fold(typed):
        run = run + 1 if letter.isdigit() else 0 if letter.isalpha() else run
        assert run <= 3


@given(st.lists(st.sampled_from("abcde"), max_size=60), st.integers(2, 6))
def test_a_text_below_the_threshold_is_never_let_through(typed: list[str], repeats: int) -> None:
    texts = RepeatedTexts(repeats)
    told: Counter[str] = Counter()
    for text in typed:
        told[text] += texts.times(text)
    for text, times in Counter(typed).items():
        assert told[text] == (times if times >= repeats else 0)


def test_only_so_many_hashes_are_remembered() -> None:
    texts = RepeatedTexts(2, most=3)
    for text in "abcd":
        assert texts.times(text) == 0
    assert texts.times("d") == 2
    assert texts.times("a") == 0, "forgotten"


def test_hashes_of_two_processes_differ() -> None:
    first, second = RepeatedTexts(2), RepeatedTexts(2)
    first.times("dupont")
    second.times("dupont")
    assert first._seen.keys() != second._seen.keys()
    assert b"dupont" not in next(iter(first._seen))


# -- the log -----------------------------------------------------------------------------


def test_a_text_is_kept_once_it_has_come_often(database: Database) -> None:
    log = SearchLog(database, repeats=3)
    for _ in range(2):
        log.note("Marfann", 0)
    log.note("Dupont 1961", 0)
    log.flush()
    assert kept(database) == {}
    log.note("marfann ", 0)
    log.flush()
    assert kept(database) == {"marfann": 3}
    log.note("MARFANN", 0)
    for _ in range(9):
        log.note("Dupont 1961", 0)
    log.flush()
    assert kept(database) == {"marfann": 4}
    (day,) = history(database).days
    assert (day.searches, day.empty) == (14, 14)


def test_texts_that_found_something_are_never_kept(database: Database) -> None:
    log = SearchLog(database, repeats=2)
    for _ in range(9):
        log.note("marfan", 1)
    log.flush()
    assert kept(database) == {}
    assert list(log._searched) == []


def test_turned_off_no_text_is_kept(database: Database) -> None:
    log = SearchLog(database, texts=False, repeats=2)
    for _ in range(9):
        log.note("marfann", 0)
    log.flush()
    assert kept(database) == {}
    assert history(database).days[0].empty == 9


def test_only_so_many_texts_are_kept_in_a_day(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thesaurus.usage._MOST_TEXTS", 2)
    log = SearchLog(database, repeats=2)
    for text in ("aa", "bb", "cc", "aa"):
        log.note(text, 0)
        log.note(text, 0)
        log.flush()
    assert kept(database) == {"aa": 4, "bb": 2}


def test_no_request_is_lost_while_the_queues_are_emptied(database: Database) -> None:
    log = SearchLog(database, seconds=0.01)
    log.start()

    def ask() -> None:
        for _ in range(2000):
            log.note("x", 1)
            log.chosen("558", 1)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.stop()
    assert sum(day.searches for day in history(database).days) == 8000
    assert Usage(database).counts().of("558") == 60, "the bound of one code in a minute"


def test_noting_is_quick_and_asks_no_data_base(database: Database) -> None:
    log = SearchLog(database)
    database.dispose()
    start = time.perf_counter()
    for _ in range(10_000):
        log.note("marfann", 0)
        log.chosen("558", 1)
    assert time.perf_counter() - start < 1  # some microseconds each, on a busy machine as well


def test_what_cannot_be_written_is_kept_and_said_once(
    database: Database, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def away(*_: object) -> None:
        raise DatabaseUnavailable("sqlite://", "gone")

    log = SearchLog(database, repeats=2)
    with monkeypatch.context() as patch:
        patch.setattr(Searches, "write", away)
        for _ in range(3):
            log.note("marfann", 0)
            log.chosen("558", 2)
            assert not log.flush()
    assert log.flush()
    assert log.flush()
    assert kept(database) == {"marfann": 3}
    assert history(database).days[0].ranks == {2: 3}
    said = capfd.readouterr()
    assert (said.out + said.err).count("search log not written") == 1
    assert "marfann" not in said.out + said.err


def test_a_flood_of_choices_counts_little() -> None:
    bound = ChoiceBound(everything=10, one=4)
    assert sum(bound.allows("558") for _ in range(100)) == 4
    assert sum(bound.allows(str(code)) for code in range(100)) == 6


def test_the_next_minute_counts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bound = ChoiceBound(everything=2, one=1)
    now = 1000.0
    monkeypatch.setattr("thesaurus.usage.time.monotonic", lambda: now)
    assert [bound.allows("558"), bound.allows("558")] == [True, False]
    now += 60
    assert bound.allows("558")


# -- in memory ---------------------------------------------------------------------------


def test_what_changed_is_read_again_and_nothing_else(database: Database) -> None:
    local = Local(database)
    local.follow()
    empty, none, version = local.usage, local.perimeters, local.perimeters_version
    local.follow()
    assert local.usage is empty
    assert local.perimeters is none
    Usage(database).add({"558": 2})
    local.follow()
    assert local.usage.of("558") == 2
    assert local.perimeters is none
    assert local.perimeters_version == version
    Perimeters(database).replace("oscar", ["558"], actor="ana")
    counts = local.usage
    local.follow()
    assert local.usage is counts
    assert local.perimeters_version != version
    assert local.perimeter("oscar") == {"558"}


def test_an_unknown_perimeter_names_the_known_ones(database: Database) -> None:
    Perimeters(database).replace("oscar", ["558"], actor="ana")
    runtime = Runtime(Register(database))
    with pytest.raises(UnknownPerimeter, match="none is loaded"):
        runtime.perimeter("oscar")
    runtime.refresh()
    assert runtime.perimeter("oscar") == {"558"}
    with pytest.raises(UnknownPerimeter, match="known ones: oscar"):
        runtime.perimeter("oskar")


def test_counts_cannot_be_changed_by_who_reads_them(database: Database) -> None:
    Usage(database).add({"558": 2})
    counts = Usage(database).counts().counts
    with pytest.raises(TypeError):
        counts["558"] = 3  # type: ignore[index]
