"""Autocomplete: the concepts that a few letters mean, best first.

A code of any system is answered by what it means, names by the labels that hold the words
(``search.candidates`` finds them, ``search.rank`` says in which order). No data base, no lock, no
engine syntax: any text is only a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from ontologies.alignment import Relation
from ontologies.concept import Concept
from ontologies.related import Related
from search.candidates import Asked, answer
from search.codes import Meant, is_orpha, meant_by
from search.entities import Choice
from search.filters import Filters, Permitted, permitted
from search.genes import entities_of, gene_asked
from search.index import Index
from search.marking import initials, marks
from search.query import MAX_LETTERS, read
from search.rank import Tier, in_language, parts, score, tier
from search.text import Span

_NOTHING_RELATED = Related()
_STATISTICAL = ("icd-10", "icd-11")  # the digits of such a code are no words of names
_GENES_BEFORE_NAMES, _SHORT_SYMBOL = 2, 3
_LOOKED_AT = 32  # labels, for a name of the same concept in the language asked for


class Match(NamedTuple):
    """Why a concept is there: the text that matched and where in it.

    Attributes:
        kind: ``LabelKind``, or ``code`` for a code that was typed.
        source: the code system of a code or of a linked name, the release of a former name.
        relation: how a typed code of another system stands to the concept (``search.codes``).
        bearer: the inactive entity whose name it is, where that led to the concept.
    """

    text: str
    lang: str
    kind: str
    spans: tuple[Span, ...]
    source: str | None = None
    relation: str | None = None
    bearer: str | None = None


class Hit(NamedTuple):
    """A concept that was found.

    Attributes:
        rank: the greater the better; None for a code that was typed.
    """

    concept: Concept
    match: Match
    rank: int | None = None

    @property
    def score(self) -> float:
        """0 to 1, falling from the first name to the last; 1 for a code."""
        return 1.0 if self.rank is None else score(self.rank)

    @property
    def parts(self) -> Mapping[str, int]:
        """What the rank is made of, see ``search.rank``; empty for a code."""
        return {} if self.rank is None else parts(self.rank)


def suggest(
    index: Index,
    text: str,
    *,
    lang: str = "fr",
    limit: int = 10,
    filters: Filters = Filters(),
    related: Related = _NOTHING_RELATED,
) -> list[Hit]:
    """Return at most ``limit`` concepts for what was typed, best first, one hit per concept.

    Args:
        related: what is active beside the release, for codes of other systems.

    Raises:
        UnknownCode, UnknownClassification: a filter names what the release does not have.
    """
    if limit <= 0:
        return []
    text = text[:MAX_LETTERS]
    allowed = permitted(index, filters)
    asked_gene = gene_asked(index, related, text)
    if asked_gene and not asked_gene.beside:
        text = asked_gene.gene.symbol
    codes = [each for each in meant_by(index.snapshot, related, text) if allowed.by(each.system)]
    if is_orpha(text) or any(each.alone for each in codes):
        return _distinct(_code_hits(index, codes, allowed), limit)
    asked = Asked(index, lang, allowed.concepts, allowed.labels, filters.include_inactive)
    names = _by_words(asked, text, limit)
    if asked_gene and asked_gene.beside:
        tied = entities_of(index, related, asked_gene.gene)
        names = _beside_gene(asked, tied, asked_gene.beside, names, limit)
    elif not codes:
        return names
    return _distinct(_together(_code_hits(index, codes, allowed), names, text), limit)


def _beside_gene(asked: Asked, tied: Choice, text: str, names: list[Hit], limit: int) -> list[Hit]:
    """Put what a gene is tied to and what has the other words behind names typed whole."""
    chosen = tied if asked.chosen is None else tied & asked.chosen
    found = _by_words(replace(asked, chosen=chosen), text, limit)
    whole = _matching(names, Tier.EXACT_SYNONYM)
    sure = _matching(found, Tier.ACROSS_NAMES)
    return [*whole, *sure, *names]


def _together(codes: list[Hit], names: list[Hit], text: str) -> list[Hit]:
    """Put a code that means an entity first, then names that are typed whole, then other codes.

    The symbol of a gene may be the beginning of a name: in small letters, names with all words
    as typed come before all but two of its entities, and before all where it has three letters.
    Former symbols of genes come last.
    """
    if not codes:
        return names
    if any(hit.match.source in _STATISTICAL for hit in codes):
        names = _matching(names, Tier.ALL_WORDS)
    sure = [hit for hit in codes if hit.match.relation is None]
    whole = _matching(names, Tier.EXACT_ELSEWHERE)
    typed = _matching(names, Tier.BEGINNINGS)
    gene = any(hit.match.source == "hgnc" for hit in codes)
    if gene and codes[0].match.text != text.strip().upper():
        return [*sure, *names, *codes]
    if gene and not text.strip().isupper():
        few = codes[:_GENES_BEFORE_NAMES] if len(text.strip()) > _SHORT_SYMBOL else []
        return [*sure, *whole, *few, *typed, *codes, *names]
    return [*sure, *whole, *codes, *names]


def _matching(hits: list[Hit], least: int) -> list[Hit]:
    """The names that match so well or better."""
    return [hit for hit in hits if hit.rank and tier(hit.rank) >= least]


def _distinct(hits: list[Hit], limit: int) -> list[Hit]:
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.concept.code, hit)
    return list(found.values())[:limit]


def _code_hits(index: Index, codes: list[Meant], allowed: Permitted) -> list[Hit]:
    """Answer a code, an inactive one too: whoever types it must learn what replaces it.

    What other codes mean is active, unless nothing else is.
    """
    found = [
        Hit(concept, _why(each))
        for each in codes
        if (concept := index.snapshot.concepts.get(each.orpha)) and allowed.concept(concept.code)
    ]
    in_use = [hit for hit in found if hit.concept.status.is_active or not hit.match.relation]
    return sorted(in_use or found, key=lambda hit: hit.match.relation not in _EXACT)


_EXACT = (None, Relation.EXACT.key)


def _why(meant: Meant) -> Match:
    whole = (Span(0, len(meant.text)),)
    return Match(meant.text, "", "code", whole, meant.system, meant.relation)


def _by_words(asked: Asked, text: str, limit: int) -> list[Hit]:
    query = read(asked.index, text)
    if not query.terms:
        return []
    labels, query = answer(asked, query)
    found = _first_of_each(labels, limit)
    spans = marks(asked.index, query, [label for label, _ in found.values()])
    shown = zip(found.items(), spans, strict=True)
    return [_hit(asked.index, *label, concept, marked) for (concept, label), marked in shown]


def _first_of_each(
    labels: Iterable[tuple[int, int, int]], limit: int
) -> dict[int, tuple[int, int]]:
    """Return for each concept the label to show and its rank: of labels that have all words in the
    same way the first in the language asked for, if there is one.
    """
    found: dict[int, tuple[int, int]] = {}
    foreign: set[int] = set()
    for place, (label, concept, rank) in enumerate(labels):
        if len(found) == limit and place >= _LOOKED_AT:
            break
        if concept not in found:
            if len(found) < limit:
                found[concept] = label, rank
                if not in_language(rank) and tier(rank) > Tier.ACROSS_NAMES:
                    foreign.add(concept)
        elif concept in foreign and in_language(rank):
            foreign.remove(concept)
            if tier(rank) == tier(found[concept][1]):
                found[concept] = label, found[concept][1]
    return found


def _hit(index: Index, number: int, rank: int, meant: int, spans: tuple[Span, ...]) -> Hit:
    label, owner = index.labels[number], int(index.owners[number])
    bearer = index.concepts[owner].code if owner != meant else None
    if tier(rank) == Tier.INITIALS:
        spans = initials(label.text)
    match = Match(label.text, label.lang, str(label.kind), spans, label.source, None, bearer)
    return Hit(index.concepts[meant], match, rank)
