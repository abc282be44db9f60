"""From a code of one system to codes of another.

What a translation rests on, the best first:

1. a direct alignment: exact; for ICD-10 then specific code, inclusion term, index term, attributed
   by Orphanet; narrower or broader; not specified; not decided;
2. an alignment composed of two through a third system (ORPHA -> Mondo -> OMIM), with its path: an
   exact one adds nothing, narrower than narrower is narrower and broader than broader is broader,
   and nothing else is said for sure; systems whose codes gather many diseases (ICD) are never in
   the middle;
3. for ICD-10, an alignment of the WHO code that a French extension starts with, then of the
   category above the code or of the codes below the category. These are approximate.

Alignments that a source calls wrong (W) translate nothing, and what is directly said to be wrong is
not reached in another way either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

from ontologies.alignment import Alignment, Relation
from ontologies.related import Related
from ontologies.systems import Coding


class Way(IntEnum):
    """How a translation was found, the surest first."""

    DIRECT = 0
    COMPOSED = 1
    TRUNCATED = 2
    CATEGORY = 3

    @property
    def is_approximate(self) -> bool:
        return self >= Way.TRUNCATED


_WHO_CODE = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9])?")
_CATEGORY = 3
_UNSTATED = (Relation.UNSPECIFIED, Relation.UNDECIDED)
_DIRECTED = (Relation.NARROWER, Relation.BROADER)
_LONG, _KEPT = 20, 500


_Step = tuple[Alignment, ...]


class Translation(NamedTuple):
    """One code that another code translates to.

    Attributes:
        coding: the code.
        relation: how the code that was asked for stands to it (NTBT: what was asked is narrower).
        way: how it was found.
        path: the codes on the way, both ends included.
        steps: for each step of the path the alignments that make it, the surest first.
        rank: sort key: for each step relation, ICD relation, validation, and how many sources.
        confirmed: of a direct alignment that does not say its relation, the composed one that does.
    """

    coding: Coding
    relation: Relation
    way: Way
    path: tuple[Coding, ...]
    steps: tuple[_Step, ...]
    rank: tuple[int, ...]
    confirmed: Translation | None = None

    @property
    def is_approximate(self) -> bool:
        return self.way.is_approximate


def translate(related: Related, source: Coding, target: str) -> list[Translation]:
    """Return what a code translates to in the system ``target``, the best first.

    Each code comes once, by its surest way. Codes of equal rank are in the order of the codes. Long
    answers are kept: they are asked page by page.
    """
    key = (source, target)
    if (known := related.long_translations.get(key)) is not None:
        return known
    found = _translated(related, source, target)
    if len(found) > _LONG and len(related.long_translations) < _KEPT:
        related.long_translations[key] = found
    return found


def _translated(related: Related, source: Coding, target: str) -> list[Translation]:
    found: dict[Coding, Translation] = {}
    wrong = {
        each.other(source) for each in related.alignments(source) if each.relation is Relation.WRONG
    }
    for each in _every_way(related, source, target):
        known = found.get(each.coding)
        if each.way is not Way.DIRECT and each.coding in wrong:
            continue
        if known is None or (each.way, each.rank) < (known.way, known.rank):
            found[each.coding] = each
        elif _confirms(each, known):
            found[each.coding] = known._replace(confirmed=each)
    # A composed answer without a relation is worth something only where nothing is direct.
    direct = any(each.way is Way.DIRECT for each in found.values())
    kept = [
        each
        for each in found.values()
        if not (direct and each.way is Way.COMPOSED and each.relation in _UNSTATED)
    ]
    return sorted(kept, key=_order)


def _confirms(composed: Translation, direct: Translation) -> bool:
    return (
        composed.way is Way.COMPOSED
        and direct.relation in _UNSTATED
        and composed.relation not in _UNSTATED
    )


def _order(each: Translation) -> tuple[object, ...]:
    confirmation = each.confirmed.relation.rank if each.confirmed else len(Relation)
    return (each.way, each.rank[:3], confirmation, each.rank, len(each.coding.code), each.coding)


def _every_way(related: Related, source: Coding, target: str) -> Iterator[Translation]:
    if source.system == target:
        return
    yield from _direct(related, source, target)
    yield from _composed(related, source, target)
    if source.system == "icd-10":
        for way, near in _near_codes(related, source):
            relation = Relation.NARROWER if len(near) < len(source.code) else Relation.BROADER
            for each in _direct(related, Coding("icd-10", near), target):
                yield each._replace(
                    relation=_composition(relation, each.relation) or Relation.UNSPECIFIED,
                    way=way,
                    path=(source, *each.path),
                )


def _direct(related: Related, source: Coding, target: str) -> Iterator[Translation]:
    for coding, step in _neighbours(related, source, target):
        relation = step[0].relation_from(source)
        yield Translation(coding, relation, Way.DIRECT, (source, coding), (step,), _rank(step))


def _composed(related: Related, source: Coding, target: str) -> Iterator[Translation]:
    """Two steps; of several paths to one code the surest counts."""
    found: dict[Coding, Translation] = {}
    for middle, first in _neighbours(related, source):
        if middle.system == target or related.systems.get(middle.system).statistical:
            continue
        to_middle = first[0].relation_from(source)
        for coding, second in _neighbours(related, middle, target):
            relation = _composition(to_middle, second[0].relation_from(middle))
            if relation is None:
                continue
            rank = (*_rank(first), *_rank(second))
            if coding not in found or rank < found[coding].rank:
                path = (source, middle, coding)
                found[coding] = Translation(
                    coding, relation, Way.COMPOSED, path, (first, second), rank
                )
    yield from found.values()


def _composition(first: Relation, second: Relation) -> Relation | None:
    """An exact step changes nothing; two in one direction lead further; others say nothing."""
    if first is Relation.EXACT:
        return second
    if second is Relation.EXACT or (first is second and first in _DIRECTED):
        return first
    return None


def _rank(step: _Step) -> tuple[int, ...]:
    return (*step[0].strength, -len(step))


def _neighbours(
    related: Related, end: Coding, system: str | None = None
) -> Iterator[tuple[Coding, _Step]]:
    """Yield each code that is aligned with one, with all alignments that say so, surest first.

    Args:
        system: only codes of this system.
    """
    by_code: dict[Coding, list[Alignment]] = {}
    for each in related.alignments(end):
        other = each.object if each.subject == end else each.subject
        if (system is None or other.system == system) and each.relation is not Relation.WRONG:
            by_code.setdefault(other, []).append(each)
    for coding, alignments in by_code.items():
        if len(alignments) > 1:
            alignments.sort(key=attrgetter("strength"))
        yield coding, tuple(alignments)


def _near_codes(related: Related, source: Coding) -> Iterator[tuple[Way, str]]:
    """The codes of ICD-10 that stand near one: the WHO code, the category, the codes below it."""
    who = _WHO_CODE.match(source.code)
    if who is None:
        return
    if who[0] != source.code:
        yield Way.TRUNCATED, who[0]
    category = source.code[:_CATEGORY]
    if category not in (source.code, who[0]):
        yield Way.CATEGORY, category
    if source.code == category:
        yield from ((Way.CATEGORY, code) for code in _subcodes(related, category))


def _subcodes(related: Related, category: str) -> Iterable[str]:
    codes = related.codes_aligned("icd-10")
    return (f"{category}.{digit}" for digit in "0123456789" if f"{category}.{digit}" in codes)
