"""The active entities whose names are the nearest to some names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from ontologies.concept import Label, LabelKind
from search import Filters, Hit, suggest
from search.rank import Tier, tier
from thesaurus.opening import Open
from thesaurus.transcoding.proposing.likeness import likeness

_HITS = 8
_NAMES = 8
_LETTERS = 200  # no name is longer
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z0-9]{1,4}")
_TRUST_IN_LINKED, _TRUST_IN_ACRONYMS = 0.85, 0.55
_GUESSED = {Tier.INITIALS: 0.9, Tier.ACROSS_NAMES: 0.8}


class Near(NamedTuple):
    """An active entity and how alike its name is.

    Attributes:
        likeness: 0 to 1.
        name: the name that is the most alike.
        bearer: the inactive entity whose name it is, where that points to ``code``.
        guessed: whether initials or words of several names were taken together.
    """

    code: str
    likeness: float
    name: Label
    bearer: str | None = None
    guessed: bool = False

    @property
    def is_acronym(self) -> bool:
        """Whether that name is a few letters, which may stand for many things."""
        return _ACRONYM.fullmatch(self.name.text) is not None

    @property
    def trust(self) -> float:
        """How far the name may be trusted to name the entity, beside how alike it is."""
        lent = _TRUST_IN_LINKED if self.name.kind is LabelKind.LINKED else 1.0
        return lent * (_TRUST_IN_ACRONYMS if self.is_acronym or self.guessed else 1.0)


def nearest(
    release: Open,
    texts: Iterable[str],
    *,
    within: str | None = None,
    langs: Iterable[str] = (),
    limit: int = _HITS,
) -> list[Near]:
    """Return what a search finds by any of some names, the most alike first.

    Args:
        texts: names of one entity; the first eight distinct ones are looked for.
        within: only what stands below this code.
        langs: only names in these languages are compared, where there are any.
        limit: of each search.
    """
    distinct = dict.fromkeys(" ".join(text[:_LETTERS].split()) for text in texts)
    asked = tuple(islice(filter(None, distinct), _NAMES))
    found: dict[str, Near] = {}
    for text in asked:
        for hit in suggest(release.index, text, limit=limit, filters=Filters(within=within)):
            if hit.concept.status.is_active and hit.match.kind != "code":
                for each in _every(release, asked, hit, langs):
                    if each.code not in found or found[each.code].likeness < each.likeness:
                        found[each.code] = each
    return sorted(found.values(), key=lambda each: (-each.likeness, int(each.code)))


def near(release: Open, texts: Iterable[str], code: str, langs: Iterable[str] = ()) -> Near | None:
    """Return how alike the names of an active entity are to some names; None for not at all."""
    alike, label = likeness(release.index).best_of(texts, code, langs)
    return Near(code, alike, label) if label else None


def _every(release: Open, texts: Sequence[str], hit: Hit, langs: Iterable[str]) -> Iterator[Near]:
    """What was found: by its own names, by that of an inactive entity that points to it, by the
    initials of a name or by words of several.
    """
    if own := near(release, texts, hit.concept.code, langs):
        yield own
    match = hit.match
    name = Label(match.text, match.lang, LabelKind(match.kind), source=match.source)
    if match.bearer:
        names = likeness(release.index)
        alike = max(names.between(text, name.text) for text in texts)
        yield Near(hit.concept.code, alike, name, match.bearer)
    elif hit.rank and tier(hit.rank) in _GUESSED:
        yield Near(hit.concept.code, _GUESSED[tier(hit.rank)], name, guessed=True)
