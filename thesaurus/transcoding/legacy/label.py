"""What the label of a legacy table speaks for: names borne exactly, else names that are alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ontologies.concept import Label, LabelKind, Level
from ontologies.errors import Message
from thesaurus.opening import Open
from thesaurus.transcoding.legacy.words import Reading, readings
from thesaurus.transcoding.proposing import reasons as say
from thesaurus.transcoding.proposing.exact_names import Bearer, ExactNames
from thesaurus.transcoding.proposing.nearest import Near, nearest
from thesaurus.transcoding.proposing.proposals import Evidence, Ground
from thesaurus.transcoding.proposing.standing import nothing_stands_for, standing

_ACRONYM = re.compile(r"(?=.[^a-z]|.$)[A-Za-z][A-Za-z0-9]{0,7}")
_SURE = {LabelKind.PREFERRED: 0.97, LabelKind.SYNONYM: 0.96, LabelKind.FORMER: 0.93,
         LabelKind.LINKED: 0.75}  # fmt: skip
_OWN = (LabelKind.PREFERRED, LabelKind.SYNONYM)
_ACRONYM_AT_MOST, _BESIDE_OWN, _BESIDE = 0.78, 0.3, 0.65
_ENOUGH = 0.8  # beside a name so sure nothing else is looked for
_LEAST_ALIKE, _ALIKE_AT_MOST, _GROUP = 0.6, 0.9, 0.85
_AS_SURE, _RIVALS, _RIVAL_BELOW = 0.88, 0.65, 0.9


class _Clue(NamedTuple):
    """Why a label may mean a code, how surely, and beside how many others as likely."""

    strength: float
    ground: Ground
    message: Message
    rivals: int = 0


_Clues = dict[str, _Clue]


class LabelEvidence:
    """Reads the labels of legacy tables with one release.

    Args:
        release: the target release.
    """

    def __init__(self, release: Open) -> None:
        self._release = release
        self._names = ExactNames(release)

    def gather(self, evidence: Evidence, label: str) -> Message | None:
        """Add what a label speaks for: of the ways to read it the one that is the surest.

        Returns:
            Why it leads nowhere, where it names something that nothing stands for.
        """
        clues: _Clues = {}
        why: Message | None = None
        for reading in readings(label):
            sure = max((clue.strength for clue in clues.values()), default=0.0)
            if sure >= _ENOUGH * reading.share or (why and reading.is_part):
                break
            exact, nothing = self._exact(reading)
            why = why or nothing
            _join(clues, exact)
            surest = max((clue.strength for clue in exact.values()), default=0.0)
            if surest < _ENOUGH * reading.share and not nothing:
                _join(clues, self._alike(reading, exact))
        for code, clue in clues.items():
            evidence.add(code, clue.ground, clue.strength, clue.message)
            if clue.rivals:
                evidence.weaken(code, Ground.AMBIGUOUS, 1.0, say.ambiguous(clue.rivals + 1))
        return why

    def _exact(self, reading: Reading) -> tuple[_Clues, Message | None]:
        """Return the entities that bear a name, or what stands for them; else why nothing does."""
        bearers = self._names.bearers(reading.text)
        active = any(_is_own(each) and each.concept.status.is_active for each in bearers)
        found: _Clues = self._gone(reading)
        why: Message | None = None
        for each in bearers:
            code = each.concept.code
            sure = _SURE[each.label.kind] * reading.share
            if active and not (_is_own(each) and each.concept.status.is_active):
                sure *= _BESIDE_OWN
            stand_ins = standing(self._release, code)
            if not stand_ins and _is_own(each):
                why = nothing_stands_for(self._release, code)
            for to in stand_ins:
                _join(found, {to.code: _Clue(sure * to.share, *_borne(each, to.message))})
        return _shared(found, _ACRONYM.fullmatch(reading.text) is not None), (
            None if found else why
        )

    def _gone(self, reading: Reading) -> _Clues:
        """What stands for codes that are gone and bore a name."""
        found: _Clues = {}
        for code, label in self._names.gone(reading.text):
            message = say.once_named(label.text, label.source)
            for to in standing(self._release, code):
                clue = _Clue(to.share * reading.share, Ground.FORMER_NAME, message)
                _join(found, {to.code: clue})
        return found

    def _alike(self, reading: Reading, exact: _Clues) -> _Clues:
        """Return the entities whose names are alike, beside those that bear it."""
        found = {
            near.code: (near, self._strength(near) * reading.share)
            for near in nearest(self._release, [reading.text])
            if near.likeness >= _LEAST_ALIKE and near.code not in exact
        }
        clues: _Clues = {}
        for near, strength in found.values():
            rivals = [
                other
                for other, of_other in found.values()
                if other is not near and of_other >= strength * _AS_SURE
            ]
            sure = strength * self._left_by(rivals, near) * (_BESIDE if exact else 1)
            clues[near.code] = _Clue(sure, Ground.SEARCH, _resembling(near), len(rivals))
        return clues

    def _strength(self, near: Near) -> float:
        """How surely a name so much alike is meant (docs/performance.md)."""
        strength = _ALIKE_AT_MOST * near.trust * near.likeness**2
        if self._release.snapshot.concepts[near.code].level is Level.GROUP:
            strength *= _GROUP
        if near.bearer:
            stand_ins = standing(self._release, near.bearer)
            strength *= max((each.share for each in stand_ins), default=0.0)
        return strength

    def _left_by(self, rivals: Sequence[Near], near: Near) -> float:
        """What rivals leave of a name; those of what is below it less than others do."""
        if not rivals:
            return 1.0
        subsumes = self._release.snapshot.merged.subsumes
        below = all(subsumes(near.code, other.code) for other in rivals)
        return _RIVAL_BELOW if below else _RIVALS


def _is_own(bearer: Bearer) -> bool:
    return bearer.label.kind in _OWN


def _join(clues: _Clues, others: _Clues) -> None:
    """Add clues; of two for one code the surer counts."""
    for code, clue in others.items():
        if code not in clues or clues[code].strength < clue.strength:
            clues[code] = clue


def _shared(found: _Clues, acronym: bool) -> _Clues:
    """Return entities that bear one name: the more of them, the less sure each is."""
    surest = max((clue.strength for clue in found.values()), default=0.0)
    count = sum(clue.strength > surest * _BESIDE for clue in found.values())
    most = _ACRONYM_AT_MOST if acronym else 1.0
    return {
        code: clue._replace(strength=min(clue.strength, most) / max(count, 1), rivals=count - 1)
        for code, clue in found.items()
    }


def _borne(bearer: Bearer, stands_in: Message) -> tuple[Ground, Message]:
    """Why a name leads to an entity."""
    label, concept = bearer.label, bearer.concept
    if not concept.status.is_active:
        inactive = say.name_of_inactive(label.text, concept.code)
        return Ground.FORMER_NAME, say.both(inactive, stands_in)
    return _named(label)


def _named(label: Label) -> tuple[Ground, Message]:
    if label.kind is LabelKind.FORMER:
        return Ground.FORMER_NAME, say.once_named(label.text, label.source)
    if label.kind is LabelKind.LINKED:
        return Ground.NAME, say.named_elsewhere(label.text, label.source or "")
    return Ground.NAME, say.named(label.text)


def _resembling(near: Near) -> Message:
    if near.bearer:
        inactive = say.name_of_inactive(near.name.text, near.bearer)
        return say.both(say.resembles(near.name.text), inactive)
    return say.resembles(near.name.text)
