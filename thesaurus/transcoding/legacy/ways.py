"""From the codes of a legacy table to those of a release: a transcoding table like any other."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from ontologies.errors import Conflict, InvalidRequest, UnknownRelease
from ontologies.transcoding import Decision, Kind, Transcoding, Verdict
from thesaurus.store import Database
from thesaurus.store.legacy import LegacyEntry, LegacyTables, Replaced
from thesaurus.store.transcoding import Decided
from thesaurus.transcoding.legacy.file import local_code
from thesaurus.transcoding.ways import Releases, Way, Ways, content_read

_KEPT = 4
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class LegacyWay(Way):
    """From a legacy table to a release, as it stands with the decisions of this moment.

    What was decided for an older release is carried on to this one; where a target is no longer
    active its row waits again.

    Attributes:
        entries: the legacy table, by code.
    """

    entries: Mapping[str, LegacyEntry] = field(default_factory=dict, repr=False)

    def code_of(self, written: str) -> str:
        """Return a local code as the table has it.

        Blanks around it, case, and zeros that spreadsheet programs take from the beginning of a
        number say nothing, unless two codes of the table differ by these alone.
        """
        code = local_code(written.strip())
        return code if code in self.rows else self._folded.get(_folded(code), code)

    def named(self, code: str) -> str:
        return code

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        found: dict[str, str | None] = {}
        for code in self.rows:
            folded = _folded(code)
            found[folded] = None if folded in found else code
        return {folded: code for folded, code in found.items() if code is not None}


def _folded(code: str) -> str:
    return code.casefold().lstrip("0") if code.isascii() and code.isdigit() else code.casefold()


class _Given(NamedTuple):
    """What was decided of a local code, and for which release."""

    release: str
    decided: Decided
    verdict: Verdict


class LegacyWays:
    """The legacy tables of a deployment and the ways from them to its releases.

    Args:
        ways: between the releases.
        database: where the tables are kept.
    """

    def __init__(self, ways: Ways, database: Database) -> None:
        self.ways = ways
        self.store = LegacyTables(database)
        self._kept: OrderedDict[tuple[object, ...], LegacyWay] = OrderedDict()
        self._making = threading.Lock()

    def replace(
        self, name: str, entries: Iterable[LegacyEntry], *, actor: str, title: str | None = None
    ) -> Replaced:
        """Load a table, in the place of the former one of that name.

        Raises:
            InvalidRequest: the name is not fit, or there are no entries.
            Conflict: a release has that name, or a transcoding of the table is signed.
        """
        given = list(entries)
        if not _NAME.fullmatch(name):
            raise InvalidRequest(
                f"« {name[:40]} » ne convient pas comme nom de table : minuscules sans accent, "
                "chiffres, tirets, une lettre d'abord, 40 caractères au plus.",
                f"'{name[:40]}' is not fit to name a table: small letters, digits, hyphens, a "
                "letter first, 40 characters at most.",
            )
        if any(each.id == name for each in self.ways.records):
            raise Conflict(
                f"{name} est le nom d'une version de la nomenclature.",
                f"{name} is the name of a release of the nomenclature.",
            )
        if not given:
            raise InvalidRequest(
                "Aucune ligne à charger ; la table reste comme elle était.",
                "There is no row to load; the table stays as it was.",
            )
        return self.store.replace(name, given, actor=actor, title=title)

    def between(self, name: str, target: str) -> LegacyWay:
        """Return the way from a legacy table to a release.

        Raises:
            UnknownLegacyTable: there is none of that name.
            UnknownRelease: the register has none such, or it is archived.
        """
        # Versions before what they are versions of: who signs an older state comes too late.
        releases = tuple((each.id, each.state, each.release.digest) for each in self.ways.records)
        onward = self.ways.between(target, target)
        key = (name, target, releases, onward.version, self.store.version())
        with self._making:
            way = self._kept.get(key)
            if way is None:
                way = self._kept[key] = self._way(name, onward)
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return way

    def _way(self, name: str, onward: Way) -> LegacyWay:
        target, entries = onward.target, self.store.entries(name)
        signature = self.ways.store.signed(name, target)
        if signature is None:
            rows, authors = self._rows(name, entries, onward)
            releases: tuple[str, ...] = (name, target)
        else:
            content = self.ways.store.signed_content(name, target, signature.edition)
            releases, rows, authors = content_read(content)
        return LegacyWay(
            source=name,
            target=target,
            chain=onward.chain,
            releases=releases,
            decided=onward.decided,
            signature=signature,
            version=onward.version,
            rows=rows,
            authors=authors,
            entries=entries,
        )

    def _rows(
        self, name: str, entries: Mapping[str, LegacyEntry], onward: Way
    ) -> tuple[dict[str, Transcoding], dict[str, Decided]]:
        given = self._given(name, onward)
        chains = {
            release: self.ways.between(release, onward.target).chain
            for release in dict.fromkeys(each.release for each in given.values())
        }

        @cache  # many codes have one target
        def follow(release: str, targets: tuple[str, ...]) -> Transcoding | None:
            return chains[release].follow(targets, release)

        rows = {code: _row(code, name, given.get(code), follow) for code in entries}
        authors = {code: given[code].decided for code, row in rows.items() if row.decided}
        return rows, authors

    def _given(self, name: str, onward: Way) -> dict[str, _Given]:
        """What stands of each code: decided for the youngest release up to the target."""
        found: dict[str, _Given] = {}
        for release in self._up_to(onward.target):
            for code, decided in onward.decided.get((name, release), {}).items():
                if verdict := decided.verdict:
                    found[code] = _Given(release, decided, verdict)
        return found

    def _up_to(self, target: str) -> Iterator[str]:
        for record in self.ways.records:
            yield record.id  # also of an archived one: what was decided stands
            if record.id == target:
                return
        raise UnknownRelease(target, [record.id for record in self.ways.records])


_Follow = Callable[[str, tuple[str, ...]], Transcoding | None]


def _row(code: str, name: str, given: _Given | None, follow: _Follow) -> Transcoding:
    waiting = Transcoding(code, (), Kind.LEGACY, Decision.PROPOSED)
    if given is None:
        return waiting
    table = (name, given.release)
    if not given.verdict.accepted:
        return Transcoding(code, (), Kind.LEGACY, Decision.REJECTED, decided=table)
    onward = follow(given.release, given.verdict.targets)
    targets = onward.targets if onward else ()
    stands = onward is None or onward.applies
    decision = Decision.ACCEPTED if stands else Decision.PROPOSED
    return Transcoding(code, targets, Kind.LEGACY, decision, decided=table)


class AllWays(Ways):
    """The ways to a release from older ones and from legacy tables, each by its name."""

    def __init__(self, releases: Releases, database: Database) -> None:
        super().__init__(releases, database)
        self.legacy = LegacyWays(self, database)

    def between(self, source: str, target: str) -> Way:
        """Return the way from a release or a legacy table to a release.

        Raises:
            UnknownRelease: neither a release nor a legacy table has the name, or it is archived.
            InvalidRequest: the target is not the younger one.
        """
        if self._is_legacy(source):
            return self.legacy.between(source, target)
        return super().between(source, target)

    def code_of(self, source: str, written: str) -> str:
        if self._is_legacy(source):
            return local_code(written.strip())
        return super().code_of(source, written)

    def named(self, source: str, code: str) -> str:
        return code if self._is_legacy(source) else super().named(source, code)

    def state(self, source: str, target: str) -> tuple[str, ...]:
        if self._is_legacy(source):
            table = self.legacy.store.version()
            return (*super().state(target, target), source, str(table))
        return super().state(source, target)

    def _is_legacy(self, name: str) -> bool:
        if any(each.id == name for each in self.records):
            return False
        return name in self.legacy.store.names()
