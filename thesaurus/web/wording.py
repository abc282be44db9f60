"""How pages write states, days and moments, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

STATES: Mapping[str, Mapping[str, str]] = {
    "draft": {"fr": "brouillon", "en": "draft"},
    "checked": {"fr": "contrôlée", "en": "checked"},
    "test": {"fr": "en test", "en": "in test"},
    "active": {"fr": "active", "en": "active"},
    "superseded": {"fr": "remplacée", "en": "superseded"},
    "archived": {"fr": "archivée", "en": "archived"},
}
_FORMS = {"fr": "%d/%m/%Y", "en": "%Y-%m-%d"}


def day(value: dt.date, lang: str) -> str:
    """Write a day as the language does.

    >>> day(dt.date(2024, 10, 1), "fr"), day(dt.date(2024, 10, 1), "en")
    ('01/10/2024', '2024-10-01')
    """
    return value.strftime(_FORMS[lang])


def moment(value: dt.datetime, lang: str) -> str:
    """Write a moment to the minute, in UTC.

    >>> moment(dt.datetime(2024, 10, 1, 7, 5, tzinfo=dt.UTC), "fr")
    '01/10/2024 07:05 UTC'
    """
    return f"{day(value, lang)} {value.astimezone(dt.UTC):%H:%M} UTC"
