"""One code as an old record has it, and what becomes of it in a later release.

A record is recoded where the transcoding table applies without anybody looking, and names exactly
one code. Everything else stays as it was and is told: nothing is ever blanked or guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from ontologies.release import Snapshot
from ontologies.transcoding import Decision, Kind, Transcoding
from thesaurus.opening import Open
from thesaurus.transcoding.answer import ProposalItem

LONGEST = 200
"""Letters of a written code; nothing longer is one."""


class Outcome(StrEnum):
    """What becomes of a record; each has exactly one."""

    UNCHANGED = "unchanged"
    RECODED = "recoded"
    TO_DECIDE = "to_decide"
    NO_CODE = "no_code"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"
    BLANK = "blank"


class Origin(NamedTuple):
    """What a written code is where the records come from.

    Attributes:
        code: its machine form; None where it cannot be read.
        row: what becomes of it; None where it stays as it is.
        known: whether the releases on the way, or the table, have it.
    """

    code: str | None
    row: Transcoding | None = None
    known: bool = True


class Rows(Protocol):
    """Where records come from, with what becomes of each code: a release, or a legacy table.

    Attributes:
        source, target: the release or table they were coded in, and the release they go to.
        releases: those on the way, as they are named to people.
        last: the release they go to.
        signed: whether the table is signed.
        open: how many of its rows wait for a person.
        local: whether the codes are those of a legacy table, and no ORPHAcodes.
    """

    @property
    def local(self) -> bool: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def releases(self) -> Sequence[str]: ...
    @property
    def last(self) -> Snapshot: ...
    @property
    def signed(self) -> bool: ...
    @property
    def open(self) -> int: ...

    def __contains__(self, code: object) -> bool:
        """Tell whether a code exists, to recognise a column of codes."""

    def origin(self, written: str) -> Origin:
        """Read a code as it is written, in any form; it is not blank."""

    def label(self, code: str, lang: str) -> str:
        """Return what a code was called that ``origin`` knows; empty where nobody says."""

    def proposals(self, row: Transcoding, target: Open, lang: str) -> Sequence[ProposalItem]:
        """Return what may stand for a code that nobody has decided upon, surest first."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """What becomes of a written code.

    Attributes:
        code: its machine form, where it can be read.
        target: the code that stands for it, which may be itself; None where none does yet.
        row: of the transcoding table.
    """

    outcome: Outcome
    code: str | None = None
    target: str | None = None
    row: Transcoding | None = None

    @property
    def waits(self) -> bool:
        """Whether a person must look at the record.

        Not where one has decided that nothing stands for its code.
        """
        if self.outcome is Outcome.NO_CODE:
            return self.row is None or not self.row.applies
        return self.outcome in _WAITING

    @property
    def kind(self) -> Kind | None:
        return self.row.kind if self.row else None

    @property
    def decision(self) -> Decision | None:
        return self.row.decision if self.row else None


BLANK = Recoded(Outcome.BLANK)
UNREADABLE = Recoded(Outcome.UNREADABLE)
_WAITING = frozenset({Outcome.TO_DECIDE, Outcome.UNKNOWN, Outcome.UNREADABLE})


def recode(rows: Rows, written: str) -> Recoded:
    """Tell what becomes of a code as it is written."""
    if not written.strip():
        return BLANK
    if len(written) > LONGEST:
        return UNREADABLE
    code, row, known = rows.origin(written)
    if code is None:
        return UNREADABLE
    if not known:
        return Recoded(Outcome.UNKNOWN, code)
    if row is None:
        return Recoded(Outcome.UNCHANGED, code, code)
    return _by_row(code, row)


def _by_row(code: str, row: Transcoding) -> Recoded:
    if not row.applies:
        # Orphanet says itself that nothing stands for what is not rare (domain rules, section 6).
        settled = row.kind is Kind.NON_RARE and row.decision is Decision.PROPOSED
        return Recoded(Outcome.NO_CODE if settled else Outcome.TO_DECIDE, code, row=row)
    if not row.targets:
        return Recoded(Outcome.NO_CODE, code, row=row)
    if len(row.targets) > 1:  # which of them is said by each record
        return Recoded(Outcome.TO_DECIDE, code, row=row)
    (target,) = row.targets
    return Recoded(Outcome.UNCHANGED if target == code else Outcome.RECODED, code, target, row)
