"""The way from one release to a later one: the releases between, and what was decided on it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ontologies.errors import InvalidRequest, UnknownRelease
from ontologies.transcoding import Chain, Decision, Kind, Transcoding
from thesaurus.runtime import Runtime
from thesaurus.store import Database, Record, State
from thesaurus.store.transcoding import Decided, Signature, Transcodings

_KEPT = 4
_NOT_BETWEEN = frozenset({State.DRAFT, State.ARCHIVED})

Table = tuple[str, str]
"""Ids of two releases, or the name of a legacy table and the id of a release."""


@dataclass(frozen=True)
class Way:
    """From a release to a later one, as it stands with the decisions of this moment.

    Attributes:
        chain: the releases from one to the other.
        rows: the transcoding table, by source code, in the order of the releases' files. Of a table
            that is signed those that were signed.
        decided: what stands in each table, for who and when.
        signature: of the table, if it is signed.
        version: of the decisions.
    """

    source: str
    target: str
    chain: Chain
    decided: Mapping[Table, Mapping[str, Decided]]
    signature: Signature | None
    version: int
    rows: Mapping[str, Transcoding] = field(repr=False)

    @property
    def open(self) -> Sequence[Transcoding]:
        """The rows that wait for a person."""
        return [row for row in self.rows.values() if row.open]

    def decision(self, row: Transcoding) -> Decided | None:
        """Who decided of a row, when and why; None where no person did."""
        return self.decided.get(row.decided, {}).get(row.source) if row.decided else None

    def own_version(self, code: str) -> int:
        """The version of what was last decided of a code in this very table, 0 for nothing."""
        own = self.decided.get((self.source, self.target), {}).get(code)
        return own.version if own else 0

    def asked(self, code: str) -> Transcoding | None:
        """What becomes of a code; None where it stays as it is, or no release knows it."""
        return self.rows.get(code)


class Ways:
    """The ways between the releases of a register.

    Args:
        runtime: its releases.
        database: where decisions are kept.
    """

    def __init__(self, runtime: Runtime, database: Database) -> None:
        self._runtime = runtime
        self.store = Transcodings(database)
        self._kept: OrderedDict[tuple[object, ...], Way] = OrderedDict()
        self._making = threading.Lock()

    def between(self, source: str, target: str) -> Way:
        """Return the way from a release to one with younger data.

        The releases between them whose checks passed are part of it.

        Raises:
            UnknownRelease: the register has none such, or it is archived.
            InvalidRequest: the target is not the younger one.
        """
        records = self._between(source, target)
        version = self.store.version()
        key = (*((each.id, each.release.digest) for each in records), version)
        with self._making:
            way = self._kept.get(key)
            if way is None:
                way = self._kept[key] = self._way(records, version)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return way

    def _way(self, records: Sequence[Record], version: int) -> Way:
        decided = self.store.tables()
        verdicts = {
            table: {code: each.verdict for code, each in by_code.items() if each.verdict}
            for table, by_code in decided.items()
        }
        chain = Chain([self._runtime.snapshot(each.id) for each in records], verdicts)
        source, target = records[0].id, records[-1].id
        signature = self.store.signed(source, target)
        if signature is None:
            rows = {row.source: row for row in chain.rows()}
        else:
            content = self.store.signed_content(source, target, signature.edition)
            rows = {row.source: row for row in rows_of(content)}
        return Way(source, target, chain, decided, signature, version, rows)

    def _between(self, source: str, target: str) -> Sequence[Record]:
        known = [each for each in self._runtime.records if each.state is not State.ARCHIVED]
        places = {each.id: place for place, each in enumerate(known)}
        for wanted in (source, target):
            if wanted not in places:
                raise UnknownRelease(wanted, list(places))
        first, last = places[source], places[target]
        if first > last:
            raise InvalidRequest(
                f"Le transcodage va vers une version plus récente : {target} est plus ancienne que "
                f"{source}.",
                f"Transcoding goes to a later release: {target} is older than {source}.",
            )
        between = [each for each in known[first + 1 : last] if each.state not in _NOT_BETWEEN]
        return [known[first]] if first == last else [known[first], *between, known[last]]


def content_of(way: Way) -> Mapping[str, Any]:
    """Return a table as JSON, to be signed."""
    return {
        "from": way.source,
        "to": way.target,
        "rows": [
            [
                *(row.source, list(row.targets), row.kind, row.decision, row.changed, row.via),
                list(row.decided) if row.decided else None,
            ]
            for row in way.rows.values()
        ],
    }


def rows_of(content: Mapping[str, Any]) -> Iterator[Transcoding]:
    """Read the rows of a signed table back."""
    for source, targets, kind, decision, changed, via, decided in content["rows"]:
        yield Transcoding(
            source,
            tuple(targets),
            Kind(kind),
            Decision(decision),
            changed=changed,
            via=via,
            decided=(decided[0], decided[1]) if decided else None,
        )
