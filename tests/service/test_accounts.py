"""The rules of accounts and keys."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontologies.errors import InvalidRequest
from thesaurus.accounts import (
    Account,
    Key,
    KeyRecord,
    Role,
    account_name,
    end_of,
    new_key,
    public_id,
    read_key,
    roles_of,
    why_closed,
)

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
OPEN = Account("marie", frozenset({Role.EDITOR}), "root", NOW)


def record(key: Key, **fields: dt.datetime) -> KeyRecord:
    return KeyRecord(key.id, "marie", key.sha256, "root", NOW, **fields)


def test_a_key_is_read_as_it_is_written() -> None:
    key = new_key()
    assert key.text == f"thes_{key.id}_{key.secret}"
    assert (len(key.id), len(key.secret)) == (16, 64)  # 64 and 256 bits
    assert read_key(key.text) == key
    assert len({new_key().secret for _ in range(20)}) == 20


@given(st.text() | st.from_regex(r"thes_[0-9a-f]{15,17}_[0-9a-fA-F]{63,65}", fullmatch=True))
def test_any_other_text_is_no_key(text: str) -> None:
    found = read_key(text)
    assert found is None or found.text == text


@pytest.mark.parametrize("end", ["\n", " ", "0", "é", "٣"])
def test_a_key_has_an_end(end: str) -> None:
    key = new_key()
    assert read_key(key.text + end) is None
    assert read_key(key.text[:-1] + end) is None or end == "0"


def test_nothing_that_is_shown_holds_the_secret() -> None:
    key = new_key()
    assert key.secret not in repr(key)
    assert key.sha256 not in repr(record(key))
    assert key.sha256 == hashlib.sha256(key.secret.encode()).hexdigest()


def test_only_the_public_part_of_a_text_may_be_logged() -> None:
    key = new_key()
    assert public_id(key.text) == key.id
    assert public_id(f"thes_{key.id}") == key.id
    assert public_id(f"thes_{key.id}{key.secret}") is None
    assert public_id(f"thes_{key.secret}") is None
    assert public_id("Jeanne Martin, née le 3 mai") is None


def test_a_key_is_known_by_id_and_secret() -> None:
    key, other = new_key(), new_key()
    kept = record(key)
    assert kept.is_of(key)
    assert not kept.is_of(other)
    assert not kept.is_of(Key(key.id, other.secret))
    assert not kept.is_of(Key(other.id, key.secret))


def test_what_closes_a_key() -> None:
    key = new_key()
    assert why_closed(OPEN, record(key), NOW) is None
    assert why_closed(OPEN, record(key, expires_at=NOW + DAY), NOW) is None
    disabled = Account("marie", OPEN.roles, "root", NOW, disabled_at=NOW)
    for account, kept, words in (
        (disabled, record(key), ("désactivé", "disabled")),
        (OPEN, record(key, revoked_at=NOW), ("révoquée", "revoked")),
        (OPEN, record(key, expires_at=NOW), ("expiré le 2026-11-22", "expired on 2026-11-22")),
    ):
        why = why_closed(account, kept, NOW)
        assert why is not None
        assert words[0] in why.fr
        assert words[1] in why.en


@pytest.mark.parametrize("name", ["marie", "Marie.Curie", "m-1_b@chu-lyon.fr", "7", "x" * 80])
def test_names_that_fit(name: str) -> None:
    assert account_name(name) == name


@pytest.mark.parametrize(
    "name", ["", "x" * 81, "-x", "@x", ".x", "_x", "a b", "hélène", "a\n", "=1+1", "a/b", "x²"]
)
def test_names_that_do_not(name: str) -> None:
    with pytest.raises(InvalidRequest):
        account_name(name)


def test_roles_are_those_that_there_are() -> None:
    assert roles_of(["editor", "signer", "editor"]) == {Role.EDITOR, Role.SIGNER}
    for wrong in ([], ["boss"], ["editor", "boss"], ["EDITOR"]):
        with pytest.raises(InvalidRequest, match="editor, signer"):
            roles_of(wrong)


def test_the_life_of_a_key_has_bounds() -> None:
    assert end_of(None, NOW) is None
    assert end_of(1, NOW) == NOW + DAY
    for wrong in (0, -1, 3651):
        with pytest.raises(InvalidRequest, match="3650"):
            end_of(wrong, NOW)
