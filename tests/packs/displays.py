"""The ids of Orphanet's own value lists, with the words that the official files show for them.

A word that Orphanet publishes in English only stays English and is written with `lang="en"`,
so that nothing passes for a French text that is not one.
"""

from collections.abc import Mapping
from typing import Final

Texts = Mapping[str, str]
"""A text by language, for example `{"fr": "Maladie", "en": "Disease"}`."""

ACTIVE: Final = 1
HEAD_OF_CLASSIFICATION: Final = 129
HISTORIC: Final = 513
DEPRECATED: Final = 8449
OBSOLETE: Final = 8208
OBSOLETE_WITHOUT_STATUS: Final = 9216
"""Obsolete too; the files of 2022 give these few entities no `Totalstatus`."""
NON_RARE_IN_EUROPE: Final = 8225

ACTIVE_FLAGS: Final = frozenset({ACTIVE, HEAD_OF_CLASSIFICATION, HISTORIC})

GROUP: Final = 36540
DISORDER: Final = 36547
SUBTYPE: Final = 36554

CATEGORY: Final = 36561
CLINICAL_GROUP: Final = 21436
DISEASE: Final = 21394
CLINICAL_SYNDROME: Final = 21422
MALFORMATION_SYNDROME: Final = 21401
BIOLOGICAL_ANOMALY: Final = 21408
MORPHOLOGICAL_ANOMALY: Final = 21415
PARTICULAR_SITUATION: Final = 21429
ETIOLOGICAL_SUBTYPE: Final = 21443
CLINICAL_SUBTYPE: Final = 21450
HISTOPATHOLOGICAL_SUBTYPE: Final = 21457

MOVED_TO: Final = 21471
REFERRED_TO: Final = 27341

_ACTIVE_TEXTS: Final = {"fr": "Active", "en": "Active"}

STATUS_TEXTS: Final[Mapping[int, Texts]] = {
    ACTIVE: _ACTIVE_TEXTS,
    HEAD_OF_CLASSIFICATION: _ACTIVE_TEXTS,
    HISTORIC: _ACTIVE_TEXTS,
    DEPRECATED: {"en": "Inactive: Deprecated"},
    OBSOLETE: {"en": "Inactive: Obsolete"},
    NON_RARE_IN_EUROPE: {"en": "Inactive: Non rare disease in Europe"},
}

LEVEL_TEXTS: Final[Mapping[int, Texts]] = {
    GROUP: {"en": "Group of disorders"},
    DISORDER: {"fr": "Pathologie", "en": "Disorder"},
    SUBTYPE: {"en": "Subtype of disorder"},
}

TYPE_TEXTS: Final[Mapping[int, Texts]] = {
    CATEGORY: {"fr": "Catégorie", "en": "Category"},
    CLINICAL_GROUP: {"fr": "Groupe clinique", "en": "Clinical group"},
    DISEASE: {"fr": "Maladie", "en": "Disease"},
    CLINICAL_SYNDROME: {"fr": "Syndrome clinique", "en": "Clinical syndrome"},
    MALFORMATION_SYNDROME: {"fr": "Syndrome  malformatif", "en": "Malformation syndrome"},
    BIOLOGICAL_ANOMALY: {"fr": "Anomalie biologique", "en": "Biological anomaly"},
    MORPHOLOGICAL_ANOMALY: {"fr": "Anomalie morphologique", "en": "Morphological anomaly"},
    PARTICULAR_SITUATION: {
        "fr": "Situation clinique particulière dans une maladie ou un syndrome",
        "en": "Particular clinical situation in a disease or syndrome",
    },
    ETIOLOGICAL_SUBTYPE: {"fr": "Sous-type étiologique", "en": "Etiological subtype"},
    CLINICAL_SUBTYPE: {"fr": "Sous-type clinique", "en": "Clinical subtype"},
    HISTOPATHOLOGICAL_SUBTYPE: {
        "fr": "Sous-type histo-pathologique",
        "en": "Histopathological subtype",
    },
}

REDIRECTION_TEXTS: Final[Mapping[int, Texts]] = {
    MOVED_TO: {"en": "Moved to"},
    REFERRED_TO: {"en": "Referred to"},
}

_GROUP_TYPES: Final = frozenset({CATEGORY, CLINICAL_GROUP})
_SUBTYPE_TYPES: Final = frozenset(
    {ETIOLOGICAL_SUBTYPE, CLINICAL_SUBTYPE, HISTOPATHOLOGICAL_SUBTYPE}
)


def level_of(type_id: int) -> int:
    """The level on which entities of this type stand: Orphanet's types never cross levels."""
    if type_id in _GROUP_TYPES:
        return GROUP
    return SUBTYPE if type_id in _SUBTYPE_TYPES else DISORDER


def shown(texts: Texts, lang: str) -> tuple[str, str]:
    """The text to show in a language and the language it is really in.

    >>> shown({"en": "Group of disorders"}, "fr")
    ('Group of disorders', 'en')
    """
    if lang in texts:
        return texts[lang], lang
    other = next(iter(texts))
    return texts[other], other
