"""How pages write the keys of the API, days and moments, in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ontologies.alignment import IcdRelation, Relation
from ontologies.concept import EntityType, Level, RedirectionKind
from thesaurus.web.texts import say

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


class Words:
    """The keys of the API in words of one language.

    >>> Words("fr").level("disorder"), Words("en").level("disorder")
    ('pathologie', 'disorder')
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang

    def state(self, key: str) -> str:
        """Of a release: draft, checked, test, active, superseded or archived."""
        return STATES[key][self._lang]

    def status(self, key: str) -> str:
        return say(f"common.{key}", self._lang)

    def level(self, key: str | None) -> str:
        return self._of(Level.of_key(key)) if key else say("common.no_level", self._lang)

    def type(self, key: str | None) -> str:
        return self._of(EntityType.of_key(key)) if key else say("common.no_type", self._lang)

    def redirection(self, key: str) -> str:
        return self._of(RedirectionKind.of_key(key))

    def icd_relation(self, key: str) -> str:
        return self._of(IcdRelation.of_key(key))

    def relation(self, key: str) -> str:
        """Say how one code stands to another: E, NTBT, BTNT, ND, W or unspecified."""
        return self._of(Relation.of_key(key))

    def _of(self, named: Level | EntityType | RedirectionKind | IcdRelation | Relation) -> str:
        text: str = named.fr if self._lang == "fr" else named.en
        return text[0].lower() + text[1:]
