"""A gene typed beside other words: ``LMNA cardiomyopathie``, ``mutation FBN1``."""

from __future__ import annotations

from typing import NamedTuple

from ontologies.concept import Level
from ontologies.genes import Gene
from ontologies.related import Related
from search.entities import Choice
from search.filters import numbered
from search.index import Index
from search.stopwords import STOP_WORDS
from search.text import words

_SAYS_LITTLE = STOP_WORDS.union(
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
    snapshot = index.snapshot
    tied = dict.fromkeys(link.orpha for link in related.genes.links_with(gene))
    above = (code for each in tied for code in snapshot.merged.ancestors(each))
    disorders = [code for code in above if snapshot.concepts[code].level is Level.DISORDER]
    return numbered(index, [*tied, *disorders])


def _begins_ours(index: Index, word: str) -> bool:
    first, end = index.vocabulary.starting(word.lower())
    return bool(index.ours[first:end].any())


def _says_more(word: str) -> bool:
    return any(each not in _SAYS_LITTLE for each in words(word))
