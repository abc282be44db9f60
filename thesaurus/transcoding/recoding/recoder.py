"""Many codes recoded: each written form is looked at once, each code's proposals found once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache

from ontologies.transcoding import Decision
from thesaurus.opening import Open
from thesaurus.transcoding.answer import EndItem, ProposalItem, ReasonItem
from thesaurus.transcoding.legacy.matching import Entry, Matcher
from thesaurus.transcoding.recoding import words
from thesaurus.transcoding.recoding.codes import LONGEST, UNREADABLE, Outcome, Recoded, Rows, recode
from thesaurus.transcoding.table import end_item, proposal_items

_FORMS = 50_000
"""Written forms that are remembered: some 20 MB."""

MOST_PROPOSALS = 200
"""Codes of one call for which proposals are worked out: about 2 s."""

MOST_PROPOSALS_OF_A_FILE = 2000
"""All the inactive codes of several years; of a legacy table it may be some of the codes."""


class Recoder:
    """Tells what becomes of codes, with labels and proposals.

    Args:
        rows: where the records come from.
        opened: opens the release they go to, whose index finds what is alike; asked when the first
            proposal is wanted.
        most: codes for which proposals are worked out.
    """

    def __init__(
        self,
        rows: Rows,
        opened: Callable[[], Open],
        *,
        lang: str = "fr",
        most: int = MOST_PROPOSALS_OF_A_FILE,
    ) -> None:
        self.rows, self.lang = rows, lang
        self._opened, self._most = opened, most
        self._proposals: dict[str, Sequence[ProposalItem]] = {}
        self._by_label: dict[tuple[str, str], Sequence[ProposalItem]] = {}
        self._left_out: set[str | tuple[str, str]] = set()
        self._remembered = lru_cache(_FORMS)(lambda written: recode(rows, written))
        self._ends: dict[str, EndItem] = {}

    def of(self, written: str) -> Recoded:
        """Tell what becomes of a code as it is written."""
        return self._remembered(written) if len(written) <= LONGEST else UNREADABLE

    def end(self, code: str) -> EndItem:
        """A code of the release that records go to."""
        if code not in self._ends:
            self._ends[code] = end_item(self.rows.last.concepts[code], self.lang)
        return self._ends[code]

    def label(self, recoded: Recoded) -> str:
        """What the old code was called; nothing where no release knows it."""
        unknown = recoded.code is None or recoded.outcome is Outcome.UNKNOWN
        return "" if unknown else self.rows.label(str(recoded.code), self.lang)

    def proposals(self, recoded: Recoded) -> Sequence[ProposalItem]:
        """Return what may stand for a code that is to be decided upon, surest first."""
        code, row = recoded.code, recoded.row
        if recoded.outcome is not Outcome.TO_DECIDE or code is None or row is None:
            return ()
        if code not in self._proposals:
            if self._is_enough:
                self._left_out.add(code)
                return ()
            self._proposals[code] = (
                [self._chosen(target) for target in row.targets]
                if row.applies
                else self.rows.proposals(row, self._opened(), self.lang)
            )
        return self._proposals[code]

    def proposals_by_label(self, label: str, icd10: str) -> Sequence[ProposalItem]:
        """Return what may stand for a record whose code says nothing, by its other cells."""
        cells = label[:LONGEST], icd10[:LONGEST]
        if cells not in self._by_label:
            if not any(cells):
                return ()
            if self._is_enough:
                self._left_out.add(cells)
                return ()
            found = self._matcher.match(Entry("", cells[0], icd10=cells[1]))
            self._by_label[cells] = proposal_items(found.proposals)
        return self._by_label[cells]

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._opened(), lang=self.lang)

    @property
    def _is_enough(self) -> bool:
        return len(self._proposals) + len(self._by_label) >= self._most

    @property
    def proposed(self) -> Mapping[str, Sequence[ProposalItem]]:
        """What was proposed so far, by the code it may stand for."""
        return self._proposals

    @property
    def left_out(self) -> int:
        """How many codes, or labels in their place, got no proposals, being too many."""
        return len(self._left_out)

    def _chosen(self, target: str) -> ProposalItem:
        """One of several codes that a person accepted."""
        reason = ReasonItem(
            kind=Decision.ACCEPTED, message=words.CHOSEN.fr, message_en=words.CHOSEN.en
        )
        return ProposalItem(**dict(self.end(target)), confidence=1.0, reasons=[reason])
