"""What to code instead: found by name, below a group, by genes, by alignments.

Searches by name are bounded for one call of the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain, islice

from ontologies.codes import codes_inside, other_system
from ontologies.concept import Concept, Level
from ontologies.errors import InvalidCode
from ontologies.translation import translate
from search import Filters, Hit, suggest
from search.text import words
from thesaurus.coding.answer import Suggestion
from thesaurus.coding.reference import BRACKETS, NEAREST, Reference
from thesaurus.runtime import Open

MAX_SEARCHES = 200
MAX_SEARCHES_OF_A_FILE = 2000
"""Of a stream and a file, which nobody waits for at a keyboard."""

_MOST = NEAREST
_LETTERS = 200  # no name is longer

_Search = tuple[str, str | None, frozenset[str], bool]

DISORDERS = frozenset({Level.DISORDER.key})
BELOW_A_CATEGORY = frozenset({Level.GROUP.key, Level.DISORDER.key})
SUBTYPES = frozenset({Level.SUBTYPE.key})
_NO_GROUP = frozenset({Level.DISORDER.key, Level.SUBTYPE.key})

_DIGIT = re.compile(r"[0-9]")  # every code has one
_WORD = re.compile(r"[^\W\d_]{2}")
_LONG_WORD = re.compile(r"[^\W\d_]{4}")
_ACRONYM = re.compile(r"[A-Z0-9]{2,6}")
_NUMBER_AND_WORDS = re.compile(r"\s*([1-9][0-9]{0,5})\s+(\D{1,200})")
_IDENTIFIER = re.compile(r"[^\W\d_][:_#.\-]?\d|://|[\\@<>{}=]")
# What people write where they have no diagnosis to name.
_PLACEHOLDERS = frozenset(
    [
        *("absent", "aucun", "aucune", "autre", "inconnu", "inconnue", "missing", "neant", "néant"),
        *("none", "null", "other", "test", "unknown", "vide"),
    ]
)


def is_name(text: str | None) -> bool:
    """Tell whether a label is words, not a number, an empty value or a code of another system."""
    return bool(
        text
        and _WORD.search(text)
        and text.strip().casefold() not in _PLACEHOLDERS
        and (not _DIGIT.search(text) or other_system(text) is None)
    )


def is_name_in_place_of_code(text: str) -> bool:
    """Tell whether what stands where a code should is a name: ``syndrome de marfan``."""
    return bool(_LONG_WORD.search(text)) and not _IDENTIFIER.search(text) and is_name(text)


def distinct(*proposed: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """Return suggestions each once, as it was first proposed."""
    found: dict[str, Suggestion] = {}
    for each in chain(*proposed):
        found.setdefault(each.shown, each)
    return tuple(found.values())


def _explains(hit: Hit, text: str) -> bool:
    """Tell whether every word of a text matched: ``voir dossier`` is not ``voie ...``."""
    return len(hit.match.spans) >= len(set(words(text)))


class Suggestions:
    """Suggestions out of one release, each worked out once.

    Args:
        release: whose codes and names.
        known: what was worked out of that release already.
        searches: most different searches by name; those beyond it find nothing.

    Attributes:
        left_out: how many times a search by name was not made because of that bound.
    """

    def __init__(self, release: Open, known: Reference, searches: int = MAX_SEARCHES) -> None:
        self._release = release
        self._known = known
        self._searches = searches
        self._found: dict[_Search, tuple[str, ...]] = {}
        self._made: dict[tuple[str, str, bool], Suggestion] = {}
        self.left_out = 0

    def of(self, code: str, reason: str, *, automatic: bool = False) -> Suggestion:
        key = (code, reason, automatic)
        if key not in self._made:
            label = self._release.snapshot.concepts[code].preferred("fr").text
            self._made[key] = Suggestion(code=code, label=label, reason=reason, automatic=automatic)
        return self._made[key]

    def inside(self, text: str) -> tuple[Suggestion, ...]:
        """Propose the codes of the release that stand in a longer text."""
        known = [code for code in codes_inside(text) if code in self._release.snapshot]
        if not known and (named := _NUMBER_AND_WORDS.match(text)):
            concept = self._release.snapshot.concepts.get(named[1])
            if concept and self._known.names(concept, named[2]):  # not "12 mois"
                known = [concept.code]
        return self._all(known, "code lu dans le texte")

    def by_name(self, label: str | None, reason: str = "libellé") -> tuple[Suggestion, ...]:
        """Propose the active codes that a name finds."""
        return self._all(self._search(label), reason)

    def named(self, label: str, concept: Concept) -> tuple[Suggestion, ...]:
        """Propose the entities that a label names in the place of another one: those that bear
        each of its words, and no group in the place of a disorder.
        """
        levels = frozenset() if concept.level is Level.GROUP else _NO_GROUP
        plain = BRACKETS.sub(" ", label)
        found = self._search(plain, None, levels, every_word=True)
        if _ACRONYM.fullmatch(plain.strip()):  # letters alone resemble too many others
            concepts = self._release.snapshot.concepts
            found = tuple(
                each
                for each in found
                if each == concept.code or self._known.is_name(concepts[each], plain)
            )
        return self._all(found, "libellé")

    def nearest(self, name: str, reason: str) -> tuple[Suggestion, ...]:
        """Propose the active codes that a name finds or, where it finds none, its beginning does.

        Names go from the general to the particular: « Cardiomyopathie hypertrophique due à ... ».
        """
        said = name.split()
        for count in range(len(said), 0, -1):
            if found := self._search(" ".join(said[:count])):
                return self._all(found, reason)
        return ()

    def in_place_of_code(self, text: str) -> tuple[Suggestion, ...]:
        """Propose what a name finds that stands where a code should, each word of it."""
        if not is_name_in_place_of_code(text):
            return ()
        return self._all(self._search(text, every_word=True), "libellé")

    def below(
        self, group: Concept, levels: frozenset[str], label: str | None
    ) -> tuple[Suggestion, ...]:
        """Propose what stands below a group: what the label finds there, else the nearest.

        A name of the group itself chooses nothing below it.
        """
        own = label is not None and self._known.is_name(group, label)
        if not own and (named := self._search(label, group.code, levels)):
            return self._all(named, "libellé, sous ce groupe")
        return self._all(self._known.nearest_below(group.code, levels), "sous ce groupe")

    def of_type(
        self, disorder: Concept, kind: str, levels: frozenset[str]
    ) -> tuple[Suggestion, ...]:
        """Propose what stands below a disorder and bears a type in words, each word of it."""
        found = self._search(kind, disorder.code, levels, every_word=True, any_text=True)
        return self._all(found, "type")

    def by_gene(self, code: str, genes: tuple[str, ...]) -> tuple[Suggestion, ...]:
        """Propose what stands below a code and is caused by one of the genes."""
        if not genes:
            return ()
        candidates = self._known.specification(code, genes).candidates
        return self._all([each for each in candidates if each != code][:_MOST], "gène")

    def aligned_with(self, written: str, system: str | None = None) -> tuple[Suggestion, ...]:
        """Propose the active entities that a code of another system is aligned with."""
        related, concepts = self._release.related, self._release.snapshot.concepts
        try:
            coding = related.systems.read(written.lstrip("#"), system)
        except InvalidCode:
            return ()
        found = (each.coding.code for each in translate(related, coding, "orpha"))
        active = (code for code in found if code in concepts and concepts[code].status.is_active)
        return self._all(islice(active, _MOST), f"aligné avec {related.systems.curie(coding)}")

    def icd10_of(self, code: str) -> tuple[Suggestion, ...]:
        """Propose the ICD-10 codes that an entity is aligned with, with the relation in words."""
        related = self._release.related
        found = []
        surest = sorted(self._known.icd10(code), key=lambda each: each.relation.rank)
        for each in surest[:_MOST]:
            term = related.term(each.coding)
            label = term.preferred("fr") if term else None
            text = label.text if label else each.coding.code
            reason = f"CIM-10 alignée ({each.relation.fr})"
            code = each.coding.code
            found.append(Suggestion(code=code, label=text, reason=reason, system="icd-10"))
        return tuple(found)

    def _all(self, codes: Iterable[str], reason: str) -> tuple[Suggestion, ...]:
        return tuple([self.of(code, reason) for code in codes])

    def _search(
        self,
        label: str | None,
        group: str | None = None,
        levels: frozenset[str] = frozenset(),
        *,
        every_word: bool = False,
        any_text: bool = False,
    ) -> tuple[str, ...]:
        """Return the codes that a name finds, all of them or below a group."""
        text = " ".join((label or "")[:_LETTERS].split())
        key = (text, group, levels, every_word)
        if key not in self._found:
            if len(self._found) >= self._searches:
                self.left_out += is_name(text)
                return ()
            if not (is_name(text) or (any_text and text)):
                return ()
            filters = Filters(levels=levels, within=group)
            hits = suggest(self._release.index, text, limit=_MOST, filters=filters)
            self._found[key] = tuple(
                hit.concept.code
                for hit in hits
                if hit.concept.status.is_active and (not every_word or _explains(hit, text))
            )
        return self._found[key]
