"""Who may ask what not everybody may: whoever has the token of the deployment, or, to edit, the key
of an account.

The token opens figures. A key says who edits and what they may; the data base is asked each time,
so that a revoked key is refused at once.
"""

from __future__ import annotations

import datetime as dt
import hmac

import structlog
from fastapi import Request

from thesaurus.accounts import Actor, Role, public_id, read_key, why_closed
from thesaurus.api.failed_tries import FailedTries
from thesaurus.api.problems import Forbidden, TooManyTries, Unauthorized
from thesaurus.settings import Settings
from thesaurus.store import Accounts

log = structlog.get_logger()


def need_token(request: Request) -> None:
    """Let a request pass that bears the token of the deployment.

    Raises:
        Forbidden: this deployment has no token.
        Unauthorized: the request bears none, or another one.
    """
    settings: Settings = request.app.state.settings
    if settings.metrics_token is None:
        raise Forbidden(
            "Fermé : l'exploitant ouvre cette route en réglant THESAURUS_METRICS_TOKEN (16 "
            "caractères au moins).",
            "Closed: the operator opens this route by setting THESAURUS_METRICS_TOKEN (at least 16 "
            "characters).",
        )
    wanted = settings.metrics_token.get_secret_value().encode()
    # Headers are decoded as Latin-1; a token may hold any letter.
    given = _borne(request).encode("latin-1", errors="replace")
    if not hmac.compare_digest(given, wanted):
        raise Unauthorized(
            "Il faut l'en-tête « Authorization: Bearer JETON » avec le jeton du déploiement.",
            "The header 'Authorization: Bearer TOKEN' with the token of the deployment is needed.",
        )


def need_role(request: Request, role: Role) -> Actor:
    """Say who asks, if they have this role. Asks the data base: in a handler that is asynchronous,
    ``await run_in_threadpool(need_role, request, role)``.

    Raises:
        Unauthorized: no key, or one that opens nothing.
        TooManyTries: no key that opens anything, and this address sent too many of these.
        Forbidden: the account lacks the role.
    """
    actor = need_account(request)
    if role not in actor.roles:
        log.warning("role missing", key=actor.key.id, role=role.value)
        raise Forbidden(
            f"Il faut le rôle « {role} », que le compte {actor.name} n'a pas.",
            f"This takes the role '{role}', which the account {actor.name} does not have.",
        )
    return actor


def need_account(request: Request) -> Actor:
    """Say who asks, whatever their roles. Raises Unauthorized, TooManyTries.

    A right key is never refused for the wrong ones of others: behind a proxy that hides them many
    clients have one address.
    """
    given = _borne(request)
    if not given:
        raise Unauthorized(
            "Il faut l'en-tête « Authorization: Bearer CLÉ » avec la clé d'un compte.",
            "The header 'Authorization: Bearer KEY' with the key of an account is needed.",
        )
    try:
        return _actor(request.app.state.accounts, given)
    except Unauthorized as error:
        tries: FailedTries = request.app.state.failed_tries
        address = request.client.host if request.client else ""
        if seconds := tries.seconds_to_wait(address):
            raise TooManyTries(seconds) from None
        tries.note(address)
        log.warning("key refused", key=public_id(given), why=error.message.en)
        raise


def _actor(accounts: Accounts, given: str) -> Actor:
    key = read_key(given)
    found = accounts.holder(key) if key else None
    if found is None:
        raise Unauthorized("Cette clé n'est pas connue.", "This key is not known.")
    account, record = found
    if why := why_closed(account, record, dt.datetime.now(dt.UTC)):
        raise Unauthorized(*why)
    return Actor(account.name, account.roles, record)


def _borne(request: Request) -> str:
    """What the request bears; empty where it bears nothing."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""
