"""The names of 2023 in French and English, as they are and with typos."""

import random

import pytest

from search import Index, suggest
from search.text import words
from tests.search.typos import typo

pytestmark = pytest.mark.real


@pytest.mark.parametrize(("text", "first"), [("mal alexandr", "58"), ("marfn", "558")])
def test_the_examples_of_the_design(real_index: Index, text: str, first: str) -> None:
    assert suggest(real_index, text)[0].concept.code == first


def test_every_active_preferred_term_typed_in_full_comes_first(real_index: Index) -> None:
    missed = {}
    for concept in real_index.concepts:
        if concept.status.is_active:
            text = concept.preferred("fr").text
            first, end, _ = real_index.starting(" ".join(words(text)))
            same = {int(real_index.owners[number]) for number in range(first, end)}
            found = suggest(real_index, text, limit=1)
            if not found or real_index.number_of[found[0].concept.code] not in same:
                missed[concept.code] = text
    assert missed == {}


def test_names_with_one_typo_are_found_among_the_first_five(real_index: Index) -> None:
    rnd = random.Random(2023)
    active = [each for each in real_index.concepts if each.status.is_active]
    missed = []
    for concept in rnd.sample(active, 500):
        typed = words(rnd.choice([each for each in concept.labels if each.lang == "fr"]).text)
        long = [n for n, word in enumerate(typed) if len(word) >= 5]
        if long:
            place = rnd.choice(long)
            typed[place] = typo(rnd, typed[place])
            if concept not in [h.concept for h in suggest(real_index, " ".join(typed), limit=5)]:
                missed.append(typed)
    assert len(missed) <= 8, missed  # 2 where measured: spg71 is another disease
