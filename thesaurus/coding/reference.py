"""What the check asks of a release again and again, worked out once for each code.

Everything here follows from one open release and never changes with it, so it is shared by all
calls. Nothing of what is sent is kept.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from rapidfuzz.distance.Levenshtein import distance
from rapidfuzz.process import extract

from ontologies.aggregation import aggregate
from ontologies.concept import Concept, Level
from ontologies.genes import Gene, Specification, specify
from ontologies.systems import Coding
from ontologies.translation import Translation, translate
from search.index import Index
from search.stopwords import STOP_WORDS
from search.text import words
from thesaurus.opening import Former, Open

_WHO_CODE = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9])?")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|ORPHA\s*[:_]?\s*[0-9]{1,6}", re.IGNORECASE)
_SMALL = frozenset(["a", "d", "l", "s", "suspicion", "suspecte", "probable"])
NEAREST = 5
_SPECIFICATIONS = 5000  # kept; a code with a gene comes again with the next patient


class Need(StrEnum):
    """What must be loaded beside the nomenclature for a rule to judge."""

    GENES = "orphanet-genes"
    SIGNS = "hpo"
    ICD10 = "orphanet-icd10"
    NATURAL_HISTORY = "orphanet-natural-history"


class Reference:
    """A release as the check reads it."""

    def __init__(self, release: Open) -> None:
        self._snapshot = release.snapshot
        self._related = release.related
        self._former = release.former
        self._later = release.later
        self._names: dict[str, frozenset[str]] = {}
        self._former_names: dict[str, frozenset[str]] = {}
        self._later_names: dict[str, frozenset[str]] = {}
        self._substances: dict[str, frozenset[frozenset[str]]] = {}
        self._aggregations: dict[str, str | None] = {}
        self._subtypes: dict[str, tuple[str, ...]] = {}
        self._nearest: dict[tuple[str, frozenset[str]], tuple[str, ...]] = {}
        self._icd10: dict[str, tuple[Translation, ...]] = {}
        self._icd10_below: dict[str, frozenset[str]] = {}
        self._specifications: dict[tuple[str, tuple[str, ...]], Specification] = {}

    @cached_property
    def has(self) -> frozenset[Need]:
        """The datasets that are loaded beside the nomenclature."""
        related = self._related
        loaded: Mapping[Need, object] = {
            Need.GENES: related.genes,
            Need.SIGNS: related.terms("hpo"),
            Need.ICD10: related.codes_aligned("icd-10"),
            Need.NATURAL_HISTORY: "I" in related.aspects,
        }
        return frozenset(need for need, what in loaded.items() if what)

    # -- names ---------------------------------------------------------------------------

    def is_name(self, concept: Concept, label: str) -> bool:
        """Tell whether a label is a name of an entity in any language.

        Case, accents and punctuation say nothing: « aigüe » is « aiguë ».
        """
        for each in concept.labels:
            if each.text == label:
                return True
        names = self._names.get(concept.code)
        if names is None:
            texts = {text for each in concept.labels for text in (each.text, each.in_file)}
            names = self._names[concept.code] = frozenset(_said(each) for each in texts)
        return _said(label) in names

    def names(self, concept: Concept, label: str) -> bool:
        """Tell whether a label is a name of an entity but for words that say little.

        « Marfan », « sd de Marfan » and « Marfan (FBN1) » are the syndrome of Marfan.
        """
        return substance(label) in self._substances_of(concept)

    def shares_a_name(self, concept: Concept, label: str) -> bool:
        """Tell whether a label is a part of a name of an entity, or a name with more words."""
        said = substance(label)
        known = self._substances_of(concept)
        return bool(said) and any(each <= said or said <= each for each in known)

    def _substances_of(self, concept: Concept) -> frozenset[frozenset[str]]:
        known = self._substances.get(concept.code)
        if known is None:
            labels = (*concept.labels, *self._former.get(concept.code, ()))
            said = frozenset(substance(each.text) for each in labels)
            known = self._substances[concept.code] = said - {frozenset()}
        return known

    def is_former_name(self, code: str, label: str) -> bool:
        """Tell whether a label is a name that an older release gave a code."""
        return _said(label) in _kept(self._former_names, self._former, code)

    def is_later_name(self, code: str, label: str) -> bool:
        """Tell whether a label is a name that a younger release gives a code."""
        return _said(label) in _kept(self._later_names, self._later, code)

    def last_name(self, code: str) -> str | None:
        """The name of a code that is gone, in the last release that had it."""
        former = self._former.get(code, ())
        french = (each.text for each in former if each.lang == "fr")
        return next(french, former[0].text if former else None)

    # -- hierarchy -----------------------------------------------------------------------

    def aggregation(self, code: str) -> str | None:
        """The disorder under which a code is counted."""
        if code not in self._aggregations:
            self._aggregations[code] = aggregate(self._snapshot, code)
        return self._aggregations[code]

    def subtypes(self, code: str) -> tuple[str, ...]:
        """The subtypes below a code, the nearest first."""
        if code not in self._subtypes:
            below = self._snapshot.merged.descendants(code)
            concepts = self._snapshot.concepts
            self._subtypes[code] = tuple(
                each for each in below if concepts[each].level is Level.SUBTYPE
            )
        return self._subtypes[code]

    def nearest_below(self, group: str, levels: frozenset[str]) -> tuple[str, ...]:
        """The nearest few of some levels below a group."""
        key = (group, levels)
        if key not in self._nearest:
            self._nearest[key] = tuple(self._walk_down(group, levels))
        return self._nearest[key]

    def _walk_down(self, group: str, levels: frozenset[str]) -> Iterator[str]:
        """Yield the nearest few below a group, level by level, without walking to the end."""
        hierarchy = self._snapshot.merged
        seen: dict[str, None] = dict.fromkeys(hierarchy.children(group))
        found = 0
        waiting = deque(seen)
        while waiting and found < NEAREST:
            code = waiting.popleft()
            level = self._snapshot.concepts[code].level
            if level and level.key in levels:
                found += 1
                yield code
            fresh = [child for child in hierarchy.children(code) if child not in seen]
            seen.update(dict.fromkeys(fresh))
            waiting.extend(fresh)

    # -- genes ---------------------------------------------------------------------------

    def genes_named(self, written: str) -> tuple[Gene, ...]:
        return self._related.genes.named(written)

    def genes_like(self, written: str) -> list[Gene]:
        """The genes whose symbol is the nearest to a text that is none: GBA1 for GBA."""
        table = self._related.genes
        found = extract(written.upper(), self._symbols, scorer=distance, score_cutoff=1, limit=3)
        return [gene for symbol, _, _ in found for gene in table.named(symbol)]

    @cached_property
    def _symbols(self) -> list[str]:
        return [gene.symbol.upper() for gene in self._related.genes.genes.values()]

    def specification(self, code: str, genes: tuple[str, ...]) -> Specification:
        """Which entities, the code or below it, the genes leave possible (``specify``)."""
        key = (code, genes)
        found = self._specifications.get(key)
        if found is None:
            found = specify(self._snapshot, self._related.genes, code, genes)
            known = all(meant for _, meant in found.genes)
            if known and len(self._specifications) < _SPECIFICATIONS:
                self._specifications[key] = found
        return found

    def diseases_of(self, gene: Gene) -> tuple[str, ...]:
        """The active entities that a gene is known to cause."""
        links = self._related.genes.links_with(gene)
        codes = dict.fromkeys(link.orpha for link in links if link.is_causal)
        concepts = self._snapshot.concepts
        return tuple(each for each in codes if each in concepts and concepts[each].status.is_active)

    # -- ICD-10 --------------------------------------------------------------------------

    def icd10(self, code: str) -> tuple[Translation, ...]:
        """The ICD-10 codes that an entity is aligned with, the best first."""
        if code not in self._icd10:
            self._icd10[code] = tuple(translate(self._related, Coding("orpha", code), "icd-10"))
        return self._icd10[code]

    def icd10_below(self, code: str) -> frozenset[str]:
        """The ICD-10 codes that what stands below an entity is directly aligned with."""
        if code not in self._icd10_below:
            self._icd10_below[code] = frozenset(self._aligned_below(code))
        return self._icd10_below[code]

    def _aligned_below(self, code: str) -> Iterator[str]:
        for each in self._snapshot.merged.descendants(code):
            end = Coding("orpha", each)
            for alignment in self._related.alignments(end):
                other = alignment.other(end)
                if other.system == "icd-10":
                    yield other.code


def who_code(icd10: str) -> str:
    """Return the code of the WHO that a CIM-10 code starts with.

    >>> who_code("Q87.40"), who_code("C16.9+0"), who_code("Q87")
    ('Q87.4', 'C16.9', 'Q87')
    """
    found = _WHO_CODE.match(icd10)
    return found[0] if found else icd10


def _kept(known: dict[str, frozenset[str]], labels: Former, code: str) -> frozenset[str]:
    """Return what the names of a code say, worked out once."""
    if code not in known:
        known[code] = frozenset(_said(each.text) for each in labels.get(code, ()))
    return known[code]


def _said(label: str) -> str:
    return " ".join(words(label))


def substance(label: str) -> frozenset[str]:
    """Return the words of a label that say something, without what stands in brackets."""
    told = words(BRACKETS.sub(" ", label))
    return frozenset(each for each in told if each not in STOP_WORDS and each not in _SMALL)


_OPEN: WeakKeyDictionary[Index, Reference] = WeakKeyDictionary()
_MAKING = Lock()


def reference(release: Open) -> Reference:
    """Return what the check knows of an open release; forgotten when that is closed."""
    with _MAKING:
        found = _OPEN.get(release.index)
        if found is None:
            found = _OPEN[release.index] = Reference(release)
        return found
