"""Who may edit, and what: accounts, their roles, their keys.

A key reads ``thes_<id>_<secret>``: the id is public and names the key in lists and logs; of the
secret nothing is kept but its SHA-256.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ontologies.errors import InvalidRequest, Message, NotFound

LONGEST_LIFE_DAYS = 3650

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,79}")
_ID_BYTES, _SECRET_BYTES = 8, 32
_KEY = re.compile(r"thes_([0-9a-f]{16})_([0-9a-f]{64})", re.ASCII)
_BEGINNING = re.compile(r"thes_([0-9a-f]{16})(?![0-9a-f])", re.ASCII)


class Role(StrEnum):
    """What an account may do. Activating a release stays with the operator's command line."""

    EDITOR = "editor"
    """Decides rows of transcoding and of legacy tables."""
    SIGNER = "signer"
    """Signs tables, and opens signed ones again."""


@dataclass(frozen=True, slots=True)
class Account:
    """A name and its roles; ``actor`` made the last change, ``at`` that time."""

    name: str
    roles: frozenset[Role]
    actor: str
    at: dt.datetime
    disabled_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its holder has it."""

    id: str
    secret: str = field(repr=False)

    @property
    def text(self) -> str:
        return f"thes_{self.id}_{self.secret}"

    @property
    def sha256(self) -> str:
        """What is kept of the secret.

        One round without salt is enough: slow hashes protect what people think up, and nobody
        tries 2^256 random secrets.
        """
        return hashlib.sha256(self.secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A key as it is kept; ``actor`` made it, or revoked it."""

    id: str
    account: str
    sha256: str = field(repr=False)
    actor: str
    at: dt.datetime
    expires_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None

    def is_of(self, key: Key) -> bool:
        """Tell whether this is what was kept of a key, in a time that tells nothing."""
        return self.id == key.id and hmac.compare_digest(self.sha256, key.sha256)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who edits: an account, by one of its keys."""

    name: str
    roles: frozenset[Role]
    key: KeyRecord


class UnknownAccount(NotFound):
    """No account has this name, or no key this id."""


def new_key() -> Key:
    return Key(secrets.token_hex(_ID_BYTES), secrets.token_hex(_SECRET_BYTES))


def read_key(text: str) -> Key | None:
    """Read a key; None where the text is none."""
    found = _KEY.fullmatch(text)
    return Key(found[1], found[2]) if found else None


def public_id(text: str) -> str | None:
    """The id that a text which is meant to be a key begins with: all of it that may be logged."""
    found = _BEGINNING.match(text)
    return found[1] if found else None


def why_closed(account: Account, key: KeyRecord, now: dt.datetime) -> Message | None:
    """Say why a right key opens nothing (any more); None where it does."""
    if account.disabled_at:
        return Message("Ce compte est désactivé.", "This account is disabled.")
    if key.revoked_at:
        return Message("Cette clé est révoquée.", "This key is revoked.")
    if key.expires_at and key.expires_at <= now:
        day = key.expires_at.date()
        return Message(f"Cette clé a expiré le {day}.", f"This key expired on {day}.")
    return None


def account_name(text: str) -> str:
    """Return a name that fits. Raises InvalidRequest."""
    if not _NAME.fullmatch(text):
        raise InvalidRequest(
            "Nom de compte : 80 caractères au plus, lettres sans accent, chiffres et . - _ @, une "
            "lettre ou un chiffre en tête.",
            "Account name: at most 80 characters, letters without accents, digits and . - _ @, a "
            "letter or digit first.",
        )
    return text


def roles_of(names: Iterable[str]) -> frozenset[Role]:
    """Read roles, one at least. Raises InvalidRequest."""
    try:
        found = frozenset(map(Role, names))
    except ValueError:
        found = frozenset()
    if not found:
        known = ", ".join(Role)
        raise InvalidRequest(
            f"Donner un rôle au moins parmi : {known}.", f"Give at least one role of: {known}."
        )
    return found


def end_of(days: int | None, now: dt.datetime) -> dt.datetime | None:
    """When a key of so many days expires; None for one that does not. Raises InvalidRequest."""
    if days is None:
        return None
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        raise InvalidRequest(
            f"Durée d'une clé : de 1 à {LONGEST_LIFE_DAYS} jours.",
            f"Life of a key: 1 to {LONGEST_LIFE_DAYS} days.",
        )
    return now + dt.timedelta(days=days)
