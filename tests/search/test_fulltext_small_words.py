"""Small words (de, syndrome, type) beside others are not demanded; quotation marks and AND do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.search.test_fulltext import Ask, codes, opened


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    yield from opened(tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("syndrome de ehlers", "287"),
        ("marfan type", "558 2840 2841 77"),
        ("(marfan OR anévrisme) du", "558 2840 2841 77 75 287"),
        ("Maladie danlos", "287"),
        ("maladie rare du", "1 10"),  # nothing else to go by
        ("maladie rare NOT squelette", "10"),
        ("marfan sans", ""),  # turns the sense around
        ("marfan AND type AND de", "2840 2841"),
        ("type ET marfan", "2840 2841"),
        ('marfan "type"', "2840 2841"),
        ("marfan (type OR maladie)", "2840 2841"),
        ("ancien label:type", ""),
        ("label:(syndrome de danlos)", "287"),
        ("type:disease syndrome", "558 287 77"),
        ("type:(disease clinique)", ""),
    ],
)
def test_which_small_words_are_demanded(ask: Ask, query: str, expected: str) -> None:
    assert set(codes(ask(query, page_size=50))) == set(expected.split())


def test_small_words_that_are_not_demanded_add_to_the_score(ask: Ask) -> None:
    assert codes(ask("marfan")) == ["558", "2840", "2841", "77"]
    assert codes(ask("marfan type")) == ["2840", "2841", "558", "77"]
