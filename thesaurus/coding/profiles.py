"""Profiles: who asks for the check, and how severe a rule is for them (domain rules, section 4)."""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.errors import UnknownProfile
from thesaurus.coding.answer import Severity

_GROUPS_ARE_ERRORS = {"DX-020": Severity.ERROR}
_CHANGES: Mapping[str, Mapping[str, Severity]] = {
    "bamara": {},
    "cda-2022": {},
    "cda-2024": _GROUPS_ARE_ERRORS,
    "pmsi": {},
    "stat": _GROUPS_ARE_ERRORS,
}


def severities(profile: str) -> Mapping[str, Severity]:
    """Return the severities that a profile changes. Raises UnknownProfile."""
    try:
        return _CHANGES[profile]
    except KeyError:
        raise UnknownProfile(profile, tuple(_CHANGES)) from None
