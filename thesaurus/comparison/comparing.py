"""Releases of the register compared; a comparison of sealed releases never changes and is kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ontologies.concept import Concept, Label
from ontologies.differences import Differences, differences
from ontologies.release import Snapshot
from thesaurus.comparison.datasets import Pair, alignments, pairs_of
from thesaurus.comparison.sources import Releases
from thesaurus.dating import wanted_of
from thesaurus.store import Record

_KEPT = 4


@dataclass(frozen=True)
class Comparison:
    """Two releases, what changed from one to the other, and the datasets beside them."""

    a: Snapshot
    b: Snapshot
    differences: Differences
    datasets: tuple[Pair, ...]

    def concept(self, code: str) -> Concept | None:
        """Return a code as ``b`` has it, else as ``a`` has it."""
        return self.b.concepts.get(code) or self.a.concepts.get(code)

    def label(self, code: str, lang: str) -> Label | None:
        """Return the preferred term in ``lang``, as ``b`` has it, else ``a``; else in another
        language. None for a code that neither has.
        """
        sides = [each.concepts[code] for each in (self.b, self.a) if code in each]
        labels = [each.preferred(lang) for each in sides]
        return next((each for each in labels if each.lang == lang), next(iter(labels), None))

    @cached_property
    def parents(self) -> Mapping[str, frozenset[str]]:
        """The parents, all classifications merged, of the codes that one release has alone."""
        found: dict[str, set[str]] = {}
        sides = (self.a, self.differences.removed), (self.b, self.differences.added)
        for side, alone in sides:
            for each in side.classifications.values():
                for parent, child in each.edges:
                    if child in alone:
                        found.setdefault(child, set()).add(parent)
        return {code: frozenset(parents) for code, parents in found.items()}


@dataclass(frozen=True, slots=True)
class Pairing:
    """What is to be compared, as the register has it: enough to know whether it changed."""

    before: Record
    after: Record
    datasets: tuple[Pair, ...]

    @property
    def digest(self) -> str:
        releases = (self.before.release, self.after.release)
        named = (f"{each.id} {each.digest}" for each in releases)
        return "\n".join((*named, *(pair.digest for pair in self.datasets)))


class Comparisons:
    """Compares releases and keeps the last few comparisons."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self._kept: OrderedDict[str, Differences] = OrderedDict()
        self._comparing = threading.Lock()

    def pairing(self, before: str, after: str) -> Pairing:
        """Find two releases. Raises UnknownRelease for one that is not there, or archived."""
        records = self._releases.records
        known = {each.id: each for each in records}
        first, second = (known[wanted_of(records, each)] for each in (before, after))
        return Pairing(first, second, pairs_of(self._releases.datasets, first, second))

    def of(self, pairing: Pairing) -> Comparison:
        """Compare two releases.

        Raises:
            UnknownRelease, DamagedRelease: one of them, or a dataset beside it, is gone or not what
                was sealed.
        """
        a, b = (self._releases.snapshot(each.id) for each in (pairing.before, pairing.after))
        with self._comparing:
            found = self._kept.get(pairing.digest)
            if found is None:
                beside = alignments(self._releases, pairing.datasets)
                found = self._kept[pairing.digest] = differences(a, b, beside)
            self._kept.move_to_end(pairing.digest)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return Comparison(a, b, found, pairing.datasets)
