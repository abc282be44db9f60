"""What two entities share: codes of other systems they are aligned with, genes that cause them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from ontologies.alignment import Relation
from ontologies.genes import Gene
from ontologies.related import Related
from ontologies.systems import Coding

_MOST = 12  # entities on one code: of more it says nothing
_EXACT, _OTHER, _STATISTICAL = 0.8, 0.5, 0.3


class Shared(NamedTuple):
    """A code of another system that two entities are aligned with, and how much that tells."""

    coding: Coding
    strength: float


def shared_codes(related: Related, code: str) -> Mapping[str, Shared]:
    """Return the ORPHAcodes that are aligned with what a code is aligned with, each by the code
    that tells the most: an exact alignment more than another one, ICD-10 the least, and each the
    less the more entities are on it.
    """
    end = Coding("orpha", code)
    found: dict[str, Shared] = {}
    for first in related.alignments(end):
        middle = first.other(end)
        if first.relation is Relation.WRONG or middle.system == "orpha":
            continue
        exact = _exact_ends(related, middle)
        others = exact.keys() - {code}
        if not 0 < len(others) <= _MOST:
            continue
        statistical = related.systems.get(middle.system).statistical
        for other in others:
            if statistical:
                most = _STATISTICAL
            else:
                most = _EXACT if exact[other] and first.relation is Relation.EXACT else _OTHER
            shared = Shared(middle, most / len(others))
            if other not in found or found[other].strength < shared.strength:
                found[other] = shared
    return found


def _exact_ends(related: Related, coding: Coding) -> Mapping[str, bool]:
    """The ORPHAcodes that are aligned with a code, and which of them exactly."""
    found: defaultdict[str, bool] = defaultdict(bool)
    for each in related.alignments(coding):
        other = each.other(coding)
        if other.system == "orpha" and each.relation is not Relation.WRONG:
            found[other.code] |= each.relation is Relation.EXACT
    return found


def shared_genes(related: Related, code: str, other: str) -> tuple[Gene, ...]:
    """Return the genes that cause both entities, as far as assessed."""
    genes = related.genes
    mine = {link.gene for link in genes.links_of(code) if link.is_causal}
    theirs = {link.gene for link in genes.links_of(other) if link.is_causal}
    return tuple(genes.genes[each] for each in sorted(mine & theirs, key=int))
