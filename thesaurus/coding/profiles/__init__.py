"""Profiles: who asks for the check, what that changes in the rules, and which values are taken.

Each is a TOML file in this folder; a deployment may add a folder of its own
(``THESAURUS_PROFILES``, docs/rules.md).
"""

from thesaurus.coding.profiles.profile import DEFAULT, Profile, Profiles

__all__ = ["DEFAULT", "Profile", "Profiles"]
