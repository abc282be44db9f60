"""The way from one release to a later one: the releases between, and what was decided on it."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ontologies.chain import Chain
from ontologies.codes import curie, parse_code
from ontologies.errors import InvalidRequest, UnknownRelease
from ontologies.release import Snapshot
from ontologies.transcoding import Decision, Kind, Transcoding
from thesaurus.loading import is_demonstration
from thesaurus.store import Database, Record, State
from thesaurus.store.transcoding import Decided, Signature, Transcodings

_KEPT = 4

Table = tuple[str, str]
"""Ids of two releases, or the name of a legacy table and the id of a release."""


class Releases(Protocol):
    """The releases of the nomenclature, the oldest data first, and their content by id."""

    @property
    def records(self) -> tuple[Record, ...]: ...

    def sealed(self, release: str) -> Snapshot:
        """Return the content of a release in any state."""


@dataclass(frozen=True)
class Way:
    """From a release to a later one, as it stands with the decisions of this moment.

    Of a table that is signed rows, releases and authors are those that were signed.

    Attributes:
        chain: the releases from one to the other.
        releases: the ids of those that the rows were made of.
        decided: what stands in each table.
        signature: of the table, if it is signed.
        version: of the decisions.
        rows: the transcoding table, by source code, in the order of the releases' files.
        authors: by source code, who decided of a row, when and why.
    """

    source: str
    target: str
    chain: Chain
    releases: tuple[str, ...]
    decided: Mapping[Table, Mapping[str, Decided]] = field(repr=False)
    signature: Signature | None
    version: int
    rows: Mapping[str, Transcoding] = field(repr=False)
    authors: Mapping[str, Decided] = field(repr=False)

    @property
    def open(self) -> Sequence[Transcoding]:
        """The rows that wait for a person."""
        return [row for row in self.rows.values() if row.open]

    def decision(self, row: Transcoding) -> Decided | None:
        """Who decided of a row, when and why; None where no person did."""
        return self.authors.get(row.source)

    def own_version(self, code: str) -> int:
        """The version of what was last decided of a code in this very table, 0 for nothing."""
        own = self.decided.get((self.source, self.target), {}).get(code)
        return own.version if own else 0

    def asked(self, code: str) -> Transcoding | None:
        """What becomes of a code; None where it stays as it is, or no release knows it."""
        return self.rows.get(code)

    def code_of(self, written: str) -> str:
        """Read a source code as it is written. Raises InvalidCode."""
        return parse_code(written)

    def named(self, code: str) -> str:
        """Return a source code as people read it."""
        return curie(code)


class Ways:
    """The ways between the releases of a register.

    Args:
        releases: of the register, such as a ``Runtime``.
        database: where decisions are kept.
    """

    def __init__(self, releases: Releases, database: Database) -> None:
        self._releases = releases
        self.store = Transcodings(database)
        self._kept: OrderedDict[tuple[object, ...], Way] = OrderedDict()
        self._making = threading.Lock()

    @property
    def records(self) -> tuple[Record, ...]:
        """The releases of the nomenclature, the oldest data first, as last seen."""
        return self._releases.records

    def between(self, source: str, target: str) -> Way:
        """Return the way from a release to one with younger data.

        The releases between them whose checks passed are part of it; of archived ones those that
        ever served. What was decided and signed rests on them, so both ends may be archived.

        Raises:
            UnknownRelease: the register has none such.
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

    def code_of(self, source: str, written: str) -> str:  # noqa: ARG002  (of the releases alone)
        """Read a code of a table as it is written. Raises InvalidCode."""
        return parse_code(written)

    def named(self, source: str, code: str) -> str:  # noqa: ARG002
        """Return a code of a table as people read it."""
        return curie(code)

    def state(self, source: str, target: str) -> tuple[str, ...]:
        """Return what a table depends on: releases and decisions. It costs no table.

        Raises:
            UnknownRelease, InvalidRequest: as ``between``.
        """
        records = self._between(source, target)
        return *(each.release.digest for each in records), str(self.store.version())

    def _way(self, records: Sequence[Record], version: int) -> Way:
        decided = self.store.tables()
        verdicts = {
            table: {code: each.verdict for code, each in by_code.items() if each.verdict}
            for table, by_code in decided.items()
        }
        chain = Chain([self._releases.sealed(each.id) for each in records], verdicts)
        source, target = records[0].id, records[-1].id
        signature = self.store.signed(source, target)
        if signature is None:
            releases = chain.ids
            rows = {row.source: row for row in chain.rows()}
            authors = {
                code: decided[row.decided][code] for code, row in rows.items() if row.decided
            }
        else:
            content = self.store.signed_content(source, target, signature.edition)
            releases, rows, authors = content_read(content)
        return Way(source, target, chain, releases, decided, signature, version, rows, authors)

    def _between(self, source: str, target: str) -> Sequence[Record]:
        known = self.records
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
        ends = (known[first], known[last])
        between = [each for each in known[first + 1 : last] if _is_between(each, ends)]
        return [known[first]] if first == last else [known[first], *between, known[last]]


def _is_between(record: Record, ends: Sequence[Record]) -> bool:
    """Tell whether a release stands on the way: the demonstration only between its own years."""
    if is_demonstration(record) and not any(map(is_demonstration, ends)):
        return False
    if record.state is State.ARCHIVED:
        return record.was_active
    return record.state is not State.DRAFT


def content_of(way: Way) -> Mapping[str, Any]:
    """Return a table as JSON, to be signed."""
    return {
        "from": way.source,
        "to": way.target,
        "releases": list(way.releases),
        "rows": [_written(row, way.decision(row)) for row in way.rows.values()],
    }


def _written(row: Transcoding, decided: Decided | None) -> Mapping[str, Any]:
    written: dict[str, Any] = {
        "source": row.source,
        "targets": list(row.targets),
        "kind": row.kind,
        "decision": row.decision,
        "changed": row.changed,
        "via": row.via,
    }
    if row.decided and decided:
        written["decided"] = {
            "in": list(row.decided),
            "version": decided.version,
            "by": decided.actor,
            "at": decided.at.isoformat(),
            "comment": decided.comment,
        }
    return written


_Content = tuple[tuple[str, ...], dict[str, Transcoding], dict[str, Decided]]


def content_read(content: Mapping[str, Any]) -> _Content:
    """Read a signed table back: its releases, its rows and who decided of them."""
    rows, authors = {}, {}
    for each in content["rows"]:
        decided = each.get("decided")
        row = rows[each["source"]] = Transcoding(
            each["source"],
            tuple(each["targets"]),
            Kind(each["kind"]),
            Decision(each["decision"]),
            changed=each["changed"],
            via=each["via"],
            decided=(decided["in"][0], decided["in"][1]) if decided else None,
        )
        if decided:
            authors[row.source] = Decided(
                row.source,
                decided["version"],
                row.decision,
                row.targets,
                decided["by"],
                dt.datetime.fromisoformat(decided["at"]),
                decided["comment"],
            )
    return tuple(content["releases"]), rows, authors
