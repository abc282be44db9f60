"""Which release answers a date, and whose names are found beside its own (docs/adr/0002)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ontologies.errors import InvalidRequest, UnknownRelease
from thesaurus.store import Record, State


def active_of(records: Iterable[Record]) -> Record | None:
    return next((each for each in records if each.state is State.ACTIVE), None)


def to_serve(records: Iterable[Record], *, sandbox: bool = False) -> Record | None:
    """The release that answers where none is named: in a sandbox the youngest in test."""
    known = tuple(records)
    tested = [each for each in known if each.state is State.TEST] if sandbox else []
    return tested[-1] if tested else active_of(known)


def answered_by_date(records: Iterable[Record]) -> list[Record]:
    """The releases that a date may choose, the oldest data first.

    Those that are or were active; of other years, those whose checks passed and that are older
    than the active one. A release that waits to follow it, a patch that nobody activated and a
    draft are answered by name only.
    """
    known = tuple(records)
    active = active_of(known)
    served = [each for each in known if each.state in (State.ACTIVE, State.SUPERSEDED)]
    years = {each.release.date.year for each in served}
    older = [
        each
        for each in known
        if each.state in (State.CHECKED, State.TEST)
        and each.release.date.year not in years
        and not (active and each.release.date > active.release.date)
    ]
    return sorted([*served, *older], key=lambda each: each.release.date)


def older_than(record: Record, records: Iterable[Record]) -> list[Record]:
    """The releases whose names are still typed when a release is served, the youngest first."""
    dated = [each for each in answered_by_date(records) if each.id != record.id]
    return [each for each in reversed(dated) if each.release.date < record.release.date]


def younger_than(record: Record, records: Iterable[Record]) -> list[Record]:
    """The releases whose names records may have when a release is asked that they left behind."""
    dated = answered_by_date(records)
    return [each for each in dated if each.release.date > record.release.date]


def wanted_of(records: Iterable[Record], release: str | None, as_of: dt.date | None = None) -> str:
    """Return the id of the release that is named, or that answers a day; one of both is given.

    Raises:
        InvalidRequest: both were given.
        UnknownRelease: there is none such, or it is archived.
    """
    if release is not None and as_of is not None:
        raise InvalidRequest(
            "Donner « release » ou « as_of », pas les deux.", "Give 'release' or 'as_of', not both."
        )
    if release is not None:
        served = [each.id for each in records if each.state is not State.ARCHIVED]
        if release not in served:
            raise UnknownRelease(release, served)
        return release
    dated = answered_by_date(records)
    before = [each.id for each in dated if as_of and each.release.date <= as_of]
    if not before:
        oldest = dated[0].release.date if dated else None
        raise UnknownRelease(str(as_of), [each.id for each in dated], oldest=oldest)
    return before[-1]
