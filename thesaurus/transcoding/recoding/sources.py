"""Where records may come from: releases and legacy tables, by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ontologies.errors import InvalidCode
from ontologies.release import Snapshot
from ontologies.transcoding import Transcoding
from thesaurus.opening import Open
from thesaurus.transcoding.answer import ProposalItem
from thesaurus.transcoding.legacy.ways import AllWays, LegacyWay
from thesaurus.transcoding.recoding.codes import Origin, Rows
from thesaurus.transcoding.table import Proposing, proposal_items
from thesaurus.transcoding.ways import Way


def rows_between(ways: AllWays, source: str, target: str) -> Rows:
    """Return what becomes of the codes of a release, or of a legacy table, in a release.

    Raises:
        UnknownRelease: neither a release nor a legacy table has the name.
        InvalidRequest: the target is older than the source.
    """
    way = ways.between(source, target)
    return LegacyRows(way) if isinstance(way, LegacyWay) else ReleaseRows(way)


class _TableRows:
    """A transcoding table as ``recoding.Rows``."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self._proposing: tuple[str, str, Proposing] | None = None

    @property
    def source(self) -> str:
        return self.way.source

    @property
    def target(self) -> str:
        return self.way.target

    @property
    def releases(self) -> Sequence[str]:
        return self.way.releases

    @property
    def last(self) -> Snapshot:
        return self.way.chain.last

    @property
    def signed(self) -> bool:
        return self.way.signature is not None

    @cached_property
    def open(self) -> int:
        return len(self.way.open)

    def proposals(self, row: Transcoding, target: Open, lang: str) -> Sequence[ProposalItem]:
        """What may stand for a code; what was learnt of the release serves the next one."""
        if self._proposing is None or self._proposing[:2] != (target.id, lang):
            self._proposing = (target.id, lang, Proposing(self.way, target, lang))
        return proposal_items(self._proposing[2].of(row)[0])


class ReleaseRows(_TableRows):
    """Records that were coded in a release of the nomenclature."""

    local = False

    def __contains__(self, code: object) -> bool:
        return code in self.way.chain

    def origin(self, written: str) -> Origin:
        try:
            code = self.way.code_of(written)
        except InvalidCode:
            return Origin(None)
        row = self.way.asked(code)
        return Origin(code, row, known=row is not None or self._stays(code))

    def label(self, code: str, lang: str) -> str:
        concept = self.way.chain.first_word(code)
        return concept.preferred(lang).text if concept else ""

    def _stays(self, code: str) -> bool:
        concept = self.last.concepts.get(code)
        return concept is not None and concept.status.is_active


class LegacyRows(_TableRows):
    """Records that bear the codes of a legacy table."""

    local = True
    way: LegacyWay

    def __contains__(self, code: object) -> bool:
        return code in self.way.rows

    def origin(self, written: str) -> Origin:
        code = self.way.code_of(written)
        row = self.way.asked(code)
        return Origin(code, row, known=row is not None)

    def label(self, code: str, lang: str) -> str:  # noqa: ARG002  (local words have one language)
        entry = self.way.entries.get(code)
        return (entry.label if entry else None) or ""
