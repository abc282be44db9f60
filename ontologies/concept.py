"""A clinical entity of the Orphanet nomenclature and the few values it is made of.

Orphanet names the kinds by numbers that never change and by display texts that do; we read the
numbers only (Orphanet pack description V5, sections on FlagValue, ClassificationLevel and
DisorderType).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Self


class Status(StrEnum):
    """Whether an entity may be used for new coding (domain rules, section 2.3)."""

    ACTIVE = "active"
    HISTORIC = "active_historic"
    DEPRECATED = "deprecated"
    OBSOLETE = "obsolete"
    NON_RARE = "non_rare"

    @classmethod
    def of_flag(cls, flag: int) -> Status:
        """Read a FlagValue. Raises KeyError for a value that Orphanet has never used so far."""
        return _STATUS_OF_FLAG[flag]

    @property
    def is_active(self) -> bool:
        return self in (Status.ACTIVE, Status.HISTORIC)


HEAD_OF_CLASSIFICATION = 129
_STATUS_OF_FLAG = {
    1: Status.ACTIVE,
    HEAD_OF_CLASSIFICATION: Status.ACTIVE,
    513: Status.HISTORIC,
    8449: Status.DEPRECATED,
    8208: Status.OBSOLETE,
    9216: Status.OBSOLETE,
    8225: Status.NON_RARE,
}


class Numbered(Enum):
    """A kind with Orphanet's number and its name in French and English.

    Attributes:
        number: None where no file at hand shows it.
        rank: its place among the kinds, from 0.
    """

    def __init__(self, number: int | None, key: str, fr: str, en: str) -> None:
        self.number = number
        self.key = key
        self.fr = fr
        self.en = en
        self.rank = len(type(self).__members__)

    @classmethod
    def of_number(cls, number: int) -> Self:
        """Return the kind that Orphanet gives this number. Raises KeyError."""
        for kind in cls:
            if kind.number == number:
                return kind
        raise KeyError(number)

    @classmethod
    def of_key(cls, key: str) -> Self:
        """Return the kind that our routes and files call ``key``. Raises KeyError."""
        found: Self = _by_key(cls)[key]
        return found


@cache
def _by_key(kinds: type[Numbered]) -> Mapping[str, Any]:
    return {kind.key: kind for kind in kinds}


class Level(Numbered):
    """ClassificationLevel."""

    GROUP = (36540, "group", "Groupe de pathologies", "Group of disorders")
    DISORDER = (36547, "disorder", "Pathologie", "Disorder")
    SUBTYPE = (36554, "subtype", "Sous-type de pathologie", "Subtype of disorder")


class EntityType(Numbered):
    """DisorderType, with the level that it implies."""

    CATEGORY = (36561, "category", "Catégorie", "Category")
    CLINICAL_GROUP = (21436, "clinical_group", "Groupe clinique", "Clinical group")
    DISEASE = (21394, "disease", "Maladie", "Disease")
    CLINICAL_SYNDROME = (21422, "clinical_syndrome", "Syndrome clinique", "Clinical syndrome")
    MALFORMATION_SYNDROME = (
        21401,
        "malformation_syndrome",
        "Syndrome malformatif",
        "Malformation syndrome",
    )
    BIOLOGICAL_ANOMALY = (21408, "biological_anomaly", "Anomalie biologique", "Biological anomaly")
    MORPHOLOGICAL_ANOMALY = (
        21415,
        "morphological_anomaly",
        "Anomalie morphologique",
        "Morphological anomaly",
    )
    PARTICULAR_CLINICAL_SITUATION = (
        21429,
        "particular_clinical_situation",
        "Situation clinique particulière",
        "Particular clinical situation in a disease or syndrome",
    )
    ETIOLOGICAL_SUBTYPE = (
        21443,
        "etiological_subtype",
        "Sous-type étiologique",
        "Etiological subtype",
    )
    CLINICAL_SUBTYPE = (21450, "clinical_subtype", "Sous-type clinique", "Clinical subtype")
    HISTOPATHOLOGICAL_SUBTYPE = (
        21457,
        "histopathological_subtype",
        "Sous-type histopathologique",
        "Histopathological subtype",
    )

    @property
    def level(self) -> Level:
        """The level of entities of this type, for files that give the type only."""
        if self in (EntityType.CATEGORY, EntityType.CLINICAL_GROUP):
            return Level.GROUP
        return Level.SUBTYPE if self.key.endswith("_subtype") else Level.DISORDER


class RedirectionKind(Numbered):
    """DisorderDisorderAssociationType of an inactive entity."""

    MOVED_TO = (21471, "moved_to", "Déplacé vers", "Moved to")
    REFERRED_TO = (27341, "referred_to", "Associé à", "Referred to")


@dataclass(frozen=True, slots=True)
class Redirection:
    """Where an inactive entity points: moved to is binding, referred to is a suggestion."""

    kind: RedirectionKind
    target: str


class LabelKind(StrEnum):
    """``LINKED`` names are those that an exactly aligned concept has in another terminology,
    ``FORMER`` ones those that an older release gave the concept.
    """

    PREFERRED = "preferred"
    SYNONYM = "synonym"
    LINKED = "linked"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Label:
    """A name of an entity in one language.

    Attributes:
        text: the clean text, without the prefix of inactive entities.
        raw: the text as the file has it, where it differs from ``text``.
        scope: of a synonym in an ontology: exact, broad, narrow or related.
        status: of a translation: official or candidate.
        source: the code system that a linked name comes from, the release of a former one.
    """

    text: str
    lang: str
    kind: LabelKind
    raw: str | None = None
    scope: str | None = None
    status: str | None = None
    source: str | None = None

    @property
    def in_file(self) -> str:
        return self.text if self.raw is None else self.raw


def languages_of(labels: Iterable[Label]) -> tuple[str, ...]:
    """Return the languages of labels, French and English before the others."""
    found = {label.lang for label in labels}
    return tuple(sorted(found, key=lambda lang: (lang != "fr", lang != "en", lang)))


def preferred_of(labels: Iterable[Label], lang: str) -> Label | None:
    """Return the preferred term in ``lang``, else in the first language that has one."""
    first: Label | None = None
    for label in labels:
        if label.kind is LabelKind.PREFERRED:
            if label.lang == lang:
                return label
            first = first or label
    return first


def definition_of(definitions: Sequence[tuple[str, str]], lang: str) -> tuple[str, str] | None:
    """Return (language, text) in ``lang``, else in the first language that has a text."""
    by_language = dict(definitions)
    if lang in by_language:
        return lang, by_language[lang]
    return definitions[0] if definitions else None


@dataclass(frozen=True, slots=True)
class Aggregation:
    """The disorder to count for statistics, as the file's AggregationLevelSection says it.

    ``known`` is false where the file has no such section; ``code`` is None where Orphanet says
    that aggregation does not apply (groups, non-rare entities).
    """

    code: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Concept:
    """A clinical entity in one release, read-only.

    ``type`` and ``level`` are None only in releases made of classification files that lack them
    (2019). ``definitions`` holds (language, plain text) pairs.
    """

    code: str
    flag: int
    level: Level | None
    type: EntityType | None
    labels: tuple[Label, ...]
    definitions: tuple[tuple[str, str], ...] = ()
    redirection: Redirection | None = None
    aggregation: Aggregation = Aggregation(known=False)

    @property
    def status(self) -> Status:
        return Status.of_flag(self.flag)

    @property
    def is_head(self) -> bool:
        return self.flag == HEAD_OF_CLASSIFICATION

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(label.lang for label in self.labels))

    def preferred(self, lang: str = "fr") -> Label:
        """Return the preferred term in ``lang``, else in the first language that has one."""
        return preferred_of(self.labels, lang) or self.labels[0]

    def synonyms(self, lang: str) -> tuple[Label, ...]:
        return tuple(
            label for label in self.labels if label.kind is LabelKind.SYNONYM and label.lang == lang
        )

    def definition(self, lang: str = "fr") -> tuple[str, str] | None:
        """Return (language, text) in ``lang``, else in the first language that has a text."""
        return definition_of(self.definitions, lang)
