"""Engines and query sets brought together: every engine, every set, every choice of names.

Each choice of names (the release's own, or with linked names) is one index for each engine. The
linked names that were drawn as queries are in none of them.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from ontologies.release import Snapshot
from search.index import Index
from search.laboratory.engines import Engine, Entry, Ours, Rival, entries
from search.laboratory.making import Linked, Sets
from search.laboratory.measures import DEEPEST, Outcome, Score, rank, score
from search.laboratory.query import Query, QuerySet
from search.laboratory.wording import LeftOut
from search.names import LinkedNames

MIXED = "mixed"
OWN = "own"
WITH_LINKED = "linked"
_WARM_UP = 40

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one engine on one set with one choice of names.

    Attributes:
        names: ``own`` (of the release) or ``linked`` (these and the linked ones).
        ours: the figures of our engine on the very same queries.
    """

    kind: str
    names: str
    engine: str
    score: Score
    ours: Score


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run is made on.

    Attributes:
        linked: names in other terminologies; without them there is one choice of names only.
        rivals: builders of other engines.
        lang: the language that our engine is asked in.
        rounds: how often every query is asked; its time is the median one. Rounds go over all
            queries, so that a query comes back after all the others.
    """

    snapshot: Snapshot
    linked: Linked = None
    rivals: tuple[Rival, ...] = ()
    lang: str = "fr"
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run found.

    Attributes:
        names: how many different names each choice holds, for active entities.
        built: seconds that each engine took to build, by (names, engine).
    """

    sets: Sets
    rows: tuple[Row, ...]
    names: Mapping[str, int] = field(default_factory=dict)
    built: Mapping[tuple[str, str], float] = field(default_factory=dict)


def run(bench: Bench, sets: Sets, progress: Progress = lambda _: None) -> Report:
    """Ask every engine every query, once for each choice of names."""
    rows: list[Row] = []
    counts: dict[str, int] = {}
    built: dict[tuple[str, str], float] = {}
    for names, linked in _choices(bench, sets):
        active = (each for each in bench.snapshot if each.status.is_active)
        given = entries(active, linked)
        counts[names] = len(given)
        ours: dict[str, list[Outcome]] = {}
        for build in _builders(bench, linked):
            start = time.perf_counter()
            engine = build(given)
            built[names, engine.name] = time.perf_counter() - start
            progress(f"{engine.name}, {names}")
            found = _asked(engine, sets.sets, given, bench.rounds)
            ours = ours or found
            rows += _rows(engine.name, names, found, ours)
    return Report(sets, tuple(rows), counts, built)


def _choices(bench: Bench, sets: Sets) -> Iterator[tuple[str, LinkedNames]]:
    yield OWN, lambda _code: ()
    if bench.linked:
        yield WITH_LINKED, LeftOut(bench.linked, sets.drawn)


def _builders(bench: Bench, linked: LinkedNames) -> Iterator[Rival]:
    """Yield the builder of our engine, then those of its rivals."""
    yield lambda _: Ours(_index(bench.snapshot, linked), bench.lang)
    yield from bench.rivals


def _index(snapshot: Snapshot, linked: LinkedNames) -> Index:
    index = Index(snapshot, linked)
    index.warm()  # what it works out later in a service counts here
    return index


def _asked(
    engine: Engine, sets: Sequence[QuerySet], given: Sequence[Entry], rounds: int = 1
) -> dict[str, list[Outcome]]:
    """Ask all sets, after some names, whole and with a letter missing, that are not counted."""
    for n, entry in enumerate(given[:: max(1, len(given) // _WARM_UP)]):
        engine.ask(entry.text[n % 2 :], DEEPEST)
    with _collector_at_rest():
        passes = [_once(engine, sets) for _ in range(rounds)]
    return {
        each.kind: [
            Outcome(same[0].rank, median(outcome.seconds for outcome in same))
            for same in zip(*(found[each.kind] for found in passes), strict=True)
        ]
        for each in sets
    }


def _once(engine: Engine, sets: Sequence[QuerySet]) -> dict[str, list[Outcome]]:
    return {
        each.kind: [_outcome(engine, query) for query in each.queries[: engine.most]]
        for each in sets
    }


def _outcome(engine: Engine, query: Query) -> Outcome:
    start = time.perf_counter()
    answers = engine.ask(query.query, DEEPEST)
    seconds = time.perf_counter() - start
    return Outcome(rank(answers, query.codes), seconds)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Time queries and not the garbage collector, as a served process has its data frozen."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _rows(
    engine: str, names: str, found: dict[str, list[Outcome]], ours: dict[str, list[Outcome]]
) -> Iterator[Row]:
    """Yield a row for each kind, and one for all of them together."""
    same = {kind: ours[kind][: len(outcomes)] for kind, outcomes in found.items()}
    for kind, outcomes in found.items():
        yield Row(kind, names, engine, score(outcomes), score(same[kind]))
    if not found:
        return
    every = [each for outcomes in found.values() for each in outcomes]
    every_ours = [each for outcomes in same.values() for each in outcomes]
    yield Row(MIXED, names, engine, score(every), score(every_ours))
