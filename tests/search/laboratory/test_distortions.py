"""What is done to names: as much as is said, the same each time, never another name."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from search.laboratory import KINDS, Material, make
from search.laboratory.distortions import DISTORTIONS
from search.laboratory.keyboard import NEIGHBOURS, typo, with_two_typos, with_typo
from search.laboratory.plain import plain, plain_words, unaccented
from search.laboratory.sound import by_sound, misheard

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = st.text(LETTERS, min_size=2, max_size=25).filter(lambda word: len(set(word)) > 1)
NAMES = st.lists(st.text(f"{LETTERS}12", min_size=1, max_size=20), min_size=1, max_size=8)
SEEDS = st.integers(0, 10**6)


@given(SEEDS, WORDS)
def test_a_typo_is_at_distance_one(seed: int, word: str) -> None:
    assert OSA.distance(word, typo(random.Random(seed), word)) == 1


@given(SEEDS, NAMES)
def test_one_typo_hits_one_word_that_is_long_enough(seed: int, words: list[str]) -> None:
    wrong = with_typo(random.Random(seed), words)
    if wrong is None:
        assert not any(len(w) >= 5 and w.isalpha() and len(set(w)) > 1 for w in words)
        return
    [(before, after)] = [pair for pair in zip(words, wrong, strict=True) if pair[0] != pair[1]]
    assert len(before) >= 5
    assert OSA.distance(before, after) == 1


@given(SEEDS, NAMES)
def test_two_typos_are_in_two_words_where_two_are_long_enough(seed: int, words: list[str]) -> None:
    wrong = with_two_typos(random.Random(seed), words)
    if wrong is None:
        return
    hit = [(b, a) for b, a in zip(words, wrong, strict=True) if b != a]
    if len(hit) == 2:
        assert [OSA.distance(before, after) for before, after in hit] == [1, 1]
    else:
        [(before, after)] = hit
        assert len(before) >= 8
        assert 1 <= OSA.distance(before, after) <= 2


@given(SEEDS, NAMES)
def test_what_is_misheard_changes_one_word_or_two(seed: int, words: list[str]) -> None:
    wrong = by_sound(random.Random(seed), words)
    if wrong is not None:
        changed = [b for b, a in zip(words, wrong, strict=True) if b != a]
        assert 1 <= len(changed) <= 2
        assert all(len(word) >= 5 for word in changed)


@pytest.mark.parametrize(
    ("word", "heard"),
    [
        ("phenylcetonurie", "fenylcetonurie"),
        ("ichtyose", "ichtiose"),
        ("mucoviscidose", "mukoviscidose"),
        ("mucoviscidose", "mucovissidose"),
        ("thalassemie", "talassemie"),
        ("thalassemie", "thalasemie"),
        ("sarcome", "sarkome"),
        ("haemophilie", "hemophilie"),
        ("hemophilie", "emophilie"),
        ("galactosemie", "galactozemie"),
        ("recklinghausen", "reclinghausen"),
    ],
)
def test_words_are_misheard_as_the_french_mishear_them(word: str, heard: str) -> None:
    assert heard in misheard(word) or heard in {h for w in misheard(word) for h in misheard(w)}


def test_three_quarters_of_the_typos_are_substitutions_and_omissions() -> None:
    rnd = random.Random(1)
    wrong = [typo(rnd, "osteogenese") for _ in range(2000)]
    same_letters = [sorted(each) == sorted("osteogenese") for each in wrong]
    substituted = sum(
        len(each) == 11 and not same for each, same in zip(wrong, same_letters, strict=True)
    )
    omitted = sum(len(each) == 10 for each in wrong)
    assert 0.68 < (substituted + omitted) / 2000 < 0.82
    assert 0.01 < sum(each[0] != "o" for each in wrong) / 2000 < 0.1


def test_the_keyboard_is_french() -> None:
    assert set(NEIGHBOURS["a"]) == set("zq")
    assert "p" in NEIGHBOURS["m"]
    assert all(one in NEIGHBOURS[other] for one, each in NEIGHBOURS.items() for other in each)


@pytest.mark.parametrize("kind", DISTORTIONS)
def test_a_set_is_the_same_each_time_and_another_with_another_seed(
    material: Material, kind: str
) -> None:
    first = make(material.snapshot, kinds=[kind], count=20, seed=1).sets
    assert make(material.snapshot, kinds=KINDS, count=20, seed=1).sets.count(first[0]) == 1
    assert make(material.snapshot, kinds=[kind], count=20, seed=2).sets != first


@pytest.mark.parametrize("kind", DISTORTIONS)
def test_queries_are_of_active_entities_and_never_the_name_of_another_one(
    material: Material, kind: str
) -> None:
    [made] = make(material.snapshot, kinds=[kind], count=1000).sets
    active = {concept.code for concept in material.concepts}
    assert 40 < len(made.queries) <= len(active)
    assert len({query.query for query in made.queries}) == len(made.queries)
    for query in made.queries:
        assert query.kind == kind
        assert set(query.codes) <= active
        assert material.bearing(query.query) <= set(query.codes)
        assert query.query == unaccented(query.query).strip()


def test_whoever_bears_the_name_is_right(material: Material) -> None:
    assert material.right("Galactosemia") == ("352",)
    assert material.right("CPP") == ("168829",)
    assert material.right("nothing") == ()


def asked(material: Material, kind: str, text: str) -> list[str]:
    found = (DISTORTIONS[kind](random.Random(seed), material, text) for seed in range(40))
    return [each for each in found if each is not None]


def test_three_words_are_the_rarest_ones_and_the_last_is_cut(material: Material) -> None:
    for text in asked(material, "three-words", "Syndrome d'Ehlers-Danlos hypermobile type 3"):
        *whole, cut = text.split()
        assert len(whole) == 2
        assert set(whole) == {"d", "3"}  # numbers and short words are rare words as well
        assert cut == "hypermo"
    assert asked(material, "three-words", "Maladie Wilson") == []


def test_three_words_with_a_typo_have_it_in_a_whole_word(material: Material) -> None:
    for text in asked(material, "three-words-typo", "Sclérose latérale amyotrophique"):
        known = set(text.split()[:2]) & {"sclerose", "laterale", "amyotrophique"}
        assert len(known) == 1


def test_the_beginning_is_sixty_percent(material: Material) -> None:
    assert set(asked(material, "beginning", "Maladie d'Alexander")) == {"maladie d'a"}
    assert asked(material, "beginning", "SLA") == []


def test_word_order_changes_and_nothing_else(material: Material) -> None:
    for text in asked(material, "word-order", "Syndrome de Marfan"):
        assert sorted(text.split()) == ["de", "marfan", "syndrome"]
        assert text != "syndrome de marfan"
    assert asked(material, "word-order", "Marfan") == []


def test_the_rarest_word_never_misses(material: Material) -> None:
    found = set(asked(material, "missing-word", "Syndrome de Marfan"))
    assert found == {"de marfan", "syndrome marfan"}
    assert asked(material, "missing-word", "Marfan syndrome") == []


def test_words_are_split_or_joined(material: Material) -> None:
    for text in asked(material, "split-joined", "Neurofibromatose type 1"):
        assert text.replace(" ", "") == "neurofibromatosetype1"
        assert len(text.split()) in (2, 4)
    assert asked(material, "split-joined", "NF1") == []


@given(st.text())
def test_plain_texts_stay_as_they_are(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(text).split() == plain_words(text)
