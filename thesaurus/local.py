"""What a deployment adds of its own, held in memory: counts of chosen codes, perimeters, and what
was decided in transcoding tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.errors import UnknownPerimeter
from thesaurus.store import Database, Perimeter, Perimeters, Usage, UsageCounts
from thesaurus.store.transcoding import Decided, Transcodings


class Local:
    """Follows counts, perimeters and decisions; what did not change is not read again.

    Attributes:
        usage: the counts as last seen.
        perimeters, perimeters_version: by name, as last seen.
        decided: what stands in the tables between releases, (source, target) -> code -> decision.
    """

    def __init__(self, database: Database) -> None:
        self._usage = Usage(database)
        self._perimeters = Perimeters(database)
        self.perimeters_version = 0
        self.usage = UsageCounts()
        self.perimeters: Mapping[str, Perimeter] = {}
        self._transcodings = Transcodings(database)
        self._decided_version = 0
        self.decided: Mapping[tuple[str, str], Mapping[str, Decided]] = {}

    def follow(self) -> None:
        """Look at the data base once. Each attribute is swapped whole."""
        if self._usage.version() != self.usage.version:
            self.usage = self._usage.counts()
        if self._perimeters.version() != self.perimeters_version:
            self.perimeters_version, self.perimeters = self._perimeters.everything()
        if (version := self._transcodings.version()) != self._decided_version:
            self._decided_version, self.decided = version, self._transcodings.tables(legacy=False)

    def perimeter(self, name: str) -> frozenset[str]:
        """Return the codes of a perimeter. Raises UnknownPerimeter."""
        try:
            return self.perimeters[name].codes
        except KeyError:
            raise UnknownPerimeter(name, sorted(self.perimeters)) from None
