"""What was searched and chosen, counted without patient data.

Requests append to two queues and do nothing else. A thread empties them every second, and writes
the sums from time to time and at the end. Neither a lock nor the data base is on the way of a
request.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter, deque
from contextlib import suppress

import structlog
from prometheus_client import Counter as PrometheusCounter
from prometheus_client import Histogram

from ontologies.errors import ThesaurusError
from thesaurus.search_texts import RepeatedTexts, fit_text
from thesaurus.store import Database, Searches, SearchHistory, SearchTally, UsageCounts

__all__ = ["MOST_RANK", "SearchLog", "UsageCounts"]

_WITHOUT_TEXT = "?"  # no text that is kept, as it has no letters

log = structlog.get_logger()

MOST_RANK = 100

SEARCHES = PrometheusCounter("thesaurus_searches", "Searches by suggest.")
EMPTY = PrometheusCounter("thesaurus_searches_empty", "Searches by suggest that found nothing.")
CHOSEN = Histogram(
    "thesaurus_chosen_rank", "Rank of the chosen hit.", buckets=(1, 2, 3, 5, 10, MOST_RANK)
)

_MOST_WAITING = 50_000
_MOST_TEXTS = 1_000
_PAUSE = 1.0
_MINUTE = 60.0


class SearchLog:
    """The searches and choices of one process, on their way to the data base.

    Args:
        texts: keep texts that found nothing, as docs/adr/0009 allows; without, they are counted.
        repeats: how often a text must have come in this process before it is kept.
        seconds: pause between two writes.
    """

    def __init__(
        self, database: Database, *, texts: bool = True, repeats: int = 5, seconds: float = 30.0
    ) -> None:
        self._store = Searches(database)
        self._texts = RepeatedTexts(repeats) if texts else None
        self._seconds = seconds
        # A bounded queue drops the oldest under a flood; its append is atomic, without a lock.
        self._searched: deque[str | None] = deque(maxlen=_MOST_WAITING)
        self._chosen: deque[tuple[str, int]] = deque(maxlen=_MOST_WAITING)
        self._bound = ChoiceBound()
        self._kept: tuple[dt.date | None, set[str]] = (None, set())
        self._tallies: dict[dt.date, SearchTally] = {}
        self._emptying = threading.Lock()
        self._in_trouble = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    # -- what requests call ------------------------------------------------------------

    def note(self, query_text: str, found: int) -> None:
        """Note a search: what was typed and how many hits it had.

        The text is let go at once where something was found.
        """
        self._searched.append(None if found else query_text)

    def note_again(self, query_text: str, *, empty: bool) -> None:
        """Note a search whose answer the client has already, as it says itself.

        Its text is not kept: a client could say of any that it found nothing.
        """
        if query_text.strip():
            self._searched.append(_WITHOUT_TEXT if empty else None)

    def chosen(self, code: str, rank: int | None = None) -> None:
        """Note that a code was chosen, and at which rank of the hits it stood, from 1."""
        self._chosen.append((code, rank or 0))

    def since(self, day: dt.date) -> SearchHistory:
        """Return what all processes counted on that day (UTC) and after, as last written."""
        return self._store.since(day)

    # -- on the way to the data base ---------------------------------------------------

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="write-search-log", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and write what is left."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=10)
        self.flush()

    def flush(self) -> bool:
        """Write what was counted; return whether that worked.

        What could not be written is kept for the next time. The fault is logged when it comes and
        when it goes, without what was to be written.
        """
        with self._emptying:
            self._empty()
            if not self._tallies:
                return True
            trouble = self._write()
        if bool(trouble) != self._in_trouble:
            if trouble:
                log.error("search log not written", why=trouble)
            else:
                log.info("search log written again")
        self._in_trouble = bool(trouble)
        return not trouble

    def _run(self) -> None:
        due = time.monotonic() + self._seconds
        while not self._stop.wait(min(_PAUSE, self._seconds)):
            with self._emptying:
                self._empty()
            if time.monotonic() >= due:
                self.flush()
                due = time.monotonic() + self._seconds

    def _write(self) -> str | None:
        """Write the tallies; return what went wrong."""
        try:
            self._store.write(self._tallies.values())
        except ThesaurusError as error:
            return error.message.en
        except Exception as error:
            return type(error).__name__  # its text may hold what was to be written
        self._tallies = {}
        return None

    def _empty(self) -> None:
        """Count what waits in the queues."""
        day = dt.datetime.now(dt.UTC).date()
        with suppress(IndexError):
            while True:
                self._count_choice(*self._chosen.popleft(), day)
        tally = self._tallies.get(day) or SearchTally(day)
        searches, empty = tally.searches, tally.empty
        with suppress(IndexError):
            while True:
                self._count_search(self._searched.popleft(), tally)
        if tally.searches > searches:
            self._tallies[day] = tally
            SEARCHES.inc(tally.searches - searches)
            EMPTY.inc(tally.empty - empty)

    def _count_search(self, text: str | None, tally: SearchTally) -> None:
        if text is None:
            tally.searches += 1
        elif text.strip():  # an empty box is no search
            tally.searches += 1
            tally.empty += 1
            if self._texts and (folded := fit_text(text)):
                self._count_text(tally, folded, self._texts.times(folded))

    def _count_text(self, tally: SearchTally, folded: str, times: int) -> None:
        """Count a text that may be kept; only so many different ones a day."""
        if self._kept[0] != tally.day:
            self._kept = tally.day, set()
        _, kept = self._kept
        if times and (folded in kept or len(kept) < _MOST_TEXTS):
            kept.add(folded)
            tally.texts[folded] += times

    def _count_choice(self, code: str, rank: int, day: dt.date) -> None:
        if not self._bound.allows(code):
            return
        tally = self._tallies.setdefault(day, SearchTally(day))
        tally.codes[code] += 1
        tally.ranks[rank] += 1
        if rank:
            CHOSEN.observe(rank)


class ChoiceBound:
    """How many choices one process counts in a minute, of all codes and of one.

    Anybody may send choices, and counts order equal hits: a flood must not outweigh people.
    """

    def __init__(self, everything: int = 600, one: int = 60) -> None:
        self._everything = everything
        self._one = one
        self._counted: Counter[str] = Counter()
        self._total = 0
        self._until = 0.0

    def allows(self, code: str) -> bool:
        """Count a choice; return whether it is within the bounds."""
        now = time.monotonic()
        if now >= self._until:
            self._counted.clear()
            self._total, self._until = 0, now + _MINUTE
        if self._total >= self._everything or self._counted[code] >= self._one:
            return False
        self._counted[code] += 1
        self._total += 1
        return True
