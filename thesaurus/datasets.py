"""The related datasets that are active: read from the register when they change, kept together."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from ontologies.dataset import Dataset
from ontologies.errors import Cycle, DamagedRelease
from ontologies.hierarchy import refuse_cycle
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
            read = {key: dataset for key, dataset in found.items() if dataset}
            related = compose(read.values(), self._systems)
            self._read, self.related, self._seen = read, related, frozenset(active)
            log.info("datasets served", datasets=[f"{name} {version}" for name, version, _ in read])
        return self.related

    def _dataset(self, key: _Key, record: Record) -> Dataset | None:
        """Return a dataset; one that cannot be used is left out, the others answer all the same."""
        if key in self._read:
            return self._read[key]
        try:
            return open_dataset(self._register, record, self._codings)
        except (DamagedRelease, Cycle) as error:
            log.error("dataset left out", dataset=key[0], why=error.message.en)  # noqa: TRY400
            return None


def compose(datasets: Iterable[Dataset], systems: CodeSystems | None = None) -> Related:
    """Put datasets together; hierarchies are worked out now, not in the first request."""
    related = Related(datasets, systems)
    for each in related.datasets:
        for system in {term.coding.system for term in each.terms if term.parents}:
            related.hierarchy(system)
    return related


def open_dataset(
    register: Register, record: Record, known: dict[Coding, Coding] | None = None
) -> Dataset:
    """Read a dataset and try that it can be used.

    Args:
        known: codes of other datasets, to share.

    Raises:
        UnknownRelease, DamagedRelease: it is gone, or not what was sealed.
        Cycle: its hierarchy goes round in a circle.
    """
    dataset = register.of(record.release.system).dataset(record.id, known)
    parents = ((parent, term) for term in dataset.terms for parent in term.parents)
    refuse_cycle(
        (f"{term.coding.system} {parent}", " ".join(term.coding)) for parent, term in parents
    )
    return dataset


def _key(record: Record) -> _Key:
    release = record.release
    return release.system, release.id, release.digest
