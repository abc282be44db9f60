"""``account``: who may edit over HTTP, and with which keys."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer

from thesaurus.accounts import (
    LONGEST_LIFE_DAYS,
    Account,
    KeyRecord,
    account_name,
    end_of,
    public_id,
    roles_of,
)
from thesaurus.cli.output import Json, actor, err, out, print_json, register
from thesaurus.store import Accounts

Name = Annotated[str, typer.Argument(help="Nom du compte / name of the account.")]
Roles = Annotated[
    list[str],
    typer.Option(
        "--role",
        help="editor décide, signer signe ; option à répéter / editor decides, signer signs; may "
        "be repeated.",
    ),
]


def install(app: typer.Typer) -> None:
    group = typer.Typer(
        rich_markup_mode=None,
        no_args_is_help=True,
        help="Comptes et clés pour éditer par HTTP. Accounts and keys to edit over HTTP.",
    )
    group.command("create")(create_account)
    group.command("key")(make_key)
    group.command("revoke")(revoke_key)
    group.command("roles")(set_roles)
    group.command("disable")(disable_account)
    group.command("enable")(enable_account)
    group.command("list")(list_accounts)
    app.add_typer(group, name="account")


def create_account(name: Name, role: Roles, as_json: Json = False) -> None:
    """Créer un compte, encore sans clé. Make an account, without a key yet."""
    fit, roles = account_name(name), roles_of(role)
    with register() as known:
        made = Accounts(known.database).create(fit, roles, actor=actor())
    _say(made, as_json)


def make_key(
    name: Name,
    days: Annotated[
        int | None,
        typer.Option(
            help=f"Durée, de 1 à {LONGEST_LIFE_DAYS} jours ; sans fin par défaut / life in days; "
            "endless by default."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Faire une clé et l'écrire, seule, sur la sortie standard. Make a key and write it, alone, to
    standard output.
    """
    end = end_of(days, dt.datetime.now(dt.UTC))
    with register() as known:
        key = Accounts(known.database).add_key(name, actor=actor(), expires_at=end)
    if as_json:
        print_json({"account": name, "id": key.id, "key": key.text, "expires_at": _iso(end)})
    else:
        typer.echo(key.text)
    err.print(
        f"Cette clé de {name} ne sera plus montrée ; identifiant pour la révoquer : {key.id}\n"
        f"This key of {name} will not be shown again; id to revoke it: {key.id}"
    )


def revoke_key(
    key_id: Annotated[str, typer.Argument(help="Identifiant de la clé / id of the key.")],
    as_json: Json = False,
) -> None:
    """Révoquer une clé pour toujours. Revoke a key for ever."""
    with register() as known:
        key = Accounts(known.database).revoke(public_id(key_id) or key_id, actor=actor())
    if as_json:
        print_json(_facts_of(key))
    else:
        out.print(f"{key.id} révoquée / revoked ({key.account})")


def set_roles(name: Name, role: Roles, as_json: Json = False) -> None:
    """Donner ces rôles à un compte, à la place des siens. Give an account these roles, in the place
    of its own.
    """
    roles = roles_of(role)
    with register() as known:
        changed = Accounts(known.database).set_roles(name, roles, actor=actor())
    _say(changed, as_json)


def disable_account(name: Name, as_json: Json = False) -> None:
    """Fermer un compte et toutes ses clés. Close an account and all its keys."""
    with register() as known:
        changed = Accounts(known.database).disable(name, actor=actor())
    _say(changed, as_json)


def enable_account(name: Name, as_json: Json = False) -> None:
    """Rouvrir un compte ; ses clés non révoquées servent de nouveau. Open an account again; those
    of its keys that are not revoked open it.
    """
    with register() as known:
        changed = Accounts(known.database).enable(name, actor=actor())
    _say(changed, as_json)


def list_accounts(as_json: Json = False) -> None:
    """Montrer les comptes et leurs clés, sans les secrets. Show accounts and keys, not secrets."""
    with register() as known:
        found = Accounts(known.database).everything()
    if as_json:
        items = [
            {**_facts(account), "keys": [_facts_of(key) for key in keys]}
            for account, keys in found.items()
        ]
        print_json({"items": items})
        return
    for account, keys in found.items():
        out.print(_line(account))
        for key in keys:
            out.print(f"  {key.id}  {_state(key)}  ({key.at:%Y-%m-%d})")
    if not found:
        out.print("Aucun compte / no account")


def _say(account: Account, as_json: bool) -> None:
    if as_json:
        print_json(_facts(account))
    else:
        out.print(_line(account))


def _line(account: Account) -> str:
    closed = ", désactivé / disabled" if account.disabled_at else ""
    roles = ", ".join(sorted(account.roles))
    return f"{account.name}  {roles}{closed}  ({account.at:%Y-%m-%d}, {account.actor})"


def _state(key: KeyRecord) -> str:
    if key.revoked_at:
        return f"révoquée / revoked {key.revoked_at:%Y-%m-%d} ({key.actor})"
    if key.expires_at is None:
        return "sans fin / endless"
    passed = key.expires_at <= dt.datetime.now(dt.UTC)
    words = "expirée / expired" if passed else "jusqu'au / until"
    return f"{words} {key.expires_at:%Y-%m-%d}"


def _facts(account: Account) -> dict[str, Any]:
    return {
        "name": account.name,
        "roles": sorted(account.roles),
        "actor": account.actor,
        "at": account.at.isoformat(),
        "disabled_at": _iso(account.disabled_at),
    }


def _facts_of(key: KeyRecord) -> dict[str, Any]:
    return {
        "id": key.id,
        "account": key.account,
        "actor": key.actor,
        "at": key.at.isoformat(),
        "expires_at": _iso(key.expires_at),
        "revoked_at": _iso(key.revoked_at),
    }


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
