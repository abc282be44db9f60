"""The index of one release: its labels and their words, numbered and laid down in arrays.

Built aside from a snapshot and never changed, except that counts of use may be laid over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ontologies.concept import LabelKind
from ontologies.release import Snapshot
from search.entities import Choice, Entities, choices
from search.layout import Layout
from search.lists import Lists, Numbers
from search.names import LinkedNames, names, no_names
from search.numerals import same_number
from search.rank import MOST_USED, SHIFT, Tier
from search.stopwords import NEGATIONS, STOP_WORDS, denied, told_apart
from search.text import hyphenated, words
from search.vocabulary import Vocabulary

Keys = NDArray[np.int64]
_LAST = "\U0010ffff"

_KINDS = {kind: number for number, kind in enumerate(LabelKind)}
_OWN = [_KINDS[LabelKind.PREFERRED], _KINDS[LabelKind.SYNONYM]]
_CEILING_OF_OWN = {LabelKind.PREFERRED: Tier.EXACT_PREFERRED, LabelKind.SYNONYM: Tier.EXACT_SYNONYM}
_CEILINGS = np.array([_CEILING_OF_OWN.get(kind, Tier.EXACT_ELSEWHERE) for kind in LabelKind])

# A stop word tells little of what is meant, but more than nothing.
_OF_STOP_WORDS = 0.15
ACRONYM = 4  # letters at most
_CAPITALS = re.compile(rf"\b[A-Z]{{2,{ACRONYM}}}\b")
_INITIALS = range(3, 7)
# How much the language asked for is worth beside how well a label fits, and names from elsewhere
# are not: tried out with ``thesaurus evaluate`` (docs/ranking.md).
_ASKED, _ELSEWHERE, _NEGATED = 0.08, 0.15, 0.15
_HOLD_A_NUMBER = 200  # labels, as if


class Index:
    """Words to labels, labels to concepts.

    Labels are numbered in the order of their folded text, so those that start with a text have
    consecutive numbers. Arrays are aligned with labels, concepts or words, by number:

    - labels: ``owners``, ``leads``, ``ceilings`` (two: of a label that leads, of one that does
      not), ``lengths``, ``kinds``, ``elsewhere``, ``negated``, ``not_for_coding``,
      ``languages``, ``sources``;
    - concepts: those of ``entities``;
    - words of ``vocabulary``: ``weights``, ``content``, ``ours``, ``acronyms``.

    Args:
        snapshot: the release.
        linked: further names of a concept, of kind ``linked`` or ``former``.

    Attributes:
        owners: the concept that bears a label.
        leads: the concept to code for it: the target that an inactive entity points to, if that
            is active, else the owner.
        places: what filters by place choose, by (classification, within), as far as asked.
        words_of, labels_of: the words of each label, the labels of each word.
        denied: aligned with ``words_of.values``, whether the label denies the word.
        weights: how much each word tells, the more the fewer labels hold it.
        compounds: the two words of each hyphen, by what they make without it.
        content: which words are no stop words.
        ours: which words stand in names of Orphanet itself.
        acronyms: which words are whole names in capitals.
        layout: where each word of a label stands in its text.
    """

    def __init__(self, snapshot: Snapshot, linked: LinkedNames = no_names) -> None:
        self.snapshot = snapshot
        self.entities = Entities(snapshot)
        self.concepts, self.number_of = self.entities.concepts, self.entities.number_of
        named = [
            (" ".join(folded), folded, label, number)
            for number, concept in enumerate(self.concepts)
            for label in names(concept, linked)
            if (folded := words(label.text))
        ]
        named.sort(key=lambda each: each[0])
        self.folded = [text for text, *_ in named]
        self.labels = [label for *_, label, _ in named]
        self.owners: Numbers = np.array([number for *_, number in named], dtype=np.int64)
        self._store([dict.fromkeys(told_apart(folded)) for _, folded, *_ in named])
        self._describe()
        self.layout = Layout(self.labels, self.vocabulary.number_of)

    def _store(self, of_labels: list[dict[str, None]]) -> None:
        """Lay down the words of each label and the labels of each word."""
        self.vocabulary = Vocabulary(set().union(*of_labels))
        number_of = self.vocabulary.number_of
        joined = self._join(of_labels)
        self.words_of = Lists.of([[number_of[word] for word in each] for each in of_labels])
        self.labels_of = self.words_of.turned(len(self.vocabulary))
        self.content: Choice = np.ones(len(self.vocabulary), dtype=np.bool_)
        self.content[[number_of[word] for word in STOP_WORDS if word in number_of]] = False
        self.acronyms: Choice = np.zeros(len(self.vocabulary), dtype=np.bool_)
        self.acronyms[[number_of[text] for text in self._acronyms()]] = True
        telling = np.log1p(len(self.labels) / np.maximum(self.labels_of.sizes, 1))
        telling[self._numbers()] = np.log1p(len(self.labels) / _HOLD_A_NUMBER)
        self.weights = np.where(self.content, telling, telling * _OF_STOP_WORDS).astype(np.float32)
        held, starts = self.weights[self.words_of.values], self.words_of.starts[:-1]
        self.most_telling = float(np.log1p(len(self.labels)))
        self.label_weights = _sums(held, starts)
        self.content_sizes = _sums(self.content[self.words_of.values].astype(np.int32), starts)
        for label, word in joined:  # it says what its two halves say already
            self.label_weights[label] -= self.weights[number_of[word]]
            self.content_sizes[label] -= 1

    def _join(self, of_labels: list[dict[str, None]]) -> list[tuple[int, str]]:
        """Let labels with a hyphen have what its two words make together, where other labels write
        that in one word: labio-palatine is labiopalatine. Return what was added to which labels.
        """
        known, added = self.vocabulary.number_of, []
        self.compounds: dict[str, tuple[str, str]] = {}
        for number, label in enumerate(self.labels):
            for pair in hyphenated(label.text):
                word = "".join(pair)
                self.compounds[word] = pair
                if word in known and word not in of_labels[number]:
                    of_labels[number][word] = None
                    added.append((number, word))
        return added

    def _numbers(self) -> list[int]:
        """The words that number a type: all say as much, so that type 1 comes before type 2."""
        number_of = self.vocabulary.number_of
        return [number for word, number in number_of.items() if same_number(word)]

    def _acronyms(self) -> Iterator[str]:
        for text, label in zip(self.folded, self.labels, strict=True):
            if len(text) <= ACRONYM and label.text.isupper() and text.isalnum():
                yield text

    def _describe(self) -> None:
        """Lay down what ranking and filters ask of each label and concept."""
        self.lengths: Numbers = np.array([len(text) for text in self.folded], dtype=np.int64)
        self.kinds = np.array([_KINDS[label.kind] for label in self.labels], dtype=np.int8)
        self.elsewhere: Choice = ~np.isin(self.kinds, _OWN)
        self.denied = self._denied()
        self.negated: Choice = _sums(self.denied, self.words_of.starts[:-1]) > 0
        self.ours: Choice = np.zeros(len(self.vocabulary), dtype=np.bool_)
        self.ours[self.words_of.values[np.repeat(~self.elsewhere, self.words_of.sizes)]] = True
        self.leads = self.entities.targets[self.owners]
        self.ceilings = self._ceilings()
        self._borne, self._led_to = (
            _by_owner(each, len(self.concepts)) for each in (self.owners, self.leads)
        )
        self.sources = choices(label.source or "" for label in self.labels)
        self.languages = choices(label.lang for label in self.labels)
        unsaid = -_ELSEWHERE * self.elsewhere
        self._favours = (self._favour(unsaid - _NEGATED * self.negated), self._favour(unsaid))
        self.places: dict[tuple[str | None, str | None], Choice] = {}
        self.not_for_coding = ~self.entities.active[self.leads]
        self.used({})

    def _denied(self) -> Choice:
        """The words of labels that their labels deny, in the order of ``words_of``."""
        found = np.zeros(len(self.words_of.values), dtype=np.bool_)
        number_of = self.vocabulary.number_of
        negations = [number_of[word] for word in NEGATIONS if word in number_of]
        labels, _ = self.labels_of.gathered(np.array(negations, dtype=np.int64))
        for label in set(labels.tolist()):
            words_of = {number_of.get(word) for word in denied(self.folded[label].split())}
            start, end = self.words_of.starts[label : label + 2]
            found[start:end] = [word in words_of for word in self.words_of.values[start:end]]
        return found

    def _ceilings(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How well at best each label may match (``Tier``), by its kind; where it is found for what
        to code instead of its bearer, it never beats a name of that, and one that is only referred
        to is a suggestion.
        """
        by_kind = _CEILINGS.take(self.kinds)
        owned, led = self.owners, self.leads
        found = by_kind.copy()
        found[owned != led] = Tier.EXACT_ELSEWHERE
        found[(owned != led) & self.entities.referred[owned]] = Tier.BEGINNINGS
        return found, by_kind

    @cached_property
    def initials(self) -> Mapping[str, Sequence[int]]:
        """Our own names by the first letters of their words, as hospitals shorten them: ``PTI`` for
        Purpura thrombopénique immun, ``T21`` for Trisomie 21.
        """
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number in np.flatnonzero(~self.elsewhere).tolist():
            each = told_apart(self.folded[number].split())
            telling = [word for word in each if word not in STOP_WORDS]
            numbered = telling and telling[-1].isdigit()
            letters = "".join(word[0] for word in (telling[:-1] if numbered else telling))
            if letters.isalpha() and (numbered or len(letters) in _INITIALS):
                found[letters + (telling[-1] if numbered else "")].append(number)
        return found

    @cached_property
    def capitals(self) -> Choice:
        """The words that our own names write in a few capitals and that number no type: acronyms
        that other names may spell out.
        """
        found: Choice = np.zeros(len(self.vocabulary), dtype=np.bool_)
        number_of = self.vocabulary.number_of
        for label in map(self.labels.__getitem__, np.flatnonzero(~self.elsewhere).tolist()):
            for word in map(str.lower, _CAPITALS.findall(label.text)):
                if word in number_of and not same_number(word):
                    found[number_of[word]] = True
        return found

    def warm(self) -> None:
        """Work out what texts would have to wait for."""
        self.vocabulary.sounds, self.initials, self.capitals  # noqa: B018
        self.layout.work_out()

    def meant(self, *, inactive: bool) -> Numbers:
        """The concept that each label finds: its own, or the one to code for it (``leads``)."""
        return self.owners if inactive else self.leads

    def names_of(self, *, inactive: bool) -> Lists:
        """The labels that find each concept, see ``meant``."""
        return self._borne if inactive else self._led_to

    def merits(self, lang: str, *, inactive: bool) -> Keys:
        """The parts of each label's rank that do not depend on the query (``search.rank``)."""
        merits = self._merits[inactive]
        return merits.get(lang, merits[""])

    def favours(self, lang: str, *, negated: bool) -> NDArray[np.float32]:
        """What each label has ahead of others that fit as well: its language, its being our own,
        its saying ``non`` only where that was typed.
        """
        favours = self._favours[negated]
        return favours.get(lang, favours[""])

    def used(self, counts: Mapping[str, int], version: int = 0) -> None:
        """Lay counts of how often each code was chosen over the index."""
        usage = np.zeros(len(self.concepts), dtype=np.int64)
        for code, count in counts.items():
            if code in self.number_of:
                usage[self.number_of[code]] = max(count, 0)
        # One reference, swapped: a request sees the old counts or the new.
        self._merits = tuple(
            self._by_language(self._merit(self.meant(inactive=inactive), usage))
            for inactive in (False, True)
        )
        self.usage_version = version

    def _by_language(self, merit: Keys) -> dict[str, Keys]:
        asked = {
            lang: merit + (spoken.astype(np.int64) << SHIFT["language"])
            for lang, spoken in self.languages.items()
        }
        return {"": merit, **asked}

    def _favour(self, unspoken: NDArray[Any]) -> dict[str, NDArray[np.float32]]:
        return {"": unspoken.astype(np.float32)} | {
            lang: (unspoken + _ASKED * spoken).astype(np.float32)
            for lang, spoken in self.languages.items()
        }

    def _merit(self, meant: Numbers, usage: Keys) -> Keys:
        levels = self.entities.levels
        merits = {
            "active": self.entities.active[meant],
            "own": ~self.elsewhere,
            "level": 2 * levels["disorder"][meant] + levels["subtype"][meant],
            "preferred": self.kinds == _KINDS[LabelKind.PREFERRED],
            "usage": np.minimum(np.log2(1 + usage[meant]), MOST_USED),
            "subtypes": self.entities.with_subtypes[meant],
            "brevity": 255 - np.minimum(self.lengths, 255),
        }
        total = np.zeros(len(self.labels), dtype=np.int64)
        for name, values in merits.items():
            total += values.astype(np.int64) << SHIFT[name]
        return total

    def starting(self, text: str) -> tuple[int, int, int]:
        """The labels whose folded text starts with ``text``: the first number, the first that is
        more than it, the last + 1.
        """
        first = whole = bisect_left(self.folded, text)
        while whole < len(self.folded) and self.folded[whole] == text:
            whole += 1
        if whole < len(self.folded) and self.folded[whole].startswith(text):
            return first, whole, bisect_right(self.folded, text + _LAST, lo=whole)
        return first, whole, whole


def _by_owner(owners: Numbers, count: int) -> Lists:
    return Lists(owners, np.ones(len(owners), dtype=np.int64)).turned(count)


def _sums(values: NDArray[Any], starts: NDArray[np.int64]) -> NDArray[Any]:
    """Add up values list by list; there are no empty lists."""
    if not len(starts):
        return values[:0]
    found: NDArray[Any] = np.add.reduceat(values, starts)
    return found
