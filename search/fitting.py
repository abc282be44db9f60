"""Labels compared with a query, word by word, and their rank (``search.rank``)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy import count_nonzero  # a quarter of the time of ``any``
from numpy.typing import NDArray

from search.entities import Choice
from search.index import Index, Keys
from search.lists import Numbers
from search.query import Query
from search.rank import SHIFT, Tier
from search.term import COMPLETE, HEARD, TYPED

_TEXT = (1 << 6) - 1
_COMPLETED = 40

# From the quality of the worst match of a word to the tier.
_TIER_OF_LEAST = np.full(256, Tier.SOME_WORDS, dtype=np.int64)
_TIER_OF_LEAST[1:] = Tier.FUZZY
_TIER_OF_LEAST[HEARD:] = Tier.SOUNDS
_TIER_OF_LEAST[TYPED:] = Tier.BEGINNINGS
_TIER_OF_LEAST[COMPLETE:] = Tier.ALL_WORDS


# What the second part of a rank is made of, beside ``index.favours``: how much of the label was
# typed, how much of the query is in it, whether the label starts with it (rows); for labels with
# all words and for those with some (columns). Tried out with ``thesaurus evaluate``
# (docs/ranking.md).
_SHARES = np.array([[0.45, 0.35], [0.3, 0.55], [0.2, 0.05]], dtype=np.float32)


class Fit(NamedTuple):
    """How some labels fit a query, arrays aligned with ``labels``.

    Attributes:
        labels: their numbers.
        found: for each term (row) and label the quality of its best match, 0 for none.
        tiers: see ``Tier``.
        sure: how much of what the query says is in the label, and how surely; 0 to 1.
        covered: how much of what the label says was typed; 0 to 1, a little more where a compound
            was typed in one word that the label has in two.
        denying: whether the label denies what was typed: it stands behind ``non``, which was not.
        best: the best tier; 0 where there is no label.
    """

    labels: Numbers
    found: NDArray[np.uint8]
    tiers: NDArray[np.int64]
    sure: NDArray[np.float32]
    covered: NDArray[np.float32]
    denying: Choice
    best: int


def fit(index: Index, query: Query, labels: Numbers, *, inactive: bool) -> Fit:
    """Compare labels with a query, word by word.

    Args:
        inactive: names of inactive entities count as any other, see ``Index.ceilings``.
    """
    if not len(labels):
        nothing = np.zeros(0, dtype=np.float32)
        none = np.zeros((len(query.terms), 0), dtype=np.uint8)
        nowhere = np.zeros(0, dtype=np.bool_)
        return Fit(labels, none, np.zeros(0, dtype=np.int64), nothing, nothing, nowhere, 0)
    places, starts = index.words_of.places(labels)
    held = index.words_of.values.take(places)
    qualities = query.tables.take(held, axis=1)
    found = np.maximum.reduceat(qualities, starts, axis=1)
    best = np.maximum.reduce(qualities)
    typed = best > 0
    covered = np.add.reduceat(index.weights.take(held) * typed, starts)
    covered /= index.label_weights.take(labels)
    must = found if len(query.content) == len(found) else found.take(query.content, axis=0)
    tiers: NDArray[np.int64] = _TIER_OF_LEAST.take(np.asarray(np.minimum.reduce(must)))
    every = tiers == Tier.ALL_WORDS
    if count_nonzero(every):
        told = index.content.take(held) & (best >= COMPLETE)
        said = np.add.reduceat(told, starts, dtype=np.int32) >= index.content_sizes.take(labels)
        tiers[said & every] = Tier.SAME_WORDS
    denying = index.negated.take(labels)
    if count_nonzero(denying):  # unless the query denies something itself
        denied = index.denied.take(places) & typed & (not query.negated)
        denying = np.logical_or.reduceat(denied, starts)
    tiers = _judged(index, query, labels, tiers, denying, inactive=inactive)
    return Fit(
        labels, found, tiers, _sure(query, found), covered, denying, int(np.maximum.reduce(tiers))
    )


def by_sureness(fitting: Fit) -> Numbers:
    """The places of labels, the surest first; of two alike the one before, on any machine: the last
    digits of a product of matrices are not the same for the same columns.
    """
    return np.argsort(-fitting.sure.round(5), kind="stable")


def _sure(query: Query, found: NDArray[np.uint8]) -> NDArray[np.float32]:
    share: NDArray[np.float32] = query.weights @ found.astype(np.float32)
    return share


def _judged(
    index: Index,
    query: Query,
    labels: Numbers,
    tiers: NDArray[np.int64],
    denying: Choice,
    *,
    inactive: bool,
) -> NDArray[np.int64]:
    """Put whole labels before others, and hold those back that stand for less than they seem to."""
    first, whole, _ = query.starting
    if first < whole:
        tiers[(labels >= first) & (labels < whole)] = Tier.EXACT_PREFERRED
    # Names from elsewhere are long and many: as they sound they are no better than with a typo.
    heard = tiers == Tier.SOUNDS
    if count_nonzero(heard):
        tiers[heard & index.elsewhere.take(labels)] = Tier.FUZZY
    tiers = np.minimum(tiers, index.ceilings[inactive].take(labels))
    if count_nonzero(denying):
        tiers[denying] = np.minimum(tiers[denying], Tier.ACROSS_NAMES)
    return tiers


def across_names(
    index: Index, query: Query, fitting: Fit, *, inactive: bool, named: Choice | None
) -> Fit:
    """Let the names of a concept complete one another: one says ``CMT``, another ``1A``.

    Only the labels of the best concepts are looked at, and of those that have all words.

    Args:
        named: the labels that filters leave; None for all.
    """
    best = by_sureness(fitting)[:_COMPLETED]
    best = np.union1d(best, (fitting.tiers > Tier.ACROSS_NAMES).nonzero()[0])
    concepts = np.unique(index.meant(inactive=inactive)[fitting.labels[best]])
    if not len(concepts):
        return fitting
    labels, starts = index.names_of(inactive=inactive).gathered(concepts)
    bearers = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(labels)))
    if named is not None:
        labels, bearers = labels[named[labels]], bearers[named[labels]]
        starts = np.diff(bearers, prepend=-1).nonzero()[0]
    every = fit(index, query, labels, inactive=inactive)
    together = np.maximum.reduceat(every.found * ~every.denying, starts, axis=1)
    sure = _sure(query, together)
    complete = together.take(query.content, axis=0).min(axis=0) > 0
    sizes = np.diff(starts, append=len(labels))
    across = np.where(np.repeat(complete, sizes), Tier.ACROSS_NAMES, Tier.SOME_WORDS)
    across[every.sure == 0] = Tier.SOME_WORDS  # a label without any word has nothing to show
    # The label counts as much as its concept, where it does not have all words itself.
    blended = np.where(every.sure > 0, (every.sure + np.repeat(sure, sizes)) / 2, 0)
    alone = every.tiers > Tier.ACROSS_NAMES
    tiers = np.maximum(every.tiers, across)
    blended = np.where(alone, every.sure, blended)
    return every._replace(tiers=tiers, sure=blended, best=int(np.maximum.reduce(tiers)))


def keys(index: Index, query: Query, fitting: Fit, lang: str, *, inactive: bool) -> Keys:
    """Return the rank of each label as one number, the greater the better."""
    labels, tiers = fitting.labels, fitting.tiers
    some = tiers <= Tier.ACROSS_NAMES
    covered, sure, starts = _SHARES.take(some.view(np.uint8), axis=1)
    text = covered * fitting.covered + sure * fitting.sure
    first, _, end = query.starting
    if first < end:
        text += starts * ((labels >= first) & (labels < end))
    text += index.favours(lang, negated=query.negated).take(labels)
    np.minimum(np.maximum(text, 0, out=text), 1, out=text)
    text *= _TEXT
    ranks: Keys = text.astype(np.int64)
    ranks <<= SHIFT["text"]
    ranks += tiers << SHIFT["tier"]
    ranks += index.merits(lang, inactive=inactive).take(labels)
    return ranks
