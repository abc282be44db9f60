"""A release that is open: read, indexed, with what is active beside it."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import structlog

from ontologies.concept import Label, LabelKind
from ontologies.errors import DamagedRelease, UnknownRelease
from ontologies.related import Related
from ontologies.release import Snapshot
from search.index import Index
from thesaurus.store import Record, Register

Former = Mapping[str, Sequence[Label]]
"""The names that older releases gave each code and that it has no more."""

Names = Mapping[str, Sequence[tuple[str, str]]]
"""From a code to its (text, language) pairs."""

_NOTHING_RELATED = Related()
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Open:
    """A release that is open: what it is, everything in it, its index, and what is active beside
    it.

    Attributes:
        older: the releases whose names are found as former ones.
        former: the names that those gave each code and that it has no more.
        later: the names that younger releases give each code, so that the check of an older one
            knows what today's records say.
    """

    record: Record
    snapshot: Snapshot
    index: Index
    related: Related
    older: tuple[str, ...] = ()
    former: Former = field(default_factory=dict, repr=False)
    younger: tuple[str, ...] = ()
    later: Former = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def digest(self) -> str:
        """Changes when an answer may."""
        return " ".join((self.record.release.digest, self.related.digest, *self.older))

    def beside(self, related: Related) -> Open:
        """Return the same release beside other datasets, indexed anew."""
        with collector_at_rest():
            index = Index(self.snapshot, _further_names(related, self.former))
        return replace(self, index=index, related=related)


def open_release(
    register: Register,
    record: Record,
    related: Related = _NOTHING_RELATED,
    older: Iterable[Record] = (),
    younger: Iterable[Record] = (),
) -> Open:
    """Read and index a release.

    Args:
        older: releases whose names are found as well; one that cannot be read is left out.
        younger: releases whose names the check knows as well.

    Raises:
        UnknownRelease, DamagedRelease: it is gone, or not what was sealed.
    """
    with collector_at_rest():
        snapshot = register.snapshot(record.id)
        snapshot.merged  # noqa: B018  (worked out now, not in the first request)
        names = {each.id: _names(register, each.id) for each in older}
        former = former_names(snapshot, names)
        index = Index(snapshot, _further_names(related, former))
        coming = {each.id: _names(register, each.id) for each in younger}
        later = former_names(snapshot, coming)
        return Open(record, snapshot, index, related, tuple(names), former, tuple(coming), later)


def _names(register: Register, release: str) -> Names:
    try:
        return register.names(release)
    except (DamagedRelease, UnknownRelease) as error:
        log.error("names left out", release=release, why=error.message.en)  # noqa: TRY400
        return {}


def former_names(snapshot: Snapshot, names: Mapping[str, Names]) -> Former:
    """Return the names that older releases have for each code and that a release has not.

    Those of a code that is gone are all of them.

    Args:
        names: those of each older release, the youngest first.
    """
    found: dict[str, dict[str, Label]] = {}
    for release, by_code in names.items():
        for code, labels in by_code.items():
            concept = snapshot.concepts.get(code)
            known = {label.text for label in concept.labels} if concept else ()
            for text, lang in labels:
                if text not in known:
                    label = Label(text, lang, LabelKind.FORMER, source=release)
                    found.setdefault(code, {}).setdefault(text, label)
    return {code: tuple(labels.values()) for code, labels in found.items()}


def _further_names(related: Related, former: Former) -> Callable[[str], Iterable[Label]]:
    """From a code to its names in older releases and in other terminologies."""
    return lambda code: (*former.get(code, ()), *related.linked_labels(code))


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Make many lasting objects without the garbage collector walking over them again and again.

    It takes a third off the time to open a release (docs/performance.md).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settle() -> None:
    """After a swap: what was made lasts, so that later collections need not walk over it, and what
    it was made from goes back to the system, which glibc does only when it is told.
    """
    gc.collect()
    gc.freeze()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
