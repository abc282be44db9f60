"""What the check knows of every release: the codes that it has, and how long it is taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from ontologies.errors import DamagedRelease
from ontologies.transcoding import Verdict
from thesaurus.dating import active_of
from thesaurus.opening import collector_at_rest
from thesaurus.store import Record, Register, State
from thesaurus.store.transcoding import Decided

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Presence:
    """In which releases codes stand, the oldest first: (release id, code -> FlagValue).

    Attributes:
        records: what the register knows of the releases, the oldest data first.
        decided: what people decided in transcoding tables, (source, target) -> code -> decision.
    """

    releases: tuple[tuple[str, Mapping[str, int]], ...]
    records: tuple[Record, ...] = ()
    decided: Mapping[tuple[str, str], Mapping[str, Decided]] = field(default_factory=dict)

    @property
    def active(self) -> Record | None:
        return active_of(self.records)

    def before(self, record: Record) -> Record | None:
        """The release that was served before another one: the youngest of the older data that
        ever was active; where none was, of those whose checks passed.
        """
        older = [
            each
            for each in self.records
            if each.release.date < record.release.date
            and each.state not in (State.ARCHIVED, State.DRAFT)
        ]
        return next(reversed([each for each in older if each.was_active] or older), None)

    def last_day(self, release: str, overlap_days: int) -> dt.date | None:
        """The last day on which a release is still taken beside the active one.

        It is the day that somebody gave it. To others the days are added to the day on which
        another release took their place: to the release before the active one and, where that is
        of the same year (the active one corrects it), to the one before it too, so that a patch
        does not end the window of last year's release. None: it is not taken any more.
        """
        asked = next((each for each in self.records if each.id == release), None)
        active = self.active
        if asked is None or active is None:
            return None
        if asked.accepted_until is not None:
            return asked.accepted_until
        followed = self._followed(asked, active)
        return followed + dt.timedelta(days=overlap_days) if followed else None

    def _followed(self, asked: Record, active: Record) -> dt.date | None:
        """The day on which the active release, or one that it corrects, took a release's place."""
        since, year = active.activated_on, active.release.date.year
        before = self.before(active)
        while before and before.id != asked.id and before.release.date.year == year:
            since = before.activated_on or since
            before = self.before(before)
        if before is None or before.id != asked.id:
            return None
        return asked.superseded_on or since or active.release.date

    def verdict(self, code: str, release: str) -> tuple[str, Verdict] | None:
        """What a person decided of a code in a table that leads to a release, and the release that
        it comes from; the youngest where there are several. None where nobody did.
        """
        for record in reversed(self.records):
            decided = self.decided.get((record.id, release), {}).get(code)
            if decided and decided.verdict:
                return record.id, decided.verdict
        return None

    def holding(self, code: str) -> tuple[str, ...]:
        return tuple(release for release, flags in self.releases if code in flags)


class Flags:
    """The codes of each release and what they are, read once; a damaged release is left out."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._of: dict[str, Mapping[str, int] | None] = {}

    def presence(
        self,
        records: tuple[Record, ...],
        decided: Mapping[tuple[str, str], Mapping[str, Decided]],
    ) -> Presence:
        for record in records:
            if record.release.digest not in self._of:
                self._of[record.release.digest] = self._read(record)
        found = ((record.id, self._of[record.release.digest]) for record in records)
        releases = tuple((name, flags) for name, flags in found if flags is not None)
        return Presence(releases, records, decided)

    def _read(self, record: Record) -> Mapping[str, int] | None:
        try:
            with collector_at_rest():
                return self._register.flags(record.id)
        except DamagedRelease as error:
            log.error("release left out", release=record.id, why=error.message.en)  # noqa: TRY400
            return None
