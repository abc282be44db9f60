"""The figures of ``evaluate`` as tables and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ontologies.release import Snapshot
from search.laboratory.experiment import MIXED, OWN, WITH_LINKED, Report, Row
from search.laboratory.measures import DEPTHS, Score
from thesaurus.cli.output import out

_WIDEST = 140
_TITLES = {
    OWN: "libellés de la version / labels of the release",
    WITH_LINKED: "avec les noms liés / with linked names",
}
_COLUMNS = ("kind", "engine", "n", "R@1", "R@5", "R@10", "MRR", "p50 ms", "p99 ms")
_COMPARED = ("our MRR", "× our p50", "× our p99")


@dataclass(frozen=True, slots=True)
class About:
    """What was measured and on what machine."""

    release: str
    languages: tuple[str, ...]
    older: str | None
    seed: int
    count: int
    rounds: int
    machine: str

    @classmethod
    def of(
        cls, snapshot: Snapshot, older: Snapshot | None, *, seed: int, count: int, rounds: int
    ) -> About:
        release = snapshot.release
        before = older.release.id if older else None
        return cls(release.id, release.languages, before, seed, count, rounds, machine())


def machine() -> str:
    """Name the interpreter, the processor and its cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    made = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{made}, {_processor()}, {cores} cores, {platform.system()}"


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


# -- for people ------------------------------------------------------------------------------


def show(report: Report, about: About) -> None:
    wide = Console(highlight=False, width=max(out.width, _WIDEST), soft_wrap=True)
    kinds = list(dict.fromkeys(row.kind for row in report.rows))
    for names, title in _TITLES.items():
        rows = sorted(
            (row for row in report.rows if row.names == names),
            key=lambda row: kinds.index(row.kind),
        )
        if rows:
            held = report.names[names]
            wide.print(_table(f"{title} ({held} noms / names)", rows), markup=False)
    for line in (*_notes(report), *_about(about)):
        out.print(line)


def _table(title: str, rows: list[Row]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in _COLUMNS:
        table.add_column(
            column, justify="left" if column in _COLUMNS[:2] else "right", no_wrap=True
        )
    compared = len({row.engine for row in rows}) > 1
    for column in _COMPARED if compared else ():
        table.add_column(column, justify="right")
    for row, following in zip_longest(rows, rows[1:]):
        cells = [row.kind, row.engine, *_cells(row.score)]
        section = following is not None and _new_section(row, following, compared)
        table.add_row(*cells, *(_compared(row) if compared else ()), end_section=section)
    return table


def _new_section(row: Row, following: Row, compared: bool) -> bool:
    """Tell where a line is drawn: between kinds that hold several engines, and before the sum."""
    return row.kind != following.kind and (compared or following.kind == MIXED)


def _cells(score: Score) -> list[str]:
    shares = (*score.recall, score.mrr)
    times = (score.p50, score.p99)
    return [
        str(score.count),
        *(f"{share:.3f}" for share in shares),
        *(f"{seconds * 1000:.2f}" for seconds in times),
    ]


def _compared(row: Row) -> tuple[str, ...]:
    """Compare a rival with our engine on the same queries; ours has nothing to show."""
    if row.score == row.ours:
        return ("",) * len(_COMPARED)
    slower = (row.score.p50 / row.ours.p50, row.score.p99 / row.ours.p99)
    return (f"{row.ours.mrr:.3f}", *(f"{times:.1f}" for times in slower))


def _notes(report: Report) -> Iterator[str]:
    """Yield what the figures do not show, in both languages."""
    for (names, engine), seconds in report.built.items():
        yield f"index {engine} ({names}) : {seconds:.2f} s"
    for each in report.sets.missing:
        yield f"{each.kind} : pas mesuré, {each.why.fr} / not measured, {each.why.en}"
    for kept in report.sets.sets:
        if kept.note:
            yield f"{kept.kind} : {kept.note.fr} / {kept.note.en}"
    if drawn := len(report.sets.drawn):
        yield (
            f"paraphrase : les {drawn} noms liés tirés comme requêtes sont hors de tous les index, "
            f"pour toute entité / the {drawn} linked names that were drawn as queries are left out "
            "of every index, for every entity"
        )


def _about(about: About) -> Iterator[str]:
    languages = ", ".join(about.languages)
    older = f" ; older: {about.older}" if about.older else ""
    yield f"release {about.release} ({languages}){older} ; seed {about.seed}, count {about.count}"
    yield (
        f"{about.machine} ; chaque requête posée {about.rounds} fois (médiane), sans cache, "
        f"ramasse-miettes au repos / each query asked {about.rounds} times (median), no cache, "
        "garbage collector at rest"
    )


# -- for programs ----------------------------------------------------------------------------


def as_json(report: Report, about: About) -> dict[str, Any]:
    return {
        **asdict(about),
        "names": dict(report.names),
        "left_out": len(report.sets.drawn),
        "missing": [
            {"kind": each.kind, "message": each.why.fr, "message_en": each.why.en}
            for each in report.sets.missing
        ],
        "notes": [
            {"kind": each.kind, "message": each.note.fr, "message_en": each.note.en}
            for each in report.sets.sets
            if each.note
        ],
        "built": [
            {"names": names, "engine": engine, "seconds": seconds}
            for (names, engine), seconds in report.built.items()
        ],
        "rows": [_row(row) for row in report.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": row.kind, "names": row.names, "engine": row.engine}
    found |= _score(row.score)
    if row.score != row.ours:
        found["ours_on_the_same"] = _score(row.ours)
    return found


def _score(score: Score) -> dict[str, Any]:
    recall = {f"recall_at_{n}": share for n, share in zip(DEPTHS, score.recall, strict=True)}
    times = {"p50_ms": score.p50 * 1000, "p99_ms": score.p99 * 1000}
    return {"queries": score.count, **recall, "mrr": score.mrr, **times}
