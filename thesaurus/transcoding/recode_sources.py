"""Where records may come from: releases and legacy tables, by name."""

from __future__ import annotations

from collections.abc import Sequence

from ontologies.release import Snapshot
from ontologies.transcoding import Transcoding
from thesaurus.opening import Open
from thesaurus.transcoding.answer import ProposalItem
from thesaurus.transcoding.legacy import AllWays, LegacyWay
from thesaurus.transcoding.legacy_matching import Matcher
from thesaurus.transcoding.legacy_proposals import matched
from thesaurus.transcoding.recode_releases import ReleaseRows
from thesaurus.transcoding.recoding import Origin, Rows
from thesaurus.transcoding.table import proposal_items


def rows_between(ways: AllWays, source: str, target: str) -> Rows:
    """Return what becomes of the codes of a release, or of a legacy table, in a release.

    Raises:
        UnknownRelease: neither a release nor a legacy table has the name.
        InvalidRequest: the target is older than the source.
    """
    way = ways.between(source, target)
    return LegacyRows(way) if isinstance(way, LegacyWay) else ReleaseRows(way)


class LegacyRows:
    """The transcoding of a legacy table, as ``recoding.Rows``."""

    local = True

    def __init__(self, way: LegacyWay) -> None:
        self.way = way
        self._matcher_of: tuple[str, str, Matcher] | None = None

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

    @property
    def open(self) -> int:
        return len(self.way.open)

    def __contains__(self, code: object) -> bool:
        return code in self.way.rows

    def origin(self, written: str) -> Origin:
        code = self.way.code_of(written)
        row = self.way.asked(code)
        return Origin(code, row, known=row is not None)

    def label(self, code: str, lang: str) -> str:  # noqa: ARG002  (local words have one language)
        entry = self.way.entries.get(code)
        return (entry.label if entry else None) or ""

    def proposals(self, row: Transcoding, target: Open, lang: str) -> Sequence[ProposalItem]:
        matching = matched(self.way, row, self._matcher(target, lang))
        return proposal_items(matching.proposals) if matching else ()

    def _matcher(self, target: Open, lang: str) -> Matcher:
        """One for all entries: it gathers what the release says once."""
        if self._matcher_of is None or self._matcher_of[:2] != (target.id, lang):
            self._matcher_of = (target.id, lang, Matcher(target, lang=lang))
        return self._matcher_of[2]
