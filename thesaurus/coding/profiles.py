"""Profiles: who asks for the check, and how severe a rule is for them (domain rules, section 4)."""

from __future__ import annotations

from collections.abc import Mapping

from ontologies.errors import UnknownProfile
from thesaurus.coding.submission import Severity

_GROUPS_ARE_ERRORS = {"DX-020": Severity.ERROR}
_CHANGES: Mapping[str, Mapping[str, Severity]] = {
    "bamara": {},
    "cda-2022": {},
    "cda-2024": _GROUPS_ARE_ERRORS,
    "pmsi": {},
    "stat": _GROUPS_ARE_ERRORS,
}

# A confirmed diagnosis, in BaMaRa's word, the ANS value set (255545003, "définitif") and FHIR's.
_CONFIRMED = frozenset({"confirmé", "confirme", "confirmed", "définitif", "definitif", "255545003"})


def severities(profile: str) -> Mapping[str, Severity]:
    """Return the severities that a profile changes. Raises UnknownProfile."""
    try:
        return _CHANGES[profile]
    except KeyError:
        raise UnknownProfile(profile, tuple(_CHANGES)) from None


def is_confirmed(status: str | None) -> bool:
    return status is not None and status.strip().casefold() in _CONFIRMED
