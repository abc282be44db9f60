"""Where releases are taken from: a service that has them open, or the register itself."""

from __future__ import annotations

from typing import Protocol

from ontologies.dataset import Dataset
from ontologies.release import ORPHANET, Snapshot
from thesaurus.dating import wanted_of
from thesaurus.opening import collector_at_rest
from thesaurus.store import Record, Register


class Releases(Protocol):
    """What a comparison needs; the ``Runtime`` of a service gives it."""

    @property
    def records(self) -> tuple[Record, ...]:
        """The releases of the nomenclature."""

    @property
    def datasets(self) -> tuple[Record, ...]:
        """The releases of related datasets, the oldest data first."""

    def snapshot(self, release: str) -> Snapshot:
        """Return the content of a release. Raises UnknownRelease, DamagedRelease."""

    def dataset(self, system: str, release: str) -> Dataset:
        """Return a release of a related dataset. Raises UnknownRelease, DamagedRelease."""


class Sealed:
    """The releases of a register, as they are now; for a command, which needs no index."""

    def __init__(self, register: Register) -> None:
        self._register = register
        everything = register.everything()
        self.records = tuple(each for each in everything if each.release.system == ORPHANET)
        self.datasets = tuple(each for each in everything if each.release.system != ORPHANET)

    def snapshot(self, release: str) -> Snapshot:
        """Return the content of a release.

        Raises:
            UnknownRelease: the register has none such, or it is archived.
            DamagedRelease: it is not what was sealed.
        """
        with collector_at_rest():
            return self._register.snapshot(wanted_of(self.records, release))

    def sealed(self, release: str) -> Snapshot:
        """Return the content of a release in any state. Raises as ``snapshot``."""
        with collector_at_rest():
            return self._register.snapshot(release)

    def dataset(self, system: str, release: str) -> Dataset:
        """Return a release of a related dataset. Raises UnknownRelease, DamagedRelease."""
        return self._register.of(system).dataset(release)
