"""A gene typed beside other words: ``LMNA cardiomyopathie``, ``mutation FBN1``."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ontologies.concept import Level
from ontologies.genes import Gene
from ontologies.related import Related
from search.index import Choice, Index
from search.stopwords import STOP_WORDS
from search.text import words

_SAID_OF_GENES = frozenset(
    ["gene", "genes", "mutation", "mutations", "mute", "mutes", "variant", "variants"]
)
_FEW_WORDS = 8  # among which a symbol is looked for


class GeneAsked(NamedTuple):
    """A gene, and what was typed beside it that says something; empty where nothing does."""

    gene: Gene
    beside: str


def gene_asked(index: Index, related: Related, text: str) -> GeneAsked | None:
    """Return the gene whose current symbol is one word of several; None where there is none.

    In small letters and without a digit it must not begin a word of our names: ``ret``, ``chat``.
    """
    typed = text.split()
    if not related.genes or not 1 < len(typed) <= _FEW_WORDS:
        return None
    for place, word in enumerate(typed):
        if not (word.isupper() or any(map(str.isdigit, word)) or not _begins_ours(index, word)):
            continue
        found = related.genes.named(word)
        if len(found) == 1 and found[0].symbol == word.upper():
            others = typed[:place] + typed[place + 1 :]
            return GeneAsked(found[0], " ".join(others) if any(map(_says_more, others)) else "")
    return None


def entities_of(index: Index, related: Related, gene: Gene) -> Choice:
    """The entities that a gene is tied to, and the disorders above them: NF1 is tied to the types
    of neurofibromatose.
    """
    chosen: Choice = np.zeros(len(index.concepts), dtype=np.bool_)
    for link in related.genes.links_with(gene):
        for code in (link.orpha, *index.snapshot.merged.ancestors(link.orpha)):
            number = index.number_of.get(code)
            if number is not None and (
                code == link.orpha or index.concepts[number].level is Level.DISORDER
            ):
                chosen[number] = True
    return chosen


def _begins_ours(index: Index, word: str) -> bool:
    first, end = index.vocabulary.starting(word.lower())
    return bool(index.ours[first:end].any())


def _says_more(word: str) -> bool:
    return any(each not in STOP_WORDS | _SAID_OF_GENES for each in words(word))
