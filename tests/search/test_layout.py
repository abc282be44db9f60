"""What is highlighted: the very letters of the text, whatever folding made of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontologies.concept import Label, LabelKind
from search import Index, suggest
from search.layout import Layout
from search.text import words
from tests.search.releases import concept, release_of


@given(st.lists(st.text(st.sampled_from("aéœ e\u0301ABß'-1+日™½"), max_size=12)))
def test_the_rows_of_a_label_are_its_words_in_order(texts: list[str]) -> None:
    number_of: dict[str, int] = {}
    for word in (word for text in texts for word in words(text)):
        number_of.setdefault(word, len(number_of))
        number_of.setdefault(f"{word}'", len(number_of))  # as small words are told apart
    layout = Layout([Label(text, "fr", LabelKind.SYNONYM) for text in texts], number_of)
    names = {number: word.removesuffix("'") for word, number in number_of.items()}
    numbers = range(len(texts))
    rows = [each.tolist() for each in layout.of(numbers)]
    for text, own in zip(texts, rows, strict=True):
        assert [names[word] for word, _, _ in own] == words(text)
        for word, start, end in own:
            assert names[word] in "".join(words(text[start:end]))
    for number, own in enumerate(rows):
        if number not in layout.uneven:
            assert all(end - start == len(names[word]) for word, start, end in own)
    uneven = set(layout.uneven)
    layout.work_out()
    assert ([each.tolist() for each in layout.of(numbers)], layout.uneven) == (rows, uneven)


@pytest.mark.parametrize(
    ("name", "typed", "marked"),
    [
        ("Œdème de Quincke", "oedem", ["Œdèm"]),
        ("Œdème de Quincke", "oedeme quin", ["Œdème", "Quin"]),
        ("Syndrome œdème-ascite", "ascite oe", ["œ", "ascite"]),
        ("Me\u0301nie\u0300re œdème", "meniere oede", ["Me\u0301nie\u0300re", "œdè"]),
        ("Syndrome de Ménière", "menier", ["Ménièr"]),
        ("Lymphome ALK+", "alk+", ["ALK+"]),
        ("Syndrome ½abc", "2ab", ["½ab"]),
        # The d of d-glycérate is a small word, that of type D is not.
        ("Déficit en d-glycérate déshydrogénase de type D", "type d deficit",
         ["Déficit", "type", "D"]),
    ],
)  # fmt: skip
def test_marks_are_letters_of_the_text_as_it_stands(
    name: str, typed: str, marked: list[str]
) -> None:
    index = Index(release_of([concept("1", name, "Something else")]))
    for _ in range(2):
        [hit] = suggest(index, typed)
        assert [hit.match.text[start:end] for start, end in hit.match.spans] == marked
        index.warm()
