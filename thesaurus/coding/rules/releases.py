"""The rule of the release that was asked for."""

from __future__ import annotations

import datetime as dt

from ontologies.errors import Message
from thesaurus.coding.answer import Severity
from thesaurus.coding.case import Against
from thesaurus.coding.rules.rule import Found, rule


@rule(
    Severity.WARNING,
    title=("Contrôle avec une version plus ancienne", "Checked against an older release"),
    action=("Contrôler avec la version active.", "Check against the active release."),
)
def older_release(against: Against) -> Found | None:
    """DX-062: checked against an older release than the active one.

    Sites do not change on one day: for some time after a change of release the one before is still
    taken, until the day that the register gives, else for overlap_days. What is older, or comes
    later, is an error in profiles that set overlap_days; it is never one in others, as old data are
    read with their own release.

    Source: BNDMR, yearly change of release with a window (domain rules, section 6).
    """
    active, asked = against.presence.active, against.release.record
    if active is None or asked.release.date >= active.release.date:
        return None
    if against.profile.overlap_days is None:
        until, until_en, taken = "", "", True
    else:
        last_day = against.presence.last_day(asked.id, against.profile.overlap_days)
        taken = last_day is not None and against.today <= last_day
        until, until_en = _window(last_day, taken=taken)
    message = Message(
        f"Contrôlé avec la version {asked.id}{until} ; la version active est {active.id}.",
        f"Checked against release {asked.id}{until_en}; the active release is {active.id}.",
    )
    return Found(message, field="", severity=None if taken else Severity.ERROR)


def _window(last_day: dt.date | None, *, taken: bool) -> Message:
    """Say until when a release is taken, or was."""
    if taken:
        return Message(f", admise jusqu'au {last_day}", f", taken until {last_day}")
    was, was_en = (f" (jusqu'au {last_day})", f" (until {last_day})") if last_day else ("", "")
    return Message(f", qui n'est plus admise{was}", f", which is no longer taken{was_en}")
