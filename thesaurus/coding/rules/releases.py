"""The rule of the release that was asked for."""

from __future__ import annotations

import datetime as dt

from ontologies.errors import Message
from thesaurus.coding.answer import Severity
from thesaurus.coding.case import Against
from thesaurus.coding.rules.rule import Found, rule
from thesaurus.store import Record, State


@rule(
    Severity.WARNING,
    title=("Contrôle avec une version plus ancienne", "Checked against an older release"),
    action=("Contrôler avec la version active.", "Check against the active release."),
)
def older_release(against: Against) -> Found | None:
    """DX-062: checked against an older release than the active one.

    Sites do not change on one day: for some time after a change of release the one before is still
    taken. What is older, or comes later, is an error in profiles that set overlap_days; it is never
    one in others, as old data are read with their own release.

    Source: BNDMR, yearly change of release with a window (domain rules, section 6).
    """
    active, asked = against.presence.active, against.release.record
    if active is None or asked.release.date >= active.release.date:
        return None
    last_day = _last_day(against, active)
    is_last_years = _is_the_one_before(against, active)
    if against.profile.overlap_days is None:
        until, until_en, taken = "", "", True
    elif is_last_years and against.today <= last_day:
        until, until_en = f", admise jusqu'au {last_day}", f", taken until {last_day}"
        taken = True
    else:
        until, until_en, taken = ", qui n'est plus admise", ", which is no longer taken", False
    message = Message(
        f"Contrôlé avec la version {asked.id}{until} ; la version active est {active.id}.",
        f"Checked against release {asked.id}{until_en}; the active release is {active.id}.",
    )
    return Found(message, field="", severity=None if taken else Severity.ERROR)


def _last_day(against: Against, active: Record) -> dt.date:
    steps = [each.at for each in active.history if each.to_state is State.ACTIVE]
    since = steps[-1].date() if steps else active.release.date
    return since + dt.timedelta(days=against.profile.overlap_days or 0)


def _is_the_one_before(against: Against, active: Record) -> bool:
    before = against.presence.before(active)
    return before is not None and before.id == against.release.id
