"""Which answer comes first, and why: rules that hold for any text, and the examples of the page."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import loaders
from ontologies.dataset import Dataset
from ontologies.related import Related
from ontologies.release import Snapshot
from search import Filters, Hit, Index, suggest
from search.fitting import Fit, by_sureness
from search.rank import PARTS, Tier
from search.stopwords import NEGATIONS, STOP_WORDS
from search.text import words

PAGE = Path(__file__).parents[2] / "docs" / "ranking.md"
EXAMPLES = re.compile(r"^\| `(?P<typed>[^`]+)` \| (?P<code>[0-9]+) ", re.MULTILINE)


def matched(hit: Hit, typed: list[str]) -> int:
    """How many of the words that were typed stand in the text that matched, as they are."""
    there = words(hit.match.text)
    return sum(any(has(word, each) for word in there) for each in typed)


def has(word: str, typed: str) -> bool:
    """A number is no beginning of another: 2 is not in 22q11."""
    return word == typed if typed[-1].isdigit() else word.startswith(typed)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_hit_with_all_words_is_never_below_one_that_lacks_some(
    index: Index, data: st.DataObject
) -> None:
    """Words that say something, as typed; ``search.stopwords`` are not counted."""
    label = data.draw(st.sampled_from(index.labels))
    other = data.draw(st.sampled_from(index.labels))
    some = [word for word in words(label.text) if word not in STOP_WORDS]
    added = [word for word in words(other.text) if word not in STOP_WORDS]
    assume(some and added)
    typed = list(dict.fromkeys([*some, data.draw(st.sampled_from(added))]))
    hits = [hit for hit in suggest(index, " ".join(typed), limit=50) if hit.rank is not None]
    tiers = [hit.parts["tier"] for hit in hits]
    assert tiers == sorted(tiers, reverse=True)
    for hit in hits:
        if matched(hit, typed) == len(typed):
            stands_back = NEGATIONS.intersection(words(hit.match.text)) - set(typed)
            assert hit.parts["tier"] > (Tier.SOME_WORDS if stands_back else Tier.ACROSS_NAMES)


@settings(deadline=None)
@given(st.data())
def test_a_preferred_term_typed_in_full_is_first_or_shares_its_name(
    index: Index, data: st.DataObject
) -> None:
    concept = data.draw(st.sampled_from([each for each in index.concepts if each.status.is_active]))
    label = concept.preferred(data.draw(st.sampled_from(concept.languages)))
    first = suggest(index, label.text, lang=label.lang)[0]
    assert first.parts.get("tier") == Tier.EXACT_PREFERRED
    if first.concept is not concept:
        assert words(first.match.text) == words(label.text)


def test_the_weightiest_part_decides(index: Index) -> None:
    hits = suggest(index, "marfan", limit=20)
    order = [tuple(hit.parts[part.name] for part in PARTS) for hit in hits]
    assert order == sorted(order, reverse=True)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


class TestUsage:
    def test_of_names_alike_the_code_that_is_chosen_comes_first(self, index: Index) -> None:
        before = [hit.concept.code for hit in suggest(index, "marfan", limit=3)]
        assert before == ["558", "284963", "284973"]
        index.used({"284973": 40})
        try:
            after = [hit.concept.code for hit in suggest(index, "marfan", limit=3)]
            assert after == ["558", "284973", "284963"]
        finally:
            index.used({})

    def test_no_count_beats_a_better_match(self, index: Index) -> None:
        index.used({"284973": 10**12, "999999": 3, "558": -5})
        try:
            assert suggest(index, "syndrome de marfan")[0].concept.code == "558"
        finally:
            index.used({})


class TestFilters:
    def test_type(self, index: Index) -> None:
        found = suggest(index, "mal", limit=50, filters=Filters(types=frozenset({"disease"})))
        assert found
        assert {hit.concept.type.key for hit in found if hit.concept.type} == {"disease"}

    def test_perimeter(self, index: Index) -> None:
        only = Filters(perimeter=frozenset({"284963", "1"}))
        assert [hit.concept.code for hit in suggest(index, "marfan", filters=only)] == ["284963"]
        assert suggest(index, "ORPHA:558", filters=only) == []

    def test_systems(self, index: Index) -> None:
        assert suggest(index, "marfan", filters=Filters(systems=frozenset({"mondo"}))) == []
        assert suggest(index, "marfan", filters=Filters(systems=frozenset({"orpha"})))
        assert suggest(index, "558", filters=Filters(systems=frozenset({"omim"}))) == []


def examples() -> list[tuple[str, str]]:
    page = PAGE.read_text(encoding="utf-8")
    return [(found["typed"], found["code"]) for found in EXAMPLES.finditer(page)]


@pytest.fixture(scope="module")
def everything(real_data: Path) -> tuple[Index, Related]:
    """The packs of 2023 with the names and codes of Mondo, ORDO, the master file and the genes."""
    paths = [
        *(real_data / name for name in ("fr_2023", "en_2023", "mappings")),
        *(real_data / "genes").glob("*.tsv.gz"),
        real_data / "en_2025" / "ORPHAnomenclature_MasterFile_en_2025.xlsx",
        real_data.parent / "mondo",
    ]
    loaded = [each.content for each in loaders.load_all(paths)]
    related = Related(each for each in loaded if isinstance(each, Dataset))
    [snapshot] = (each for each in loaded if isinstance(each, Snapshot))
    return Index(snapshot, related.linked_labels), related


@pytest.mark.real
@pytest.mark.parametrize(("typed", "code"), examples())
def test_the_examples_of_the_page(everything: tuple[Index, Related], typed: str, code: str) -> None:
    index, related = everything
    assert suggest(index, typed, related=related)[0].concept.code == code


def test_the_page_has_twenty_examples() -> None:
    assert len(examples()) >= 20


def test_of_two_labels_as_sure_the_one_before_is_looked_at_first() -> None:
    """The last digits of a product of matrices differ from machine to machine."""
    nothing = np.zeros(3, dtype=np.int64)
    sure = np.array([0.5, np.nextafter(np.float32(0.7), np.float32(0)), 0.7], dtype=np.float32)
    found = Fit(nothing, nothing, nothing, sure, sure, nothing > 0, 0)
    assert by_sureness(found).tolist() == [1, 2, 0]
