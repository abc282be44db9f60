"""The related datasets that are active: read from the register when they change, kept together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import structlog

from ontologies.dataset import Dataset
from ontologies.errors import DamagedRelease
from ontologies.related import Related
from ontologies.systems import CodeSystems, Coding
from thesaurus.store import Record, Register, State

log = structlog.get_logger()

_Key = tuple[str, str, str]


class ActiveDatasets:
    """Follows which datasets are active. One that did not change is not read again.

    Args:
        register: of any terminology in the data base.
        systems: the code systems.
    """

    def __init__(self, register: Register, systems: CodeSystems | None = None) -> None:
        self._register = register
        self._systems = systems
        self._seen: frozenset[_Key] = frozenset()
        self._read: dict[_Key, Dataset] = {}
        self._codings: dict[Coding, Coding] = {}
        self.related = Related(systems=systems)

    def follow(self, records: Iterable[Record]) -> Related:
        """Return what is active; the same object as before where nothing changed."""
        active = {_key(each): each for each in records if each.state is State.ACTIVE}
        if active.keys() != self._seen:
            found = {key: self._dataset(key, record) for key, record in active.items()}
            self._read = {key: dataset for key, dataset in found.items() if dataset}
            self.related = Related(self._read.values(), self._systems)
            for each in self._read.values():  # worked out now, not in the first request
                if any(term.parents for term in each.terms):
                    self.related.hierarchy(each.terms[0].coding.system)
            self._seen = frozenset(active)
            log.info("datasets served", datasets=[f"{d} {version}" for d, version, _ in self._read])
        return self.related

    def _dataset(self, key: _Key, record: Record) -> Dataset | None:
        """Return a dataset; a damaged one is left out, the others answer all the same."""
        if key in self._read:
            return self._read[key]
        release = record.release
        try:
            return self._register.of(release.system).dataset(release.id, self._codings)
        except DamagedRelease as error:
            log.error("dataset left out", dataset=release.system, why=error.message.en)  # noqa: TRY400
            return None

    @property
    def versions(self) -> Mapping[str, str]:
        """Dataset -> release, of those that are served."""
        return {dataset: version for dataset, version, _ in self._read}


def _key(record: Record) -> _Key:
    release = record.release
    return release.system, release.id, release.digest
