"""What is proposed to stand for a code or an entry, with a confidence and the reasons for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from ontologies.concept import Concept, Level, Status
from ontologies.errors import Message

MOST = 5
_AS_SURE = 0.88
_RANK_OF_LEVEL = {Level.DISORDER: 0, Level.SUBTYPE: 1, Level.GROUP: 2, None: 3}


class Ground(StrEnum):
    """What speaks for or against a proposal."""

    KEPT = "kept"
    MOVED_TO = "moved_to"
    REFERRED_TO = "referred_to"
    BELOW_TARGET = "below_target"
    LEVEL = "level"
    NAME = "name"
    FORMER_NAME = "former_name"
    SEARCH = "search"
    ORPHA = "orpha"
    ALIGNMENT = "alignment"
    GENE = "gene"
    FORMER_PARENTS = "former_parents"
    AMBIGUOUS = "ambiguous"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground in words."""

    ground: Ground
    message: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """An active code of the target release.

    Attributes:
        label: its preferred term, in ``lang``, which may be another language than was asked for.
        confidence: 0 to 1, about the share of such proposals that are right (docs/performance.md).
        reasons: the strongest first.
    """

    code: str
    label: str
    lang: str
    level: Level | None
    status: Status
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(slots=True)
class _Case:
    """What speaks for one code: strengths of independent grounds, and factors against it."""

    grounds: dict[Ground, tuple[float, Message]] = field(default_factory=dict)
    against: dict[Ground, tuple[float, Message]] = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        doubt = 1.0
        for strength, _ in self.grounds.values():
            doubt *= 1 - strength
        sure = 1 - doubt
        for factor, _ in self.against.values():
            sure *= factor
        return sure

    @property
    def reasons(self) -> tuple[Reason, ...]:
        ordered = sorted(self.grounds.items(), key=lambda each: -each[1][0])
        return tuple(
            Reason(ground, message) for ground, (_, message) in [*ordered, *self.against.items()]
        )


class Evidence:
    """What speaks for which codes, gathered ground by ground.

    Grounds of one code are taken as independent: each removes its share of the doubt that the
    others leave.
    """

    def __init__(self) -> None:
        self._cases: dict[str, _Case] = {}

    def __contains__(self, code: str) -> bool:
        return code in self._cases

    def __bool__(self) -> bool:
        return bool(self._cases)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._cases)

    def confidence(self, code: str) -> float:
        return self._cases[code].confidence if code in self._cases else 0.0

    def add(self, code: str, ground: Ground, strength: float, message: Message) -> None:
        """Note a ground; of several of one kind the strongest counts."""
        grounds = self._cases.setdefault(code, _Case()).grounds
        if ground not in grounds or grounds[ground][0] < strength:
            grounds[ground] = (strength, message)

    def weaken(self, code: str, ground: Ground, factor: float, message: Message) -> None:
        """Note what speaks against a code that something speaks for."""
        against = self._cases[code].against
        against[ground] = (factor * against.get(ground, (1.0, message))[0], message)

    def doubt(self, factor: float, message: Message) -> None:
        """Weaken codes beside which others are about as likely."""
        sure = {code: case.confidence for code, case in self._cases.items()}
        for code, confidence in sure.items():
            if sum(other >= confidence * _AS_SURE for other in sure.values()) > 1:
                self.weaken(code, Ground.AMBIGUOUS, factor, message)

    def ranked(
        self,
        concepts: Callable[[str], Concept | None],
        *,
        limit: int = MOST,
        lang: str = "fr",
        least: float = 0.05,
    ) -> list[Proposal]:
        """Return the active codes that something speaks for, the surest first.

        Args:
            concepts: from a code to its entity in the target release.
            least: proposals of less confidence are left out.
        """
        found = [
            _proposal(concept, case, lang)
            for code, case in self._cases.items()
            if (concept := concepts(code)) and concept.status.is_active
        ]
        found.sort(key=lambda each: (-each.confidence, _RANK_OF_LEVEL[each.level], int(each.code)))
        return [each for each in found if each.confidence >= least][:limit]


def _proposal(concept: Concept, case: _Case, lang: str) -> Proposal:
    label = concept.preferred(lang)
    return Proposal(
        code=concept.code,
        label=label.text,
        lang=label.lang,
        level=concept.level,
        status=concept.status,
        confidence=_rounded(case.confidence),
        reasons=case.reasons,
    )


def _rounded(confidence: float) -> float:
    """Two decimals; 1 is only what is binding."""
    return 1.0 if confidence >= 1 else min(round(confidence, 2), 0.99)
