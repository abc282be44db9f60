"""What to say of a decision that looks like an error of typing; it is taken all the same.

Only the releases are looked at: no index is opened for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ontologies.codes import curie
from ontologies.concept import Level
from ontologies.errors import Message
from ontologies.transcoding import Decision
from search.stopwords import STOP_WORDS
from search.text import words
from thesaurus.store.transcoding import Wanted
from thesaurus.transcoding.legacy.ways import LegacyWay
from thesaurus.transcoding.ways import Way

_SHORTEST_WORD = 3


def doubts(way: Way, wanted: Wanted) -> Iterator[Message]:
    """Yield cautions on the targets of a decision that was ``checked``.

    A target is doubted that is a group while the source was none; and one that is neither what the
    releases lead to nor above or below it, and has no word of its names in common with the source.
    """
    if wanted.decision is not Decision.ACCEPTED:
        return
    source = _Source.of(way, wanted.code)
    for target in wanted.targets or ():
        concept = way.chain.last.concepts[target]
        named = f"{curie(target)} {concept.preferred('fr').text}"
        if concept.level is Level.GROUP and not source.is_group:
            yield Message(
                f"{named} est un groupe, trop large pour un patient",
                f"{named} is a group, too broad for a patient",
            )
        if not (source.leads_to(way, target) or source.is_named_as(_words(way, target))):
            yield Message(
                f"rien ne rapproche {named} de {way.named(wanted.code)} : ni ce que disent les "
                "versions, ni la hiérarchie, ni un mot de leurs noms ; vérifier le code",
                f"nothing brings {named} near to {way.named(wanted.code)}: neither what the "
                "releases say, nor the hierarchy, nor a word of their names; check the code",
            )


class _Source(NamedTuple):
    """What is known of a code before it is decided upon: where it leads, what it is called."""

    led: frozenset[str]
    words: frozenset[str]
    is_group: bool = False

    @classmethod
    def of(cls, way: Way, code: str) -> _Source:
        row = way.asked(code)
        led = frozenset(row.targets if row and not row.decided else ())
        if isinstance(way, LegacyWay):
            entry = way.entries.get(code)
            given = frozenset([entry.orpha] if entry and entry.orpha else ())
            return cls(led | given, _telling((entry and entry.label) or ""))
        concept = way.chain.first_word(code)
        pointed = way.chain.pointed_to(code)
        return cls(
            led | {code} | ({pointed} if pointed else frozenset()),
            _words(way, code),
            concept is not None and concept.level is Level.GROUP,
        )

    def leads_to(self, way: Way, target: str) -> bool:
        """Tell whether the releases lead to a target, or to what is above or below it."""
        merged = way.chain.last.merged
        return any(
            each == target or merged.subsumes(each, target) or merged.subsumes(target, each)
            for each in self.led
        )

    def is_named_as(self, words_of_target: frozenset[str]) -> bool:
        """Tell whether a word is common to both; true where there is no name to compare."""
        return not self.words or not self.words.isdisjoint(words_of_target)


def _words(way: Way, code: str) -> frozenset[str]:
    """The words that say something in the names that the releases on the way give a code."""
    chain = way.chain
    known = (
        *(chain.first_word(code), chain.last_with(code).concepts.get(code)),
        chain.last.concepts.get(code),
    )
    texts = (label.text for concept in known if concept for label in concept.labels)
    return frozenset().union(*map(_telling, texts))


def _telling(text: str) -> frozenset[str]:
    return frozenset(
        word
        for word in words(text)
        if len(word) >= _SHORTEST_WORD and not word.isdigit() and word not in STOP_WORDS
    )
