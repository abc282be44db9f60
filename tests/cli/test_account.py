"""``thesaurus account`` as an operator types it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from typer.testing import Result

from thesaurus.accounts import read_key
from thesaurus.store import Accounts, Register

Run = Callable[..., Result]


def test_the_life_of_an_account(run: Run, home: Register) -> None:
    assert "editor" in run("account", "create", "marie", "--role", "editor").stdout
    given = run("account", "key", "marie")
    key = read_key(given.stdout.strip())  # nothing else, so that a script may take it
    assert key is not None
    assert key.id in given.stderr
    assert key.secret not in given.stderr
    assert "ne sera plus montrée" in given.stderr
    assert Accounts(home.database).holder(key) is not None
    roles = ("--role", "signer", "--role", "editor")
    assert "editor, signer" in run("account", "roles", "marie", *roles).stdout
    assert "disabled" in run("account", "disable", "marie").stdout
    refused = run("account", "key", "marie", code=1)
    assert "désactivé" in refused.stderr
    assert not refused.stdout
    assert "disabled" not in run("account", "enable", "marie").stdout
    assert "revoked" in run("account", "revoke", key.id).stdout
    listed = run("account", "list").stdout
    assert "révoquée / revoked" in listed
    assert key.secret not in listed
    assert key.sha256 not in listed


def test_the_list_as_json(run: Run) -> None:
    run("account", "create", "marie", "--role", "editor", "--role", "editor")
    run("account", "create", "anne@chu.fr", "--role", "signer")
    made = json.loads(run("account", "key", "marie", "--days", "30", "--json").stdout)
    key = read_key(made["key"])
    assert key is not None
    anne, marie = json.loads(run("account", "list", "--json").stdout)["items"]
    assert (anne["name"], anne["roles"], anne["keys"]) == ("anne@chu.fr", ["signer"], [])
    assert marie["actor"]
    (kept,) = marie["keys"]
    assert (kept["id"], kept["revoked_at"]) == (key.id, None)
    life = dt.datetime.fromisoformat(kept["expires_at"]) - dt.datetime.fromisoformat(kept["at"])
    assert dt.timedelta(days=29, hours=23) < life < dt.timedelta(days=30, hours=1)
    assert kept["expires_at"] == made["expires_at"]
    assert "secret" not in json.dumps(marie)
    assert key.secret not in json.dumps(marie)


def test_a_whole_key_may_be_given_to_revoke_it(run: Run) -> None:
    run("account", "create", "marie", "--role", "editor")
    key = run("account", "key", "marie").stdout.strip()
    answer = run("account", "revoke", key, "--json").stdout
    assert json.loads(answer)["revoked_at"]
    assert key not in answer


def test_without_accounts(run: Run) -> None:
    assert "no account" in run("account", "list").stdout
    assert json.loads(run("account", "list", "--json").stdout) == {"items": []}


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        (("create", "a b", "--role", "editor"), "Nom de compte", "Account name"),
        (("create", "x", "--role", "boss"), "rôle", "editor, signer"),
        (("create", "marie", "--role", "editor"), "existe déjà", "exists already"),
        (("roles", "nobody", "--role", "editor"), "Aucun compte", "No account"),
        (("roles", "marie", "--role", "boss"), "rôle", "editor, signer"),
        (("key", "nobody"), "Aucun compte", "No account"),
        (("key", "marie", "--days", "0"), "Durée", "1 to 3650"),
        (("disable", "nobody"), "Aucun compte", "No account"),
        (("revoke", "0" * 16), "Aucune clé", "No key"),
    ],
)
def test_mistakes_are_said(run: Run, words: tuple[str, ...], french: str, english: str) -> None:
    run("account", "create", "marie", "--role", "editor")
    shown = run("account", *words, code=1).stderr
    assert french in shown
    assert english in shown


def test_a_role_must_be_said(run: Run) -> None:
    assert "--role" in run("account", "create", "marie", code=2).stderr
