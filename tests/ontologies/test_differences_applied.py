"""Differences applied to one release give the other one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loaders
from ontologies.concept import (
    Aggregation,
    Concept,
    EntityType,
    Label,
    LabelKind,
    Level,
    Redirection,
    RedirectionKind,
    Status,
)
from ontologies.differences import Differences, Facet, apply, differences
from ontologies.release import Classification, Release, Snapshot
from tests.ontologies.years import ONE, TWO, entity, release
from tests.packs.random_packs import random_pack
from tests.packs.writer import write_pack

PREFERRED, SYNONYM = LabelKind.PREFERRED, LabelKind.SYNONYM
MOVED = Redirection(RedirectionKind.MOVED_TO, "2")
CODES = tuple(str(number) for number in range(1, 9))


@st.composite
def labels(draw: st.DrawFn) -> tuple[Label, ...]:
    words = st.sampled_from(["Marfan", "Cushing", "Leigh", "Menière"])
    made = []
    for lang in draw(st.lists(st.sampled_from(["fr", "en"]), unique=True, min_size=1)):
        text = draw(words)
        raw = draw(st.sampled_from([None, f"OBSOLETE : {text}", text.replace("è", "\x8f")]))
        made.append(Label(text, lang, PREFERRED, raw if raw != text else None))
        made += [Label(each, lang, SYNONYM) for each in draw(st.lists(words, max_size=3))]
    return tuple(made)


@st.composite
def concepts(draw: st.DrawFn, code: str) -> Concept:
    flag = draw(st.sampled_from([1, 129, 513, 8449, 8208, 9216, 8225]))
    target = st.builds(Redirection, st.sampled_from(RedirectionKind), st.sampled_from(CODES))
    definitions = draw(st.dictionaries(st.sampled_from(["fr", "en"]), st.sampled_from(["a", "b"])))
    return Concept(
        *(code, flag, draw(st.sampled_from(Level)), draw(st.sampled_from(EntityType))),
        draw(labels()),
        tuple(definitions.items()),
        draw(st.none() | target),
        draw(st.builds(Aggregation, st.none() | st.sampled_from(CODES))),
    )


@st.composite
def snapshots(draw: st.DrawFn, version: str) -> Snapshot:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, min_size=2))
    made = [draw(concepts(code)) for code in codes]
    # Edges go from smaller to larger codes, so that there is no cycle.
    pairs = [(a, b) for a in codes for b in codes if int(a) < int(b)] or [(codes[0], codes[1])]
    trees = [
        Classification(
            key,
            draw(st.sampled_from([None, "7"])),
            (("fr", draw(st.sampled_from(["Cœur", "Os"]))),),
            tuple(draw(st.lists(st.sampled_from(codes), unique=True))),
            tuple(draw(st.lists(st.sampled_from(pairs), unique=True))),
        )
        for key in draw(st.lists(st.sampled_from(["146", "147"]), unique=True))
    ]
    languages = tuple(sorted({label.lang for each in made for label in each.labels}, reverse=True))
    identity = Release(version, dt.date(int(version), 6, 21), languages)
    return Snapshot(identity, made, trees)


def said(snapshot: Snapshot, changes: Differences, trees: set[str]) -> dict[str, Any]:
    """Everything that was compared of a release, written down without the help of differences."""
    languages, defined = set(changes.languages), set(changes.definition_languages)
    facts = {
        each.code: (
            each.status,
            each.level,
            each.type,
            {(x.lang, x.kind, x.text) for x in each.labels if x.lang in languages},
            {pair for pair in each.definitions if pair[0] in defined},
            each.redirection,
            each.aggregation,
        )
        for each in snapshot
    }
    drawn = {
        key: (each.number, each.names, set(each.roots), set(each.edges))
        for key, each in snapshot.classifications.items()
        if key in trees
    }
    return facts | drawn


def check_that_they_give_it(a: Snapshot, b: Snapshot) -> None:
    changes = differences(a, b)
    again = apply(a, changes)
    trees = {*a.classifications, *b.classifications}
    unknown = {each.facet for each in changes.not_compared}
    if Facet.CLASSIFICATIONS in unknown:  # of those that one release has alone
        trees = {*a.classifications} & {*b.classifications}
    assert said(again, changes, trees) == said(b, changes, trees)
    assert again.release.id == b.release.id


@settings(deadline=None, max_examples=50)
@given(snapshots("2022"), snapshots("2023"))
def test_differences_applied_to_a_give_b(a: Snapshot, b: Snapshot) -> None:
    check_that_they_give_it(a, b)


@settings(deadline=None, max_examples=20)
@given(snapshots("2022"), snapshots("2023"))
def test_going_back_is_the_mirror_of_going_forth(a: Snapshot, b: Snapshot) -> None:
    forth, back = differences(a, b), differences(b, a)
    assert forth.added.keys() == back.removed.keys()
    assert set(forth.edges_added) == set(back.edges_removed)
    assert {code: each for code, each in forth.kinds.items() if code in forth.changes} == {
        code: each for code, each in back.kinds.items() if code in back.changes
    }
    mirrored = {"added": "removed", "newly_inactive": "reactivated"}
    for name, other in mirrored.items():
        assert forth.counts[name] == back.counts[other]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("built")
    pack = random_pack(120, classifications=4, seed=7)
    return loaders.load([write_pack(folder, pack, lang) for lang in ("fr", "en")])[0]


@settings(deadline=None, max_examples=12)
@given(seed=st.integers(0, 10_000))
def test_differences_applied_to_a_built_release(built: Snapshot, seed: int) -> None:
    """A year later: some codes gone or inactive, others renamed, raised, or moved."""
    random = Random(seed)
    codes = list(built.concepts)
    gone = set(random.sample(codes, 5))
    kept = [each for each in built if each.code not in gone]
    for place in random.sample(range(len(kept)), 20):
        kept[place] = _a_year_later(kept[place], random)
    new = entity("999999", "Maladie nouvelle", "Nouvelle")
    trees = [
        replace(
            each,
            edges=tuple(
                edge
                for edge in (*each.edges, (each.roots[0], "999999"))
                if gone.isdisjoint(edge) and random.random() > 0.02
            ),
            roots=tuple(root for root in each.roots if root not in gone),
        )
        for each in built.classifications.values()
    ]
    later = Snapshot(replace(built.release, id="2024"), [*kept, new], trees)
    changes = differences(built, later)
    assert changes.removed.keys() == gone
    assert list(changes.added) == ["999999"]
    check_that_they_give_it(built, later)
    check_that_they_give_it(later, built)


def _a_year_later(concept: Concept, random: Random) -> Concept:
    renamed = tuple(
        replace(label, text=f"{label.text} bis", raw=None) if random.random() < 0.5 else label
        for label in concept.labels
    )
    return random.choice(
        [
            replace(concept, labels=renamed),
            replace(concept, flag=8208, redirection=MOVED, aggregation=Aggregation("2")),
            replace(concept, level=Level.SUBTYPE, type=EntityType.CLINICAL_SUBTYPE),
            replace(concept, definitions=(("fr", "Une maladie."),)),
        ]
    )


def test_every_status_can_be_gone_to() -> None:
    flags = {Status.of_flag(flag): flag for flag in (1, 513, 8449, 8208, 8225)}
    for before in flags.values():
        for after in flags.values():
            a = release(ONE, replace(TWO, flag=before), version="2022")
            b = release(ONE, replace(TWO, flag=after))
            assert apply(a, differences(a, b)).concepts["2"].status is b.concepts["2"].status
