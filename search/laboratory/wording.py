"""Other words for the same thing: of an older release, and of linked terminologies.

These sets are not made by a program but by the curators of the names, so they say most about what
people type. None of them may be answered by its own rows: a former name is no name of the release
any more, and the linked names that are drawn are left out of every index that is measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from ontologies.concept import Label
from ontologies.release import Snapshot
from search.laboratory.material import Material
from search.laboratory.plain import plain
from search.laboratory.query import Query
from search.names import LinkedNames

REWORDED = "reworded"
PARAPHRASE = "paraphrase"
PARAPHRASE_LANGUAGE = "en"


def reworded(
    material: Material, older: Snapshot, rnd: random.Random, count: int
) -> tuple[Query, ...]:
    """Return names of an older release that left, of entities that are active now.

    A name whose folded text still is a name in the release, of any entity and in any language, is
    not taken.
    """
    gone = [
        (concept.code, label.text)
        for concept in older
        if (now := material.snapshot.concepts.get(concept.code)) and now.status.is_active
        for label in concept.labels
        if plain(label.text) not in material.every_name
    ]
    owners: dict[str, dict[str, None]] = {}
    for code, text in gone:
        owners.setdefault(plain(text), {})[code] = None
    drawn = rnd.sample(sorted(owners), min(count, len(owners)))
    return tuple(Query(text, tuple(sorted(owners[text], key=int)), REWORDED) for text in drawn)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Linked names without those that were drawn, whoever bears them."""

    linked: LinkedNames
    drawn: frozenset[str]

    def __call__(self, code: str) -> Iterator[Label]:
        for label in self.linked(code):
            if plain(label.text) not in self.drawn:
                yield label


def paraphrases(
    material: Material, linked: LinkedNames, rnd: random.Random, count: int
) -> tuple[Query, ...]:
    """Return one linked English name of each of ``count`` entities.

    Names that any entity of the release bears itself are not taken, and neither are single words,
    mostly acronyms that nothing else resembles. Right are all entities that the linked name
    belongs to.
    """
    owners: dict[str, set[str]] = {}
    candidates: dict[str, list[str]] = {}
    for concept in material.concepts:
        for text in _texts(linked, concept.code):
            if text not in material.every_name:
                owners.setdefault(text, set()).add(concept.code)
                candidates.setdefault(concept.code, []).append(text)
    drawn: dict[str, Query] = {}
    for code in rnd.sample(list(candidates), len(candidates)):
        text = rnd.choice(candidates[code])
        if len(drawn) < count and text not in drawn:
            drawn[text] = Query(text, tuple(sorted(owners[text], key=int)), PARAPHRASE)
    return tuple(drawn.values())


def _texts(linked: LinkedNames, code: str) -> list[str]:
    found = (plain(each.text) for each in linked(code) if each.lang == PARAPHRASE_LANGUAGE)
    return [text for text in dict.fromkeys(found) if " " in text]
