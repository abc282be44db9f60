"""What a deployment adds of its own, held in memory: counts of chosen codes, and perimeters."""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.errors import UnknownPerimeter
from thesaurus.store import Database, Perimeter, Perimeters, Usage, UsageCounts


class Local:
    """Follows the counts and the perimeters; what did not change is not read again.

    Attributes:
        usage: the counts as last seen.
        perimeters, perimeters_version: by name, as last seen.
    """

    def __init__(self, database: Database) -> None:
        self._usage = Usage(database)
        self._perimeters = Perimeters(database)
        self.perimeters_version = 0
        self.usage = UsageCounts()
        self.perimeters: Mapping[str, Perimeter] = {}

    def follow(self) -> None:
        """Look at the data base once. Each attribute is swapped whole."""
        if self._usage.version() != self.usage.version:
            self.usage = self._usage.counts()
        if self._perimeters.version() != self.perimeters_version:
            self.perimeters_version, self.perimeters = self._perimeters.everything()

    def perimeter(self, name: str) -> frozenset[str]:
        """Return the codes of a perimeter. Raises UnknownPerimeter."""
        try:
            return self.perimeters[name].codes
        except KeyError:
            raise UnknownPerimeter(name, sorted(self.perimeters)) from None
