"""DX-062: until when a release that is not active any more is still taken."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.coding.asking import Demonstration, submission
from thesaurus.coding import Checker
from thesaurus.coding.answer import Severity
from thesaurus.presence import Presence
from thesaurus.store import Event, Record, State

LATER = dt.date(2030, 3, 31)


def said(
    demonstration: Demonstration, day: dt.date, *, profile: str = "bamara"
) -> tuple[Severity, str, str]:
    """What DX-062 says of demo-2022 on a day."""
    checker = Checker(
        demonstration.releases["demo-2022"], demonstration.presence, profile, today=day
    )
    findings = checker.check([submission({"code": "558"})]).results[0].findings
    (found,) = (each for each in findings if each.rule == "DX-062")
    return found.severity, found.message, found.message_en


def among(demonstration: Demonstration, *records: Record) -> Demonstration:
    return replace(demonstration, presence=Presence(demonstration.presence.releases, records))


@pytest.fixture
def windowed(demonstration: Demonstration) -> Demonstration:
    """demo-2022 is taken until a day that somebody gave it."""
    before, active = demonstration.presence.records
    return among(demonstration, replace(before, accepted_until=LATER), active)


def test_the_day_of_the_register_goes_before_the_days_of_the_profile(
    windowed: Demonstration,
) -> None:
    severity, message, message_en = said(windowed, LATER)
    assert severity is Severity.WARNING
    assert f"admise jusqu'au {LATER} ; la version active est demo-2023" in message
    assert f"taken until {LATER}; the active release is demo-2023" in message_en


def test_after_that_day_it_is_an_error_that_names_the_day(windowed: Demonstration) -> None:
    severity, message, message_en = said(windowed, LATER + dt.timedelta(days=1))
    assert severity is Severity.ERROR
    assert f"plus admise (jusqu'au {LATER})" in message
    assert f"no longer taken (until {LATER})" in message_en


def test_a_window_that_was_ended_early_is_over(demonstration: Demonstration) -> None:
    before, active = demonstration.presence.records
    yesterday = active.history[-1].at.date() - dt.timedelta(days=1)
    ended = among(demonstration, replace(before, accepted_until=yesterday), active)
    assert said(ended, active.history[-1].at.date())[0] is Severity.ERROR


@pytest.mark.parametrize("profile", ["stat", "pmsi"])
def test_profiles_that_read_old_data_know_no_window(windowed: Demonstration, profile: str) -> None:
    severity, message, _ = said(windowed, LATER + dt.timedelta(days=1), profile=profile)
    assert severity is Severity.WARNING
    assert "admise" not in message


def test_an_older_release_has_a_window_of_its_own_and_none_otherwise(
    demonstration: Demonstration,
) -> None:
    before, active = demonstration.presence.records
    between = renamed(before, "demo-2022.1", dt.date(2022, 12, 1))
    day = active.history[-1].at.date()
    assert said(among(demonstration, before, between, active), day)[0] is Severity.ERROR
    given = replace(before, accepted_until=LATER)
    assert said(among(demonstration, given, between, active), day)[0] is Severity.WARNING


def test_a_patch_of_the_active_release_does_not_end_the_window_of_last_year(
    demonstration: Demonstration,
) -> None:
    """2023 took the place of 2022, and 2023.1 that of 2023 a week later."""
    before, active = demonstration.presence.records
    start = active.history[-1].at
    week = start + dt.timedelta(days=7)
    gone = replace(
        active,
        state=State.SUPERSEDED,
        history=(*active.history, Event(week, "ana", State.ACTIVE, State.SUPERSEDED, None)),
    )
    patch = replace(
        renamed(active, "demo-2023.1", dt.date(2023, 9, 1)),
        history=(Event(week, "ana", State.CHECKED, State.ACTIVE, None),),
    )
    known = among(demonstration, before, gone, patch)
    last_day = start.date() + dt.timedelta(days=180)
    severity, message, _ = said(known, last_day)
    assert severity is Severity.WARNING
    assert f"admise jusqu'au {last_day} ; la version active est demo-2023.1" in message
    assert said(known, last_day + dt.timedelta(days=1))[0] is Severity.ERROR
    assert known.presence.last_day("demo-2023", 180) == week.date() + dt.timedelta(days=180)


def renamed(record: Record, name: str, date: dt.date) -> Record:
    return replace(record, release=replace(record.release, id=name, date=date))
