"""What the codes of a legacy table speak for: an ORPHAcode of any year, codes of the CIM-10."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ontologies.alignment import Relation
from ontologies.codes import codes_inside, parse_code
from ontologies.concept import Level
from ontologies.errors import InvalidCode
from ontologies.systems import Coding
from ontologies.translation import Translation, translate
from thesaurus.opening import Open
from thesaurus.transcoding.proposing import reasons as say
from thesaurus.transcoding.proposing.nearest import near
from thesaurus.transcoding.proposing.proposals import Evidence, Ground

ICD10 = "icd-10"
_MOST_CODES = 5
_KEPT = 5_000
_CATEGORY, _WHO = 3, 5  # letters of E84 and of E84.0
_OF_CATEGORY = 0.7
_BETWEEN = re.compile(r"[;,|/&\s]+")
_CODE_IN_LABEL = re.compile(r"\b[A-Z][0-9]{2}\.[0-9]{1,3}\b")

_AGREES, _NEARLY_AGREES, _DISAGREES = 0.35, 0.2, 0.85
_ALONE, _EXACT, _APPROXIMATE = 0.35, 0.6, 0.5
_GROUP, _BELOW = 0.7, 0.5
_TITLE, _TITLE_ALIKE = 0.75, 0.6
_LOOKED_AT = 200  # aligned entities whose names are compared with the title


class Aligned(NamedTuple):
    """What a code of the CIM-10 is aligned with.

    Attributes:
        coding: the code.
        entities: by active ORPHAcode, how it was found, the surest first.
        titles: of the code and of its category, in every language at hand, and what each is worth.
    """

    coding: Coding
    entities: Mapping[str, Translation]
    titles: Sequence[tuple[str, float]]


def orpha_given(written: str | None) -> tuple[str, ...]:
    """Return the ORPHAcodes that a cell holds, in any written form."""
    if not written:
        return ()
    try:
        return (parse_code(written),)
    except InvalidCode:
        return codes_inside(written)


def icd10_in(label: str | None) -> str:
    """Return the codes of the CIM-10 that stand in a label, with their dots."""
    return " ".join(_CODE_IN_LABEL.findall(label or "")[:_MOST_CODES])


class CodeEvidence:
    """Reads the codes of the CIM-10 of legacy tables with one release and what is active beside it.

    Args:
        release: the target release.
    """

    def __init__(self, release: Open) -> None:
        self._release = release
        self._known: dict[Coding, Aligned] = {}

    def aligned(self, written: str) -> list[Aligned]:
        """Return what the codes of a cell are aligned with; those that cannot be read are left out.

        Codes of the French extension go by the code of the WHO that they start with.
        """
        return [self._aligned(coding) for coding in self._codings(written)]

    def _codings(self, written: str) -> Iterator[Coding]:
        for each in [code for code in _BETWEEN.split(written[:200]) if code][:_MOST_CODES]:
            try:
                yield self._release.related.systems.read(each, ICD10)
            except InvalidCode:
                continue

    def _aligned(self, coding: Coding) -> Aligned:
        if coding not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            concepts = self._release.snapshot.concepts
            entities = {
                each.coding.code: each
                for each in translate(self._release.related, coding, "orpha")
                if each.coding.code in concepts and concepts[each.coding.code].status.is_active
            }
            self._known[coding] = Aligned(coding, entities, tuple(self._titles(coding)))
        return self._known[coding]

    def _titles(self, coding: Coding) -> Iterator[tuple[str, float]]:
        """The titles of a code, and for less those of what it lies in: (title, share)."""
        for code in dict.fromkeys((coding.code, coding.code[:_WHO], coding.code[:_CATEGORY])):
            share = _OF_CATEGORY if len(code) == _CATEGORY < len(coding.code) else 1.0
            term = self._release.related.term(Coding(coding.system, code))
            for label in term.labels if term else ():
                yield label.text.partition(",")[0] or label.text, share

    def propose(self, evidence: Evidence, aligned: Sequence[Aligned], share: float = 1.0) -> None:
        """Add what codes are aligned with, where nothing else is to go by: the more entities are on
        a code, the less sure each is, but for one that the code is named for.
        """
        for each in aligned:
            self._by_alignment(evidence, each, share)
            self._by_title(evidence, each, share)

    def _by_alignment(self, evidence: Evidence, aligned: Aligned, share: float) -> None:
        code, count = aligned.coding.code, len(aligned.entities)
        heads = self._heads(aligned)
        for orpha, found in aligned.entities.items():
            most = _EXACT if found.relation is Relation.EXACT else _ALONE
            strength = share * self._less(orpha) * most / max(len(heads), 1)
            strength *= _APPROXIMATE if found.is_approximate else 1
            strength *= 1 if orpha in heads else _BELOW
            message = say.icd10(code, count, approximate=found.is_approximate)
            evidence.add(orpha, Ground.ALIGNMENT, strength, message)

    def _heads(self, aligned: Aligned) -> frozenset[str]:
        """The aligned disorders and subtypes below no other one: a code that stands for a disorder
        and its subtypes means the disorder.
        """
        concepts, merged = self._release.snapshot.concepts, self._release.snapshot.merged
        every = {each for each in aligned.entities if concepts[each].level is not Level.GROUP}
        return frozenset(each for each in every if every.isdisjoint(merged.ancestors(each)))

    def _by_title(self, evidence: Evidence, aligned: Aligned, share: float) -> None:
        for orpha in list(aligned.entities)[:_LOOKED_AT]:
            for title, of_title in aligned.titles:
                alike = near(self._release, [title], orpha)
                if alike and alike.likeness >= _TITLE_ALIKE:
                    strength = share * of_title * self._less(orpha) * _TITLE * alike.likeness**2
                    message = say.icd10_title(aligned.coding.code, alike.name.text)
                    evidence.add(orpha, Ground.NAME, strength, message)

    def _less(self, orpha: str) -> float:
        """What is left of a proposal that is a group, too broad for a patient."""
        group = self._release.snapshot.concepts[orpha].level is Level.GROUP
        return _GROUP if group else 1.0

    def weigh(self, evidence: Evidence, aligned: Sequence[Aligned]) -> None:
        """Raise what codes agree with among what a label or an ORPHAcode speaks for, and lower what
        is aligned with other codes only.
        """
        for each in aligned:
            for orpha in evidence.codes:
                self._weigh(evidence, orpha, each)

    def _weigh(self, evidence: Evidence, orpha: str, aligned: Aligned) -> None:
        code = aligned.coding.code
        found = aligned.entities.get(orpha)
        if found:
            strength = _NEARLY_AGREES if found.is_approximate else _AGREES
            message = say.icd10(code, 1, approximate=found.is_approximate)
            evidence.add(orpha, Ground.ALIGNMENT, strength, message)
        elif self._is_near(orpha, aligned):
            evidence.add(orpha, Ground.ALIGNMENT, _NEARLY_AGREES, say.icd10_nearby(code))
        elif self._has_icd10(orpha):
            message = say.icd10_says_otherwise(code)
            evidence.weaken(orpha, Ground.CONTRADICTION, _DISAGREES, message)

    def _is_near(self, orpha: str, aligned: Aligned) -> bool:
        """Tell whether the code is aligned with what stands right above or below an entity."""
        merged = self._release.snapshot.merged
        around = (*merged.parents(orpha), *merged.children(orpha))
        return any(code in aligned.entities for code in around)

    def _has_icd10(self, orpha: str) -> bool:
        end = Coding("orpha", orpha)
        alignments = self._release.related.alignments(end)
        return any(each.other(end).system == ICD10 for each in alignments)
