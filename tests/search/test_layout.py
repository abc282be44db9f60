"""What is highlighted: the very letters of the text, whatever folding made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Index, suggest
from search.layout import Layout
from search.text import laid_out, words
from tests.search.releases import concept, release_of


@given(st.lists(st.text(st.sampled_from("aéœ e\u0301ABß'-1+日™"), max_size=12)))
def test_the_rows_of_a_label_are_its_words_in_order(texts: list[str]) -> None:
    number_of = {"x": 0}
    for text in texts:
        for word in words(text):
            number_of.setdefault(word, len(number_of))
            number_of.setdefault(f"{word}'", len(number_of))
    layout = Layout(texts, number_of)
    names = {number: word for word, number in number_of.items()}
    for number, text in enumerate(texts):
        [rows] = layout.of([number])
        assert [names[word].rstrip("'") for word, _, _ in rows.tolist()] == words(text)
        assert [(start, end) for _, start, end in rows.tolist()] == laid_out(text)[1]
        for word, start, end in rows.tolist():
            assert names[word].rstrip("'") in words(text[start:end])
        if number not in layout.uneven:
            lengths = [end - start for start, end in laid_out(text)[1]]
            assert lengths == list(map(len, words(text)))


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("Œdème de Quincke", "oedem", ["Œdèm"]),
        ("Œdème de Quincke", "oedeme quin", ["Œdème", "Quin"]),
        ("Syndrome œdème-ascite", "ascite oe", ["œ", "ascite"]),
        ("Me\u0301nie\u0300re œdème", "meniere oede", ["Me\u0301nie\u0300re", "œdè"]),
        ("Syndrome de Ménière", "menier", ["Ménièr"]),
        ("Lymphome ALK+", "alk+", ["ALK+"]),
        # The d of d-glycérate is a small word, that of type D is not.
        ("Déficit en d-glycérate déshydrogénase de type D", "type d deficit",
         ["Déficit", "type", "D"]),
    ],
)  # fmt: skip
def test_marks_are_letters_of_the_text_as_it_stands(
    name: str, typed: str, marked: list[str]
) -> None:
    index = Index(release_of([concept("1", name, "Something else")]))
    [hit] = suggest(index, typed)
    assert [hit.match.text[start:end] for start, end in hit.match.spans] == marked
