"""How well the written legacy table is matched, and how fast a long one is.

``python -m tests.real.legacy_matching FOLDER`` prints it for the active release of a data folder
(docs/performance.md).
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from search.laboratory.keyboard import with_typo
from tests.service.legacy_table import measure, rows
from thesaurus.opening import Open
from thesaurus.runtime import Runtime
from thesaurus.settings import Settings
from thesaurus.store import Database, Register
from thesaurus.transcoding.legacy.matching import Entry, Matcher


def opened(home: Path) -> Open:
    """Open the active release of a data folder."""
    database = Database(Settings(home=home).database)
    runtime = Runtime(Register(database))
    runtime.refresh()
    database.dispose()
    return runtime.current()


def long_table(release: Open, count: int) -> Iterator[Entry]:
    """Entries whose labels are names of a release, all but every third with a typo; every tenth is
    the label of a sign, which is no disease.
    """
    rnd = random.Random(6)
    names = [label.text for concept in release.snapshot for label in concept.labels]
    signs = [each.labels[0].text for each in release.related.terms("hpo").values() if each.labels]
    for number in range(count):
        text = rnd.choice(signs if signs and number % 10 == 0 else names)
        typed = with_typo(rnd, text.split()) if number % 3 else None
        yield Entry(str(number), " ".join(typed or [text]))


def main(home: Path) -> None:
    release = opened(home)
    print("kind      rows   first  in five  >= 0.8  and wrong")
    for kind, tally in measure(rows(), Matcher(release).match).items():
        print(f"{kind:8} {tally}")
    entries = list(long_table(release, 5000))
    matcher, start = Matcher(release), time.perf_counter()
    slowest = 0.0
    for entry in entries:
        before = time.perf_counter()
        matcher.match(entry)
        slowest = max(slowest, time.perf_counter() - before)
    took = time.perf_counter() - start
    print(f"{len(entries)} entries in {took:.1f} s, the slowest {slowest * 1000:.0f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
