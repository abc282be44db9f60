"""Other words for the same thing, and none of them answered by its own rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ontologies.concept import Label, LabelKind
from ontologies.errors import InvalidRequest
from ontologies.release import Snapshot
from search.laboratory import KINDS, Material, Query, QuerySet, Sets, make
from search.laboratory.engines import entries
from search.laboratory.plain import plain
from search.laboratory.wording import LeftOut

NAMES = {
    "558": ["Marfan's disease", "MARFAN SYNDROME", "connective tissue disorder"],
    "284963": ["Connective-tissue disorder"],
    "586": ["mucoviscidosis of the pancreas"],
    "15": ["achondroplastic dwarfism"],
    "58": ["Alexander disease", "Marfan syndrome type 1"],
}


def linked(code: str) -> Iterator[Label]:
    for text in NAMES.get(code, ()):
        yield Label(text, "en", LabelKind.LINKED, source="mondo")
    yield Label(f"mot inconnu {code}", "fr", LabelKind.LINKED, source="mondo")


def test_reworded_are_names_of_before_that_are_no_names_now(
    snapshot: Snapshot, older: Snapshot, material: Material
) -> None:
    [made] = make(snapshot, older=older, kinds=["reworded"]).sets
    before = {plain(label.text): concept.code for concept in older for label in concept.labels}
    now = {plain(label.text) for concept in snapshot for label in concept.labels}
    assert made.queries
    for query in made.queries:
        assert query.query in before
        assert query.query not in now
        assert all(snapshot.concept(code).status.is_active for code in query.codes)


def test_paraphrases_are_english_linked_names_that_no_entity_bears(
    snapshot: Snapshot, material: Material
) -> None:
    [made] = make(snapshot, linked=linked, kinds=["paraphrase"]).sets
    found = {query.query: query.codes for query in made.queries}
    assert found.keys() <= {
        "marfan s disease",
        "connective tissue disorder",
        "mucoviscidosis of the pancreas",
        "achondroplastic dwarfism",
    }
    assert len(found) >= 3
    assert made.note is not None
    assert "0 are of one word, mostly acronyms" in made.note.en
    assert "are of entities without a linked name beside" in made.note.en
    assert found.get("connective tissue disorder", ("558", "284963")) == ("558", "284963")


def test_what_is_drawn_is_left_out_for_everyone(snapshot: Snapshot) -> None:
    made = make(snapshot, linked=linked, kinds=KINDS, count=50)
    kept = LeftOut(linked, made.drawn)
    texts = {text for _, text in entries(snapshot, kept)}
    assert made.drawn
    assert texts.isdisjoint(made.drawn)
    assert "mot inconnu 558" in texts


def test_paraphrases_that_come_from_a_file_are_left_out_too() -> None:
    read = Sets(
        (
            QuerySet("paraphrase", (Query("Marfan's  disease", ("558",), "paraphrase"),)),
            QuerySet("mine", (Query("achondroplastic dwarfism", ("15",), "mine"),)),
        )
    )
    assert [label.text for label in LeftOut(linked, read.drawn)("558")] == [
        "MARFAN SYNDROME",
        "connective tissue disorder",
        "mot inconnu 558",
    ]


def test_what_cannot_be_made_is_said(snapshot: Snapshot) -> None:
    made = make(snapshot, kinds=["reworded", "paraphrase", "whole"], count=5)
    assert [each.kind for each in made.sets] == ["whole"]
    assert [each.kind for each in made.missing] == ["reworded", "paraphrase"]
    assert "--older" in made.missing[0].why.fr
    assert "Mondo" in made.missing[1].why.en


def test_an_unknown_kind_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(InvalidRequest, match="three-words-typo"):
        make(snapshot, kinds=["guess"])
