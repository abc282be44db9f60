"""What the releases at both ends of a transcoding table do not say, and what follows from it.

The sentences are those of a comparison of the two releases (``ontologies.differences``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from ontologies.chain import Chain
from ontologies.differences import Facet, reasons
from ontologies.differences.scope import Scope
from ontologies.errors import Message
from ontologies.release import Snapshot

_KNOWN: WeakKeyDictionary[Chain, Sequence[Message]] = WeakKeyDictionary()


def untold(chain: Chain) -> Sequence[Message]:
    """Tell what must be known to read the table between the first and the last release."""
    found = _KNOWN.get(chain)
    if found is None:
        found = _KNOWN[chain] = tuple(_untold(chain.first, chain.last))
    return found


def _untold(first: Snapshot, last: Snapshot) -> Iterator[Message]:
    scopes = Scope.of(first), Scope.of(last)
    for scope in scopes:
        if scope.kind != "nomenclature":
            yield reasons.codes(scope, 0).reason
            said = reasons.historic if scope.kind == "list" else reasons.inferred_status
            yield said(scope).reason
    yield from _levels(first, last)
    if scopes[0].names.keys().isdisjoint(scopes[1].names):
        yield reasons.no_language().reason


def _levels(first: Snapshot, last: Snapshot) -> Iterator[Message]:
    both = [(old, last.concepts[code]) for code, old in first.concepts.items() if code in last]
    for release, untold_levels in (
        (first, sum(old.level is None and new.level is not None for old, new in both)),
        (last, sum(new.level is None and old.level is not None for old, new in both)),
    ):
        if untold_levels:
            yield reasons.untold(Facet.LEVEL, release.release.id, untold_levels).reason
