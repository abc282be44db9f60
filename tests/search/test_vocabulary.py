"""Words found by how they begin and by how they sound: the same as by looking at each of them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.sound import sound
from search.vocabulary import Vocabulary

# Few letters, so that words begin one another; signs, digits and letters of other scripts as well.
few = st.text("abi1+'é日", min_size=1, max_size=6)
heard = st.text("abcdt", min_size=4, max_size=9)


@given(st.sets(few), few)
@example({"a", "ab", "abi", "b"}, "ab")
@example(set(), "a")
def test_the_words_that_start_with_a_text_are_neighbours(words: set[str], text: str) -> None:
    vocabulary = Vocabulary(words)
    for begun in (text, *words):
        first, end = vocabulary.starting(begun)
        assert list(vocabulary.words[first:end]) == sorted(
            word for word in words if word.startswith(begun)
        )


@given(st.sets(few), few)
def test_words_that_go_on_with_a_digit(words: set[str], text: str) -> None:
    vocabulary = Vocabulary(words)
    first, end = vocabulary.with_digits(text)
    assert set(vocabulary.words[first:end]) == {
        word for word in words if word.startswith(f"{text}1")
    }


@pytest.mark.parametrize("typos", [0, 1, 2])
@given(words=st.sets(heard, max_size=40), asked=heard)
def test_whole_words_within_some_typos_are_all_found(
    typos: int, words: set[str], asked: str
) -> None:
    vocabulary = Vocabulary(words)
    found = {
        (vocabulary.words[number], near.typos)
        for near in vocabulary.sounds.near(sound(asked), typos)
        if near.whole
        for number in near.words.tolist()
    }
    distances = {word: OSA.distance(sound(asked), sound(word)) for word in words}
    assert found == {(word, distance) for word, distance in distances.items() if distance <= typos}


@given(st.sets(st.text("日本語é", min_size=4, max_size=8), min_size=1))
def test_words_in_any_script_are_found_with_a_typo(words: set[str]) -> None:
    vocabulary = Vocabulary(words)
    for word in words:
        found = [near.words.tolist() for near in vocabulary.sounds.near(sound(word)[:-1], 1)]
        assert vocabulary.number_of[word] in {number for each in found for number in each}


def test_what_is_handed_out_cannot_be_changed() -> None:
    vocabulary = Vocabulary(["marfan", "maladie"])
    with pytest.raises(ValueError, match="read-only"):
        vocabulary.numbers[0] = 7
