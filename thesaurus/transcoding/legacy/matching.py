"""Which entity an entry of a legacy table means: of CEMARA, of an external data base.

An entry has a local code and any of a label, an ORPHAcode of any year and codes of the CIM-10.
What agrees raises the confidence of a proposal, what contradicts lowers it, and both sides of a
contradiction are proposed. Nothing is proposed for what resembles nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ontologies.errors import Message
from thesaurus.opening import Open
from thesaurus.transcoding.legacy.codes import Aligned, CodeEvidence, icd10_in, orpha_given
from thesaurus.transcoding.legacy.label import LabelEvidence
from thesaurus.transcoding.legacy.words import says_nothing
from thesaurus.transcoding.proposing import reasons as say
from thesaurus.transcoding.proposing.nearest import near
from thesaurus.transcoding.proposing.proposals import MOST, Evidence, Ground, Proposal
from thesaurus.transcoding.proposing.standing import Standing, nothing_stands_for, standing

_GIVEN_ALONE, _GIVEN_BESIDE, _GIVEN_NOT_READ, _CONTRADICTED = 0.95, 0.9, 0.7, 0.45
_CONTRADICTION = 0.75
_SAYS_THE_SAME, _IS_SAID = 0.75, 0.6
_UNREAD_LABEL = 0.6


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a legacy table; cells as they were written, None or empty for nothing."""

    code: str
    label: str | None = None
    orpha: str | None = None
    icd10: str | None = None


@dataclass(frozen=True, slots=True)
class Matching:
    """What is proposed for an entry.

    Attributes:
        why: why nothing is; None where something is.
    """

    entry: Entry
    proposals: tuple[Proposal, ...]
    why: Message | None = None


class Matcher:
    """Matches entries of legacy tables with one release.

    Args:
        release: the target release; names of older ones are those of ``release.former``.
        limit: most proposals of an entry.
        lang: language of the labels of proposals.
    """

    def __init__(self, release: Open, *, limit: int = MOST, lang: str = "fr") -> None:
        self._release = release
        self._limit = limit
        self._lang = lang
        self._labels = LabelEvidence(release)
        self._codes = CodeEvidence(release)

    def match(self, entry: Entry) -> Matching:
        """Return what an entry may mean, the surest first."""
        label = entry.label if entry.label and not says_nothing(entry.label) else None
        evidence = Evidence()
        why = self._labels.gather(evidence, label) if label else None
        given = self._given(evidence, entry, label)
        aligned = self._codes.aligned(entry.icd10 or icd10_in(label))
        if evidence:
            self._codes.weigh(evidence, aligned)
        elif not why and not given:
            self._codes.propose(evidence, aligned, _UNREAD_LABEL if label else 1.0)
        concepts = self._release.snapshot.concepts
        proposals = tuple(evidence.ranked(concepts.get, limit=self._limit, lang=self._lang))
        if proposals:
            return Matching(entry, proposals)
        return Matching(entry, (), why or given or self._why_not(entry, label, aligned))

    def _given(self, evidence: Evidence, entry: Entry, label: str | None) -> Message | None:
        """Add what ORPHAcodes that are given speak for; return why they lead nowhere."""
        inside = entry.label if entry.label and "orpha" in entry.label.lower() else None
        why: Message | None = None
        for code in orpha_given(entry.orpha) or (orpha_given(inside) if inside else ()):
            found = standing(self._release, code)
            for each in found:
                self._beside_label(evidence, code, each, label)
            why = None if found else nothing_stands_for(self._release, code)
        return why

    def _beside_label(
        self, evidence: Evidence, code: str, each: Standing, label: str | None
    ) -> None:
        """Add a given code, as sure as its label leaves it."""
        named = max(evidence.codes, key=evidence.confidence, default=None)
        if label is None:
            evidence.add(each.code, each.ground, _GIVEN_ALONE * each.share, each.message)
        elif self._says_the_same(evidence, each.code, label):
            strength = _GIVEN_BESIDE * each.share
            evidence.add(each.code, Ground.ORPHA, strength, say.agrees(code))
        elif named is None or evidence.confidence(named) < _IS_SAID:
            evidence.add(each.code, each.ground, _GIVEN_NOT_READ * each.share, each.message)
            evidence.weaken(each.code, Ground.CONTRADICTION, 1.0, say.label_not_read())
        elif self._is_around(each.code, named):
            evidence.add(each.code, each.ground, _IS_SAID * each.share, each.message)
        else:
            evidence.add(each.code, each.ground, _CONTRADICTED * each.share, each.message)
            message = say.label_says_otherwise(code)
            evidence.weaken(each.code, Ground.CONTRADICTION, 1.0, message)
            evidence.weaken(named, Ground.CONTRADICTION, _CONTRADICTION, message)

    def _says_the_same(self, evidence: Evidence, code: str, label: str) -> bool:
        """Tell whether a label names an entity, or nearly does and nothing else better."""
        if evidence.confidence(code) >= _IS_SAID:
            return True
        alike = near(self._release, [label], code)
        others = max((evidence.confidence(each) for each in evidence.codes), default=0.0)
        return bool(alike and alike.likeness >= _SAYS_THE_SAME) and others < _IS_SAID

    def _is_around(self, code: str, other: str) -> bool:
        merged = self._release.snapshot.merged
        return merged.subsumes(code, other) or merged.subsumes(other, code)

    def _why_not(self, entry: Entry, label: str | None, aligned: Sequence[Aligned]) -> Message:
        if entry.orpha and entry.orpha.strip() and not orpha_given(entry.orpha):
            return say.not_a_code(entry.orpha)
        if label:
            return say.NO_NAME_ALIKE
        if entry.icd10 and entry.icd10.strip() and not any(each.entities for each in aligned):
            return say.icd10_leads_nowhere(entry.icd10)
        return say.LABEL_SAYS_NOTHING if entry.label and entry.label.strip() else say.NOTHING_GIVEN
