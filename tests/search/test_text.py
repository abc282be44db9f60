"""Texts are folded and split the same way in labels and queries, and keep their places."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.text import fold, placed_words, words

# Names as Orphanet writes them, and whatever else a keyboard or a clipboard gives.
TEXTS = st.text() | st.text("aeéèêœæçÉŒßøÅİıſﬁ™½'’-+/,() \u0301\u0308\u00ad\u200b1")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Maladie d'Alexander", "maladie d'alexander"),
        ("SYNDROME", "syndrome"),
        ("Ménière", "meniere"),
        ("Me\u0301nie\u0300re", "meniere"),
        ("cœur", "coeur"),
        ("Œdème", "oedeme"),
        ("nævus", "naevus"),
        ("Kjær, Sjögren, Åland", "kjaer, sjogren, aland"),
        ("Weiß", "weiss"),
        ("ﬁbrose", "fibrose"),
        ("İstanbul ılgaz", "istanbul ilgaz"),
        ("α-bêta", "alpha-beta"),
        ("ΤΝΦΑ", "taunuphialpha"),
        ("Ａ１", "a1"),
        ("CO²", "co2"),
        ("mar\u00adfan mar\u200bfan", "marfan marfan"),
        ("", ""),
    ],
)
def test_case_accents_and_ligatures_go(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maladie d'Alexander", ["maladie", "d", "alexander"]),
        ("Maladie d’Alexander", ["maladie", "d", "alexander"]),
        ("Charcot-Marie-Tooth", ["charcot", "marie", "tooth"]),
        ("Charcot\u2011Marie", ["charcot", "marie"]),
        ("CMT/HMSN, (type 1)", ["cmt", "hmsn", "type", "1"]),
        ("snake_case", ["snake", "case"]),
        ("ALK+", ["alk+"]),
        ("ALK-", ["alk-"]),
        ("ALK- adulte", ["alk-", "adulte"]),
        ("T-B+ SCID", ["t", "b+", "scid"]),
        ("T-B- SCID", ["t", "b-", "scid"]),
        ("NK++", ["nk++"]),
        ("a + b - c", ["a", "b", "c"]),
        ("--- +++ ''", []),
        ("\t\n\u00a0", []),
        ("🧬❤️", []),
        ("مرض مارفان", ["مرض", "مارفان"]),
        ("馬方綜合症", ["馬方綜合症"]),
    ],
)
def test_words_and_the_signs_that_carry_meaning(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_every_character_folds_to_something_that_folds_to_itself() -> None:
    odd = [code for code in range(sys.maxunicode + 1) if fold(fold(chr(code))) != fold(chr(code))]
    assert odd == []


@settings(deadline=None)
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(TEXTS)
def test_placed_words_are_the_words(text: str) -> None:
    assert [placed.word for placed in placed_words(text)] == words(text)


@settings(deadline=None)
@given(TEXTS)
def test_places_lie_inside_the_text_one_after_the_other(text: str) -> None:
    end = 0
    for placed in placed_words(text):
        spans = [placed.span(letters) for letters in range(1, len(placed.word) + 1)]
        assert spans[-1] == placed.span()
        # Words of one character (½ gives 1 and 2) share its place.
        assert end - 1 <= placed.span().start < placed.span().end <= len(text)
        assert [span.end for span in spans] == sorted(span.end for span in spans)
        end = placed.span().end


@pytest.mark.parametrize(
    ("text", "letters", "marked"),
    [
        ("Ménière", 3, "Mén"),
        ("Me\u0301nie\u0300re", 2, "Me\u0301"),
        ("Œdème", 1, "Œ"),
        ("Œdème", 2, "Œ"),
        ("Œdème", 3, "Œd"),
        ("nævus", 3, "næ"),
        ("ﬁbrose", None, "ﬁbrose"),
        ("mar\u00adfan", 4, "mar\u00adf"),
        ("(Marfan)", 6, "Marfan"),
        ("β-thalassémie", 2, "β"),
        ("β-thalassémie", None, "β"),
    ],
)
def test_folded_letters_are_marked_where_they_come_from(
    text: str, letters: int | None, marked: str
) -> None:
    start, end = placed_words(text)[0].span(letters)
    assert text[start:end] == marked
