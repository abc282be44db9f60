"""Records that were coded in a release of the nomenclature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ontologies.codes import parse_code
from ontologies.errors import InvalidCode
from ontologies.release import Snapshot
from ontologies.transcoding import Decision, Transcoding
from thesaurus.opening import Open
from thesaurus.transcoding.answer import ProposalItem
from thesaurus.transcoding.recoding import Origin
from thesaurus.transcoding.table import proposal_items, proposals
from thesaurus.transcoding.ways import Way


@dataclass(frozen=True)
class ReleaseRows:
    """The transcoding table between two releases, as ``recoding.Rows``."""

    way: Way
    local: bool = False

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
        return code in self.way.chain

    def origin(self, written: str) -> Origin:
        try:
            code = parse_code(written)
        except InvalidCode:
            return Origin(None)
        row = self.way.asked(code)
        return Origin(code, row and self._lasting(row), known=row is not None or self._stays(code))

    def label(self, code: str, lang: str) -> str:
        concept = self.way.chain.first_word(code)
        return concept.preferred(lang).text if concept else ""

    def proposals(self, row: Transcoding, target: Open, lang: str) -> Sequence[ProposalItem]:
        return proposal_items(proposals(self.way, row, target, lang))

    def _stays(self, code: str) -> bool:
        concept = self.last.concepts.get(code)
        return concept is not None and concept.status.is_active

    def _lasting(self, row: Transcoding) -> Transcoding:
        """Leave a row to a person whose target is itself recoded further.

        The target had another meaning in the older release, and somebody decided so of records that
        bear it. What is recoded must not move again when it is recoded once more.
        """
        if not row.applies or len(row.targets) != 1 or row.targets == (row.source,):
            return row
        (target,) = row.targets
        further = self.way.asked(target)
        if further is None or not further.applies or further.targets == (target,):
            return row
        both = tuple(dict.fromkeys((target, *further.targets)))
        return replace(row, targets=both, decision=Decision.PROPOSED)
