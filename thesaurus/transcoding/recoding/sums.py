"""How many records became what: in all, by kind and by site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ontologies.transcoding import Kind
from thesaurus.transcoding.recoding.codes import Outcome, Recoded

MOST_SITES = 5000
OTHER_SITES = "Autres sites"
_LONGEST_SITE = 100


class Sort(NamedTuple):
    """What is counted together."""

    outcome: Outcome
    kind: Kind | None
    waits: bool

    @classmethod
    def of(cls, recoded: Recoded) -> Sort:
        return cls(recoded.outcome, recoded.kind, recoded.waits)


Counts = Mapping[Sort, int]


class Sums:
    """Counts records, each one once.

    Sites beyond ``MOST_SITES`` are counted together: the column is then hardly one of sites.
    """

    def __init__(self) -> None:
        self._sites: dict[str, Counter[Sort]] = {}

    def add(self, site: str, sort: Sort) -> None:
        counts = self._sites.get(site)
        if counts is None:
            if len(self._sites) >= MOST_SITES:
                site = OTHER_SITES
            counts = self._sites.setdefault(site, Counter())
        counts[sort] += 1

    @property
    def sites(self) -> Mapping[str, Counts]:
        """What became of the records of each site, in the order in which the sites came."""
        return self._sites

    @property
    def all(self) -> Counts:
        found: Counter[Sort] = Counter()
        for counts in self._sites.values():
            found.update(counts)
        return found


def number(counts: Counts, wanted: Callable[[Sort], bool]) -> int:
    """Add up the counts of some sorts."""
    return sum(count for sort, count in counts.items() if wanted(sort))


def site_name(written: str | None) -> str:
    """A site as it is counted: in one line, and not beyond measure; empty where none is named."""
    return " ".join(written.split())[:_LONGEST_SITE] if written else ""
