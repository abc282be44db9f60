"""Did you mean: typos, and codes that were typed without their field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.search.test_fulltext import Ask, opened


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from opened(tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("marfn", "marfan"),
        ("syndrme de marfn", "syndrome de marfan"),
        ("label:(marfna OR xxxxxxx) type:disease", "label:(marfan OR xxxxxxx) type:disease"),
        ('"syndrome de mrfan" SAUF type', '"syndrome de marfan" SAUF type'),
        ("definition:anevrism", "definition:aneurysm"),
        ("definition:anvrizm", None),  # three typos
        ("Anévrysme", "anevrisme"),
        ("marfan xxxxxxx", None),
        ("zzzzzzzz", None),
        ("marfan type", None),
        ("1554", None),
        ("marfn syndromes", "marfan syndromes"),  # what is not demanded is not at fault
        # codes and short words are not guessed
        ("alk1", None),
        ("definition:aot", None),
        ("ald", None),
        # codes of other systems get their field
        ("154700", "omim:154700"),
        ("FBN1", "gene:FBN1"),
        ("(FBN1 OR marfn) type", "(gene:FBN1 OR marfan) type"),
        ("fbn1", None),
        ('"FBN1"', None),
        ("154701", None),
        ("E84", None),
    ],
)
def test_did_you_mean(ask: Ask, query: str, meant: str | None) -> None:
    found = ask(query)
    assert found.did_you_mean == meant
    if meant:
        assert ask(meant).total > found.total


def test_another_spelling_finds_more_within_the_perimeter(ask: Ask) -> None:
    assert ask("marfn", perimeter=frozenset({"558"})).did_you_mean == "marfan"
    assert ask("marfn", perimeter=frozenset({"75"})).did_you_mean is None
